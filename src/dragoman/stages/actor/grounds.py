"""Countries by the places that a name is of: "the Irving Police Department", "the municipality of Livorno"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dragoman.gazetteer import Place, fold, gazetteer
from dragoman.stages.actor.knowledge import Knowledge

_CLEAR = 1.0  # a place must have ten times the people of its namesakes in other countries
_LARGE = 4.7  # fifty thousand people
_SMALL = 4.0  # places of fewer than ten thousand people decide nothing


def country(know: Knowledge, words: Sequence[str]) -> str | None:
    """Return the country of the place that words name, None where it is unknown, small, or one of several.

    A name that is also a common word or a person's is nobody's ground.
    """
    region = know.regions.get(fold(" ".join(words)))
    return region or know.codes.get(code := _place(words) or "", code) or None


def _place(words: Sequence[str]) -> str | None:
    places = [place for place in gazetteer().find(fold(" ".join(words))) if place.country and not (place.common or place.person)]
    divisions = {place.country for place in places if place.kind == "admin1" and not place.alternate}
    if len(divisions) == 1:
        return divisions.pop()
    best: dict[str, float] = {}
    for place in places:
        best[place.country or ""] = max(best.get(place.country or "", 0.0), _weight(place))
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    if not ranked or ranked[0][1] < _SMALL or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _CLEAR):
        return None
    return ranked[0][0]


def supported(codes: Sequence[str | None], words: Sequence[Sequence[str]], named: Collection[str]) -> list[str | None]:
    """Return the countries of places without those that nothing else in the report speaks for.

    A place counts when the report names its country, names no country at all, or when the place is large.
    """
    return [
        code if code is None or not named or code in named or _size(part) >= _LARGE else None
        for code, part in zip(codes, words, strict=True)
    ]


def _size(words: Sequence[str]) -> float:
    return max((place.weight for place in gazetteer().find(fold(" ".join(words)))), default=_LARGE)


def inside(know: Knowledge, words: Sequence[str]) -> tuple[str, int, int] | None:
    """Return the country of the longest place name inside a longer name, with its first and last (half-open) word."""
    for size in range(min(3, len(words) - 1), 0, -1):
        for first in range(len(words) - size + 1):
            part = words[first : first + size]
            if all(word[:1].isupper() for word in part) and (code := country(know, part)):
                return code, first, first + size
    return None


def _weight(place: Place) -> float:
    return place.weight - (0.5 if place.alternate else 0.0)
