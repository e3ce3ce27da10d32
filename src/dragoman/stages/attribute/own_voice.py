"""A public body's own statement is the publisher's voice: what it says of itself or of its state is no attribution."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.types import Actor, Attribution, Report


def without(report: Report, found: Sequence[Attribution], publisher: Actor) -> Iterator[Attribution]:
    """Yield the attributions that the publisher does not make itself; one inside another voice, or a quotation, stays."""
    name = _words(report.publisher or "")
    for each in found:
        named = each.source is not None and name <= _words(each.source.of(report.text))
        if each.inside is not None or each.kind == "direct" or not (named or _same(each.speaker, publisher)):
            yield each


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.lower().replace(".", ""))) - {"the", "of"}


def _same(speaker: Actor | None, publisher: Actor) -> bool:
    """Tell whether a speaker is the publisher, or the state that it speaks for."""
    if speaker is None or speaker.country is None or speaker.country != publisher.country:
        return False
    return not speaker.sectors or (speaker.id is not None and speaker.id == publisher.id)
