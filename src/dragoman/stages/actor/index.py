"""Look-ups for the stages behind: which mention a word heads, and whom an argument phrase names."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from dragoman.types import Reading, Resolution

_PARTITIVE = frozenset(
    [
        "group",
        "number",
        "dozen",
        "hundred",
        "thousand",
        "million",
        "score",
        "lot",
        "majority",
        "member",
        "series",
        "crowd",
        "part",
        "some",
        "one",
        "all",
        "most",
        "many",
        "several",
        "half",
        "ten",
        "rest",
        "couple",
        "handful",
        "team",
        "scores",
    ]
)
_EXPAND = frozenset({"pair", "pronoun.joint", "role.joint"})


def mention_at(reading: Reading, head: int) -> int | None:
    """Return the index of the mention whose head is the token ``head``, None where there is none."""
    place = bisect_left(reading.mentions, head, key=lambda mention: mention.head)
    if place < len(reading.mentions) and reading.mentions[place].head == head:
        return place
    return None


def actors_in(reading: Reading, head: int) -> tuple[Resolution, ...]:
    """Return whom the phrase of the token ``head`` names, each conjunct by itself.

    A word inside a name stands for the name, a title for the person it is of, a relative pronoun for
    its noun, "dozens of protesters" for the protesters; a noun that names nobody stands for its
    possessor or nationality. Mentions that stand for two ("both sides") give two. A resolution
    without an actor is returned too, so that its candidates are not lost.

    Args:
        reading: a reading whose mentions and actors are filled.
        head: index of a token.

    Returns:
        The resolutions in the order of their words; empty where nobody is named.
    """
    tokens = reading.grammar.tokens
    if not 0 <= head < len(tokens) or len(reading.actors) != len(reading.mentions):
        return ()
    found: list[int] = []
    for word in [head, *_conjuncts(reading, head)]:
        mention = _mention_of(reading, word)
        if mention is not None and mention not in found:
            found.append(mention)
    results: list[Resolution] = []
    for mention in found:
        results.extend(_expanded(reading.actors[mention]))
    return tuple(results)


def _conjuncts(reading: Reading, head: int) -> list[int]:
    tokens = reading.grammar.tokens
    return [child for child in tokens.children[head] if tokens.dep[child] == "conj" and child > head]


def _expanded(result: Resolution) -> list[Resolution]:
    if result.rule in _EXPAND and result.actor is None and len(result.candidates) > 1:
        return [replace(result, actor=actor, candidates=(), reason=None) for actor in result.candidates]
    return [result]


def _mention_of(reading: Reading, head: int, depth: int = 0) -> int | None:
    tokens = reading.grammar.tokens
    if depth > 4:
        return None
    own = mention_at(reading, head)
    lemma = tokens.lemma[head].lower()
    if own is not None and not (lemma in _PARTITIVE and _blank(reading.actors[own])):
        return own
    if tokens.tag[head] in ("WP", "WDT", "WP$") or (tokens.lemma[head].lower() == "that" and tokens.upos[head] == "PRON"):
        noun = _antecedent(reading, head)
        return None if noun is None else _mention_of(reading, noun, depth + 1)
    covering = _covering(reading, head)
    if covering is not None:
        return covering
    titled = _titled(reading, head) if own is None and tokens.upos[head] in ("NOUN", "PROPN") else None
    if titled is not None:
        return titled
    if tokens.dep[head] in ("flat", "nmod:desc") and tokens.head[head] >= 0:
        return _mention_of(reading, tokens.head[head], depth + 1)
    if lemma in _PARTITIVE or tokens.upos[head] in ("NUM", "DET", "PRON"):
        inner = next((child for child in tokens.children[head] if tokens.dep[child] == "nmod" and child > head), None)
        if inner is not None:
            deeper = _mention_of(reading, inner, depth + 1)
            if deeper is not None:
                return deeper
    if own is not None:
        return own
    if tokens.upos[head] not in ("NOUN", "PROPN"):
        return None
    for dep in ("nmod:poss", "amod", "compound"):
        for child in tokens.children[head]:
            if tokens.dep[child] == dep and child < head:
                owner = mention_at(reading, child)
                if owner is not None and not _blank(reading.actors[owner]):
                    return owner
    return None


def _titled(reading: Reading, head: int) -> int | None:
    """Return the name that a title stands right before, "of" and its noun between them at most."""
    tokens = reading.grammar.tokens
    for after in range(head + 1, min(head + 5, len(tokens))):
        found = _covering(reading, after)
        if found is not None:
            mention = reading.mentions[found]
            fits = mention.first == after and mention.label not in ("LOC", "MISC") and tokens.sentence[after] == tokens.sentence[head]
            return found if fits else None
        if after == head + 1 and tokens.word[after].lower() != "of":
            return None
    return None


def _blank(result: Resolution) -> bool:
    return result.actor is None and not result.candidates


def _antecedent(reading: Reading, head: int) -> int | None:
    tokens = reading.grammar.tokens
    for _ in range(6):
        if tokens.dep[head] == "acl:relcl":
            return tokens.head[head] if tokens.head[head] >= 0 else None
        head = tokens.head[head]
        if head < 0:
            return None
    return None


def _covering(reading: Reading, token: int) -> int | None:
    """Return the name mention that covers a token without being headed by it."""
    mentions = reading.mentions
    place = bisect_left(mentions, token, key=lambda mention: mention.head)
    for index in range(max(0, place - 12), min(len(mentions), place + 12)):
        mention = mentions[index]
        if mention.kind == "name" and mention.first <= token < mention.last:
            return index
    return None
