"""One matched trigger to the draft of a claim: slots, status, circumstances, voices, and the evidence of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dragoman.ontology import Ontology
from dragoman.stages.attribute import attributions_over
from dragoman.stages.claim import contexts, modes, numbers, status
from dragoman.stages.claim.arguments import Frame, Phrase, Scene
from dragoman.stages.claim.candidates import Match
from dragoman.stages.claim.circumstances import Circumstances
from dragoman.stages.claim.content import BESIDE, Content
from dragoman.stages.claim.entries import Meaning
from dragoman.stages.claim.joining import ANY, Draft, equal
from dragoman.stages.claim.modes import Found
from dragoman.stages.claim.parties import Parties, Party, Slots
from dragoman.stages.claim.topics import Topic
from dragoman.types import Actor, Attribution, Evidence, Number, Resolution, Span, Status, Voice, When, Where

_YIELDING = frozenset({"RETREAT", "CONCEDE"})
_HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"})
_SOMEWHERE = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "AID", "RETREAT", "CONSULT"})  # what takes place at a spot
_STRANGERS = frozenset({"UAF", "UNK"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the stage has loaded once."""

    ontology: Ontology
    modes: Mapping[str, Mapping[str, frozenset[str]]]
    contexts: Mapping[str, frozenset[str]]
    topics: tuple[Topic, ...]


_MUST = "request.must"  # the rule by which a demand is read from "must"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one meaning of a trigger tells, before the folding rules."""

    slots: Slots
    modes: tuple[Found, ...]
    contexts: tuple[Found, ...]
    promised: str  # the type that a promise of this content has
    marks: tuple[status.Mark, ...]
    by_date: Status | None  # the status that the date alone gives
    when: When | None
    where: Where | None
    numbers: tuple[Number, ...]
    voices: tuple[Attribution, ...]


class Assembly:
    """Assembles the claims of one report."""

    def __init__(self, scene: Scene, knowledge: Knowledge, circumstances: Circumstances) -> None:
        """Take one report's grammar, what is known, and its times and places."""
        self._scene = scene
        self._known = knowledge
        self._circumstances = circumstances
        self._parties = Parties(scene)
        self._published = scene.reading.report.published

    def drafts(self, match: Match, content: Content | None, inner: list[Match]) -> list[Draft]:
        """Return the drafts of one trigger, one a meaning of its entry.

        Args:
            match: the trigger with its entry.
            content: what the trigger is content of, if it is.
            inner: the triggers that are content of this one.

        Raises:
            Refused: for words that tell of no happening.
        """
        slots = self._parties.slots(match, content, inner)
        return [self._draft(match, meaning, slots, inner=inner, ordinal=ordinal) for ordinal, meaning in enumerate(match.entry.means)]

    def anaphor(self, noun: int) -> Draft | None:
        """Return the draft of a noun that only refers back to what was told before, or None when it is none."""
        scene = self._scene
        if scene.tokens.upos[noun] != "NOUN" or not scene.clauses.forms(noun) & scene.support["anaphors"] or not self._definite(noun):
            return None
        predicate = scene.predicates.get(noun)
        return Draft(
            frame=Frame(noun, (noun,), noun=noun),
            trigger=scene.tokens.span(noun, noun + 1),
            entry="anaphor",
            lemma=scene.tokens.lemma[noun].lower(),
            type=ANY,
            weak=True,
            nominal=True,
            definite=True,
            words=frozenset({noun}),
            rolesets=frozenset(name for name, _ in predicate.rolesets[:1]) if predicate is not None else frozenset(),
        )

    def trigger(self, frame: Frame) -> Span:
        """Return the words of a trigger: all of them when they stand close together, else the main one."""
        first, last = min(frame.words), max(frame.words)
        if last - first > 5:
            return self._scene.tokens.span(frame.token, frame.token + 1)
        return self._scene.tokens.span(first, last + 1)

    def _facts(self, match: Match, meaning: Meaning, slots: Slots, *, inner: list[Match]) -> Facts:
        """Gather what one meaning of a trigger tells, each field with its words."""
        scene, frame, entry, known = self._scene, match.frame, match.entry, self._known
        content = list(dict.fromkeys([each.type for below in inner for each in below.entry.means] + sorted(self._content_types(frame))))
        found_modes = modes.read(scene, frame, entry, meaning=meaning, generic=known.modes, content=content)
        visit = meaning.type == "CONSULT" and "visit" in {each.name for each in found_modes}
        direct = self._circumstances.where(frame, destination=meaning.type == "CONSULT")
        where = direct if direct is not None or meaning.type not in _SOMEWHERE else self._circumstances.near(frame)
        where = self._located(where, slots)
        home = (where.country if where is not None else None) or self._sole(slots) or self._around(frame)
        if home is not None:
            slots = _native(slots, home, persons=where is not None and bool(entry.numbers))
        if visit:
            slots = Slots(slots.actors, self._host(slots, where))
        elif direct is not None and self._is_party(direct, slots):
            where = None
        when = self._circumstances.when(frame)
        before = self._circumstances.before(frame) if when is None else None
        when = when or before or self._circumstances.close(frame)
        voices = self._voices(frame)
        marks = [mark for mark in status.marks(scene, frame) if not (voices and mark.rule == status.ALLEGED)]
        told = {mark.status for mark in marks}
        by_date = status.dated(when, self._published, before=before is not None)
        if by_date in told or (by_date == "future" and (told or status.past(scene, frame))):
            by_date = None
        return Facts(
            slots=slots,
            modes=tuple(found_modes),
            contexts=tuple(contexts.read(scene, frame, entry, meaning=meaning, generic=known.contexts, sectors=slots.sectors())),
            promised=_promised(
                [each.type for below in inner for each in below.entry.means] or content,
                negated=any(status.negated(scene, below.frame) for below in inner),
                mutual=entry.reciprocal,
            ),
            marks=tuple(marks),
            by_date=by_date,
            when=when,
            where=where,
            numbers=tuple(sorted(numbers.read(scene, frame, entry), key=lambda each: each.span)),
            voices=tuple(voices),
        )

    def _meant(self, meaning: Meaning, facts: Facts) -> tuple[str, tuple[Status, ...], tuple[str, ...]]:
        """Return type, status and modes, with the folding rules applied."""
        ontology = self._known.ontology
        told = {*(mark.status for mark in facts.marks), facts.by_date}
        statuses = tuple(each for each in status.ORDER if each in told)
        type_ = meaning.type
        if type_ == "ASSAULT" and _threat(statuses, facts):
            return "THREATEN", (), ("violence",)
        if type_ == "AGREE":
            type_ = facts.promised
            if any(mark.rule == status.FAILED for mark in facts.marks):
                return "REJECT", tuple(each for each in statuses if each != "negation"), ()  # "failed to reach agreement"
        folded, rest = ontology.fold(type_, statuses)
        if folded == "REJECT" and type_ != "REJECT":
            return folded, rest, ((modes.REFUSED[type_],) if type_ in modes.REFUSED else ())
        known = ontology.type(folded).modes
        return folded, rest, tuple(each.name for each in facts.modes if each.name in known)

    def _draft(self, match: Match, meaning: Meaning, slots: Slots, *, inner: list[Match], ordinal: int) -> Draft:
        scene, frame = self._scene, match.frame
        facts = self._facts(match, meaning, slots, inner=inner)
        type_, statuses, mode_names = self._meant(meaning, facts)
        if type_ == "AGREE":
            facts = replace(facts, slots=facts.slots.one_sided())
        noun = frame.noun if frame.carrier != "form" else None
        predicate = scene.predicates.get(frame.token)
        bare = not (facts.slots.actors or facts.slots.recipients or facts.numbers)
        general = noun is not None and bool(scene.clauses.forms(noun) & scene.support["anaphors"])
        if not general or frame.carrier == "happen" or (noun is not None and not self._definite(noun)):
            bare = bare and self._circumstances.when(frame) is None and facts.where is None
        nobody = noun is None and not (facts.slots.actors or facts.slots.recipients) and self._things(match)
        draft = Draft(
            frame=frame,
            trigger=self.trigger(frame),
            entry=match.entry.id,
            lemma=scene.tokens.lemma[frame.token].lower(),
            type=type_,
            modes=mode_names,
            contexts=tuple(each.name for each in facts.contexts),
            actors=tuple(each[0] for each in facts.slots.actors),
            recipients=tuple(each[0] for each in facts.slots.recipients),
            status=statuses,
            held_by=tuple(Voice(each.id, each.stance) for each in facts.voices),
            when=facts.when,
            where=facts.where,
            numbers=facts.numbers,
            score=self._score(match, facts.slots),
            evidence=tuple(self._evidence(match, facts, set(mode_names))),
            ordinal=ordinal,
            weak=bare or nobody,
            general=general,
            nominal=noun is not None,
            definite=noun is not None and self._definite(noun),
            counted=noun is not None and not self._definite(noun) and self._counted(noun),
            causes=self._causes(frame),
            shares=self._shares(frame),
            inside=self._inside(frame),
            content=scene.tokens.lemma[inner[0].frame.token].lower() if inner else None,
            contents=frozenset(each.frame.token for each in inner),
            words=frozenset(frame.heads),
            rolesets=frozenset(name for name, _ in predicate.rolesets[:1]) if predicate is not None else frozenset(),
        )
        return self._demanded(draft, facts)

    def _demanded(self, draft: Draft, facts: Facts) -> Draft:
        """Read what a voice says that another must do as what it asks of the other ("Chad must free them, the EU said").

        To say so is the asking: the voice does not hold the claim, only those around it do.
        """
        t, actors = self._scene.tokens, facts.slots.actors
        musts = [mark.token for mark in facts.marks if mark.rule == "modal" and t.lemma[mark.token].lower() in self._scene.support["must"]]
        voice = facts.voices[0] if facts.voices else None
        if (
            draft.type not in modes.REFUSED
            or not musts
            or not actors
            or voice is None
            or voice.source is None
            or "negation" in draft.status
        ):
            return draft
        speaker = voice.speaker
        if speaker is None or not (speaker.country or speaker.sectors) or any(equal(speaker, each[0]) for each in actors):
            return draft
        trigger = t.span(musts[0], musts[0] + 1)
        mode = modes.REFUSED[draft.type]
        kept = [each for each in draft.evidence if each.role in ("when", "context")]
        kept += [each for each in draft.evidence if each.role == "held_by"][1:]
        kept += [replace(each, role="recipient") for each in draft.evidence if each.role == "actor"]
        told = [Evidence(role, trigger, _MUST) for role in ("trigger", "type")]
        return replace(
            draft,
            trigger=trigger,
            entry=_MUST,
            type="REQUEST",
            modes=(mode,),
            actors=(speaker,),
            recipients=draft.actors,
            status=tuple(each for each in draft.status if each == "historical"),
            held_by=draft.held_by[1:],
            where=None,
            numbers=(),
            evidence=(
                *told,
                Evidence("mode", draft.trigger, _MUST),
                Evidence("actor", speaker.span or voice.source, f"{_MUST}:speaker"),
                *kept,
            ),
        )

    def _content_types(self, frame: Frame) -> set[str]:
        """Return the types of event words right under the trigger that made no match of their own."""
        found: set[str] = set()
        for word in frame.heads:
            for child in self._scene.clauses.children(word, "xcomp", "ccomp", "obj", "obl", "nmod"):
                if self._scene.clauses.preposition(child) not in BESIDE:
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

    def _definite(self, noun: int) -> bool:
        t = self._scene.tokens
        return any(t.dep[each] in {"det", "nmod:poss"} and t.word[each].lower() in _DEFINITE for each in t.children[noun])

    def _counted(self, noun: int) -> bool:
        t = self._scene.tokens
        return any(t.dep[each] == "nummod" or t.lemma[each].lower() in {"another", "further", "more"} for each in t.children[noun])

    def _things(self, match: Match) -> bool:
        """Tell whether both who acts and what is acted on are told, and neither is anybody ("a heat wave killed fish")."""
        if not {"dead", "injured"} & set(match.entry.numbers):
            return False
        told = [self._scene.slot(match.frame, match.entry, slot) for slot in ("actor", "recipient")]
        return (
            all(told)
            and not any(self._scene.is_actor(each.head) for phrases in told for each in phrases)
            and not any(self._scene.tokens.upos[each.head] == "NUM" for phrases in told for each in phrases)
        )

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

    def _is_party(self, where: Where, slots: Slots) -> bool:
        """Tell whether a place is told as who takes part, not as where it was ("a loan to Bangladesh")."""
        within = self._scene.tokens.within(where.span)
        parties = [each[0].span for each in (*slots.actors, *slots.recipients) if each[0].span is not None]
        if within is None or not any(span.overlaps(where.span) for span in parties):
            return False
        heads = [each for each in range(*within) if not within[0] <= self._scene.tokens.head[each] < within[1]]
        return not any(self._scene.clauses.preposition(each) in self._scene.support["locative"] for each in heads)

    def _sole(self, slots: Slots) -> str | None:
        """Return the one state that the parties told by country belong to."""
        states = self._known.ontology.international
        found = {each[0].country for each in (*slots.actors, *slots.recipients)} - {None, *states}
        return found.pop() if len(found) == 1 else None

    def _around(self, frame: Frame) -> str | None:
        """Return the one state that a trigger's sentence names."""
        t, states = self._scene.tokens, self._known.ontology.international
        first, last = t.sentences[t.sentence[frame.token]]
        found = {each.actor.country for token in range(first, last) for each in self._scene.resolutions(token) if each.actor is not None}
        found -= {None, *states}
        return found.pop() if len(found) == 1 else None

    def _located(self, where: Where | None, slots: Slots) -> Where | None:
        """Give a place that the gazetteer does not know the country that the report leaves no doubt of.

        It is that of whoever undergoes what happens there, else the only one whose places the report names, else that of who acts.
        """
        if where is None or where.country is not None or where.precision != "place":
            return where
        states = self._known.ontology.international
        named = {each.country for each in self._scene.reading.places if each.country is not None and each.precision != "region"}
        for group in (
            {each[0].country for each in slots.recipients},
            named,
            {each[0].country for each in slots.actors},
        ):
            known = {each for each in group if each is not None and each not in states}
            if len(known) == 1:
                return replace(where, country=known.pop(), rule=f"{where.rule}-of-party")
        return where

    def _host(self, slots: Slots, where: Where | None) -> tuple[Party, ...]:
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
        arguments = 0.6 + 0.4 * sum(each[2].score for each in found) / len(found) if found else 0.7
        specific = 1 - 0.1 / (1 + match.points)
        return round(max(0.0, min(1.0, match.score * arguments * specific)), 4)

    def _evidence(self, match: Match, facts: Facts, mode_names: set[str]) -> list[Evidence]:
        """Return the words behind every field, with the entry or rule that read them."""
        t, entry = self._scene.tokens, match.entry
        trigger = self.trigger(match.frame)
        evidence = [Evidence("trigger", trigger, entry.id), Evidence("type", trigger, entry.id)]
        found = [("mode", each) for each in facts.modes if each.name in mode_names]
        found.extend(("context", each) for each in facts.contexts)
        evidence.extend(Evidence(role, t.span(each.token, each.token + 1), each.rule) for role, each in found)
        evidence.extend(
            Evidence("mode", trigger, "folding") for mode in sorted(mode_names) if all(each.name != mode for each in facts.modes)
        )
        for role, group in (("actor", facts.slots.actors), ("recipient", facts.slots.recipients)):
            for actor, resolution, phrase in group:
                span = actor.span or t.span(phrase.head, phrase.head + 1)
                evidence.append(Evidence(role, span, f"{entry.id}:{phrase.source}"))
                evidence.extend(Evidence(role, each.span, each.rule) for each in resolution.evidence if each.span != span)
        evidence.extend(Evidence("status", t.span(each.token, each.token + 1), each.rule) for each in facts.marks)
        if facts.when is not None:
            evidence.append(Evidence("when", facts.when.span, facts.when.rule or "time"))
            if facts.by_date is not None:
                evidence.append(Evidence("status", facts.when.span, "date-of-report"))
        if facts.where is not None:
            evidence.append(Evidence("where", facts.where.span, facts.where.rule or "place"))
        evidence.extend(Evidence("number", each.span, "count") for each in facts.numbers)
        evidence.extend(Evidence("held_by", each.cue[0] if each.cue else trigger, "attribution") for each in facts.voices)
        return evidence


def _native(slots: Slots, country: str, *, persons: bool) -> Slots:
    """Take those of whom no country is told for people of the country where it happened; of gunmen and the like nobody can tell."""

    def native(party: Party, *, any_: bool = False) -> Party:
        actor, resolution, phrase = party
        if actor.country is not None or set(actor.sectors) & _STRANGERS or not (actor.sectors or any_):
            return party
        return replace(actor, country=country), resolution, phrase

    return replace(
        slots,
        actors=tuple(native(each) for each in slots.actors),
        recipients=tuple(native(each, any_=persons) for each in slots.recipients),
    )


def _promised(content: list[str], *, negated: bool, mutual: bool) -> str:
    """Return what a promise of such content is: to yield or do no harm is a concession, to do harm a threat."""
    if content and set(content) <= _YIELDING:
        return "CONCEDE"
    if not content or not set(content) <= _HARMFUL:
        return "AGREE"
    if negated:
        return "CONCEDE"
    return "AGREE" if mutual else "THREATEN"


def _threat(statuses: tuple[Status, ...], facts: Facts) -> bool:
    """Tell whether violence is announced by those who would do it."""
    if not statuses or "negation" in statuses or "historical" in statuses or not facts.voices:
        return False
    speaker = facts.voices[0].speaker
    return speaker is not None and any(equal(speaker, each[0]) for each in facts.slots.actors)
