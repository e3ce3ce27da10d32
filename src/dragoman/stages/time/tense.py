"""Whether the clause around a word looks ahead or back."""

from __future__ import annotations

from dragoman.stages.time.calendar import Lean
from dragoman.types import Tokens

_AHEAD_AUX = frozenset({"will", "shall", "'ll", "’ll", "would", "'d"})
_AHEAD = frozenset(
    [
        "adjourn",
        "agree",
        "aim",
        "arrange",
        "call",
        "delay",
        "demand",
        "due",
        "expect",
        "extend",
        "intend",
        "invite",
        "order",
        "plan",
        "pledge",
        "postpone",
        "prepare",
        "prolong",
        "promise",
        "propose",
        "remand",
        "renew",
        "reschedule",
        "schedule",
        "set",
        "slate",
        "threaten",
        "urge",
        "vow",
    ]
)
_TIMETABLE = frozenset(
    ["arrive", "begin", "depart", "end", "expire", "go", "leave", "meet", "open", "resume", "return", "start", "travel", "vote"]
)
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")


def lean(tokens: Tokens, token: int) -> Lean:
    """Tell whether the verb that governs ``token`` is about the future or the past; None when it does not show.

    Climbs the tree from the word; a noun on the way hides the tense of the verb above it, unless the
    noun is planned or due.
    """
    if any(tokens.dep[child] == "cop" for child in tokens.children[token]):
        return _of_verb(tokens, token, nominal=False)
    at, nominal = token, False
    for _ in range(8):
        at, below = tokens.head[at], at
        if at < 0:
            return None
        if nominal and tokens.tag[at] == "VBD" and tokens.dep[below] == "nsubj" and tokens.lemma[at].lower() not in _AHEAD:
            return "past"
        if tokens.upos[at] in ("VERB", "AUX") or tokens.lemma[at].lower() in ("due", "set"):
            return _of_verb(tokens, at, nominal=nominal)
        if any(tokens.dep[child] == "cop" for child in tokens.children[at]):
            return _of_verb(tokens, at, nominal=False)
        if tokens.upos[at] in _NOMINAL:
            nominal = True
    return None


def _of_verb(tokens: Tokens, verb: int, *, nominal: bool) -> Lean:
    if tokens.lemma[verb].lower() in _AHEAD and not (nominal and tokens.dep[verb] not in ("acl", "amod")):
        return "future"
    if nominal:
        return None
    if any(tokens.lemma[child].lower() in ("due", "likely") for child in tokens.children[verb]):
        return "future"
    helpers = [child for child in tokens.children[verb] if tokens.dep[child].startswith(("aux", "cop"))]
    words = {tokens.word[child].lower() for child in helpers} | {tokens.lemma[child].lower() for child in helpers}
    if words & _AHEAD_AUX:
        return "future"
    if tokens.tag[verb] == "VB":
        return _of_infinitive(tokens, verb)
    if tokens.tag[verb] == "VBD" or any(tokens.tag[child] in ("VBD", "VBN") or tokens.lemma[child] == "have" for child in helpers):
        return "past"
    if tokens.tag[verb] == "VBN" and not helpers:
        return "past"
    return "future" if _is_timetable(tokens, verb, helpers) else None


def _is_timetable(tokens: Tokens, verb: int, helpers: list[int]) -> bool:
    """Tell whether a present tense speaks of what is fixed to come ("the vote is on Sunday")."""
    if any(tokens.dep[child] == "cop" and tokens.tag[child] in ("VBZ", "VBP") for child in helpers):
        return True
    if tokens.tag[verb] in ("VBZ", "VBP"):
        return tokens.lemma[verb].lower() in _TIMETABLE
    return tokens.tag[verb] == "VBG" and any(tokens.lemma[child] == "be" and tokens.tag[child] in ("VBZ", "VBP") for child in helpers)


def _of_infinitive(tokens: Tokens, verb: int) -> Lean:
    if not any(tokens.tag[child] == "TO" or tokens.lemma[child] == "to" for child in tokens.children[verb]):
        return "past" if any(tokens.word[child].lower() == "did" for child in tokens.children[verb]) else None
    above = tokens.head[verb]
    while above >= 0 and tokens.dep[verb] == "conj":
        verb, above = above, tokens.head[above]
    if above < 0:
        return "future"
    word = tokens.lemma[above].lower()
    if any(tokens.word[child].lower() == "had" and tokens.dep[child].startswith("aux") for child in tokens.children[above]):
        return "past"
    if word in _AHEAD or word in ("go", "be", "hope", "want", "need", "have", "likely", "scheduled", "ready", "plan", "decision", "decide"):
        return "future"
    return "past" if tokens.tag[above] == "VBD" else None
