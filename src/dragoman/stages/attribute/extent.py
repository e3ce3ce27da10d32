"""How far content reaches in the sentence: its edges, and what goes on with it though the grammar hung it elsewhere."""

from __future__ import annotations

from dragoman.stages.attribute.cues import SUBJECTS, Cue, Cues
from dragoman.types import Tokens

_EDGE = frozenset(",;:.-–—―…?!()[]*") | {"--", "...", "---", "/"}


def trim(tokens: Tokens, first: int, last: int) -> tuple[int, int] | None:
    """Cut stops, dashes and brackets that do not match from both ends; None when no word is left."""
    inside = list(range(first, last))
    while inside and tokens.word[inside[0]] in _EDGE and tokens.word[inside[0]] not in "([":
        inside.pop(0)
    while (
        inside and tokens.word[inside[-1]] in _EDGE and not (tokens.word[inside[-1]] == ")" and any(tokens.word[i] == "(" for i in inside))
    ):
        inside.pop()
    return (inside[0], inside[-1] + 1) if inside else None


def without_tail(tokens: Tokens, first: int, last: int, *, listed: bool) -> tuple[int, int]:
    """Cut what the reporter adds behind a comma: a relative clause, an apposition, a participle, a clause with a subject of its own."""
    for token in range(first + 1, last - 1):
        after = token + 1
        if tokens.word[token] == "," and _adds(tokens, after, last) and not (listed and tokens.tag[after] == "VBG"):
            return first, token
        if tokens.lemma[token] == "and" and tokens.dep[token] == "cc" and _own_clause(tokens, after, last):
            return first, token - (tokens.word[token - 1] == ",")
    return first, last


def _adds(tokens: Tokens, token: int, last: int) -> bool:
    near = range(token, min(token + 4, last))
    if tokens.tag[token] in ("WDT", "WP", "WP$", "VBN", "VBG") or (
        tokens.upos[token] in ("ADV", "NUM", "ADP", "PRON") and _leads(tokens, near)
    ):
        return True
    return tokens.upos[token] == "DET" and any(
        tokens.dep[i] == "appos" and token < i < token + 5 for i in range(token, min(token + 5, last))
    )


def _leads(tokens: Tokens, near: range) -> bool:
    """Tell whether "first made ...", "in which ..." or "one of whom ..." begins here."""
    second = near[1] if len(near) > 1 else near[0]
    if tokens.upos[near[0]] == "ADV":
        return tokens.tag[second] in ("VBN", "VBG")
    return any(tokens.tag[i] in ("WDT", "WP", "WP$") for i in near)


def _own_clause(tokens: Tokens, token: int, last: int) -> bool:
    """Tell whether "and they did" begins here: a pronoun or name, then a finite verb in the past or present."""
    for other in range(token, min(token + 5, last)):
        if tokens.tag[other] in ("VBD", "VBZ", "VBP"):
            return other > token
        if tokens.upos[other] not in ("PRON", "DET", "NOUN", "PROPN", "ADJ"):
            return False
    return False


def without(tokens: Tokens, whole: tuple[int, int], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """Return what is left of ``whole`` when ``hole`` is cut out."""
    parts = [(whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1])]
    return [part for part in parts if part[0] < part[1]]


def left_edge(tokens: Tokens, token: int, least: int) -> int:
    """Return where the phrase of ``token`` begins, not before ``least``."""
    return max(least, tokens.phrase(token)[0])


def right_end(tokens: Tokens, cue: Cue, cues: Cues, *, first: int, last: int, end: int) -> int:
    """Return where content after a cue ends: it goes on over what a parser hung on the cue, up to another verb of the same subject."""
    for token in range(first, last):
        if token > first and (_new_cue(tokens, token, cue, cues) or sums_up(tokens, token, cues)):
            return token
    token = last
    while token < end:
        if _new_cue(tokens, token, cue, cues):
            return token
        top = _branch(tokens, token, cue.token)
        if top is None or (tokens.dep[token] == "punct" and tokens.head[token] == cue.token):
            if top is None and tokens.dep[token] != "punct":
                break
            token += 1
            continue
        if not _goes_on(tokens, top, cue):
            break
        last = token = max(token + 1, tokens.phrase(top)[1])
    return last


def sums_up(tokens: Tokens, comma: int, cues: Cues) -> bool:
    """Tell whether ", a move that ..." or ", a charge Kyiv denied" begins here: the reporter's word for what was said."""
    if tokens.word[comma] != "," or comma + 3 >= len(tokens) or tokens.lemma[comma + 1] not in ("a", "an", "the"):
        return False
    noun = next((i for i in range(comma + 2, min(comma + 4, len(tokens) - 1)) if tokens.lemma[i] in cues.summaries), None)
    return noun is not None and (tokens.tag[noun + 1] in ("WDT", "WP", "IN", "PRP") or tokens.upos[noun + 1] in ("PROPN", "DET"))


def _new_cue(tokens: Tokens, token: int, cue: Cue, cues: Cues) -> bool:
    """Tell whether ", adding that ..." or "and warned ..." begins here: another cue of the same speaker."""
    if token + 1 >= len(tokens):
        return False
    if tokens.lemma[token] in ("and", "but") and tokens.dep[token] == "cc":
        return _second(tokens, token, cue, cues)
    if tokens.word[token] != ",":
        return False
    after = token + 1
    if tokens.lemma[after] in ("and", "but") and tokens.dep[after] == "cc":
        return _second(tokens, after, cue, cues)
    if tokens.lemma[after] == "with":
        near = range(after + 1, min(after + 7, len(tokens)))
        return any(tokens.tag[i] == "VBG" and tokens.lemma[i] in cues.verbs and tokens.upos[i] == "VERB" for i in near)
    return (
        tokens.tag[after] == "VBG"
        and tokens.upos[after] == "VERB"
        and tokens.lemma[after] in cues.verbs
        and tokens.sentence[after] == tokens.sentence[cue.token]
        and tokens.dep[after] in ("advcl", "acl", "xcomp", "conj", "parataxis")
    )


def _second(tokens: Tokens, conjunction: int, cue: Cue, cues: Cues) -> bool:
    """Tell whether a conjunction joins another verb of speech in the tense of the cue.

    Its subject is the speaker's pronoun or nobody; after "but", or a comma, it may be somebody else
    ("..., but the army denied it").
    """
    end = min(tokens.sentences[tokens.sentence[cue.token]][1], conjunction + _FARTHEST_VERB)
    other = tokens.lemma[conjunction] == "but" or tokens.word[conjunction - 1] == ","
    named = False
    for token in range(conjunction + 1, end):
        if tokens.upos[token] == "VERB" and tokens.tag[token] in ("VBD", "VBZ", "VBP") and not tokens.dep[token].startswith("acl"):
            same = (named or tokens.tag[token] == tokens.tag[cue.token]) and tokens.lemma[token] in cues.verbs
            return same and any(entry.act == "speech" and entry.takes & _SPEECH for entry in cues.verbs[tokens.lemma[token]])
        if tokens.lemma[token] in _NO_SPEAKER and not named:
            return False
        if tokens.upos[token] in ("PROPN", "NOUN"):
            named = True
        if named and not other:
            return False
    return False


_FARTHEST_VERB = 16
_NO_SPEAKER = frozenset(("it", "i", "we", "you", "that", "who", "which", "there"))
_SPEECH = frozenset(("clause", "name", "object-to"))


def widen(tokens: Tokens, cue: Cue, cues: Cues, *, ranges: tuple[tuple[int, int], ...], frame: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of a noun phrase or infinitive after a cue, with what goes on with it though the grammar hung it on the cue."""
    first, last = ranges[-1]
    if first < cue.token or frame in ("raised", "clause") or cue.passive:
        return ranges
    _begin, end = tokens.sentences[tokens.sentence[cue.token]]
    for token in range(first + 1, last):
        if _new_cue(tokens, token, cue, cues) or sums_up(tokens, token, cues):
            last = token
            break
    while last < end:
        if _new_cue(tokens, last, cue, cues):
            break
        top = _branch(tokens, last, cue.token)
        if top is None or top < cue.token:
            break
        if tokens.dep[last] == "punct" and top == last:
            if tokens.word[last] in (",", "—", "–", "--", ";", ":", ")", "("):
                break
            last += 1
            continue
        if not _belongs(tokens, top, frame, cues):
            break
        last = max(last + 1, tokens.phrase(top)[1])
    trimmed = trim(tokens, first, last)
    return (*ranges[:-1], trimmed) if trimmed is not None else ranges


_OUTSIDE = frozenset(
    ("during", "after", "before", "at", "since", "until", "while", "when", "by", "following", "via", "ahead", "amid", "through")
)


def _belongs(tokens: Tokens, child: int, frame: str, cues: Cues) -> bool:
    """Tell whether a later child of the cue goes on with its content: no time, no occasion, no second verb."""
    dep = tokens.dep[child].split(":")[0]
    if dep == "conj":
        if frame == "infinitive":
            return tokens.tag[child] == "VB" and tokens.child(child, *SUBJECTS) is None
        return tokens.upos[child] in ("NOUN", "PROPN")
    if dep in ("ccomp", "xcomp", "acl", "nmod", "appos", "obj"):
        return tokens.tag[child] != "VBG" or dep == "acl"
    if dep not in ("obl", "advcl") or tokens.dep[child] in ("obl:unmarked", "obl:tmod", "obl:agent"):
        return False
    marks = [tokens.lemma[c] for c in tokens.children[child] if tokens.dep[c] in ("case", "mark")]
    if not marks or marks[0] in _OUTSIDE or tokens.lemma[child] in cues.times or tokens.lemma[child] in cues.occasions:
        return False
    return dep == "obl" or marks[0] in ("for", "as", "of", "to", "from", "with", "in")


def _branch(tokens: Tokens, token: int, root: int) -> int | None:
    """Return the child of ``root`` that ``token`` hangs on, or None where it hangs elsewhere."""
    while token >= 0 and tokens.head[token] != root:
        token = tokens.head[token]
    return token if token >= 0 else None


def _goes_on(tokens: Tokens, child: int, cue: Cue) -> bool:
    """Tell whether a later child of the cue verb is told by the speaker too."""
    dep = tokens.dep[child]
    if child < cue.token:
        return False
    if dep == "conj":
        return tokens.child(child, "nsubj", "nsubj:pass", "expl") is not None
    return dep in ("ccomp", "parataxis", "dep", "acl", "acl:relcl", "appos", "nmod", "list", "orphan")
