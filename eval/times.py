"""Measure expressions of time on texts in TimeML.

    python eval/times.py DIR [--predict OUT]

``DIR`` holds ``*.tml`` files: a ``TEXT`` with ``TIMEX3`` marks, and the day of writing as the ``TIMEX3`` of ``DCT`` or the one whose
function is CREATION_TIME. One JSON line in percent goes to standard output: F1 of expressions found (an overlap counts), F1 of
those whose days are right too, and the share of found ones with the right days. Expressions of the types DATE and TIME with a date
as value count; durations, sets and ``PAST_REF`` and the like do not. ``--predict`` writes the texts with our own marks, made from text
and day of writing alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from dragoman import pipeline
from dragoman.gold import value
from dragoman.types import Span, When

_PARTS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "H1": (1, 6), "H2": (7, 12)}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Days = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Marked:
    """One text with its day of writing and the dated expressions marked in it."""

    name: str
    text: str
    written: date | None
    times: tuple[tuple[Span, Days], ...]


def days(timex: str) -> Days | None:
    """Return the first and last day of a TIMEX3 value, or None for what is no date."""
    body = timex.strip()
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI|H1|H2)", body):
        return _part(int(found[1]), found[2])
    if re.fullmatch(r"\d{4}-W\d{2}-WE", body):
        monday = date.fromisoformat(value.when(body[:8], Span(0, 1)).from_ or "")
        return (monday + timedelta(days=5)).isoformat(), (monday + timedelta(days=6)).isoformat()
    body = re.sub(r"T.*$", "", body)
    body = re.sub(r"^(\d{3})X?$", r"\g<1>0s", body)
    body = re.sub(r"^(\d{2})(?:XX)?$", lambda found: f"C{int(found[1]) + 1:02}", body)
    try:
        when = value.when(re.sub(r"-XX", "", body), Span(0, 1))
    except ValueError:
        return None
    return when.from_, when.until


def _part(year: int, part: str) -> Days:
    if part == "WI":
        return f"{year}-12-01", f"{year + 1}-02-{29 if (year + 1) % 4 == 0 else 28}"
    first, last = _PARTS[part]
    end = value.when(f"{year}-{last:02}", Span(0, 1)).until
    return f"{year}-{first:02}-01", end


def read_file(path: Path) -> Marked:
    """Read one TimeML file.

    Raises:
        ElementTree.ParseError: the file is no XML.
    """
    root = ElementTree.parse(path).getroot()
    marks = list(root.iter("TIMEX3"))
    writing = root.find("DCT/TIMEX3")
    if writing is None:
        writing = next((each for each in marks if each.get("functionInDocument") == "CREATION_TIME"), None)
    told = _DAY.match(writing.get("value", "")) if writing is not None else None
    body = root.find("TEXT")
    pieces: list[str] = []
    times: list[tuple[Span, Days]] = []
    _walk(root if body is None else body, pieces, times)
    return Marked(path.stem, "".join(pieces), date.fromisoformat(told[0]) if told else None, tuple(times))


def _walk(node: ElementTree.Element, pieces: list[str], times: list[tuple[Span, Days]]) -> None:
    start = sum(map(len, pieces))
    pieces.append(node.text or "")
    for child in node:
        _walk(child, pieces, times)
        pieces.append(child.tail or "")
    end = sum(map(len, pieces))
    dated = days(node.get("value", "")) if node.tag == "TIMEX3" and node.get("type") in {"DATE", "TIME"} else None
    if dated is not None and end > start and node.get("functionInDocument") != "CREATION_TIME":
        times.append((Span(start, end), dated))


def ours(marked: Marked) -> list[tuple[Span, Days]]:
    """Return the dated expressions that we read in a text."""
    found = pipeline.read(marked.text, published=marked.written).times
    return [(each.span, _days_of(each)) for each in found if each.from_ is not None or each.until is not None]


def _days_of(when: When) -> Days:
    return when.from_[:10] if when.from_ else None, when.until[:10] if when.until else None


def timex(found: Days) -> str:
    """Return the TIMEX3 value that says the same days, as exactly as its forms allow."""
    first, last = found
    if first == last and first:
        return first
    for length in (7, 4, 3):
        written = (first or last or "")[:length]
        if days(written) == found:
            return written
    if first and last:
        year, week, _ = date.fromisoformat(first).isocalendar()
        if days(f"{year}-W{week:02}") == found:
            return f"{year}-W{week:02}"
    return f"{first or '..'}/{last or '..'}"


def marked_up(text: str, times: list[tuple[Span, Days]]) -> Iterator[str]:
    """Yield a TimeML document with expressions marked; of two that overlap the first stays."""
    yield '<?xml version="1.0" ?>\n<TimeML>\n<TEXT>'
    at = 0
    for number, (span, found) in enumerate(sorted(times, key=lambda each: (each[0].start, each[0].end)), 1):
        if span.start >= at:
            yield escape(text[at : span.start])
            yield f'<TIMEX3 tid="t{number}" type="DATE" value={quoteattr(timex(found))}>{escape(span.of(text))}</TIMEX3>'
            at = span.end
    yield escape(text[at:]) + "</TEXT>\n</TimeML>\n"


def matches(gold: tuple[tuple[Span, Days], ...], said: list[tuple[Span, Days]]) -> tuple[int, int]:
    """Return how many expressions were found, and with the right days; each is used once, those with the right days first."""
    pairs = sorted((one[1] != other[1], i, j) for i, one in enumerate(gold) for j, other in enumerate(said) if one[0].overlaps(other[0]))
    used_gold: set[int] = set()
    used_said: set[int] = set()
    right = 0
    for wrong, i, j in pairs:
        if i not in used_gold and j not in used_said:
            used_gold.add(i)
            used_said.add(j)
            right += not wrong
    return len(used_gold), right


def _f1(right: int, gold: int, said: int) -> float:
    return round(200 * right / (gold + said), 2) if gold + said else 0.0


def main() -> int:
    """Read the texts, score them, and print one line."""
    parser = argparse.ArgumentParser(description="Measure expressions of time on texts in TimeML.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--predict", type=Path, help="write the texts with our own marks to this folder")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.tml"))
    if not paths:
        print(f"{options.folder}: no *.tml; give a folder with TimeML files", file=sys.stderr)
        return 2
    gold = said = found = right = 0
    for path in paths:
        marked = read_file(path)
        times = ours(marked)
        if options.predict:
            options.predict.mkdir(parents=True, exist_ok=True)
            (options.predict / path.name).write_text("".join(marked_up(marked.text, times)), encoding="utf-8")
        here, well = matches(marked.times, times)
        gold, said, found, right = gold + len(marked.times), said + len(times), found + here, right + well
    report = {
        "texts": len(paths),
        "expression_f1": _f1(found, gold, said),
        "value_f1": _f1(right, gold, said),
        "value_accuracy": round(100 * right / found, 2) if found else 0.0,
    }
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
