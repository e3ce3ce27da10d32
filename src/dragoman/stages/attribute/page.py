"""What drafting works on: a report with its quotations, and attributions before anybody is looked up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.stages.actor import actors_in
from dragoman.stages.attribute.cues import Entry
from dragoman.stages.attribute.quotes import Quote
from dragoman.stages.attribute.sources import Source
from dragoman.types import Actor, Predicate, Reading, Span, Tokens


@dataclass(frozen=True, slots=True)
class Draft:
    """One attribution in the making; ``entry`` is None where a quotation goes on without a cue."""

    token: int
    entry: Entry | None
    form: str
    cue: Span | None
    source: Source | None
    content: tuple[Span, ...]
    frame: str
    negated: bool = False
    score: float = 0.8
    continues: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A report with what drafting needs at hand: tokens, quotations, and who lies inside which quotation."""

    reading: Reading
    quotes: tuple[Quote, ...]
    starts: tuple[int, ...]
    predicates: dict[int, Predicate]

    @property
    def text(self) -> str:
        return self.reading.report.text

    @property
    def tokens(self) -> Tokens:
        return self.reading.grammar.tokens

    def quote_at(self, offset: int) -> int | None:
        """Return the innermost quotation that holds the character at ``offset``."""
        index: int | None = bisect_right(self.starts, offset) - 1
        while index is not None and index >= 0:
            if self.quotes[index].start <= offset < self.quotes[index].end:
                return index
            parent = self.quotes[index].parent
            if parent is None and index > 0 and self.quotes[index].depth == 0:
                return None
            index = parent
        return None

    def after(self, offset: int) -> int:
        """Return the index of the first quotation that begins at ``offset`` or later."""
        return bisect_left(self.starts, offset)

    def token_at(self, offset: int) -> int:
        """Return the token at ``offset``, or the next one, or the last of all."""
        return min(bisect_right(self.tokens.end, offset), len(self.tokens) - 1)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence at ``offset``, or of the next one."""
        return self.tokens.sentence[self.token_at(offset)]

    def stretch(self, token: int) -> tuple[int, int]:
        """Return the part of a sentence between semicolons that holds ``token``; those in another quotation do not count."""
        tokens = self.tokens
        begin, end = tokens.sentences[tokens.sentence[token]]
        around = self.quote_at(tokens.start[token])
        marks = [i for i in range(begin, end - 1) if tokens.word[i] == ";" and self.quote_at(tokens.start[i]) == around]
        if any(tokens.lemma[i + 1] in ("and", "or") for i in marks):  # a list
            return begin, end
        for other in marks:
            if other > token:
                return begin, other
            begin = other + 1
        return begin, end

    def actor(self, head: int) -> Actor | None:
        """Return who a head word names, or None."""
        return next((each.actor for each in actors_in(self.reading, head) if each.actor is not None), None)

    def names_somebody(self, head: int) -> bool:
        """Tell whether a noun names somebody who acts."""
        return any(
            mention.head == head and each.actor is not None and (each.actor.sectors or each.actor.country)
            for mention, each in zip(self.reading.mentions, self.reading.actors, strict=True)
        )

    def same_quote(self, token: int, other: int) -> bool:
        """Tell whether two tokens stand in the same quotation, or both in none."""
        return self.quote_at(self.tokens.start[token]) == self.quote_at(self.tokens.start[other])

    def quote_starting(self, token: int) -> Quote | None:
        """Return the quotation whose mark stands at or right before a token."""
        start = self.tokens.start[token]
        index = self.after(start - 1)
        if (
            index < len(self.quotes)
            and self.quotes[index].start <= start
            and self.text[self.quotes[index].start : start].strip() == (self.quotes[index].mark if self.quotes[index].start < start else "")
        ):
            return self.quotes[index]
        return None

    def begins_upper(self, quote: Quote) -> bool:
        """Tell whether a quotation begins with a capital letter."""
        return self.text[quote.start + len(quote.mark) : quote.start + len(quote.mark) + 1].isupper()


def page(reading: Reading, quotes: Sequence[Quote]) -> Page:
    """Return the page of a reading."""
    return Page(reading, tuple(quotes), tuple(quote.start for quote in quotes), {each.token: each for each in reading.grammar.predicates})
