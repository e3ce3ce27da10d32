"""Triggers: which words of a report match which lexicon entry, the most specific first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.stages.claim.conditions import holds
from dragoman.stages.claim.entries import Entry, Form, Index

_CLASSES = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
_CLOSE = 0.5  # a roleset counts when its score is at least this share of the best
_BETWEEN = frozenset({"DET", "ADV", "PRON", "ADJ", "PART", "NUM", "NOUN", "PROPN"})
_FORM_SCORE, _FALLBACK_SCORE = 0.85, 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """A trigger and the entry that it matches; ``points`` say how specific the entry is here."""

    frame: Frame
    entry: Entry
    points: int
    score: float


def word_class(scene: Scene, token: int) -> str | None:
    """Return v, n or a, or None for other words; a gerund with a determiner is a noun."""
    return _CLASSES.get(scene.tokens.upos[token])


def find(scene: Scene, index: Index) -> list[Match]:
    """Return the best match of each trigger, in the order of the text; words inside a name trigger nothing."""
    best: dict[int, Match] = {}
    for token in range(len(scene.tokens)):
        if _inside_name(scene, token):
            continue
        for match in _matches(scene, index, token):
            old = best.get(match.frame.token)
            if old is None or _rank(match) < _rank(old):
                best[match.frame.token] = match
    return _without_swallowed(sorted(best.values(), key=lambda each: each.frame.token))


def event_types(scene: Scene, index: Index, token: int) -> frozenset[str]:
    """Return the types of all entries that the word alone could match; conditions are not looked at."""
    found = []
    for entry, _, _ in _single(scene, index, token):
        found.extend(each.type for each in entry.means)
    if word_class(scene, token) == "v":
        nouns = {scene.tokens.lemma[each].lower() for each in scene.clauses.object(token)}
        for form, entry in index.by_word.get((scene.tokens.lemma[token].lower(), "v"), ()):
            if form.governs and form.words[-1] & nouns:
                found.extend(each.type for each in entry.means)
    return frozenset(found)


def _rank(match: Match) -> tuple[int, bool, float, str]:
    return (-match.points, bool(match.entry.means), -match.score, match.entry.id)


def _inside_name(scene: Scene, token: int) -> bool:
    name = scene.named.get(token)
    return name is not None and name.label in {"PER", "ORG"} and scene.tokens.upos[token] != "VERB"


def _matches(scene: Scene, index: Index, token: int) -> Iterator[Match]:
    for entry, score, ranked in _single(scene, index, token):
        for frame in _frames(scene, token):
            if holds(scene, frame, entry):
                yield Match(frame, entry, len(entry.where) + ranked, score)
    kind = word_class(scene, token)
    if kind is None:
        return
    for form, entry in index.by_word.get((scene.tokens.lemma[token].lower(), kind), ()):
        if len(form.words) == 1:
            continue
        for frame in _multiword(scene, form, token):
            if holds(scene, frame, entry):
                yield Match(frame, entry, len(entry.where) + 2, 0.95 * _certainty(scene, frame))


def _certainty(scene: Scene, frame: Frame) -> float:
    predicate = scene.predicates.get(frame.token)
    return 0.9 if predicate is None else 0.5 + 0.5 * predicate.score


def _single(scene: Scene, index: Index, token: int) -> Iterator[tuple[Entry, float, int]]:
    """Yield entries that a single word matches, with score and the point for a roleset."""
    kind = word_class(scene, token)
    if kind is None:
        return
    lemma = scene.tokens.lemma[token].lower()
    predicate = scene.predicates.get(token)
    ranked = predicate.rolesets if predicate is not None else ()
    if predicate is not None and ranked:
        top = ranked[0][1] or 1.0
        for roleset, score in ranked:
            if score < _CLOSE * top:
                continue
            for entry in index.by_roleset.get(roleset, ()):
                if not entry.pos or kind in entry.pos:
                    yield entry, predicate.score * sqrt(min(1.0, score / top) * max(score, 0.5)), 1
    elif kind == "v":
        for entry in index.by_lemma.get(lemma, ()):
            if not entry.pos or kind in entry.pos:
                yield entry, _FALLBACK_SCORE, 1
    for form, entry in index.by_word.get((lemma, kind), ()):
        if len(form.words) == 1 and not (ranked and lemma in entry.lemmas):
            yield entry, _FORM_SCORE * _certainty(scene, Frame(token, (token,))), 0


def _frames(scene: Scene, token: int) -> list[Frame]:
    """Return the frame of a single word: a noun together with the verb that carries it."""
    if scene.clauses.is_verb(token):
        return [Frame(token, (token,))]
    carrier = _carrier(scene, token)
    if carrier is None:
        return [Frame(token, (token,), noun=token)]
    verb, kind = carrier
    return [Frame(token, (token,), verb=verb, noun=token, carrier=kind)]


def _carrier(scene: Scene, noun: int) -> tuple[int, str] | None:
    """Return the support verb of an event noun and how it stands to it."""
    t, clauses, support = scene.tokens, scene.clauses, scene.support
    dep, head = t.dep[noun], t.head[noun]
    while dep == "conj" and head >= 0 and not clauses.is_verb(head):
        dep, head = t.dep[head], t.head[head]
    found: list[tuple[int, str]] = []
    if head >= 0 and clauses.is_verb(head):
        if dep in {"obj", "nsubj:pass"}:
            found.append((head, scene.lemma(head)))
        elif dep in {"obl", "nmod"} and (preposition := clauses.preposition(noun)):
            objects = clauses.children(head, "obj")
            middle = f"_{t.lemma[objects[0]].lower()}" if objects else ""
            found.append((head, f"{t.lemma[head].lower()}{middle}_{preposition}"))
        elif dep == "nsubj":
            return _happening(scene, head)
    for child in clauses.children(noun, "acl", "acl:relcl"):
        if clauses.is_verb(child) and noun in clauses.object(child):
            found.append((child, scene.lemma(child)))
    for verb, lemma in found:
        for kind in ("support", "undergo"):
            if lemma in support[kind]:
                return verb, kind
    return None


def _happening(scene: Scene, verb: int) -> tuple[int, str] | None:
    lemma = scene.lemma(verb)
    objects = scene.clauses.children(verb, "obj")
    if objects:
        lemma = f"{lemma}_{scene.tokens.lemma[objects[0]].lower()}" if lemma in {"take", "get"} else lemma
    return (verb, "happen") if lemma in scene.support["happen"] else None


def _multiword(scene: Scene, form: Form, token: int) -> Iterator[Frame]:
    if form.pos == "v":
        verb_words = _in_order(scene, form.words[: -1 if form.governs else None], token)
        if verb_words is None:
            return
        if not form.governs:
            yield Frame(token, verb_words)
            return
        for noun in _governed(scene, token, verb_words):
            if scene.tokens.lemma[noun].lower() in form.words[-1] or scene.clauses.compound(noun) in form.words[-1]:
                yield Frame(token, tuple(sorted({*verb_words, noun})), verb=token, noun=noun, carrier="form")
        return
    first = token - len(form.words) + 1
    if first < scene.tokens.sentences[scene.tokens.sentence[token]][0]:
        return
    if all(_is(scene, first + place, lemmas) for place, lemmas in enumerate(form.words)):
        base = _frames(scene, token)[0]
        yield Frame(token, tuple(range(first, token + 1)), verb=base.verb, noun=base.noun, carrier=base.carrier)


def _is(scene: Scene, token: int, lemmas: frozenset[str]) -> bool:
    return scene.tokens.lemma[token].lower() in lemmas or scene.tokens.word[token].lower() in lemmas


def _in_order(scene: Scene, places: tuple[frozenset[str], ...], verb: int) -> tuple[int, ...] | None:
    """Return the words of a verb form: each place after the last, with a short phrase between at most."""
    words = [verb]
    limit = scene.tokens.sentences[scene.tokens.sentence[verb]][1]
    for lemmas in places[1:]:
        at = words[-1] + 1
        while at < limit and at - words[-1] <= 4 and not _is(scene, at, lemmas):
            if scene.tokens.upos[at] not in _BETWEEN:
                return None
            at += 1
        if at >= limit or at - words[-1] > 4 or not _is(scene, at, lemmas):
            return None
        if scene.tokens.dep[at] == "case" and any(scene.tokens.upos[each] != "ADV" for each in range(words[-1] + 1, at)):
            return None
        words.append(at)
    return tuple(words)


def _governed(scene: Scene, verb: int, words: tuple[int, ...]) -> list[int]:
    """Return the nouns that a verb governs: its objects, or the phrase of a preposition among its words."""
    clauses, t = scene.clauses, scene.tokens
    for word in words[1:]:
        if t.dep[word] == "case" and t.head[word] >= 0:
            return clauses.conjuncts([t.head[word]])
    heads = clauses.conjuncts(clauses.object(verb))
    inner = [scene.inner(each) for each in heads]
    return list(dict.fromkeys([*heads, *inner]))


def _without_swallowed(matches: list[Match]) -> list[Match]:
    """Leave out matches whose words are part of a longer trigger."""
    owner: dict[int, Match] = {}
    for match in matches:
        for word in match.frame.words:
            if word not in owner or len(owner[word].frame.words) < len(match.frame.words):
                owner[word] = match
    return [
        match
        for match in matches
        if owner[match.frame.token] is match or (len(match.frame.words) > 1 and owner[match.frame.words[0]] is match)
    ]
