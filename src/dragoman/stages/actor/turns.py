"""Interviews and transcripts: whose "I" a paragraph's is, where no quotation marks stand around it."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.stages.actor.quotes import paragraphs_of
from dragoman.types import Mention, Reading, Tokens

_ASKED = frozenset({"a", "answer"})
_ASKING = frozenset({"q", "question"})
_MEETING = frozenset({"answer", "ask", "interview", "interviewee", "question", "speak", "talk"})
_LONGEST = 6  # words of a speaker's label
_SURE = 2  # questions that make a text an interview


def find(reading: Reading) -> list[int | None]:
    """Return, for each sentence, the word that names who speaks it in an interview or transcript, None elsewhere.

    "Q:" and "A:" stand for who asks and who is interviewed, any other label for itself; without labels the paragraphs
    between questions are the answers. Who is interviewed is the first person who is asked, or spoken with.
    """
    tokens = reading.grammar.tokens
    speakers: list[int | None] = [None] * len(tokens.sentences)
    groups = list(_paragraphs(reading))
    labels = [_label(tokens, first) for first, _ in groups]
    questions = [tokens.word[tokens.sentences[last - 1][1] - 1] == "?" and last - first <= 2 for first, last in groups]
    asked = [label is not None and _word(tokens, label) in _ASKED for label in labels]
    if not any(asked) and sum(questions) < _SURE and not any(labels):
        return speakers
    host = _interviewee(reading, tokens)
    if any(labels):
        current: int | None = None
        for (first, last), label in zip(groups, labels, strict=True):
            if label is not None:
                word = _word(tokens, label)
                current = host if word in _ASKED else None if word in _ASKING else label
            speakers[first:last] = [current] * (last - first)
    elif host is not None and sum(questions) >= _SURE:
        begun = False
        for (first, last), question in zip(groups, questions, strict=True):
            begun = begun or question
            if begun and not question:
                speakers[first:last] = [host] * (last - first)
    return speakers


def _paragraphs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the sentences of each paragraph as a range."""
    numbers = paragraphs_of(reading)
    first = 0
    for index in range(1, len(numbers) + 1):
        if index == len(numbers) or numbers[index] != numbers[first]:
            yield first, index
            first = index


def _word(tokens: Tokens, index: int) -> str:
    return tokens.word[index].lower().rstrip(".")


def _label(tokens: Tokens, sentence: int) -> int | None:
    """Return the last word of a speaker's label at the start of a paragraph: "A:", "SECRETARY KERRY:"."""
    low, high = tokens.sentences[sentence]
    for index in range(low + 1, min(low + _LONGEST + 1, high)):
        if tokens.word[index] == ":":
            words = tokens.word[low:index]
            shouted = all(word.isupper() or not word[:1].isalpha() for word in words)
            return index - 1 if shouted or _word(tokens, low) in _ASKED | _ASKING else None
    return None


def _interviewee(reading: Reading, tokens: Tokens) -> int | None:
    """Return the head of the first person who is asked, interviewed or spoken with; of the first person named where none is."""
    persons = [
        mention
        for mention in reading.mentions
        if mention.kind == "name" and mention.label == "PER" and tokens.dep[mention.head] not in ("amod", "compound", "nmod:poss")
    ]
    for mention in persons:
        if _meets(tokens, mention):
            return mention.head
    return persons[0].head if persons else None


def _meets(tokens: Tokens, mention: Mention) -> bool:
    head = mention.head
    for _ in range(3):
        governor = tokens.head[head]
        if governor < 0:
            return False
        if tokens.lemma[governor].lower() in _MEETING:
            return True
        head = governor
    return False
