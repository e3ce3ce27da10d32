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
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from conllu import Document, Row, Sentence, blank, documents, f1, percent, write
from treebank import predicted

from dragoman.encoder import Encoder
from dragoman.types import Argument, Predicate, Tokens

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


def apart(predicate: Predicate) -> list[Argument]:
    """Return the arguments with spans that share no word, as a column can hold: the inner one keeps its words."""
    heads = {predicate.token, *(argument.head for argument in predicate.arguments)}
    taken: set[int] = set()
    kept = []
    for argument in sorted(predicate.arguments, key=lambda each: (each.last - each.first, each.head)):
        first = last = argument.head
        while first > argument.first and first - 1 not in taken | heads:
            first -= 1
        while last + 1 < argument.last and last + 1 not in taken | heads:
            last += 1
        taken |= set(range(first, last + 1))
        kept.append(replace(argument, first=first, last=last + 1))
    return kept


def roleset(predicate: Predicate, tokens: Tokens) -> str:
    """Return the first roleset, the first of the lemma where the list has none."""
    return predicate.rolesets[0][0] if predicate.rolesets else f"{tokens.lemma[predicate.token]}.01"


def found(predicates: list[Predicate], words: list[Row], tokens: Tokens, *, start: int, base: int, layer: Layer) -> None:
    """Add the predicates read in one sentence, whose first word is ``start`` in its document."""
    for predicate in predicates:
        word = base + predicate.token - start
        layer.rolesets[word] = roleset(predicate, tokens)
        for argument in predicate.arguments:
            layer.heads.add((word, argument.role, base + argument.head - start))
            layer.spans.add((word, argument.role, *trimmed(words, argument.first - start, argument.last - start, base)))


def columns(sentence: Sentence, predicates: list[Predicate], tokens: Tokens, start: int) -> None:
    """Put the predicted columns in place of the sentence's own."""
    rolesets = {predicate.token: roleset(predicate, tokens) for predicate in predicates}
    cells = [["*"] * len(predicates) for _ in sentence.words]
    for column, predicate in enumerate(predicates):
        cells[predicate.token - start][column] = "(V*)"
        for argument in predicate.arguments:
            cells[argument.first - start][column] = f"({argument.role}*"
            cells[argument.last - 1 - start][column] += ")"
    word = 0
    for place, line in enumerate(sentence.lines):
        if isinstance(line, str):
            continue
        if line[0].isdigit():
            sentence.lines[place] = [*predicted(line, tokens, start + word, start), rolesets.get(start + word, "-"), *cells[word]]
            word += 1
        else:
            sentence.lines[place] = blank(line)


def read(document: Document, encoder: Encoder, base: int, layers: tuple[Layer, Layer]) -> None:
    """Read a document, add to the layers of file and encoder, and put the predicted columns in place."""
    by_sentence: list[list[Predicate]] = [[] for _ in document.sentences]
    grammar = encoder.parse(document.text, document.split)
    for predicate in sorted(grammar.predicates, key=lambda each: each.token):
        by_sentence[grammar.tokens.sentence[predicate.token]].append(replace(predicate, arguments=tuple(apart(predicate))))
    for sentence, (start, _), predicates in zip(document.sentences, document.split.sentences, by_sentence, strict=True):
        words = sentence.words
        gold(words, base + start, layers[0])
        found(predicates, words, grammar.tokens, start=start, base=base + start, layer=layers[1])
        columns(sentence, predicates, grammar.tokens, start)


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
