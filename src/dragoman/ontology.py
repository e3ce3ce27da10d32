"""Event types, modes, contexts, scores and folding rules of an ontology, read from ``data/ontologies/``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from dragoman import resources
from dragoman.config import Config
from dragoman.errors import OntologyError
from dragoman.types import Status

# Where a single type says what type and future together would say, it is used instead. AGREE and CONCEDE lie ahead by themselves.
_AHEAD = {
    "AGREE": "AGREE",
    "AID": "AGREE",
    "CONCEDE": "CONCEDE",
    "CONSULT": "AGREE",
    "COOPERATE": "AGREE",
    "RETREAT": "CONCEDE",
    "SUPPORT": "AGREE",
}


@dataclass(frozen=True, slots=True)
class EventType:
    """One type: its quad class, score, modes with theirs, and whether it needs a recipient."""

    name: str
    quad: int
    score: float
    needs_recipient: bool
    modes: Mapping[str, float]
    means: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """What may be coded; every lookup of something unknown says what is known."""

    name: str
    version: str
    types: Mapping[str, EventType]
    contexts: tuple[str, ...]
    sectors: Mapping[str, str]
    international: Mapping[str, str]

    def type(self, name: str) -> EventType:
        """Return the event type ``name``.

        Raises:
            OntologyError: listing the known types.
        """
        if name not in self.types:
            raise OntologyError(f"{self.name}: no event type {name!r}; known: {', '.join(sorted(self.types))}")
        return self.types[name]

    def check(self, type_: str, modes: Iterable[str] = (), contexts: Iterable[str] = ()) -> None:
        """Make sure that a type, its modes and the contexts exist.

        Raises:
            OntologyError: naming the first that does not, and those that do.
        """
        known = self.type(type_).modes
        for mode in modes:
            if mode not in known:
                raise OntologyError(f"{self.name}: {type_} has no mode {mode!r}; it has: {', '.join(known) or 'none'}")
        for context in contexts:
            if context not in self.contexts:
                raise OntologyError(f"{self.name}: no context {context!r}; known: {', '.join(self.contexts)}")

    def intensity(self, type_: str, modes: Iterable[str] = ()) -> float:
        """Return the score of a type with its modes: the mode furthest from zero, or the type's own without one.

        Ties between modes go to the first given.
        """
        event = self.type(type_)
        scores = [event.modes[mode] for mode in modes if mode in event.modes]
        return max(scores, key=abs) if scores else event.score

    def fold(self, type_: str, status: tuple[Status, ...]) -> tuple[str, tuple[Status, ...]]:
        """Use the single type that says what ``type_`` and ``status`` say together, where there is one.

        Future cooperation is AGREE, an announced withdrawal CONCEDE; what somebody will not do is refused (REJECT). The
        conditional is left as it is.
        """
        if "future" not in status or "hypothetical" in status or type_ not in _AHEAD:
            return type_, status
        rest = tuple(each for each in status if each not in {"future", "negation"})
        return ("REJECT" if "negation" in status else _AHEAD[type_]), rest


def _event_type(name: str, values: dict[str, Any]) -> EventType:
    modes = {key: float(score) for key, score in values.get("modes", {}).items()}
    return EventType(
        name=name,
        quad=int(values["quad"]),
        score=float(values["score"]),
        needs_recipient=values["recipient"] == "required",
        modes=MappingProxyType(modes),
        means=str(values["means"]),
    )


@cache
def named(name: str) -> Ontology:
    """Load the ontology of a name.

    Raises:
        OntologyError: for a name without a file, or a file that lacks something.
    """
    try:
        values = tomllib.loads(resources.read_text("ontologies", f"{name}.toml"))
        types = {key: _event_type(key, each) for key, each in values["type"].items()}
        return Ontology(
            name=name,
            version=str(values["version"]),
            types=MappingProxyType(types),
            contexts=tuple(values["contexts"]["names"]),
            sectors=MappingProxyType(dict(values["sectors"])),
            international=MappingProxyType(dict(values["actors"]["international"])),
        )
    except (FileNotFoundError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise OntologyError(f"ontology {name!r}: {error}; mend or add data/ontologies/{name}.toml") from error


def load(config: Config) -> Ontology:
    """Return the ontology that a config names."""
    return named(config.ontology)
