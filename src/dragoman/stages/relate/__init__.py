"""Who calls whom what, what is between two actors, and which happening is told as bringing about another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.config import Config
from dragoman.stages.relate import consequences, labels, relations
from dragoman.types import Reading

__all__ = ["load"]


def load(config: Config) -> Callable[[Reading], Reading]:
    """Load the lexicons of labels, relations and causes and return the stage.

    Raises:
        LexiconError: when the language lacks one of them.
    """
    names = labels.load(config.lang)
    states = relations.load(config.lang)
    causes = consequences.load(config.lang)

    def relate(reading: Reading) -> Reading:
        """Fill ``labels``, ``relations`` and ``consequences``."""
        if not len(reading.grammar.tokens):
            return reading
        return replace(
            reading,
            labels=tuple(labels.find(reading, names)),
            relations=tuple(relations.find(reading, states)),
            consequences=tuple(consequences.find(reading, causes)),
        )

    return relate
