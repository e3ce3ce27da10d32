"""What the three readers of this stage share: noun phrases, the actors in them, and the voices that hold words."""

from __future__ import annotations

from dragoman.stages.actor import actors_in
from dragoman.stages.attribute import attributions_over
from dragoman.types import Actor, Reading, Span, Tokens, Voice

_LOOSE = frozenset(
    ("acl:relcl", "appos", "parataxis", "punct", "conj", "cc", "advcl", "dep", "list", "discourse", "cop", "nsubj", "mark", "aux")
)


def noun_phrase(tokens: Tokens, head: int, *, case: bool = False) -> tuple[int, int]:
    """Return the noun phrase of ``head``: its modifiers and what hangs on it with a preposition, no clauses or appositions."""
    inside = {head}
    for child in tokens.children[head]:
        dep = tokens.dep[child]
        if dep in _LOOSE or dep.split(":")[0] in ("nsubj", "obl", "advmod", "aux", "advcl") or (dep == "case" and not case):
            continue
        if dep == "acl" and tokens.tag[child] != "TO":
            continue
        inside.update(tokens.subtree(child))
    return tokens.run(head, inside)


def actor_at(reading: Reading, head: int) -> Actor | None:
    """Return the actor that a head word names, or None."""
    return next((each.actor for each in actors_in(reading, head) if each.actor is not None), None)


def all_actors(reading: Reading, head: int) -> list[Actor]:
    """Return the actors that a phrase names, each once, in order."""
    found: list[Actor] = []
    for each in actors_in(reading, head):
        if each.actor is not None and all(key(each.actor) != key(other) for other in found):
            found.append(each.actor)
    return found


def key(actor: Actor) -> tuple[str | None, str, str | None, tuple[str, ...]]:
    """Return what makes two actors the same."""
    return (actor.id, "" if actor.id else actor.name, actor.country, actor.sectors)


def voices(reading: Reading, span: Span) -> tuple[Voice, ...]:
    """Return who holds the words at ``span``, innermost first."""
    return tuple(Voice(each.id, each.stance) for each in attributions_over(reading, span))


def lemma(tokens: Tokens, token: int) -> str:
    """Return the lemma of a token in lower case."""
    return tokens.lemma[token].lower()


def case_of(tokens: Tokens, token: int) -> str:
    """Return the preposition of a phrase, or nothing."""
    case = next((c for c in tokens.children[token] if tokens.dep[c] in ("case", "mark") and c < token), None)
    return lemma(tokens, case) if case is not None else ""
