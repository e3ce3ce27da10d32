"""Triggers: which words of a report match which lexicon entry, the most specific first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.stages.claim.conditions import holds
from dragoman.stages.claim.entries import Entry, Form, Index

_CLASSES = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
# A roleset counts when its score is at least this share of the best: less where conditions on the arguments back it.
_CLOSE, _BACKED = 0.5, 0.12
_AFTER = frozenset({"on", "off", "out", "up", "over", "down", "in", "away", "back"})
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
    """Return v, n or a, or None for other words."""
    return "v" if scene.clauses.is_verb(token) else _CLASSES.get(scene.tokens.upos[token])


def find(scene: Scene, index: Index) -> list[Match]:
    """Return the best match of each trigger, in the order of the text; words inside a name trigger nothing."""
    best: dict[int, Match] = {}
    for token in range(len(scene.tokens)):
        if _inside_name(scene, token):
            continue
        for match in matches(scene, index, token):
            old = best.get(match.frame.token)
            if old is None or _rank(match) < _rank(old):
                best[match.frame.token] = match
    return _without_swallowed(sorted(best.values(), key=lambda each: each.frame.token))


def event_types(scene: Scene, index: Index, token: int) -> frozenset[str]:
    """Return the types of all entries that the word alone could match; conditions are not looked at."""
    found: list[str] = []
    for entry, _, _ in _single(scene, index, token):
        found.extend(each.type for each in entry.means)
    if word_class(scene, token) == "v":
        nouns = {form for each in scene.clauses.object(token) for form in scene.clauses.forms(each)}
        for form, entry in index.by_word.get((scene.tokens.lemma[token].lower(), "v"), ()):
            if form.governs and form.words[-1] & nouns:
                found.extend(each.type for each in entry.means)
    return frozenset(found)


def _rank(match: Match) -> tuple[int, bool, float, str]:
    return (-match.points, bool(match.entry.means), -match.score, match.entry.id)


def _inside_name(scene: Scene, token: int) -> bool:
    name = scene.named.get(token)
    return name is not None and name.label in {"PER", "ORG"} and scene.tokens.upos[token] != "VERB"


def matches(scene: Scene, index: Index, token: int) -> Iterator[Match]:
    """Yield every entry that matches a word with all its conditions."""
    for entry, score, ranked in _single(scene, index, token):
        for frame in frames(scene, token):
            if holds(scene, frame, entry):
                yield Match(frame, entry, entry.points + ranked, score)
    kind = word_class(scene, token)
    if kind is None:
        return
    for form, entry in _by_word(scene, index, token, kind=kind):
        if len(form.words) == 1:
            continue
        for frame in _multiword(scene, form, token):
            if holds(scene, frame, entry):
                yield Match(frame, entry, entry.points + 2, 0.95 * _certainty(scene, frame))


def _certainty(scene: Scene, frame: Frame) -> float:
    predicate = scene.predicates.get(frame.token)
    return 0.9 if predicate is None else 0.5 + 0.5 * predicate.score


def _single(scene: Scene, index: Index, token: int) -> Iterator[tuple[Entry, float, int]]:
    """Yield entries that a single word matches, with score and the point for a roleset."""
    kind = word_class(scene, token)
    if kind is None:
        return
    lemma = scene.tokens.lemma[token].lower()
    ranked = _ranked(scene, index, token, kind=kind)
    for entry, score in ranked or ():
        if not entry.pos or kind in entry.pos:
            yield entry, score, 1
    for form, entry in _by_word(scene, index, token, kind=kind):
        if len(form.words) == 1 and not (ranked is not None and lemma in entry.lemmas):
            yield entry, _FORM_SCORE * _certainty(scene, Frame(token, (token,))), 0


def _by_word(scene: Scene, index: Index, token: int, *, kind: str) -> list[tuple[Form, Entry]]:
    """Return the forms of a word, by its lemma and, for nouns, by the word without its plural ending."""
    lemma = scene.tokens.lemma[token].lower()
    found = list(index.by_word.get((lemma, kind), ()))
    if kind == "n":
        for other in sorted(scene.clauses.forms(token) - {lemma}):
            found.extend(each for each in index.by_word.get((other, kind), ()) if each not in found)
    return found


def _ranked(scene: Scene, index: Index, token: int, *, kind: str) -> list[tuple[Entry, float]] | None:
    """Return entries by the rolesets that the encoder ranks, with scores; None where it ranks none.

    A particle beside the verb decides for the rolesets that are told with it ("pulled out").
    """
    predicate = scene.predicates.get(token)
    lemma = scene.tokens.lemma[token].lower()
    particle = scene.particle(token) if kind == "v" else None
    told = index.by_lemma.get(f"{lemma}_{particle}", ()) if particle is not None else ()
    if told:
        return [(entry, 0.9 * _certainty(scene, Frame(token, (token,)))) for entry in told]
    if predicate is None or not predicate.rolesets:
        keys = [lemma] if kind == "v" else sorted(scene.clauses.forms(token) - {lemma}) if predicate is not None else []
        fallback = [entry for key in keys for entry in index.by_lemma.get(key, ())]
        return [(entry, _FALLBACK_SCORE) for entry in fallback] or None
    top = predicate.rolesets[0][1] or 1.0
    found: list[tuple[Entry, float]] = []
    for roleset, score in predicate.rolesets:
        share = min(1.0, score / top)
        sure = (0.5 + 0.5 * predicate.score) * (0.6 + 0.4 * share) * (0.8 + 0.2 * min(1.0, top))
        found.extend((entry, sure) for entry in index.by_roleset.get(roleset, ()) if share >= (_BACKED if entry.where else _CLOSE))
    return found


def frames(scene: Scene, token: int) -> list[Frame]:
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
    below = [each for each in clauses.children(noun, "acl", "acl:relcl") if clauses.is_verb(each)]
    found.extend((each, scene.lemma(each)) for each in below if noun in clauses.object(each))
    for verb, lemma in found:
        for kind in ("support", "announced", "undergo"):
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
        if verb_words is None or (len(verb_words) == 1 and scene.particle(token) is not None):
            return
        if not form.governs:
            yield Frame(token, verb_words)
            return
        for noun in _governed(scene, token, verb_words):
            if noun > token and len(verb_words) == 1 and _followed(scene, token):
                continue  # "take on a new life" is not "take a life"
            if (scene.clauses.forms(noun) | scene.clauses.compounds(noun)) & form.words[-1]:
                yield Frame(token, tuple(sorted({*verb_words, noun})), verb=token, noun=noun, carrier="form")
        return
    first = token - len(form.words) + 1
    if first < scene.tokens.sentences[scene.tokens.sentence[token]][0]:
        return
    if all(_is(scene, first + place, lemmas) for place, lemmas in enumerate(form.words)):
        base = frames(scene, token)[0]
        yield Frame(token, tuple(range(first, token + 1)), verb=base.verb, noun=base.noun, carrier=base.carrier)


def _followed(scene: Scene, verb: int) -> bool:
    """Tell whether a word that may be a particle comes right after a verb, and an article or possessive after that."""
    t = scene.tokens
    return verb + 2 < len(t) and t.word[verb + 1].lower() in _AFTER and t.upos[verb + 2] in {"DET", "PRON"}


def _is(scene: Scene, token: int, lemmas: frozenset[str]) -> bool:
    return bool(scene.clauses.forms(token) & lemmas)


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
        if (
            lemmas is places[-1]
            and scene.tokens.dep[at] == "case"
            and any(scene.tokens.upos[each] != "ADV" for each in range(words[-1] + 1, at))
        ):
            return None
        words.append(at)
    return tuple(words)


def _governed(scene: Scene, verb: int, words: tuple[int, ...]) -> list[int]:
    """Return the nouns that a verb governs: its objects, or the phrase of a preposition among its words."""
    clauses, t = scene.clauses, scene.tokens
    for word in words[1:]:
        if t.dep[word] == "case" and t.head[word] >= 0:
            return clauses.conjuncts([t.head[word]])
    predicate = scene.predicates.get(verb)
    undergone = [each.head for each in predicate.arguments if each.role == "ARG1"] if predicate is not None else []
    undergone = [each for each in undergone if clauses.preposition(each) is None]
    heads = clauses.conjuncts([*clauses.object(verb), *clauses.children(verb, "obj"), *undergone])
    inner = [scene.inner(each) for each in heads]
    return list(dict.fromkeys([*heads, *inner]))


def _without_swallowed(found: list[Match]) -> list[Match]:
    """Leave out matches whose words are part of a longer trigger."""
    owner: dict[int, Match] = {}
    for match in found:
        for word in match.frame.words:
            if word not in owner or len(owner[word].frame.words) < len(match.frame.words):
                owner[word] = match
    return [
        match
        for match in found
        if owner[match.frame.token] is match or (len(match.frame.words) > 1 and owner[match.frame.words[0]] is match)
    ]
