"""Countries by the places that a name is of: "the Irving Police Department", "the municipality of Livorno"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dragoman.gazetteer import Place, fold, gazetteer
from dragoman.stages.actor.knowledge import Knowledge

_CLEAR = 1.0  # a place must have ten times the people of its namesakes in other countries
_LARGE = 4.7  # fifty thousand people
_SMALL = 4.0  # places of fewer than ten thousand people decide nothing by themselves
_EVEN = 1.5  # a namesake in a country that the report names wins over one thirty times as large


def country(know: Knowledge, words: Sequence[str], named: Collection[str] = (), *, sure: bool = False) -> str | None:
    """Return the country of the place that words name, None where it is unknown, small, or one of several.

    A place in one of the countries ``named`` in the report goes before others; one elsewhere must then be large.
    A name that is also a common word or a person's is nobody's ground, unless it is ``sure`` to be a place.
    """
    folded = fold(" ".join(words))
    if folded in know.regions:
        return know.regions[folded]
    places = [place for place in gazetteer().find(folded) if place.country and (sure or not (place.common or place.person))]
    best: dict[str, float] = {}
    for place in places:
        code = know.codes.get(place.country or "", place.country or "")
        best[code] = max(best.get(code, 0.0), _weight(place))
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked:
        return None
    told = [code for code, weight in ranked if code in named and ranked[0][1] - weight <= _EVEN]
    if len(told) == 1:
        return told[0]
    divisions = {place.country for place in places if place.kind == "admin1" and not place.alternate}
    if len(divisions) == 1:
        code = divisions.pop() or ""
        return know.codes.get(code, code) or None
    size = ranked[0][1]
    if size < _SMALL or (len(ranked) > 1 and size - ranked[1][1] < _CLEAR) or (named and size < _LARGE):
        return None
    return ranked[0][0]


def inside(know: Knowledge, words: Sequence[str], named: Collection[str] = ()) -> tuple[str, int, int] | None:
    """Return the country of the longest place name inside a longer name, with its first and last (half-open) word."""
    for size in range(min(3, len(words) - 1), 0, -1):
        for first in range(len(words) - size + 1):
            part = words[first : first + size]
            if all(word[:1].isupper() for word in part) and (code := country(know, part, named)):
                return code, first, first + size
    return None


def _weight(place: Place) -> float:
    return place.weight - (0.5 if place.alternate else 0.0)
