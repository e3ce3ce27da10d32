"""The time stage: expressions of date and time, resolved against the day of publication.

Rules of ``times.yaml`` find the expressions of a sentence; the longest at a place wins, then the rule
that stands for more words. Neighbours are then joined: a time of day with its day, the two ends of a
range, and words such as "since" and "until" with the date that they open. What cannot be dated is
left out: relative expressions of a report without a date of publication, or "on 04/05" in an unknown order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.config import Config
from dragoman.stages.time.compose import compose
from dragoman.stages.time.match import Grammarian, Rules, load_rules
from dragoman.types import Reading, Span, When

__all__ = ["expressions", "load", "times_in"]


def load(config: Config) -> Callable[[Reading], Reading]:
    """Load the rules of a language once and return the stage.

    Raises:
        LexiconError: for a rule that is no pattern or means nothing known.
    """
    rules = load_rules(config.lang)

    def stage(reading: Reading) -> Reading:
        found = (when for when in expressions(rules, reading) if when.from_ is not None or when.until is not None)
        return replace(reading, times=tuple(found))

    return stage


def expressions(rules: Rules, reading: Reading) -> list[When]:
    """Return every expression of time of a report in order, those that cannot be dated without days."""
    reader = Grammarian(rules, reading)
    found: list[When] = []
    for start, end in reader.stretches():
        found.extend(compose(reader, reader.hits(start, end), start))
    return sorted(found, key=lambda when: (when.span.start, when.span.end))


def times_in(reading: Reading, span: Span) -> tuple[When, ...]:
    """Return the dated expressions that lie wholly inside ``span``, in order."""
    return tuple(when for when in reading.times if span.holds(when.span))
