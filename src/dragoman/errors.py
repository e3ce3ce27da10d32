"""All exceptions, by whose fault it is.

::

    DragomanError
    ├── ConfigError      a configuration file or option
    ├── LexiconError     a lexicon or knowledge file
    ├── OntologyError    a type, mode, context or code that no ontology has
    ├── ModelError       a model folder: missing, altered or of another version
    ├── ReportError      one report that cannot be read; the run goes on without it
    ├── StoreError       a store: torn, locked or of another version
    └── UnknownName      a name that the registry does not know

Each message says what is wrong, where (file and line, or report), and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable


class DragomanError(Exception):
    """Root of all errors that this package raises on purpose."""


class ConfigError(DragomanError):
    """A configuration file or option that cannot be used."""


class LexiconError(DragomanError):
    """A lexicon or knowledge file that cannot be used."""


class OntologyError(DragomanError):
    """A type, mode, context, sector or country code that no ontology has."""


class ModelError(DragomanError):
    """A model folder that is missing, altered or of another version."""


class ReportError(DragomanError):
    """One report that cannot be read."""


class StoreError(DragomanError):
    """A store that is torn, locked or of another version."""


class UnknownName(DragomanError):
    """A name that the registry does not know; the message lists those it knows."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        super().__init__(
            f"unknown {kind} {name!r}; known: {', '.join(known) or 'none'}; check the spelling or install the package that brings it"
        )
        self.kind, self.name, self.known = kind, name, known
