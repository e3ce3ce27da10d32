"""Values: frozen, checked where they are made, and views that agree with each other."""

from __future__ import annotations

import dataclasses

import hand
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import types
from dragoman.types import Argument, Predicate, Report, Span, Tokens, digest

VALUES = sorted(
    (value for value in vars(types).values() if isinstance(value, type) and value.__module__ == types.__name__),
    key=lambda value: value.__name__,
)


@pytest.mark.parametrize("value", VALUES)
def test_every_value_is_frozen_and_slotted(value: type) -> None:
    assert dataclasses.is_dataclass(value)
    assert value.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(value)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 4)])
def test_a_span_is_never_empty(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="span"):
        Span(start, end)


@given(st.integers(0, 20), st.integers(1, 9), st.integers(0, 20), st.integers(1, 9))
def test_spans_hold_and_overlap_as_sets_do(a: int, width_a: int, b: int, width_b: int) -> None:
    one, other = Span(a, a + width_a), Span(b, b + width_b)
    points, others = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(points & others)
    assert one.holds(other) == (others <= points)


def test_a_span_counts_code_points() -> None:
    text = "🕊️ Mali’s army"
    assert Span(3, 9).of(text) == "Mali’s"


def test_digest_keeps_its_parts_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc") != digest("abc")
    assert digest("a\ud800") == digest("a\ud800")
    assert len(digest()) == 16


def test_a_report_is_its_text_publisher_and_date() -> None:
    report = hand.report()
    assert report.id == hand.report().id
    changes = [{"text": "x"}, {"publisher": None}, {"published": None}]
    assert len({report.id, *(dataclasses.replace(report, **change).id for change in changes)}) == 4  # type: ignore[arg-type]
    assert dataclasses.replace(report, url="u", title="t", provider_id="p").id == report.id
    assert Report("a").id == "6e6024eeaf98f1ea", "ids are kept in stores: a change of the hash orphans them all"


def tokens() -> Tokens:
    """Return the tree of 'Troops left the old town yesterday .'"""
    words = ("Troops", "left", "the", "old", "town", "yesterday", ".")
    heads = (1, -1, 4, 4, 1, 1, 1)
    starts = tuple(sum(len(word) + 1 for word in words[:number]) for number in range(len(words)))
    return Tokens(
        start=starts,
        end=tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
        word=words,
        head=heads,
        dep=("nsubj", "root", "det", "amod", "obj", "obl:tmod", "punct"),
        children=tuple(tuple(child for child, head in enumerate(heads) if head == token) for token in range(len(words))),
    )


def test_views_of_the_tree() -> None:
    tree = tokens()
    assert len(tree) == 7
    assert tree.subtree(4) == [2, 3, 4]
    assert tree.phrase(4) == (2, 5)
    assert tree.phrase(1) == (0, 7)
    assert tree.child(1, "obj") == 4
    assert tree.child(1, "iobj", "nsubj") == 0
    assert tree.child(4, "obj") is None
    assert tree.span(2, 5) == Span(12, 24)


def test_tokens_within_a_span() -> None:
    tree = tokens()
    assert tree.within(Span(12, 24)) == (2, 5)
    assert tree.within(Span(13, 14)) == (2, 3)
    assert tree.within(Span(6, 7)) is None
    assert tree.within(Span(0, 99)) == (0, 7)
    assert tree.within(Span(90, 99)) is None


def test_arguments_in_the_order_asked_for() -> None:
    one, two = Argument("ARG1", 4, 2, 5), Argument("ARG0", 0, 0, 1)
    predicate = Predicate(1, (("leave.01", 1.0),), (one, two))
    assert predicate.argument("ARG0", "ARG1") is two
    assert predicate.argument("ARG2", "ARG1") is one
    assert predicate.argument("ARG3") is None
