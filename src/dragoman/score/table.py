"""A score as tables for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from dragoman.score.tally import Score


def tables(score: Score, *, misses: int = 0) -> Iterator[RenderableType]:
    """Yield the tables of a score; up to ``misses`` misses of each kind with their words."""
    yield Text(f"{score.items} texts", style="bold")
    yield _found(score)
    yield _shares(score)
    for name, rate in score.rates.items():
        yield Text(f"{rate.percent / 100:.2f} {name} ({rate.cases})")
    if score.confusion:
        yield _confusion(score)
    if misses:
        yield from _misses(score, misses)


def _plain(*columns: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left", no_wrap=True)
    return table


def _found(score: Score) -> Table:
    table = _plain("", "precision", "recall", "F1", "gold", "said")
    for name, each in score.found.items():
        figures = (f"{each.precision:.1f}", f"{each.recall:.1f}", f"{each.f1:.1f}")
        table.add_row(name, *figures, str(each.gold), str(each.said))
    return table


def _shares(score: Score) -> Table:
    table = _plain("of what was found", "percent", "cases")
    for name, each in sorted(score.shares.items()):
        table.add_row(name, f"{each.percent:.1f}", str(each.cases))
    return table


def _confusion(score: Score) -> Table:
    """The types that are taken for others most often, and those missed or made up."""
    table = _plain("type", "gold", "right", "missed", "made up", "most read as")
    types = sorted({name for pair in score.confusion for name in pair} - {"-"})
    for type_ in types:
        row = {said: count for (gold, said), count in score.confusion.items() if gold == type_}
        others = Counter({said: count for said, count in row.items() if said not in (type_, "-")}).most_common(3)
        table.add_row(
            type_,
            str(sum(row.values())),
            str(row.get(type_, 0)),
            str(row.get("-", 0)),
            str(score.confusion.get(("-", type_), 0)),
            ", ".join(f"{said} {count}" for said, count in others),
        )
    return table


def _misses(score: Score, most: int) -> Iterator[Table]:
    ordered = sorted(score.misses, key=lambda miss: miss.layer)
    for layer, group in groupby(ordered, key=lambda miss: miss.layer):
        found = list(group)
        table = Table(title=f"{layer}: {len(found)} misses", title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for column in ("what", "words", "text"):
            table.add_column(column)
        for miss in found[:most]:
            table.add_row(Text(miss.what), Text(miss.words), Text(miss.item))
        yield table
