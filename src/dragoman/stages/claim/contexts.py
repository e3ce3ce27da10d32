"""Contexts of a claim: what the entry says, words in the clause, and the sectors of who takes part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.stages.claim.clauses import search
from dragoman.stages.claim.entries import Entry, Meaning
from dragoman.stages.claim.modes import Found, clause

_MOST = 3  # a claim has a few contexts, not every topic that its sentence touches
_ARMED = frozenset({"ASSAULT", "MOBILIZE", "RETREAT", "COOPERATE", "CONCEDE", "AID"})


def read(
    scene: Scene, frame: Frame, entry: Entry, *, meaning: Meaning, generic: Mapping[str, frozenset[str]], sectors: Iterable[str] = ()
) -> list[Found]:
    """Return the contexts of one meaning of a matched entry: its own, then those of words, then of sectors."""
    found = [Found(context, frame.token, entry.id) for context in meaning.contexts]
    tokens = [each for each in clause(scene, frame) if scene.tokens.upos[each] in {"NOUN", "PROPN", "ADJ"}]
    for context, words in entry.contexts_by.items():
        at = search(scene.clauses, tokens, words)
        if at is not None:
            found.append(Found(context, at, entry.id))
    for context, words in generic.items():
        at = search(scene.clauses, tokens, words)
        if at is not None:
            found.append(Found(context, at, "context-words"))
    if "MIL" in set(sectors) and meaning.type in _ARMED:
        found.append(Found("military", frame.token, "context-sector"))
    unique: dict[str, Found] = {}
    for each in found:
        unique.setdefault(each.name, each)
    return list(unique.values())[:_MOST]
