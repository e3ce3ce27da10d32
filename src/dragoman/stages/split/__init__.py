"""Split: sentences and words of a report, its paragraphs, dateline and sign-off."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from dragoman import lexicon
from dragoman.config import Config
from dragoman.stages.split.frame import Frame
from dragoman.stages.split.sentences import Sentences, Spans
from dragoman.stages.split.words import Words, is_blank
from dragoman.types import Reading, Split

__all__ = ["Splitter", "is_blank", "load"]


class Splitter:
    """Splits texts of one language; safe to share between threads."""

    def __init__(self, lang: str) -> None:
        knowledge = lexicon.read(lang, "split")
        self._words = Words(knowledge)
        self._sentences = Sentences(knowledge, self._words)
        self._frame = Frame(knowledge, _capitals(lang))

    def split(self, text: str) -> Split:
        """Return tokens, sentences, paragraphs, dateline and sign-off of a text.

        Every visible character outside dateline and sign-off lies in exactly one token, every token
        in exactly one sentence; no sentence crosses a paragraph.
        """
        paragraphs, dateline, signoff = self._frame.read(text)
        tokens: Spans = []
        sentences: Spans = []
        numbers: list[int] = []
        number = -1
        for start, end in paragraphs:
            found = self._join_numbers(text, list(self._words.spans(text, start, end)))
            if not found:
                continue
            number += 1
            cut, ends = self._sentences.cut(text, found)
            base = first = len(tokens)
            tokens += cut
            for last in ends:
                sentences.append((first, base + last))
                numbers.append(number)
                first = base + last
        return Split(
            start=tuple(start for start, _ in tokens),
            end=tuple(end for _, end in tokens),
            sentences=tuple(sentences),
            paragraphs=tuple(numbers),
            dateline=dateline,
            signoff=signoff,
        )

    def _join_numbers(self, text: str, tokens: Spans) -> Spans:
        """Join the full stop of ``No.`` and its like where a number follows."""
        out: Spans = []
        for index, (start, end) in enumerate(tokens):
            if (
                end - start == 1
                and text[start] == "."
                and out
                and out[-1][1] == start
                and index + 1 < len(tokens)
                and text[tokens[index + 1][0]].isdecimal()
                and self._words.takes_stop_before_number(text[out[-1][0] : start])
            ):
                out[-1] = (out[-1][0], end)
            else:
                out.append((start, end))
        return out


def _capitals(lang: str) -> frozenset[str]:
    """Return the capitals and seats of power that may open a report without date or agency."""
    names: set[str] = set()
    for state in lexicon.read(lang, "countries"):
        for seat in (state.get("capital"), *state.get("seats", ())):
            form = seat.get("form") if isinstance(seat, dict) else seat
            if form:
                names.add(form)
    return frozenset(names)


def load(config: Config) -> Callable[[Reading], Reading]:
    """Return the stage that fills ``Reading.split``."""
    splitter = Splitter(config.lang)

    def split(reading: Reading) -> Reading:
        return dataclasses.replace(reading, split=splitter.split(reading.report.text))

    return split
