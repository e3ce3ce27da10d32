"""Through whom a report has a statement: "told Reuters", "in an interview with Sputnik", "quoted by APA"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.stages.actor import actors_in
from dragoman.stages.attribute import sources
from dragoman.stages.attribute.cues import Cue, Cues, before
from dragoman.stages.attribute.page import Page
from dragoman.types import Actor

_HEARD = frozenset(("tell", "inform", "assure"))
_QUOTING = frozenset(("interview", "quote", "cite"))
_ASKED = frozenset(("interview", "quote", "cite", "ask", "press", "question"))
_SEEING = frozenset(("see", "obtain", "review", "quote", "cite", "publish", "leak", "view"))
_CARRYING = frozenset(("to", "with", "in", "on", "over", "for"))
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tomorrow"))
_OUTLET_WORDS = frozenset(
    [
        "newspaper",
        "daily",
        "weekly",
        "magazine",
        "broadcaster",
        "channel",
        "station",
        "radio",
        "television",
        "tv",
        "agency",
        "outlet",
        "website",
        "network",
        "tabloid",
        "journal",
        "newswire",
        "podcast",
    ]
)
_CASES = frozenset(("with", "to", "by", "on", "for", "in", "from"))
_FARTHEST = 14


@dataclass(frozen=True, slots=True)
class Setting:
    """An occasion of speech told in the report: the speaker's head word, the outlet's, and its words."""

    speaker: int | None
    outlet: int
    first: int
    last: int
    token: int
    lasting: bool


def settings(here: Page, cues: Cues, names: frozenset[str]) -> list[Setting]:
    """Return the interviews with outlets and remarks to them, in order.

    Args:
        here: the report.
        cues: the lexicon of cues.
        names: names of outlets in lower case.
    """
    tokens = here.tokens
    found = []
    for token in range(len(tokens)):
        lemma = tokens.lemma[token]
        words: tuple[int, int] | None = None
        lasting = False
        if tokens.upos[token] in ("NOUN", "PROPN") and lemma in cues.interviews:
            outlet, lasting = _outlet_of(here, token, names), lemma == "interview"
            words = _words(here, outlet) if outlet is not None else None
        elif tokens.upos[token] == "VERB" and tokens.dep[token] == "acl" and lemma in _SEEING:
            words = _seen_by(here, token, names)
        elif tokens.upos[token] == "VERB" and (lemma in cues.verbs or lemma in _QUOTING):
            words, lasting = _hearer(here, token, names), lemma in ("interview", "speak", "talk")
        if words is not None:
            outlet = next(
                i for i in (*range(words[1] - 1, words[0], -1), words[0]) if tokens.upos[i] in ("PROPN", "NOUN", "X") or i == words[0]
            )
            speaker = tokens.head[token] if lemma in _SEEING and tokens.dep[token] == "acl" else _speaker_of(here, token, cues)
            found.append(Setting(speaker, outlet, *words, token, lasting))
    return found


def _words(here: Page, head: int) -> tuple[int, int]:
    """Return the noun phrase of an outlet without preposition, side remarks and clauses."""
    tokens = here.tokens
    inside = {head}
    for child in tokens.children[head]:
        dep = tokens.dep[child].split(":")[0]
        if (
            dep in ("det", "amod", "compound", "flat", "appos", "nummod")
            or (dep == "nmod" and child < head)
            or tokens.dep[child] == "nmod:desc"
        ):
            inside.update(tokens.subtree(child))
    return tokens.run(head, inside)


def is_outlet(here: Page, head: int, names: frozenset[str]) -> bool:
    """Tell whether a noun phrase names a news outlet: a known name, or a word for one ("the daily Al-Watan")."""
    tokens = here.tokens
    if tokens.upos[head] not in ("PROPN", "NOUN", "X"):
        return False
    if any(each.actor is not None and (each.actor.id or "").startswith("outlet:") for each in actors_in(here.reading, head)):
        return True
    first, last = _words(here, head)
    if last - first > _FARTHEST:
        return False
    named = any(tokens.upos[i] == "PROPN" for i in range(first, last))
    if named and any(tokens.lemma[i] in _OUTLET_WORDS for i in range(first, last)):
        return True
    end = tokens.end[last - 1]
    for start in range(first, head + 1):
        if here.text[tokens.start[start] : end].lower() in names or here.text[tokens.start[start] : tokens.end[head]].lower() in names:
            return tokens.upos[head] == "PROPN"
    return False


def _outlet_of(here: Page, noun: int, names: frozenset[str]) -> int | None:
    """Return the outlet of "an interview with X", "X's interview", "a Sputnik interview"."""
    tokens = here.tokens
    verb = tokens.head[noun]
    beside = [c for c in tokens.children[verb] if noun < c < noun + _FARTHEST] if verb >= 0 else []
    for child in (*tokens.children[noun], *beside):
        if tokens.dep[child].split(":")[0] not in ("nmod", "obl", "compound", "iobj") or not is_outlet(here, child, names):
            continue
        case = tokens.child(child, "case")
        if child > noun and (case is None or tokens.lemma[case] not in _CASES):
            continue
        return child
    return None


def _hearer(here: Page, verb: int, names: frozenset[str]) -> tuple[int, int] | None:
    """Return the words of the outlet that a verb of speech goes to, that carries what is said, or that quotes it."""
    tokens = here.tokens
    lemma = tokens.lemma[verb]
    if lemma in _HEARD:
        told = _told(here, verb, names)
        if told is not None:
            return told
    for child in tokens.children[verb]:
        dep = tokens.dep[child].split(":")[0]
        case = tokens.child(child, "case")
        word = tokens.lemma[case] if case is not None else ""
        wanted = (
            (dep == "obl" and child > verb and lemma in _ASKED and word == "by")
            or (dep == "obl" and child > verb and word in _CARRYING)
            or (dep == "nsubj" and child < verb and lemma in _QUOTING and tokens.dep[child] != "nsubj:pass")
        )
        if wanted and (is_outlet(here, child, names) or (word in _CARRYING and tokens.lemma[child] in _OUTLET_WORDS)):
            return _words(here, child)
    return None


def _told(here: Page, verb: int, names: frozenset[str]) -> tuple[int, int] | None:
    """Return the words right after "told" that name an outlet: a known one, one with a word for it, or a name that is nobody else's."""
    tokens = here.tokens
    last = verb + 1
    end = min(tokens.sentences[tokens.sentence[verb]][1], last + _FARTHEST)
    while last < end and (tokens.upos[last] in ("PROPN", "DET", "ADJ", "NOUN", "X") or tokens.word[last] in ("-", "'s", "’s", "&", "of")):
        if tokens.lemma[last] in _DAYS or (last > verb + 1 and tokens.upos[last] == "DET"):
            break
        if tokens.dep[last].startswith("nsubj") and tokens.head[last] > last:
            break
        last += 1
    found = sources.run(tokens, verb + 1, last)
    if found is None:
        return None
    head = found.head
    if is_outlet(here, head, names) or tokens.lemma[head] in _OUTLET_WORDS:
        return found.first, found.last
    who_hears = who(here, head)
    if tokens.upos[head] != "PROPN" or (
        who_hears is not None and (who_hears.country or who_hears.sectors) and "JRN" not in who_hears.sectors
    ):
        return None
    person = any(name.label in ("PER", "LOC") and name.first <= head < name.last for name in tokens.names)
    return None if person else (found.first, found.last)


def _seen_by(here: Page, verb: int, names: frozenset[str]) -> tuple[int, int] | None:
    """Return the outlet of "a letter seen by X", "an officer quoted by X"."""
    tokens = here.tokens
    maker = next((c for c in tokens.children[verb] if c > verb and tokens.dep[c].startswith("obl")), None)
    case = tokens.child(maker, "case") if maker is not None else None
    if maker is None or case is None or tokens.lemma[case] != "by" or not is_outlet(here, maker, names):
        return None
    return _words(here, maker)


def _speaker_of(here: Page, token: int, cues: Cues) -> int | None:
    """Return the head word of who speaks on an occasion: the subject of the clause around it."""
    tokens = here.tokens
    verb = token
    for _ in range(8):
        if verb < 0:
            return None
        if tokens.upos[verb] == "VERB" and tokens.lemma[verb] in _QUOTING:
            passive = tokens.child(verb, "nsubj:pass")
            return passive if passive is not None else tokens.child(verb, "obj")
        subject = tokens.child(verb, "nsubj", "nsubj:pass")
        if subject is not None and subject != token:
            return subject
        if tokens.upos[verb] == "VERB" and tokens.dep[verb] in ("root", "conj", "parataxis", "ccomp"):
            beside = sources.beside(tokens, Cue(verb, before(tokens, verb, cues)[0], verb + 1, "", ()))
            return beside.head if beside is not None else None
        verb = tokens.head[verb]
    return None


def carried(here: Page, found: Sequence[Setting]) -> list[tuple[int, tuple[str | None, str], Setting]]:
    """Return the settings that last for the rest of the report: where each begins, whose it is, and itself."""
    kept = []
    for setting in found:
        if setting.lasting and setting.speaker is not None:
            actor = who(here, setting.speaker)
            if actor is not None:
                kept.append((setting.token, key(actor), setting))
    return kept


def who(here: Page, head: int) -> Actor | None:
    """Return the actor of a head word, or None."""
    return next((each.actor for each in actors_in(here.reading, head) if each.actor is not None), None)


def key(actor: Actor) -> tuple[str | None, str]:
    """Return what makes two mentions the same speaker."""
    return (actor.id, "" if actor.id else f"{actor.name}/{actor.country}/{','.join(actor.sectors)}")
