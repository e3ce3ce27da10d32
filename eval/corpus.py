"""Measure the engine on a part of the annotated corpus.

    python eval/corpus.py DATA [--part dev] [--folder real]

``DATA`` holds the texts that the stand-off annotations refer to (``treebank/``, ``names/re3d/``). One JSON line goes to standard
output: F1 by layer and shares of right fields, in percent, as ``dragoman score`` prints them; rates are
things a text.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))

from corpus_texts import texts  # noqa: E402

from dragoman import gold, score  # noqa: E402
from dragoman.pipeline import read_report  # noqa: E402


def figures(found: score.Score) -> dict[str, float]:
    """Return every F1, share and rate under one name each."""
    flat = {f"{name} f1": round(each.f1, 2) for name, each in found.found.items()}
    flat.update({name: round(each.percent, 2) for name, each in found.shares.items()})
    flat.update({name: round(each.percent / 100, 2) for name, each in found.rates.items()})
    return {"texts": found.items, **flat}


def main() -> None:
    """Read, score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--part", default="dev", choices=["train", "dev", "test"])
    parser.add_argument("--folder", default="real", choices=["real", "reports", "sentences", "passages"])
    options = parser.parse_args()
    items = gold.read(ROOT / "training" / "corpus" / options.folder, texts=texts(options.data))
    chosen = [each for each in items if each.part == options.part]
    print(json.dumps(figures(score.score(chosen, lambda each: score.of_reading(read_report(each.report))))))


if __name__ == "__main__":
    main()
