"""Whether a happening is told as past and real: future, hypothetical, negated or historical, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.types import Status, When

BACKGROUND = timedelta(days=30)  # what lies further before publication is history
ORDER: tuple[Status, ...] = ("historical", "future", "hypothetical", "negation")
ALLEGED = "governor-alleged"
FAILED = "governor-failed"
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_GOVERNED = frozenset({"obj", "nsubj:pass", "nmod", "obl", "xcomp"})
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Mark:
    """A status, the word that gives it, and the rule that reads it so."""

    status: Status
    token: int
    rule: str


class Refused(Exception):
    """Told in a way that makes no happening of it; the message is the reason."""


def marks(scene: Scene, frame: Frame) -> list[Mark]:
    """Return the marks of status on a trigger, one a status, in the order of the statuses.

    The possible outweighs the future.

    Raises:
        Refused: for words that tell of no happening: a purpose, a guard against it, its end.
    """
    reader = _Reader(scene)
    found: list[Mark] = []
    if frame.noun is not None:
        found.extend(reader.noun(frame.noun, governed=frame.verb is None))
    if frame.carrier == "announced" and frame.verb is not None:
        found.append(Mark("future", frame.verb, "governor-announced"))
    if frame.noun is None or frame.verb is not None:
        found.extend(reader.verb(frame.verb if frame.verb is not None else frame.token))
    if any(mark.status == "negation" for mark in found):
        found = [mark for mark in found if mark.rule != "determiner-any"]
    first: dict[Status, Mark] = {}
    for mark in found:
        first.setdefault(mark.status, mark)
    if "hypothetical" in first and "future" in first:
        del first["future"]
    return [first[status] for status in ORDER if status in first]


def negated(scene: Scene, frame: Frame) -> bool:
    """Tell whether a trigger is told as not done ("not to abduct")."""
    try:
        return any(mark.status == "negation" for mark in marks(scene, frame))
    except Refused:
        return False


def dated(when: When | None, published: date | None, *, before: bool = False) -> Status | None:
    """Return what the date alone says: historical, future, or None.

    With ``before`` the happening stands at the beginning of the time told ("in the last four years, following the coup").
    """
    if when is None or published is None:
        return None
    if before and when.from_ is not None and published - _day(when.from_) > BACKGROUND:
        return "historical"
    if when.until is not None and published - _day(when.until) > BACKGROUND:
        return "historical"
    if when.from_ is not None and _day(when.from_) > published:
        return "future"
    return None


def _day(value: str) -> date:
    """Return the day of an ISO date, with or without a time of day."""
    return date.fromisoformat(value[:10])


def past(scene: Scene, frame: Frame) -> bool:
    """Tell whether the verb of a trigger stands in a past or perfect tense."""
    t = scene.tokens
    verb = frame.verb if frame.verb is not None else frame.token
    if frame.carrier == "announced":
        return False
    auxiliaries = [each for each in t.children[verb] if t.dep[each] in {"aux", "aux:pass"}]
    return t.tag[verb] == "VBD" or any(t.tag[each] == "VBD" or t.lemma[each].lower() == "have" for each in auxiliaries)


class _Reader:
    """Reads the marks on one word and on what governs it."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._tokens = scene.tokens
        self._clauses = scene.clauses
        self._words = scene.support

    def verb(self, verb: int, depth: int = 0) -> Iterator[Mark]:
        """Yield the marks of a verb: its own, then those of what governs it."""
        yield from self._own(verb)
        if depth < _DEPTH:
            yield from self._governor(verb, depth)

    def _own(self, verb: int) -> Iterator[Mark]:
        t, words = self._tokens, self._words
        negated = False
        modal: int | None = None
        for child in t.children[verb]:
            lemma, dep = t.lemma[child].lower(), t.dep[child]
            no = self._no(child) if dep in {"obj", "nsubj", "nsubj:pass", "advmod", "det", "cc", "aux"} else None
            if no is not None:
                negated = True
                yield Mark("negation", no, "negation-word")
            elif dep == "aux" and t.tag[child] == "MD":
                modal = child
            elif dep == "mark" and lemma in words["conditions"]:
                yield Mark("hypothetical", child, "if-clause")
            elif dep == "advmod" and lemma in words["perhaps"]:
                yield Mark("hypothetical", child, "adverb")
        if modal is not None:
            yield from self._modal(verb, modal, negated=negated)
        last = t.sentences[t.sentence[verb]][1] - 1
        for token in (last - 1, last):
            if token >= 0 and t.word[token] == "?":
                yield Mark("hypothetical", token, "question")

    def _no(self, child: int) -> int | None:
        """Return the word that negates: not, never, or a subject or object with "no"."""
        t, words = self._tokens, self._words
        if t.dep[child] in {"obj", "nsubj", "nsubj:pass"}:
            determiners = [each for each in self._clauses.children(child, "det") if t.lemma[each].lower() == "no"]
            if determiners:
                return determiners[0]
            return child if t.lemma[child].lower() in words["nobody"] else None
        if not {t.lemma[child].lower(), t.word[child].lower()} & words["negations"]:
            return None
        softened = child + 1 < len(t) and t.lemma[child + 1].lower() in {"only", "just", "least"}
        return None if softened else child

    def _modal(self, verb: int, modal: int, *, negated: bool) -> Iterator[Mark]:
        t, words = self._tokens, self._words
        forms = {t.lemma[modal].lower(), t.word[modal].lower()}
        if forms & words["will"]:
            yield Mark("future", modal, "modal-will")
        elif forms & words["would"]:
            conditional = any(self._has_if(each) for each in self._clauses.children(verb, "advcl"))
            yield Mark("future" if self._reported(verb) and not conditional else "hypothetical", modal, "modal-would")
        elif forms & words["may"] and not (negated and forms & words["able"]):
            yield Mark("hypothetical", modal, "modal")

    def _reported(self, verb: int) -> bool:
        """Tell whether a verb stands in what somebody said in the past."""
        t = self._tokens
        head = t.head[verb]
        if head >= 0 and t.dep[verb] in {"ccomp", "conj", "acl:relcl", "acl"}:
            return True
        while head >= 0:
            if t.tag[head] == "VBD":
                return True
            head = t.head[head]
        return False

    def _has_if(self, verb: int) -> bool:
        return any(self._tokens.lemma[each].lower() in self._words["conditions"] for each in self._clauses.children(verb, "mark"))

    def _to(self, verb: int) -> int | None:
        for each in self._clauses.children(verb, "mark", "aux"):
            if self._tokens.tag[each] == "TO":
                return each
        return None

    def _governor(self, verb: int, depth: int) -> Iterator[Mark]:
        t = self._tokens
        head, dep, to = t.head[verb], t.dep[verb], self._to(verb)
        nearby = self._beside(verb)
        if nearby is not None:
            yield from self._complement(verb, depth, head=nearby)
            return
        preposition = self._clauses.preposition(verb)
        if head < 0 or dep in {"root", "parataxis", "acl:relcl"}:
            if to is not None and dep != "acl:relcl":
                yield Mark("future", to, "infinitive-headline")
        elif dep == "conj":
            if self._clauses.is_verb(head):
                yield from self._shared(verb, head, depth)
        elif to is not None and dep in {"xcomp", "ccomp", "csubj", "acl", "advcl"}:
            yield from self._infinitive(verb, to, depth)
        elif dep in {"advcl", "acl", "xcomp", "ccomp"} and preposition in self._words["without"]:
            yield Mark("negation", verb, "preposition-without")
        elif dep in {"advcl", "xcomp", "ccomp"} and t.tag[verb] == "VBG" and t.lemma[head].lower() in self._words["alleged"]:
            yield Mark("hypothetical", head, ALLEGED)
        elif dep in {"xcomp", "ccomp"}:
            yield from self._complement(verb, depth, head=head)
        elif dep == "advcl" and t.tag[verb] in {"VBZ", "VBP"} and preposition in {"until", "once", "before"}:
            yield Mark("hypothetical", verb, "clause-of-time")

    def _beside(self, verb: int) -> int | None:
        """Return the verb right before a gerund whose argument it is, where the tree hangs it elsewhere ("stop sending")."""
        predicate = self._scene.predicates.get(verb - 1)
        if predicate is None or self._tokens.tag[verb] != "VBG" or self._tokens.head[verb] == verb - 1:
            return None
        return verb - 1 if any(each.head == verb for each in predicate.arguments) and self._clauses.is_verb(verb - 1) else None

    def _shared(self, verb: int, head: int, depth: int) -> Iterator[Mark]:
        """Pass on what coordinated verbs share: all of it for bare forms, the clause's place for finite ones."""
        t = self._tokens
        if t.tag[verb] == "VB" and t.child(verb, "nsubj", "aux") is None:
            either = any(t.lemma[each].lower() in {"or", "nor"} for each in self._clauses.children(verb, "cc"))
            for mark in self._own(head):
                if mark.status != "negation" or either:
                    yield mark
        if depth < _DEPTH:
            yield from self._governor(head, depth + 1)

    def _infinitive(self, verb: int, to: int, depth: int) -> Iterator[Mark]:
        t, words = self._tokens, self._words
        head, noun = t.head[verb], t.dep[verb] == "acl"
        lemma = self._scene.lemma(head)
        if t.dep[verb] == "advcl" and lemma not in words["ahead"] | words["unreal"] | words["failed"]:
            raise Refused("told as a purpose")
        if lemma in words["failed"] or (noun and lemma in words["unmet"]):
            yield Mark("negation", head, FAILED)
        elif lemma in words["ahead"] or (noun and lemma in words["decided"]):
            yield Mark("future", head, "governor-ahead")
        elif lemma in words["certain"] or lemma in words["support"]:
            yield from self.verb(head, depth + 1)
        else:
            yield Mark("hypothetical", head if lemma in words["unreal"] else to, "governor-unreal")

    def _complement(self, verb: int, depth: int, *, head: int) -> Iterator[Mark]:
        t, words = self._tokens, self._words
        lemma = self._scene.lemma(head)
        finite = t.tag[verb] in _FINITE or t.child(verb, "nsubj", "nsubj:pass") is not None
        if not finite and lemma in words["over"]:
            raise Refused("told as taken back or over")
        if not finite and lemma in words["averted"] | words["failed"]:
            yield Mark("negation", head, FAILED)
        elif lemma in words["unreal"] and lemma not in words["said"]:
            yield Mark("hypothetical", head, "governor-unreal")
        elif lemma in words["ahead"] and not finite:
            yield Mark("future", head, "governor-ahead")
        elif finite and any(mark.status == "negation" for mark in self._own(head)):
            yield Mark("hypothetical", head, "governor-negated")
        elif not finite and lemma in words["certain"] and lemma not in words["said"]:
            yield from self.verb(head, depth + 1)

    def noun(self, noun: int, *, governed: bool) -> Iterator[Mark]:
        """Yield the marks of an event noun: of its adjectives and determiner, and of its governor where ``governed``."""
        t, words = self._tokens, self._words
        for child in self._clauses.children(noun, "amod", "det"):
            lemma = t.lemma[child].lower()
            if t.dep[child] == "amod" and lemma in words["coming"]:
                yield Mark("future", child, "adjective-coming")
            elif t.dep[child] == "amod" and lemma in words["maybe"]:
                yield Mark("hypothetical", child, "adjective-maybe")
            elif t.dep[child] == "amod" and lemma in words["past"]:
                yield Mark("historical", child, "adjective-past")
            elif t.dep[child] == "det" and lemma == "no":
                yield Mark("negation", child, "negation-word")
            elif t.dep[child] == "det" and lemma == "any":
                yield Mark("hypothetical", child, "determiner-any")
        if self._clauses.preposition(noun) == "without":
            yield Mark("negation", noun, "preposition-without")
        if governed:
            yield from self._noun_governor(noun)

    def _noun_governor(self, noun: int) -> Iterator[Mark]:
        t, words = self._tokens, self._words
        head, dep, preposition = t.head[noun], t.dep[noun], self._clauses.preposition(noun)
        while dep == "conj" and head >= 0 and not self._clauses.is_verb(head):
            preposition = preposition or self._clauses.preposition(head)
            dep, head = t.dep[head], t.head[head]
        if head < 0:
            return
        lemma = self._scene.lemma(head)
        if preposition in words["against"] and lemma in words["protect"]:
            raise Refused("told as something to guard against")
        undergone = dep in {"obj", "nsubj:pass"}
        if (dep in {"nmod", "compound", "nmod:poss"} and lemma in words["works"]) or (undergone and lemma in words["commemorate"]):
            raise Refused("told as history or as a work about it")
        if undergone and lemma in words["undone"]:
            yield Mark("negation", head, "governor-undone")
            yield from (mark for mark in self.verb(head) if mark.status == "hypothetical")
        elif undergone and lemma in words["ended"]:
            raise Refused("told as taken back or over")
        elif (dep == "obl" and preposition == "for" and lemma in words["waiting"]) or (
            dep != "obl" and dep in _GOVERNED and lemma in words["unreal"]
        ):
            yield Mark("hypothetical", head, "governor-unreal")
        elif dep != "obl" and dep in _GOVERNED and lemma in words["ahead"] and lemma not in {"agree", "decide", "undertake"}:
            yield Mark("future", head, "governor-ahead")
