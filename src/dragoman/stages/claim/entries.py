"""Entries of the claim lexicon: read from YAML values, checked, and indexed by roleset and word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from dragoman import lexicon
from dragoman.errors import LexiconError
from dragoman.ontology import Ontology, named
from dragoman.types import NumberOf

KEYS = frozenset(
    [
        "id",
        "rolesets",
        "forms",
        "pos",
        "means",
        "reason",
        "roles",
        "where",
        "reciprocal",
        "modes_by",
        "contexts_by",
        "numbers",
        "examples",
        "not",
        "since",
    ]
)
TESTS = frozenset(
    ["lemmas", "not_lemmas", "words", "not_words", "actor", "sectors", "clause", "event", "present", "number", "person", "plural", "tags"]
)
_TELLING = frozenset({"lemmas", "words", "event", "sectors"})
NUMBERS = ("dead", "injured", "arrested", "displaced", "abducted", "crowd")
DEFAULT_ROLES: dict[str, tuple[str, ...]] = {
    "actor": ("ARG0", "subj", "by", "poss", "amod", "compound"),
    "recipient": ("ARG1", "obj", "on", "against", "of"),
}
_ID = re.compile(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
_ROLESET = re.compile(r"[\w'-]+\.(\d\d|LV|[A-Z]+)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an entry says: a type with its modes and contexts."""

    type: str
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Words that an entry matches.

    ``words`` hold one set of lemmas a place. For ``governs`` the last place is the noun that the verb
    of the places before it governs; otherwise the words stand in order.
    """

    words: tuple[frozenset[str], ...]
    pos: str
    governs: bool = False

    @property
    def anchor(self) -> frozenset[str]:
        """The lemmas that the form is looked up by: the verb, or the head noun (the last)."""
        return self.words[0] if self.pos == "v" else self.words[-1]


@dataclass(frozen=True, slots=True)
class Condition:
    """A test that a slot of the match must pass."""

    slot: str
    test: str
    value: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the lexicon, compiled."""

    id: str
    means: tuple[Meaning, ...]
    rolesets: frozenset[str] = frozenset()
    forms: tuple[Form, ...] = ()
    pos: frozenset[str] = frozenset()
    reason: str | None = None
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_ROLES)
    where: tuple[Condition, ...] = ()
    reciprocal: bool = False
    modes_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    contexts_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[NumberOf, tuple[str, ...]] = field(default_factory=dict)
    lemmas: frozenset[str] = frozenset()  # base lemmas of the rolesets

    @property
    def points(self) -> int:
        """How specific the conditions are: two for a test of words, codes or events, one for any other; that somebody acts is none."""
        told = (each for each in self.where if (each.slot, each.test) != ("actor", "present"))
        return sum(2 if each.test in _TELLING else 1 for each in told)


@dataclass(frozen=True, slots=True)
class Index:
    """All entries, and where to find them."""

    entries: tuple[Entry, ...]
    by_roleset: Mapping[str, tuple[Entry, ...]]
    by_word: Mapping[tuple[str, str], tuple[tuple[Form, Entry], ...]]
    by_lemma: Mapping[str, tuple[Entry, ...]]  # base lemma of a first sense, or verb with particle

    def entry(self, entry_id: str) -> Entry:
        """Return the entry of an id.

        Raises:
            LexiconError: when there is none.
        """
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise LexiconError(f"no claim entry {entry_id!r}; see data/lexicons/*/claims_*.yaml")


def forms(text: str) -> tuple[Form, ...]:
    """Read a form such as ``attack/n``, ``open_fire/v``, ``hunger_strike/n`` or ``carry_out|launch>attack|raid/v``.

    Alternatives of the words before ``>`` become forms of their own.

    Raises:
        LexiconError: for one without word class, or with a word missing.
    """
    words, slash, pos = text.rpartition("/")
    if not slash or pos not in {"v", "n", "a"} or not words:
        raise LexiconError(f"form {text!r}: write lemma/v, lemma/n or lemma/a")
    first, governs, noun = words.lower().partition(">")
    governed = frozenset(noun.replace("_", " ").split("|"))
    found = []
    for alternative in first.split("|"):
        places = [frozenset({word}) for word in alternative.split("_")]
        if governs:
            places.append(governed)
        if any(not word.strip() for place in places for word in place):
            raise LexiconError(f"form {text!r}: a word is missing")
        found.append(Form(tuple(places), pos, bool(governs)))
        if "-" in alternative and pos == "n":  # some write, and split, "cease-fire" as three words
            parts = alternative.replace("-", "_-_").split("_")
            found.append(Form(tuple(frozenset({word}) for word in parts), pos))
    return tuple(found)


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise LexiconError(f"{where}: expected a list of words (in quotes: 'on', 'off', 'no', 'yes'), got {value!r}")
    return tuple(value)


def _sources(value: Any, where: str) -> tuple[str, ...]:
    """Read a list of sources; a bare ``on`` or ``off`` is what YAML takes for true or false."""
    if isinstance(value, list):
        value = [_switch(each) for each in value]
    return _texts(value, where)


def _switch(value: Any) -> Any:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else value


def _mapping(values: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    found = values.get(key) or {}
    if not isinstance(found, dict):
        raise LexiconError(f"{where}: {key} must be a mapping, got {found!r}")
    return found


def _conditions(values: Mapping[str, Any], where: str) -> tuple[Condition, ...]:
    found = []
    for slot, tests in _mapping(values, "where", where).items():
        if not isinstance(tests, dict) or not tests:
            raise LexiconError(f"{where}: where {slot} must be a mapping of tests, got {tests!r}")
        for test, value in tests.items():
            if test not in TESTS:
                raise LexiconError(f"{where}: unknown test {test!r}; known: {', '.join(sorted(TESTS))}")
            if isinstance(value, list):
                _texts(value, where)
                value = frozenset(str(each) if test in {"tags", "sectors", "event"} else str(each).lower() for each in value)
            elif not isinstance(value, bool):
                raise LexiconError(f"{where}: test {test} of {slot} needs a list, true or false, got {value!r}")
            found.append(Condition(str(_switch(slot)), test, value))
    return tuple(found)


def _means(values: Mapping[str, Any], ontology: Ontology, where: str) -> tuple[Meaning, ...]:
    found = values["means"]
    if found is None:
        if not values.get("reason"):
            raise LexiconError(f"{where}: an entry that means nothing needs a reason")
        return ()
    meanings = []
    for each in found if isinstance(found, list) else [found]:
        meaning = Meaning(each["type"], tuple(each.get("modes") or ()), tuple(each.get("contexts") or ()))
        ontology.check(meaning.type, meaning.modes, meaning.contexts)
        meanings.append(meaning)
    return tuple(meanings)


def _words_by(values: Mapping[str, Any], key: str, where: str) -> dict[str, frozenset[str]]:
    return {
        code: frozenset(word.lower() for word in _texts(words, f"{where} {key}")) for code, words in _mapping(values, key, where).items()
    }


def entry(values: Mapping[str, Any], ontology: Ontology) -> Entry:
    """Check one entry's values and compile them.

    Raises:
        LexiconError: naming the entry and what is wrong.
        OntologyError: for a type, mode or context that does not exist.
    """
    where = f"claim entry {values.get('id')!r}"
    unknown = sorted(set(values) - KEYS)
    if unknown or not _ID.fullmatch(str(values.get("id", ""))) or "means" not in values or not values.get("examples"):
        raise LexiconError(f"{where}: needs a good id, means and examples; unknown keys: {', '.join(unknown) or 'none'}")
    rolesets = frozenset(_texts(values.get("rolesets") or [], where))
    matched = tuple(each for text in _texts(values.get("forms") or [], where) for each in forms(text))
    if not rolesets and not matched:
        raise LexiconError(f"{where}: needs rolesets or forms")
    for bad in sorted(each for each in rolesets if not _ROLESET.fullmatch(each)):
        raise LexiconError(f"{where}: {bad!r} is no roleset")
    means = _means(values, ontology, where)
    roles = {slot: _sources(sources, where) for slot, sources in _mapping(values, "roles", where).items()}
    modes_by = _words_by(values, "modes_by", where)
    contexts_by = _words_by(values, "contexts_by", where)
    for meaning in means[:1]:
        ontology.check(meaning.type, modes_by, contexts_by)
    numbers = {what: _sources(sources, where) for what, sources in _mapping(values, "numbers", where).items()}
    for what in sorted(set(numbers) - set(NUMBERS)):
        raise LexiconError(f"{where}: numbers count {', '.join(NUMBERS)}, not {what!r}")
    return Entry(
        id=values["id"],
        means=means,
        rolesets=rolesets,
        forms=matched,
        pos=frozenset(_texts(values.get("pos") or [], where)),
        reason=values.get("reason"),
        roles=MappingProxyType({**DEFAULT_ROLES, **roles}),
        where=_conditions(values, where),
        reciprocal=bool(values.get("reciprocal")),
        modes_by=MappingProxyType(modes_by),
        contexts_by=MappingProxyType(contexts_by),
        numbers=MappingProxyType({what: numbers[what] for what in NUMBERS if what in numbers}),  # type: ignore[misc]
        lemmas=frozenset(each.partition(".")[0] for each in rolesets),
    )


def index(entries: Iterable[Entry]) -> Index:
    """Index entries by roleset and by word.

    Raises:
        LexiconError: when two have the same id.
    """
    known: dict[str, Entry] = {}
    by_roleset: dict[str, list[Entry]] = {}
    by_word: dict[tuple[str, str], list[tuple[Form, Entry]]] = {}
    by_lemma: dict[str, list[Entry]] = {}
    for each in entries:
        if each.id in known:
            raise LexiconError(f"claim entry {each.id!r} stands twice; give one another id")
        known[each.id] = each
        for roleset in sorted(each.rolesets):
            by_roleset.setdefault(roleset, []).append(each)
            base = roleset.partition(".")[0]
            if (roleset.endswith(".01") or "_" in base) and each not in by_lemma.setdefault(base, []):
                by_lemma[base].append(each)
        for one in each.forms:
            for lemma in sorted(one.anchor):
                by_word.setdefault((lemma.rpartition(" ")[2], one.pos), []).append((one, each))
    return Index(
        tuple(known.values()),
        MappingProxyType({key: tuple(found) for key, found in by_roleset.items()}),
        MappingProxyType({key: tuple(found) for key, found in by_word.items()}),
        MappingProxyType({key: tuple(found) for key, found in by_lemma.items()}),
    )


def values(lang: str, ontology: Ontology) -> list[dict[str, Any]]:
    """Return the values of all entries of a language: one file a type, and one of what is no event."""
    found: list[dict[str, Any]] = []
    for name in [*(f"claims_{each.lower()}" for each in sorted(ontology.types)), "claims_none"]:
        try:
            found.extend(lexicon.read(lang, name) or [])
        except LexiconError:
            continue  # a language need not tell every type
    return found


@cache
def load(lang: str, ontology_name: str) -> Index:
    """Compile the claim lexicon of a language for an ontology.

    Raises:
        LexiconError, OntologyError: for an entry that cannot be used.
    """
    ontology = named(ontology_name)
    return index(entry(each, ontology) for each in values(lang, ontology))
