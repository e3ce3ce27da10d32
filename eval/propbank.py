"""Score predicates, rolesets and arguments of the encoder on the words of a CoNLL-U Plus file.

    python eval/propbank.py FILE.conllup [--predict OUT] [--model NAME] [--threads N]

Column 11 holds each predicate's roleset, the columns after it the arguments of one predicate each.
Words, sentences and documents are those of the file; no other column is looked at but for scoring.
Prints one JSON line in percent: ``predicate_f1`` (the word), ``roleset_accuracy`` (of the predicates
found), ``roleset_accuracy_all`` (of all predicates, a missed one wrong), ``argument_head_f1`` and
``argument_f1``, both end to end with the predicates found: an argument counts when the word of its
predicate, its role in full (``R-`` and ``C-`` included) and its head word agree, or its span up to
punctuation at the edges. The head word of an argument of the file is its first word whose head in the
file's tree lies outside of it. The predicate itself (V, C-V) is no argument.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from conllu import Document, Row, Sentence, blank, documents, f1, percent, write

from dragoman.encoder import Encoder
from dragoman.types import Predicate

FIRST = 11  # index of the first column of arguments
Key = tuple[int | str, ...]


@dataclass
class Layer:
    """Predicates of a file: word to roleset, and arguments by head word and by span."""

    rolesets: dict[int, str] = field(default_factory=dict)
    heads: set[Key] = field(default_factory=set)
    spans: set[Key] = field(default_factory=set)


def gold(words: list[Row], base: int, layer: Layer) -> None:
    """Add the predicates of one sentence of the file; ``base`` is the number of its first word."""
    above = [int(row[6]) - 1 if row[6].isdigit() else -1 for row in words]
    places = [place for place, row in enumerate(words) if len(row) >= FIRST and row[FIRST - 1] not in ("-", "_")]
    for column, place in enumerate(places, FIRST):
        layer.rolesets[base + place] = words[place][FIRST - 1]
        for first, last, role in brackets([row[column] for row in words]):
            head = next((word for word in range(first, last) if not first <= above[word] < last), first)
            layer.heads.add((base + place, role, base + head))
            layer.spans.add((base + place, role, *trimmed(words, first, last, base)))


def brackets(cells: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first, last (half-open) and role of the bracketed spans of a column, the predicate's own left out."""
    role, first = "", 0
    for place, cell in enumerate(cells):
        opened = re.match(r"\(([^*()]+)\*", cell)
        if opened:
            role, first = opened[1], place
        if cell.endswith(")") and role:
            if role not in ("V", "C-V"):
                yield first, place + 1, role
            role = ""


def trimmed(words: list[Row], first: int, last: int, base: int) -> tuple[int, int]:
    """Return a span without punctuation at its edges, as numbers of the file's words."""
    while first < last - 1 and not any(letter.isalnum() for letter in words[first][1]):
        first += 1
    while first < last - 1 and not any(letter.isalnum() for letter in words[last - 1][1]):
        last -= 1
    return base + first, base + last


def found(predicates: list[Predicate], words: list[Row], *, start: int, base: int, layer: Layer) -> None:
    """Add the predicates read in one sentence, whose first word is ``start`` in its document."""
    for predicate in predicates:
        place = predicate.token - start
        layer.rolesets[base + place] = predicate.rolesets[0][0] if predicate.rolesets else "_"
        for argument in predicate.arguments:
            layer.heads.add((base + place, argument.role, base + argument.head - start))
            layer.spans.add((base + place, argument.role, *trimmed(words, argument.first - start, argument.last - start, base)))


def columns(sentence: Sentence, predicates: list[Predicate], start: int) -> None:
    """Put the predicted columns in place of the sentence's own."""
    cells = [["*"] * len(predicates) for _ in sentence.words]
    for column, predicate in enumerate(predicates):
        spans = sorted(((argument.first - start, argument.last - start, argument.role) for argument in predicate.arguments), key=lambda span: (span[1] - span[0], span))
        taken = {predicate.token - start}
        cells[predicate.token - start][column] = "(V*)"
        for first, last, role in spans:  # shortest first; brackets of a column do not cross
            free = [place for place in range(first, last) if place not in taken]
            if not free:
                continue
            first, last = run(free)
            taken |= set(range(first, last))
            cells[first][column] = f"({role}*" + cells[first][column][1:]
            cells[last - 1][column] += ")"
    rolesets = {predicate.token - start: predicate.rolesets[0][0] if predicate.rolesets else "_" for predicate in predicates}
    word = 0
    for place, line in enumerate(sentence.lines):
        if isinstance(line, str):
            continue
        if line[0].isdigit():
            sentence.lines[place] = [*blank(line), rolesets.get(word, "-"), *cells[word]]
            word += 1
        else:
            sentence.lines[place] = [*blank(line), *["_"] * (1 + len(predicates) if len(line) >= FIRST else 0)]


def run(places: list[int]) -> tuple[int, int]:
    """Return the longest run of consecutive numbers, the first of equals."""
    best = first = last = places[0]
    size = 1
    for place in places[1:]:
        first = first if place == last + 1 else place
        last = place
        if last - first + 1 > size:
            best, size = first, last - first + 1
    return best, best + size


def read(document: Document, encoder: Encoder, base: int, layers: tuple[Layer, Layer]) -> None:
    """Read a document, add to the layers of file and encoder, and put the predicted columns in place."""
    by_sentence: list[list[Predicate]] = [[] for _ in document.sentences]
    grammar = encoder.parse(document.text, document.split)
    for predicate in grammar.predicates:
        by_sentence[grammar.tokens.sentence[predicate.token]].append(predicate)
    for sentence, (start, _), predicates in zip(document.sentences, document.split.sentences, by_sentence, strict=True):
        words = sentence.words
        gold(words, base + start, layers[0])
        found(predicates, words, start=start, base=base + start, layer=layers[1])
        columns(sentence, sorted(predicates, key=lambda each: each.token), start)


def score(right: Layer, read_: Layer) -> dict[str, float | int | None]:
    """Compare the encoder's layer with the file's."""
    both = right.rolesets.keys() & read_.rolesets.keys()
    agree = sum(right.rolesets[word] == read_.rolesets[word] for word in both)
    return {
        "predicate_f1": f1(right.rolesets.keys(), read_.rolesets.keys()),
        "roleset_accuracy": percent(agree, len(both)),
        "roleset_accuracy_all": percent(agree, len(right.rolesets)),
        "argument_head_f1": f1(right.heads, read_.heads),
        "argument_f1": f1(right.spans, read_.spans),
        "predicates": len(right.rolesets),
        "arguments": len(right.heads),
    }


def main() -> None:
    """Read the command line and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--predict", type=Path, metavar="OUT", help="write the file with predicted columns")
    parser.add_argument("--model", default="grammar", help="name or folder of the model")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    encoder = Encoder(options.model, threads=options.threads)
    docs = documents(options.file)
    layers = Layer(), Layer()
    base = 0
    for document in docs:
        read(document, encoder, base, layers)
        base += len(document.split.start)
    if options.predict:
        write(options.predict, docs)
    print(json.dumps(score(*layers)))


if __name__ == "__main__":
    main()
