"""The ranker: how likely each word tells of a happening of each type.

A second small transformer, trained on the annotated corpus alone (grammar and meaning pull one small encoder apart). It
writes no row: the claim stage lets it choose between readings of a trigger and score them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from dragoman.config import Config
from dragoman.encoder.model import Floats, Network, find
from dragoman.encoder.window import Window
from dragoman.types import Ranked, Reading

OUTPUTS = ("type",)
_LEAST = 0.005  # types less likely than this are not kept


class Ranker:
    """A loaded ranker; safe to share between threads."""

    def __init__(self, name: str = "ranker", *, threads: int = 2) -> None:
        """Load a model.

        Args:
            name: a shipped model, newest version, or the path of a model folder.
            threads: threads that one run may use.

        Raises:
            ModelError: when the model is missing, altered or cannot be loaded.
        """
        self.network = Network(find(name), threads=threads)

    def rank(self, words: list[str], sentences: tuple[tuple[int, int], ...]) -> tuple[Ranked, ...]:
        """Rank the words of one report.

        Args:
            words: its words.
            sentences: half-open ranges over them.

        Returns:
            The words that may tell of a happening, in the order of the text; the result depends on this report alone.
        """
        windows = self.network.windows([words[first:last] for first, last in sentences])
        return tuple(each for window in windows for each in self._window(window, sentences))

    def _window(self, window: Window, sentences: tuple[tuple[int, int], ...]) -> list[Ranked]:
        labels = self.network.labels["type"]
        (scores,) = self.network.outputs(window, OUTPUTS)
        shares = _softmax(scores)
        found: list[Ranked] = []
        for row, number in enumerate(window.sentences):
            first, last = sentences[number]
            told = shares[row, : last - first, 1:].max(-1)
            for place in np.flatnonzero(told >= _LEAST).tolist():
                types = zip(labels[1:], shares[row, place, 1:].tolist(), strict=True)
                found.append(Ranked(first + place, {type_: round(share, 4) for type_, share in types if share >= _LEAST}))
        return found


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = powers / powers.sum(-1, keepdims=True)
    return shares


def load(config: Config) -> Callable[[Reading], Reading]:
    """Return the stage that fills ``ranked`` and ``ranker``; without a ranker in the config it does nothing."""
    if not config.ranker:
        return lambda reading: reading
    ranker = Ranker(config.ranker, threads=config.threads)

    def rank(reading: Reading) -> Reading:
        tokens = reading.grammar.tokens
        return replace(reading, ranked=ranker.rank(list(tokens.word), tokens.sentences), ranker=ranker.network.name)

    return rank
