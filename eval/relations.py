"""Measure what happens between two given parties of a sentence, and whether plain reading finds it.

    python eval/relations.py FILE.tsv [--predict OUT] [--half look|score]

``FILE.tsv`` has a header and the columns ``sentence``, ``source``, ``target``, ``root`` and ``penta``. One JSON line in percent goes
to standard output: with source and target given, macro-F1 and accuracy of the type (CONCEDE and RETREAT are one root, YIELD) and
macro-F1 of the quad class; and the share of rows where plain reading has a claim of the right root whose actor and recipient lie at
source and target. ``--predict`` writes a row's root and quad, made from sentence, source and target alone. ``--half`` takes the rows
whose sentence hashes to one half, so that rules can be written while looking at the other.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from dragoman import lexicon, pipeline
from dragoman.config import Config
from dragoman.ontology import named
from dragoman.stages.claim import candidates, entries
from dragoman.stages.claim.arguments import Scene
from dragoman.types import Actor, Claim, Reading, Span

CONFIG = Config()
PLOVER = named(CONFIG.ontology)
INDEX = entries.load(CONFIG.lang, CONFIG.ontology)
SUPPORT = {key: frozenset(words) for key, words in lexicon.read(CONFIG.lang, "claim_support").items()}
YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
TOLD, MATCHED, WORD = 3.0, 1.5, 0.5  # how much a claim, a match that made no claim, and a mere word count
FAR = 0.15  # what a step of grammar away from the two parties costs


def half_of(sentence: str) -> str:
    """Return the half, ``look`` or ``score``, that a sentence belongs to by its hash."""
    return "score" if int(sha256(sentence.encode()).hexdigest(), 16) % 2 else "look"


def quad(root: str) -> int:
    """Return the quad class of a root; of YIELD it is 2."""
    return 2 if root == "YIELD" else PLOVER.type(root).quad


def span_of(sentence: str, words: str) -> Span | None:
    """Return where the words stand, or None."""
    start = sentence.find(words)
    return Span(start, start + len(words)) if start >= 0 and words else None


def root_of(claim: Claim) -> str:
    """Return the root of a claim: who says that he will yield agrees there, while we code a concession."""
    rule = next((each.rule for each in claim.evidence if each.role == "type"), "")
    if claim.type == "CONCEDE" and rule.partition(".")[0] in {"agree", "retreat"}:
        return "AGREE"
    return YIELD.get(claim.type, claim.type)


class Pair:
    """A sentence as read, and the two parties given."""

    def __init__(self, reading: Reading, source: Span | None, target: Span | None) -> None:
        """Take the reading and where the parties stand."""
        self.reading, self.source, self.target = reading, source, target
        self.scene = Scene(reading, SUPPORT)
        self.scene.event_types = lambda token: candidates.event_types(self.scene, INDEX, token)
        heads = [head for head in (self._head(source), self._head(target)) if head is not None]
        self.path = self._path(heads)

    def _head(self, span: Span | None) -> int | None:
        tokens = self.scene.tokens
        within = tokens.within(span) if span is not None else None
        if within is None:
            return None
        return next((each for each in range(*within) if not within[0] <= tokens.head[each] < within[1]), within[0])

    def _above(self, token: int) -> list[int]:
        found = [token]
        while self.scene.tokens.head[found[-1]] >= 0:
            found.append(self.scene.tokens.head[found[-1]])
        return found

    def _path(self, heads: list[int]) -> frozenset[int]:
        """Return the words between the two parties in the tree, up to the one that governs both."""
        if len(heads) < 2:
            return frozenset(self._above(heads[0])) if heads else frozenset()
        one, other = self._above(heads[0]), self._above(heads[1])
        shared = set(one) & set(other)
        top = next((each for each in one if each in shared), None)
        return frozenset(each for line in (one, other) for each in line if each not in shared or each == top)

    def distance(self, token: int) -> int:
        """Return how many steps up or down lie between a word and the path between the parties."""
        for steps, each in enumerate(self._above(token)):
            if each in self.path:
                return steps
        return 8

    def fit(self, actors: Iterable[Actor], recipients: Iterable[Actor]) -> float:
        """Weigh how well parties lie at source and target; the other way round counts for less."""
        actors, recipients = list(actors), list(recipients)
        forward = _over(actors, self.source) + _over(recipients or actors, self.target)
        backward = _over(actors, self.target) + _over(recipients or actors, self.source)
        return max(2.0 * forward, 0.8 * backward)

    def ways(self) -> Iterator[tuple[float, str]]:
        """Yield roots with their weights: of claims, of matches, and of words that can tell of an event."""
        tokens = self.scene.tokens
        for claim in self.reading.claims:
            within = tokens.within(claim.trigger)
            steps = self.distance(within[0]) if within is not None else 8
            yield TOLD + self.fit(claim.actors, claim.recipients) + claim.score - FAR * steps, root_of(claim)
        for match in candidates.find(self.scene, INDEX):
            for meaning in match.entry.means[:1]:
                weight = MATCHED + match.score + 0.1 * match.points - FAR * self.distance(match.frame.token)
                yield weight, YIELD.get(meaning.type, meaning.type)
        for token in range(len(tokens)):
            for type_ in sorted(candidates.event_types(self.scene, INDEX, token)):
                yield WORD - FAR * self.distance(token), YIELD.get(type_, type_)

    def root(self) -> str:
        """Return the likeliest root; one that nothing speaks for is CONSULT."""
        found = sorted(self.ways(), key=lambda each: (-each[0], each[1]))
        return found[0][1] if found else "CONSULT"

    def reads(self, root: str) -> bool:
        """Tell whether plain reading has a claim of a root between the two parties."""
        return any(root_of(claim) == root and self._between(claim) for claim in self.reading.claims)

    def _between(self, claim: Claim) -> bool:
        """Tell whether a claim's parties lie at source and target; one without a recipient is compared by its place or its other actors."""
        at_target = _over(claim.recipients or claim.actors, self.target)
        if not claim.recipients and claim.where is not None and self.target is not None:
            at_target = at_target or claim.where.span.overlaps(self.target)
        return _over(claim.actors, self.source) and at_target


def _over(actors: Iterable[Actor], span: Span | None) -> bool:
    return span is not None and any(each.span is not None and each.span.overlaps(span) for each in actors)


def macro_f1(pairs: list[tuple[str, str]]) -> float:
    """Return the mean F1 over the classes of the gold, percent."""
    gold, said, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs), Counter(a for a, b in pairs if a == b)
    return 100 * sum(2 * right[each] / (gold[each] + said[each]) for each in gold) / len(gold) if gold else 0.0


def read_pairs(rows: Iterable[dict[str, str]]) -> Iterator[Pair]:
    """Read each row's sentence and find its parties in it."""
    for row in rows:
        sentence = row["sentence"]
        yield Pair(pipeline.read(sentence, config=CONFIG), span_of(sentence, row["source"]), span_of(sentence, row["target"]))


def main() -> int:
    """Read the rows, score them, and print one line."""
    parser = argparse.ArgumentParser(description="Measure what happens between two given parties of a sentence.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--predict", type=Path, help="write a row's root and quad to this file")
    parser.add_argument("--half", choices=("look", "score"), help="only the rows of one half")
    options = parser.parse_args()
    with options.file.open(encoding="utf-8", newline="") as lines:
        rows = [each for each in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if each["sentence"].strip()]
    rows = [each for each in rows if not options.half or half_of(each["sentence"]) == options.half]
    if not rows:
        print(f"{options.file}: no rows; give a file with the columns sentence, source, target, root, penta", file=sys.stderr)
        return 2
    pairs = list(read_pairs(rows))
    roots = [each.root() for each in pairs]
    if options.predict:
        options.predict.write_text("".join(f"{root}\t{quad(root)}\n" for root in ["root", *roots] if root != "root"), encoding="utf-8")
    if "root" in rows[0]:
        wanted = [row["root"] for row in rows]
        found = sum(pair.reads(root) for pair, root in zip(pairs, wanted, strict=True))
        report = {
            "root_macro_f1": round(macro_f1(list(zip(wanted, roots, strict=True))), 2),
            "root_accuracy": round(100 * sum(a == b for a, b in zip(wanted, roots, strict=True)) / len(rows), 2),
            "quad_macro_f1": round(macro_f1([(row["penta"], str(quad(root))) for row, root in zip(rows, roots, strict=True)]), 2),
            "read_recall": round(100 * found / len(rows), 2),
            "rows": len(rows),
        }
        print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
