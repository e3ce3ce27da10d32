"""Ids, sentences, and the fields of what was read."""

from __future__ import annotations

from dataclasses import replace

import hand
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import proof
from dragoman.errors import UnknownName
from dragoman.types import Reading, Report, Span


@given(st.sets(st.text("ab12", min_size=4, max_size=8), min_size=1, max_size=12))
def test_short_ids_are_beginnings_that_name_one_thing(ids: set[str]) -> None:
    claim = hand.reading().claims[0]
    reading = Reading(Report("x"), claims=tuple(replace(claim, id=each) for each in sorted(ids)))
    shorts = proof.shorts(reading)
    assert set(shorts) == ids
    for whole, short in shorts.items():
        assert whole.startswith(short)
        assert proof.find(reading, whole).id == whole
        if short != whole:
            assert proof.find(reading, short).id == whole
            assert [each for each in ids if each.startswith(short)] == [whole]


def test_find_says_what_ids_there_are() -> None:
    reading = hand.reading()
    assert proof.find(reading, reading.labels[0].id[:4]) is reading.labels[0]
    for prefix in ("", "zzzz"):
        with pytest.raises(UnknownName, match=reading.claims[0].id[:4]):
            proof.find(reading, prefix)


def test_find_refuses_a_beginning_of_two() -> None:
    claim = hand.reading().claims[0]
    reading = Reading(Report("x"), claims=(replace(claim, id="abcd1"), replace(claim, id="abcd2"), replace(claim, id="ffff")))
    with pytest.raises(UnknownName, match="known: abcd1, abcd2;"):
        proof.find(reading, "abcd")


def test_the_sentence_around_some_words() -> None:
    reading = hand.reading()
    assert proof.sentence(reading, hand.span("led to")).of(hand.TEXT) == "The rally led to the closure of two roads."
    both = proof.sentence(reading, Span(hand.TEXT.index("vandals"), hand.TEXT.index("The rally") + 3)).of(hand.TEXT)
    assert both.startswith("Police denied")
    assert both.endswith("two roads.")


def test_words_outside_every_sentence_stand_for_themselves() -> None:
    span = Span(0, 3)
    assert proof.sentence(Reading(Report("abc")), span) == span


@pytest.mark.parametrize("kind", ["attributions", "claims", "labels", "relations", "consequences"])
def test_all_evidence_is_shown_once(kind: str) -> None:
    reading = hand.reading()
    for item in getattr(reading, kind):
        fields = proof.fields(item, reading)
        shown = [each for field in fields for each in field.evidence]
        assert sorted(shown, key=repr) == sorted(item.evidence, key=repr)
        assert all(field.value for field in fields)
        assert proof.kind(item) == kind.rstrip("s")


def test_fields_get_the_evidence_of_their_roles() -> None:
    reading = hand.reading()
    found = {field.name: [each.rule for each in field.evidence] for field in proof.fields(reading.claims[0], reading)}
    assert found["type"] == ["consult.meet"]
    assert found["actors"] == ["ARG0"]
    assert found["when"] == ["weekday"]
    assert found["odd"] == ["a-role-nobody-knows"]
    assert list(found)[-1] == "odd"
