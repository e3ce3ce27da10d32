"""Who fills the slots of a trigger: from its own arguments, and from what it is told with."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.stages.claim.arguments import Frame, Phrase, Scene, by_words, people
from dragoman.stages.claim.candidates import Match
from dragoman.stages.claim.content import IRREAL, Content
from dragoman.stages.claim.entries import DEFAULT_ROLES
from dragoman.stages.claim.joining import equal
from dragoman.types import Actor, Resolution

Party = tuple[Actor, Resolution, Phrase]
_SAID = frozenset({"REQUEST", "AGREE", "ACCUSE", "THREATEN", "SUPPORT"})  # what one can refuse somebody
_ABOUT = frozenset({"ACCUSE", "REJECT", "SUPPORT"})  # what is said of a thing is said of its owner


@dataclass(frozen=True, slots=True)
class Slots:
    """Who fills the slots of a trigger, with the words that say so."""

    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    partners: tuple[Party, ...] = ()  # those of the actors that are told as the other side

    def one_sided(self) -> Slots:
        """Return the slots with the other side as recipients: one who will meet another agrees with the other."""
        return Slots(tuple(each for each in self.actors if each not in self.partners), self.partners) if self.partners else self

    def sectors(self) -> list[str]:
        """Return the sectors of all, in order."""
        return [sector for found in (*self.actors, *self.recipients) for sector in found[0].sectors]


class Parties:
    """Finds the actors and recipients of the triggers of one report."""

    def __init__(self, scene: Scene) -> None:
        """Take one report's grammar and actors."""
        self._scene = scene

    def slots(self, match: Match, content: Content | None, inner: list[Match]) -> Slots:
        """Return who fills the slots of a trigger, with what is borrowed from the triggers inside it where it tells none itself."""
        return self._borrow(match, self.own(match, content), inner)

    def own(self, match: Match, content: Content | None = None) -> Slots:
        """Find the actors and recipients of a trigger; who is accused of it is its actor.

        In two-sided events everyone is an actor; under "suffer" or "face" the subject is the recipient.
        """
        frame, entry = match.frame, match.entry
        actors = self._fill(frame, entry.roles["actor"])
        recipients = self._fill(frame, entry.roles["recipient"])
        if not actors and "withdraw" in match.entry.means[0].modes:
            actors = people(self._scene, self._scene.slot(frame, entry, "what"))  # troops that are withdrawn withdraw
        if frame.carrier == "undergo" and frame.verb is not None:
            actors = actors or people(self._scene, self._scene.phrases(frame, "from"))
            subjects = [Phrase(head, "subj") for head in self._scene.clauses.subject(frame.verb)]
            recipients = recipients or people(self._scene, subjects)
            actors = [each for each in actors if all(each[0] != other[0] for other in recipients)]
        if (
            content is not None
            and any(each.type == "ACCUSE" for each in content.governor.entry.means)
            and (not actors or self._gerund(frame))
        ):
            actors = list(self.own(content.governor).recipients) or actors
            recipients = [each for each in recipients if not any(_one(each[0], other[0]) for other in actors)]
        if not recipients and entry.numbers:
            recipients = self._persons(frame, entry.roles["recipient"])
        actors = _apart(actors)
        recipients = [each for each in _apart(recipients) if not any(_one(each[0], other[0]) for other in actors)]
        if entry.reciprocal:
            return Slots(tuple(_apart([*actors, *recipients])), (), tuple(recipients) if actors else ())
        return Slots(tuple(actors), tuple(recipients))

    def _fill(self, frame: Frame, sources: tuple[str, ...]) -> list[Party]:
        """Return who fills a slot: from the first source that names someone, then from the first whose owner is someone."""
        for owners in (False, True):
            for source in sources:
                if frame.carrier == "undergo" and source == "subj":
                    continue
                phrases = [each for each in self._scene.phrases(frame, source) if not owners or each.head not in frame.words]
                found = people(self._scene, phrases, owners=owners)
                if found:
                    return found
        return []

    def _persons(self, frame: Frame, sources: tuple[str, ...]) -> list[Party]:
        """Return those of whom only words are known in a slot that persons alone fill ("killed a potter")."""
        scene = self._scene
        for source in sources:
            phrases = scene.phrases(frame, source)
            heads = [(each, scene.inner(each.head)) for each in phrases]
            found = [(by_words(scene, head), each) for each, head in heads if scene.tokens.upos[head] == "NOUN"]
            if found:
                return [(actor, Resolution(actor, "words-only"), each) for actor, each in found]
        return []

    def _borrow(self, match: Match, slots: Slots, inner: list[Match]) -> Slots:
        """Take the recipient from the content: whom a demand asks to act, whom a promise helps, whose act is condemned."""
        types = {each.type for each in match.entry.means}
        if slots.recipients or match.entry.reciprocal or not match.entry.roles.get("recipient", DEFAULT_ROLES["recipient"]):
            return slots
        mine = [each[0] for each in slots.actors]
        asked = bool(types & {"REQUEST", "ACCUSE", "SUPPORT"})
        groups: list[tuple[Party, ...]] = []
        if inner:
            below = self.own(inner[0])
            groups = [below.actors, below.recipients] if asked or inner[0].entry.reciprocal else [below.recipients]
        if types & {"REJECT"} and inner and any(each.type in _SAID for each in inner[0].entry.means):
            groups = [below.actors]
        if types & IRREAL:
            groups.append(self._beside_content(match.frame))
        if asked:
            groups.append(self._clause_subjects(match.frame))
        if types & _ABOUT:
            phrases = [each for source in ("ARG1", "obj") for each in self._scene.phrases(match.frame, source)]
            groups.append(tuple(people(self._scene, [each for each in phrases if each.head not in match.frame.words], owners=True)))
        for group in groups:
            others = tuple(each for each in group if not any(equal(each[0], one) for one in mine))
            if others:
                return Slots(slots.actors, others)
        return slots

    def _beside_content(self, frame: Frame) -> tuple[Party, ...]:
        """Return whom the noun of the content names by a preposition ("refused talks with the government")."""
        scene = self._scene
        for phrase in [each for source in ("ARG1", "obj") for each in scene.phrases(frame, source)]:
            for child in scene.clauses.children(phrase.head, "nmod"):
                if scene.clauses.preposition(child) in {"with", "to", "against", "on", "for"} and scene.known(scene.inner(child)):
                    return tuple(people(scene, [Phrase(child, "content", 0.9)]))
        return ()

    def _clause_subjects(self, frame: Frame) -> tuple[Party, ...]:
        """Return who is to do what the clause under a trigger says ("demanded that Kenya leave")."""
        clauses = self._scene.clauses
        for word in frame.heads:
            for clause in clauses.children(word, "ccomp", "xcomp"):
                found = people(self._scene, [Phrase(head, "clause", 0.9) for head in clauses.subject(clause)])
                if found:
                    return tuple(found)
        return ()

    def _gerund(self, frame: Frame) -> bool:
        """Tell whether a trigger is a verb in -ing without a subject of its own ("accused of *taking* bribes")."""
        t = self._scene.tokens
        return t.tag[frame.token] == "VBG" and frame.noun is None and t.child(frame.token, "nsubj", "nsubj:pass") is None


def _apart(found: list[Party]) -> list[Party]:
    """Keep each actor once: the same words, or the same known one."""
    kept: list[Party] = []
    for each in found:
        if not any(_one(each[0], other[0]) for other in kept):
            kept.append(each)
    return kept


def _one(a: Actor, b: Actor) -> bool:
    if a.span is not None and a.span == b.span:
        return True
    return (a.id, a.name, a.country, a.sectors) == (b.id, b.name, b.country, b.sectors)
