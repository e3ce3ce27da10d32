"""Counts of right, said and wanted things, and what follows from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Found:
    """How many things there are in the gold, how many were said, and how many of these are right."""

    gold: int = 0
    said: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of what was said that is right, percent; 0 where nothing was said."""
        return 100 * self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was said, percent; 0 where there is none."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, percent."""
        total = self.gold + self.said
        return 200 * self.right / total if total else 0.0


@dataclass(slots=True)
class Share:
    """How many of some cases are right, or are of a kind."""

    cases: int = 0
    right: int = 0

    def add(self, right: bool) -> None:
        """Count one case."""
        self.cases += 1
        self.right += right

    @property
    def percent(self) -> float:
        """Share of the cases, percent; 0 without any."""
        return 100 * self.right / self.cases if self.cases else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing missed, made up or read otherwise, with its words."""

    item: str
    layer: str
    what: str
    words: str  # on one line


@dataclass(slots=True)
class Score:
    """All counts over some texts.

    ``found`` by layer, ``shares`` by layer and field, ``rates`` of things a text, types against each other, and misses.
    """

    items: int = 0
    found: dict[str, Found] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    rates: dict[str, Share] = field(default_factory=dict)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def count(self, name: str, *, gold: int = 0, said: int = 0, right: int = 0) -> None:
        """Add to the counts of a layer."""
        found = self.found.setdefault(name, Found())
        found.gold += gold
        found.said += said
        found.right += right

    def share(self, name: str, right: bool) -> None:
        """Count one case of a field."""
        self.shares.setdefault(name, Share()).add(right)

    def rate(self, name: str, things: int) -> None:
        """Count the things of one text."""
        rate = self.rates.setdefault(name, Share())
        rate.cases += 1
        rate.right += things

    def record(self) -> dict[str, object]:
        """Return all figures as plain values, percent rounded to two places."""
        return {
            "items": self.items,
            "f1": {
                name: {
                    "precision": round(each.precision, 2),
                    "recall": round(each.recall, 2),
                    "f1": round(each.f1, 2),
                    "gold": each.gold,
                    "said": each.said,
                }
                for name, each in self.found.items()
            },
            "accuracy": {name: {"percent": round(each.percent, 2), "cases": each.cases} for name, each in self.shares.items()},
            "rates": {name: {"mean": round(each.percent / 100, 4), "texts": each.cases} for name, each in self.rates.items()},
            "confusion": [[gold, said, count] for (gold, said), count in sorted(self.confusion.items(), key=lambda row: (-row[1], row[0]))],
        }
