"""Scores of one window to grammar: tags, trees, names, predicates with rolesets and arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dragoman.encoder import tree
from dragoman.encoder.model import Model, Scores
from dragoman.types import Argument, Name, Predicate

Lemmatiser = Callable[[str, str, str], str]
Floats = npt.NDArray[np.float32]

PREDICATE_THRESHOLD = 0.0  # logit
PARTS = {"VERB": "v", "AUX": "v", "NOUN": "n"}  # the part of speech under which PropBank lists a roleset; others are open
CANDIDATE_MARGIN = 0.02  # rolesets under this share of the probability are not kept


@dataclass(slots=True)
class Columns:
    """The grammar of a report while it is gathered, one list a field (see ``types.Tokens``)."""

    lemma: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    predicates: list[Predicate] = field(default_factory=list)


def sentence(model: Model, scores: Scores, row: int, *, words: list[str], lemmatise: Lemmatiser, columns: Columns) -> None:
    """Decode the sentence in ``row`` of a window and append it to ``columns``."""
    base, size = len(columns.head), len(words)
    labels = model.labels
    upos = [labels["upos"][each] for each in scores.upos[row, :size].argmax(-1)]
    tag = [labels["tag"][each] for each in scores.tag[row, :size].argmax(-1)]
    head = tree.heads(scores.arc[row, :size, :size])
    dep = relations(labels["dep"], scores.label[row, np.arange(size), head], head)
    lemma = [lemmatise(word, pos, penn) for word, pos, penn in zip(words, upos, tag, strict=True)]
    for index, word in enumerate(words):
        base_form = preterite(model, lemmatise, word, tag=tag[index], lemma=lemma[index]) if upos[index] == "VERB" else None
        if base_form is not None:
            lemma[index], tag[index] = base_form, "VBD"
    columns.lemma += lemma
    columns.upos += upos
    columns.tag += tag
    columns.head += [-1 if above == index else base + above for index, above in enumerate(head)]
    columns.dep += dep
    columns.names += hyphenated(names(labels["names"], scores.names[row, :size], base), words, base)
    local = Sentence(words, lemma, upos, dep, head, extents(head))
    for place in np.flatnonzero(scores.predicate[row, :size] > PREDICATE_THRESHOLD):
        columns.predicates.append(predicate(model, scores, row, local=local, place=int(place), base=base))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One decoded sentence, positions counted from its first word."""

    words: list[str]
    lemma: list[str]
    upos: list[str]
    dep: list[str]
    head: list[int]
    extents: list[tuple[int, int]]


def preterite(model: Model, lemmatise: Lemmatiser, word: str, *, tag: str, lemma: str) -> str | None:
    """Return the lemma of a verb tagged as present whose word only makes sense as a past form ("withdrew"), or None."""
    if tag not in {"VB", "VBP", "VBZ"} or lemma in model.candidates:
        return None
    past = lemmatise(word, "VERB", "VBD")
    return past if past != lemma and past in model.candidates else None


def relations(labels: list[str], scores: Floats, head: list[int]) -> list[str]:
    """Return the relation of each word; ``root`` for the root and for no other word."""
    root = labels.index("root")
    scores = scores.copy()
    is_root = np.array([above == index for index, above in enumerate(head)])
    scores[~is_root, root] = -np.inf
    found = [labels[each] for each in scores.argmax(-1)]
    return ["root" if root_here else dep for dep, root_here in zip(found, is_root, strict=True)]


def names(labels: list[str], scores: Floats, base: int) -> list[Name]:
    """Read names from BIO scores; an I that continues nothing opens a name."""
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    best = weights.argmax(-1)
    found: list[Name] = []
    first = 0
    while first < len(best):
        edge, _, label = labels[best[first]].partition("-")
        if edge == "O":
            first += 1
            continue
        last = first + 1
        while last < len(best) and labels[best[last]] == f"I-{label}":
            last += 1
        score = float(np.mean([weights[place, best[place]] for place in range(first, last)]))
        found.append(Name(base + first, base + last, label, round(score, 4)))
        first = last
    return found


def hyphenated(found: list[Name], words: list[str], base: int) -> list[Name]:
    """Join names with nothing but a hyphen between them ("al-Sadr", "Coca-Cola"); the last part says what it is."""
    joined: list[Name] = []
    for name in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and name.first - before.last == 1
            and words[before.last - base] in ("-", "‑")
            and "MISC" not in (name.label, before.label)
        ):
            joined[-1] = Name(before.first, name.last, name.label, min(before.score, name.score))
        else:
            joined.append(name)
    return joined


def extents(head: list[int]) -> list[tuple[int, int]]:
    """Return the first and last (half-open) word of each word's subtree."""
    first, last = list(range(len(head))), [index + 1 for index in range(len(head))]
    depth = [0] * len(head)
    for index in range(len(head)):
        steps, above = 0, index
        while head[above] != above:
            above, steps = head[above], steps + 1
        depth[index] = steps
    for index in sorted(range(len(head)), key=lambda each: -depth[each]):
        above = head[index]
        first[above], last[above] = min(first[above], first[index]), max(last[above], last[index])
    return list(zip(first, last, strict=True))


def predicate(model: Model, scores: Scores, row: int, *, local: Sentence, place: int, base: int) -> Predicate:
    """Rank the lemma's rolesets and gather the arguments of the predicate at ``place``."""
    vector = scores.sense[row, place]
    choice = candidates(model, local, place)
    ranked: tuple[tuple[str, float], ...] = ()
    if choice:
        values = model.roleset_matrix[choice].astype(np.float32) @ vector + model.roleset_bias[choice].astype(np.float32)
        weights = np.exp(values - values.max())
        weights /= weights.sum()
        order = sorted(range(len(choice)), key=lambda each: (-float(weights[each]), model.rolesets[choice[each]]))
        ranked = tuple(
            (model.rolesets[choice[each]], round(float(weights[each]), 4)) for each in order if weights[each] >= CANDIDATE_MARGIN
        )
    size = len(local.head)
    logits = scores.role[row, place, :size]
    weights = np.exp(logits - logits.max(-1, keepdims=True))
    weights /= weights.sum(-1, keepdims=True)
    best = weights.argmax(-1)
    arguments = []
    for word in np.flatnonzero(best):
        first, last = extent(local, int(word), place)
        role = model.labels["role"][best[word]]
        arguments.append(Argument(role, base + int(word), base + first, base + last, round(float(weights[word, best[word]]), 4)))
    score = 1 / (1 + float(np.exp(-scores.predicate[row, place])))
    return Predicate(base + place, ranked, tuple(arguments), round(score, 4))


def candidates(model: Model, local: Sentence, place: int) -> list[int]:
    """Return the rolesets of the lemma and part of speech; those of a phrasal verb only where its particle stands beside it."""
    lemma = local.lemma[place].lower()
    found = (
        model.candidates.get(lemma) or model.candidates.get(local.words[place].lower()) or model.candidates.get(lemma.replace("-", "_"), [])
    )
    around = {local.lemma[each].lower() for each in range(max(0, place - 6), min(len(local.head), place + 9))}
    kept = []
    for each in found:
        parts = model.rolesets[each].split(".")[0].split("_")
        if len(parts) == 1 or all(part in around for part in parts[1:]):
            kept.append(each)
    part = PARTS.get(local.upos[place], "")
    fitting = [each for each in kept if not model.parts[each] or part in model.parts[each]]
    return fitting or kept or list(found)


def extent(local: Sentence, word: int, place: int) -> tuple[int, int]:
    """Return the words of an argument from its head word: the subtree, cut at the predicate where that lies within."""
    first, last = local.extents[word]
    if first <= place < last and word != place:
        inside = local.extents[place]
        if place > word:
            last = max(word + 1, min(inside[0], last))
        else:
            first = min(word, max(inside[1], first))
    return first, last
