"""Mentions of one happening within a report, joined into one claim."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dragoman.stages.claim.arguments import Frame
from dragoman.types import Actor, Evidence, Number, Span, Status, Voice, When, Where

ANY = ""  # the type of a noun that matches no entry and only refers back ("during the visit")
_LOOK_BACK = 300  # how many claims back a mention can refer
_CLOSE = 400  # code points between two tellings of one happening in other words
_RETOLD = frozenset({"ASSAULT", "PROTEST", "CONSULT", "MOBILIZE"})
_VERBAL = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it has its id: what one trigger tells, and what joining needs to know of it."""

    frame: Frame
    trigger: Span
    entry: str
    lemma: str
    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    status: tuple[Status, ...] = ()
    held_by: tuple[Voice, ...] = ()
    when: When | None = None
    where: Where | None = None
    numbers: tuple[Number, ...] = ()
    score: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    also: tuple[Span, ...] = ()
    ordinal: int = 0
    general: bool = False  # a noun that can stand for any such happening ("the attack", "the incident")
    weak: bool = False  # tells nothing of its own: it can only be joined to another
    nominal: bool = False
    definite: bool = False
    counted: bool = False  # "two strikes", "another attack": no mention of what was told before
    causes: frozenset[int] = field(default_factory=frozenset)  # event words that fill its slots
    shares: int | None = None  # the word of the verb that it shares its subject with
    inside: int | None = None  # the word that the clause with the trigger hangs on ("where he met ...")
    contents: frozenset[int] = field(default_factory=frozenset)  # the triggers that are content of this one
    content: str | None = None  # lemma of what is said, asked, refused
    words: frozenset[int] = field(default_factory=frozenset)  # the main words of all mentions
    rolesets: frozenset[str] = field(default_factory=frozenset)


def join(drafts: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Join drafts of one happening into the first of them; return the claims, and the weak ones left over.

    Each draft is compared with the claims before it, and taken by those told with the same word first, then by those whose actors are told, then by the nearest.
    """
    kept: list[Draft] = []
    left: list[Draft] = []
    for draft in drafts:
        fitting = [place for place in range(max(0, len(kept) - _LOOK_BACK), len(kept)) if same(kept[place], draft)]
        if fitting:
            place = max(fitting, key=lambda each: (_kin(kept[each], draft), len(kept[each].actors) > 0, each))
            kept[place] = merged(kept[place], draft)
        elif draft.type == ANY:
            continue
        elif draft.weak:
            left.append(draft)
        else:
            kept.append(draft)
    kept, left = _late(kept, left)
    return _blamed(_understood(kept)), left


def _blamed(claims: list[Draft]) -> list[Draft]:
    """Take whom a condemnation is about from the claim that it condemns: those who did it."""
    told = {word: claim for claim in claims for word in claim.words}
    found = []
    for draft in claims:
        claim = next((told[word] for word in sorted(draft.contents) if word in told), None)
        if draft.type in {"ACCUSE", "SUPPORT"} and not draft.recipients and claim is not None and claim is not draft:
            others = tuple(each for each in claim.actors if not any(equal(each, one) for one in draft.actors))
            words = tuple(replace(each, role="recipient") for each in claim.evidence if each.role == "actor")
            draft = replace(draft, recipients=others, evidence=(*draft.evidence, *(words if others else ())))
        found.append(draft)
    return found


def _understood(claims: list[Draft]) -> list[Draft]:
    """Take what a noun leaves untold from the last claim told with the same noun by the same ones ("Near Ramadi, two strikes ...")."""
    last: dict[str, Draft] = {}
    found = []
    for draft in sorted(claims, key=lambda each: (each.trigger, each.ordinal)):
        before = last.get(draft.lemma)
        if draft.nominal and before is not None and before.type == draft.type and draft.type in _RETOLD:
            if not draft.actors:
                things = bool(before.recipients) and all(_unknown(each) for each in draft.recipients)
                if things:
                    draft = replace(draft, recipients=(), evidence=tuple(each for each in draft.evidence if each.role != "recipient"))
                draft = _taken(draft, before, ["actor", "recipient", "when"])
            elif _meet(draft.actors, before.actors) and draft.status == before.status:
                draft = _taken(draft, before, ["recipient", "when"])
        if draft.nominal and draft.actors:
            last[draft.lemma] = draft
        found.append(draft)
    return found


def _taken(draft: Draft, before: Draft, roles: list[str]) -> Draft:
    """Return a draft with what it lacks of ``roles`` taken from another, and the words that say so."""
    values = {
        "actor": {"actors": before.actors},
        "recipient": {"recipients": before.recipients},
        "when": {"when": before.when},
    }
    told = {"actor": bool(draft.actors), "recipient": bool(draft.recipients), "when": draft.when is not None}
    for role in roles:
        if not told[role]:
            words = tuple(each for each in before.evidence if each.role == role)
            draft = replace(draft, evidence=(*draft.evidence, *words), **values[role])  # type: ignore[arg-type]
    return draft


def _late(kept: list[Draft], left: list[Draft]) -> tuple[list[Draft], list[Draft]]:
    """Join a weak mention to a claim after it that names it as its subject ("The attack killed 12")."""
    causes = {word: place for place in range(len(kept) - 1, -1, -1) for word in kept[place].causes}
    rest = []
    for draft in left:
        place = causes.get(draft.frame.token)
        if place is not None and kept[place].type == draft.type:
            kept[place] = merged(kept[place], draft)
        else:
            rest.append(draft)
    return kept, rest


def same(a: Draft, b: Draft) -> bool:
    """Tell whether two drafts, in the order of the text, are mentions of one happening."""
    if b.type == ANY:
        return _kin(a, b) and a.trigger.start < b.trigger.start
    if a.type != b.type or a.trigger == b.trigger:
        return False
    linked = _linked(a, b)
    if a.status != b.status and not (b.weak or linked):
        return False
    if not (_agree(a.actors, b.actors) or (linked and a.modes == ("visit",))) or not _times(a.when, b.when):
        return False
    if (not linked and not (_agree(a.recipients, b.recipients) and _places(a.where, b.where))) or not _counts(a.numbers, b.numbers):
        return False
    if linked:
        return a.type not in _VERBAL
    if b.counted:
        return False
    kin = _kin(a, b)
    if b.nominal and b.definite:
        return kin or (b.weak and b.general and a.type in _RETOLD)
    if not kin:
        return _elaborates(a, b)
    if b.weak and not b.nominal:
        return False
    if a.type in _VERBAL:
        return a.content == b.content and bool(b.actors) and _meet(a.actors, b.actors)
    return bool(_meet(a.actors, b.actors) and (_meet(a.recipients, b.recipients) or not (a.recipients and b.recipients)))


def _linked(a: Draft, b: Draft) -> bool:
    """Tell whether grammar ties the two: one fills a slot of the other, they share a subject, or one is told inside the other."""
    if a.words & b.causes or b.words & a.causes or (b.shares is not None and b.shares in a.words):
        return True
    return a.type == "CONSULT" and b.inside is not None and b.inside in a.words


def _elaborates(a: Draft, b: Draft) -> bool:
    """Tell whether ``b`` goes on about ``a`` in other words: the same ones act, close by, and nothing speaks against it."""
    if a.type not in _RETOLD or not a.actors or not b.actors or b.when is not None or b.trigger.start - a.trigger.end > _CLOSE:
        return False
    if a.recipients and b.recipients and not _meet(a.recipients, b.recipients):
        return False
    return all(any(equal(one, other) for other in a.actors) for one in b.actors) and (
        not a.modes or not b.modes or bool(set(a.modes) & set(b.modes))
    )


def _kin(a: Draft, b: Draft) -> bool:
    """Tell whether two drafts are told with the same word, sense or entry."""
    return a.lemma == b.lemma or bool(a.rolesets & b.rolesets) or a.entry == b.entry


def merged(a: Draft, b: Draft) -> Draft:
    """Return ``a`` with ``b`` as another mention; what ``a`` does not tell is taken from ``b``."""
    taken = {"type", "trigger", "held_by", "status"}
    taken |= {role for role, full in (("actor", a.actors), ("when", a.when), ("where", a.where)) if full}
    recipients = _recipients(a, b)
    if recipients == a.recipients:
        taken.add("recipient")
    numbers = {each.what: each for each in (*b.numbers, *a.numbers)}
    added = tuple(
        each
        for each in b.evidence
        if each.role not in taken and not (each.role == "number" and any(each.span == old.span for old in a.numbers))
    )
    return replace(
        a,
        modes=a.modes or b.modes,
        contexts=tuple(dict.fromkeys((*a.contexts, *b.contexts)))[:4],
        actors=a.actors or b.actors,
        recipients=recipients,
        when=a.when or b.when,
        where=a.where or b.where,
        numbers=tuple(sorted(numbers.values(), key=lambda each: each.span)),
        also=tuple(sorted({*a.also, b.trigger, *b.also} - {a.trigger})),
        score=max(a.score, b.score),
        weak=a.weak and b.weak,
        causes=a.causes | b.causes,
        words=a.words | b.words,
        evidence=(*a.evidence, *(each for each in added if each.role != "mode" or not a.modes), Evidence("trigger", b.trigger, b.entry)),
    )


def _recipients(a: Draft, b: Draft) -> tuple[Actor, ...]:
    """Return the recipients of two mentions: whom a visitor meets is the host, victims and targets are both hit."""
    others = b.recipients
    if "visit" in a.modes and "visit" not in b.modes:
        others = tuple(each for each in (*b.actors, *b.recipients) if not any(equal(each, one) for one in a.actors))
    if not _linked(a, b):
        return a.recipients or others
    others = tuple(each for each in others if each.sectors or each.id or not a.recipients)
    kept = [each for each in a.recipients if not (each.sectors == () and any(each.country == one.country for one in others))]
    return (*kept, *(each for each in others if not any(each == one for one in kept)))


def equal(a: Actor, b: Actor) -> bool:
    """Tell whether two actors can be one: the same id or words, or the same country with sectors that agree."""
    if a.span is not None and a.span == b.span:
        return True
    if a.id is not None and b.id is not None:
        return a.id == b.id
    if a.country != b.country:
        return False
    if a.country is None:
        return a.name.lower() == b.name.lower() or bool(a.sectors and a.sectors == b.sectors)
    return not (a.sectors and b.sectors) or bool(set(a.sectors) & set(b.sectors))


def _meet(a: tuple[Actor, ...], b: tuple[Actor, ...]) -> bool:
    return any(equal(one, other) or _unknown(one) or _unknown(other) for one in a for other in b)


def _unknown(actor: Actor) -> bool:
    """Tell whether an actor is known by words alone, and so may be anybody ("the two ministers")."""
    return actor.id is None and actor.country is None and not actor.sectors


def _agree(a: tuple[Actor, ...], b: tuple[Actor, ...]) -> bool:
    return not a or not b or _meet(a, b)


def _times(a: When | None, b: When | None) -> bool:
    if a is None or b is None:
        return True
    return (a.from_ or "") <= (b.until or "9999") and (b.from_ or "") <= (a.until or "9999")


def _places(a: Where | None, b: Where | None) -> bool:
    if a is None or b is None or a.name == b.name:
        return True
    if a.country is not None and b.country is not None and a.country != b.country:
        return False
    return a.precision != b.precision


def _counts(a: tuple[Number, ...], b: tuple[Number, ...]) -> bool:
    for one in a:
        for other in b:
            if one.what == other.what and one.what != "dead":
                top_a, top_b = one.high or 10**12, other.high or 10**12
                if not ((one.low or 0) <= top_b and (other.low or 0) <= top_a):
                    return False
    return True
