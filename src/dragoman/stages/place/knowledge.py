"""Countries, regions and the words around place names, for one language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from dragoman import lexicon
from dragoman.gazetteer import Gazetteer, Place, fold, gazetteer

_COUNTRY_WEIGHT = 7.5
_REGION_WEIGHT = 7.0


@dataclass(slots=True)
class Knowledge:
    """All that the stage looks up; never changed once loaded.

    ``known`` holds countries and regions by folded name, ``longest`` the most blank-separated parts
    of a name by its first part, ``groups`` the same for organisations of several words; ``hints`` the country that an adjective or demonym points to;
    ``blocked`` names of peoples and organisations, which a gazetteer's namesake must not answer for.
    """

    gazetteer: Gazetteer
    known: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()
    groups: dict[str, int] = field(default_factory=dict)
    abbreviations: dict[str, str] = field(default_factory=dict)
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # what dependencies and Kosovo are coded as, by the gazetteer's code

    def find(self, folded: str) -> tuple[Place, ...]:
        """Return everything that a folded name may stand for: countries and regions, then cities and divisions."""
        own = self.known.get(folded, ())
        listed = tuple(self._coded(each) for each in self.gazetteer.find(folded))
        if any(place.kind == "admin1" for place in own):
            ours = {place.country: place for place in own if place.kind == "admin1"}
            same = {each.country for each in listed if each.kind == "admin1" and each.country in ours}
            own = tuple(place for place in own if place.kind != "admin1" or place.country not in same)
            listed = tuple(_ours(each, ours) for each in listed)
        return own + listed

    def _coded(self, place: Place) -> Place:
        code = self.codes.get(place.country) if place.country else None
        return replace(place, country=code) if code else place


_GAZETTEER_ONLY = {"XKX": "KOS"}  # codes of the gazetteer that no state's id has


def _ours(listed: Place, ours: dict[str | None, Place]) -> Place:
    """Return a listed division with the name and weight of our own entry for it."""
    own = ours.get(listed.country) if listed.kind == "admin1" else None
    return replace(listed, name=own.name, weight=own.weight, alternate=False, common=False, person=False) if own else listed


def _state_place(row: dict[str, Any], listed: Gazetteer, form: str) -> Place:
    iso = str(row["id"]).partition(":")[2].upper()
    known = listed.country(iso)
    return Place(
        id=known.id if known else None,
        name=row["name"],
        country=row["code"],
        kind="country",
        lat=known.lat if known else None,
        lon=known.lon if known else None,
        weight=_COUNTRY_WEIGHT,
        common=form in row.get("ambiguous", ()),
    )


def _region_place(row: dict[str, Any]) -> Place:
    countries = tuple(row["countries"])
    return Place(
        id=None,
        name=row["name"],
        country=countries[0] if len(countries) == 1 else None,
        kind=row.get("kind", "region"),
        lat=row["lat"],
        lon=row["lon"],
        weight=_REGION_WEIGHT,
        common=bool(row.get("unsure")),
        countries=countries,
    )


@cache
def load_knowledge(lang: str) -> Knowledge:
    """Load what a language's lexicons and the gazetteer know of places.

    Raises:
        LexiconError: for a lexicon or gazetteer that is not there.
    """
    listed = gazetteer()
    found: dict[str, list[Place]] = {}
    hints: dict[str, str] = {}
    blocked: set[str] = set()
    codes = dict(_GAZETTEER_ONLY)
    for row in lexicon.read(lang, "countries"):
        iso = str(row["id"]).partition(":")[2].upper()
        if len(iso) == 3 and iso != row["code"] and listed.country(iso) is not None:
            codes[iso] = row["code"]
        for form in (row["name"], *row.get("names", ())):
            found.setdefault(fold(form), []).append(_state_place(row, listed, form))
        for form in (*row.get("adjectives", ()), *row.get("demonyms", ())):
            blocked.add(fold(form))
            if form not in row.get("ambiguous", ()):
                hints.setdefault(fold(form), row["code"])
    regions = lexicon.read(lang, "regions")
    for row in regions["regions"]:
        for form in (row["name"], *row.get("names", ())):
            found.setdefault(fold(form), []).append(_region_place(row))
    for name in ("organisations", "outlets"):
        for row in lexicon.read(lang, name):
            blocked.update(fold(str(form)) for form in (row["name"], *row.get("names", ())))
    for row in lexicon.read(lang, "countries"):
        blocked.update(fold(seat if isinstance(seat, str) else seat["form"]) for seat in row.get("seats", ()))
    know = Knowledge(gazetteer=listed, hints=hints, codes=codes)
    know.known = {key: tuple(places) for key, places in found.items() if key}
    know.blocked = frozenset(blocked - set(know.known))
    for key in know.known:
        parts = key.split()
        know.longest[parts[0]] = max(know.longest.get(parts[0], 0), len(parts))
    for key in know.blocked:
        parts = key.split()
        if len(parts) > 1:
            know.groups[parts[0]] = max(know.groups.get(parts[0], 0), len(parts))
    words = regions["words"]
    know.abbreviations = dict(words["abbreviations"])
    know.words = {name: frozenset(values) for name, values in words.items() if name != "abbreviations"}
    return know
