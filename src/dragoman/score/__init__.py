"""How well texts were read: what was said against annotated texts, per layer and field.

Precision, recall and F1 count things (attributions, claims ...), each matched at most once; shares are taken over the things found.
An attribution is found when over half of its content and of the content said is the same; a claim when the trigger said is one of the
gold's mentions of the happening. ``score.table`` prints; ``Score.record`` gives plain values.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from dragoman.errors import ReportError
from dragoman.gold import Gold, Texts
from dragoman.score.answer import Answer, of_gold, of_reading, of_record
from dragoman.score.compare import Comparison
from dragoman.score.tally import Found, Miss, Score, Share

__all__ = ["Answer", "Found", "Miss", "Score", "Share", "answers", "folder", "of_gold", "of_reading", "of_record", "score"]


def score(golds: Iterable[Gold], answer: Callable[[Gold], Answer | None]) -> Score:
    """Score the answers to annotated texts.

    ``answer`` returns what was said of a text, None where it was not read: then everything in it is missed.
    """
    total = Score()
    for gold in golds:
        said = answer(gold)
        Comparison(gold, Answer((), (), (), (), ()) if said is None else said, total).run()
    return total


def answers(path: Path) -> dict[str, Answer]:
    """Read the lines that ``dragoman read --json`` wrote into the answer to each report, by its id.

    Raises:
        ReportError: a line is no reading; it names file and line.
    """
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            found[record["report"]["id"]] = of_record(record)
        except (KeyError, TypeError, ValueError) as error:
            raise ReportError(f"{path}:{number}: no reading: {error!r}; write the file with dragoman read --json") from None
    return found


def folder(path: Path | None) -> Texts:
    """Return what finds the text of a ``document`` as ``<document>.txt`` under a folder; without one, nothing."""

    def text(document: str) -> str | None:
        file = path / f"{document}.txt" if path else None
        return file.read_bytes().decode("utf-8") if file and file.is_file() else None

    return text
