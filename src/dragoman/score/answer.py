"""What one reader said of one text, whoever the reader is: an annotator, the engine, or a line of JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dragoman.gold import Gold
from dragoman.types import (
    Actor,
    Attribution,
    Claim,
    Consequence,
    Label,
    Number,
    Reading,
    Relation,
    Span,
    Via,
    Voice,
    When,
    Where,
)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """The layers that are compared. ``mentions`` and ``times`` are None where the reader does not tell them."""

    attributions: tuple[Attribution, ...]
    claims: tuple[Claim, ...]
    labels: tuple[Label, ...]
    relations: tuple[Relation, ...]
    consequences: tuple[Consequence, ...]
    times: tuple[When, ...] | None = None
    mentions: tuple[Actor, ...] | None = None


def of_gold(gold: Gold) -> Answer:
    """Return what an annotator said; each mention is its actor with the mention's span."""
    mentions = tuple(
        Actor(chain.actor.id, chain.actor.name, chain.actor.country, chain.actor.sectors, span)
        for chain in gold.chains.values()
        for span in chain.mentions
    )
    return Answer(gold.attributions, gold.claims, gold.labels, gold.relations, gold.consequences, gold.times, mentions)


def of_reading(reading: Reading) -> Answer:
    """Return what the engine said."""
    mentions = tuple(
        Actor(found.actor.id, found.actor.name, found.actor.country, found.actor.sectors, mention.span)
        for mention, found in zip(reading.mentions, reading.actors, strict=True)
        if found.actor is not None
    )
    return Answer(reading.attributions, reading.claims, reading.labels, reading.relations, reading.consequences, reading.times, mentions)


def of_record(record: Record) -> Answer:
    """Return what a line of JSON says, of the shape of ``reading.schema.json``.

    Raises:
        KeyError, TypeError, ValueError: the record has another shape.
    """
    return Answer(
        tuple(map(_attribution, record["attributions"])),
        tuple(map(_claim, record["claims"])),
        tuple(
            Label(each["id"], _maybe_actor(each["about"]), _span(each["about_span"]), _span(each["label"]), each["by"], each["contested"])
            for each in record["labels"]
        ),
        tuple(
            Relation(
                each["id"], _actor(each["a"]), _actor(each["b"]), _span(each["words"]), each["polarity"], each["change"],
                each["since"], each["until"], _voices(each["held_by"]),
            )
            for each in record["relations"]
        ),
        tuple(
            Consequence(each["id"], _claim_or_span(each["cause"]), _claim_or_span(each["effect"]), _span(each["cue"]), _voices(each["held_by"]))
            for each in record["consequences"]
        ),
    )  # fmt: skip


def _span(value: Record) -> Span:
    return Span(value["start"], value["end"])


def _claim_or_span(value: str | Record) -> str | Span:
    return value if isinstance(value, str) else _span(value)


def _actor(value: Record) -> Actor:
    return Actor(value["id"], value["name"], value["country"], tuple(value["sectors"]), _span(value["span"]) if value["span"] else None)


def _maybe_actor(value: Record | None) -> Actor | None:
    return _actor(value) if value else None


def _voices(values: list[Record]) -> tuple[Voice, ...]:
    return tuple(Voice(each["attribution"], each["stance"]) for each in values)


def _attribution(value: Record) -> Attribution:
    via = value["via"]
    return Attribution(
        value["id"],
        _span(value["source"]) if value["source"] else None,
        _maybe_actor(value["speaker"]),
        tuple(map(_span, value["cue"])),
        tuple(map(_span, value["content"])),
        value["kind"],
        value["act"],
        value["stance"],
        tuple(map(_actor, value["candidates"])),
        Via(_span(via["span"]), _maybe_actor(via["actor"])) if via else None,
        value["inside"],
    )


def _claim(value: Record) -> Claim:
    when, where = value["when"], value["where"]
    return Claim(
        id=value["id"],
        type=value["type"],
        trigger=_span(value["trigger"]),
        quad=value["quad"],
        intensity=value["intensity"],
        modes=tuple(value["modes"]),
        contexts=tuple(value["contexts"]),
        also=tuple(map(_span, value["also"])),
        actors=tuple(map(_actor, value["actors"])),
        recipients=tuple(map(_actor, value["recipients"])),
        incomplete=value["incomplete"],
        status=tuple(value["status"]),
        held_by=_voices(value["held_by"]),
        when=When(when["from"], when["until"], when["precision"], _span(when["span"])) if when else None,
        where=Where(where["name"], where["country"], where["precision"], _span(where["span"])) if where else None,
        numbers=tuple(Number(each["what"], each["low"], each["high"], _span(each["span"])) for each in value["numbers"]),
        score=value["score"],
    )
