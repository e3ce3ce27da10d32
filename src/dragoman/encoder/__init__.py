"""The grammar encoder: tokens in, tree, names, predicates and arguments out, in one pass of a small transformer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.config import Config
from dragoman.types import Grammar, Reading, Split, Tokens


class Encoder:
    """A loaded model with its decoders; safe to share between threads."""

    def __init__(self, name: str = "grammar", *, threads: int = 2) -> None:
        """Load a model.

        Args:
            name: a shipped model, newest version, or the path of a model folder.
            threads: threads that one run may use.

        Raises:
            ModelError: when the model is missing, altered or cannot be loaded.
        """
        from dragoman.encoder.model import Model, find

        self.model = Model(find(name), threads=threads)

    def parse(self, text: str, split: Split) -> Grammar:
        """Read the grammar of one report's tokens, window by window.

        Args:
            text: the report's text.
            split: its tokens and sentences.

        Returns:
            One column entry a token; the result depends on this report alone.
        """
        from dragoman.encoder.decode import Columns, sentence
        from dragoman.encoder.lemma import lemma

        words = [text[start:end] for start, end in zip(split.start, split.end, strict=True)]
        sentences = [words[first:last] for first, last in split.sentences]
        columns = Columns()
        for window in self.model.windows(sentences):
            scores = self.model.run(window)
            for row, number in enumerate(window.sentences):
                sentence(self.model, scores, row, words=sentences[number], lemmatise=lemma, columns=columns)
        children: list[list[int]] = [[] for _ in words]
        for index, head in enumerate(columns.head):
            if head >= 0:
                children[head].append(index)
        tokens = Tokens(
            start=split.start,
            end=split.end,
            word=tuple(words),
            lemma=tuple(columns.lemma),
            upos=tuple(columns.upos),
            tag=tuple(columns.tag),
            head=tuple(columns.head),
            dep=tuple(columns.dep),
            sentence=tuple(number for number, (first, last) in enumerate(split.sentences) for _ in range(first, last)),
            sentences=split.sentences,
            names=tuple(columns.names),
            children=tuple(map(tuple, children)),
        )
        return Grammar(tokens, tuple(columns.predicates), self.model.name)


def load(config: Config) -> Callable[[Reading], Reading]:
    """Return the stage that fills ``grammar``."""
    encoder = Encoder(config.model, threads=config.threads)

    def encode(reading: Reading) -> Reading:
        return replace(reading, grammar=encoder.parse(reading.report.text, reading.split))

    return encode
