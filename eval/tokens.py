"""Score words and sentences of the splitter on the raw text of a CoNLL-U file.

    python eval/tokens.py FILE.conllu [--flat]

The text is put together from the words and their ``SpaceAfter``, one document at a time; paragraphs
(``# newpar``) are set apart by a blank line, by a space with ``--flat``. Prints one JSON line of F1
in percent; a word counts when both of its offsets agree, a sentence when its first and last do.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from conllu import Document, documents, f1

from dragoman.stages.split import Splitter


def score(docs: list[Document]) -> dict[str, float | int | None]:
    """Split the raw text of each document and compare with its own words and sentences."""
    splitter = Splitter("en")
    gold_words, gold_sentences, words, sentences = set(), set(), set(), set()
    for number, document in enumerate(docs):
        split = splitter.split(document.text)
        words |= {(number, *span) for span in zip(split.start, split.end, strict=True)}
        sentences |= {(number, split.start[first], split.end[last - 1]) for first, last in split.sentences}
        gold = document.split
        gold_words |= {(number, *span) for span in zip(gold.start, gold.end, strict=True)}
        gold_sentences |= {(number, gold.start[first], gold.end[last - 1]) for first, last in gold.sentences}
    return {
        "token_f1": f1(gold_words, words),
        "sentence_f1": f1(gold_sentences, sentences),
        "tokens": len(gold_words),
        "sentences": len(gold_sentences),
    }


def main() -> None:
    """Read the command line and print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--flat", action="store_true", help="paragraphs joined by a space")
    options = parser.parse_args()
    print(json.dumps(score(documents(options.file, flat=options.flat))))


if __name__ == "__main__":
    main()
