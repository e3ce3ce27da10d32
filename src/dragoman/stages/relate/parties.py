"""Between whom: the states and bodies that a noun phrase, a possessor or "the two countries" stands for."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.attribute import attributions_over
from dragoman.stages.relate.phrases import actor_at, all_actors, case_of, key, lemma
from dragoman.types import Actor, Reading, Tokens

_PAIRED = frozenset(("country", "nation", "state", "side", "neighbour", "neighbor", "capital", "government", "people", "republic"))
_FIRST_PERSON = frozenset(("our", "my", "us", "we", "i"))


def conjoined(reading: Reading, head: int) -> list[Actor]:
    """Return the actors of a phrase and its conjuncts that are states or organisations."""
    tokens = reading.grammar.tokens
    found = all_actors(reading, head)
    for child in tokens.children[head]:
        if tokens.dep[child] == "conj":
            found.extend(actor for actor in all_actors(reading, child) if all(key(actor) != key(other) for other in found))
    return [actor for actor in found if is_party(actor)]


def is_party(actor: Actor) -> bool:
    """Tell whether an actor can be a side of a relation."""
    return actor.country is not None or actor.id is not None


def owners(reading: Reading, token: int) -> list[Actor]:
    """Return whose tie it is: a possessor, or an adjective of nationality before it."""
    tokens = reading.grammar.tokens
    owner = tokens.child(token, "nmod:poss")
    if owner is not None:
        if tokens.word[owner].lower() in _FIRST_PERSON:
            speaker = speaking_for(reading, token) or actor_at(reading, owner)
            return [speaker] if speaker is not None else []
        called = tokens.dep[token] == "xcomp" or case_of(tokens, token) == "as"
        meant = _meant(reading, owner, token) if called else []
        return meant or conjoined(reading, owner) or _meant(reading, owner, token)
    for child in tokens.children[token]:
        if tokens.dep[child] in ("amod", "compound", "nmod:poss") and child < token:
            actor = actor_at(reading, child)
            if actor is not None and is_party(actor):
                return [actor]
    return []


def _meant(reading: Reading, pronoun: int, token: int) -> list[Actor]:
    """Return whom "its" and "their" mean where nobody else said so: "the regime and its backers", else the subject of the clause."""
    tokens = reading.grammar.tokens
    if tokens.word[pronoun].lower() not in ("its", "their"):
        return []
    if tokens.dep[token] == "conj" and tokens.head[token] < pronoun:
        return conjoined(reading, tokens.head[token])[:1]
    verb = tokens.head[token]
    while verb >= 0 and tokens.upos[verb] != "VERB":
        verb = tokens.head[verb]
    subject = subject_of(tokens, verb) if verb >= 0 else None
    return [actor for actor in (conjoined(reading, subject) if subject is not None and subject < pronoun else []) if is_state_like(actor)][
        :1
    ]


def two_of(reading: Reading, head: int) -> list[Actor]:
    """Return whom "the two countries" are: the two states that were named last before."""
    tokens = reading.grammar.tokens
    two = any(lemma(tokens, c) in ("two", "both") for c in tokens.children[head])
    if not two or lemma(tokens, head) not in _PAIRED:
        return []
    found: list[Actor] = []
    for mention, resolution in sorted(zip(reading.mentions, reading.actors, strict=True), key=lambda pair: -pair[0].head):
        actor = resolution.actor
        if mention.head >= head or actor is None or actor.country is None or len(actor.country) != 3:
            continue
        state = replace(actor, sectors=(), name=actor.country, id=f"state:{actor.country.lower()}") if actor.sectors else actor
        if all(state.country != other.country for other in found):
            found.append(state)
        if len(found) == 2:
            return found
    return []


def in_compound(reading: Reading, token: int) -> list[Actor]:
    """Return the two actors before a noun ("US-Chinese relations", "India-Pakistan tensions")."""
    tokens = reading.grammar.tokens
    found: list[Actor] = []
    start = token
    begin = tokens.sentences[tokens.sentence[token]][0]
    while (
        start > begin
        and token - start < 6
        and (tokens.upos[start - 1] in ("PROPN", "ADJ", "NOUN") or tokens.word[start - 1] in ("-", "–", "/"))
    ):
        start -= 1
    for part in range(start, token):
        if tokens.upos[part] in ("PROPN", "ADJ"):
            found.extend(
                actor for actor in all_actors(reading, part) if is_party(actor) and all(key(actor) != key(other) for other in found)
            )
    return found if len(found) == 2 else []


def subject_of(tokens: Tokens, verb: int) -> int | None:
    """Return the subject of a verb, its own or that of the clause it hangs on."""
    for _ in range(4):
        own = tokens.child(verb, "nsubj", "nsubj:pass")
        if own is not None:
            return own
        if tokens.dep[verb] in ("acl", "acl:relcl"):
            return tokens.head[verb]
        if tokens.dep[verb] not in ("xcomp", "conj", "advcl") or tokens.head[verb] < 0:
            return None
        verb = tokens.head[verb]
    return None


def speaking_for(reading: Reading, token: int) -> Actor | None:
    """Return the state for which the innermost voice over a word speaks, where the speaker holds an office."""
    tokens = reading.grammar.tokens
    for each in attributions_over(reading, tokens.span(token, token + 1)):
        if each.speaker is None:
            continue
        if each.speaker.country is None or not {"GOV", "MIL", "LEG"} & set(each.speaker.sectors):
            return None
        state = f"state:{each.speaker.country.lower()}"
        for resolution in reading.actors:
            if resolution.actor is not None and resolution.actor.id == state:
                return replace(resolution.actor, span=None)
        return each.speaker
    return None


def is_state_like(actor: Actor) -> bool:
    """Tell whether an actor is a state, an organisation, or a country's name."""
    return actor.id is not None and (actor.id.startswith(("state:", "org:")) or not actor.sectors)
