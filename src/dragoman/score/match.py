"""Which of what was said stands for which of the gold: each at most once, the best pairs first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from dragoman.types import Attribution, Claim, Span

_G = TypeVar("_G")
_S = TypeVar("_S")


def pairs(gold: Sequence[_G], said: Sequence[_S], weight: Callable[[_G, _S], float]) -> list[tuple[int, int]]:
    """Return index pairs of positive weight, greedily from the heaviest; ties go to the earlier gold, then the earlier said."""
    weighed = [(-weight(left, right), g, s) for g, left in enumerate(gold) for s, right in enumerate(said)]
    taken_gold: set[int] = set()
    taken_said: set[int] = set()
    found = []
    for _, g, s in sorted(each for each in weighed if each[0] < 0):
        if g not in taken_gold and s not in taken_said:
            taken_gold.add(g)
            taken_said.add(s)
            found.append((g, s))
    return sorted(found)


def length(spans: Sequence[Span]) -> int:
    """Return the number of code points under spans that do not overlap."""
    return sum(span.end - span.start for span in spans)


def shared(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Return the number of code points under both."""
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in left for b in right)


def half(left: Sequence[Span], right: Sequence[Span]) -> bool:
    """Tell whether more than half of each lies under the other, or both are empty."""
    if not left or not right:
        return not left and not right
    return 2 * shared(left, right) > max(length(left), length(right))


def contents(gold: Attribution, said: Attribution) -> float:
    """Weigh a pair of attributions: over half of each content is shared; the same cue, then the same source, break ties."""
    if not half(gold.content, said.content):
        return 0.0
    overlap = shared(gold.content, said.content) / max(length(gold.content), length(said.content))
    cue = bool(shared(gold.cue, said.cue)) or not (gold.cue or said.cue)
    source = half(_one(gold.source), _one(said.source))
    return overlap + cue + 0.5 * source


def triggers(gold: Claim, said: Claim) -> float:
    """Weigh a pair of claims: the trigger said is a mention of the gold's happening; the same type, then the same word, go first."""
    places = (gold.trigger, *gold.also)
    if not any(said.trigger.overlaps(place) for place in places):
        return 0.0
    return 1.0 + 4.0 * (gold.type == said.type) + 2.0 * said.trigger.overlaps(gold.trigger) + bool(set(gold.modes) & set(said.modes))


def _one(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
