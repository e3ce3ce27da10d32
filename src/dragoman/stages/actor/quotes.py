"""Quotations: where they stand, and whose words they are as far as pronouns need to know."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.stages.actor.knowledge import Knowledge
from dragoman.types import Reading, Tokens

OPEN = frozenset({"“", "«", "„", "``"})
CLOSE = frozenset({"”", "»", "''"})
PLAIN = frozenset({'"', "＂"})


@dataclass(slots=True)
class Quotes:
    """The quotations of a report: number of each token's quotation (-1 outside), and their speakers' words."""

    of_token: list[int] = field(default_factory=list)
    ranges: list[tuple[int, int]] = field(default_factory=list)
    speakers: list[int | None] = field(default_factory=list)

    def speaker(self, token: int) -> int | None:
        """Return the word that names the speaker of the quotation around a token."""
        quote = self.of_token[token]
        return None if quote < 0 else self.speakers[quote]


def find(know: Knowledge, reading: Reading) -> Quotes:
    """Find the quotations of a report and, for each, the word that names its speaker.

    A quotation ends with its paragraph at the latest; one that runs on in the next paragraph keeps
    its speaker.
    """
    tokens = reading.grammar.tokens
    quotes = Quotes([-1] * len(tokens))
    carried = _mark(tokens, paragraphs_of(reading), quotes)
    _attribute(know, tokens, paragraphs_of(reading), quotes, carried)
    return quotes


def paragraphs_of(reading: Reading) -> list[int]:
    """Return the number of the paragraph of each sentence."""
    tokens, split = reading.grammar.tokens, reading.split
    numbers = list(split.paragraphs)
    if len(numbers) != len(tokens.sentences):
        return [0] * len(tokens.sentences)
    return numbers


def _mark(tokens: Tokens, paragraphs: list[int], quotes: Quotes) -> set[int]:
    """Mark the quotations; return those that were still open when their paragraph ended."""
    opened: int | None = None
    unclosed: set[int] = set()

    def close(end: int) -> None:
        nonlocal opened
        if opened is not None and end > opened:
            quotes.of_token[opened:end] = [len(quotes.ranges)] * (end - opened)
            quotes.ranges.append((opened, end))
        opened = None

    for index, word in enumerate(tokens.word):
        sentence = tokens.sentence[index]
        if index and sentence != tokens.sentence[index - 1] and paragraphs[sentence] != paragraphs[sentence - 1] and opened is not None:
            unclosed.add(len(quotes.ranges))
            close(index)
        if opened is None and (word in OPEN or (word in PLAIN)):
            opened = index + 1
        elif opened is not None and (word in CLOSE or word in PLAIN):
            close(index)
    close(len(tokens))
    return unclosed


def _attribute(know: Knowledge, tokens: Tokens, paragraphs: list[int], quotes: Quotes, unclosed: set[int]) -> None:
    for number, (first, last) in enumerate(quotes.ranges):
        low, high = tokens.sentence[first], tokens.sentence[last - 1]
        found = _nearest(know, tokens, quotes, number)
        if found is None and number and paragraphs[tokens.sentence[quotes.ranges[number - 1][0]]] == paragraphs[low]:
            found = quotes.speakers[number - 1]
        if found is None and number and number - 1 in unclosed and _next_paragraph(tokens, paragraphs, quotes, number):
            found = quotes.speakers[number - 1]
        if found is None and low and paragraphs[low - 1] == paragraphs[low] and high - low < 12:
            found = _subject(know, tokens, quotes, low - 1)
        quotes.speakers.append(found)


def _next_paragraph(tokens: Tokens, paragraphs: list[int], quotes: Quotes, number: int) -> bool:
    before, here = quotes.ranges[number - 1][0], quotes.ranges[number][0]
    return paragraphs[tokens.sentence[here]] - paragraphs[tokens.sentence[before]] <= 1


def _nearest(know: Knowledge, tokens: Tokens, quotes: Quotes, number: int) -> int | None:
    """Return the subject of the reporting verb that stands nearest to a quotation in its own sentences."""
    first, last = quotes.ranges[number]
    low = tokens.sentences[tokens.sentence[first]][0]
    high = tokens.sentences[tokens.sentence[last - 1]][1]
    outside = [*range(max(low, first - 60), first), *range(last, min(high, last + 60))]
    best: tuple[int, int] | None = None
    for index in outside:
        if quotes.of_token[index] >= 0:
            continue
        source = _source(know, tokens, index)
        if source is None or quotes.of_token[source] == number:
            continue
        far = min(abs(index - first), abs(index - last))
        if best is None or far < best[0]:
            best = (far, source)
    return None if best is None else best[1]


def _subject(know: Knowledge, tokens: Tokens, quotes: Quotes, sentence: int) -> int | None:
    first, last = tokens.sentences[sentence]
    for index in range(last - 1, first - 1, -1):
        if quotes.of_token[index] < 0:
            source = _source(know, tokens, index)
            if source is not None:
                return source
    return None


def _source(know: Knowledge, tokens: Tokens, index: int) -> int | None:
    if tokens.upos[index] == "VERB" and tokens.lemma[index].lower() in know.words.speech:
        verb = index
        for _ in range(4):
            subject = tokens.child(verb, "nsubj")
            if subject is not None:
                return subject
            if tokens.child(verb, "nsubj:pass") is not None:
                return tokens.child(verb, "obl:agent")
            if tokens.dep[verb] not in ("advcl", "conj", "xcomp", "parataxis") or tokens.head[verb] < 0:
                return None
            verb = tokens.head[verb]
    if tokens.word[index].lower() == "according":
        head = tokens.head[index]
        return head if head >= 0 and tokens.dep[index] == "case" else None
    return None
