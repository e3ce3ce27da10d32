"""One matched trigger to the draft of a claim: slots, status, circumstances, voices, and the evidence of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any

from dragoman.ontology import Ontology
from dragoman.stages.attribute import attributions_over
from dragoman.stages.claim import contexts, modes, numbers, status
from dragoman.stages.claim.arguments import Frame, Phrase, Scene, people
from dragoman.stages.claim.candidates import Match
from dragoman.stages.claim.circumstances import Circumstances
from dragoman.stages.claim.content import Content
from dragoman.stages.claim.entries import DEFAULT_ROLES, Meaning
from dragoman.stages.claim.joining import Draft, equal
from dragoman.types import Actor, Attribution, Evidence, Resolution, Span, Voice, When, Where

_Found = tuple[Actor, Resolution, Phrase]
_CONFLICT = frozenset({"ASSAULT", "THREATEN"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the stage has loaded once."""

    ontology: Ontology
    modes: Mapping[str, Mapping[str, frozenset[str]]]
    contexts: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Slots:
    """Who fills the slots of a trigger, with the words that say so."""

    actors: tuple[_Found, ...] = ()
    recipients: tuple[_Found, ...] = ()

    def sectors(self) -> list[str]:
        """Return the sectors of all, in order."""
        return [sector for found in (*self.actors, *self.recipients) for sector in found[0].sectors]


class Assembly:
    """Assembles the claims of one report."""

    def __init__(self, scene: Scene, knowledge: Knowledge, circumstances: Circumstances) -> None:
        """Take one report's grammar, what is known, and its times and places."""
        self._scene = scene
        self._known = knowledge
        self._circumstances = circumstances
        self._published = scene.reading.report.published

    def slots(self, match: Match) -> Slots:
        """Find the actors and recipients of a trigger.

        In two-sided events everyone is an actor; under "suffer" or "face" the subject is the recipient.
        """
        frame, entry = match.frame, match.entry
        actors = self._fill(frame, entry.roles["actor"], owners=True)
        recipients = self._fill(frame, entry.roles["recipient"], owners=True)
        if frame.carrier == "undergo" and frame.verb is not None:
            subjects = [Phrase(head, "subj") for head in self._scene.clauses.subject(frame.verb)]
            recipients = recipients or people(self._scene, subjects)
            actors = [each for each in actors if all(each[0] != other[0] for other in recipients)]
        actors = _apart(actors)
        recipients = [each for each in _apart(recipients) if all(each[0].span is None or each[0].span != other[0].span for other in actors)]
        if entry.reciprocal:
            return Slots(tuple(_apart([*actors, *recipients])), ())
        return Slots(tuple(actors), tuple(recipients))

    def drafts(self, match: Match, content: Content | None, inner: list[Match]) -> list[Draft]:
        """Return the drafts of one trigger, one a meaning of its entry.

        Args:
            match: the trigger with its entry.
            content: what the trigger is content of, if it is.
            inner: the triggers that are content of this one.

        Raises:
            Refused: for words that tell of no happening.
        """
        marks = status.marks(self._scene, match.frame)
        slots = self._borrow(match, self.slots(match), inner)
        return [self._draft(match, meaning, (slots, marks, inner), ordinal=ordinal) for ordinal, meaning in enumerate(match.entry.means)]

    def trigger(self, frame: Frame) -> Span:
        """Return the words of a trigger: all of them when they stand close together, else the main one."""
        first, last = min(frame.words), max(frame.words)
        if last - first > 5:
            return self._scene.tokens.span(frame.token, frame.token + 1)
        return self._scene.tokens.span(first, last + 1)

    def _fill(self, frame: Frame, sources: tuple[str, ...], *, owners: bool) -> list[_Found]:
        for take_owners in (False, True) if owners else (False,):
            for source in sources:
                if frame.carrier == "undergo" and source == "subj":
                    continue
                found = people(self._scene, self._scene.phrases(frame, source), owners=take_owners)
                if found:
                    return found
        return []

    def _borrow(self, match: Match, slots: Slots, inner: list[Match]) -> Slots:
        """Take the recipient from the content: whom a demand asks to act, whom a promise helps, whose act is condemned."""
        types = {each.type for each in match.entry.means}
        if slots.recipients or not inner or match.entry.reciprocal or not match.entry.roles.get("recipient", DEFAULT_ROLES["recipient"]):
            return slots
        below = self.slots(inner[0])
        mine = [each[0] for each in slots.actors]
        first, second = (below.actors, below.recipients) if types & {"REQUEST", "ACCUSE", "SUPPORT"} else (below.recipients, ())
        for group in (first, second):
            others = tuple(each for each in group if not any(equal(each[0], one) for one in mine))
            if others:
                return Slots(slots.actors, others)
        return slots

    def _draft(self, match: Match, meaning: Meaning, told: tuple[Slots, list[status.Mark], list[Match]], *, ordinal: int) -> Draft:
        slots, marks, inner = told
        scene, frame, entry, known = self._scene, match.frame, match.entry, self._known
        content_types = [each.type for below in inner for each in below.entry.means] or sorted(self._content_types(frame))
        found_modes = modes.read(scene, frame, entry, meaning=meaning, generic=known.modes, content=content_types)
        found_contexts = contexts.read(scene, frame, entry, meaning=meaning, generic=known.contexts, sectors=slots.sectors())
        when = self._circumstances.when(frame)
        where = self._circumstances.where(frame, destination="visit" in {each.name for each in found_modes} or meaning.type == "CONSULT")
        if "visit" in {each.name for each in found_modes} and meaning.type == "CONSULT":
            slots = Slots(slots.actors, self._host(slots, where))
        counts = numbers.read(scene, frame, entry)
        by_date = status.dated(when, self._published)
        statuses = [mark.status for mark in marks]
        if by_date is not None and by_date not in statuses and not (by_date == "future" and statuses):
            statuses.append(by_date)
        type_ = meaning.type
        if type_ == "AGREE" and any(each in {"RETREAT", "CONCEDE"} for each in content_types[:1]):
            type_ = "CONCEDE"
        folded, rest = known.ontology.fold(type_, tuple(each for each in status.ORDER if each in statuses))
        voices = self._voices(frame)
        if type_ == "ASSAULT" and self._threat(rest, slots, voices):
            folded, rest, mode_names = "THREATEN", (), ("violence",)
        else:
            allowed = known.ontology.type(folded).modes
            mode_names = tuple(each.name for each in found_modes if each.name in allowed)
        evidence = self._evidence(match, slots, (found_modes, found_contexts, marks))
        evidence.extend(_circumstantial(by_date if by_date in statuses else None, when, where))
        evidence.extend(Evidence("number", each.span, "count") for each in counts)
        evidence.extend(Evidence("held_by", each.cue[0] if each.cue else self.trigger(frame), "attribution") for each in voices)
        evidence = [each for each in evidence if each.role != "mode" or folded == meaning.type]
        noun = frame.noun if frame.noun is not None and frame.carrier != "form" else None
        bare = not (slots.actors or slots.recipients or counts)
        return Draft(
            frame=frame,
            trigger=self.trigger(frame),
            entry=entry.id,
            lemma=scene.tokens.lemma[frame.token].lower(),
            type=folded,
            modes=mode_names,
            contexts=tuple(each.name for each in found_contexts),
            actors=tuple(each[0] for each in slots.actors),
            recipients=tuple(each[0] for each in slots.recipients),
            status=rest,
            held_by=tuple(Voice(each.id, each.stance) for each in voices),
            when=when,
            where=where,
            numbers=tuple(sorted(counts, key=lambda each: each.span)),
            score=self._score(match, slots),
            evidence=tuple(evidence),
            ordinal=ordinal,
            weak=bare and (where is None and when is None),
            nominal=noun is not None,
            definite=noun is not None and self._definite(noun),
            causes=self._causes(frame),
            shares=self._shares(frame),
            inside=self._inside(frame),
            content=scene.tokens.lemma[inner[0].frame.token].lower() if inner else None,
            rolesets=frozenset(name for name, _ in scene.predicates[frame.token].rolesets[:1])
            if frame.token in scene.predicates
            else frozenset(),
        )

    def _content_types(self, frame: Frame) -> set[str]:
        """Return the types of event words right under the trigger that made no match of their own."""
        found: set[str] = set()
        for word in frame.heads:
            for child in self._scene.clauses.children(word, "xcomp", "ccomp", "obj", "obl", "nmod", "advcl"):
                found |= self._scene.event_types(child)
        return found

    def _voices(self, frame: Frame) -> list[Attribution]:
        trigger = self.trigger(frame)
        own = [self._scene.tokens.span(word, word + 1) for word in frame.words]
        return [
            each
            for each in attributions_over(self._scene.reading, trigger)
            if not any(cue.overlaps(word) for cue in each.cue for word in own)
        ]

    def _threat(self, statuses: tuple[str, ...], slots: Slots, voices: list[Attribution]) -> bool:
        """Tell whether violence is announced by those who would do it."""
        if not statuses or "negation" in statuses or "historical" in statuses or not voices or voices[0].speaker is None:
            return False
        speaker = voices[0].speaker
        return any(equal(speaker, each[0]) for each in slots.actors)

    def _definite(self, noun: int) -> bool:
        t = self._scene.tokens
        return any(t.dep[each] in {"det", "nmod:poss"} and t.word[each].lower() in _DEFINITE for each in t.children[noun])

    def _causes(self, frame: Frame) -> frozenset[int]:
        """Return the words that can name the same happening: its subject, and "in an attack", "during a raid"."""
        scene = self._scene
        found = {phrase.head for source in ("ARG0", "subj") for phrase in scene.phrases(frame, source)}
        for word in frame.heads:
            below = scene.clauses.children(word, "obl", "obl:agent", "nmod")
            found |= {each for each in below if scene.clauses.preposition(each) in {"in", "during", "by", "with", "from"}}
        return frozenset(found)

    def _shares(self, frame: Frame) -> int | None:
        """Return the verb whose subject this one shares ("killed 5 and wounded 10", "leaving 3 dead")."""
        t = self._scene.tokens
        verb = frame.verb if frame.verb is not None else frame.token
        if not self._scene.clauses.is_verb(verb) or t.head[verb] < 0 or t.child(verb, "nsubj", "nsubj:pass") is not None:
            return None
        if t.dep[verb] == "conj" or (t.dep[verb] == "advcl" and t.tag[verb] == "VBG"):
            return t.head[verb]
        return None

    def _inside(self, frame: Frame) -> int | None:
        """Return the trigger word above the relative clause or "during which" clause that a trigger stands in."""
        t = self._scene.tokens
        at = frame.verb if frame.verb is not None else frame.token
        if t.dep[at] not in {"acl:relcl", "advcl", "advcl:relcl"}:
            return None
        for _ in range(4):
            at = t.head[at]
            if at < 0 or at in self._circumstances.triggers:
                return at if at >= 0 else None
        return None

    def _host(self, slots: Slots, where: Where | None) -> tuple[_Found, ...]:
        """Return the country that a visit goes to as its host, where nobody else is told."""
        if slots.recipients or where is None or where.country is None or any(each[0].country == where.country for each in slots.actors):
            return slots.recipients
        within = self._scene.tokens.within(where.span)
        if within is None:
            return ()
        host = Actor(id=None, name=where.name, country=where.country, span=where.span)
        return ((host, Resolution(host, "host-of-place"), Phrase(within[0], "place")),)

    def _score(self, match: Match, slots: Slots) -> float:
        found = [*slots.actors, *slots.recipients]
        arguments = sqrt(sum(each[2].score for each in found) / len(found)) if found else 0.7
        specific = 1 - 0.15 / (1 + match.points)
        return round(max(0.0, min(1.0, match.score * arguments * specific)), 4)

    def _evidence(self, match: Match, slots: Slots, found: tuple[Any, Any, list[status.Mark]]) -> list[Evidence]:
        t, entry = self._scene.tokens, match.entry
        trigger = self.trigger(match.frame)
        evidence = [Evidence("trigger", trigger, entry.id), Evidence("type", trigger, entry.id)]
        for role, group in (("mode", found[0]), ("context", found[1])):
            evidence.extend(Evidence(role, t.span(each.token, each.token + 1), each.rule) for each in group)
        for role, people_found in (("actor", slots.actors), ("recipient", slots.recipients)):
            for actor, resolution, phrase in people_found:
                span = actor.span or t.span(phrase.head, phrase.head + 1)
                evidence.append(Evidence(role, span, f"{entry.id}:{phrase.source}"))
                evidence.extend(Evidence(role, each.span, each.rule) for each in resolution.evidence if each.span != span)
        evidence.extend(Evidence("status", t.span(each.token, each.token + 1), each.rule) for each in found[2])
        return evidence


def _apart(found: list[_Found]) -> list[_Found]:
    """Keep each actor once: the same words, or the same known one."""
    kept: list[_Found] = []
    for each in found:
        if not any(_one(each[0], other[0]) for other in kept):
            kept.append(each)
    return kept


def _one(a: Actor, b: Actor) -> bool:
    if a.span is not None and a.span == b.span:
        return True
    return (a.id, a.name, a.country, a.sectors) == (b.id, b.name, b.country, b.sectors)


def _circumstantial(by_date: str | None, when: When | None, where: Where | None) -> list[Evidence]:
    evidence = []
    if when is not None:
        evidence.append(Evidence("when", when.span, when.rule or "time"))
        if by_date is not None:
            evidence.append(Evidence("status", when.span, "date-of-report"))
    if where is not None:
        evidence.append(Evidence("where", where.span, where.rule or "place"))
    return evidence
