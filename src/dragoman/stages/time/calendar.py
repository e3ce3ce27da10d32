"""Periods of days and the calendar's arithmetic.

A period whose ends are both unknown says that words of time stand there and that no date can be
defended.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dragoman.types import TimePrecision

Lean = Literal["past", "future"] | None
Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included; ``clock`` is a time of day, with zone if told."""

    start: date | None
    end: date | None
    precision: TimePrecision
    clock: str | None = None
    dated: bool = False  # the year is told in the words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists of the lexicon, lower case."""

    words: dict[str, dict[str, str | int]]

    def number(self, group: str, word: str) -> int:
        """Return the number behind a word of list ``group``."""
        return int(self.words[group][word.lower().rstrip(".")])

    def text(self, group: str, word: str) -> str:
        """Return the value behind a word of list ``group``."""
        return str(self.words[group][" ".join(word.lower().split())])


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    ``year`` is borrowed from the other end of a range; ``day_first`` is the order of the report's
    numeric dates, None where it does not show; ``north`` is False where seasons may be southern.
    """

    words: Vocabulary
    published: date | None
    lean: Lean = None
    year: int | None = None
    day_first: bool | None = None
    north: bool = True


def unknown(precision: TimePrecision) -> Period:
    """Return a period of which nothing but the grain is known."""
    return Period(None, None, precision)


def of_day(day: date | None, *, dated: bool = False) -> Period:
    """Return the period of one day; of an unknown day when None."""
    return Period(day, day, "day", dated=dated)


def make_date(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has no such day."""
    if not (1 <= month <= 12 and 1 <= year <= 9999 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def month_period(year: int, month: int, *, dated: bool = False) -> Period:
    """Return the days of a month."""
    return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month", dated=dated)


def year_period(first: int, last: int | None = None, precision: TimePrecision = "year") -> Period:
    """Return the days of a year, or of a run of years."""
    return Period(date(first, 1, 1), date(last or first, 12, 31), precision, dated=True)


def add_months(day: date, months: int) -> date:
    """Return the same day of another month, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = min(max(index // 12, 1), 9999), index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_days(day: date, days: int) -> date | None:
    """Return a day so many days away, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def narrow(period: Period, part: str | None, context: Context) -> Period:
    """Return the first, middle or last third of a period ("early March", "the late 1990s")."""
    if not part or period.start is None or period.end is None:
        return period
    which = context.words.text("part", part)
    start, end = period.start, period.end
    if period.precision == "month":
        cuts = [start, start.replace(day=11), start.replace(day=21)]
    elif period.precision in ("year", "decade"):
        thirds = [start.replace(month=5), start.replace(month=9)]
        if period.precision == "decade":
            thirds = [start.replace(year=start.year + 4), start.replace(year=start.year + 7)]
        cuts = [start, *thirds]
    else:
        days = (end - start).days + 1
        cuts = [start, start + timedelta(days=days // 3), start + timedelta(days=2 * days // 3)]
    index = ("first", "middle", "last").index(which)
    until = cuts[index + 1] - timedelta(days=1) if index < 2 else end
    return Period(cuts[index], until, "span", dated=period.dated)


def unit_period(day: date, unit: str, shift: int) -> Period | None:
    """Return the calendar unit that lies ``shift`` units from the one that holds ``day``."""
    try:
        if unit == "week":
            monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
            return Period(monday, monday + timedelta(days=6), "week")
        if unit == "month":
            moved = add_months(day.replace(day=1), shift)
            return month_period(moved.year, moved.month)
        if unit == "quarter":
            first = add_months(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), 3 * shift)
            return Period(first, add_months(first, 3) - timedelta(days=1), "quarter")
        if unit == "year":
            return year_period(day.year + shift)
        if unit == "decade":
            first_year = day.year // 10 * 10 + 10 * shift
            return year_period(first_year, first_year + 9, "decade")
        if unit == "century":
            first_year = (day.year - 1) // 100 * 100 + 1 + 100 * shift
            return year_period(first_year, first_year + 99, "century")
    except (OverflowError, ValueError):
        return None
    return of_day(add_days(day, shift))


def move(day: date, unit: str, count: int) -> date | None:
    """Return the day that lies ``count`` units away."""
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months:
        return add_months(day, months * count)
    return add_days(day, {"week": 7, "day": 1}.get(unit, 0) * count)


def near(candidates: list[date], context: Context) -> date | None:
    """Return the candidate that the tense asks for; without one the nearest, the past one in a tie."""
    published = context.published
    if published is None or not candidates:
        return None
    past = [each for each in candidates if each <= published]
    coming = [each for each in candidates if each >= published]
    if context.lean == "past" and past:
        return max(past)
    if context.lean == "future" and coming:
        return min(coming)
    return min(candidates, key=lambda each: (abs((each - published).days), each > published))
