"""Measure whom phrases are resolved to, against a list of phrases with what they mean.

    python eval/actors.py FILE.tsv [--predict OUT] [--misses]

FILE has a head line and the columns phrase, date (YYYY-MM-DD or empty), country and sector, the last two empty where
nothing should be resolved; ``sector`` is the first one. One JSON line goes to standard output: the share of
right countries, of right sectors, and of both, in percent, and the number of cases. ``--predict`` writes phrase, date and
what was resolved to OUT instead, from a file that may lack the last two columns. ``--misses`` prints the wrong ones
to standard error.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from datetime import date
from pathlib import Path

from dragoman.who import who

Code = tuple[str, str]


def resolved(phrase: str, day: str) -> Code:
    """Return country and first sector of a phrase on a day, empty where they are not told."""
    actor = who(phrase, on=date.fromisoformat(day) if day else None).actor
    return ("", "") if actor is None else (actor.country or "", next(iter(actor.sectors), ""))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file, every missing field as an empty string.

    Raises:
        SystemExit: naming file and line of a row without a phrase or with a date that is none.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            values = {key: (row.get(key) or "").strip() for key in ("phrase", "date", "country", "sector")}
            try:
                date.fromisoformat(values["date"] or "2000-01-01")
            except ValueError:
                sys.exit(f"{path}:{number}: {values['date']!r} is no date YYYY-MM-DD")
            if not values["phrase"]:
                sys.exit(f"{path}:{number}: no phrase; the columns are phrase, date, country, sector, parted by tabs")
            found.append(values)
    return found


def predict(cases: list[dict[str, str]], out: Path) -> None:
    """Write phrase, date and what was resolved."""
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(["phrase", "date", "country", "sector"])
        for case in cases:
            writer.writerow([case["phrase"], case["date"], *resolved(case["phrase"], case["date"])])


def measure(cases: list[dict[str, str]], *, misses: bool) -> dict[str, float]:
    """Return the shares of right answers in percent."""
    right = {"country": 0, "sector": 0, "both": 0}
    for case in cases:
        country, sector = resolved(case["phrase"], case["date"])
        hits = country == case["country"], sector == case["sector"]
        right["country"] += hits[0]
        right["sector"] += hits[1]
        right["both"] += all(hits)
        if misses and not all(hits):
            print(f"{case['phrase']}: {case['country']} {case['sector']} read as {country} {sector}", file=sys.stderr)
    return {**{name: round(100 * count / max(len(cases), 1), 2) for name, count in right.items()}, "cases": len(cases)}


def main() -> None:
    """Read, resolve, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--predict", type=Path)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    cases = rows(options.file)
    if options.predict:
        predict(cases, options.predict)
    else:
        print(json.dumps(measure(cases, misses=options.misses)))


if __name__ == "__main__":
    main()
