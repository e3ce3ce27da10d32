"""Values of dates and counts as people write them in annotations."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import get_args

from dragoman.types import Number, NumberOf, Span, TimePrecision, When

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T\d{2}(?::\d{2})?)?")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"(\d{4})")
_DECADE = re.compile(r"(\d{3}0)s")
_CENTURY = re.compile(r"C(\d{2})")
_COUNT = re.compile(r"(\w+) (?:(\d+)|(\d*)\.\.(\d*))")

_Bounds = tuple[date, date, TimePrecision]


def when(value: str, span: Span) -> When:
    """Return the dated expression at ``span`` whose value is written as one of these.

    ``2024-05-14`` day, ``2024-05-14T09:30`` minute, ``2024-W19`` week, ``2024-05`` month, ``2024-Q2`` quarter,
    ``2024`` year, ``1990s`` decade, ``C19`` century (1801 to 1900), ``A/B`` from the start of A to the end of B,
    ``A/..`` and ``../B`` open. A precision may follow: ``2024-06/2024-08 season``.

    Raises:
        ValueError: the value is none of these.
    """
    body, _, named = value.partition(" ")
    if named and named not in get_args(TimePrecision):
        raise ValueError(f"{named!r} is no precision; known: {', '.join(get_args(TimePrecision))}")
    if "/" in body:
        low, high = body.split("/", 1)
        from_ = None if low == ".." else _bounds(low)[0]
        until = None if high == ".." else _bounds(high)[1]
        precision: TimePrecision = "span"
    else:
        from_, until, precision = _bounds(body)
    if from_ and until and from_ > until:
        raise ValueError(f"{value!r} ends before it begins")
    exact: TimePrecision = named or precision  # type: ignore[assignment]
    return When(from_.isoformat() if from_ else None, until.isoformat() if until else None, exact, span)


def _bounds(value: str) -> _Bounds:
    """Return the first and last day of a value without a slash."""
    if found := _DAY.fullmatch(value):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return day, day, "minute" if "T" in value else "day"
    if found := _WEEK.fullmatch(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday, monday + timedelta(days=6), "week"
    if found := _MONTH.fullmatch(value):
        return _months(int(found[1]), int(found[2]), 1, "month")
    if found := _QUARTER.fullmatch(value):
        return _months(int(found[1]), 3 * int(found[2]) - 2, 3, "quarter")
    if found := _YEAR.fullmatch(value):
        return _months(int(found[1]), 1, 12, "year")
    if found := _DECADE.fullmatch(value):
        return date(int(found[1]), 1, 1), date(int(found[1]) + 9, 12, 31), "decade"
    if found := _CENTURY.fullmatch(value):
        last = int(found[1]) * 100
        return date(last - 99, 1, 1), date(last, 12, 31), "century"
    raise ValueError(f"{value!r} is no date: write 2024-05-14, 2024-W19, 2024-05, 2024-Q2, 2024, 1990s, C19, A/B, A/.. or ../B")


def _months(year: int, month: int, count: int, precision: TimePrecision) -> _Bounds:
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1]), precision


def number(value: str, span: Span) -> Number:
    """Return the count at ``span`` written as ``dead 12``, ``dead 12..``, ``injured 10..20`` or ``crowd ..500``.

    Raises:
        ValueError: the value is none of these.
    """
    found = _COUNT.fullmatch(value)
    if found is None or found[1] not in get_args(NumberOf):
        raise ValueError(f"{value!r} is no count: write 'dead 12', 'dead 12..', 'injured 10..20'; known: {', '.join(get_args(NumberOf))}")
    what: NumberOf = found[1]  # type: ignore[assignment]
    if found[2]:
        return Number(what, int(found[2]), int(found[2]), span)
    low, high = (int(each) if each else None for each in (found[3], found[4]))
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        raise ValueError(f"{value!r} has no bounds that hold a number")
    return Number(what, low, high, span)
