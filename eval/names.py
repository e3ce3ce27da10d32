"""Score the names (person, organisation, place) of the encoder on the words of an IOB2 file.

    python eval/names.py FILE.iob2 [--predict OUT] [--model NAME] [--threads N]

Rows are ``number word tag ...`` with tabs between, as Universal NER writes them; a blank line ends a sentence,
``# newdoc`` begins a document. Words, sentences and documents are those of the file. Prints one JSON line in percent:
``precision``, ``recall`` and ``f1`` over whole names of the right label (names of other labels count on neither
side), ``f1`` of each label, and the number of ``names``. ``--predict`` writes the file with predicted tags, and ``_``
in the columns behind.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from conllu import f1, percent

from dragoman.encoder import Encoder
from dragoman.types import Split

LABELS = ("PER", "ORG", "LOC")
Line = str | list[str]  # a comment or blank line, or the columns of a word
Found = set[tuple[int, int, str]]  # first word, end (half-open), label


def documents(path: Path) -> list[list[Line]]:
    """Return the lines of a file, one list a document.

    Raises:
        ValueError: naming the line that has fewer than three columns.
    """
    found: list[list[Line]] = [[]]
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("# newdoc") and found[-1]:
            found.append([])
        cells = line.split("\t")
        if line.strip() and not line.startswith("#"):
            if len(cells) < 3:
                raise ValueError(f"{path}:{number}: a word needs number, word and tag with tabs between, got {line!r}")
            found[-1].append(cells)
        else:
            found[-1].append(line)
    return found


def text_of(lines: list[Line]) -> tuple[str, Split]:
    """Join the words of a document with single spaces; return the text and its words and sentences."""
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[tuple[int, int]] = []
    words: list[str] = []
    length = first = 0
    for line in [*lines, ""]:
        if isinstance(line, list):
            words.append(line[1])
            starts.append(length)
            ends.append(length + len(line[1]))
            length = ends[-1] + 1
        elif not line.strip() and first < len(starts):
            sentences.append((first, len(starts)))
            first = len(starts)
    return " ".join(words), Split(tuple(starts), tuple(ends), tuple(sentences), (0,) * len(sentences))


def names(tags: list[str]) -> Found:
    """Return the names that IOB2 tags mark, those of other labels left out."""
    found: Found = set()
    start = 0
    for index, tag in enumerate([*tags, "O"]):
        inside = index > 0 and tag[:1] == "I" and tags[index - 1][1:] == tag[1:]
        if inside:
            continue
        if index > 0 and (label := tags[index - 1][2:]) in LABELS:
            found.add((start, index, label))
        start = index
    return found


def read(lines: list[Line], encoder: Encoder) -> tuple[Found, Found]:
    """Return a document's own names and the encoder's, and put the predicted tags in place of its own."""
    text, split = text_of(lines)
    rows = [line for line in lines if isinstance(line, list)]
    gold = names([row[2] for row in rows])
    found = {(each.first, each.last, each.label) for each in encoder.parse(text, split).tokens.names if each.label in LABELS}
    tags = ["O"] * len(rows)
    for first, last, label in found:
        tags[first:last] = [f"B-{label}", *[f"I-{label}"] * (last - first - 1)]
    for row, tag in zip(rows, tags, strict=True):
        row[2:] = [tag, *["_"] * (len(row) - 3)]
    return gold, found


def main() -> None:
    """Read the command line and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--predict", type=Path, metavar="OUT", help="write the file with predicted tags")
    parser.add_argument("--model", default="grammar", help="name or folder of the model")
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    encoder = Encoder(options.model, threads=options.threads)
    gold: set[tuple[int, int, int, str]] = set()
    found: set[tuple[int, int, int, str]] = set()
    docs = documents(options.file)
    for number, lines in enumerate(docs):
        if any(isinstance(line, list) for line in lines):
            told, said = read(lines, encoder)
            gold |= {(number, *each) for each in told}
            found |= {(number, *each) for each in said}
    if options.predict:
        written = ("\t".join(line) if isinstance(line, list) else line for lines in docs for line in lines)
        options.predict.write_text("\n".join(written), encoding="utf-8")
    by_label = {
        f"f1 {label}": f1({each for each in gold if each[3] == label}, {each for each in found if each[3] == label}) for label in LABELS
    }
    figures = {"precision": percent(len(gold & found), len(found)), "recall": percent(len(gold & found), len(gold)), "f1": f1(gold, found)}
    print(json.dumps({**figures, **by_label, "names": len(gold)}))


if __name__ == "__main__":
    main()
