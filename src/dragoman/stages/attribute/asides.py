"""Cues that stand aside: "Prices, he said, rose", "Prices rose, said the mayor of X", "If it closes, as two officials hinted, ...".

The commas say more than the grammar here: what they set off is the cue with its source, what stands
around it in the same stretch of the sentence is the content.
"""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.stages.attribute import extent, sources
from dragoman.stages.attribute.cues import Cue, Cues
from dragoman.stages.attribute.page import Page
from dragoman.stages.attribute.sources import Source
from dragoman.types import Span, Tokens

_COMMAS = frozenset((",", "—", "–", "--"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_NAMING = frozenset(("PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON", "PART", "ADP", "ADV", "CCONJ", "SYM", "X"))
_OPENS_NAME = frozenset(("PROPN", "NOUN", "DET", "ADJ", "NUM", "PRON", "CCONJ"))
_NO_SPEAKER = frozenset(("who", "which", "that", "what", "whom", "there"))
_JOINS = frozenset(("and", "but", "or", "yet", "so", "while", "though", "although", "whereas", "nor"))
_OPENS_CLAUSE = frozenset(
    (
        "when",
        "while",
        "although",
        "though",
        "as",
        "after",
        "before",
        "because",
        "since",
        "unless",
        "if",
        "whether",
        "until",
        "once",
        "where",
    )
)
_LEFT_OUT = frozenset(("although", "though", "while"))
_FOLLOWED = frozenset(
    ("cue:verb/say", "cue:verb/argue", "cue:verb/complain", "cue:verb/respond")
)  # verbs after which the speaker may stand
_RELATIVE = frozenset(("WDT", "WP", "WP$", "WRB"))
_OF_THINGS = frozenset(("hear", "learn", "know", "comment"))
_LONGEST_NAME = 16


@dataclass(frozen=True, slots=True)
class Aside:
    """The source of a cue that stands aside, and the parts of its content."""

    source: Source
    parts: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an aside lies: its first and last token (half-open), whether the verb comes first, whether "as" opens it."""

    first: int
    last: int
    source: Source
    inverted: bool
    likening: bool


def find(here: Page, cue: Cue, cues: Cues) -> Aside | None:
    """Return source and content of a cue that commas set apart, or None where the cue takes a complement."""
    tokens = here.tokens
    if not _speaks(tokens, cue):
        return None
    begin, end = here.stretch(cue.token)
    place = _inverted(tokens, cue, begin, end) or _plain(tokens, cue, begin)
    if place is None:
        return None
    close = _close(tokens, cue, place, end)
    if close is None:
        return None
    left, right = (begin, place.first - 1), _right(here, place, close, begin=begin, end=end, cues=cues)
    parts = _likened(here, left, right) if place.likening else _parts(here, cue, left, right, ends=close >= end)
    return Aside(place.source, parts) if parts else None


def _speaks(tokens: Tokens, cue: Cue) -> bool:
    """Tell whether a cue is a finite verb that can report a clause."""
    if cue.misread:
        return True
    if tokens.upos[cue.token] != "VERB" or cue.passive or not any(entry.takes & {"clause", "that"} for entry in cue.entries):
        return False
    if tokens.tag[cue.token] == "VBG" or any(tokens.tag[i] == "MD" for i in range(cue.first, cue.token)):
        return False
    return any(tokens.tag[i] in _FINITE for i in range(cue.first, cue.token + 1))


def _plain(tokens: Tokens, cue: Cue, begin: int) -> _Place | None:
    """Return the aside of ", the mayor of X said"."""
    first = cue.first
    while first > begin and cue.first - first < _LONGEST_NAME and _in_name(tokens, first - 1):
        first -= 1
    if first == begin or first == cue.first or tokens.word[first - 1] not in _COMMAS:
        return None
    if any(tokens.tag[i] in _RELATIVE or tokens.word[i] in ("that", "”") for i in range(first, cue.first)):
        return None
    likening = tokens.lemma[first] == "as" and first + 1 < cue.first
    name = first + likening
    if tokens.upos[name] not in _OPENS_NAME or tokens.lemma[name] in _NO_SPEAKER | _JOINS - {"nor"}:
        return None
    source = sources.run(tokens, name, cue.first)
    return _Place(first, cue.last, source, inverted=False, likening=likening) if source is not None else None


def _in_name(tokens: Tokens, token: int) -> bool:
    if tokens.word[token] in ('"', "“", "”", "(", ")", "'", "’", "-", "/", "&"):
        return True
    return tokens.upos[token] in _NAMING or (tokens.lemma[token] == "as" and tokens.upos[token] == "SCONJ")


def _inverted(tokens: Tokens, cue: Cue, begin: int, end: int) -> _Place | None:
    """Return the aside of ", said the mayor of X"."""
    objects = [c for c in tokens.children[cue.token] if tokens.dep[c] == "obj" and c >= cue.last]
    if objects and tokens.child(cue.token, "nsubj") is not None and tokens.child(cue.token, "nsubj") not in range(cue.token, end):
        return None
    if cue.first <= begin + 1 or cue.first != cue.token or tokens.word[cue.first - 1] not in _COMMAS or cue.last >= end:
        return None
    if tokens.upos[cue.last] not in ("DET", "PROPN", "NOUN", "ADJ", "NUM", "PRON") or tokens.lemma[cue.last] in _NO_SPEAKER:
        return None
    subject = tokens.child(cue.token, "nsubj")
    if not (any(entry.id in _FOLLOWED for entry in cue.entries) or (subject is not None and subject > cue.token)):
        return None
    last = cue.last
    while last < end and last - cue.last < _LONGEST_NAME and _in_name(tokens, last) and not _time_or_clause(tokens, last, cue.last):
        last += 1
    if last < end and tokens.tag[last] in _FINITE:
        return None
    source = sources.run(tokens, cue.last, last)
    return _Place(cue.first, last, source, inverted=True, likening=False) if source is not None else None


def _time_or_clause(tokens: Tokens, token: int, first: int) -> bool:
    """Tell whether a name ends before a word: a clause, "after ...", "on Sunday", another "in ..." than a place of the speaker."""
    if tokens.tag[token] in _RELATIVE or tokens.lemma[token] in _OPENS_CLAUSE:
        return True
    return token > first and tokens.lemma[token] in ("on", "at", "during", "in") and tokens.dep[tokens.head[token]].startswith("obl")


def _close(tokens: Tokens, cue: Cue, place: _Place, end: int) -> int | None:
    """Return where the aside closes: at the next comma or the end of the stretch; None where a complement follows."""
    objects = [c for c in tokens.children[cue.token] if tokens.dep[c] == "obj" and place.last <= c < end and not _heard(tokens, cue, c)]
    if not place.inverted and any(all(tokens.word[i] not in _COMMAS for i in range(place.last, c)) for c in objects):
        return None
    for token in range(place.last, end):
        if tokens.word[token] in _COMMAS or tokens.word[token] == ":":
            return token
        if token == place.last and tokens.lemma[token] in ("that", "whether", "how", "why", "what", "to", "nothing"):
            return None
        if tokens.lemma[token] == "about" and tokens.dep[token] == "case" and token <= place.last + 2:
            return None
        if tokens.lemma[token] in ("of", "on") and token == place.last and cue.form in _OF_THINGS:
            return None
        if tokens.tag[token] == "TO" and token + 1 < end and tokens.tag[token + 1] == "VB":
            return None
        if tokens.tag[token] in _FINITE and tokens.upos[token] in ("VERB", "AUX") and not _aside_clause(tokens, token, cue.token):
            return None
        if tokens.lemma[token] == "that" and tokens.upos[token] == "SCONJ" and not _aside_clause(tokens, tokens.head[token], cue.token):
            return None
    return end


def _heard(tokens: Tokens, cue: Cue, token: int) -> bool:
    """Tell whether an object is who hears, or no real object ("put it", "this week")."""
    if any("hearer" in entry.options for entry in cue.entries) or token < cue.last:
        return True
    return tokens.upos[token] == "PROPN" or tokens.dep[token] != "obj"


def _aside_clause(tokens: Tokens, token: int, cue: int) -> bool:
    """Tell whether a verb after the cue belongs to a relative or adverbial clause that hangs on the aside."""
    for _ in range(4):
        if token < 0 or token == cue:
            return False
        if tokens.dep[token].startswith("acl"):
            return True
        if tokens.dep[token] == "advcl":
            return any(tokens.dep[c] in ("mark", "advmod") and c < token for c in tokens.children[token])
        token = tokens.head[token]
    return False


def _right(here: Page, place: _Place, close: int, *, begin: int, end: int, cues: Cues) -> tuple[int, int] | None:
    """Return what goes on after the aside, where it is told by the same source."""
    tokens = here.tokens
    first = close + 1
    if close >= end or first >= end:
        return None
    if tokens.tag[first] == "VBG" and tokens.upos[first] == "VERB" and tokens.lemma[first] != "have":
        return None
    if tokens.lemma[first] in _LEFT_OUT or extent.sums_up(tokens, close, cues):
        return None
    relative = tokens.tag[first] in _RELATIVE or (first + 1 < end and tokens.upos[first] == "ADP" and tokens.tag[first + 1] in _RELATIVE)
    if relative and (place.inverted or close > place.last):
        return None
    if tokens.lemma[first] in ("and", "but") and _goes_on_past(tokens, first + 1, end, before=range(begin, place.first)):
        return None
    return first, end


def _goes_on_past(tokens: Tokens, first: int, end: int, *, before: range) -> bool:
    """Tell whether a clause after "and" tells what happened: the reporter's, unless it goes on with a past tense of the content's subject."""
    for token in range(first, end):
        if tokens.tag[token] in _FINITE and tokens.upos[token] in ("VERB", "AUX"):
            if tokens.tag[token] != "VBD" or tokens.upos[first] == "ADV":
                return False
            return token > first or not any(tokens.tag[i] == "VBD" for i in before)
    return False


def _parts(here: Page, cue: Cue, left: tuple[int, int], right: tuple[int, int] | None, *, ends: bool) -> tuple[Span, ...]:
    tokens = here.tokens
    begin, stop = left
    if tokens.lemma[begin] in ("although", "though"):
        begin = next((i + 1 for i in range(begin, stop) if tokens.word[i] in _COMMAS), begin)
    begin = max((i + 1 for i in range(begin, stop - 1) if tokens.word[i] == ":" and here.same_quote(i, cue.token)), default=begin)
    fragment = _boundary(tokens, begin, stop)
    if right is None:
        says = any(entry.id in ("cue:verb/say", "cue:verb/report", "cue:verb/write") for entry in cue.entries)
        if not _told(tokens, begin, stop) and not (ends and says and stop - begin > 2):
            return ()
        return _spans(tokens, (begin, stop))
    quote = here.quote_starting(right[0])
    if quote is not None and not _told(tokens, fragment, stop) and here.begins_upper(quote):
        return (Span(quote.start, quote.end),) if fragment == begin else ()
    if not _finite(tokens, fragment, stop) or _carries_on(tokens, right) or quote is not None:
        begin = fragment
    return _spans(tokens, (begin, stop), right)


def _likened(here: Page, left: tuple[int, int], right: tuple[int, int] | None) -> tuple[Span, ...]:
    """Return what "as X put it" likens: the clause before it, without "if"; with what goes on with that clause after it."""
    tokens = here.tokens
    begin, stop = left
    if tokens.lemma[begin] in ("if", "whether", "although", "though", "while"):
        return _spans(tokens, (begin + 1, stop))
    fragment = _boundary(tokens, begin, stop)
    if right is not None and (
        not _finite(tokens, fragment, stop) or here.quote_starting(right[0]) is not None or _carries_on(tokens, right)
    ):
        return _spans(tokens, (fragment, stop), right)
    return _spans(tokens, (begin, stop)) if _finite(tokens, begin, stop) else ()


def _boundary(tokens: Tokens, begin: int, stop: int) -> int:
    """Return where the last clause before an aside begins: after ", and", ", though", or at a relative pronoun."""
    for token in range(stop - 1, begin, -1):
        if tokens.lemma[token] in _JOINS and (tokens.word[token - 1] in _COMMAS or token == stop - 1):
            return token + 1
        if tokens.tag[token] in _RELATIVE and not _finite(tokens, token, stop):
            comma = next((i for i in range(token - 1, max(begin, token - 4), -1) if tokens.word[i] in _COMMAS), None)
            return token if comma is None else comma + 1
    return begin + (tokens.lemma[begin] in ("and", "but") and tokens.dep[begin] == "cc")


def _carries_on(tokens: Tokens, right: tuple[int, int]) -> bool:
    """Tell whether what follows an aside begins with the verb of the clause before it ("Jordan, he said, has left")."""
    for token in range(*right):
        if tokens.upos[token] in ("ADV", "PART"):
            continue
        return tokens.upos[token] in ("VERB", "AUX") and tokens.tag[token] != "VBG"
    return False


def _finite(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a stretch holds a finite verb."""
    return any(tokens.tag[i] in _FINITE and tokens.upos[i] in ("VERB", "AUX") for i in range(first, last))


def _told(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a stretch tells something by itself: a finite verb that no conjunction or relative pronoun makes part of another clause."""
    opened = tokens.lemma[first] in _OPENS_CLAUSE and tokens.upos[first] in ("SCONJ", "ADV", "ADP")
    finite = [i for i in range(first, last) if tokens.tag[i] in _FINITE and tokens.upos[i] in ("VERB", "AUX")]
    main = [i for i in finite if not _under(tokens, i)]
    if opened:
        comma = next((i for i in range(first, last) if tokens.word[i] in _COMMAS), last)
        main = [i for i in main if i > comma]
    return bool(main)


def _under(tokens: Tokens, token: int) -> bool:
    """Tell whether a verb stands in a relative clause, by what comes before it rather than by the whole tree."""
    for _ in range(3):
        if token < 0:
            return False
        if tokens.dep[token] == "acl:relcl" and any(tokens.tag[c] in _RELATIVE or tokens.dep[c] == "mark" for c in tokens.children[token]):
            return True
        if tokens.upos[token] not in ("AUX",):
            return False
        token = tokens.head[token]
    return False


def _spans(tokens: Tokens, *ranges: tuple[int, int]) -> tuple[Span, ...]:
    trimmed = [part for each in ranges if each[0] < each[1] and (part := extent.trim(tokens, *each)) is not None]
    return tuple(tokens.span(*part) for part in trimmed)
