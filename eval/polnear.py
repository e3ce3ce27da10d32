"""Measure attributions on a corpus in brat standoff, through the whole pipeline.

    python eval/polnear.py DIR [--predict OUT] [--half look|score]

``DIR`` holds ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``; an event of an annotation file
ties one Cue with its Source and Content. One JSON line in percent goes to standard output. A span counts
as exact when it and a gold span of the same role have the same characters in all parts, and as
overlapping when they share one; each gold span is matched once. ``--predict`` writes brat files made from
the texts alone. ``--half`` takes the texts whose name hashes to one half, so that rules can be written
while looking at the other. The corpus marks no attribution inside a direct quotation ("I think" in what
somebody is quoted as saying) and none without a cue: the former are not written, and a quotation taken up
again in the same paragraph is written as a further part of the content that it follows. Its sources have
their appositions and relative clauses with them.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from dragoman.pipeline import read
from dragoman.stages.attribute.quotes import scan
from dragoman.types import Reading, Span

ROLES = ("source", "cue", "content")
Parts = tuple[tuple[int, int], ...]
Row = dict[str, Parts]


def half_of(name: str) -> str:
    """Return the half, ``look`` or ``score``, that a text belongs to by the hash of its name."""
    return "score" if int(sha256(name.encode()).hexdigest(), 16) % 2 else "look"


def gold(path: Path) -> list[Row]:
    """Read the attributions of one annotation file."""
    spans: dict[str, Parts] = {}
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if fields[0].startswith("T"):
            ranges = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = tuple(sorted((int(each.split()[0]), int(each.split()[1])) for each in ranges))
        elif fields[0].startswith("E"):
            row: Row = {}
            for each in fields[1].split():
                role, target = each.split(":")
                role = role.rstrip("0123456789").lower()
                if role in ROLES and target in spans:
                    row[role] = tuple(sorted((*row.get(role, ()), *spans[target])))
            rows.append(row)
    return rows


def predicted(reading: Reading) -> list[Row]:
    """Return the attributions of a reading that have a cue and stand in no quotation, as rows of parts."""
    text = reading.report.text
    quoted = [each for each in scan(text) if not each.depth and len(text[each.start : each.end].split()) >= 5]

    def parts(spans: tuple[Span, ...]) -> Parts:
        return tuple(sorted((span.start, span.end) for span in spans))

    rows: list[Row] = []
    for each in sorted(reading.attributions, key=lambda one: one.content[-1]):
        if not each.cue and rows:
            before = rows[-1]["content"]
            end = max(before[-1][1], rows[-1]["cue"][-1][1])
            if end <= each.content[0].start and "\n" not in text[end : each.content[0].start]:
                rows[-1]["content"] = (*before, *parts(each.content))
        elif each.cue and not any(quote.start < each.cue[0].start < quote.end for quote in quoted):
            row = {"cue": parts(each.cue), "content": parts(each.content)}
            described = [item.span for item in each.evidence if item.role == "source"]
            if described:
                row["source"] = parts((max(described, key=lambda span: span.end),))
            rows.append(row)
    return rows


def read_text(path: Path) -> str:
    """Read a text without touching its line ends, so that offsets hold."""
    return path.read_bytes().decode("utf-8")


def _matches(wanted: list[Parts], got: list[Parts]) -> tuple[int, int]:
    """Return how many spans match exactly, and how many overlap, each used once."""
    exact = sum((Counter(wanted) & Counter(got)).values())
    pairs = sorted(
        (-sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other), i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(got)
        if one[0][0] < other[-1][1] and other[0][0] < one[-1][1]
    )
    used_wanted: set[int] = set()
    used_got: set[int] = set()
    for shared, i, j in pairs:
        if shared < 0 and i not in used_wanted and j not in used_got:
            used_wanted.add(i)
            used_got.add(j)
    return exact, len(used_wanted)


def _scores(hits: int, got: int, wanted: int) -> dict[str, float]:
    precision = 100 * hits / got if got else 0.0
    recall = 100 * hits / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 2), "recall": round(recall, 2), "f1": round(f1, 2)}


def brat(text: str, rows: list[Row]) -> Iterator[str]:
    """Yield the lines of a brat standoff file."""
    number = 0
    for index, row in enumerate(rows, 1):
        roles = []
        for role in ROLES:
            if role in row:
                number += 1
                ranges = ";".join(f"{start} {end}" for start, end in row[role])
                words = " ".join(text[start:end] for start, end in row[role]).replace("\n", " ")
                yield f"T{number}\t{role.capitalize()} {ranges}\t{words}"
                roles.append(f"{role.capitalize()}:T{number}")
        number += 1
        ranges = ";".join(f"{start} {end}" for start, end in row["cue"])
        yield f"T{number}\tAttribution {ranges}\t{text[row['cue'][0][0] : row['cue'][-1][1]]}"
        yield f"E{index}\tAttribution:T{number} {' '.join(roles)}"


def main() -> int:
    """Read the texts, score them, and print one line."""
    parser = argparse.ArgumentParser(description="Measure attributions on a corpus in brat standoff.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--predict", type=Path, help="write brat files of what was read")
    parser.add_argument("--half", choices=("look", "score"), help="only the texts of one half")
    options = parser.parse_args()
    texts = sorted((options.folder / "text").glob("*.txt"))
    if not texts:
        print(f"{options.folder}: no text/*.txt; give a folder with text/ and attributions/", file=sys.stderr)
        return 2
    counts: Counter[tuple[str, str]] = Counter()
    for path in texts:
        if options.half and half_of(path.stem) != options.half:
            continue
        text = read_text(path)
        rows = predicted(read(text))
        if options.predict:
            options.predict.mkdir(parents=True, exist_ok=True)
            (options.predict / f"{path.stem}.ann").write_text("".join(f"{line}\n" for line in brat(text, rows)), encoding="utf-8")
        for notes in sorted((options.folder / "attributions").glob("*.ann")):
            if path.stem not in (notes.stem, notes.stem.rpartition("_")[0]):
                continue
            marked = gold(notes)
            for role in ROLES:
                wanted = [row[role] for row in marked if role in row]
                got = [row[role] for row in rows if role in row]
                exact, overlap = _matches(wanted, got)
                for what, value in (("exact", exact), ("overlap", overlap), ("wanted", len(wanted)), ("got", len(got))):
                    counts[role, what] += value
    report = {
        measure: {role: _scores(counts[role, measure], counts[role, "got"], counts[role, "wanted"]) for role in ROLES}
        for measure in ("exact", "overlap")
    }
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
