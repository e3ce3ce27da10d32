"""Which of the places that bear a name is meant: by what holds it, the report's countries, and size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from dragoman.gazetteer import Place, fold
from dragoman.stages.place.knowledge import Knowledge

MARGIN = 0.6


@dataclass(slots=True)
class Support:
    """How much a report speaks of each country and division."""

    countries: Counter[str] = field(default_factory=Counter)
    divisions: Counter[str] = field(default_factory=Counter)

    def country(self, code: str | None) -> float:
        """Return 0..1."""
        return min(1.0, self.countries[code] / 3) if code else 0.0

    def division(self, code: str | None) -> float:
        """Return 0..1."""
        return min(1.0, float(self.divisions[code])) if code else 0.0

    def foreign(self, place: Place) -> bool:
        """Tell whether the report speaks much of other countries and never of the place's own."""
        return self.countries[place.country or ""] == 0 and any(count >= 2 for count in self.countries.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """The place meant, or as much of it as is sure: then ``place`` is None and ``country`` may stand."""

    place: Place | None
    country: str | None


def score(place: Place, support: Support, *, klass: str | None, know: Knowledge) -> float:
    """Score one reading of a name."""
    points = place.weight + 2.0 * support.country(place.country) + (2.5 if place.kind == "admin1" else 1.0) * support.division(place.admin1)
    if place.alternate:
        points -= 1.0
    if place.kind == "country" and klass in know.words["admin"]:
        points -= 2.0
    if place.kind == "capital":
        points += 1.5
    elif place.kind in ("country", "region"):
        points += 1.0
    elif place.kind == "admin1":
        points += 2.0 if klass in know.words["admin"] else -3.0 if klass in know.words["cities"] else 0.0
    if klass in know.words["admin"] and place.kind in ("place", "capital"):
        points -= 2.0
    if place.kind == "admin1" and place.id is None:
        points += 0.5
    return points


def choose(places: Iterable[Place], support: Support, *, klass: str | None, know: Knowledge) -> Choice:
    """Choose among the places of one name; None where two countries are too close to call."""
    places = tuple(places)
    if klass is None and any(place.kind == "country" and not place.common for place in places):
        places = tuple(replace(place, weight=place.weight - 1.5) if place.kind == "admin1" else place for place in places)
    ranked = sorted(
        ((score(place, support, klass=klass, know=know), place) for place in places),
        key=lambda pair: (-pair[0], pair[1].id or "", pair[1].name),
    )
    ranked = _without_own_division(ranked, klass, know)
    best_points, best = ranked[0]
    rivals = [place for points, place in ranked[1:] if best_points - points < MARGIN and place.country != best.country]
    if rivals:
        return Choice(None, None)
    if best.weight < 4.0 and best.kind == "place" and support.country(best.country) == 0:
        return Choice(None, None)
    if support.foreign(best) and best.weight < (5.0 if best.alternate else 4.6) and best.kind == "place":
        return Choice(None, None)
    near = [
        place
        for points, place in ranked[1:]
        if best_points - points < MARGIN and place.admin1 != best.admin1 and best.kind == place.kind == "place"
    ]
    return Choice(None, best.country) if near else Choice(best, best.country)


def _without_own_division(ranked: list[tuple[float, Place]], klass: str | None, know: Knowledge) -> list[tuple[float, Place]]:
    """Drop the division that bears its city's name, unless a word says that the division is meant."""
    if klass in know.words["admin"]:
        return ranked
    cities = {
        (place.country, place.admin1)
        for points, place in ranked
        if place.kind in ("place", "capital") and place.weight > 4 and not place.alternate
    }
    cities |= {(place.country, place.admin1) for points, place in ranked if place.kind in ("place", "capital") and place.weight > 5.5}
    kept = [pair for pair in ranked if pair[1].kind != "admin1" or (pair[1].country, pair[1].admin1) not in cities]
    return kept or ranked


def hints(know: Knowledge, words: Iterable[str]) -> Counter[str]:
    """Count the countries that adjectives and demonyms point to."""
    counts: Counter[str] = Counter()
    for word in words:
        if word[:1].isupper():
            code = know.hints.get(fold(word))
            if code:
                counts[code] += 1
    return counts
