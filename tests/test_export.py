"""Exports: valid against the schema and the specification, exact in their words, the same twice."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import hand
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import pipeline, registry, resources
from dragoman.errors import UnknownName
from dragoman.export import json as as_json
from dragoman.export import plover
from dragoman.types import Number, Reading, Report, When, Where

SCHEMA = json.loads(resources.read_text("schemas", "reading.schema.json"))
VALID = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def spans(value: object) -> list[dict[str, object]]:
    """Return every span of a record, however deep."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "quote"} <= set(value) else []
        return own + [found for each in value.values() for found in spans(each)]
    return [found for each in value for found in spans(each)] if isinstance(value, list) else []


def keys_in_order(schema: dict[str, object], value: object) -> None:
    """Assert that every object has its keys in the order of the schema."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][str(schema["$ref"]).rpartition("/")[2]]
    for option in schema.get("oneOf", ()):  # type: ignore[attr-defined]
        if (
            option.get("type") != "null"
            and value is not None
            and jsonschema.Draft202012Validator({**option, "$defs": SCHEMA["$defs"]}).is_valid(value)
        ):
            return keys_in_order(option, value)
    if isinstance(value, dict) and "properties" in schema:
        properties: dict[str, dict[str, object]] = schema["properties"]  # type: ignore[assignment]
        assert list(value) == list(properties)
        for key, each in value.items():
            keys_in_order(properties[key], each)
    elif isinstance(value, list):
        for each in value:
            keys_in_order(schema.get("items", {}), each)  # type: ignore[arg-type]
    return None


def test_the_schema_itself_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_full_reading_is_valid_and_in_order() -> None:
    record = as_json.record(hand.reading())
    VALID.validate(record)
    keys_in_order(SCHEMA, record)
    assert all(record[key] for key in record), "the reading made by hand fills every field"


def test_an_empty_reading_is_valid() -> None:
    record = as_json.record(Reading(Report("...")))
    VALID.validate(record)
    assert record["report"]["words"] == 0
    assert record["claims"] == []


def test_quotes_are_the_words_at_their_offsets() -> None:
    found = spans(as_json.record(hand.reading()))
    assert len(found) > 30
    for span in found:
        assert hand.TEXT[span["start"] : span["end"]] == span["quote"]  # type: ignore[misc]


def test_one_line_that_reads_back() -> None:
    (line,) = as_json.lines(hand.reading())
    assert json.loads(line) == as_json.record(hand.reading())
    assert len(line.splitlines()) == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_text_breaks_the_line(text: str) -> None:
    reading = hand.reading(Report(text, title=text, publisher=text))
    (line,) = as_json.lines(reading)
    assert len(line.splitlines()) == 1
    assert not any(char in line for char in "\u202e\u2066\u200f\x9b\x7f")
    assert json.loads(line)["report"]["title"] == text
    VALID.validate(json.loads(line))


def test_words_leave_punctuation_out() -> None:
    reading = hand.reading(Report("“Peace,” he said -- at $3 a head."))
    assert as_json.words(reading) == 8


def test_a_revision_is_the_hash_of_the_content() -> None:
    reading = hand.reading()
    claim = reading.claims[0]

    def revision(**changes: object) -> str:
        return str(as_json.claim(replace(claim, **changes), hand.TEXT)["revision"])  # type: ignore[arg-type]

    assert revision() == revision(id="another")
    assert len({revision(), revision(type="AGREE"), revision(actors=()), revision(status=("future",)), revision(evidence=())}) == 5


def test_numbers_are_short_finite_and_never_minus_zero() -> None:
    assert as_json.number(0.123456) == 0.1235
    assert math.copysign(1, as_json.number(-0.00001)) == 1
    for bad in (math.inf, math.nan):
        with pytest.raises(ValueError, match="finite"):
            as_json.number(bad)


def test_revisions_are_tied_by_the_providers_id_before_the_url() -> None:
    assert as_json.revises(Report("x")) is None
    assert as_json.revises(Report("x", url="u")) == "u"
    assert as_json.revises(Report("x", url="u", provider_id="p")) == "p"


STANDARD = tomllib.loads(resources.read_text("ontologies", "plover.toml"))["record"]
NEVER = {"religion", "ethnicity", "gender", "age"}


def test_plover_records_use_the_standard_names() -> None:
    records = list(plover.records(hand.reading()))
    assert [record["event"] for record in records] == ["CONSULT", "COERCE"]
    top = {*STANDARD["required"], *STANDARD["optional"], *STANDARD["size"]}
    for record in records:
        assert set(STANDARD["required"]) <= set(record) <= top
        for entity in [*record["actor"], *record.get("recipient", [])]:
            assert set(entity) <= set(STANDARD["entity"]) - NEVER
        assert set(record.get("event_loc", {})) <= set(STANDARD["location"])
    assert not NEVER & {key for record in records for key in json.dumps(record).split('"')}


def test_plover_record_of_a_visit() -> None:
    record = next(plover.records(hand.reading()))
    assert (record["date"], record["mode"], record["quad_code"], record["event_scale"]) == ("2024-02-26", ["visit"], 1, 4.0)
    assert record["actor"][0]["code"] == "ZMB"
    assert record["event_loc"]["geonameid"] == "909137"
    assert record["text"].startswith("LUSAKA")
    assert "comment" not in record
    assert "enddate" not in record


def test_plover_record_of_a_denied_arrest() -> None:
    record = list(plover.records(hand.reading()))[1]
    assert record["mode"] == ["arrest", "negation"]
    assert record["arrested"] == 12
    assert record["date"] == "2024-02-28"
    assert "publication" in record["comment"]
    assert [voice["stance"] for voice in record["text_info"]["held_by"]] == ["denies"]


def test_plover_dates_are_never_made_up() -> None:
    reading = hand.reading()
    claim = reading.claims[0]

    def dates(**changes: object) -> tuple[object, object, object]:
        (record,) = plover.records(replace(reading, claims=(replace(claim, **changes),)))  # type: ignore[arg-type]
        return record["date"], record.get("enddate"), record.get("time")

    assert claim.when is not None
    span = claim.when.span
    assert dates(when=None) == ("2024-02-28", None, None)
    assert dates(when=None, status=("historical",)) == (None, None, None)
    assert dates(when=None, status=("future",)) == (None, None, None)
    assert dates(when=When("2020-01-01", "2020-12-31", "year", span)) == ("2020-01-01", "2020-12-31", None)
    assert dates(when=When(None, "2020-12-31", "span", span)) == ("2020-12-31", None, None)
    assert dates(when=When("2024-02-26T09:30", None, "minute", span)) == ("2024-02-26", None, "09:30")
    (undated,) = plover.records(replace(reading, report=replace(reading.report, published=None), claims=(replace(claim, when=None),)))
    assert undated["date"] is None


def test_plover_counts_are_lower_bounds_of_known_sizes() -> None:
    reading = hand.reading()
    span = hand.span("12")
    numbers = (
        Number("dead", 3, 5, span),
        Number("injured", None, 9, span),
        Number("crowd", 100, 100, span),
        Number("arrested", None, None, span),
    )
    (record,) = plover.records(
        replace(reading, claims=(replace(reading.claims[0], numbers=numbers, where=Where("X", None, "place", span)),))
    )
    assert (record["dead"], record["injured"]) == (3, 9)
    assert "arrested" not in record
    assert "crowd" not in record


def test_formats_are_found_by_name() -> None:
    assert registry.find("export", "json") is as_json.lines
    assert registry.find("export", "plover") is plover.lines
    with pytest.raises(UnknownName, match="json, plover"):
        registry.find("export", "icews")


EXAMPLES = Path(__file__).parents[1] / "examples"
LISTED = tomllib.loads((EXAMPLES / "reports.toml").read_text(encoding="utf-8"))["report"]
ODD = {
    "signs": "!!! ... ???",
    "emoji": "🕊️👩‍👩‍👧 🔥🔥",
    "directions": "\u202eThe army\u202c attacked \u2066rebels\u2069 near Gao on Monday, police said.",
    "controls": "The\x01 army\x1b[31m attacked\x07 rebels.\x85\x0b\x0cPolice denied it.",
    "lines": "\ufeffThe army attacked rebels near Gao.\r\n\r\nRebels denied it, a spokesman said.\r\n",
    "hyphens": "The ar\u00admy at\u00adtacked reb\u00adels near\u00a0Gao\u200b.",
    "quotes": "“" * 300 + " said",
    "brackets": "(" * 500,
    "letters": "x" * 20_000,
    "script": "הצבא תקף את המורדים ביום שני.",
    "marks": "a\u0301\u0302\u0303" * 500,
    "words": "said " * 500,
}


def checked(text: str, **about: str) -> dict[str, Any]:
    """Read a text with the whole pipeline and assert what holds for every record."""
    reading = pipeline.read(text, **about)  # type: ignore[arg-type]
    record = as_json.record(reading)
    VALID.validate(record)
    for span in spans(record):
        assert text[span["start"] : span["end"]] == span["quote"]  # type: ignore[misc]
    ids = [item["id"] for kind in ("attributions", "claims", "labels", "relations", "consequences") for item in record[kind]]
    assert len(ids) == len(set(ids))
    voices = {item["id"] for item in record["attributions"]}
    for item in [*record["claims"], *record["relations"], *record["consequences"]]:
        assert {voice["attribution"] for voice in item["held_by"]} <= voices
    assert {item["inside"] for item in record["attributions"]} <= {*voices, None}
    assert {item["by"] for item in record["labels"]} <= {*voices, None}
    for item in record["claims"]:
        assert {"trigger"} <= {each["role"] for each in item["evidence"]}, "a claim names the words and the entry that made it"
    for each in plover.records(reading):
        assert each["event"]
    return record


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed["file"])
def test_readings_of_the_examples_are_valid(listed: dict[str, str]) -> None:
    text = (EXAMPLES / listed["file"]).read_text(encoding="utf-8")
    record = checked(text, published=listed["published"], publisher=listed["publisher"])
    assert record["report"]["words"] > 50


@pytest.mark.parametrize("name", sorted(ODD))
def test_readings_of_odd_texts_are_valid(name: str) -> None:
    checked(ODD[name], published="2024-02-28")


def test_sport_has_nothing_to_code() -> None:
    text = (EXAMPLES / "sport-kingston.txt").read_text(encoding="utf-8")
    assert [claim.trigger.of(text) for claim in pipeline.read(text, published="2024-07-06").claims] == []
