"""Scoring: what counts as found, and what each field's share is taken over."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman import cli, gold
from dragoman.errors import ReportError
from dragoman.export.json import attribution, claim
from dragoman.gold import Gold
from dragoman.score import Answer, answers, of_gold, of_record, score
from dragoman.types import Actor, Span, When

ITEM = """
id: envoy
published: 2024-05-14
text: |
  Peru said on Monday that Chile had expelled two Peruvian envoys in March. Chile's foreign minister denied the expulsion, and
  called Peru a bully. The two countries have been rivals since 1879.
actors:
  peru: [PER, Peru#1, Peru#2]
  chile: [CHL, Chile#1, Chile#2]
  envoys: [PER GOV, two Peruvian envoys]
  minister: [CHL GOV, Chile's foreign minister]
times: [on Monday = 2024-05-13, in March = 2024-03, since 1879 = 1879/..]
attributions:
  - {id: a1, source: Peru#1, speaker: peru, cue: said, content: that Chile ... March}
  - {id: a2, source: Chile's foreign minister, speaker: minister, cue: denied, content: the expulsion, stance: denies}
claims:
  - {trigger: expelled, also: the expulsion, type: SANCTION, modes: expel, contexts: diplomatic, actors: chile, recipients: envoys,
     when: in March, held_by: [a1, a2]}
  - {trigger: called, type: ACCUSE, modes: disapprove, actors: minister, recipients: peru}
labels:
  - {about: peru, label: a bully, contested: true}
relations:
  - {a: peru, b: chile, words: rivals, polarity: negative, since: 1879}
"""


@pytest.fixture
def item(tmp_path: Path) -> Gold:
    path = tmp_path / "gold.yaml"
    path.write_text(ITEM, encoding="utf-8")
    (found,) = gold.read(path)
    return found


def shares(item: Gold, said: Answer) -> dict[str, float]:
    return {name: share.percent for name, share in score([item], lambda _: said).shares.items()}


def test_gold_against_itself_is_perfect(item: Gold) -> None:
    found = score([item], of_gold)
    assert {name: each.f1 for name, each in found.found.items() if each.gold} == dict.fromkeys(
        (name for name, each in found.found.items() if each.gold), 100.0
    )
    spurious = {"claims: duplicate rows", "claims: spurious dates", "claims: spurious places"}
    assert all(share.percent == (0 if name in spurious else 100) for name, share in found.shares.items())
    assert found.misses == []


def test_nothing_said_misses_everything(item: Gold) -> None:
    found = score([item], lambda _: None)
    assert found.found["claims: type and trigger"].recall == 0
    assert found.found["attributions"].gold == 2
    assert found.confusion["SANCTION", "-"] == 1


def test_another_mention_of_the_happening_is_the_happening_and_a_second_one_a_duplicate(item: Gold) -> None:
    said = of_gold(item)
    expelled = said.claims[0]
    twin = replace(expelled, id="twin", trigger=expelled.also[0], also=())
    only = score([item], lambda _: replace(said, claims=(twin, said.claims[1])))
    assert only.found["claims: type and trigger"].f1 == 100
    both = score([item], lambda _: replace(said, claims=(*said.claims, twin)))
    assert both.found["claims: type and trigger"].precision == pytest.approx(100 * 2 / 3)
    assert both.shares["claims: duplicate rows"].right == 1


def test_wrong_type_is_found_as_trigger_only_and_its_fields_do_not_count(item: Gold) -> None:
    said = of_gold(item)
    found = score([item], lambda _: replace(said, claims=(replace(said.claims[0], type="COERCE"), said.claims[1])))
    assert found.found["claims: trigger"].f1 == 100
    assert found.found["claims: type and trigger"].right == 1
    assert found.shares["claims: mode"].cases == 1
    assert found.confusion["SANCTION", "COERCE"] == 1


def test_fields_of_a_claim(item: Gold) -> None:
    said = of_gold(item)
    expelled, called = said.claims
    stranger = Actor(None, "Bolivia", "BOL", (), Span(0, 4))
    changed = replace(expelled, actors=(stranger,), status=("historical",), when=None, held_by=expelled.held_by[:1], modes=())
    found = shares(item, replace(said, claims=(changed, replace(called, when=When("2024-05-13", "2024-05-13", "day", Span(10, 19))))))
    assert found["claims: actor's country"] == 50
    assert found["claims: recipient's country and sector"] == 100
    assert found["claims: status"] == 50
    assert found["claims: mode"] == 50
    assert found["claims: date"] == 0
    assert found["claims: spurious dates"] == 100
    assert found["claims: held_by"] == 50


def test_half_of_a_content_is_not_enough(item: Gold) -> None:
    said = of_gold(item)
    first = said.attributions[0]
    start, end = first.content[0].start, first.content[0].end
    most = replace(first, content=(Span(start, end - 10),))
    less = replace(first, content=(Span(start, start + (end - start) // 2),))
    assert score([item], lambda _: replace(said, attributions=(most, said.attributions[1]))).found["attributions"].f1 == 100
    assert score([item], lambda _: replace(said, attributions=(less, said.attributions[1]))).found["attributions"].right == 1


def test_layers_that_were_not_annotated_are_not_scored(item: Gold) -> None:
    import msgspec

    item = replace(item, item=msgspec.structs.replace(item.item, layers=["attributions"]))
    found = score([item], lambda _: Answer((), (), (), (), ()))
    assert set(found.found) == {"attributions"}


def test_json_lines_come_back_as_answers(item: Gold, tmp_path: Path) -> None:
    text = item.report.text
    record = {
        "report": {"id": item.report.id},
        "attributions": [attribution(each, text) for each in item.attributions],
        "claims": [claim(each, text) for each in item.claims],
        "labels": [],
        "relations": [],
        "consequences": [],
    }
    assert of_record(record).claims == item.claims
    path = tmp_path / "readings.jsonl"
    path.write_text(json.dumps(record) + "\n\n", encoding="utf-8")
    assert answers(path)[item.report.id].attributions == item.attributions
    path.write_text('{"claims": []}\n', encoding="utf-8")
    with pytest.raises(ReportError, match=r"readings.jsonl:1: no reading"):
        answers(path)


def test_command_prints_table_and_json(tmp_path: Path) -> None:
    path = tmp_path / "gold.yaml"
    path.write_text(ITEM, encoding="utf-8")
    shown = CliRunner().invoke(cli.app, ["score", str(path), "--misses", "3"])
    assert shown.exit_code == 0
    assert "claims: type and trigger" in shown.output
    assert "SANCTION" in shown.output
    told = CliRunner().invoke(cli.app, ["score", str(path), "--json"])
    assert json.loads(told.output)["f1"]["attributions"]["gold"] == 2
    assert CliRunner().invoke(cli.app, ["score", str(path), "--part", "nowhere"]).exit_code != 0
