"""The shape of an annotated item, and its reading from YAML with file and line of every error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec
import yaml

from dragoman.errors import ReportError
from dragoman.types import Act, Kind, Polarity, Stance, Status

Layer = Literal["actors", "attributions", "times", "places", "claims", "labels", "relations", "consequences"]
LAYERS: tuple[Layer, ...] = get_args(Layer)
Trait = Literal["nominal", "passive", "light-verb", "multiword", "embedded", "implicit", "repeated"]
Words = str | list[str]
Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class AttributionItem(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Who says what. ``kind`` and ``inside`` are worked out from the spans where they are not given."""

    id: Key
    source: str | None = None
    speaker: str | None = None
    candidates: list[str] = []
    cue: Words = []
    content: Words
    kind: Kind | None = None
    act: Act = "speech"
    stance: Stance = "asserts"
    via: str | None = None
    inside: str | None = None


class ClaimItem(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Who did what to whom. ``held_by`` is worked out from the contents that hold the trigger where it is not given."""

    trigger: str
    also: Words = []
    type: str
    modes: Words = []
    contexts: Words = []
    actors: Words = []
    recipients: Words = []
    status: list[Status] | Status = []
    held_by: Words | None = None
    when: str | None = None
    where: str | None = None
    numbers: Words = []
    traits: list[Trait] | Trait = []


class LabelItem(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Who calls whom what; ``about`` is an actor's key, ``about_words`` the words where it is no actor."""

    about: str | None = None
    about_words: str | None = None
    label: str
    by: str | None = None
    contested: bool = False


class RelationItem(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A state between two actors; ``since`` and ``until`` are values of time."""

    a: str
    b: str
    words: str
    polarity: Polarity
    change: Literal["improving", "worsening"] | None = None
    since: str | None = None
    until: str | None = None


class ConsequenceItem(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One claim, named by its trigger, or the words of a happening, told as bringing about another."""

    cause: str
    effect: str
    cue: str


class Item(msgspec.Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """One annotated report, sentence or passage."""

    id: Key
    text: str | None = None
    document: str | None = None
    sha256: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    region: str | None = None
    genre: str | None = None
    topics: Words = []
    layers: list[Layer] = msgspec.field(default_factory=lambda: list(LAYERS))
    none: str | None = None
    actors: dict[Key, list[str]] = {}
    times: Words = []
    places: Words = []
    attributions: list[AttributionItem] = []
    claims: list[ClaimItem] = []
    no_claim: Words = []
    labels: list[LabelItem] = []
    relations: list[RelationItem] = []
    consequences: list[ConsequenceItem] = []


def listed(words: Words) -> list[str]:
    """Return one string or a list of them as a list."""
    return [words] if isinstance(words, str) else words


def files(path: Path) -> list[Path]:
    """Return the YAML files at or under ``path``, sorted.

    Raises:
        ReportError: there are none.
    """
    found = [path] if path.is_file() else sorted(path.rglob("*.yaml"))
    if not found:
        raise ReportError(f"{path}: no .yaml file; give a file or a folder of annotated reports")
    return found


def items(path: Path) -> Iterator[tuple[str, Item]]:
    """Yield the items of one file, a mapping or a list of them, each with its place ``file:line``.

    Raises:
        ReportError: the file is no YAML, or an item has not the shape.
    """
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ReportError(f"{path}: {' '.join(str(error).split())}") from None
    for node in root.value if isinstance(root, yaml.SequenceNode) else [root] if root else []:
        place = f"{path}:{node.start_mark.line + 1}"
        try:
            yield place, msgspec.convert(_plain(node), Item, strict=False)
        except (msgspec.ValidationError, ValueError) as error:
            raise ReportError(f"{place}: {error}") from None


class _Loader(yaml.CSafeLoader):
    """Reads every scalar as a string, so that dates, counts and the word "no" stay as written."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  (the parent's shape)


def _plain(node: yaml.Node) -> Any:
    """Return a node as dicts, lists, strings and None; a key given twice is an error."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(each) for each in node.value]
    if isinstance(node, yaml.MappingNode):
        plain: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in plain:
                raise ValueError(f"the key {key.value!r} is given twice (line {key.start_mark.line + 1})")
            plain[key.value] = _plain(value)
        return plain
    return None if not (getattr(node, "style", "") or "").strip() and node.value in ("", "~", "null") else node.value
