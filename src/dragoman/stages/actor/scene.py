"""The state of one report while its mentions are resolved: who has been named so far, and where."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from dragoman.stages.actor.knowledge import Entry, Knowledge
from dragoman.stages.actor.phrases import is_noun
from dragoman.stages.actor.quotes import Quotes
from dragoman.types import Actor, Evidence, Mention, Reading, Resolution, Span, Tokens

Kind = Literal["person", "people", "body", "state", "other"]
Standing = Literal["owner", "ground", "other"]


@dataclass(frozen=True, slots=True)
class Land:
    """A state or organisation that tells whose someone is, and the words that say so."""

    entry: Entry
    span: Span | None
    rule: str

    @property
    def code(self) -> str | None:
        """The country or international code."""
        return self.entry.code


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that tells of a country: what kind of name it is, and how it stands to the others in its sentence."""

    code: str
    head: int
    sentence: int
    what: str
    standing: Standing


@dataclass(slots=True)
class Entity:
    """Someone the report tells of; grows as mentions are joined to it."""

    kind: Kind
    actor: Actor
    rule: str
    names: set[tuple[str, ...]] = field(default_factory=set)
    offices: list[tuple[str, str | None]] = field(default_factory=list)
    lemma: str | None = None
    what: str = ""
    plural: bool = False
    gender: str | None = None
    mentions: list[int] = field(default_factory=list)
    speaker: int | None = None  # the last sentence in which it is the subject of a reporting verb
    evidence: tuple[Evidence, ...] = ()

    def holds(self, office: str) -> bool:
        """Tell whether the entity was introduced with this office."""
        return any(each == office for each, _ in self.offices)


@dataclass(slots=True)
class Scene:
    """Everything that the rules look at and write to while one report is resolved."""

    reading: Reading
    tokens: Tokens
    mentions: tuple[Mention, ...]
    know: Knowledge
    at: dict[int, int]
    cover: list[int]
    quotes: Quotes
    entries: list[tuple[Entry, ...]]
    grounds: list[str | None]  # the country of each place that no other list names
    published: str | None
    turns: list[int | None] = field(default_factory=list)  # who speaks each sentence of an interview
    entities: list[Entity] = field(default_factory=list)
    results: list[Resolution | None] = field(default_factory=list)
    entity_of: list[int | None] = field(default_factory=list)
    by_name: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    by_part: dict[str, list[int]] = field(default_factory=dict)
    by_office: dict[str, list[int]] = field(default_factory=dict)
    by_lemma: dict[str, list[int]] = field(default_factory=dict)
    full_names: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    signs: list[Sign] = field(default_factory=list)
    dateline: str | None = None
    publisher: Actor | None = None  # where it is a public body
    topic: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()  # countries that the report names anywhere
    resolver: Callable[[int], None] | None = None
    pending: set[int] = field(default_factory=set)
    union: bool = False
    coalition: bool = False  # the report is about a military coalition of states
    shares: dict[Span, Actor] = field(default_factory=dict)  # whom a state's name stands for in "Malian and Russian troops"
    spelled: dict[tuple[str, ...], str] = field(default_factory=dict)

    def sentence(self, mention: int) -> int:
        """Return the number of the sentence of a mention."""
        return self.tokens.sentence[self.mentions[mention].head]

    def words(self, mention: int) -> tuple[str, ...]:
        """Return the words of a mention."""
        each = self.mentions[mention]
        return self.tokens.word[each.first : each.last]

    def find(self, token: int | None) -> int | None:
        """Return the mention that a word belongs to: its own, the name around it, or the name that it is the title of."""
        if token is None:
            return None
        found = self.at.get(token, self.cover[token])
        if found < 0 and token + 1 < len(self.tokens) and is_noun(self.know, self.tokens, token):
            after = self.cover[token + 1]
            found = (
                after
                if after >= 0 and self.mentions[after].first == token + 1 and self.mentions[after].label not in ("LOC", "MISC")
                else -1
            )
        return found if found >= 0 else None

    def entity(self, mention: int) -> Entity | None:
        """Return the entity that a mention was found to be."""
        index = self.entity_of[mention]
        return None if index is None else self.entities[index]

    def add(self, entity: Entity) -> int:
        """Take a new entity in and return its index."""
        index = len(self.entities)
        self.entities.append(entity)
        for name in sorted(entity.names):
            self.index_name(index, name)
        for office, _ in entity.offices:
            self.by_office.setdefault(office.rpartition(":")[0] or office, []).append(index)
        if entity.lemma:
            self.by_lemma.setdefault(entity.lemma, []).append(index)
        return index

    def index_name(self, index: int, name: tuple[str, ...]) -> None:
        """Let an entity be found by a name and, where it is a person, by each part of it."""
        for table, key in ((self.by_name, name),):
            if index not in table.setdefault(key, []):
                table[key].append(index)
        if self.entities[index].kind == "person":
            for part in name:
                if len(part) > 2 and index not in self.by_part.setdefault(part, []):
                    self.by_part[part].append(index)

    def index_office(self, index: int, office: str, country: str | None) -> None:
        """Note an office of an entity."""
        entity = self.entities[index]
        if (office, country) not in entity.offices:
            entity.offices.append((office, country))
        found = self.by_office.setdefault(office.rpartition(":")[0] or office, [])
        if index not in found:
            found.append(index)

    def join(self, mention: int, index: int) -> None:
        """Note that a mention is of an entity."""
        self.entity_of[mention] = index
        entity = self.entities[index]
        if not entity.mentions or entity.mentions[-1] < mention:
            entity.mentions.append(mention)
        else:
            place = bisect_left(entity.mentions, mention)
            if entity.mentions[place] != mention:
                entity.mentions.insert(place, mention)
        if speaks(self, mention):
            entity.speaker = self.sentence(mention)

    def resolve_ahead(self, mention: int) -> None:
        """Resolve a mention that others need before its turn; once only, for two may need each other."""
        if self.results[mention] is None and self.resolver is not None and mention not in self.pending:
            self.pending.add(mention)
            self.resolver(mention)

    def last_before(self, index: int, mention: int) -> int | None:
        """Return the latest mention of an entity that stands before ``mention``."""
        found = self.entities[index].mentions
        place = bisect_left(found, mention)
        return found[place - 1] if place else None

    def recent(self, mention: int, *, sentences: int) -> Iterator[int]:
        """Yield the resolved mentions before ``mention``, latest first, no further back than ``sentences``."""
        here = self.sentence(mention)
        for index in range(mention - 1, max(-1, mention - 120), -1):
            if here - self.sentence(index) > sentences:
                return
            if self.entity_of[index] is not None:
                yield index


def speaks(scene: Scene, mention: int) -> bool:
    """Tell whether a mention, or its title, is the subject of a reporting verb, or the X of "according to X"."""
    tokens = scene.tokens
    each = scene.mentions[mention]
    heads = [each.head] if each.kind != "name" or not each.first else [each.head, each.first - 1]
    for head in heads:
        governor = tokens.head[head]
        if governor < 0:
            continue
        if tokens.dep[head] == "nsubj" and tokens.lemma[governor].lower() in scene.know.words.speech:
            return True
        if any(tokens.word[child].lower() == "according" for child in tokens.children[head]):
            return True
    return False
