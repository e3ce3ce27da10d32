"""How far two annotations of the same texts agree, and where they do not.

    python training/corpus_agreement.py FIRST SECOND [--data DATA] [--misses N] [--json]

``FIRST`` and ``SECOND`` are files or folders with items of the same ids. The first is taken as the gold: F1 is the same
either way round, precision and recall change places. Items that only one of them has are named and left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from corpus_texts import texts
from rich.console import Console

from dragoman.gold import Gold, read
from dragoman.score import of_gold, score
from dragoman.score.table import tables


def main() -> None:
    """Print the agreement of two annotations."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    first, second = (_by_id(path, options.data) for path in (options.first, options.second))
    for name in sorted(first.keys() ^ second.keys()):
        print(f"{name}: annotated once only", file=sys.stderr)
    found = score((first[name] for name in first if name in second), lambda gold: of_gold(second[gold.id]))
    if options.json:
        print(json.dumps(found.record()))
        return
    console = Console(highlight=False, markup=False, emoji=False)
    for table in tables(found, misses=options.misses):
        console.print(table)


def _by_id(path: Path, data: Path) -> dict[str, Gold]:
    errors: list[str] = []
    found = {gold.id: gold for gold in read(path, texts=texts(data), errors=errors)}
    for error in errors:
        print(error, file=sys.stderr)
    return found


if __name__ == "__main__":
    main()
