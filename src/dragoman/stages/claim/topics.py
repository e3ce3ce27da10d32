"""Sentences about sport, markets, fiction or weather: their blows, shots and losses are set aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.stages.claim.arguments import Scene
from dragoman.stages.claim.candidates import Match


@dataclass(frozen=True, slots=True)
class Topic:
    """Words of a field, how many make a sentence one of it, which types it sets aside, and what speaks against it."""

    name: str
    words: frozenset[str]
    needs: int
    unless: frozenset[str]
    only: frozenset[str]  # types that are set aside; all of them when empty


def topics(values: Mapping[str, Mapping[str, Any]]) -> tuple[Topic, ...]:
    """Compile the topics of a language from the values of its lexicon."""
    return tuple(
        Topic(name, frozenset(each["words"]), int(each["needs"]), frozenset(each.get("unless", ())), frozenset(each.get("only", ())))
        for name, each in values.items()
    )


class Guard:
    """Tells for each sentence of one report whether its topic is no event."""

    def __init__(self, scene: Scene, known: tuple[Topic, ...]) -> None:
        """Take the report's grammar and the topics of its language."""
        self._scene = scene
        self._known = known
        self._counts: dict[tuple[int, str], int] = {}
        self._reports: dict[str, bool] = {}

    def reason(self, match: Match) -> str | None:
        """Return the topic that sets a trigger aside, or None."""
        sentence = self._scene.tokens.sentence[match.frame.token]
        for topic in self._known:
            if topic.only and not all(each.type in topic.only for each in match.entry.means):
                continue
            if self._about(sentence, topic):
                return topic.name
        return None

    def _about(self, sentence: int, topic: Topic) -> bool:
        here = self._count(sentence, topic)
        if here < 0 or (here == 0 and not (topic.needs > 1 and self._is_report(topic))):
            return False
        if here >= topic.needs:
            return True
        if topic.needs > 1 and self._is_report(topic):
            return True
        beside = [each for each in (sentence - 1, sentence + 1) if self._same_paragraph(sentence, each)]
        return topic.needs > 1 and any(self._count(each, topic) >= topic.needs for each in beside)

    def _is_report(self, topic: Topic) -> bool:
        """Tell whether the report as a whole is of a topic: two sentences of it, and words of it in at least every other one."""
        if topic.name not in self._reports:
            counts = [self._count(each, topic) for each in range(len(self._scene.tokens.sentences))]
            full, some = sum(each >= topic.needs for each in counts), sum(each > 0 for each in counts)
            self._reports[topic.name] = full >= 2 and 2 * some >= len(counts)
        return self._reports[topic.name]

    def _same_paragraph(self, sentence: int, other: int) -> bool:
        paragraphs = self._scene.reading.split.paragraphs
        return 0 <= other < len(self._scene.tokens.sentences) and (
            len(paragraphs) <= max(sentence, other) or paragraphs[sentence] == paragraphs[other]
        )

    def _count(self, sentence: int, topic: Topic) -> int:
        """Return how many different words of a topic a sentence has; -1 where a word speaks against it."""
        key = (sentence, topic.name)
        if key not in self._counts:
            first, last = self._scene.tokens.sentences[sentence]
            found: set[str] = set()
            against = False
            for token in range(first, last):
                forms = self._scene.clauses.forms(token)
                if forms & topic.unless:
                    against = True
                    break
                hit = forms & topic.words
                if token + 1 < last:
                    hit |= {f"{one} {two}" for one in forms for two in self._scene.clauses.forms(token + 1)} & topic.words
                found.update(sorted(hit)[:1])
            self._counts[key] = -1 if against else len(found)
        return self._counts[key]
