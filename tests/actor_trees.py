"""Readings with a tree written by hand, and readings of the real grammar, for the tests of mentions and actors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from dragoman import registry
from dragoman.config import Config
from dragoman.types import Grammar, Name, Reading, Report, Resolution, Split, Tokens

UPOS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "PRP": "PRON", "PRP$": "PRON", "DT": "DET", "IN": "ADP", "CC": "CCONJ",
    "CD": "NUM", "POS": "PART", "TO": "PART", "RB": "ADV", "WP": "PRON", "WDT": "PRON", "MD": "AUX", ",": "PUNCT", ".": "PUNCT", "``": "PUNCT", "''": "PUNCT",
}  # fmt: skip
DAY = date(2024, 2, 28)


def tree(*sentences: str, names: str = "", published: date | None = DAY) -> Reading:
    """Build a reading from ``word/tag/dep>head`` (heads count from 1 in each sentence, lemma after ``|``)."""
    columns: dict[str, list[str]] = {"word": [], "lemma": [], "tag": [], "dep": []}
    heads: list[int] = []
    ranges: list[tuple[int, int]] = []
    starts: list[int] = []
    ends: list[int] = []
    text = ""
    for sentence in sentences:
        base = len(heads)
        for piece in sentence.split():
            form, tag, rest = piece.rsplit("/", 2)
            word, _, lemma = form.partition("|")
            dep, _, head = rest.partition(">")
            starts.append(len(text))
            ends.append(len(text) + len(word))
            text += word + " "
            plain = word if tag.startswith("NNP") else word.lower()
            for key, value in (("word", word), ("lemma", lemma or plain), ("tag", tag), ("dep", dep)):
                columns[key].append(value)
            heads.append(base + int(head) - 1 if int(head) else -1)
        ranges.append((base, len(heads)))
    children: list[list[int]] = [[] for _ in heads]
    for index, head in enumerate(heads):
        if head >= 0:
            children[head].append(index)
    found = []
    for entry in names.split(";") if names else ():
        words, label = entry.rsplit(":", 1)
        wanted = words.split()
        found += [Name(at, at + len(wanted), label) for at in range(len(heads)) if columns["word"][at : at + len(wanted)] == wanted]
    upos = tuple(UPOS.get(tag, "VERB" if tag.startswith("V") else "X") for tag in columns["tag"])
    number = tuple(n for n, (first, last) in enumerate(ranges) for _ in range(first, last))
    tokens = Tokens(
        tuple(starts), tuple(ends), tuple(columns["word"]), tuple(columns["lemma"]), upos, tuple(columns["tag"]), tuple(heads), tuple(columns["dep"]),
        number, tuple(ranges), tuple(sorted(found, key=lambda name: name.first)), tuple(map(tuple, children)),
    )  # fmt: skip
    split = Split(tuple(starts), tuple(ends), tuple(ranges), (0,) * len(ranges))
    return Reading(report=Report(text, published=published), split=split, grammar=Grammar(tokens))


def resolved(reading: Reading) -> Reading:
    """Run the mention and actor stages."""
    for stage in ("mention", "actor"):
        reading = registry.find("stage", stage)(Config())(reading)
    return reading


@cache
def read(text: str, published: date | None = DAY) -> Reading:
    """Run the stages up to ``actor`` with the real grammar."""
    reading = Reading(report=Report(text, published=published))
    for stage in ("split", "encode"):
        reading = registry.find("stage", stage)(Config())(reading)
    return resolved(reading)


def who(reading: Reading, words: str, *, last: bool = False) -> Resolution:
    """Return the resolution of the mention that is headed by, or spans, some words; the first or the last one."""
    text = reading.report.text
    found = [
        result
        for mention, result in zip(reading.mentions, reading.actors, strict=True)
        if mention.span.of(text) == words or words == reading.grammar.tokens.word[mention.head]
    ]
    assert found, f"no mention {words!r} in {[mention.span.of(text) for mention in reading.mentions]}"
    return found[-1 if last else 0]


def code(result: Resolution) -> str | None:
    """Return an actor as a coder writes it: country and sectors."""
    if result.actor is None:
        return None
    return " ".join([result.actor.country or "-", *result.actor.sectors])


def empty() -> Reading:
    """Return a reading of nothing."""
    return replace(tree(), report=Report(""))
