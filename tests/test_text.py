"""Cleaning: the length stays, words stay whole, nothing unprintable is left for people to see."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.text import bare, clean, is_punctuation, shown

NASTY = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\r\n\t\0\u00ad\u200b\u200d\u202e\u2028\ufeff\x85 ab.")))


@given(NASTY)
def test_cleaning_keeps_the_length_and_settles(text: str) -> None:
    once = clean(text)
    assert len(once) == len(text)
    assert clean(once) == once


@given(NASTY)
def test_cleaning_touches_only_what_disturbs(text: str) -> None:
    for before, after in zip(text, clean(text), strict=True):
        if before != after:
            assert unicodedata.category(before) in ("Cc", "Cf", "Cn", "Cs", "Mn", "Zl", "Zp", "Zs") or before in "\ufe0f\u034f\u180e"
            assert after in " \n\ufffd"


def test_all_of_unicode_is_cleaned_in_place() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    cleaned = clean(everything)
    assert len(cleaned) == len(everything)
    left = {char for char in cleaned if unicodedata.category(char) in ("Cc", "Cs", "Zs", "Zl", "Zp")}
    assert left == {" ", "\n"}


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("a\r\nb", "a \nb"),
        ("a\rb", "a\nb"),
        ("a\u2028b\x85c\fd", "a\nb\nc\nd"),
        ("a\u00a0b\u202fc\u3000d\te", "a b c d e"),
        ("\ufeffGoma", " Goma"),
        ("co\u00adoperate", "co\u00adoperate"),
        ("\u202eGoma\u202c said", " Goma  said"),
        ("x\u200by", "x y"),
        ("a\x1b[31mb", "a [31mb"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("plain text, left alone — “so”", "plain text, left alone — “so”"),
    ],
)
def test_clean(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


def test_bare_joins_a_word_again() -> None:
    assert bare("co\u00adoper\u200date") == "cooperate"


@given(NASTY)
def test_shown_is_one_printable_line(text: str) -> None:
    line = shown(text)
    assert "\n" not in line
    assert "  " not in line
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in line)
    assert not any(char in line for char in "\u202a\u202e\u2066\u200f\ufeff\u00ad")


@pytest.mark.parametrize(
    ("word", "expected"), [(".", True), ("--", True), ("”", True), ("", False), ("$", False), ("U.N.", False), ("3", False)]
)
def test_is_punctuation(word: str, expected: bool) -> None:
    assert is_punctuation(word) is expected
