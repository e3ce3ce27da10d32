"""Chains over a report: surnames, titles, roles, pronouns and groups, against a golden set of passages."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from actor_trees import read

GOLDEN = Path(__file__).parent / "golden" / "en" / "chains.yaml"
ENOUGH = 0.95


@cache
def passages() -> list[dict[str, Any]]:
    return list(yaml.safe_load(GOLDEN.read_text(encoding="utf-8")))


def said(passage: dict[str, Any], words: str) -> str:
    """Return what the last mention with these words is read as; the longest with this end where none has just these words."""
    reading = read(passage["text"], date.fromisoformat(passage["published"]))
    text = reading.report.text
    end = text.rindex(words) + len(words)
    found = [
        (mention.span.of(text) == words, mention.span.end - mention.span.start, result)
        for mention, result in zip(reading.mentions, reading.actors, strict=True)
        if mention.span.end == end
    ]
    if not found:
        return "nobody"
    result = max(found, key=lambda each: each[:2])[2]
    if result.actor is None:
        return " ".join(["pair", *(each.country or "-" for each in result.candidates)]) if len(result.candidates) == 2 else "nobody"
    return " ".join([result.actor.country or "-", *result.actor.sectors[:1]])


def test_passages_are_read_right() -> None:
    cases = [(passage, words, wanted) for passage in passages() for words, wanted in passage["means"].items()]
    wrong = [
        f"{passage['text']!r}: {words!r} is {wanted}, read as {found}"
        for passage, words, wanted in cases
        if (found := said(passage, words)) != wanted
    ]
    assert len(passages()) >= 60
    assert len(wrong) <= (1 - ENOUGH) * len(cases), "\n".join(wrong)
