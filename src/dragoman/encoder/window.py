"""Words to subwords, and sentences to windows: part of the encoder's signature, shared with training.

A window is a run of consecutive sentences of one report, ``[CLS] sentence [SEP] sentence [SEP] ...``, of at
most ``limit`` subwords; a longer sentence is cut over several windows that travel in one batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.encoder.shape import SPECIAL, shape

LIMIT = 200
WORD_LIMIT = 12  # subwords of one word that are kept: the first eleven and the last


@dataclass(frozen=True, slots=True)
class Window:
    """Subwords of a batch: rows of ids and shapes, and for each sentence its words' first and last position.

    ``first`` and ``last`` count positions in row order with every row padded to ``width``.
    """

    ids: list[list[int]]
    shapes: list[list[int]]
    sentences: range
    first: list[list[int]]
    last: list[list[int]]
    width: int


class Vocabulary:
    """The tokenizer, a word at a time, with a cache; safe to share between threads.

    The cache is bounded: it is emptied when it holds 200,000 words.
    """

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Any = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.cls = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self.sep = int(self._tokenizer.token_to_id("[SEP]") or 0)
        self.unknown = int(self._tokenizer.token_to_id("[UNK]") or 0)
        self._cache: dict[str, tuple[list[int], int]] = {}

    def lookup(self, words: Sequence[str]) -> list[tuple[list[int], int]]:
        """Return subword ids and shape of each word; a word that leaves nothing is [UNK]."""
        cache = self._cache
        missing = sorted({word for word in words if word not in cache})
        if missing:
            if len(cache) + len(missing) > 200_000:
                self._cache = cache = {}
                missing = sorted(set(words))
            for word, code in zip(missing, self._tokenizer.encode_batch(missing, add_special_tokens=False), strict=True):
                ids = code.ids or [self.unknown]
                if len(ids) > WORD_LIMIT:
                    ids = [*ids[: WORD_LIMIT - 1], ids[-1]]
                cache[word] = (ids, shape(word))
        return [cache[word] for word in words]


def windows(vocabulary: Vocabulary, sentences: Sequence[Sequence[str]], *, limit: int = LIMIT) -> list[Window]:
    """Pack the sentences of one report into windows, in order.

    Args:
        vocabulary: the tokenizer.
        sentences: words of each sentence; none may be empty.
        limit: subwords of a window, [CLS] and [SEP] counted.

    Returns:
        Windows that hold every sentence exactly once.
    """
    packed: list[Window] = []
    coded = [vocabulary.lookup(words) for words in sentences]
    start = 0
    while start < len(coded):
        end, size = start, 1
        while end < len(coded):
            more = sum(len(ids) for ids, _ in coded[end]) + 1
            if end > start and size + more > limit:
                break
            size += more
            end += 1
            if size > limit:
                break
        packed.append(_window(vocabulary, coded[start:end], range(start, end), limit))
        start = end
    return packed


def _window(vocabulary: Vocabulary, coded: Sequence[Sequence[tuple[list[int], int]]], sentences: range, limit: int) -> Window:
    """Lay out sentences in one row, or a single long one in several."""
    special = SPECIAL
    rows_ids: list[list[int]] = [[vocabulary.cls]]
    rows_shapes: list[list[int]] = [[special]]
    places: list[list[tuple[int, int, int]]] = []
    for words in coded:
        here: list[tuple[int, int, int]] = []
        for ids, kind in words:
            if len(rows_ids[-1]) + len(ids) >= limit and len(coded) == 1:
                rows_ids[-1].append(vocabulary.sep)
                rows_shapes[-1].append(special)
                rows_ids.append([vocabulary.cls])
                rows_shapes.append([special])
            row = len(rows_ids) - 1
            begin = len(rows_ids[row])
            rows_ids[row].extend(ids)
            rows_shapes[row].append(2 * kind)
            rows_shapes[row].extend([2 * kind + 1] * (len(ids) - 1))
            here.append((row, begin, begin + len(ids) - 1))
        rows_ids[-1].append(vocabulary.sep)
        rows_shapes[-1].append(special)
        places.append(here)
    width = max(map(len, rows_ids))
    first = [[row * width + begin for row, begin, _ in here] for here in places]
    last = [[row * width + end for row, _, end in here] for here in places]
    return Window(rows_ids, rows_shapes, sentences, first, last, width)
