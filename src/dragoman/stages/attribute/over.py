"""Which attributions hold given words: an index over the contents of one reading, kept for the last few readings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from dragoman.types import Attribution, Reading, Span

_DEEPEST = 50


def attributions_over(reading: Reading, span: Span) -> tuple[Attribution, ...]:
    """Return the attributions whose content holds ``span``, innermost first.

    Deeper nesting comes first; of two equally deep the one with the shorter content, then the later one.
    """
    index = _index(_Same(reading.attributions))
    found: dict[int, tuple[int, int, int]] = {}
    place = bisect_right(index.starts, span.start) - 1
    while place >= 0 and index.reach[place] >= span.end:
        start, end, number = index.parts[place]
        if end >= span.end and number not in found:
            found[number] = (-index.depths[number], end - start, -number)
        place -= 1
    return tuple(reading.attributions[number] for number in sorted(found, key=found.__getitem__))


@dataclass(frozen=True, slots=True)
class _Index:
    """Content parts by start, the furthest end up to each, and how deep each attribution is nested."""

    parts: tuple[tuple[int, int, int], ...]
    starts: tuple[int, ...]
    reach: tuple[int, ...]
    depths: tuple[int, ...]


class _Same:
    """A key that is equal only to itself: hashing every attribution at each question would cost more than the answer."""

    __slots__ = ("attributions",)

    def __init__(self, attributions: tuple[Attribution, ...]) -> None:
        self.attributions = attributions

    def __hash__(self) -> int:
        return id(self.attributions)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.attributions is self.attributions


@lru_cache(maxsize=8)
def _index(same: _Same) -> _Index:
    attributions = same.attributions
    parts = sorted((part.start, part.end, number) for number, each in enumerate(attributions) for part in each.content)
    above = {each.id: each.inside for each in attributions}
    depths = []
    for each in attributions:
        steps, upper = 0, each.inside
        while upper is not None and steps < _DEEPEST:
            steps, upper = steps + 1, above.get(upper)
        depths.append(steps)
    return _Index(tuple(parts), tuple(part[0] for part in parts), tuple(accumulate((part[1] for part in parts), max)), tuple(depths))
