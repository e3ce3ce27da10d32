"""The laws that every Reading obeys, over text made of wire phrases, of noise, and of both."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from dragoman import resources
from dragoman.errors import ReportError
from dragoman.export.json import lines
from dragoman.pipeline import read

WHO = [
    "the foreign minister of Chad", "Kenya's army", "rebels", "the United Nations", "Russian troops", "he", "the minister", "protesters", "Jo Roe, a spokeswoman for the ministry,",
    "the opposition Clear Path party", "Hamas", "China and Japan", "they", "the Front of the Hills (FH)", "U.S. President Al Poe", "a Burmese court", "police in Lima", "the rebels, described by critics as terrorists,", "أحمد", "中国", "Ünal-Çelik",
]  # fmt: skip
DID = [
    "killed at least 12 people in", "did not attack", "will meet envoys of", "said it had signed a treaty with", "denied that it bombed", "accused", "threatened to impose sanctions on", "withdrew from",
    "protested against", "arrested 30 to 40 supporters of", "promised aid to", "may have agreed with", "demanded the release of", "'s attack on", "enjoys good relations with", "led to the withdrawal of troops from", "was overthrown by", "told reporters that Ghana had rejected",
]  # fmt: skip
WHEN = [
    "on Monday",
    "last year",
    "since 1960",
    "on 28 February 2024",
    "in the 1990s",
    "from 3 to 5 May",
    "for three days",
    "by next week",
    "two years ago",
    "at 14:30 GMT",
    "in March",
    "",
    "",
    "",
]
MARKS = [
    ". ",
    ". ",
    ".\n",
    ".\n\n",
    ", according to the report. ",
    ",” he said. ",
    "? ",
    "! ",
    "... ",
    "; ",
    ": “",
    " – ",
    "\u2028",
    "\u202e",
    "\u200d",
    "\x07",
    "(",
    ")",
    '"',
    "“",
    "”",
    "’",
    " ",
]
OPENINGS = ["", "", "HAVANA (AP) -- ", "Lomé, Feb 28 (Reuters) - ", "“", "[Bamako, 28 February] ", "\ufeff", "• "]
CLOSINGS = ["", "", "\nAC/sf/lb", "\n(END)", "”", "\n###"]
NOISE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
CLAUSE = st.tuples(st.sampled_from(WHO), st.sampled_from(DID), st.sampled_from(WHO), st.sampled_from(WHEN), st.sampled_from(MARKS)).map(
    lambda parts: " ".join(parts[:4]) + parts[4]
)
BODY = st.lists(st.one_of(CLAUSE, CLAUSE, CLAUSE, NOISE, st.sampled_from(MARKS)), min_size=1, max_size=8).map("".join)
TEXT = st.tuples(st.sampled_from(OPENINGS), BODY, st.sampled_from(CLOSINGS)).map("".join)
DATE = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))
ANOTHER = "OSLO (Agency) -- Norway's prime minister met the president of Chile on Tuesday. “We agreed on fishing,” she said."
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

Record = dict[str, Any]


@cache
def schema() -> Draft202012Validator:
    return Draft202012Validator(json.loads(resources.read_text("schemas", "reading.schema.json")))


def reading_of(text: str, published: date | None) -> str:
    """Return the reading as its line of JSON, "" where the text is refused."""
    try:
        return "\n".join(lines(read(text, published=published, publisher="Agency")))
    except ReportError:
        assert not any(unicodedata.category(each)[0] in "LNPS" for each in text), "a text with a visible character was refused"
        return ""


def walk(value: object) -> Iterator[object]:
    """Yield a value and all that it holds."""
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from walk(each)


def check_spans(record: Record, text: str) -> None:
    for value in walk(record):
        if isinstance(value, dict) and "quote" in value:
            assert 0 <= value["start"] < value["end"] <= len(text)
            assert text[value["start"] : value["end"]] == value["quote"]


def check_unknown_is_none(record: Record) -> None:
    for value in walk(record):
        assert value not in ("", "---")
    for claim in record["claims"]:
        for number in claim["numbers"]:
            assert number["low"] is not None or number["high"] is not None
            assert all(number[edge] is None or number[edge] > 0 for edge in ("low", "high"))
            assert number["low"] is None or number["high"] is None or number["low"] <= number["high"]


def check_dates(record: Record) -> None:
    for value in walk(record):
        if isinstance(value, dict) and {"from", "until"} <= value.keys():
            assert all(each is None or date.fromisoformat(each[:10]) for each in (value["from"], value["until"]))
            assert value["from"] is None or value["until"] is None or value["from"] <= value["until"]


def check_ids(record: Record) -> None:
    kinds = ("attributions", "claims", "labels", "relations", "consequences")
    ids = [each["id"] for kind in kinds for each in record[kind]]
    assert len(ids) == len(set(ids))
    attributions = {each["id"]: each for each in record["attributions"]}
    for claim in record["claims"]:
        assert all(voice["attribution"] in attributions for voice in claim["held_by"])
    for attribution in record["attributions"]:
        seen = {attribution["id"]}
        while attribution["inside"] is not None:
            assert attribution["inside"] in attributions
            attribution = attributions[attribution["inside"]]
            assert attribution["id"] not in seen, "attributions inside each other"
            seen.add(attribution["id"])
    assert all(label["by"] is None or label["by"] in attributions for label in record["labels"])
    claims = {claim["id"] for claim in record["claims"]}
    for consequence in record["consequences"]:
        assert all(not isinstance(consequence[end], str) or consequence[end] in claims for end in ("cause", "effect"))


def check_claims(record: Record) -> None:
    for claim in record["claims"]:
        assert claim["trigger"] not in claim["also"]
        assert claim["evidence"], "a claim without evidence"
    for kind in ("attributions", "labels", "relations", "consequences"):
        assert all(each["evidence"] for each in record[kind]), f"{kind} without evidence"


@QUICK
@given(TEXT, DATE)
@example("Rebels killed 12 people in Gabon on Monday, last year and next week.", date(1, 1, 1))
@example("Rebels killed 12 people in Gabon on Monday, last year and next week.", date(9999, 12, 31))
def test_every_reading_obeys_the_laws(text: str, published: date | None) -> None:
    line = reading_of(text, published)
    if not line:
        return
    record = json.loads(line)
    schema().validate(record)
    check_spans(record, text)
    check_unknown_is_none(record)
    check_dates(record)
    check_ids(record)
    check_claims(record)


@QUICK
@given(NOISE.flatmap(lambda noise: st.just(noise * 3)), DATE)
def test_noise_alone_obeys_them_too(text: str, published: date | None) -> None:
    line = reading_of(text, published)
    if line:
        record = json.loads(line)
        schema().validate(record)
        check_spans(record, text)
        check_ids(record)


@settings(QUICK, max_examples=25)
@given(TEXT, TEXT)
def test_same_bytes_whatever_is_read_in_between(text: str, other: str) -> None:
    first = reading_of(text, date(2024, 3, 1))
    reading_of(other, None)
    reading_of(ANOTHER, date(2024, 3, 5))
    assert reading_of(text, date(2024, 3, 1)) == first


def test_same_bytes_from_several_threads() -> None:
    texts = [ANOTHER, ANOTHER.replace("Norway", "Ghana"), "Rebels killed 12 people in Goma on Monday, police said.", ANOTHER * 3]
    alone = [reading_of(text, date(2024, 3, 5)) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: reading_of(text, date(2024, 3, 5)), texts * 4)) == alone * 4


def test_ids_are_of_the_report_not_of_its_surroundings() -> None:
    text = "Rebels killed 12 people in Goma on Monday. The army of Chad denied that it had attacked them."
    one, two = (read(text, published="2024-03-05", publisher="Agency", title=title) for title in (None, "Twelve killed"))
    assert [claim.id for claim in one.claims] == [claim.id for claim in two.claims]
    assert one.claims, "a plain report gave no claim"
    other = read(text, published="2024-03-06", publisher="Agency")
    assert not {claim.id for claim in one.claims} & {claim.id for claim in other.claims}


def test_the_laws_are_tested_on_readings_that_hold_something() -> None:
    record = json.loads(reading_of(ANOTHER + " Rebels killed 12 people in Goma on Monday, police said.", date(2024, 3, 5)))
    assert record["claims"]
    assert record["attributions"]
    assert any(claim["when"] for claim in record["claims"])
    assert any(claim["numbers"] for claim in record["claims"])


@pytest.mark.parametrize(
    "text", ["(" * 3_000, "said " * 3_000, "“" * 2_000, "a" * 200_000, "The army killed him. " * 600], ids=lambda text: text[:6]
)
def test_long_and_strange_texts_are_read(text: str) -> None:
    line = reading_of(text, date(2024, 3, 5))
    record = json.loads(line)
    check_spans(record, text)
    check_ids(record)
