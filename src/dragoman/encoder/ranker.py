"""The ranker: how likely each word tells of a happening of each type, and with which modes and status.

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

OUTPUTS = ("type", "mode", "status")
_LEAST = 0.005  # words less likely than this to tell of anything are not kept


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
        labels = self.network.labels
        scores, modes, status = self.network.outputs(window, OUTPUTS)
        types, modes, status = _softmax(scores), _sigmoid(modes), _sigmoid(status)
        found: list[Ranked] = []
        for row, number in enumerate(window.sentences):
            first, last = sentences[number]
            told = 1 - types[row, : last - first, 0]
            found.extend(
                Ranked(
                    first + place,
                    _named(labels["type"], types[row, place]),
                    _named(labels["mode"], modes[row, place]),
                    _named(labels["status"], status[row, place]),
                )
                for place in np.flatnonzero(told >= _LEAST).tolist()
            )
        return found


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = powers / powers.sum(-1, keepdims=True)
    return shares


def _sigmoid(scores: Floats) -> Floats:
    return (1 / (1 + np.exp(-scores))).astype(np.float32)


def _named(labels: list[str], shares: Floats) -> dict[str, float]:
    """Return the labels that are at all likely; the first, which says that there is none, is left out where it is empty."""
    return {label: round(share, 4) for label, share in zip(labels, shares.tolist(), strict=True) if label and share >= _LEAST}


def load(config: Config) -> Callable[[Reading], Reading]:
    """Return the stage that fills ``ranked`` and ``ranker``; without a ranker in the config it does nothing."""
    if not config.ranker:
        return lambda reading: reading
    ranker = Ranker(config.ranker, threads=config.threads)

    def rank(reading: Reading) -> Reading:
        tokens = reading.grammar.tokens
        return replace(reading, ranked=ranker.rank(list(tokens.word), tokens.sentences), ranker=ranker.network.name)

    return rank
