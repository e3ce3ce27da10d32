"""Which happening a report tells as bringing about another: "led to", "helped speed up", "in response to", "because".

Words that only tell that one thing came after the other make no consequence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dragoman import lexicon
from dragoman.stages.relate.phrases import actor_at, case_of, lemma, noun_phrase, voices
from dragoman.types import Claim, Consequence, Evidence, Reading, Span, Tokens, digest


@dataclass(frozen=True, slots=True)
class Causes:
    """The lexicon of causal words of one language."""

    verbs: dict[str, tuple[dict[str, Any], ...]]
    phrases: dict[str, dict[str, Any]]
    conjunctions: dict[str, dict[str, Any]]
    nouns: dict[str, dict[str, Any]]
    adverbs: dict[str, dict[str, Any]]
    reasons: tuple[dict[str, Any], ...]
    helpers: frozenset[str]
    longest: int


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with the head words of cause and effect."""

    cause: int
    effect: int
    first: int
    last: int  # half-open
    rule: str
    score: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A reading with its claims by trigger token and by id, and the tokens of its predicates."""

    reading: Reading
    triggers: dict[int, Claim]
    claims: dict[str, Claim]
    predicates: frozenset[int]


@cache
def load(lang: str) -> Causes:
    """Read the causal words of a language.

    Raises:
        LexiconError: when the language has none.
    """
    values = lexicon.read(lang, "causes")
    verbs: dict[str, tuple[dict[str, Any], ...]] = {}
    for entry in values["verbs"]:
        for form in entry["forms"]:
            verbs[form] = (*verbs.get(form, ()), entry)
    phrases = {words: entry for entry in values["phrases"] for words in entry["words"]}
    conjunctions = {words: entry for entry in values["conjunctions"] for words in entry["words"]}
    nouns = {form: entry for entry in values["nouns"] for form in entry["forms"]}
    adverbs = {words: entry for entry in values["adverbs"] for words in entry["words"]}
    longest = max(len(words.split()) for words in (*phrases, *conjunctions, *adverbs))
    return Causes(
        verbs=verbs,
        phrases=phrases,
        conjunctions=conjunctions,
        nouns=nouns,
        adverbs=adverbs,
        reasons=tuple(values["reasons"]),
        helpers=frozenset(values["helpers"]["forms"]),
        longest=longest,
    )


def find(reading: Reading, causes: Causes) -> Iterator[Consequence]:
    """Yield the consequences that a report tells, in the order of their cues."""
    tokens = reading.grammar.tokens
    ordinals: dict[Span, int] = {}
    scene = Scene(
        reading,
        _triggers(reading),
        {claim.id: claim for claim in reading.claims},
        frozenset(predicate.token for predicate in reading.grammar.predicates),
    )
    for token in range(len(tokens)):
        for link in _links(tokens, token, causes):
            cause = _side(scene, link.cause)
            effect = _side(scene, link.effect)
            if cause is None or effect is None or cause == effect:
                continue
            effect = _before(tokens, effect, link)
            if not _told(scene, link, cause, effect):
                continue
            cue = tokens.span(link.first, link.last)
            ordinal = ordinals.get(cue, 0)
            ordinals[cue] = ordinal + 1
            evidence = (
                Evidence("cue", cue, link.rule),
                Evidence("cause", _words(scene, cause), "relate.cause"),
                Evidence("effect", _words(scene, effect), "relate.effect"),
            )
            ident = digest(reading.report.id, "consequence", str(cue.start), str(cue.end), str(ordinal))
            yield Consequence(ident, cause, effect, cue, voices(reading, cue), link.score, evidence)
            break


def _before(tokens: Tokens, side: str | Span, link: Link) -> str | Span:
    """Cut a phrase that runs into the cue after it ("[anger] over the tax")."""
    start = tokens.start[link.first]
    if isinstance(side, Span) and side.start < start < side.end and link.first > 0:
        return Span(side.start, tokens.end[link.first - 1])
    return side


def _links(tokens: Tokens, token: int, causes: Causes) -> Iterator[Link]:
    word = lemma(tokens, token)
    if tokens.upos[token] == "VERB":
        yield from _verb(tokens, token, causes)
    yield from _phrase(tokens, token, causes)
    yield from _reason(tokens, token, causes)
    if token == tokens.sentences[tokens.sentence[token]][0]:
        yield from _therefore(tokens, token, causes)
    if tokens.upos[token] == "NOUN" and word in causes.nouns:
        yield from _noun(tokens, token, causes.nouns[word])


def _verb(tokens: Tokens, token: int, causes: Causes) -> Iterator[Link]:
    """Yield the links of a verb: subject and object, or what a preposition leads to."""
    form, last = _form(tokens, token, causes)
    if form is None:
        return
    if any(lemma(tokens, c) in ("not", "never", "n't", "n’t", "no") for c in tokens.children[token]):
        return
    for entry in causes.verbs[form]:
        link = _verb_link(tokens, token, entry, causes, last=last)
        if link is not None:
            yield link
            return


def _form(tokens: Tokens, token: int, causes: Causes) -> tuple[str | None, int]:
    word = lemma(tokens, token)
    last = token + 1
    end = tokens.sentences[tokens.sentence[token]][1]
    for length in (3, 2):
        form = " ".join([word, *(lemma(tokens, i) for i in range(token + 1, min(end, token + length)))])
        if length > 1 and form in causes.verbs:
            return form, token + length
    particle = tokens.child(token, "compound:prt")
    if particle is not None and f"{word} {lemma(tokens, particle)}" in causes.verbs:
        return f"{word} {lemma(tokens, particle)}", max(last, particle + 1)
    return (word if word in causes.verbs else None), last


def _verb_link(tokens: Tokens, token: int, entry: dict[str, Any], causes: Causes, *, last: int) -> Link | None:
    passive = any(tokens.dep[c] in ("nsubj:pass", "aux:pass") for c in tokens.children[token]) or (
        tokens.tag[token] == "VBN" and tokens.dep[token] == "acl"
    )
    subject = _subject(tokens, token)
    target, stop = _target(tokens, token, entry, last)
    if passive:
        agent = next((c for c in tokens.children[token] if tokens.dep[c].startswith("obl") and case_of(tokens, c) == "by"), None)
        if agent is None or subject is None or "thing" not in entry["takes"]:
            return None
        effect = target if target is not None and "object-to" in entry["takes"] else subject
        first = _first(tokens, token, causes)
        case = tokens.child(agent, "case")
        return Link(agent, effect, first, (case + 1) if case is not None and case > token else token + 1, entry["id"], 0.7)
    if subject is None or target is None:
        return None
    if entry["direction"] == "forward":
        return Link(subject, target, _first(tokens, token, causes), stop, entry["id"], 0.7)
    if entry["direction"] == "backward":
        return Link(target, subject, _first(tokens, token, causes), stop, entry["id"], 0.7)
    return None


def _subject(tokens: Tokens, token: int) -> int | None:
    """Return the subject of a verb, or what a participle or relative clause says it of."""
    for _ in range(4):
        own = tokens.child(token, "nsubj", "nsubj:pass", "csubj")
        if own is not None:
            relative = tokens.dep[token] == "acl:relcl" and lemma(tokens, own) in ("that", "which", "who")
            return tokens.head[token] if relative else own
        if tokens.dep[token] in ("acl", "acl:relcl"):
            return tokens.head[token]
        if tokens.dep[token] == "advcl" and tokens.tag[token] == "VBG":
            return tokens.head[token] if tokens.head[token] >= 0 else None
        if tokens.dep[token] not in ("xcomp", "conj") or tokens.head[token] < 0:
            return None
        token = tokens.head[token]
    return None


def _target(tokens: Tokens, token: int, entry: dict[str, Any], last: int) -> tuple[int | None, int]:
    """Return the head of what a verb brings about, and where the cue ends (its preposition is part of it)."""
    takes = entry["takes"]
    if "object-to" in takes:
        clause = next(
            (c for c in tokens.children[token] if c > token and tokens.dep[c] in ("xcomp", "ccomp", "advcl") and _infinitive(tokens, c)),
            None,
        )
        if clause is not None:
            return clause, last
    if "thing" in takes:
        thing = tokens.child(token, "obj", "ccomp")
        if thing is not None and thing > token:
            return thing, last
    for child in tokens.children[token]:
        if (
            child > token
            and tokens.dep[child] in ("obl", "advcl", "nmod")
            and case_of(tokens, child) in takes
            and case_of(tokens, child) != "thing"
        ):
            case = next(c for c in tokens.children[child] if tokens.dep[c] in ("case", "mark") and c < child)
            return child, case + 1 if case >= last - 1 and case - last <= 2 else last
    return None, last


def _infinitive(tokens: Tokens, token: int) -> bool:
    return any(tokens.dep[c] == "mark" and lemma(tokens, c) == "to" for c in tokens.children[token])


def _first(tokens: Tokens, token: int, causes: Causes) -> int:
    """Return where the cue begins: at a helping verb before it ("helped speed up")."""
    head = tokens.head[token]
    if head >= 0 and tokens.dep[token] in ("xcomp", "ccomp") and lemma(tokens, head) in causes.helpers and token - head <= 2:
        return head
    return token


def _phrase(tokens: Tokens, token: int, causes: Causes) -> Iterator[Link]:
    """Yield the link of a prepositional phrase or conjunction that names a cause ("in response to the strike")."""
    end = tokens.sentences[tokens.sentence[token]][1]
    for length in range(min(causes.longest, end - token), 0, -1):
        words = " ".join(tokens.word[i].lower() for i in range(token, token + length))
        entry = causes.phrases.get(words) or causes.conjunctions.get(words)
        if entry is None:
            continue
        heads = list(range(token, token + length))
        cause = _governed(tokens, heads)
        if cause is None or (words == "due to" and tokens.tag[cause] == "VB"):
            return
        effect = tokens.head[cause]
        while effect in heads or (effect >= 0 and tokens.dep[cause] in ("fixed", "conj")):
            cause_up = effect
            effect = tokens.head[effect]
            if cause_up < 0:
                break
        if effect < 0 or effect in heads:
            return
        effect = _content(tokens, effect, cause)
        before = _root(tokens, tokens.sentence[token] - 1) if tokens.sentence[token] else None
        if lemma(tokens, cause) in ("this", "that") and tokens.upos[cause] in ("PRON", "DET") and before is not None:
            cause = before
        yield Link(cause, effect, token, token + length, entry["id"], 0.75)
        return


def _reason(tokens: Tokens, token: int, causes: Causes) -> Iterator[Link]:
    """Yield the link of a preposition that names the cause after certain words ("arrested over the leak")."""
    if tokens.upos[token] not in ("ADP", "SCONJ") or tokens.dep[token] not in ("case", "mark"):
        return
    cause = tokens.head[token]
    effect = tokens.head[cause] if cause > token else -1
    if effect < 0 or effect >= token:
        return
    kind = "verbs" if tokens.upos[effect] == "VERB" else "nouns"
    for entry in causes.reasons:
        if lemma(tokens, token) in entry["prepositions"] and lemma(tokens, effect) in entry[kind]:
            yield Link(cause, effect, token, token + 1, entry["id"], 0.65)
            return


def _therefore(tokens: Tokens, token: int, causes: Causes) -> Iterator[Link]:
    """Yield the link of "As a result, ..." at the head of a sentence: the sentence before tells the cause."""
    number = tokens.sentence[token]
    begin, end = tokens.sentences[number]
    if number == 0:
        return
    for length in range(min(causes.longest, end - begin), 0, -1):
        entry = causes.adverbs.get(" ".join(tokens.word[i].lower() for i in range(begin, begin + length)))
        if entry is None or begin + length >= end or tokens.word[begin + length] != ",":
            continue
        cause, effect = _root(tokens, number - 1), _root(tokens, number)
        if cause is not None and effect is not None:
            yield Link(cause, effect, begin, begin + length, entry["id"], 0.6)
        return


def _root(tokens: Tokens, sentence: int) -> int | None:
    return next((i for i in range(*tokens.sentences[sentence]) if tokens.head[i] < 0), None)


def _content(tokens: Tokens, verb: int, cause: int) -> int:
    """Return the clause that a verb of saying reports, when the phrase of the cause opens what is said ("In response to X, Y fled, he said")."""
    if lemma(tokens, verb) not in ("say", "add", "report", "announce", "tell", "state", "note") or cause > verb:
        return verb
    child = tokens.child(verb, "ccomp", "parataxis")
    return child if child is not None else verb


def _governed(tokens: Tokens, heads: list[int]) -> int | None:
    """Return the word that a phrase of function words leads to: its governor after it, or what hangs on its last noun."""
    inside = set(heads)
    last = heads[-1]
    for token in reversed(heads):
        if tokens.head[token] > last:
            return tokens.head[token]
        for child in tokens.children[token]:
            if child > last and tokens.dep[child] not in ("punct", "cc") and child not in inside:
                return child
    return None


def _noun(tokens: Tokens, token: int, entry: dict[str, Any]) -> Iterator[Link]:
    """Yield the link of "X was the result of Y" and "the cause of X was Y"."""
    subject = tokens.child(token, "nsubj")
    if subject is None or tokens.child(token, "cop") is None:
        return
    for child in tokens.children[token]:
        if tokens.dep[child] == "nmod" and child > token and case_of(tokens, child) in entry["takes"]:
            case = next(c for c in tokens.children[child] if tokens.dep[c] == "case" and c < child)
            cause, effect = (subject, child) if entry["direction"] == "forward" else (child, subject)
            yield Link(cause, effect, token, case + 1, entry["id"], 0.7)
            return


def _triggers(reading: Reading) -> dict[int, Claim]:
    """Return the claims by the token of their trigger, other mentions included."""
    tokens = reading.grammar.tokens
    found: dict[int, Claim] = {}
    for claim in reading.claims:
        for span in (claim.trigger, *claim.also):
            inside = tokens.within(span)
            if inside is not None:
                for token in range(*inside):
                    found.setdefault(token, claim)
    return found


def _side(scene: Scene, head: int) -> str | Span | None:
    """Return the claim that a head word triggers, or the words of its phrase."""
    tokens, triggers = scene.reading.grammar.tokens, scene.triggers
    if head in triggers:
        return triggers[head].id
    if tokens.upos[head] in ("VERB", "AUX", "ADJ") and tokens.dep[head] not in ("amod", "nsubj"):
        first, last = _clause(tokens, head)
    else:
        first, last = noun_phrase(tokens, head)
        inside = sorted(token for token in range(first, last) if token in triggers and tokens.head[token] == head)
        if inside and tokens.upos[head] in ("NOUN",) and lemma(tokens, head) in _EMPTY:
            return triggers[inside[0]].id
    return tokens.span(first, last) if first < last else None


_EMPTY = frozenset(("decision", "move", "wave", "series", "start", "beginning", "end", "launch", "act", "number", "campaign", "round"))


def _clause(tokens: Tokens, head: int) -> tuple[int, int]:
    """Return the words of a clause from its subject to its last complement, without side clauses."""
    inside = {head}
    for child in tokens.children[head]:
        if tokens.dep[child].startswith("nsubj") and lemma(tokens, child) in ("which", "that", "who"):
            continue
        if tokens.dep[child].split(":")[0] in ("nsubj", "obj", "iobj", "aux", "cop", "xcomp", "compound", "advmod"):
            inside.update(tokens.subtree(child))
    return tokens.run(head, inside)


def _told(scene: Scene, link: Link, cause: str | Span, effect: str | Span) -> bool:
    """Tell whether two sides are happenings: one of them a claim, or both no actors and one headed by a predicate."""
    start = scene.reading.grammar.tokens.start[link.cause]
    if any(when.span.start <= start < when.span.end for when in scene.reading.times):
        return False
    happen = all(_happens(scene, head) for head in (link.cause, link.effect))
    if isinstance(cause, str) and isinstance(effect, str):
        return happen
    tokens = scene.reading.grammar.tokens
    if _supposed(tokens, link.first) or _supposed(tokens, link.effect):
        return False
    if isinstance(cause, str) or isinstance(effect, str):
        return happen
    clauses = [
        head for head in (link.cause, link.effect) if tokens.upos[head] in ("VERB", "AUX", "ADJ") or tokens.child(head, "cop") is not None
    ]
    if clauses and link.rule.startswith(("cause:conjunction", "cause:phrase")) and not any(_past(tokens, head) for head in clauses):
        return False
    return happen and any(head in scene.predicates for head in (link.cause, link.effect))


def _supposed(tokens: Tokens, head: int) -> bool:
    """Tell whether a verb says what might, should or would be, or what is to be done."""
    if tokens.upos[head] != "VERB":
        return False
    return any(
        lemma(tokens, c) in ("may", "might", "should", "would", "could", "can", "must") and tokens.dep[c] == "aux"
        for c in tokens.children[head]
    ) or (tokens.dep[head] == "acl" and _infinitive(tokens, head))


def _past(tokens: Tokens, head: int) -> bool:
    """Tell whether a clause tells of something that was done, not of how things are."""
    if tokens.child(head, "cop") is not None or tokens.upos[head] == "ADJ":
        return False
    return tokens.tag[head] in ("VBD", "VBN") or any(tokens.tag[c] == "VBD" and tokens.dep[c] == "aux" for c in tokens.children[head])


def _happens(scene: Scene, head: int) -> bool:
    """Tell whether a side may be a happening: no name, no pronoun but "this" and "that", nobody who acts."""
    tokens = scene.reading.grammar.tokens
    if tokens.upos[head] in ("PRON", "PROPN", "DET", "NUM"):
        return lemma(tokens, head) in ("this", "that", "which")
    return head in scene.triggers or head in scene.predicates or actor_at(scene.reading, head) is None


def _words(scene: Scene, side: str | Span) -> Span:
    return side if isinstance(side, Span) else scene.claims[side].trigger
