"""Run the evaluations of ``floors.json`` and compare each figure with its floor.

    python eval/gate.py [--data DIR] [--only WORD]

Each entry names a command (``{data}`` stands for the data folder), which prints one JSON line of figures,
and a floor for each figure that must not fall below it. Floors may rise freely; one that falls needs its
reason in the commit. An entry whose data are not there is skipped with that reason. Exit status: 0 when
no figure is below its floor, 1 when one is or a command fails, 2 when nothing could be measured.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def missing(command: list[str], data: Path) -> Path | None:
    """Return the first data file or folder of a command that is not there."""
    paths = (Path(word.replace("{data}", str(data))) for word in command if "{data}" in word)
    return next((path for path in paths if not path.exists()), None)


def measure(command: list[str], data: Path) -> dict[str, Any]:
    """Run one evaluation and return its figures.

    Raises:
        RuntimeError: with the last line of its complaint when it fails or prints no JSON line.
    """
    words = [word.replace("{data}", str(data)) for word in command]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    lines = done.stdout.strip().split("\n")
    try:
        figures = json.loads(lines[-1])
    except json.JSONDecodeError:
        figures = None
    if done.returncode or not isinstance(figures, dict):
        raise RuntimeError((done.stderr.strip().split("\n")[-1] or f"exit status {done.returncode}, no figures")[:200])
    return figures


def compare(name: str, figures: dict[str, Any], floors: dict[str, float]) -> int:
    """Print each figure that has a floor, and return how many are below it or not there."""
    below = 0
    for key, floor in floors.items():
        value = figures.get(key)
        holds = isinstance(value, int | float) and value >= floor
        below += not holds
        print(f"{'ok   ' if holds else 'BELOW'}  {name}: {key} {value if value is not None else 'not measured'}, floor {floor}")
    return below


def gate(entries: dict[str, Any], data: Path) -> int:
    """Run all entries and return the exit status."""
    below = measured = 0
    for name, entry in entries.items():
        absent = missing(entry["command"], data)
        if absent:
            print(f"skip   {name}: no {absent}")
            continue
        measured += 1
        try:
            below += compare(name, measure(entry["command"], data), entry["floors"])
        except RuntimeError as error:
            below += 1
            print(f"FAIL   {name}: {error}")
    if not measured:
        print(f"nothing measured: no data in {data}; give the folder with --data", file=sys.stderr)
        return 2
    return 1 if below else 0


def main() -> None:
    """Read the command line, run the gate and exit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="the folder with treebank/ and propbank/")
    parser.add_argument("--only", default="", help="entries whose name holds this word")
    options = parser.parse_args()
    entries = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    sys.exit(gate({name: entry for name, entry in entries.items() if options.only in name}, options.data.resolve()))


if __name__ == "__main__":
    main()
