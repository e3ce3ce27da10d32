"""Claims as PLOVER JSON records, one event a line, under the standard names of ``plover.toml`` [record].

Religion, ethnicity, gender and age stand in the specification and are never written. What PLOVER has no
name for (who holds the claim, which words prove it) is in ``text_info``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman import proof
from dragoman.export.json import line, number, span
from dragoman.types import Actor, Claim, Reading, Where

Record = dict[str, Any]


def lines(reading: Reading) -> Iterator[str]:
    """Yield one line of JSON for each claim, without the line's end."""
    for each in records(reading):
        yield line(each)


def records(reading: Reading) -> Iterator[Record]:
    """Yield one PLOVER record for each claim, keys without a value left out but for the required four.

    ``mode`` and ``context`` are lists; the auxiliary modes (historical, future, hypothetical, negation) follow
    the modes of the type. A claim whose words tell no time has the date of publication, and ``comment``
    says so; no date is made up for what is not told as news (historical, future).
    """
    for claim in reading.claims:
        whole = {**_what(claim, reading), **_source(claim, reading)}
        required = ("id", "date", "actor", "event")
        yield {key: value for key, value in whole.items() if key in required or value not in (None, "", [], {})}


def _what(claim: Claim, reading: Reading) -> Record:
    """Return the event itself: who, what, to whom, when, where."""
    text = reading.report.text
    date, end, comments = _dates(claim, reading)
    if claim.incomplete:
        comments.append("incomplete: the type requires a recipient and none is told")
    when = claim.when
    clock = when.from_.partition("T")[2] if when and when.from_ else ""
    return {
        "id": claim.id,
        "date": date,
        "time": clock or None,
        "enddate": end,
        "actor": [_entity(each, text) for each in claim.actors],
        "recipient": [_entity(each, text) for each in claim.recipients],
        "event": claim.type,
        "mode": [*claim.modes, *claim.status],
        "context": list(claim.contexts),
        "quad_code": claim.quad,
        "event_scale": number(claim.intensity),
        "event_loc": _location(claim.where, text) if claim.where else None,
        "event_text": claim.trigger.of(text),
        **_size(claim),
        "comment": "; ".join(comments),
    }


def _source(claim: Claim, reading: Reading) -> Record:
    """Return where the event was read, and by which coder."""
    report = reading.report
    sentence = proof.sentence(reading, claim.trigger)
    voices = {each.id: each for each in reading.attributions}
    held_by = []
    for voice in claim.held_by:
        attribution = voices.get(voice.attribution)
        speaker = attribution.speaker if attribution else None
        held_by.append({"attribution": voice.attribution, "speaker": speaker.name if speaker else None, "stance": voice.stance})
    cite = {
        "report": report.id,
        "publisher": report.publisher,
        "published": report.published.isoformat() if report.published else None,
        "title": report.title,
    }
    return {
        "link": report.url,
        "text": sentence.of(report.text),
        "text_info": {"sentence": [sentence.start, sentence.end], "trigger": span(claim.trigger, report.text), "held_by": held_by},
        "cite_info": {key: value for key, value in cite.items() if value is not None},
        "coder": reading.coder,
    }


def _dates(claim: Claim, reading: Reading) -> tuple[str | None, str | None, list[str]]:
    """Return date, end date and what is to be said of them."""
    when, published = claim.when, reading.report.published
    if when and (when.from_ or when.until):
        first = (when.from_ or when.until or "").partition("T")[0]
        last = when.until.partition("T")[0] if when.until else None
        comment = [] if when.from_ else ["date: the last possible day"]
        return first, last if last != first else None, comment
    if published and not {"historical", "future"} & set(claim.status):
        return published.isoformat(), None, ["date: of publication, the text tells none"]
    return None, None, ["date: not told"]


def _entity(actor: Actor, text: str) -> Record:
    return {
        "code": actor.country,
        "sector": list(actor.sectors),
        "entity_text": actor.span.of(text) if actor.span else None,
        "identifier_id": actor.id,
        "identifier_text": actor.name,
    }


def _location(where: Where, text: str) -> Record:
    return {
        "extracted_place": where.span.of(text),
        "resolved_place": where.name,
        "geonameid": where.gazetteer_id,
        "lat": None if where.lat is None else number(where.lat),
        "lon": None if where.lon is None else number(where.lon),
        "province": where.admin1,
        "country_code": where.country,
        "resolution": where.precision,
    }


def _size(claim: Claim) -> Record:
    """Return the counts that PLOVER knows, the lower bound of each."""
    counts: dict[str, int] = {}
    for each in claim.numbers:
        count = each.low if each.low is not None else each.high
        if each.what in ("dead", "injured", "arrested") and count is not None:
            counts.setdefault(each.what, count)
    return dict(counts)
