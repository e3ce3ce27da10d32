"""Joining neighbours: a time of day with its day, the ends of a range, and what opens an end."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dragoman.stages.time.calendar import Period
from dragoman.types import Span, When

if TYPE_CHECKING:
    from dragoman.stages.time.match import Grammarian, Hit

_JOIN = re.compile(r"\s*,?\s*(?:\(\s*)?(?:(?:on|of|at|in|early|late)\s+)?(?:the\s+)?(?:around\s+|about\s+)?")
_TO = re.compile(r"\s*(?:(?:to|until|till|through|up to)\s+(?:the\s+)?|[-–—]\s*)", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+(?:the\s+)?", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)(?:from|starting|beginning)(?:\s+the)?\s+$", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\w)between(?:\s+the)?\s+$", re.IGNORECASE)
_ONWARD = re.compile(r"\s+(?:on|onwards?)(?=\s*[,.;]|\s+(?:the|a|an|it|he|she|they)\b|\s*$)", re.IGNORECASE)
_OPENABLE = frozenset({"day", "week", "month", "season", "quarter", "year", "decade", "century", "span"})


def compose(reader: Grammarian, hits: list[Hit], start: int) -> list[When]:
    """Return the dated expressions of one stretch of text that begins at ``start``."""
    hits = _with_clock(reader, hits)
    found: list[When] = []
    index = 0
    low = start
    while index < len(hits):
        ranged = _range(reader, hits, index, low)
        if ranged is not None:
            found.append(ranged)
            index += 2
        else:
            found.append(_single(reader, hits[index], low))
            index += 1
        low = found[-1].span.end
    return found


def _with_clock(reader: Grammarian, hits: list[Hit]) -> list[Hit]:
    joined: list[Hit] = []
    for hit in hits:
        before = joined[-1] if joined else None
        if before is not None and _JOIN.fullmatch(reader.text, before.end, hit.start):
            one, other = before.period, hit.period
            if {one.precision, other.precision} == {"minute", "day"} and (one.clock is None) != (other.clock is None):
                clock, day = (one, other) if one.clock else (other, one)
                rule = f"{hit.rule}+clock" if day is other else f"{before.rule}+clock"
                joined[-1] = replace(
                    before, end=hit.end, rule=rule, means="clock", period=replace(day, precision="minute", clock=clock.clock)
                )
                continue
            if before.means == "weekday" and hit.means in ("date", "numeric") and _same_weekday(reader, before, hit):
                joined[-1] = replace(hit, start=before.start)
                continue
        joined.append(hit)
    return joined


def _same_weekday(reader: Grammarian, named: Hit, dated: Hit) -> bool:
    day = dated.period.start
    return day is not None and reader.rules.words.number("weekday", dict(named.groups)["weekday"]) == day.weekday()


def _range(reader: Grammarian, hits: list[Hit], index: int, low: int) -> When | None:
    if index + 1 >= len(hits):
        return None
    first, second = hits[index], hits[index + 1]
    text = reader.text
    before = text[max(low, first.start - 20) : first.start]
    opened, between = _FROM.search(before), _BETWEEN.search(before)
    dash = re.fullmatch(r"\s*[-–—]\s*", text[first.end : second.start])
    plain = first.means == second.means == "date" and second.period.dated
    if not ((opened or dash or plain) and _TO.fullmatch(text, first.end, second.start)) and not (
        between and _AND.fullmatch(text, first.end, second.start)
    ):
        return None
    if dash and not (opened or first.period.precision == second.period.precision != "minute"):
        return None
    begin = first.start - len(before) + (opened or between).start() if (opened or between) else first.start  # type: ignore[union-attr]
    until = second.period
    since = _borrow(reader, first, second)
    span = Span(begin, second.end)
    if since.clock or until.clock:
        return None
    if since.start is None or until.end is None or since.start > until.end:
        return When(None, None, "span", span, "time.range")
    return When(since.start.isoformat(), until.end.isoformat(), "span", span, "time.range")


def _borrow(reader: Grammarian, first: Hit, second: Hit) -> Period:
    """Read the first end of a range with the year of the second ("between March and May 2020")."""
    end = second.period.end
    if first.period.dated or end is None or first.means not in ("date", "month", "days"):
        if first.means == "weekday" and end is not None and first.period.start is not None and first.period.start > end:
            earlier = first.period.start - timedelta(days=7)
            return Period(earlier, earlier, "day")
        return first.period
    groups = dict(first.groups)
    for year in (end.year, end.year - 1):
        period = reader.resolve(first.means, groups, (first.start, first.end), year=year)
        if period and period.start and period.start <= end:
            return period
    return first.period


def _single(reader: Grammarian, hit: Hit, low: int) -> When:
    text = reader.text
    window = text[max(low, hit.start - 30) : hit.start]
    for wrap in reader.rules.wraps:
        found = wrap.pattern.search(window)
        if found is None or hit.period.precision not in _OPENABLE or hit.means == "until_now":
            continue
        if wrap.id in ("time.before", "time.after") and re.match(
            r"['’]s\b|\s*['’]\s|\s+(?:attack|vote|election|deadline)", text[hit.end : hit.end + 12]
        ):
            break
        period = hit.period
        if wrap.opens != "until":
            period = reader.resolve(hit.means, dict(hit.groups), (hit.start, hit.end), ahead=True) or period
        return _opened(period, wrap.opens, Span(hit.start - len(window) + found.start(), hit.end), wrap.id)
    onward = _ONWARD.match(text, hit.end)
    before = _FROM.search(window)
    if onward and before and hit.period.precision in _OPENABLE:
        return _opened(hit.period, "until", Span(hit.start - len(window) + before.start(), onward.end()), "time.onward")
    return _plain(hit.period, Span(hit.start, hit.end), hit.rule)


def _plain(period: Period, span: Span, rule: str) -> When:
    start = period.start.isoformat() if period.start else None
    end = period.end.isoformat() if period.end else None
    if period.clock and start:
        start = end = f"{start}T{period.clock}"
    return When(start, end, period.precision, span, rule)


def _opened(period: Period, opens: str, span: Span, rule: str) -> When:
    start = period.start.isoformat() if period.start else None
    end = period.end.isoformat() if period.end else None
    if opens == "until":
        return When(start, None, period.precision, span, rule)
    if opens == "before":
        day = period.start - timedelta(days=1) if period.start and period.start.toordinal() > 1 else None
        return When(None, day.isoformat() if day else None, period.precision, span, rule)
    return When(None, end, period.precision, span, rule)
