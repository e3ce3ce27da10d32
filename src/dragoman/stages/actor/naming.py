"""How the report writes a name: its key for comparison, its spelling, and the titles beside it."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.actor.describe import Description, describe
from dragoman.stages.actor.knowledge import fold, pieces
from dragoman.stages.actor.phrases import is_plural, title_before
from dragoman.stages.actor.scene import Scene
from dragoman.types import Resolution

_SAME = frozenset({"entire", "remaining", "same", "whole"})  # adjectives that tell nobody from another
_ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "some", "his", "her", "its", "their", "our", "my", "your", "any", "all", "both"}
)


def name_key(scene: Scene, index: int) -> tuple[str, ...]:
    """Return the words of a name without leading honorifics and signs, folded."""
    words = tuple(fold(word) for word in scene.words(index) if word[:1].isalnum())
    return words[_honorifics(scene, words) :]


def spelling(scene: Scene, index: int) -> str:
    """Return a name as the report spells it, without leading honorifics."""
    mention, tokens = scene.mentions[index], scene.tokens
    first = mention.first + _honorifics(scene, scene.words(index))
    return " ".join(scene.reading.report.text[tokens.start[first] : tokens.end[mention.last - 1]].split())


def _honorifics(scene: Scene, words: tuple[str, ...]) -> int:
    count = 0
    while count < len(words) - 1 and words[count].lower() in scene.know.words.honorifics:
        count += 1
    return count


def titles_of(scene: Scene, index: int, group: list[int]) -> list[Description]:
    """Read the title before a name, and the nouns that the grammar ties to it."""
    tokens, mention = scene.tokens, scene.mentions[index]
    found: list[Description] = []
    title = title_before(scene.know, tokens, mention.first)
    if title is not None and (title not in scene.at or scene.at[title] in group):
        found.append(describe(scene, title, also=(mention.head,)))
    elif tokens.dep[mention.head] == "conj" and tokens.head[mention.head] in scene.at:
        found += _shared_title(scene, scene.at[tokens.head[mention.head]])
    found += _ranks(scene, mention.first)
    if mention.last - mention.first > 1 and mention.label != "ORG" and (tokens.lemma[mention.first].lower(),) in scene.know.agents:
        found.append(describe(scene, mention.first, also=(mention.head,)))
    tied = [scene.mentions[other].head for other in group if scene.mentions[other].kind == "nominal"]
    return found + [describe(scene, head) for head in tied if head != title]


def _ranks(scene: Scene, first: int) -> list[Description]:
    """Read the ranks that stand shortened before a name: "Lt. Gen."."""
    tokens, know = scene.tokens, scene.know
    at = first - 1
    while at >= 0 and tokens.word[at].lower() in know.words.honorifics:
        if tuple(pieces(tokens.word[at].lower())) in know.agents:
            return [describe(scene, at)]
        at -= 1
    return []


def _shared_title(scene: Scene, first: int) -> list[Description]:
    """Read the plural title that a name shares with the name before it: "Presidents X and Y"."""
    if scene.mentions[first].kind != "name":
        return []
    title = title_before(scene.know, scene.tokens, scene.mentions[first].first)
    if title is None or not is_plural(scene.tokens, title):
        return []
    return [replace(describe(scene, title), plural=False)]


def share(scene: Scene, entity: int, group: list[int]) -> None:
    """Let an entity be found by the other names that the report gives it."""
    for other in group:
        if scene.mentions[other].kind == "name":
            scene.index_name(entity, name_key(scene, other))


def settle(scene: Scene, index: int, entity: int, *, rule: str, **more: object) -> Resolution:
    """Join a mention to an entity and return the resolution with the entity's actor."""
    scene.join(index, entity)
    actor = replace(scene.entities[entity].actor, span=scene.mentions[index].span)
    evidence = more.pop("evidence", scene.entities[entity].evidence)
    return Resolution(actor, rule, evidence=evidence, **more)  # type: ignore[arg-type]


def role_name(scene: Scene, index: int) -> str:
    """Return the words of a phrase without its article or possessive pronoun."""
    words = list(scene.words(index))
    while len(words) > 1 and words[0].lower() in _ARTICLES:
        words = words[1:]
    mention = scene.mentions[index]
    start = scene.tokens.start[mention.last - len(words)]
    return " ".join(scene.reading.report.text[start : scene.tokens.end[mention.last - 1]].split())


def modifiers(scene: Scene, head: int) -> set[str]:
    """Return the adjectives and nouns that tell one "officials" from another."""
    tokens = scene.tokens
    return {
        tokens.lemma[child].lower() for child in tokens.children[head] if child < head and tokens.dep[child] in ("amod", "compound")
    } - _SAME
