"""Stages, readers, exports and ontologies by name: built-ins as "module:attribute", then entry points."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from dragoman.errors import UnknownName

BUILT_IN: dict[str, dict[str, str]] = {
    "stage": {
        "split": "dragoman.stages.split:load",
        "encode": "dragoman.encoder:load",
        "rank": "dragoman.encoder.ranker:load",
        "mention": "dragoman.stages.mention:load",
        "actor": "dragoman.stages.actor:load",
        "time": "dragoman.stages.time:load",
        "place": "dragoman.stages.place:load",
        "attribute": "dragoman.stages.attribute:load",
        "claim": "dragoman.stages.claim:load",
        "relate": "dragoman.stages.relate:load",
    },
    "reader": {"text": "dragoman.readers.text:read"},
    "export": {
        "json": "dragoman.export.json:lines",
        "plover": "dragoman.export.plover:lines",
    },
    "ontology": {"plover": "dragoman.ontology:load"},
}


@cache
def find(kind: str, name: str) -> Any:
    """Return what is registered as ``name`` of ``kind``; built-ins win over entry points.

    Raises:
        UnknownName: listing the known names of that kind.
    """
    if name in BUILT_IN[kind]:
        module, attribute = BUILT_IN[kind][name].split(":")
        return getattr(import_module(module), attribute)
    for point in entry_points(group=f"dragoman.{kind}", name=name):
        return point.load()
    raise UnknownName(kind, name, names(kind))


def names(kind: str) -> list[str]:
    """Return the sorted names of ``kind`` that :func:`find` knows."""
    return sorted({*BUILT_IN[kind], *(point.name for point in entry_points(group=f"dragoman.{kind}"))})
