"""Mentions that the grammar of one sentence says are the same: appositives, titles, "X is the minister", acronyms."""

from __future__ import annotations

from dragoman.stages.actor.phrases import agent_at, is_indefinite, is_plural, title_before
from dragoman.stages.actor.scene import Scene
from dragoman.types import Mention, Tokens


def groups(scene: Scene) -> dict[int, list[int]]:
    """Return, for each mention that the grammar ties to others, all of them in order."""
    parent: dict[int, int] = {}

    def root(index: int) -> int:
        while parent.get(index, index) != index:
            index = parent[index]
        return index

    for later in range(len(scene.mentions)):
        earlier = _tied_to(scene, later)
        if earlier is not None and earlier != later:
            low, high = sorted((root(earlier), root(later)))
            if low != high:
                parent[high] = low
    found: dict[int, list[int]] = {}
    for index in range(len(scene.mentions)):
        if root(index) != index or index in parent:
            found.setdefault(root(index), [root(index)])
            if index != root(index):
                found[root(index)].append(index)
    return {member: members for members in found.values() for member in members}


def _tied_to(scene: Scene, index: int) -> int | None:
    """Return the mention that mention ``index`` is another word for."""
    mention = scene.mentions[index]
    tokens = scene.tokens
    if mention.kind == "pronoun":
        return None
    bracketed = _bracketed(scene, index)
    if bracketed is not None:
        return bracketed
    governor = tokens.head[mention.head]
    dep = tokens.dep[mention.head]
    if governor >= 0 and dep == "appos":
        other = scene.find(governor)
        return other if other is not None and _agree(scene, other, index) else None
    if mention.kind == "name" and index and _class_before(scene, index):
        return index - 1
    beside = _behind_comma(scene, index)
    if beside is not None:
        return beside
    if mention.kind == "nominal" and tokens.child(mention.head, "cop") is not None:
        return _subject(scene, index)
    return None


def _class_before(scene: Scene, index: int) -> bool:
    """Tell whether the mention before is the noun right before a state: "former colonial ruler Portugal"."""
    noun, name = scene.mentions[index - 1], scene.mentions[index]
    tokens = scene.tokens
    if noun.kind != "nominal" or noun.last != name.first or name.label != "LOC" or is_plural(tokens, noun.head):
        return False
    if tokens.dep[noun.head].startswith("nsubj") and tokens.head[noun.head] == tokens.head[name.head]:
        return True
    return tokens.head[noun.head] == name.head or (
        tokens.head[name.head] == noun.head and tokens.dep[name.head] in ("appos", "flat", "nmod:desc")
    )


def _behind_comma(scene: Scene, index: int) -> int | None:
    """Return the mention that stands before a comma and this one behind it: "the minister, Colonel X," "X, head of the agency,"."""
    mention, tokens = scene.mentions[index], scene.tokens
    first = mention.first
    if mention.kind == "name":
        title = title_before(scene.know, tokens, first)
        while title is not None and first > title:
            first -= 1
        while first and tokens.dep[first - 1] in ("amod", "compound") and tokens.head[first - 1] == title:
            first -= 1
    joined = tokens.dep[mention.head] == "conj" and tokens.child(mention.head, "cc") is not None
    if first < 2 or tokens.word[first - 1] != "," or joined or tokens.dep[mention.head] in ("nsubj", "nsubj:pass", "obj"):
        return None
    if tokens.sentence[first - 2] != tokens.sentence[mention.head]:
        return None
    if not (
        mention.last >= len(tokens)
        or tokens.upos[mention.last] == "PUNCT"
        or tokens.word[mention.last].lower() in ("who", "which", "in", "on")
    ):
        return None
    for other in range(index - 1, max(-1, index - 6), -1):
        each = scene.mentions[other]
        if each.last == first - 1 and _agree(scene, other, index) and _is_office(scene, each if each.kind == "nominal" else mention):
            return other
    return None


def _is_office(scene: Scene, mention: Mention) -> bool:
    found = agent_at(scene.know, scene.tokens, mention.head)
    person = found is not None and found[0].kind == "person" and bool(found[0].sectors or found[0].inherits)
    return person or scene.tokens.lemma[mention.head].lower() in scene.know.words.carriers


def _agree(scene: Scene, one: int, other: int) -> bool:
    """Tell whether two mentions side by side can be one: a name and a noun of the same number, or two nouns."""
    tokens = scene.tokens
    a, b = scene.mentions[one], scene.mentions[other]
    if "pronoun" in (a.kind, b.kind) or (a.kind == "name" and b.kind == "name"):
        return False
    kinds = [mention for mention in (a, b) if mention.kind == "nominal"]
    if len(kinds) == 1:
        name = a if a.kind == "name" else b
        if name.label == "MISC" or is_plural(tokens, kinds[0].head) != is_plural(tokens, name.head):
            return False
        if any(tokens.dep[child] == "conj" for child in tokens.children[name.head]) and name is a:
            return False
        return not (name.label == "LOC" and tokens.lemma[kinds[0].head].lower() not in scene.know.words.states)
    return is_plural(tokens, a.head) == is_plural(tokens, b.head)


def _bracketed(scene: Scene, index: int) -> int | None:
    """Return the name right before "(" of a name that fills the brackets: "African Union (AU)"."""
    mention, tokens = scene.mentions[index], scene.tokens
    first, last = mention.first, mention.last
    if mention.kind != "name" or first < 2 or last >= len(tokens) or tokens.word[first - 1] not in "([" or tokens.word[last] not in ")]":
        return None
    before = scene.cover[first - 2]
    if before < 0:
        before = scene.at.get(first - 2, -1)
    if before < 0 or scene.mentions[before].kind == "pronoun":
        return None
    short, long = sorted((scene.words(index), scene.words(before)), key=lambda words: len("".join(words)))
    return before if _initials(short, long) else None


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether one name can be the acronym of the other (of its own language, so first letters need not all fit)."""
    acronym = "".join(short).replace(".", "").replace("-", "")
    if not 2 <= len(acronym) <= 12 or not acronym[0].isupper() or sum(char.isupper() for char in acronym) * 2 <= len(acronym):
        return False
    letters = "".join(word[0] for word in long if word[0].isalnum()).upper()
    return len(long) > 1 and (letters[:1] == acronym[0].upper() or len(acronym) <= len(letters) + 2)


def _subject(scene: Scene, index: int) -> int | None:
    """Return the subject of which mention ``index`` is told: "Diop is Mali's foreign minister"."""
    tokens = scene.tokens
    head = scene.mentions[index].head
    subject = tokens.child(head, "nsubj")
    if subject is None or is_indefinite(tokens, head) or tokens.child(head, "mark") is not None or _negated(tokens, head):
        return None
    other = scene.find(subject)
    if other is None or scene.mentions[other].kind != "name" or tokens.child(head, "aux") is not None:
        return None
    return other if _agree(scene, other, index) and scene.mentions[other].label != "LOC" else None


def _negated(tokens: Tokens, head: int) -> bool:
    return any(tokens.lemma[child].lower() in ("not", "never", "no") for child in tokens.children[head])
