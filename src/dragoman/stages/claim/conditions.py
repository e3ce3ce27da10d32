"""The conditions of an entry, tested on a trigger and its slots."""

from __future__ import annotations

from dragoman.stages.claim.arguments import Frame, Phrase, Scene, people
from dragoman.stages.claim.clauses import search
from dragoman.stages.claim.entries import Condition, Entry

_STATE = frozenset({"GOV", "MIL"})  # what a country told as such may be: "Israel struck ...", "India protested"


def holds(scene: Scene, frame: Frame, entry: Entry) -> bool:
    """Tell whether all conditions of an entry hold for a trigger."""
    return all(_holds(scene, frame, entry, condition=each) for each in entry.where)


def _holds(scene: Scene, frame: Frame, entry: Entry, *, condition: Condition) -> bool:
    if condition.slot == "clause":
        return _in_words(scene, _clause_heads(scene, frame), condition)
    if condition.slot == "self":
        return _on_word(scene, frame.noun if frame.carrier != "form" and frame.noun is not None else frame.token, condition)
    phrases = scene.slot(frame, entry, condition.slot)
    if condition.test == "present":
        return bool(phrases) is condition.value
    if condition.test in {"words", "not_words"}:
        return _in_words(scene, [each.head for each in phrases], condition)
    if condition.test in {"not_lemmas"}:
        return not any(_lemmas(scene, each) & condition.value for each in phrases)
    if isinstance(condition.value, bool):
        if not phrases and condition.slot == "actor":
            return True
        return any(_is(scene, each, condition.test, slot=condition.slot) for each in phrases) is condition.value
    return any(_has(scene, each, condition) for each in phrases)


def _clause_heads(scene: Scene, frame: Frame) -> list[int]:
    return [frame.verb if frame.verb is not None else frame.token, *([frame.noun] if frame.noun is not None else [])]


def _in_words(scene: Scene, heads: list[int], condition: Condition) -> bool:
    found = any(search(scene.clauses, scene.tokens.subtree(head), condition.value) is not None for head in heads)
    return found if condition.test in {"words", "lemmas"} else not found


def _on_word(scene: Scene, token: int, condition: Condition) -> bool:
    tag = scene.tokens.tag[token]
    match condition.test:
        case "plural":
            return (tag in {"NNS", "NNPS"}) is condition.value
        case "tags":
            return tag in condition.value
        case "lemmas":
            return bool(scene.clauses.forms(token) & condition.value)
        case "not_lemmas":
            return not scene.clauses.forms(token) & condition.value
        case _:
            return False


def _lemmas(scene: Scene, phrase: Phrase) -> set[str]:
    found: set[str] = set()
    for head in scene.clauses.conjuncts([phrase.head]):
        for each in (head, scene.inner(head, deep=True)):
            found |= scene.clauses.forms(each) | scene.clauses.compounds(each)
    return found


def _has(scene: Scene, phrase: Phrase, condition: Condition) -> bool:
    match condition.test:
        case "lemmas":
            return bool(_lemmas(scene, phrase) & condition.value)
        case "sectors":
            heads = [scene.inner(each) for each in scene.clauses.conjuncts([phrase.head])]
            actors = [each.actor for head in heads for each in scene.resolutions(head) if each.actor is not None]
            return any(condition.value & (set(actor.sectors) or _STATE) for actor in actors if actor.sectors or actor.country)
        case "event":
            return bool(scene.event_types(phrase.head) & condition.value)
        case "tags":
            return scene.tokens.tag[phrase.head] in condition.value
        case _:
            return False


def _is(scene: Scene, phrase: Phrase, test: str, *, slot: str) -> bool:
    t, head = scene.tokens, phrase.head
    match test:
        case "actor":
            return scene.is_actor(head) or (slot == "actor" and bool(people(scene, [phrase], owners=True)))
        case "person":
            return scene.is_actor(head) and (head not in scene.named or scene.named[head].label in {"PER", "MISC"})
        case "clause":
            return scene.clauses.is_verb(head) or bool(scene.clauses.children(head, "cop"))
        case "number":
            return t.tag[head] in {"NNS", "NNPS"} or t.upos[head] == "NUM" or t.child(head, "nummod") is not None
        case "plural":
            return t.tag[head] in {"NNS", "NNPS"}
        case _:
            return False
