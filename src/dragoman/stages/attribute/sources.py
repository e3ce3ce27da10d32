"""Who a cue names as the source: the head and the words of the full noun phrase."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.stages.attribute.cues import Cue, Cues
from dragoman.types import Grammar, Tokens

_RAISING = frozenset(("advcl", "xcomp", "conj", "ccomp", "parataxis"))
_NOT_SOURCE = frozenset(("it", "there", "this", "that"))
_LEFT_OUT = frozenset(("parataxis", "discourse", "cc:preconj", "dep", "list", "vocative", "dislocated", "punct"))
_CLOSERS = frozenset((")", "]", "”", '"', "’", "''"))


@dataclass(frozen=True, slots=True)
class Source:
    """The head word of a source, the token range of its phrase, and the rule that found it."""

    head: int
    first: int
    last: int  # half-open
    rule: str


def find(grammar: Grammar, cue: Cue, cues: Cues) -> Source | None:
    """Return the source of ``cue``, or None where nobody is named."""
    tokens = grammar.tokens
    if tokens.upos[cue.token] == "NOUN":
        return _of_noun(tokens, cue, cues)
    if cue.passive:
        return _agent(tokens, cue)
    head, rule = _subject(tokens, cue.token)
    if head is None:
        predicate = grammar.predicate_at(cue.token)
        argument = predicate.argument("ARG0") if predicate else None
        head, rule = (argument.head, "argument") if argument else (None, "")
    if head is None or head == cue.token:
        return None
    return phrase(tokens, head, cue.token, rule=rule)


def _subject(tokens: Tokens, verb: int) -> tuple[int | None, str]:
    """Return the subject of a verb, its own or that of the clause it hangs on."""
    seen = 0
    rule = "subject"
    while seen < 6:
        own = tokens.child(verb, "nsubj", "nsubj:outer")
        if own is not None:
            return own, rule
        if tokens.dep[verb] in ("acl", "acl:relcl"):
            return tokens.head[verb], "noun"
        if tokens.dep[verb] not in _RAISING or tokens.head[verb] < 0:
            return None, ""
        upper = tokens.head[verb]
        if tokens.dep[verb] == "xcomp":
            controlled = tokens.child(upper, "obj", "iobj")
            if controlled is not None and controlled < verb and tokens.upos[upper] == "VERB":
                return controlled, "controlled subject"
        if tokens.dep[verb] in ("ccomp", "parataxis") and tokens.tag[verb] not in ("VBG", "VB"):
            return None, ""
        passive = tokens.child(upper, "nsubj:pass")
        if passive is not None and tokens.dep[verb] != "conj":
            return passive, "subject of the clause above"
        verb, rule, seen = upper, "subject of the clause above", seen + 1
    return None, ""


def _agent(tokens: Tokens, cue: Cue) -> Source | None:
    for child in tokens.children[cue.token]:
        by = any(tokens.dep[c] == "case" and tokens.lemma[c] == "by" for c in tokens.children[child])
        if tokens.dep[child] == "obl:agent" or (tokens.dep[child] == "obl" and by):
            return phrase(tokens, child, cue.token, rule="agent")
    return None


def _of_noun(tokens: Tokens, cue: Cue, cues: Cues) -> Source | None:
    """Return who holds a noun: its possessor, "by X", or the subject of the verb that it is the object of."""
    owner = tokens.child(cue.token, "nmod:poss")
    if owner is not None:
        return phrase(tokens, owner, cue.token, rule="owner")
    for child in tokens.children[cue.token]:
        cased = [tokens.lemma[c] for c in tokens.children[child] if tokens.dep[c] == "case"]
        if tokens.dep[child].startswith("nmod") and cased[:1] in (["by"], ["from"]):
            return phrase(tokens, child, cue.token, rule="maker")
    verb = tokens.head[cue.token]
    if (
        verb >= 0
        and tokens.dep[cue.token] == "obj"
        and (tokens.lemma[verb] in cues.issuing or tokens.lemma[verb] in _HAVING)
    ):
        head, rule = _subject(tokens, verb)
        if head is not None:
            return phrase(tokens, head, cue.token, rule=rule)
    return None


_HAVING = frozenset(
    (
        "have",
        "make",
        "express",
        "voice",
        "announce",
        "issue",
        "take",
        "raise",
        "reiterate",
        "repeat",
        "reveal",
        "unveil",
        "share",
        "harbour",
        "harbor",
    )
)


def phrase(tokens: Tokens, head: int, cue: int, *, rule: str) -> Source:
    """Return the noun phrase of ``head`` without its preposition, the cue's own clause and side remarks."""
    inside, open_ = {head}, [head]
    while open_:
        token = open_.pop()
        for child in tokens.children[token]:
            if child == cue or (token == head and _left_out(tokens, child, head)):
                continue
            if child in inside or _holds(tokens, child, cue):
                continue
            inside.add(child)
            open_.append(child)
    first = last = head
    while first - 1 in inside or (
        first - 2 in inside and tokens.dep[first - 1] == "punct" and tokens.sentence[first - 1] == tokens.sentence[head]
    ):
        first -= 1
    end = tokens.sentences[tokens.sentence[head]][1]
    while last + 1 in inside or (last + 2 in inside and last + 2 < end and tokens.dep[last + 1] == "punct"):
        last += 1
    last += 1
    while last < end and tokens.word[last] == ")" and any(tokens.word[i] == "(" for i in range(first, last)) and last < cue:
        last += 1
    if last < min(cue, end) and tokens.word[last] == "," and any(tokens.word[i] == "," for i in range(head, last)):
        last += 1
    return Source(head, first, last, f"attribute.source.{rule.replace(' ', '-')}")


def _holds(tokens: Tokens, token: int, wanted: int) -> bool:
    """Tell whether ``wanted`` depends on ``token``, by whatever way."""
    while wanted >= 0:
        if wanted == token:
            return True
        wanted = tokens.head[wanted]
    return False


def _left_out(tokens: Tokens, child: int, head: int) -> bool:
    dep = tokens.dep[child]
    if dep in _LEFT_OUT or dep in ("case", "mark", "cc") or dep.startswith("advcl"):
        return not (dep == "punct" and tokens.word[child] in ("(", "“", '"', "‘", "''", "``"))
    if dep == "advmod" and child < head:
        return tokens.lemma[child] in ("even", "also", "only", "meanwhile", "however", "still", "just")
    if dep == "acl" and child > head and tokens.tag[child] == "VBG":
        return tokens.word[min(tokens.phrase(child)[0], child) - 1] == ","
    return dep == "conj" and tokens.upos[child] in ("VERB", "AUX") and tokens.upos[head] != "VERB"
