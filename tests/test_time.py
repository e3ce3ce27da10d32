"""The time stage: expressions, their days, and what is no date."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from dragoman import lexicon
from dragoman.config import Config
from dragoman.pipeline import read
from dragoman.stages.time import expressions, load, times_in
from dragoman.stages.time.match import load_rules
from dragoman.types import Reading, Report, Span, Split, When

STAGE = load(Config())
RULES: list[dict[str, Any]] = lexicon.read("en", "times")["rules"]
PUBLISHED = "2024-02-28"  # a Wednesday


def times(text: str, published: str | date | None = PUBLISHED) -> tuple[When, ...]:
    """Return all expressions of one sentence without grammar, dated or not."""
    day = date.fromisoformat(str(published)) if published else None
    words = [found.span() for found in re.finditer(r"\w+|[^\w\s]", text)]
    split = Split(tuple(a for a, _ in words), tuple(b for _, b in words), ((0, len(words)),) if words else (), (0,) if words else ())
    return tuple(expressions(load_rules("en"), Reading(report=Report(text, published=day), split=split)))


def rows(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str | None, str | None, str]]:
    """Return words, from, until and precision of each expression."""
    return [(when.span.of(text), when.from_, when.until, when.precision) for when in times(text, published)]


@pytest.mark.parametrize("rule", RULES, ids=[rule["id"] for rule in RULES])
def test_each_rule_finds_its_examples_and_none_of_its_not(rule: dict[str, Any]) -> None:
    assert rule["examples"]
    for words, published, first, last, precision in rule["examples"]:
        found = times(words, published)
        assert [(when.from_, when.until, when.precision) for when in found] == [(first and str(first), last and str(last), precision)], (
            words
        )
        assert found[0].rule == rule["id"] or found[0].rule in ("time.by", "time.since")
    for words in rule.get("not", ()):
        assert times(words) == (), words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It lasted from 2014 to 2016.", [("from 2014 to 2016", "2014-01-01", "2016-12-31", "span")]),
        ("Talks ran between March and May 2020.", [("between March and May 2020", "2020-03-01", "2020-05-31", "span")]),
        ("It ran from November to February 2021.", [("from November to February 2021", "2020-11-01", "2021-02-28", "span")]),
        ("The ban holds since 2022.", [("since 2022", "2022-01-01", None, "year")]),
        ("Leave by the end of the year.", [("by the end of the year", None, "2024-12-31", "span")]),
        ("It was open before 2020.", [("before 2020", None, "2019-12-31", "year")]),
        ("It struck at 09:30 GMT on Saturday.", [("09:30 GMT on Saturday", "2024-02-24T09:30Z", "2024-02-24T09:30Z", "minute")]),
        ("They fled on Tuesday (Feb. 27).", [("Tuesday (Feb. 27", "2024-02-27", "2024-02-27", "day")]),
        ("from 2019 onwards, prices rose", [("from 2019 onwards", "2019-01-01", None, "year")]),
        ("The 2015 vote was void.", [("2015", "2015-01-01", "2015-12-31", "year")]),
    ],
)
def test_neighbours_are_joined(text: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "May said she was sorry.",
        "The Sunday Times was there.",
        "Resolution 1973 was adopted.",
        "They want the 1967 borders.",
        "Some 2000 people fled.",
        "Flight 1549 came down.",
        "They won 3-2 and 2,000 fans sang.",
        "A 34-year-old man was held for 12 months.",
        "The 1951 Refugee Convention binds them.",
        "It cost $2015.",
        "The year is 575 B.C.E.",
        "",
        "\x00\u202e",
        "99/99/2020",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert times(text) == ()


def test_without_publication_only_absolute_expressions_have_days() -> None:
    text = "On Monday and last week, three days ago and in March; then on 14 March 2023 and in 2015."
    found = times(text, None)
    assert [when.from_ for when in found] == [None, None, None, None, "2023-03-14", "2015-01-01"]
    assert all(when.precision for when in found)
    assert [when.span.of(text) for when in read(text).times] == ["14 March 2023", "2015"]


def test_an_undated_report_lends_its_only_year() -> None:
    found = read("The summit of 2016 was held at Amiens on 3 March.").times
    assert ("2016-03-03", "2016-03-03") in [(when.from_, when.until) for when in found]
    assert read("Talks of 2014 and 2016 ended on 3 March.").times[-1].from_ != "2016-03-03"


def test_the_order_of_numeric_dates_is_learnt_from_the_report() -> None:
    assert rows("On 25/12/2022 and on 04/05/2023.", None)[1][1] == "2023-05-04"
    assert rows("On 12/25/2022 and on 04/05/2023.", None)[1][1] == "2023-04-05"
    assert rows("On 04/05/2023.", None)[0][1] is None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The prime minister will travel to Ankara on Friday.", "2024-03-01"),
        ("Police arrested 12 people on Friday.", "2024-02-23"),
        ("The two sides are due to meet on Monday in Doha.", "2024-03-04"),
        ("The minister said he would resign on Sunday.", "2024-03-03"),
        ("Troops withdrew in November.", "2023-11-01"),
        ("Ministers are expected to sign the deal in July.", "2024-07-01"),
    ],
)
def test_the_tense_decides_which_way_to_look(text: str, first: str) -> None:
    assert [when.from_ for when in read(text, published=PUBLISHED).times] == [first]


def test_modal_may_is_no_month() -> None:
    text = "Talks may resume in May, and troops may march in March."
    assert [when.span.of(text) for when in read(text, published=PUBLISHED).times] == ["May", "March"]


def test_ends_are_in_order_and_spans_are_words() -> None:
    text = "Since Monday, from 3 to 5 March and until 2030, the nineties and the 19th century, in 1999 and last summer."
    for when in times(text):
        assert when.from_ is None or when.until is None or when.from_ <= when.until
        assert when.span.of(text).strip() == when.span.of(text)
        assert when.rule.startswith("time.")


def test_seasons_stay_open_where_they_may_be_southern() -> None:
    assert rows("Bushfires in Australia burned last summer.")[0][1] is None
    assert rows("Fires in Greece burned last summer.")[0][1] == "2023-06-01"


def test_times_in_a_span() -> None:
    text = "In 2015 and in 2016."
    split = Split((0,), (len(text),), ((0, 1),), (0,))
    reading = STAGE(Reading(report=Report(text), split=split))
    assert [when.span.of(text) for when in times_in(reading, Span(0, 8))] == ["2015"]


def test_a_long_line_is_read_in_good_time() -> None:
    assert len(times("on Monday " * 3000)) > 1000
    assert times("1" * 50_000) == ()
