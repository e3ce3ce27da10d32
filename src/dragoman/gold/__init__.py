"""Annotated reports: YAML items of quotes and codes, read into the values that a ``Reading`` has as well.

``training/corpus/GUIDELINES.md`` says what the fields mean; ``words.find`` how spans are written. A text that may not
stand in the file is named by ``document`` and joined from ``texts``; its spans are then written as offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from dragoman.errors import ReportError
from dragoman.gold.build import Builder
from dragoman.gold.items import LAYERS, Item, Layer, files, items
from dragoman.types import Actor, Attribution, Claim, Consequence, Label, Relation, Report, Span, When

__all__ = ["LAYERS", "Chain", "Gold", "Layer", "Texts", "files", "read", "split_of"]

Texts = Callable[[str], str | None]
Part = Literal["train", "dev", "test"]


@dataclass(frozen=True, slots=True)
class Chain:
    """One actor of a text and every place where it is named."""

    actor: Actor
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated text. ``no_claim`` are words that look like a happening and are none, with the reason."""

    item: Item
    place: str
    report: Report
    chains: dict[str, Chain]
    attributions: tuple[Attribution, ...]
    times: tuple[When, ...]
    claims: tuple[Claim, ...]
    no_claim: tuple[tuple[Span, str], ...]
    labels: tuple[Label, ...]
    relations: tuple[Relation, ...]
    consequences: tuple[Consequence, ...]

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    @property
    def layers(self) -> list[Layer]:
        """The layers that were annotated; others say nothing by being empty."""
        return self.item.layers

    @property
    def part(self) -> Part:
        """Which part of the data the item belongs to."""
        return split_of(self.id, standoff=self.item.document is not None)


def split_of(identifier: str, *, standoff: bool = False) -> Part:
    """Return the part that an item belongs to, by the hash of its id.

    Texts that stand elsewhere train nothing: half are ``dev``, half ``test``. Of the others one in six is ``dev``.
    """
    draw = int(sha256(identifier.encode()).hexdigest(), 16)
    if standoff:
        return "dev" if draw % 2 else "test"
    return "dev" if draw % 6 == 0 else "train"


def read(path: Path, *, texts: Texts | None = None, errors: list[str] | None = None) -> Iterator[Gold]:
    """Yield the annotated texts at or under ``path``, in the order of the files.

    ``texts`` gives the text of a ``document``; items whose text it does not have are left out. With ``errors`` a
    list, faults of items are appended to it, ``file:line: what``, and the rest goes on.

    Raises:
        ReportError: an item is wrong, and ``errors`` is None.
    """
    for file in files(path):
        try:
            for place, item in items(file):
                text = item.text if item.document is None else (texts(item.document) if texts else None)
                if text is None and item.document is not None:
                    continue
                gold, faults = _gold(item, place, text)
                if errors is not None:
                    errors.extend(f"{place}: {item.id}: {fault}" for fault in faults)
                elif faults:
                    raise ReportError(f"{place}: {item.id}: {faults[0]}")
                if gold is not None and not faults:
                    yield gold
        except ReportError as error:
            if errors is None:
                raise
            errors.append(str(error))


def _gold(item: Item, place: str, text: str | None) -> tuple[Gold | None, list[str]]:
    """Build one item; return it, None where it could not be, and its faults."""
    if text is None or not text.strip():
        return None, ["an item needs 'text', or 'document' with 'sha256'"]
    if item.sha256 is not None and sha256(text.encode()).hexdigest() != item.sha256:
        return None, [f"the text of {item.document} is not the annotated one: its sha256 differs"]
    made = Builder(item, text)
    gold = Gold(
        item,
        place,
        made.report,
        {key: Chain(made.actors[key], made.mentions[key]) for key in made.actors},
        made.attributions(),
        tuple(sorted(made.times.values(), key=lambda when: (when.span.start, when.span.end))),
        made.claims(),
        made.no_claim(),
        made.labels(),
        made.relations(),
        made.consequences(),
    )
    return gold, made.faults
