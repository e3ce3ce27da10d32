"""From the parts of an expression to the days it covers.

Each function in ``RESOLVERS`` answers one ``means`` of ``times.yaml``: it takes the named groups of
the match and a :class:`~dragoman.stages.time.calendar.Context` and returns a period, or None where
the words are no date after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from dragoman.stages.time.calendar import (
    Context,
    Groups,
    Period,
    Vocabulary,
    add_days,
    add_months,
    make_date,
    month_period,
    move,
    narrow,
    near,
    of_day,
    unit_period,
    unknown,
    year_period,
)
from dragoman.types import TimePrecision


def _year_of(groups: Groups) -> int | None:
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("yy"):
        short = int(groups["yy"])
        return 2000 + short if short < 70 else 1900 + short
    return None


def _day_in_year(month: int, day: int, groups: Groups, context: Context) -> tuple[date | None, bool]:
    year = _year_of(groups) or context.year
    if year:
        return make_date(year, month, day), True
    if context.published is None:
        return None, False
    around = (context.published.year + step for step in (-1, 0, 1))
    found = [each for each in (make_date(year, month, day) for year in around) if each]
    return near(found, context), False


def _impossible(month: int, day: int) -> bool:
    return make_date(2024, month, day) is None


def date_(groups: Groups, context: Context) -> Period | None:
    """Resolve "14 March 2023" and "March 14"."""
    month, day = context.words.number("month", groups["month"]), int(groups["day"])
    if _impossible(month, day):
        return None
    found, dated = _day_in_year(month, day, groups, context)
    return None if dated and found is None else of_day(found, dated=dated)


def days(groups: Groups, context: Context) -> Period | None:
    """Resolve "5-6 April 2016"."""
    month, first, last = context.words.number("month", groups["month"]), int(groups["day"]), int(groups["day2"])
    if _impossible(month, first) or _impossible(month, last) or first >= last:
        return None
    until, dated = _day_in_year(month, last, groups, context)
    if until is None:
        return None if dated else unknown("span")
    return Period(until.replace(day=first), until, "span", dated=dated)


def numeric(groups: Groups, context: Context) -> Period | None:
    """Resolve "2023-03-14" and "14/03/2023"; where the order is open, no date is given."""
    year = int(groups["year"])
    if groups.get("m"):
        found = make_date(year, int(groups["m"]), int(groups["d"]))
        if found is None:
            return None
        clock = groups.get("clock")
        return Period(found, found, "minute" if clock else "day", f"{clock}Z" if clock and groups.get("zone") else clock, dated=True)
    a, b = int(groups["a"]), int(groups["b"])
    day_first, month_first = make_date(year, b, a), make_date(year, a, b)
    if day_first and month_first and a != b:
        if context.day_first is None:
            return unknown("day")
        return of_day(day_first if context.day_first else month_first, dated=True)
    found = day_first or month_first
    return of_day(found, dated=True) if found else None


def _shifted_month(month: int, shift: int, published: date) -> Period:
    year = published.year
    if shift < 0 and month >= published.month:
        year -= 1
    if shift > 0 and month <= published.month:
        year += 1
    return month_period(year, month)


def month_(groups: Groups, context: Context) -> Period | None:
    """Resolve a month, with or without a year, or shifted ("last March", "March of last year")."""
    month = context.words.number("month", groups["month"])
    year = _year_of(groups) or context.year
    if year:
        return narrow(month_period(year, month, dated=True), groups.get("part"), context)
    published = context.published
    if published is None:
        return unknown("month")
    if groups.get("shift"):
        word = groups["shift"].lower().split()[-1]
        shift = context.words.number("shift", word)
        if groups.get("of_year"):
            return month_period(published.year + shift, month, dated=True)
        if shift or "past" in groups["shift"].lower():
            return _shifted_month(month, shift or -1, published)
        return month_period(published.year, month)
    found = near([date(published.year + step, month, 1) for step in (-1, 0, 1)], _by_month(context))
    return narrow(month_period(found.year, month), groups.get("part"), context) if found else unknown("month")


def _by_month(context: Context) -> Context:
    published = context.published.replace(day=1) if context.published else None
    return Context(context.words, published, context.lean)


def month_of_year(groups: Groups, context: Context) -> Period | None:
    """Resolve "March of last year"."""
    return month_({**groups, "of_year": "1"}, context)


def year_(groups: Groups, context: Context) -> Period | None:
    """Resolve "2015", "early 2015"."""
    return narrow(year_period(int(groups["year"])), groups.get("part"), context)


def years(groups: Groups, context: Context) -> Period | None:
    """Resolve "2014-2016" and "1980-88"."""
    first, last = int(groups["year"]), int(groups["year2"])
    if last < 100:
        last += first // 100 * 100
    return year_period(first, last, "span") if first < last else None


def decade(groups: Groups, context: Context) -> Period | None:
    """Resolve "the 1990s", "the '90s", "the late nineties"."""
    if groups.get("year"):
        first = int(groups["year"])
    else:
        short = int(groups["yy"]) if groups.get("yy") else context.words.number("decade", groups["decade"])
        first = 2000 + short if short < 20 else 1900 + short
    return narrow(year_period(first, first + 9, "decade"), groups.get("part"), context)


def century(groups: Groups, context: Context) -> Period | None:
    """Resolve "the 19th century"."""
    number = int(groups["c"]) if groups.get("c") else context.words.number("century", groups["century"])
    first = (number - 1) * 100 + 1
    return narrow(year_period(first, first + 99, "century"), groups.get("part"), context)


def quarter(groups: Groups, context: Context) -> Period | None:
    """Resolve "the first quarter of 2020", "the second half of last year", "Q1 2020"."""
    word = groups["ordinal"]
    number = int(word) if word.isdigit() else context.words.number("ordinal", word)
    half = groups["q"].lower() in ("half", "h")
    if number > (2 if half else 4):
        return None
    year = _year_of(groups)
    if year is None:
        if context.published is None:
            return unknown("span" if half else "quarter")
        shift = 0 if groups["shift"].lower() == "the" else context.words.number("shift", groups["shift"])
        year = context.published.year + shift
    size = 6 if half else 3
    first = date(year, (number - 1) * size + 1, 1)
    return Period(first, add_months(first, size) - timedelta(days=1), "span" if half else "quarter", dated=True)


def _season_period(month: int, year: int) -> Period:
    first = date(year, month, 1)
    return Period(first, add_months(first, 3) - timedelta(days=1), "season", dated=True)


def season(groups: Groups, context: Context) -> Period | None:
    """Resolve "spring 2021" and "last summer", by the northern seasons; None where they may be southern."""
    month = context.words.number("season", groups["season"])
    if not context.north:
        return unknown("season")
    year = _year_of(groups)
    if year:
        return narrow(_season_period(month, year), groups.get("part"), context)
    published = context.published
    if published is None:
        return unknown("season")
    shift = context.words.number("shift", groups["shift"].lower().split()[-1])
    if groups.get("of_year"):
        return narrow(_season_period(month, published.year + shift), groups.get("part"), context)
    if shift == 0:
        return _season_period(month, published.year)
    around = [_season_period(month, published.year + step) for step in (-2, -1, 0, 1)]
    if shift < 0:
        return [each for each in around if each.end and each.end < published][-1]
    return next((each for each in around if each.start and each.start > published), None)


def season_of_year(groups: Groups, context: Context) -> Period | None:
    """Resolve "spring 2021" and "the spring of last year"."""
    return season({**groups, "of_year": "1"}, context)


def weekday(groups: Groups, context: Context) -> Period | None:
    """Resolve a weekday: the last one not after publication, or the coming one where the words look ahead."""
    published = context.published
    if published is None:
        return unknown("day")
    number = context.words.number("weekday", groups["weekday"])
    back = (published.weekday() - number) % 7
    shift = groups.get("shift", "").lower()
    if groups.get("far"):
        return of_day(add_days(published, 7 - published.weekday() + number))
    if shift in ("last", "this past", "the previous"):
        return of_day(add_days(published, -(back or 7)))
    if shift in ("next", "this coming"):
        ahead = (7 - back) if back else 7
        if shift == "next" and ahead <= 2:  # a writer would say "tomorrow" or the bare day
            ahead += 7
        return of_day(add_days(published, ahead))
    if context.lean == "future":
        return of_day(add_days(published, (7 - back) % 7))
    return of_day(add_days(published, -back))


def weekday_of_week(groups: Groups, context: Context) -> Period | None:
    """Resolve "Tuesday last week"."""
    if context.published is None:
        return unknown("day")
    week = unit_period(context.published, "week", context.words.number("shift", groups["shift"]))
    number = context.words.number("weekday", groups["weekday"])
    return of_day(add_days(week.start, number) if week and week.start else None)


def weekend(groups: Groups, context: Context) -> Period | None:
    """Resolve "last weekend"; a bare "the weekend" is the last one begun, or the coming one."""
    published = context.published
    if published is None:
        return unknown("span")
    shift = groups["shift"].lower()
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    ahead = shift in ("next", "this coming") or (shift in ("this", "the") and context.lean == "future")
    if ahead or (shift == "this" and context.lean is None and 0 < published.weekday() < 5):
        saturday = saturday + timedelta(days=7 if published.weekday() < 5 or shift != "this" else 0)
    elif shift == "last" and published.weekday() >= 5:
        saturday -= timedelta(days=7)
    return Period(saturday, saturday + timedelta(days=1), "span")


def dayword(groups: Groups, context: Context) -> Period | None:
    """Resolve "yesterday", "tonight", "this morning"."""
    if context.published is None:
        return unknown("day")
    return of_day(add_days(context.published, context.words.number("day", " ".join(groups["dayword"].split()))))


def until_now(groups: Groups, context: Context) -> Period | None:
    """Resolve "to this day"."""
    return Period(None, context.published, "span")


def overnight(groups: Groups, context: Context) -> Period | None:
    """Resolve "overnight": from the day before publication to that day."""
    if context.published is None:
        return unknown("span")
    return Period(add_days(context.published, -1), context.published, "span")


_GRAIN: dict[str, TimePrecision] = {"minute": "minute", "hour": "minute"}


def _grain(unit: str) -> TimePrecision:
    return _GRAIN.get(unit) or unit  # type: ignore[return-value]


def count(word: str, words: Vocabulary) -> int:
    """Return the number that digits or number words say."""
    digits = word.replace(",", "")
    if digits.isdigit():
        return int(digits)
    return sum(words.number("number", each) for each in word.replace("-", " ").split())


def unit_in(groups: Groups, words: Vocabulary) -> str:
    """Return the last unit word in the matched words."""
    found = [each.strip("'’.,") for each in groups["all"].lower().replace("-", " ").split()]
    for word in reversed(found):
        for group in ("units", "unit"):
            if word in words.words[group]:
                return words.text(group, word)
    return "day"


def ago(groups: Groups, context: Context) -> Period | None:
    """Resolve "three days ago" to that day, "two weeks ago" to that week, and so on."""
    unit = unit_in(groups, context.words)
    if context.published is None or groups.get("half") or re.search(r"\b(?:more than|less than|over|under|half)\b", groups["all"].lower()):
        return unknown(_grain(unit))
    number = count(groups["n"], context.words) * (2 if "fortnight" in groups["all"].lower() else 1)
    if unit == "fortnight":
        unit = "week"
    if unit in ("minute", "hour"):
        return of_day(context.published) if number <= 6 else unknown("day")
    if unit == "decade":
        return year_period(max(context.published.year - 10 * number, 1))
    if unit == "century" or (unit == "quarter"):
        return unknown(_grain(unit))
    return unit_period(context.published, unit, -number) or unknown(_grain(unit))


def weeks_ago_day(groups: Groups, context: Context) -> Period | None:
    """Resolve "a week ago today" and "two weeks ago on Monday"."""
    if context.published is None:
        return unknown("day")
    back = 7 * count(groups["n"], context.words)
    word = groups["today"].lower().split()[-1]
    if word in ("today", "yesterday"):
        return of_day(add_days(context.published, -back - (word == "yesterday")))
    monday = context.published - timedelta(days=context.published.weekday())
    return of_day(add_days(monday, context.words.number("weekday", word) - back))


def from_now(groups: Groups, context: Context) -> Period | None:
    """Resolve "in three weeks' time"."""
    unit = unit_in(groups, context.words)
    if context.published is None or unit in ("minute", "hour", "fortnight"):
        return unknown(_grain(unit) if unit != "fortnight" else "week")
    return unit_period(context.published, unit, count(groups["n"], context.words))


def last_n(groups: Groups, context: Context) -> Period | None:
    """Resolve "the last four years" and "the next two weeks": a span that ends or begins at publication."""
    number = count(groups["n"], context.words) if groups.get("n") else 1
    unit = context.words.text("unit", groups["one"]) if groups.get("one") else unit_in(groups, context.words)
    if context.published is None:
        return unknown("span")
    if unit in ("minute", "hour"):
        unit, number = "day", (number + 23) // 24 if unit == "hour" else 1
    if unit == "fortnight":
        unit, number = "week", 2 * number
    ahead = groups["way"].lower() in ("next", "coming", "following")
    other = move(context.published, unit, number if ahead else -number)
    if groups["way"].lower() == "following" or other is None:
        return unknown("span")
    return Period(context.published, other, "span") if ahead else Period(other, context.published, "span")


def shift(groups: Groups, context: Context) -> Period | None:
    """Resolve "last week", "earlier this month", "late last year"."""
    unit = groups["one"].lower()
    if unit == "fortnight":
        return unknown("week")
    if context.published is None:
        return unknown(_grain(unit))
    period = unit_period(context.published, unit, context.words.number("shift", " ".join(groups["shift"].split())))
    if period is None or period.start is None or period.end is None:
        return unknown(_grain(unit))
    if groups.get("direction"):
        before = context.words.text("direction", groups["direction"]) == "before"
        if not period.start <= context.published <= period.end:
            return period
        return Period(period.start, context.published, "span") if before else Period(context.published, period.end, "span")
    return narrow(period, groups.get("part"), context)


def edge(groups: Groups, context: Context) -> Period | None:
    """Resolve "the end of the year": the last third of the unit that holds the day of publication."""
    unit = groups.get("one") or groups["edge2"]
    if context.published is None:
        return unknown("span")
    period = unit_period(context.published, unit.lower(), 0)
    word = (groups.get("edge") or "end").lower()
    return narrow(period, f"the {word} of", context) if period else None


def september_11(groups: Groups, context: Context) -> Period | None:
    """Resolve "9/11"."""
    return of_day(date(2001, 9, 11), dated=True)


_FEASTS = {
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "may day": (5, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
}


def feast(groups: Groups, context: Context) -> Period | None:
    """Resolve feasts that fall on a fixed day."""
    month, day = _FEASTS[" ".join(groups["feast"].lower().replace("’", "'").split())]
    found, dated = _day_in_year(month, day, groups, context)
    return of_day(found, dated=dated)


def clock(groups: Groups, context: Context) -> Period | None:
    """Resolve "09:30 GMT" and "10 a.m."; the day comes from a neighbour."""
    hour, minute = int(groups["h"]), int(groups.get("min") or 0)
    half = groups.get("ap", "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zone = "Z" if groups.get("zone", "").upper() in ("GMT", "UTC", "Z") else ""
    return Period(None, None, "minute", f"{hour:02}:{minute:02}{zone}")


def grain_only(groups: Groups, context: Context) -> Period | None:
    """Keep words of time that no date can be defended for."""
    unit = unit_in(groups, context.words)
    return unknown("week" if unit == "fortnight" else _grain(unit))


RESOLVERS: dict[str, Callable[[Groups, Context], Period | None]] = {
    "ago": ago,
    "century": century,
    "clock": clock,
    "date": date_,
    "days": days,
    "dayword": dayword,
    "decade": decade,
    "edge": edge,
    "feast": feast,
    "from_now": from_now,
    "last_n": last_n,
    "month": month_,
    "month_of_year": month_of_year,
    "numeric": numeric,
    "overnight": overnight,
    "quarter": quarter,
    "season": season,
    "season_of_year": season_of_year,
    "september_11": september_11,
    "shift": shift,
    "unknown": grain_only,
    "until_now": until_now,
    "weekday": weekday,
    "weekday_of_week": weekday_of_week,
    "weekend": weekend,
    "weeks_ago_day": weeks_ago_day,
    "year": year_,
    "years": years,
}
