"""What is between two actors: ties, alliances, quarrels, with polarity, change and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from dragoman import lexicon
from dragoman.stages.relate.parties import conjoined, in_compound, is_party, is_state_like, owners, speaking_for, subject_of, two_of
from dragoman.stages.relate.phrases import actor_at, all_actors, case_of, key, lemma, noun_phrase, voices
from dragoman.types import Actor, Evidence, Polarity, Reading, Relation, Span, Tokens, When, digest

Change = Literal["improving", "worsening"]
_WITH = frozenset(("with", "to", "toward", "towards", "of", "against"))
_SINCE = frozenset(("since", "from", "dating", "date", "back"))


@dataclass(frozen=True, slots=True)
class States:
    """The lexicon of relations of one language, by lemma."""

    ties: dict[str, tuple[str, Polarity]]
    roles: dict[str, tuple[str, Polarity, bool]]
    alone: frozenset[str]
    states: dict[str, tuple[str, Polarity, frozenset[str]]]
    verbs: dict[str, tuple[str, Polarity]]
    words: dict[str, Polarity]
    changes: dict[str, str]
    holding: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """A tie in the report: its noun or verb, the two actors, and what its words say."""

    token: int
    a: Actor
    b: Actor
    polarity: Polarity
    rule: str
    change: str | None = None
    first: int | None = None


@cache
def load(lang: str) -> States:
    """Read the relations of a language.

    Raises:
        LexiconError: when the language has none.
    """
    values = lexicon.read(lang, "relations")
    return States(
        ties={form: (entry["id"], cast(Polarity, entry["polarity"])) for form, entry in lexicon.forms(values["ties"])},
        roles={
            form: (entry["id"], cast(Polarity, entry["polarity"]), entry.get("needs") == "word")
            for form, entry in lexicon.forms(values["roles"])
        },
        alone=frozenset(form for form, entry in lexicon.forms(values["roles"]) if entry.get("alone")),
        states={
            form: (entry["id"], cast(Polarity, entry["polarity"]), frozenset(entry["prepositions"]))
            for form, entry in lexicon.forms(values["states"])
        },
        verbs={form: (entry["id"], cast(Polarity, entry["polarity"])) for form, entry in lexicon.forms(values["verbs"])},
        words={form: cast(Polarity, entry["polarity"]) for form, entry in lexicon.forms(values["words"])},
        changes={form: entry["change"] for form, entry in lexicon.forms(values["changes"])},
        holding=frozenset(values["holding"]["forms"]),
    )


def find(reading: Reading, states: States) -> Iterator[Relation]:
    """Yield the relations that a report tells, in the order of their words; one pair and polarity once a sentence."""
    tokens = reading.grammar.tokens
    ordinals: dict[Span, int] = {}
    seen: set[tuple[object, ...]] = set()
    for token in range(len(tokens)):
        word = lemma(tokens, token)
        founds: list[Found] = []
        if tokens.upos[token] == "NOUN":
            founds = list(_tie(reading, token, states)) if word in states.ties else list(_role(reading, token, states))
        elif tokens.upos[token] in ("ADJ", "VERB") and word in states.states and tokens.child(token, "cop", "aux:pass") is not None:
            founds = list(_state(reading, token, states))
        elif tokens.upos[token] == "VERB" and word in states.verbs:
            founds = list(_verb(reading, token, states))
        for found in founds:
            mark = (tokens.sentence[token], found.polarity, *sorted((str(key(found.a)), str(key(found.b)))))
            if mark in seen or key(found.a) == key(found.b) or _same_state(found):
                continue
            seen.add(mark)
            yield _relation(reading, found, ordinals)


def _same_state(found: Found) -> bool:
    """Tell whether both sides are one state (a government and its own army have no foreign relation)."""
    return found.a.country is not None and found.a.country == found.b.country and found.a.id == found.b.id


def _relation(reading: Reading, found: Found, ordinals: dict[Span, int]) -> Relation:
    tokens = reading.grammar.tokens
    first, last = noun_phrase(tokens, found.token) if tokens.upos[found.token] == "NOUN" else (found.token, found.token + 1)
    before = tokens.child(found.token, "advmod")
    if tokens.upos[found.token] == "ADJ" and before is not None and before == first - 1:
        first = before
    upper = tokens.head[found.token]
    if found.change is not None and upper >= last and tokens.dep[found.token] == "nsubj" and tokens.upos[upper] == "VERB":
        last = upper + 1
    words = tokens.span(found.first if found.first is not None else first, last)
    ordinal = ordinals.get(words, 0)
    ordinals[words] = ordinal + 1
    since, until = _times(reading, found.token)
    evidence = [Evidence("words", words, found.rule)]
    evidence.extend(
        Evidence(side, actor.span, "relate.actor") for side, actor in (("a", found.a), ("b", found.b)) if actor.span is not None
    )
    evidence.extend(Evidence("since", when.span, when.rule or "relate.since") for when in (since,) if when is not None)
    evidence.extend(Evidence("until", when.span, when.rule or "relate.until") for when in (until,) if when is not None)
    ident = digest(reading.report.id, "relation", str(words.start), str(words.end), str(ordinal))
    return Relation(
        id=ident,
        a=found.a,
        b=found.b,
        words=words,
        polarity=found.polarity,
        change=cast("Change | None", found.change if found.change in ("improving", "worsening") else None),
        since=since.from_ if since else None,
        until=until.until if until else None,
        held_by=voices(reading, tokens.span(found.token, found.token + 1)),
        score=0.7,
        evidence=tuple(evidence),
    )


def _tie(reading: Reading, token: int, states: States) -> Iterator[Found]:
    """Yield the relation of a noun such as "ties": between A and B, A's with B, A and B enjoy, the A-B ties."""
    tokens = reading.grammar.tokens
    rule, base = states.ties[lemma(tokens, token)]
    polarity = _polarity(tokens, token, states) or base
    polarity = _negated(tokens, token, polarity)
    change = _change(tokens, token, states)
    if change == "turning":
        change = None
    sides = _sides(reading, token, states)
    if sides is None:
        return
    left, right = sides
    for a in left:
        for b in right:
            if key(a) != key(b):
                yield Found(token, a, b, polarity, rule, _turned(reading, token, states, change))


def _sides(reading: Reading, token: int, states: States) -> tuple[list[Actor], list[Actor]] | None:
    """Return the two sides of a tie."""
    tokens = reading.grammar.tokens
    near = [*tokens.children[token]]
    verb = tokens.head[token]
    holds = verb >= 0 and lemma(tokens, verb) in states.holding and tokens.dep[token] in ("obj", "nsubj:pass", "nsubj")
    if holds:
        near.extend(c for c in tokens.children[verb] if c > token and tokens.dep[c].startswith("obl"))
    others: list[Actor] = []
    for child in near:
        case = case_of(tokens, child)
        if tokens.dep[child].startswith(("nmod", "obl")) and case in ("between", "among", "within"):
            pair = conjoined(reading, child)
            pair = pair if len(pair) >= 2 else two_of(reading, child)
            return (pair[:1], pair[1:2]) if len(pair) >= 2 else None
        if tokens.dep[child].startswith(("nmod", "obl")) and child > token and case in _WITH and case != "of":
            others.extend(conjoined(reading, child))
    own = owners(reading, token)
    if not own and others and tokens.child(token, "cop") is not None:
        subject = subject_of(tokens, token)
        own = conjoined(reading, subject) if subject is not None else []
    relative = next((c for c in tokens.children[token] if tokens.dep[c] == "acl:relcl" and lemma(tokens, c) in ("pose", "present")), None)
    if relative is not None and not own:
        maker = tokens.child(relative, "nsubj")
        own = conjoined(reading, maker) if maker is not None else []
        others.extend(
            actor
            for c in tokens.children[relative]
            if tokens.dep[c].startswith("obl") and case_of(tokens, c) == "to"
            for actor in conjoined(reading, c)
        )
    if not own and holds and tokens.dep[token] == "obj":
        subject = subject_of(tokens, verb)
        own = conjoined(reading, subject) if subject is not None else []
        own = own if len(own) == 2 or subject is None else two_of(reading, subject) or own
        if not others and len(own) == 2:
            return own[:1], own[1:]
    if own and others:
        return own[:1], others[:2]
    compound = in_compound(reading, token)
    return (compound[:1], compound[1:]) if len(compound) == 2 else None


def _role(reading: Reading, token: int, states: States) -> Iterator[Found]:
    """Yield the relation of a noun such as "ally": X is a partner of Y, Y's ally X, X, an enemy of Y."""
    tokens = reading.grammar.tokens
    form = _role_form(tokens, token, states)
    if form is None:
        return
    rule, base, needs_word = states.roles[form]
    told = _polarity(tokens, token, states)
    if needs_word and told is None:
        return
    if tokens.child(token, "cop") is not None:
        subject = tokens.child(token, "nsubj")
        pair = two_of(reading, subject) if subject is not None else []
        if len(pair) == 2:
            yield Found(token, pair[0], pair[1], base, rule)
            return
    others = _others(reading, token)
    bearers = [actor for actor in _bearers(reading, token) if all(key(actor) != key(other) for other in others)]
    if not bearers and form in states.alone and _owned(tokens, token) and others and all(map(is_state_like, others)):
        bearers = [_unnamed(reading, token)]
    if not others and len(bearers) == 2 and tokens.dep[token] == "appos":
        bearers, others = bearers[:1], bearers[1:]
    polarity = _negated(tokens, token, base if base != "neutral" else told or base)
    for bearer in bearers[:3]:
        for other in others[:2]:
            if key(bearer) != key(other):
                change = "worsening" if _former(tokens, token) and base == "positive" else None
                yield Found(token, other, bearer, polarity, rule, change)


def _owned(tokens: Tokens, token: int) -> bool:
    """Tell whether a role has an owner that may be a state: a name, "its", "our", "their"."""
    owner = tokens.child(token, "nmod:poss")
    return owner is not None and (tokens.upos[owner] != "PRON" or tokens.word[owner].lower() in ("its", "our", "their"))


def _unnamed(reading: Reading, token: int) -> Actor:
    """Return who plays a role without a name: the people of a nationality before it, whoever the noun stands for, or its words."""
    tokens = reading.grammar.tokens
    for child in tokens.children[token]:
        if tokens.dep[child] in ("amod", "compound") and child < token:
            actor = actor_at(reading, child)
            if actor is not None and is_party(actor):
                return actor
    actor = actor_at(reading, token)
    span = tokens.span(*noun_phrase(tokens, token))
    return actor if actor is not None else Actor(None, span.of(reading.report.text), None, (), span)


def _state(reading: Reading, token: int, states: States) -> Iterator[Found]:
    """Yield the relation of an adjective: "X is hostile to Y"."""
    tokens = reading.grammar.tokens
    rule, polarity, prepositions = states.states[lemma(tokens, token)]
    subject = tokens.child(token, "nsubj", "nsubj:pass")
    other = next(
        (c for c in tokens.children[token] if c > token and tokens.dep[c].startswith("obl") and case_of(tokens, c) in prepositions), None
    )
    if subject is None or other is None:
        return
    for a in conjoined(reading, subject)[:1]:
        for b in conjoined(reading, other)[:2]:
            if key(a) != key(b):
                yield Found(token, a, b, _negated(tokens, token, polarity), rule)


def _role_form(tokens: Tokens, token: int, states: States) -> str | None:
    word = lemma(tokens, token)
    if token > 0 and tokens.head[token - 1] == token and f"{lemma(tokens, token - 1)} {word}" in states.roles:
        return f"{lemma(tokens, token - 1)} {word}"
    return word if word in states.roles else None


def _former(tokens: Tokens, token: int) -> bool:
    return any(lemma(tokens, c) in ("former", "erstwhile", "ex", "onetime", "one-time") for c in tokens.children[token])


def _bearers(reading: Reading, token: int) -> list[Actor]:
    """Return who plays the role: the subject of a copula, the noun in apposition, the name after it."""
    tokens = reading.grammar.tokens
    anchor = token
    if tokens.dep[token] in ("nmod", "conj") and tokens.head[token] >= 0:
        upper = tokens.head[token]
        if (tokens.dep[token] == "conj" and tokens.child(upper, "cop") is not None) or (
            tokens.dep[token] == "nmod" and case_of(tokens, token) == "of" and lemma(tokens, upper) in ("one", "some")
        ):
            anchor = upper
    if tokens.child(anchor, "cop") is not None:
        subject = tokens.child(anchor, "nsubj") if case_of(tokens, anchor) in ("", "of", "among") else None
        return conjoined(reading, subject) if subject is not None else []
    if tokens.dep[anchor] == "appos" and tokens.head[anchor] >= 0:
        return conjoined(reading, tokens.head[anchor])
    if tokens.dep[anchor] == "xcomp" and tokens.head[anchor] >= 0:
        thing = tokens.child(tokens.head[anchor], "obj")
        return conjoined(reading, thing) if thing is not None and thing < anchor else []
    named = [c for c in tokens.children[token] if tokens.dep[c] in ("appos", "flat", "compound", "nmod:desc") and c > token]
    for child in named:
        found = conjoined(reading, child)
        if found:
            return found
    if tokens.dep[token] in ("compound", "nmod:desc", "flat") and tokens.head[token] > token:
        return [actor for actor in all_actors(reading, tokens.head[token]) if is_party(actor)]
    if case_of(tokens, token) == "as" and tokens.head[token] >= 0:
        thing = tokens.child(tokens.head[token], "obj", "nsubj:pass")
        return conjoined(reading, thing) if thing is not None else []
    return []


def _others(reading: Reading, token: int) -> list[Actor]:
    """Return to whom somebody plays the role: possessor, "of Y", nationality; inside a quotation the speaker's own side."""
    tokens = reading.grammar.tokens
    own = owners(reading, token)
    if own:
        return own
    for child in tokens.children[token]:
        if tokens.dep[child] == "nmod" and child > token and case_of(tokens, child) in ("of", "to", "for", "with"):
            found = conjoined(reading, child)
            if found:
                return found
    predicative = tokens.child(token, "cop") is not None or tokens.dep[token] == "conj"
    if predicative:
        speaker = speaking_for(reading, token)
        return [speaker] if speaker is not None else []
    return []


def _verb(reading: Reading, token: int, states: States) -> Iterator[Found]:
    tokens = reading.grammar.tokens
    rule, polarity = states.verbs[lemma(tokens, token)]
    subject = subject_of(tokens, token)
    if subject is None:
        return
    left = conjoined(reading, subject)
    right: list[Actor] = []
    for child in tokens.children[token]:
        if tokens.dep[child].startswith("obl") and case_of(tokens, child) == "with":
            right.extend(conjoined(reading, child))
    if not right and len(left) == 2:
        left, right = left[:1], left[1:]
    for a in left[:1]:
        for b in right[:2]:
            if key(a) != key(b) and is_state_like(a) and is_state_like(b):
                yield Found(token, a, b, _negated(tokens, token, polarity), rule)


def _polarity(tokens: Tokens, token: int, states: States) -> Polarity | None:
    """Return the polarity of the adjectives of a noun, and of what a copula says of it."""
    near = [c for c in tokens.children[token] if tokens.dep[c] in ("amod", "compound", "acl")]
    near.extend(c for child in tuple(near) for c in tokens.children[child] if tokens.dep[c] == "conj")
    if tokens.dep[token] in ("nsubj", "nsubj:pass") and tokens.head[token] >= 0:
        near.append(tokens.head[token])
    found = [states.words[word] for c in near for word in (lemma(tokens, c), tokens.word[c].lower()) if word in states.words]
    return "negative" if "negative" in found else (found[0] if found else None)


def _negated(tokens: Tokens, token: int, polarity: Polarity) -> Polarity:
    """Turn the polarity round under "no" and "not"."""
    around = [
        *tokens.children[token],
        *(tokens.children[tokens.head[token]] if tokens.head[token] >= 0 and tokens.dep[token] == "obj" else ()),
    ]
    if any(lemma(tokens, c) in ("no", "not", "never", "n't", "n’t", "neither") for c in around):
        return "negative" if polarity == "positive" else "neutral"
    return polarity


def _change(tokens: Tokens, token: int, states: States) -> str | None:
    """Return how a tie moves, from the verb it depends on and the noun or adjective beside it."""
    near = [c for c in tokens.children[token] if tokens.dep[c] in ("amod", "acl", "acl:relcl", "compound")]
    near = [c for c in near if tokens.word[c].lower() not in states.words]
    upper = tokens.head[token]
    if upper >= 0 and (
        tokens.dep[token] in ("obj", "nsubj", "nsubj:pass")
        or (tokens.dep[token] == "nmod" and case_of(tokens, token) in ("in", "of", "between"))
    ):
        near.append(upper)
        near.extend(c for c in tokens.children[upper] if tokens.dep[c] == "xcomp")
    for child in near:
        word = lemma(tokens, child)
        pair = f"{lemma(tokens, child - 1)} {word}" if child else word
        change = states.changes.get(pair) or states.changes.get(word)
        if change is not None and not any(lemma(tokens, c) in ("not", "n't", "n’t", "never") for c in tokens.children[child]):
            return change
    return None


def _turned(reading: Reading, token: int, states: States, change: str | None) -> str | None:
    """Return the direction of "a turning point in relations with its partners": away from what the others were."""
    tokens = reading.grammar.tokens
    if change is not None or _change(tokens, token, states) != "turning":
        return change
    for child in tokens.children[token]:
        if tokens.dep[child] != "nmod" or case_of(tokens, child) not in _WITH:
            continue
        for other in tokens.subtree(child):
            form = _role_form(tokens, other, states)
            if form is not None and states.roles[form][1] != "neutral":
                return "worsening" if states.roles[form][1] == "positive" else "improving"
    return None


def _times(reading: Reading, token: int) -> tuple[When | None, When | None]:
    """Return since when and until when a tie is told, from the time expressions after "since", "dating back to", "until"."""
    tokens = reading.grammar.tokens
    begin, end = tokens.sentences[tokens.sentence[token]]
    left, right = tokens.start[begin], tokens.end[end - 1]
    since = until = None
    for when in reading.times:
        if not (left <= when.span.start and when.span.end <= right):
            continue
        before = reading.report.text[max(left, when.span.start - 60) : when.span.start].lower()
        words = before.replace(",", " ").split()
        inner = when.span.of(reading.report.text).lower()
        if when.from_ is not None and (inner.startswith("since ") or _led(words, ("since",)) or _dating(words)):
            since = since or when
        elif when.until is not None and (inner.startswith("until ") or _led(words, ("until", "till"))):
            until = until or when
    return since, until


def _led(words: list[str], leads: tuple[str, ...]) -> bool:
    return any(word in leads for word in words[-5:])


def _dating(words: list[str]) -> bool:
    """Tell whether "dating back to", "dates from" or "goes back to" stands close before."""
    near = words[-8:]
    return any(word in ("dating", "date", "dates", "dated") for word in near) or ("back" in near and "to" in near)
