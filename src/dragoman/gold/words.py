"""Spans written as words: quotes with an occurrence number, or offsets."""

from __future__ import annotations

import re

from dragoman.types import Span

_OFFSETS = re.compile(r"@(\d+)-(\d+)")
_COUNTED = re.compile(r"(.*\S)\s*#(\d+)", re.DOTALL)
_GAP = re.compile(r"\s+(?:\.\.\.|…)\s+")


def find(words: str, text: str) -> Span:
    """Return the span that ``words`` stand for in ``text``.

    ``words`` are a quote that stands once, ``quote#2`` for its second occurrence, ``first ... last`` for
    all from the first words to the nearest last words after them (the number counts the first words), or
    ``@12-18`` for code points, half-open. An occurrence never begins or ends inside a word, and any run of
    white space stands for any other.

    Raises:
        ValueError: the words are not there, stand there more than once without a number, or lie outside.
    """
    if offsets := _OFFSETS.fullmatch(words):
        span = Span(int(offsets[1]), int(offsets[2]))
        if span.end > len(text):
            raise ValueError(f"{words} lies outside the text of {len(text)} characters")
        return span
    ordinal = None
    if (counted := _COUNTED.fullmatch(words)) and not _occurrences(words, text):
        words, ordinal = counted[1], int(counted[2])
    first, *rest = _GAP.split(words, maxsplit=1)
    found = _occurrences(first, text)
    if not found:
        raise ValueError(f"the text does not say {first!r}")
    if ordinal is None and len(found) > 1:
        raise ValueError(f"{first!r} stands {len(found)} times in the text; write #1 to #{len(found)} behind it")
    if ordinal is not None and not 1 <= ordinal <= len(found):
        raise ValueError(f"{first!r} stands {len(found)} times in the text, so #{ordinal} is none of them")
    span = found[(ordinal or 1) - 1]
    if not rest:
        return span
    ends = [each for each in _occurrences(rest[0], text) if each.end > span.end and each.start >= span.start]
    if not ends:
        raise ValueError(f"the text does not say {rest[0]!r} after {first!r}")
    return Span(span.start, ends[0].end)


def write(span: Span, text: str) -> str:
    """Return the shortest way to write a span of at most twelve words as a quote, longer ones with a gap."""
    quote = " ".join(span.of(text).split())
    found = _occurrences(quote, text)
    if span not in found:
        return f"@{span.start}-{span.end}"
    return quote if len(found) == 1 else f"{quote}#{found.index(span) + 1}"


def _occurrences(quote: str, text: str) -> list[Span]:
    """Find every occurrence that begins and ends at the edge of a word, in order; they may overlap."""
    if not quote.split():
        return []
    body = r"\s+".join(re.escape(part) for part in quote.split())
    before = r"(?<!\w)" if re.match(r"\w", quote) else ""
    after = r"(?!\w)" if re.search(r"\w$", quote) else ""
    return [Span(found.start(1), found.end(1)) for found in re.finditer(f"{before}(?=({body}){after})", text)]
