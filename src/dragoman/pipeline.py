"""The ordered list of stages, and ``read``: one report in, one Reading out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from dragoman import lexicon, registry
from dragoman.config import Config
from dragoman.types import Reading, Report

Stage = Callable[[Reading], Reading]

STAGES = ("split", "encode", "rank", "mention", "actor", "time", "place", "attribute", "claim", "relate")


@cache
def engine(config: Config) -> tuple[Stage, ...]:
    """Load every stage once for a config; safe to share between threads."""
    return tuple(registry.find("stage", name)(config) for name in STAGES)


def read_report(report: Report, *, config: Config | None = None) -> Reading:
    """Run all stages over one report.

    Nothing but the report and the config has a say in the result.

    Raises:
        ReportError: when the text cannot be read at all (see ``readers.text``).
        ModelError: when the encoder's model is missing or altered.
    """
    from dragoman import __version__

    config = config or Config()
    reading = Reading(report=report)
    for stage in engine(config):
        reading = stage(reading)
    models = f"{reading.grammar.model}, {reading.ranker}" if reading.ranker else reading.grammar.model
    coder = f"dragoman {__version__}, {models}, lexicons {lexicon.version(config.lang)}"
    return replace(reading, coder=coder)


def read(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
    config: Config | None = None,
) -> Reading:
    """Read one report given as text.

    Args:
        text: the report as received.
        published: date of publication, or its ISO form; relative dates count from it.
        publisher: the outlet, the outermost voice.
        title: the headline, where it is not part of the text.
        url: where the report stands.
        config: options; the defaults when None.

    Returns:
        The Reading; every span counts code points of ``text`` as given.

    Raises:
        ReportError: for a text that cannot be read, or a date that is none.
        ModelError: when the encoder's model is missing or altered.

    Example:
        >>> import dragoman
        >>> reading = dragoman.read("Kenya's president visited Kampala on Monday.", published="2024-02-28")
        >>> [claim.type for claim in reading.claims]
        ['CONSULT']
    """
    from dragoman.readers.text import report

    return read_report(report(text, published=published, publisher=publisher, title=title, url=url), config=config)
