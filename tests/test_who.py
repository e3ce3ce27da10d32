"""Whom a phrase means: a golden set of phrases with dates, and what the command prints."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from dragoman import cli
from dragoman.who import lines, who

GOLDEN = Path(__file__).parent / "golden" / "en" / "actors.tsv"
ENOUGH = 0.95


@cache
def golden() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def code(phrase: str, day: str = "") -> tuple[str, str]:
    actor = who(phrase, on=date.fromisoformat(day) if day else None).actor
    return ("", "") if actor is None else (actor.country or "", next(iter(actor.sectors), ""))


def test_the_golden_set_is_long_enough_and_has_no_phrase_twice() -> None:
    assert len(golden()) >= 400
    assert len({(row["phrase"], row["date"]) for row in golden()}) == len(golden())


def test_phrases_of_the_golden_set_are_read_right() -> None:
    wrong = [
        f"{row['phrase']}: {(row['country'], row['sector'])} read as {said}"
        for row in golden()
        if (said := code(row["phrase"], row["date"])) != (row["country"], row["sector"])
    ]
    assert len(wrong) <= (1 - ENOUGH) * len(golden()), "\n".join(wrong)


@pytest.mark.parametrize(
    ("phrase", "day", "expected"),
    [
        ("Angela Merkel", "2015-01-01", ("DEU", "GOV")),
        ("Angela Merkel", "2023-01-01", ("DEU", "ELI")),
        ("a former Peruvian president", "", ("PER", "ELI")),
        ("displaced Ethiopians", "", ("ETH", "REF")),
        ("the Irish Red Cross", "", ("IRL", "SOC")),
        ("the wife of Gabon's president", "", ("GAB", "ELI")),
        ("the moon", "", ("", "")),
        ("", "", ("", "")),
    ],
)
def test_phrases(phrase: str, day: str, expected: tuple[str, str]) -> None:
    assert code(phrase, day) == expected


def test_spans_count_the_phrase() -> None:
    result = who("the  Kenyan foreign minister")
    assert {piece.span.of("the Kenyan foreign minister") for piece in result.evidence} == {"Kenyan", "foreign minister"}


def test_two_at_once_stay_side_by_side() -> None:
    told = list(lines(who("Malian and Russian troops"), "Malian and Russian troops"))
    assert told[0] == "open  several countries named together"
    assert [line[:13] for line in told if line.startswith("or")] == ["or    MLI MIL", "or    RUS MIL"]


def test_the_command_prints_code_rule_and_words(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["who", "the Kremlin", "--on", "2023-05-16"])
    assert left.value.code == 0
    assert capsys.readouterr().out.splitlines() == ["RUS GOV  Russia  (state:rus)", "rule  name.seat", 'words "Kremlin"  actor: state:rus']


def test_a_date_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["who", "the Kremlin", "--on", "yesterday"])
    assert left.value.code == 2
    assert "yesterday" in capsys.readouterr().err
