"""Whether a happening is told as past and real: future, hypothetical, negated or historical, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.types import Status, When

BACKGROUND = timedelta(days=30)  # what lies further before publication is history
ORDER: tuple[Status, ...] = ("historical", "future", "hypothetical", "negation")
_NOT = frozenset({"not", "n't", "never", "neither", "nor"})
_IF = frozenset({"if", "unless", "whether", "lest", "in case", "provided", "should"})
_WILL = frozenset({"will", "shall", "'ll", "wo", "’ll"})
_MAY = frozenset({"can", "could", "may", "might", "must", "should", "ought", "need", "ca"})
_CERTAIN = frozenset(
    [
        "begin",
        "start",
        "continue",
        "keep",
        "resume",
        "proceed",
        "manage",
        "help",
        "force",
        "compel",
        "lead",
        "cause",
        "make",
        "seem",
        "appear",
        "use",
        "get",
        "cease",
        "dare",
        "happen",
        "come",
        "go",
        "on",
        "turn",
        "out",
        "see",
        "watch",
        "hear",
        "find",
        "leave",
        "bother",
        "rush",
        "hasten",
        "move",
        "act",
        "cooperate",
        "work",
        "oblige",
        "bring",
        "drive",
        "allege",
        "say",
        "report",
        "know",
        "believe",
        "reveal",
        "confirm",
    ]
)
_SAID = frozenset(
    [
        "say",
        "tell",
        "add",
        "report",
        "state",
        "announce",
        "reveal",
        "confirm",
        "claim",
        "note",
        "explain",
        "write",
        "warn",
        "stress",
        "insist",
        "believe",
        "think",
        "know",
        "show",
        "indicate",
    ]
)
_WITHOUT = frozenset({"without", "instead of", "rather than", "short of"})
_AGAINST = frozenset({"against", "from", "in case of", "in the event of"})
_PROTECT = frozenset(
    [
        "protect",
        "protection",
        "defend",
        "defence",
        "defense",
        "guard",
        "secure",
        "security",
        "safeguard",
        "shield",
        "fight",
        "combat",
        "insure",
        "insurance",
        "war",
        "struggle",
        "campaign",
        "counter",
        "prepare",
        "precaution",
        "immune",
        "vulnerable",
    ]
)
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

    Raises:
        Refused: for words that tell of no happening: a purpose, a guard against it.
    """
    found: list[Mark] = []
    noun = frame.noun if frame.noun is not None else None
    if noun is not None:
        found.extend(_noun_marks(scene, noun, governed=frame.verb is None))
    verb = frame.verb if frame.verb is not None else frame.token
    if noun is None or frame.verb is not None:
        found.extend(_verb_marks(scene, verb))
    return tidy(found)


def tidy(found: list[Mark]) -> list[Mark]:
    """Keep the first mark of each status; the possible outweighs the future."""
    first: dict[Status, Mark] = {}
    for mark in found:
        first.setdefault(mark.status, mark)
    if "hypothetical" in first and "future" in first:
        del first["future"]
    return [first[status] for status in ORDER if status in first]


def dated(when: When | None, published: date | None) -> Status | None:
    """Return what the date alone says: historical, future, or None."""
    if when is None or published is None:
        return None
    if when.until is not None and date.fromisoformat(when.until) < published - BACKGROUND:
        return "historical"
    if when.from_ is not None and date.fromisoformat(when.from_) > published:
        return "future"
    return None


def _verb_marks(scene: Scene, verb: int, depth: int = 0) -> Iterator[Mark]:
    yield from _own_marks(scene, verb)
    if depth < _DEPTH:
        yield from _governor_marks(scene, verb, depth)


def _own_marks(scene: Scene, verb: int) -> Iterator[Mark]:
    t = scene.tokens
    negated = False
    modal: int | None = None
    for child in t.children[verb]:
        lemma, dep = t.lemma[child].lower(), t.dep[child]
        if dep in {"advmod", "det", "cc", "aux"} and (lemma in _NOT or t.word[child].lower() in _NOT) and not _only(scene, child):
            negated = True
            yield Mark("negation", child, "negation-word")
        elif dep in {"obj", "nsubj", "nsubj:pass"} and not t.lemma[child][:1].isupper():
            no = [each for each in scene.clauses.children(child, "det") if t.lemma[each].lower() == "no"]
            if no or lemma in {"nobody", "nothing", "none"}:
                negated = True
                yield Mark("negation", no[0] if no else child, "negation-word")
        elif dep == "aux" and t.tag[child] == "MD":
            modal = child
        elif dep == "mark" and lemma in _IF:
            yield Mark("hypothetical", child, "if-clause")
        elif dep == "advmod" and lemma in {"possibly", "perhaps", "potentially", "maybe"}:
            yield Mark("hypothetical", child, "adverb")
    if modal is not None:
        yield from _modal_marks(scene, verb, modal, negated=negated)
    last = t.sentences[t.sentence[verb]][1] - 1
    if t.word[last] == "?" or (t.word[last - 1 : last] == ("?",) and last > 0):
        yield Mark("hypothetical", last, "question")


def _only(scene: Scene, token: int) -> bool:
    return token + 1 < len(scene.tokens) and scene.tokens.lemma[token + 1].lower() in {"only", "just", "least"}


def _modal_marks(scene: Scene, verb: int, modal: int, *, negated: bool) -> Iterator[Mark]:
    t = scene.tokens
    lemma = t.lemma[modal].lower()
    if lemma in _WILL:
        yield Mark("future", modal, "modal-will")
    elif lemma == "would" or t.word[modal].lower() in {"would", "'d"}:
        head = t.head[verb]
        reported = (head >= 0 and t.dep[verb] in {"ccomp", "conj", "acl:relcl", "acl"}) or any(
            t.tag[each] == "VBD" for each in _above(scene, verb)
        )
        conditional = any(_has_if(scene, each) for each in scene.clauses.children(verb, "advcl"))
        yield Mark("future" if reported and not conditional else "hypothetical", modal, "modal-would")
    elif lemma in _MAY and not (negated and lemma in {"can", "could", "ca"}):
        yield Mark("hypothetical", modal, "modal")


def _above(scene: Scene, token: int) -> Iterator[int]:
    t = scene.tokens
    head = t.head[token]
    while head >= 0:
        yield head
        head = t.head[head]


def _has_if(scene: Scene, verb: int) -> bool:
    return any(scene.tokens.lemma[each].lower() in _IF for each in scene.clauses.children(verb, "mark"))


def _has_to(scene: Scene, verb: int) -> int | None:
    for each in scene.tokens.children[verb]:
        if scene.tokens.tag[each] == "TO" and scene.tokens.dep[each] in {"mark", "aux"}:
            return each
    return None


def _governor_marks(scene: Scene, verb: int, depth: int) -> Iterator[Mark]:
    t = scene.tokens
    head, dep, to = t.head[verb], t.dep[verb], _has_to(scene, verb)
    if head < 0 or dep in {"root", "parataxis", "acl:relcl"}:
        if to is not None and dep != "acl:relcl":
            yield Mark("future", to, "infinitive-headline")
        return
    if dep == "conj":
        if scene.clauses.is_verb(head):
            yield from _shared_marks(scene, verb, head, depth)
    elif to is not None and dep in {"xcomp", "ccomp", "csubj", "acl", "advcl"}:
        yield from _infinitive_marks(scene, verb, (head, to), depth)
    elif dep in {"xcomp", "ccomp"}:
        yield from _complement_marks(scene, verb, head, depth)
    elif dep in {"advcl", "acl"} and (preposition := scene.clauses.preposition(verb)) in _WITHOUT:
        yield Mark("negation", verb, f"preposition-{str(preposition).split()[0]}")
    elif dep == "advcl" and t.tag[verb] in {"VBZ", "VBP"} and scene.clauses.preposition(verb) in {"until", "once", "before"}:
        yield Mark("hypothetical", verb, "clause-of-time")


def _shared_marks(scene: Scene, verb: int, head: int, depth: int) -> Iterator[Mark]:
    """Pass on what coordinated verbs share: all of it for bare forms, the clause's place for finite ones."""
    t = scene.tokens
    if t.tag[verb] == "VB" and t.child(verb, "nsubj", "aux") is None:
        for mark in _own_marks(scene, head):
            if mark.status != "negation" or any(t.lemma[each].lower() in {"or", "nor"} for each in scene.clauses.children(verb, "cc")):
                yield mark
    if depth < _DEPTH:
        yield from _governor_marks(scene, head, depth + 1)


def _infinitive_marks(scene: Scene, verb: int, governor: tuple[int, int], depth: int) -> Iterator[Mark]:
    head, to = governor
    t, support = scene.tokens, scene.support
    lemma, dep = scene.lemma(head), t.dep[verb]
    if dep == "advcl" and lemma not in support["ahead"] | support["unreal"] | support["failed"]:
        raise Refused("told as a purpose")
    if lemma in support["failed"] or (dep == "acl" and lemma in {"failure", "refusal", "inability"}):
        yield Mark("negation", head, "governor-failed")
    elif lemma in support["ahead"] or (dep == "acl" and lemma in {"decision", "promise", "pledge", "vow", "agreement", "commitment"}):
        yield Mark("future", head, "governor-ahead")
    elif lemma in _CERTAIN or lemma in support["support"]:
        yield from _verb_marks(scene, head, depth + 1)
    else:
        yield Mark("hypothetical", head if lemma in support["unreal"] else to, "governor-unreal")


def _complement_marks(scene: Scene, verb: int, head: int, depth: int) -> Iterator[Mark]:
    t, support = scene.tokens, scene.support
    lemma = scene.lemma(head)
    finite = t.tag[verb] in {"VBD", "VBZ", "VBP"} or t.child(verb, "nsubj", "nsubj:pass") is not None
    if lemma in {"prevent", "avoid", "stop", "avert", "bar", "ban", "keep"} and not finite and lemma != "keep":
        yield Mark("negation", head, "governor-undone")
    elif not finite and lemma in support["failed"]:
        yield Mark("negation", head, "governor-failed")
    elif lemma in support["unreal"] and lemma not in _SAID:
        yield Mark("hypothetical", head, "governor-unreal")
    elif lemma in support["ahead"] and not finite:
        yield Mark("future", head, "governor-ahead")
    elif finite and any(mark.status == "negation" for mark in _own_marks(scene, head)):
        yield Mark("hypothetical", head, "governor-negated")
    elif not finite and lemma in _CERTAIN and lemma not in _SAID:
        yield from _verb_marks(scene, head, depth + 1)


def _noun_marks(scene: Scene, noun: int, *, governed: bool) -> Iterator[Mark]:
    t, support = scene.tokens, scene.support
    for child in t.children[noun]:
        lemma, dep = t.lemma[child].lower(), t.dep[child]
        if dep == "amod" and lemma in support["coming"]:
            yield Mark("future", child, "adjective-coming")
        elif dep == "amod" and lemma in support["maybe"]:
            yield Mark("hypothetical", child, "adjective-maybe")
        elif dep == "amod" and lemma in support["past"]:
            yield Mark("historical", child, "adjective-past")
        elif dep == "det" and lemma == "no":
            yield Mark("negation", child, "negation-word")
        elif dep == "det" and lemma == "any":
            yield Mark("hypothetical", child, "determiner-any")
    preposition = scene.clauses.preposition(noun)
    if preposition == "without":
        yield Mark("negation", noun, "preposition-without")
    if governed:
        yield from _noun_governor_marks(scene, noun, preposition)


def _noun_governor_marks(scene: Scene, noun: int, preposition: str | None) -> Iterator[Mark]:
    t, support = scene.tokens, scene.support
    head, dep = t.head[noun], t.dep[noun]
    while dep == "conj" and head >= 0 and not scene.clauses.is_verb(head):
        preposition = preposition or scene.clauses.preposition(head)
        dep, head = t.dep[head], t.head[head]
    if head < 0:
        return
    lemma = scene.lemma(head)
    governed = dep in {"obj", "nsubj:pass", "nmod", "obl", "xcomp"}
    if preposition in _AGAINST and lemma in _PROTECT:
        raise Refused("told as something to guard against")
    if dep in {"obj", "nsubj:pass"} and lemma in support["undone"]:
        yield Mark("negation", head, "governor-undone")
        yield from (mark for mark in _verb_marks(scene, head) if mark.status == "hypothetical")
    elif (governed and dep != "obl" and lemma in support["unreal"]) or (
        dep == "obl" and preposition == "for" and lemma in {"call", "press", "push", "ask", "prepare", "wait", "hope", "appeal"}
    ):
        yield Mark("hypothetical", head, "governor-unreal")
    elif governed and dep != "obl" and lemma in support["ahead"] and lemma not in {"agree", "decide", "undertake"}:
        yield Mark("future", head, "governor-ahead")
