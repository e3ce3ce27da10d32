"""Seats of power: whether "Moscow", "the Kremlin", "Washington" stand for a government or for the place."""

from __future__ import annotations

from typing import Literal

from dragoman.stages.actor.knowledge import Words
from dragoman.stages.actor.phrases import top
from dragoman.types import Tokens

Usage = Literal["actor", "place", "modifier"]

_NEUTRAL = frozenset({"of", "to", "from", "on", "for", "over", "about"})
_EVENTS = frozenset(
    {
        "talk",
        "summit",
        "meeting",
        "conference",
        "agreement",
        "accord",
        "treaty",
        "process",
        "club",
        "peace",
        "declaration",
        "protocol",
        "court",
        "police",
        "airport",
    }
)


def usage(words: Words, tokens: Tokens, head: int) -> Usage:
    """Tell how a capital's name is used: for its government, for the place, or before a noun.

    The place wins after a preposition of place, beside words of movement and attack, and before nouns
    that tell of a place; anything else that stands in a clause as its own phrase is an actor.
    """
    dep = tokens.dep[head]
    governor = tokens.head[head]
    if dep in ("compound", "amod", "nmod:desc"):
        return "modifier"
    if dep == "appos" and governor >= 0 and tokens.upos[governor] == "PROPN":
        return "place"
    preposition = _preposition(tokens, head)
    if preposition in words.place_prepositions:
        return "place"
    anchor = top(tokens, head)
    governor = tokens.head[anchor]
    if governor < 0:
        return "actor"
    verb = tokens.lemma[governor].lower()
    if preposition in ("to", "from"):
        return "place" if _moves(words, tokens, governor) else "actor"
    if preposition in _NEUTRAL:
        return "place" if verb in words.place_governors else "actor"
    if preposition is not None:
        return "actor"
    if dep == "nmod:poss":
        return "place" if verb in words.place_governors or verb in _EVENTS else "actor"
    if tokens.dep[anchor] in ("obj", "nsubj:pass", "nmod", "obl") and verb in words.place_governors:
        return "place"
    if tokens.dep[anchor] in ("nsubj", "nsubj:outer") and _is_place_predicate(tokens, governor):
        return "place"
    if tokens.dep[anchor] in ("appos", "list", "nmod:unmarked", "obl:unmarked", "vocative", "dep"):
        return "place"
    return "actor"


def _moves(words: Words, tokens: Tokens, governor: int) -> bool:
    """Tell whether a word, one above it, or a noun beside it tells of movement ("the visit of X, to Moscow")."""
    for _ in range(3):
        if governor < 0:
            return False
        near = [governor, *(child for child in tokens.children[governor] if tokens.upos[child] == "NOUN" and tokens.dep[child] != "conj")]
        if any(tokens.lemma[word].lower() in words.place_governors for word in near):
            return True
        if tokens.upos[governor] == "VERB":
            return False
        governor = tokens.head[governor]
    return False


def _preposition(tokens: Tokens, head: int) -> str | None:
    """Return the preposition of a phrase, that of the first conjunct where a later one has none."""
    for _ in range(4):
        for child in tokens.children[head]:
            if tokens.dep[child] == "case" and tokens.tag[child] != "POS":
                return tokens.word[child].lower()
        if tokens.dep[head] != "conj" or tokens.head[head] < 0:
            return None
        head = tokens.head[head]
    return None


def _is_place_predicate(tokens: Tokens, governor: int) -> bool:
    lemma = tokens.lemma[governor].lower()
    return tokens.upos[governor] == "NOUN" and lemma in ("city", "capital", "town", "place", "home", "venue", "host")
