"""CoNLL-U and CoNLL-U Plus files as documents: raw text, exact offsets of the words, and the lines to write back."""

from __future__ import annotations

import re
from collections.abc import Hashable, Set
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.types import Split

Row = list[str]


@dataclass
class Sentence:
    """The lines of one sentence as they stand in the file; ``words`` are the rows with a whole number as id."""

    lines: list[str | Row] = field(default_factory=list)  # comments as text, rows as columns

    @property
    def rows(self) -> list[Row]:
        """Return every row: words, multi-word tokens (``1-2``) and empty nodes (``1.1``)."""
        return [line for line in self.lines if not isinstance(line, str)]

    @property
    def words(self) -> list[Row]:
        """Return the rows of the syntactic words."""
        return [row for row in self.rows if row[0].isdigit()]

    def starts(self, what: str) -> bool:
        """Tell whether a comment says that ``what`` (newdoc, newpar) begins here."""
        return any(isinstance(line, str) and re.match(rf"#\s*{what}\b", line) for line in self.lines)


@dataclass
class Document:
    """Consecutive sentences of one document, its text and the exact offsets of its words."""

    sentences: list[Sentence]
    text: str
    split: Split


def documents(path: Path, *, flat: bool = False) -> list[Document]:
    """Read a file, one Document a ``# newdoc``; paragraphs are set apart by a blank line unless ``flat``."""
    found: list[list[Sentence]] = []
    for sentence in _sentences(path):
        if not found or sentence.starts("newdoc"):
            found.append([])
        found[-1].append(sentence)
    return [_document(each, flat=flat) for each in found]


def write(path: Path, docs: list[Document]) -> None:
    """Write the documents back, every comment, multi-word token and empty node in its place."""
    with path.open("w", encoding="utf-8") as out:
        for document in docs:
            for sentence in document.sentences:
                out.writelines((line if isinstance(line, str) else "\t".join(line)) + "\n" for line in sentence.lines)
                out.write("\n")


def blank(row: Row) -> Row:
    """Return a row with nothing but what a text has: its id, its form, and whether a space follows."""
    return [row[0], row[1], *["_"] * 7, "SpaceAfter=No" if "SpaceAfter=No" in row[9].split("|") else "_"]


def percent(part: int, whole: int) -> float | None:
    """Return a share in percent, None when there is nothing to share."""
    return round(100 * part / whole, 2) if whole else None


def f1(gold: Set[Hashable], found: Set[Hashable]) -> float | None:
    """Return the F1 of two sets in percent, None when both are empty."""
    return percent(2 * len(gold & found), len(gold) + len(found))


def _sentences(path: Path) -> list[Sentence]:
    found, open_ = [], Sentence()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            if open_.rows:
                found.append(open_)
                open_ = Sentence()
        else:
            open_.lines.append(line if line.startswith("#") else line.split("\t"))
    if open_.rows:
        found.append(open_)
    return found


def _document(sentences: list[Sentence], *, flat: bool) -> Document:
    pieces: list[str] = []
    length = 0
    starts: list[int] = []
    ends: list[int] = []
    ranges: list[tuple[int, int]] = []
    paragraphs: list[int] = []
    paragraph = 0
    for number, sentence in enumerate(sentences):
        if number and sentence.starts("newpar"):
            paragraph += 1
            if not flat:
                pieces.append("\n\n")
                length += 2
        first = len(starts)
        for form, spaced in _surface(sentence):
            starts.append(length)
            ends.append(length + len(form))
            pieces += [form, " "] if spaced else [form]
            length += len(form) + spaced
        ranges.append((first, len(starts)))
        paragraphs.append(paragraph)
    return Document(sentences, "".join(pieces), Split(tuple(starts), tuple(ends), tuple(ranges), tuple(paragraphs)))


def _surface(sentence: Sentence) -> list[tuple[str, bool]]:
    """Return each word's form and whether a space follows; the words of a multi-word token stand together."""
    found: list[tuple[str, bool]] = []
    joined_until, joined_spaced = 0, True
    for row in sentence.rows:
        spaced = "SpaceAfter=No" not in row[9].split("|")
        if "-" in row[0]:
            joined_until, joined_spaced = int(row[0].split("-")[1]), spaced
        elif row[0].isdigit():
            number = int(row[0])
            if number <= joined_until:
                spaced = joined_spaced if number == joined_until else False
            found.append((row[1], spaced))
    return found
