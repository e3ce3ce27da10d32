"""Score parts of speech and trees of the encoder on the words of a CoNLL-U file.

    python eval/treebank.py FILE.conllu [--predict OUT] [--model NAME] [--threads N]

Words, sentences and documents are those of the file; no other column is looked at but for scoring.
Prints one JSON line in percent over all words, punctuation included: ``upos``, ``uas``, ``las`` (the
universal relation without its subtype, as the shared tasks score it), ``las_subtypes`` (the relation in
full), ``lemma`` and ``tag``, and the number of ``sentences``; null where the file has no such column.
``--predict`` writes the file with the predicted columns; columns that are not predicted hold ``_``.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from conllu import Document, Row, blank, documents, percent, write

from dragoman.encoder import Encoder
from dragoman.types import Tokens

KEYS = ("upos", "uas", "las", "las_subtypes", "lemma", "tag")


def predicted(row: Row, tokens: Tokens, index: int, base: int) -> Row:
    """Return the row of a word with what the encoder says of it; ``base`` is the sentence's first word."""
    out = blank(row)
    head = tokens.head[index]
    out[2:5] = tokens.lemma[index], tokens.upos[index], tokens.tag[index]
    out[6:8] = str(head - base + 1) if head >= 0 else "0", tokens.dep[index]
    return out


def count(gold: Row, found: Row) -> Counter[str]:
    """Count what is right in one word's row, and what there is to be right in."""
    tally: Counter[str] = Counter()
    if gold[6].isdigit():
        attached = gold[6] == found[6]
        tally["of uas"] = tally["of las"] = tally["of las_subtypes"] = 1
        tally["uas"] = attached
        tally["las"] = attached and gold[7].split(":")[0] == found[7].split(":")[0]
        tally["las_subtypes"] = attached and gold[7] == found[7]
    for key, column in (("lemma", 2), ("upos", 3), ("tag", 4)):
        if gold[column] != "_" or gold[1] == "_":
            tally["of " + key] = 1
            tally[key] = gold[column] == found[column]
    return tally


def parse(document: Document, encoder: Encoder) -> Counter[str]:
    """Parse a document, put the predicted columns in place of its own, and return what was right."""
    tokens = encoder.parse(document.text, document.split).tokens
    tally: Counter[str] = Counter()
    for sentence, (base, _) in zip(document.sentences, document.split.sentences, strict=True):
        index = base
        for place, line in enumerate(sentence.lines):
            if isinstance(line, str):
                continue
            if line[0].isdigit():
                sentence.lines[place] = predicted(line, tokens, index, base)
                tally += count(line, sentence.lines[place])  # type: ignore[arg-type]
                index += 1
            else:
                sentence.lines[place] = blank(line)
        tally["sentences"] += 1
    return tally


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
    tally: Counter[str] = Counter()
    for document in docs:
        tally += parse(document, encoder)
    if options.predict:
        write(options.predict, docs)
    print(json.dumps({**{key: percent(tally[key], tally["of " + key]) for key in KEYS}, "sentences": tally["sentences"]}))


if __name__ == "__main__":
    main()
