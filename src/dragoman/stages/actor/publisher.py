"""The publisher as an actor: whose "we" stands outside quotations, and whose offices need no country."""

from __future__ import annotations

import re

from dragoman.stages.actor.knowledge import Knowledge, fold, match_names
from dragoman.types import Actor

_STATES = frozenset({"state", "adjective", "demonym", "capital", "seat"})
_PUBLIC = frozenset({"GOV", "MIL", "COP", "LEG", "JUD"})


def official(know: Knowledge, publisher: str | None) -> Actor | None:
    """Return the public body that published a report, None for an outlet or an unknown name.

    A body is one of the knowledge base that is no outlet ("CENTCOM"), a seat of government ("Kremlin"), or a state's name with
    the word for a public body ("UK Government", "Ministry of Foreign Affairs of Japan").
    """
    words = re.findall(r"\w[\w.'’-]*|\S", publisher or "")
    whole = know.lookup(words) if words else ()
    if whole and whole[0].what in ("organisation", "seat"):
        sectors = whole[0].sectors or (("GOV",) if whole[0].what == "seat" else ())
        return Actor(whole[0].id, whole[0].name, whole[0].code, sectors)
    sectors = _body(know, words)
    if not sectors or (whole and whole[0].what == "outlet"):
        return None
    for first, last in match_names(know, words):
        entries = know.lookup(words[first:last])
        if entries and entries[0].what in _STATES and len({entry.code for entry in entries}) == 1 and know.state(entries[0].code):
            return Actor(None, publisher or "", entries[0].code, sectors)
    return None


def _body(know: Knowledge, words: list[str]) -> tuple[str, ...]:
    """Return the sectors that the words of a name tell; nothing where one of them tells of an outlet, a company, a charity."""
    told = [know.words.name_heads[key] for word in words if (key := (fold(word).lower(),)) in know.words.name_heads]
    return told[0] if told and all(set(sectors) <= _PUBLIC for sectors in told) else ()
