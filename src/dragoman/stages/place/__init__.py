"""The place stage: every name of a place, with the country, division and coordinates that the gazetteer gives.

Two passes over the report. The first finds the names, weighs whether each is a place where it
stands (:mod:`~dragoman.stages.place.evidence`) and counts the countries that are spoken of; the
second chooses among namesakes (:mod:`~dragoman.stages.place.choose`). Where two are too close to
call, the name stays without a country: a wrong place is worse than none.

The rule says how a name stands: ``place-locative`` under a preposition of place, ``place-container``
after the comma of a place that it holds, ``place-dateline``, else ``place-name``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dragoman.config import Config
from dragoman.gazetteer import Place, fold
from dragoman.stages.place.candidates import Candidate, Word, candidates
from dragoman.stages.place.choose import Choice, Support, choose, hints
from dragoman.stages.place.evidence import ENOUGH, Sighting, Signs, abbreviation, container_of
from dragoman.stages.place.knowledge import Knowledge, load_knowledge
from dragoman.types import Name, PlacePrecision, Reading, Span, Tokens, Where

__all__ = ["load"]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?|[^\w\s]")
_PRECISION: dict[str, PlacePrecision] = {"place": "place", "capital": "place", "admin1": "admin1", "region": "region", "country": "country"}


@dataclass(slots=True)
class Stretch:
    """One sentence, or the dateline: its words, the first one's token, and what was seen in it."""

    words: list[Word]
    base: int
    tokens: Tokens | None
    names: tuple[Name, ...]
    seen: list[Sighting]
    held: dict[int, tuple[Place, Place]]  # number of a sighting -> the reading that its container holds, and the container


def load(config: Config) -> Callable[[Reading], Reading]:
    """Load gazetteer and lexicons once and return the stage.

    Raises:
        LexiconError: for a lexicon or gazetteer that is not there.
    """
    know = load_knowledge(config.lang)

    def stage(reading: Reading) -> Reading:
        stretches = [_sight(know, reading.report.text, stretch) for stretch in _stretches(reading)]
        support = _support(know, stretches)
        _reconsider(stretches, support)
        support = _support(know, stretches)
        found = [where for stretch in stretches for where in _resolve(know, reading.report.text, stretch, support)]
        found.extend(where for stretch in stretches for where in _unlisted(know, reading.report.text, stretch))
        found.sort(key=lambda where: (where.span.start, where.span.end))
        return replace(reading, places=tuple(found))

    return stage


def _stretches(reading: Reading) -> Iterator[Stretch]:
    text, tokens, line = reading.report.text, reading.grammar.tokens, reading.split.dateline
    if line is not None:
        head = re.split(r"[(\[–—]|\s-", line.of(text), maxsplit=1)[0]
        words = [Word(found[0], line.start + found.start(), line.start + found.end()) for found in _WORD.finditer(head)]
        yield Stretch(words, 0, None, (), [], {})
    if tokens.sentences:
        names: dict[int, list[Name]] = {}
        for name in tokens.names:
            names.setdefault(tokens.sentence[name.first], []).append(name)
        for number, (first, last) in enumerate(tokens.sentences):
            words = [Word(text[tokens.start[at] : tokens.end[at]], tokens.start[at], tokens.end[at]) for at in range(first, last)]
            yield Stretch(words, first, tokens, tuple(names.get(number, ())), [], {})


def _sight(know: Knowledge, text: str, stretch: Stretch) -> Stretch:
    signs = Signs(know, stretch.words, tokens=stretch.tokens, names=stretch.names, base=stretch.base)
    for candidate in candidates(know, text, stretch.words):
        stretch.seen.append(signs.sight(candidate))
    _join_lists(know, stretch)
    for number, sighting in enumerate(stretch.seen):
        holder = _holder(know, stretch, number)
        if holder is None:
            continue
        pair = container_of(know, sighting.candidate.places, holder[1])
        if pair is not None:
            stretch.held[number] = pair
            stretch.seen[number] = replace(sighting, score=sighting.score + 2.0, container=holder[0])
            if holder[0] is not None:
                outer = stretch.seen[holder[0]]
                stretch.seen[holder[0]] = replace(outer, score=outer.score + 1.5)
    return stretch


def _join_lists(know: Knowledge, stretch: Stretch) -> None:
    """Let names in a row share what is sure of one: "Puno, Cusco and Arequipa", "Zamfara and Niger states"."""
    words, seen = stretch.words, stretch.seen
    for number in range(len(seen) - 1, -1, -1):
        one = seen[number]
        plural = words[one.last].text.lower() if one.last < len(words) else ""
        single = plural[:-3] + "y" if plural.endswith("ies") else plural[:-1]
        if plural.endswith("s") and single in know.words["after"] and any(place.kind != "country" for place in one.candidate.places):
            seen[number] = one = replace(one, klass=single, score=one.score + 1.5)
        if number + 1 < len(seen) and _in_row(words, one, seen[number + 1]):
            other = seen[number + 1]
            klass = one.klass or (other.klass if other.last == other.candidate.last else None)
            seen[number] = replace(one, klass=klass, score=one.score + (1.0 if other.score >= ENOUGH else 0.0))
    for number in range(1, len(seen)):
        if seen[number].score < ENOUGH <= seen[number - 1].score and _in_row(words, seen[number - 1], seen[number]):
            seen[number] = replace(
                seen[number], score=seen[number].score + 1.0, locative=seen[number].locative or seen[number - 1].locative
            )


def _in_row(words: list[Word], one: Sighting, other: Sighting) -> bool:
    start = other.direction if other.direction is not None else other.candidate.first
    between = [word.text.lower() for word in words[one.last : start]]
    return 0 < len(between) <= 3 and all(word in (",", "and", "or", "&", "the") for word in between)


def _holder(know: Knowledge, stretch: Stretch, number: int) -> tuple[int | None, tuple[Place, ...]] | None:
    """Return the sighting after a comma ("Gao, northern Mali") or in "X in Y", or an abbreviation."""
    sighting = stretch.seen[number]
    words, at = stretch.words, sighting.last
    if at >= len(words):
        return None
    if words[at].text not in (",", "(", "in"):
        return None
    short = abbreviation(know, words[at + 1].text) if at + 1 < len(words) else ()
    if short:
        return None, short
    for offset in range(number + 1, min(number + 2, len(stretch.seen))):
        other = stretch.seen[offset]
        start = other.direction if other.direction is not None else other.candidate.first
        between = [word.text.lower() for word in words[at + 1 : start]]
        if all(
            word in ("the", "in", "capital", "of", "a", "town", "city", "village", "province", "state", "'s")
            or word in know.words["directions"]
            for word in between
        ):
            return offset, other.candidate.places
    return None


def _support(know: Knowledge, stretches: list[Stretch]) -> Support:
    support = Support()
    for stretch in stretches:
        support.countries.update(hints(know, (word.text for word in stretch.words)))
        for number, sighting in enumerate(stretch.seen):
            if sighting.score < ENOUGH:
                continue
            pair = stretch.held.get(number)
            places = (pair[0],) if pair else sighting.candidate.places
            codes = {place.country for place in places if place.weight > 3.5}
            sure = places[0].kind in ("country", "capital") or (places[0].weight >= 4.5 and not places[0].alternate)
            if (len(codes) == 1 and sure) or pair:
                best = places[0]
                weight = 2 if best.kind == "country" or stretch.tokens is None or pair else 1
                if best.country:
                    support.countries[best.country] += weight
                if best.admin1 and best.kind != "country":
                    support.divisions[best.admin1] += 1
    return support


def _reconsider(stretches: list[Stretch], support: Support) -> None:
    """Raise doubtful names that the report has as places elsewhere, or whose country it speaks of."""
    sure = {sighting.candidate.folded for stretch in stretches for sighting in stretch.seen if sighting.score >= ENOUGH + 0.5}
    for stretch in stretches:
        for number, sighting in enumerate(stretch.seen):
            more = 1.0 if sighting.candidate.folded in sure else 0.0
            best = sighting.candidate.places[0]
            if best.kind == "country" and best.common and support.country(best.country) > 0.3:
                more += 1.5
            if more and sighting.score < ENOUGH:
                stretch.seen[number] = replace(sighting, score=sighting.score + more)


def _unlisted(know: Knowledge, text: str, stretch: Stretch) -> Iterator[Where]:
    """Yield what the encoder takes for a place and no list has; the country comes from a place that is said to hold it."""
    tokens = stretch.tokens
    if tokens is None:
        return
    high = stretch.base + len(stretch.words)
    covered = {stretch.base + at for sighting in stretch.seen for at in range(sighting.candidate.first, sighting.last)}
    starts = {stretch.base + sighting.candidate.first: sighting for sighting in stretch.seen if sighting.score >= ENOUGH}
    for name in _hyphened(text, tokens, stretch.names):
        if name.label != "LOC" or name.first < stretch.base or name.last > high or name.score < 0.5:
            continue
        if any(at in covered for at in range(name.first, name.last)):
            continue
        word = text[tokens.start[name.first] : tokens.end[name.last - 1]]
        if (
            len(word) < 4
            or not word[0].isupper()
            or tokens.upos[name.last - 1] != "PROPN"
            or any(char.isdigit() or char == "." for char in word)
        ):
            continue
        if fold(word) in know.blocked or fold(word) in know.words["directions"]:
            continue
        at = name.last - stretch.base
        follows = stretch.words[at].text if at < len(stretch.words) else ""
        near = (starts.get(name.last + step) for step in (1, 2, 3))
        holder = next((each for each in near if each is not None and follows in (",", "in", "(")), None)
        country = None
        if holder is not None:
            codes = {place.country for place in holder.candidate.places if place.weight >= 6}
            country = codes.pop() if len(codes) == 1 else None
        head = tokens.head[name.last - 1]
        case = [tokens.lemma[child].lower() for child in tokens.children[name.last - 1] if tokens.dep[child] == "case"]
        locative = any(each in know.words["locative"] for each in case)
        governor = tokens.lemma[head].lower() if head >= 0 else ""
        if not (locative or governor in know.words["takers"] or governor in know.words["before"]):
            continue
        rule = "place-locative" if locative else "place-name"
        yield Where(" ".join(word.split()), country, "place", tokens.span(name.first, name.last), rule=rule)


def _hyphened(text: str, tokens: Tokens, names: tuple[Name, ...]) -> list[Name]:
    """Join names that only a hyphen parts."""
    joined: list[Name] = []
    for name in names:
        before = joined[-1] if joined else None
        if before is not None and text[tokens.end[before.last - 1] : tokens.start[name.first]] in ("-", "–") and before.label == name.label:
            joined[-1] = replace(before, last=name.last)
        else:
            joined.append(name)
    return joined


def _resolve(know: Knowledge, text: str, stretch: Stretch, support: Support) -> Iterator[Where]:
    outer = {sighting.container for sighting in stretch.seen if sighting.score >= ENOUGH and sighting.container is not None}
    for number, sighting in enumerate(stretch.seen):
        if sighting.score < ENOUGH and not (stretch.tokens is None and _heads(know, sighting.candidate)):
            continue
        pair = stretch.held.get(number)
        if pair is not None:
            choice = Choice(*_held(know, pair, sighting, support))
        else:
            choice = choose(sighting.candidate.places, support, klass=sighting.klass, know=know)
        if stretch.tokens is None:
            rule = "place-dateline"
        elif number in outer:
            rule = "place-container"
        else:
            rule = "place-locative" if sighting.locative else "place-name"
        yield _where(know, text, stretch, sighting=sighting, choice=choice, rule=rule)


def _heads(know: Knowledge, candidate: Candidate) -> bool:
    """Tell whether a doubtful name may stand in a dateline, where nothing but its size speaks for it."""
    best = candidate.places[0]
    return best.weight > 4 and not best.common and len(candidate.folded) > 3 and candidate.folded not in know.blocked


def _held(know: Knowledge, pair: tuple[Place, Place], sighting: Sighting, support: Support) -> tuple[Place | None, str | None]:
    """Choose among the readings that the container holds."""
    inner, holder = pair
    held = [place for place in sighting.candidate.places if container_of(know, (place,), (holder,))]
    choice = choose(held or [inner], support, klass=sighting.klass, know=know)
    return choice.place or inner, choice.country or inner.country


def _where(know: Knowledge, text: str, stretch: Stretch, *, sighting: Sighting, choice: Choice, rule: str) -> Where:
    words, candidate = stretch.words, sighting.candidate
    first = sighting.direction if sighting.direction is not None else candidate.first
    span = Span(words[first].start, words[sighting.last - 1].end)
    name = text[words[candidate.first].start : words[candidate.last - 1].end]
    place = choice.place
    if place is None:
        return Where(" ".join(name.split()), choice.country, "place", span, rule=rule)
    if sighting.direction is not None and place.kind in ("country", "region", "admin1"):
        part = " ".join(text[words[first].start : words[candidate.last - 1].end].split())
        return Where(part, place.country, "region", span, admin1=_division(know, place), rule=rule)
    return Where(
        name=place.name,
        country=place.country,
        precision=_PRECISION[place.kind],
        span=span,
        admin1=_division(know, place),
        lat=place.lat,
        lon=place.lon,
        gazetteer_id=place.id,
        rule=rule,
    )


def _division(know: Knowledge, place: Place) -> str | None:
    if place.kind in ("country", "region"):
        return None
    if place.kind == "admin1":
        return place.name
    return know.gazetteer.division(place.admin1)
