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
_SPOKEN = frozenset(("say", "speak", "talk", "confide", "reveal", "explain", "add", "write", "confirm", "announce", "declare", "state"))
_QUOTING = frozenset(("interview", "quote", "cite"))
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
        outlet = None
        lasting = False
        if tokens.upos[token] in ("NOUN", "PROPN") and lemma in cues.interviews:
            outlet, lasting = _outlet_of(here, token, names), lemma == "interview"
        elif tokens.upos[token] == "VERB" and lemma in _HEARD | _SPOKEN | _QUOTING:
            outlet, lasting = _hearer(here, token, names), lemma in ("interview", "speak", "talk")
        if outlet is not None:
            first, last = _words(here, outlet)
            found.append(Setting(_speaker_of(here, token, cues), outlet, first, last, token, lasting))
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


def _hearer(here: Page, verb: int, names: frozenset[str]) -> int | None:
    """Return the outlet that a verb of speech goes to, or that quotes somebody."""
    tokens = here.tokens
    lemma = tokens.lemma[verb]
    for child in tokens.children[verb]:
        dep = tokens.dep[child].split(":")[0]
        case = tokens.child(child, "case")
        word = tokens.lemma[case] if case is not None else ""
        wanted = (
            (dep in ("obj", "iobj") and child > verb and lemma in _HEARD)
            or (dep == "obl" and child > verb and lemma in _QUOTING and word == "by")
            or (dep == "obl" and child > verb and lemma in _SPOKEN and word in ("to", "with"))
            or (dep == "nsubj" and child < verb and lemma in _QUOTING and tokens.dep[child] != "nsubj:pass")
        )
        if wanted and is_outlet(here, child, names):
            return child
    return None


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
