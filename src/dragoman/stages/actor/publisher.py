"""The publisher as an actor: whose "we" stands outside quotations, and whose offices need no country."""

from __future__ import annotations

import re

from dragoman.stages.actor.knowledge import Entry, Knowledge, match_names
from dragoman.types import Actor

_STATES = ("state", "adjective", "demonym", "capital", "seat")
# Words that make a public body of a state's name. Outlets have a country too, but speak for nobody.
_BODIES = {
    "administration": "GOV", "armed": "MIL", "army": "MIL", "authority": "GOV", "cabinet": "GOV", "chancellery": "GOV", "command": "MIL",
    "commission": "GOV", "consulate": "GOV", "congress": "LEG", "council": "GOV", "court": "JUD", "defence": "GOV", "defense": "GOV",
    "department": "GOV", "embassy": "GOV", "forces": "MIL", "government": "GOV", "justice": "GOV", "military": "MIL", "minister": "GOV",
    "ministry": "GOV", "mission": "GOV", "navy": "MIL", "office": "GOV", "palace": "GOV", "parliament": "LEG", "police": "COP",
    "presidency": "GOV", "president": "GOV", "prosecutor": "JUD", "senate": "LEG", "treasury": "GOV",
}  # fmt: skip


def official(know: Knowledge, publisher: str | None) -> Actor | None:
    """Return the public body that published a report, None for an outlet or an unknown name.

    A body is one of the knowledge base that is no outlet ("CENTCOM"), a seat of government ("Kremlin"), or a state's name with
    the word for a body ("UK Government", "Ministry of Foreign Affairs of Japan").
    """
    words = re.findall(r"\w[\w.'’-]*|\S", publisher or "")
    if not words:
        return None
    whole = know.lookup(words)
    if whole and whole[0].what in ("organisation", "seat"):
        return _actor(whole[0])
    if whole and whole[0].what == "outlet":
        return None
    body = next((_BODIES[word.lower()] for word in words if word.lower() in _BODIES), None)
    if body is None:
        return None
    for first, last in match_names(know, words):
        entries = know.lookup(words[first:last])
        if entries and entries[0].what in _STATES and len({entry.code for entry in entries}) == 1:
            state = know.state(entries[0].code)
            return Actor(None, publisher or "", entries[0].code, (body,)) if state is not None else None
    return None


def _actor(entry: Entry) -> Actor:
    return Actor(entry.id, entry.name, entry.code, entry.sectors or ("GOV",) if entry.what == "seat" else entry.sectors)
