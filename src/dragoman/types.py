"""All domain values: frozen, slotted, and free of behaviour beyond views of themselves.

The shape of what leaves the program is ``data/schemas/reading.schema.json``; the values here carry
the same fields, plus what the stages hand each other (tokens, predicates, mentions). Positions of
characters are half-open Unicode code points into ``Report.text``; positions of tokens are half-open
ranges over ``Tokens``. Unknown is ``None``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Literal

Kind = Literal["direct", "indirect", "mixed"]
Act = Literal["speech", "writing", "document", "thought", "intention"]
Stance = Literal["asserts", "denies", "doubts", "intends", "asks"]
Status = Literal["historical", "future", "hypothetical", "negation"]
TimePrecision = Literal["minute", "day", "week", "month", "season", "quarter", "year", "decade", "century", "span"]
PlacePrecision = Literal["place", "admin1", "region", "country"]
NumberOf = Literal["dead", "injured", "arrested", "displaced", "abducted", "crowd"]
Polarity = Literal["positive", "negative", "neutral"]
MentionKind = Literal["name", "nominal", "pronoun"]


def digest(*parts: str) -> str:
    """Hash strings to 16 hexadecimal digits (BLAKE2b, 64 bits), each part kept apart from the next."""
    state = blake2b(digest_size=8)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        state.update(len(raw).to_bytes(8, "little"))
        state.update(raw)
    return state.hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in ``Report.text``; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the words at this span."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether ``other`` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Report:
    """A report as received; the text is never altered."""

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    lang: str = "en"
    url: str | None = None
    provider_id: str | None = None

    @property
    def id(self) -> str:
        """Hash of text, publisher and date of publication; never of a path."""
        published = self.published.isoformat() if self.published else ""
        return digest(self.text, self.publisher or "", published)


@dataclass(frozen=True, slots=True)
class Split:
    """Tokens as offsets, sentences as ranges over them, and the parts that are no running text.

    ``dateline`` and ``signoff`` lie outside every sentence. ``paragraphs`` numbers the paragraph of
    each sentence.
    """

    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    paragraphs: tuple[int, ...] = ()
    dateline: Span | None = None
    signoff: Span | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens that the encoder reads as a name; ``label`` is PER, ORG, LOC or MISC."""

    first: int
    last: int  # half-open
    label: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """The grammar of a report, one column a field; a token is an index.

    ``head`` is the index of the governing token, -1 for the root of a sentence; ``dep`` the UD
    relation with subtype; ``upos`` universal, ``tag`` Penn part of speech; ``sentence`` the number
    of each token's sentence; ``children`` the dependents in order.
    """

    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()
    word: tuple[str, ...] = ()
    lemma: tuple[str, ...] = ()
    upos: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    head: tuple[int, ...] = ()
    dep: tuple[str, ...] = ()
    sentence: tuple[int, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    names: tuple[Name, ...] = ()
    children: tuple[tuple[int, ...], ...] = ()

    def __len__(self) -> int:
        return len(self.start)

    def span(self, first: int, last: int) -> Span:
        """Return the code points that tokens ``first`` to ``last`` (half-open) cover."""
        return Span(self.start[first], self.end[last - 1])

    def subtree(self, index: int) -> list[int]:
        """Return ``index`` and all that depends on it, in order."""
        found, open_ = [], [index]
        while open_:
            token = open_.pop()
            found.append(token)
            open_.extend(self.children[token])
        return sorted(found)

    def phrase(self, index: int) -> tuple[int, int]:
        """Return the half-open token range from the first to the last token of the subtree."""
        tree = self.subtree(index)
        return tree[0], tree[-1] + 1

    def run(self, index: int, inside: set[int]) -> tuple[int, int]:
        """Return the half-open, unbroken range of tokens of ``inside`` around ``index``."""
        first = last = index
        while first - 1 in inside:
            first -= 1
        while last + 1 in inside:
            last += 1
        return first, last + 1

    def child(self, index: int, *deps: str) -> int | None:
        """Return the first dependent of ``index`` whose relation is one of ``deps``."""
        for token in self.children[index]:
            if self.dep[token] in deps:
                return token
        return None

    def within(self, span: Span) -> tuple[int, int] | None:
        """Return the half-open range of the tokens that touch ``span``, or None."""
        from bisect import bisect_left, bisect_right

        first = bisect_right(self.end, span.start)
        last = bisect_left(self.start, span.end)
        return (first, last) if first < last else None


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a predicate: PropBank role, head word, and the token range of its phrase."""

    role: str
    head: int
    first: int
    last: int  # half-open
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that tells of a happening or state, its rolesets best first, and its arguments."""

    token: int
    rolesets: tuple[tuple[str, float], ...]
    arguments: tuple[Argument, ...] = ()
    score: float = 1.0

    def argument(self, *roles: str) -> Argument | None:
        """Return the first argument with one of ``roles``, in the order of ``roles``."""
        for role in roles:
            for argument in self.arguments:
                if argument.role == role:
                    return argument
        return None


@dataclass(frozen=True, slots=True)
class Grammar:
    """What the encoder says of a report: tokens with their tree, predicates with arguments."""

    tokens: Tokens = field(default_factory=Tokens)
    predicates: tuple[Predicate, ...] = ()
    model: str | None = None

    def predicate_at(self, token: int) -> Predicate | None:
        """Return the predicate whose word is ``token``."""
        for predicate in self.predicates:
            if predicate.token == token:
                return predicate
        return None


@dataclass(frozen=True, slots=True)
class Ranked:
    """How likely a word tells of a happening of each type, 0..1; types that are all but impossible are left out."""

    token: int
    types: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may name someone: token range, head word, kind, and the encoder's name label."""

    first: int
    last: int  # half-open
    head: int
    kind: MentionKind
    span: Span
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who a mention is: the knowledge base's id, a name, a country or international code, sectors."""

    id: str | None
    name: str
    country: str | None
    sectors: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who the mention of the same index is, by which rule, and the words that say so.

    ``antecedent`` is the index of the earlier mention that it stands for; ``candidates`` are kept
    where the answer is open, and ``actor`` is then the likeliest of them or None. ``reason`` says
    why nothing was found.
    """

    actor: Actor | None
    rule: str
    antecedent: int | None = None
    candidates: tuple[Actor, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that support one field, and the lexicon entry, rule or head that read them."""

    role: str
    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class When:
    """A dated expression; ``from_`` and ``until`` are ISO dates (both included), None where open."""

    from_: str | None
    until: str | None
    precision: TimePrecision
    span: Span
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """A place expression with what the gazetteer knows of it; degrees WGS 84."""

    name: str
    country: str | None
    precision: PlacePrecision
    span: Span
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    gazetteer_id: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A count of people told with a claim; ``low`` and ``high`` are equal where it is exact."""

    what: NumberOf
    low: int | None
    high: int | None
    span: Span


@dataclass(frozen=True, slots=True)
class Via:
    """The outlet or person through whom the report has a statement."""

    span: Span
    actor: Actor | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says, writes, thinks or intends what; ``inside`` is the id of the enclosing attribution."""

    id: str
    source: Span | None
    speaker: Actor | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    act: Act
    stance: Stance
    candidates: tuple[Actor, ...] = ()
    via: Via | None = None
    inside: str | None = None
    score: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """One who holds a claim: an attribution and the stance it takes."""

    attribution: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Claim:
    """One report's claim that something happened."""

    id: str
    type: str
    trigger: Span
    quad: int
    intensity: float
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    also: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    incomplete: bool = False
    status: tuple[Status, ...] = ()
    held_by: tuple[Voice, ...] = ()
    when: When | None = None
    where: Where | None = None
    numbers: tuple[Number, ...] = ()
    score: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """Who calls whom what; ``by`` is an attribution's id, None for the reporter."""

    id: str
    about: Actor | None
    about_span: Span
    label: Span
    by: str | None
    contested: bool
    score: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A state between two actors."""

    id: str
    a: Actor
    b: Actor
    words: Span
    polarity: Polarity
    change: Literal["improving", "worsening"] | None = None
    since: str | None = None
    until: str | None = None
    held_by: tuple[Voice, ...] = ()
    score: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Consequence:
    """One claim, or the words of a happening, told as bringing about another."""

    id: str
    cause: str | Span
    effect: str | Span
    cue: Span
    held_by: tuple[Voice, ...] = ()
    score: float = 1.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Words that were seen and set aside, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one report: the report, and one field a stage.

    ``relate`` fills three fields (labels, relations, consequences); every stage may add to
    ``rejected``.
    """

    report: Report
    split: Split = field(default_factory=Split)
    grammar: Grammar = field(default_factory=Grammar)
    ranked: tuple[Ranked, ...] = ()
    ranker: str = ""
    mentions: tuple[Mention, ...] = ()
    actors: tuple[Resolution, ...] = ()
    times: tuple[When, ...] = ()
    places: tuple[Where, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    labels: tuple[Label, ...] = ()
    relations: tuple[Relation, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    coder: str = ""
