"""A Reading as one line of JSON: the contract of ``data/schemas/reading.schema.json``, keys in its order."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.text import is_punctuation
from dragoman.types import (
    Actor,
    Attribution,
    Claim,
    Consequence,
    Evidence,
    Label,
    Number,
    Reading,
    Relation,
    Report,
    Span,
    Via,
    Voice,
    When,
    Where,
    digest,
)

SCHEMA_VERSION = 1
PLACES = 4  # decimals of every float

Record = dict[str, Any]

# Valid in JSON as they are, yet they break lines or turn the direction of a terminal: written as \uXXXX.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def lines(reading: Reading) -> Iterator[str]:
    """Yield the reading as one line of JSON, without the line's end."""
    yield line(record(reading))


def record(reading: Reading) -> Record:
    """Return the reading as plain values, valid against the schema.

    Floats are rounded to four places; a claim's ``revision`` is the hash of all else in the claim but its id.
    """
    text = reading.report.text
    return {
        "schema_version": SCHEMA_VERSION,
        "report": _report(reading),
        "attributions": [attribution(each, text) for each in reading.attributions],
        "claims": [claim(each, text) for each in reading.claims],
        "labels": [label(each, text) for each in reading.labels],
        "relations": [relation(each, text) for each in reading.relations],
        "consequences": [consequence(each, text) for each in reading.consequences],
        "rejected": [{"span": span(each.span, text), "reason": each.reason} for each in reading.rejected],
    }


def line(value: Record) -> str:
    """Return plain values as one line of JSON that no reader of lines and no terminal can misread."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def words(reading: Reading) -> int:
    """Count the tokens of the running text that are not punctuation."""
    text = reading.report.text
    return sum(not is_punctuation(text[start:end]) for start, end in zip(reading.split.start, reading.split.end, strict=True))


def revises(report: Report) -> str | None:
    """Return what ties revisions of one report together: the provider's id, else the URL."""
    return report.provider_id or report.url


def attribution(value: Attribution, text: str) -> Record:
    """Return one attribution as plain values."""
    return {
        "id": value.id,
        "source": span(value.source, text) if value.source else None,
        "speaker": actor(value.speaker, text) if value.speaker else None,
        "candidates": [actor(each, text) for each in value.candidates],
        "cue": [span(each, text) for each in value.cue],
        "content": [span(each, text) for each in value.content],
        "kind": value.kind,
        "act": value.act,
        "stance": value.stance,
        "via": _via(value.via, text),
        "inside": value.inside,
        **_proof(value.score, value.evidence, text),
    }


def claim(value: Claim, text: str) -> Record:
    """Return one claim as plain values, with its revision."""
    content: Record = {
        "type": value.type,
        "modes": list(value.modes),
        "contexts": list(value.contexts),
        "quad": value.quad,
        "intensity": number(value.intensity),
        "trigger": span(value.trigger, text),
        "also": [span(each, text) for each in value.also],
        "actors": [actor(each, text) for each in value.actors],
        "recipients": [actor(each, text) for each in value.recipients],
        "incomplete": value.incomplete,
        "status": list(value.status),
        "held_by": _voices(value.held_by),
        "when": _when(value.when, text),
        "where": _where(value.where, text),
        "numbers": [_count(each, text) for each in value.numbers],
        **_proof(value.score, value.evidence, text),
    }
    revision = digest(json.dumps(content, ensure_ascii=True, allow_nan=False, separators=(",", ":")))
    return {"id": value.id, "revision": revision, **content}


def label(value: Label, text: str) -> Record:
    """Return one label as plain values."""
    return {
        "id": value.id,
        "about": actor(value.about, text) if value.about else None,
        "about_span": span(value.about_span, text),
        "label": span(value.label, text),
        "by": value.by,
        "contested": value.contested,
        **_proof(value.score, value.evidence, text),
    }


def relation(value: Relation, text: str) -> Record:
    """Return one relation as plain values."""
    return {
        "id": value.id,
        "a": actor(value.a, text),
        "b": actor(value.b, text),
        "words": span(value.words, text),
        "polarity": value.polarity,
        "change": value.change,
        "since": value.since,
        "until": value.until,
        "held_by": _voices(value.held_by),
        **_proof(value.score, value.evidence, text),
    }


def consequence(value: Consequence, text: str) -> Record:
    """Return one consequence as plain values."""
    return {
        "id": value.id,
        "cause": value.cause if isinstance(value.cause, str) else span(value.cause, text),
        "effect": value.effect if isinstance(value.effect, str) else span(value.effect, text),
        "cue": span(value.cue, text),
        "held_by": _voices(value.held_by),
        **_proof(value.score, value.evidence, text),
    }


def span(value: Span, text: str) -> Record:
    """Return a span with its words."""
    return {"start": value.start, "end": value.end, "quote": value.of(text)}


def actor(value: Actor, text: str) -> Record:
    """Return an actor as plain values."""
    return {
        "id": value.id,
        "name": value.name,
        "country": value.country,
        "sectors": list(value.sectors),
        "span": span(value.span, text) if value.span else None,
    }


def number(value: float) -> float | int:
    """Return a finite number rounded to four places, never minus zero.

    Raises:
        ValueError: for an infinity or NaN.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no finite number")
    return round(value, PLACES) + 0


def _report(reading: Reading) -> Record:
    report = reading.report
    return {
        "id": report.id,
        "revision_of": revises(report),
        "title": report.title,
        "published": report.published.isoformat() if report.published else None,
        "publisher": report.publisher,
        "lang": report.lang,
        "url": report.url,
        "words": words(reading),
        "coder": reading.coder,
    }


def _proof(score: float, evidence: Iterable[Evidence], text: str) -> Record:
    return {
        "score": number(score),
        "evidence": [{"role": each.role, **span(each.span, text), "rule": each.rule} for each in evidence],
    }


def _voices(voices: Iterable[Voice]) -> list[Record]:
    return [{"attribution": each.attribution, "stance": each.stance} for each in voices]


def _via(value: Via | None, text: str) -> Record | None:
    if value is None:
        return None
    return {"span": span(value.span, text), "actor": actor(value.actor, text) if value.actor else None}


def _when(value: When | None, text: str) -> Record | None:
    if value is None:
        return None
    return {"from": value.from_, "until": value.until, "precision": value.precision, "span": span(value.span, text)}


def _where(value: Where | None, text: str) -> Record | None:
    if value is None:
        return None
    return {
        "name": value.name,
        "country": value.country,
        "admin1": value.admin1,
        "lat": None if value.lat is None else number(value.lat),
        "lon": None if value.lon is None else number(value.lon),
        "precision": value.precision,
        "gazetteer_id": value.gazetteer_id,
        "span": span(value.span, text),
    }


def _count(value: Number, text: str) -> Record:
    return {"what": value.what, "low": value.low, "high": value.high, "span": span(value.span, text)}
