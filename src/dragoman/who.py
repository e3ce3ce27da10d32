"""Whom a phrase means on a day: the phrase is read in a short sentence, by the stages that read reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from dragoman import registry
from dragoman.config import Config
from dragoman.types import Actor, Mention, Reading, Report, Resolution

_STAGES = ("split", "encode", "mention", "actor")
_SENTENCE = "{} said so."
_NOBODY = Resolution(None, "none", reason="no words for a person, a group or a body")


def who(phrase: str, *, on: date | None = None, config: Config | None = None) -> Resolution:
    """Say whom a phrase means, as it would be read in a report of a day.

    Args:
        phrase: a name, or a noun phrase ("Mali's head of diplomacy").
        on: the day; without it names of office holders are taken to be of their time in office.
        config: options; the defaults when None.

    Returns:
        The resolution: the actor, or None with the reason and candidates; spans count code points of ``phrase``.

    Example:
        >>> from dragoman.who import who
        >>> who("the Kenyan foreign minister").actor.country
        'KEN'
    """
    words = " ".join(phrase.split())
    if not words:
        return _NOBODY
    reading = Reading(report=Report(_SENTENCE.format(words), published=on))
    for stage in _stages(config or Config()):
        reading = stage(reading)
    inside = [(mention, result) for mention, result in zip(reading.mentions, reading.actors, strict=True) if mention.span.end <= len(words)]
    return max(inside, key=lambda pair: _fit(pair[0], len(words)), default=(None, _NOBODY))[1]


def lines(result: Resolution, phrase: str) -> Iterator[str]:
    """Yield what a resolution says, for a terminal: code and name first, then the rule, and the words behind it.

    Args:
        result: of :func:`who`.
        phrase: the phrase that it is of.
    """
    words = " ".join(phrase.split())
    if result.actor is not None:
        yield _told(result.actor)
    else:
        yield f"open  {result.reason or 'not resolved'}"
    yield f"rule  {result.rule}"
    if result.actor is not None and result.reason:
        yield f"note  {result.reason}"
    for piece in result.evidence:
        if quote := piece.span.of(words):
            yield f'words "{quote}"  {piece.role}: {piece.rule}'
    for candidate in result.candidates:
        yield f"or    {_told(candidate)}"


def _told(actor: Actor) -> str:
    code = " ".join((actor.country or "---", *actor.sectors))
    return f"{code}  {actor.name}" + (f"  ({actor.id})" if actor.id else "")


def _fit(mention: Mention, end: int) -> tuple[bool, int]:
    """Rank a mention: one that ends with the phrase goes first, then the longest."""
    return mention.span.end == end, mention.span.end - mention.span.start


@cache
def _stages(config: Config) -> tuple[Any, ...]:
    return tuple(registry.find("stage", name)(config) for name in _STAGES)
