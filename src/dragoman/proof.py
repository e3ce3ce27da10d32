"""What was read, by id: short ids, the sentence around some words, and the words and rule behind each field."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.errors import UnknownName
from dragoman.types import Actor, Attribution, Claim, Consequence, Evidence, Label, Reading, Relation, Span, Voice

Item = Attribution | Claim | Label | Relation | Consequence

SHORTEST = 4  # characters of an id that are shown at least

# Fields, and the roles of evidence that support them where these are called otherwise.
_ROLES = {
    "actors": ("actor",),
    "recipients": ("recipient",),
    "source": ("speaker",),
    "speaker": ("source",),
    "type": ("trigger",),
    "modes": ("mode",),
    "contexts": ("context",),
    "numbers": ("number", "dead", "injured", "arrested", "displaced", "abducted", "crowd"),
    "held_by": ("attribution", "voice"),
    "words": ("relation", "polarity", "change"),
    "about_span": ("about",),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an item: its name, its value in words, the spans it quotes and the evidence for it."""

    name: str
    value: str
    evidence: tuple[Evidence, ...] = ()


def items(reading: Reading) -> Iterator[Item]:
    """Yield all that has an id, in the order of the record."""
    yield from reading.attributions
    yield from reading.claims
    yield from reading.labels
    yield from reading.relations
    yield from reading.consequences


def shorts(reading: Reading) -> dict[str, str]:
    """Return the shortest beginning of each id that no other id of the reading has, four characters at least."""
    ids = sorted({item.id for item in items(reading)})
    found = {}
    for before, here, after in zip(["", *ids], ids, [*ids[1:], ""], strict=False):
        size = 1 + max(_shared(before, here), _shared(here, after))
        found[here] = here[: max(size, SHORTEST)]
    return found


def find(reading: Reading, prefix: str) -> Item:
    """Return the item whose id begins with ``prefix``.

    Raises:
        UnknownName: where no id does, or several do.
    """
    known = shorts(reading)
    found = [item for item in items(reading) if prefix and item.id.startswith(prefix)]
    exact = [item for item in found if item.id == prefix]
    if len(found) == 1 or exact:
        return (exact or found)[0]
    raise UnknownName("id", prefix, [known[item.id] for item in (found or items(reading))])


def sentence(reading: Reading, span: Span) -> Span:
    """Return the sentence or sentences that a span touches, the span itself where it touches none."""
    split = reading.split
    first = bisect_right(split.start, span.start) - 1
    last = bisect_right(split.start, span.end - 1) - 1
    starts = [begin for begin, _ in split.sentences]
    opens, closes = bisect_right(starts, first) - 1, bisect_right(starts, last) - 1
    if opens < 0 or closes < 0:
        return span
    whole = Span(split.start[split.sentences[opens][0]], split.end[split.sentences[closes][1] - 1])
    return whole if whole.holds(span) else span


def kind(item: Item) -> str:
    """Return what an item is, in one lower-case word."""
    return type(item).__name__.lower()


def codes(actor: Actor) -> str:
    """Return country and sectors of an actor, as ``MLI GOV``; empty where neither is known."""
    return " ".join(filter(None, [actor.country, *actor.sectors]))


def named(actor: Actor) -> str:
    """Return name and codes of an actor, as ``Mali's government (MLI GOV)``."""
    return f"{actor.name} ({codes(actor)})" if codes(actor) else actor.name


def fields(item: Item, reading: Reading) -> list[Field]:
    """Return every field of an item that is told, each with its evidence; what supports no field comes last."""
    told = [(name, value) for name, value in _values(item, reading) if value]
    names = {name for name, _ in told}
    rest = list(item.evidence)
    found = []
    for name, value in told:
        roles = {name, *(role for role in _ROLES.get(name, ()) if role not in names)}
        found.append(Field(name, value, tuple(each for each in rest if _field(each) in roles)))
        rest = [each for each in rest if _field(each) not in roles]
    return found + [Field(each.role, each.span.of(reading.report.text), (each,)) for each in rest]


def _field(evidence: Evidence) -> str:
    """Return the field that a role belongs to: ``actor`` for ``actor.country``."""
    return evidence.role.partition(".")[0]


def _values(item: Item, reading: Reading) -> list[tuple[str, str]]:
    """Return names and values of an item's fields, empty values included."""
    text = reading.report.text
    if isinstance(item, Attribution):
        values = _attribution(item, text)
    elif isinstance(item, Claim):
        values = _claim(item, text)
    elif isinstance(item, Label):
        values = [
            ("about", named(item.about) if item.about else item.about_span.of(text)),
            ("label", item.label.of(text)),
            ("by", item.by or "the reporter"),
            ("contested", "yes" if item.contested else ""),
        ]
    elif isinstance(item, Relation):
        values = [("a", named(item.a)), ("b", named(item.b)), ("words", item.words.of(text)), ("polarity", item.polarity)]
        values += [
            ("change", item.change or ""),
            ("since", item.since or ""),
            ("until", item.until or ""),
            ("held_by", _voices(item.held_by)),
        ]
    else:
        sides = [each if isinstance(each, str) else each.of(text) for each in (item.cause, item.effect)]
        values = [("cause", sides[0]), ("effect", sides[1]), ("cue", item.cue.of(text)), ("held_by", _voices(item.held_by))]
    return [*values, ("score", f"{item.score:.2f}")]


def _attribution(item: Attribution, text: str) -> list[tuple[str, str]]:
    return [
        ("source", item.source.of(text) if item.source else ""),
        ("speaker", named(item.speaker) if item.speaker else ""),
        ("candidates", "; ".join(named(each) for each in item.candidates)),
        ("cue", _quotes(item.cue, text)),
        ("content", _quotes(item.content, text)),
        ("kind", item.kind),
        ("act", item.act),
        ("stance", item.stance),
        ("via", (named(item.via.actor) if item.via.actor else item.via.span.of(text)) if item.via else ""),
        ("inside", item.inside or ""),
    ]


def _claim(item: Claim, text: str) -> list[tuple[str, str]]:
    when, where = item.when, item.where
    counts = [f"{each.what} {'-'.join(str(n) for n in dict.fromkeys((each.low, each.high)) if n is not None)}" for each in item.numbers]
    return [
        ("type", item.type),
        ("modes", ", ".join(item.modes)),
        ("contexts", ", ".join(item.contexts)),
        ("also", _quotes(item.also, text)),
        ("actors", "; ".join(map(named, item.actors))),
        ("recipients", "; ".join(map(named, item.recipients))),
        ("incomplete", "yes: the type requires a recipient and none is told" if item.incomplete else ""),
        ("status", ", ".join(item.status)),
        ("held_by", _voices(item.held_by) or "the reporter"),
        ("when", f"{when.from_ or '?'} to {when.until or '?'} ({when.precision})" if when else ""),
        ("where", ", ".join(filter(None, [where.name, where.admin1, where.country])) if where else ""),
        ("numbers", "; ".join(counts)),
    ]


def _voices(voices: Sequence[Voice]) -> str:
    return "; ".join(f"{each.attribution} ({each.stance})" for each in voices)


def _quotes(spans: Sequence[Span], text: str) -> str:
    return " … ".join(each.of(text) for each in spans)


def _shared(one: str, other: str) -> int:
    """Count the leading characters that two strings share."""
    size = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        size += 1
    return size
