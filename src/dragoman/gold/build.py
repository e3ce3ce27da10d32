"""From one annotated item to domain values: words to spans, keys to actors, and what follows from the spans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar, get_args

from dragoman.errors import OntologyError
from dragoman.gold import value, words
from dragoman.gold.items import AttributionItem, ClaimItem, Item, Words, listed
from dragoman.ontology import Ontology, named
from dragoman.types import (
    Actor,
    Attribution,
    Claim,
    Consequence,
    Kind,
    Label,
    Number,
    Relation,
    Report,
    Span,
    Stance,
    Via,
    Voice,
    When,
    Where,
)

UNKNOWN = "XXX"  # stands for a country that the text does not tell
_COUNTRY = re.compile(r"[A-Z]{3}")
_QUOTES = "\"“”„‟«»‘’'"
_T = TypeVar("_T")


class Builder:
    """Builds the values of one item and collects its faults, each a line that says what is wrong."""

    def __init__(self, item: Item, text: str) -> None:
        self.item = item
        self.text = text
        self.faults: list[str] = []
        self.ontology: Ontology = named("plover")
        self.report = self._report()
        self.actors: dict[str, Actor] = {}
        self.mentions: dict[str, tuple[Span, ...]] = {}
        self._read_actors()
        self.times: dict[str, When] = {}
        self.places: dict[str, Where] = {}
        self._read_times()
        self._read_places()
        self._attributions: tuple[Attribution, ...] | None = None
        self._claims: tuple[Claim, ...] | None = None

    def _fault(self, message: str) -> None:
        self.faults.append(message)

    def _report(self) -> Report:
        published = None
        if self.item.published is not None:
            try:
                published = date.fromisoformat(self.item.published)
            except ValueError:
                self._fault(f"published: {self.item.published!r} is no date YYYY-MM-DD")
        return Report(self.text, title=self.item.title, published=published, publisher=self.item.publisher)

    def span(self, quote: str, where: str) -> Span | None:
        """Find words, or note why not."""
        try:
            return words.find(quote, self.text)
        except ValueError as error:
            self._fault(f"{where}: {error}")
            return None

    def spans(self, quotes: Words, where: str) -> tuple[Span, ...]:
        """Find several words; those that are not there are noted and left out."""
        found = (self.span(quote, where) for quote in listed(quotes))
        return tuple(sorted(each for each in found if each is not None))

    def _pair(self, entry: str, where: str) -> tuple[str, str] | None:
        """Split ``words = value`` at its last equals sign."""
        head, sign, tail = entry.rpartition(" = ")
        if not sign:
            self._fault(f"{where}: {entry!r} has no value; write 'words = value'")
            return None
        return head.strip(), tail.strip()

    def _code(self, code: str, where: str) -> tuple[str | None, tuple[str, ...]]:
        """Read ``MLI GOV`` into a country and sectors; ``XXX`` is no country."""
        country, *sectors = code.split() or [""]
        if not _COUNTRY.fullmatch(country):
            self._fault(f"{where}: {code!r} is no code; write a country or XXX, then sectors")
        for sector in sectors:
            if sector not in self.ontology.sectors:
                self._fault(f"{where}: {sector!r} is no sector; known: {', '.join(sorted(self.ontology.sectors))}")
        return (None if country == UNKNOWN else country), tuple(sectors)

    def _read_actors(self) -> None:
        taken: dict[Span, str] = {}
        for key, entry in self.item.actors.items():
            if len(entry) < 2:
                self._fault(f"actors.{key}: needs a code and at least one mention")
                continue
            country, sectors = self._code(entry[0], f"actors.{key}")
            spans = self.spans(entry[1:], f"actors.{key}")
            for span in spans:
                if taken.setdefault(span, key) != key:
                    self._fault(f"actors.{key}: {span.of(self.text)!r} is a mention of {taken[span]!r} already")
            if spans:
                self.actors[key] = Actor(key, spans[0].of(self.text), country, sectors)
                self.mentions[key] = spans

    def _read_times(self) -> None:
        for entry in listed(self.item.times):
            if (pair := self._pair(entry, "times")) and (span := self.span(pair[0], "times")):
                try:
                    self.times[pair[0]] = value.when(pair[1], span)
                except ValueError as error:
                    self._fault(f"times: {error}")

    def _read_places(self) -> None:
        for entry in listed(self.item.places):
            if (pair := self._pair(entry, "places")) and (span := self.span(pair[0], "places")):
                country, _, name = pair[1].partition(" ")
                if not _COUNTRY.fullmatch(country):
                    self._fault(f"places: {pair[1]!r} is no country or XXX, with a name behind it where the words are none")
                known = None if country == UNKNOWN else country
                self.places[pair[0]] = Where(name or span.of(self.text), known, "place", span)

    def _actor(self, key: str, near: Span, where: str) -> Actor | None:
        """Return the actor of a key at its mention nearest to ``near``; ties go to the earlier one."""
        if key not in self.actors:
            self._fault(f"{where}: {key!r} is none of the item's actors")
            return None
        nearest = min(self.mentions[key], key=lambda span: (max(span.start - near.end, near.start - span.end, 0), span.start))
        return replace(self.actors[key], span=nearest)

    def _cast(self, keys: Words, near: Span, where: str) -> tuple[Actor, ...]:
        return _present(self._actor(key, near, where) for key in listed(keys))

    # -- attributions ------------------------------------------------------------------------------

    def attributions(self) -> tuple[Attribution, ...]:
        """Return the attributions, with ``kind`` and ``inside`` worked out where they are not given."""
        if self._attributions is None:
            if len({each.id for each in self.item.attributions}) < len(self.item.attributions):
                self._fault("attributions: an id is given twice")
            made = [each for each in map(self._attribution, self.item.attributions) if each is not None]
            given = {each.id: each.inside for each in self.item.attributions if each.inside}
            for child, parent in given.items():
                if parent not in {each.id for each in made} - {child}:
                    self._fault(f"attributions.{child}: inside {parent!r} is no other attribution")
            self._attributions = tuple(replace(each, inside=given.get(each.id) or _enclosing(each, made)) for each in made)
        return self._attributions

    def _attribution(self, item: AttributionItem) -> Attribution | None:
        where = f"attributions.{item.id}"
        content = self.spans(item.content, where)
        if not content:
            return None
        cue = self.spans(item.cue, where)
        source = self.span(item.source, where) if item.source else None
        near = source or (cue or content)[0]
        speaker = self._actor(item.speaker, near, where) if item.speaker else None
        via = self._actor(item.via, near, where) if item.via else None
        return Attribution(
            item.id,
            source,
            speaker,
            cue,
            content,
            item.kind or _kind(content, self.text),
            item.act,
            item.stance,
            self._cast(item.candidates, near, where),
            Via(via.span, via) if via and via.span else None,
        )

    def _voices(self, span: Span, cue_span: Span | None = None) -> tuple[Voice, ...]:
        """Return the voices whose content holds ``span``, innermost first; not one whose cue is ``cue_span``."""
        holding = [
            each
            for each in self.attributions()
            if any(part.holds(span) for part in each.content) and not (cue_span and any(part.overlaps(cue_span) for part in each.cue))
        ]
        holding.sort(key=lambda each: (sum(part.end - part.start for part in each.content), each.id))
        return tuple(Voice(each.id, each.stance) for each in holding)

    # -- claims ------------------------------------------------------------------------------------

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims in order of the item."""
        if self._claims is None:
            made = (self._claim(item, number) for number, item in enumerate(self.item.claims, 1))
            self._claims = _present(made)
        return self._claims

    def _claim(self, item: ClaimItem, number: int) -> Claim | None:
        trigger = self.span(item.trigger, f"claims[{number}].trigger")
        if trigger is None:
            return None
        where = f"claims[{number}] {trigger.of(self.text)!r}"
        modes, contexts = tuple(listed(item.modes)), tuple(listed(item.contexts))
        try:
            self.ontology.check(item.type, modes, contexts)
        except OntologyError as error:
            self._fault(f"{where}: {error}")
            return None
        kind = self.ontology.type(item.type)
        recipients = self._cast(item.recipients, trigger, where)
        return Claim(
            id=f"c{number}",
            type=item.type,
            trigger=trigger,
            quad=kind.quad,
            intensity=self.ontology.intensity(item.type, modes),
            modes=modes,
            contexts=contexts,
            also=self.spans(item.also, where),
            actors=self._cast(item.actors, trigger, where),
            recipients=recipients,
            incomplete=kind.needs_recipient and not recipients,
            status=tuple(listed(item.status)),  # type: ignore[arg-type]
            held_by=self._held_by(item, trigger, where),
            when=self._known(self.times, item.when, f"{where}.when"),
            where=self._known(self.places, item.where, f"{where}.where"),
            numbers=_present(self._number(entry, where) for entry in listed(item.numbers)),
        )

    def _known(self, known: dict[str, _T], entry: str | None, where: str) -> _T | None:
        """Return the time or place of these words, which the item lists."""
        if entry is None:
            return None
        if entry not in known:
            self._fault(f"{where}: {entry!r} is not listed; known: {', '.join(known) or 'none'}")
        return known.get(entry)

    def _number(self, entry: str, where: str) -> Number | None:
        if (pair := self._pair(entry, f"{where}.numbers")) is None or (span := self.span(pair[0], where)) is None:
            return None
        try:
            return value.number(pair[1], span)
        except ValueError as error:
            self._fault(f"{where}: {error}")
            return None

    def _held_by(self, item: ClaimItem, trigger: Span, where: str) -> tuple[Voice, ...]:
        if item.held_by is None:
            return self._voices(trigger, trigger)
        stances = {each.id: each.stance for each in self.attributions()}
        voices = []
        for entry in listed(item.held_by):
            key, _, stance = entry.partition(" ")
            if key not in stances or (stance and stance not in get_args(Stance)):
                self._fault(f"{where}.held_by: {entry!r} is no attribution with a stance")
            else:
                voices.append(Voice(key, stance or stances[key]))  # type: ignore[arg-type]
        return tuple(voices)

    def no_claim(self) -> tuple[tuple[Span, str], ...]:
        """Return the words that look like a happening and are none, with the reason."""
        pairs = (self._pair(entry, "no_claim") for entry in listed(self.item.no_claim))
        found = ((self.span(words_, "no_claim"), reason) for words_, reason in _present(pairs))
        return tuple((span, reason) for span, reason in found if span is not None)

    # -- labels, relations, consequences -----------------------------------------------------------

    def labels(self) -> tuple[Label, ...]:
        """Return who calls whom what."""
        known = {each.id for each in self.attributions()}
        made = []
        for number, item in enumerate(self.item.labels, 1):
            where = f"labels[{number}]"
            if item.by is not None and item.by not in known:
                self._fault(f"{where}: by {item.by!r} is no attribution")
            if (item.about is None) == (item.about_words is None):
                self._fault(f"{where}: give either about, an actor's key, or about_words")
                continue
            if (label := self.span(item.label, where)) is None:
                continue
            about = self._actor(item.about, label, where) if item.about else None
            span = about.span if about else (self.span(item.about_words, where) if item.about_words else None)
            if span is not None:
                made.append(Label(f"l{number}", about, span, label, item.by, item.contested))
        return tuple(made)

    def relations(self) -> tuple[Relation, ...]:
        """Return the states between two actors."""
        made = []
        for number, item in enumerate(self.item.relations, 1):
            where = f"relations[{number}]"
            span = self.span(item.words, where)
            a, b = (self._actor(key, span, where) if span else None for key in (item.a, item.b))
            if span is None or a is None or b is None:
                continue
            since, until = (self._date(each, where, last=last) for each, last in ((item.since, False), (item.until, True)))
            made.append(Relation(f"r{number}", a, b, span, item.polarity, item.change, since, until, self._voices(span)))
        return tuple(made)

    def _date(self, entry: str | None, where: str, *, last: bool) -> str | None:
        if entry is None:
            return None
        try:
            found = value.when(entry, Span(0, 1))
        except ValueError as error:
            self._fault(f"{where}: {error}")
            return None
        return found.until if last else found.from_

    def consequences(self) -> tuple[Consequence, ...]:
        """Return what is told as bringing about what."""
        triggers = {each.trigger: each.id for each in self.claims()}
        made = []
        for number, item in enumerate(self.item.consequences, 1):
            where = f"consequences[{number}]"
            cause, effect, cue = (self.span(each, where) for each in (item.cause, item.effect, item.cue))
            if cause and effect and cue:
                voices = self._voices(cue)
                made.append(Consequence(f"k{number}", triggers.get(cause, cause), triggers.get(effect, effect), cue, voices))
        return tuple(made)


def _present(values: Iterable[_T | None]) -> tuple[_T, ...]:
    return tuple(each for each in values if each is not None)


def _enclosing(child: Attribution, all_: list[Attribution]) -> str | None:
    """Return the attribution with the least content that holds the child's own words and content."""
    own = [*child.cue, *child.content, *([child.source] if child.source else [])]
    holding = [each for each in all_ if each is not child and all(any(part.holds(span) for part in each.content) for span in own)]
    return min(holding, key=lambda each: sum(part.end - part.start for part in each.content)).id if holding else None


def _kind(content: tuple[Span, ...], text: str) -> Kind:
    """Tell direct from indirect speech by quotation marks: all parts in marks, none, or some."""
    quoted = [bool(span.of(text)) and span.of(text)[0] in _QUOTES and span.of(text).rstrip(".,;:!? ")[-1:] in _QUOTES for span in content]
    if all(quoted):
        return "direct"
    marks = any(mark in span.of(text) for span in content for mark in '"“”«»')
    return "mixed" if any(quoted) or marks else "indirect"
