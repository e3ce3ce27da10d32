"""Pronouns: the nearest one who fits in number and kind; the speaker for "I" and "we" inside a quotation."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.actor.phrases import case_of, is_plural, relative_of, top
from dragoman.stages.actor.scene import Entity, Scene
from dragoman.types import Actor, Evidence, Resolution, Tokens

_FIRST = frozenset(["i", "me", "my", "mine", "we", "us", "our", "ours"])
_WE = frozenset(["we", "us", "our", "ours"])
_MALE = frozenset(["he", "him", "his", "himself"])
_FEMALE = frozenset(["she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their", "theirs", "themselves"])
_RELATIVE = frozenset(["who", "whom", "which"])
_REFLEXIVE = frozenset(["himself", "herself", "themselves", "itself"])
_WEIGHT = {
    "nsubj": 6,
    "nsubj:pass": 5,
    "nsubj:outer": 5,
    "obl:agent": 4,
    "obj": 4,
    "iobj": 4,
    "nmod:poss": 4,
    "obl": 3,
    "nmod": 3,
    "root": 4,
}
JOINT = frozenset({"pair", "pronoun.joint", "role.joint"})
_OBJECTS = frozenset({"obj", "iobj", "obl", "obl:agent"})
_MARGIN = 2
_FAR = 6


def resolve(scene: Scene, index: int) -> Resolution:
    """Say whom a pronoun stands for; where two fit about as well, both are kept as candidates."""
    word = scene.words(index)[0].lower()
    if word in _FIRST:
        return _first_person(scene, index, word)
    if word in _RELATIVE:
        return _relative(scene, index)
    if word in ("it", "its", "itself") and _is_thing(scene, index, word):
        return Resolution(None, "pronoun", reason="stands for a thing, a happening, or nothing")
    ranked = _ranked(scene, index, word)
    joint = _joint(scene, index) if word in _THEY else None
    if joint is not None and (not ranked or joint[0] > ranked[0][0]):
        return joint[1]
    if not ranked:
        return Resolution(None, "pronoun", reason="nobody named before fits")
    weight, antecedent, number = ranked[0]
    entity = scene.entities[number]
    scene.join(index, number)
    if word in _MALE | _FEMALE and entity.kind == "person" and entity.gender is None:
        entity.gender = "male" if word in _MALE else "female"
    rivals = [other for other in ranked[1:] if weight - other[0] < _MARGIN and _differs(scene, other[2], number)]
    before = scene.results[antecedent]
    whom = before.actor if entity.kind == "state" and before is not None and before.actor is not None else entity.actor
    actor = replace(whom, span=scene.mentions[index].span)
    evidence = (Evidence("actor.antecedent", scene.mentions[antecedent].span, "pronoun"), *entity.evidence)
    if not entity.actor.country and not entity.actor.sectors and entity.actor.id is None and entity.kind != "person":
        candidates = before.candidates if before is not None else ()
        if before is not None and before.rule in JOINT:
            return Resolution(
                None, "pronoun.joint", antecedent=antecedent, candidates=candidates, evidence=evidence, reason="several actors at once"
            )
        return Resolution(
            None, "pronoun", antecedent=antecedent, candidates=candidates, evidence=evidence, reason="stands for words that tell no actor"
        )
    candidates = (actor, *(scene.entities[other[2]].actor for other in rivals[:2])) if rivals else ()
    return Resolution(actor, "pronoun", antecedent=antecedent, candidates=candidates, evidence=tuple(dict.fromkeys(evidence)))


def _relative(scene: Scene, index: int) -> Resolution:
    """Read "who", "whom", "which" as the noun that its clause describes."""
    antecedent = scene.find(relative_of(scene.tokens, scene.mentions[index].head))
    before = scene.results[antecedent] if antecedent is not None else None
    if antecedent is None or before is None:
        return Resolution(None, "pronoun.relative", reason="stands for a thing, or for nobody known")
    number = scene.entity_of[antecedent]
    if number is not None:
        scene.join(index, number)
    actor = replace(before.actor, span=scene.mentions[index].span) if before.actor is not None else None
    rule = before.rule if before.rule in JOINT else "pronoun.relative"
    return replace(before, actor=actor, rule=rule, antecedent=antecedent)


def _joint(scene: Scene, index: int) -> tuple[int, Resolution] | None:
    """Return weight and resolution of the nearest actors joined by "and" that "they" may stand for."""
    tokens = scene.tokens
    token, here = scene.mentions[index].head, scene.sentence(index)
    best: tuple[int, list[int]] | None = None
    for each in scene.recent(index, sentences=1):
        head = scene.mentions[each].head
        members = [
            each,
            *(other for child in tokens.children[head] if tokens.dep[child] == "conj" and (other := scene.find(child)) is not None),
        ]
        if len(members) < 2 or members[-1] >= index or any(_unsettled(scene, member) for member in members):
            continue
        number = scene.entity_of[each]
        assert number is not None
        weight = _weight(scene, each, number, here, token)
        if best is None or weight > best[0]:
            best = (weight, members)
    if best is None:
        return None
    span = scene.mentions[index].span
    actors = tuple(replace(entity.actor, span=span) for member in best[1] if (entity := scene.entity(member)) is not None)
    evidence = tuple(Evidence("actor.antecedent", scene.mentions[member].span, "pronoun.joint") for member in best[1])
    return best[0], Resolution(
        None, "pronoun.joint", antecedent=best[1][0], candidates=actors, evidence=evidence, reason="several actors at once"
    )


def _members(scene: Scene, mention: int) -> list[int]:
    """Return a mention and those joined to it by "and", by the tree or, for names, by the words between."""
    tokens = scene.tokens
    head = scene.mentions[mention].head
    found = [
        other
        for child in tokens.children[head]
        if tokens.dep[child] == "conj" and (other := scene.find(child)) is not None and other > mention
    ]
    if not found and mention + 1 < len(scene.mentions):
        for other in range(mention + 1, min(mention + 4, len(scene.mentions))):
            if _and_between(scene, mention, other):
                found.append(other)
                break
    return [mention, *found]


def _and_between(scene: Scene, one: int, other: int) -> bool:
    """Tell whether only "and" and a title stand between two names that share their clause."""
    tokens = scene.tokens
    a, b = scene.mentions[one], scene.mentions[other]
    if a.kind != "name" or b.kind != "name" or a.label != b.label or b.first - a.last > 5 or tokens.word[a.last : a.last + 1] != ("and",):
        return False
    if any(tokens.upos[index] not in ("ADJ", "NOUN", "PROPN", "PART") for index in range(a.last + 1, b.first)):
        return False
    verbs = {tokens.head[index] for index in (a.head, b.head, b.first - 1) if tokens.dep[index] == "nsubj"}
    return len(verbs) < 2


def _unsettled(scene: Scene, mention: int) -> bool:
    result = scene.results[mention]
    return result is None or result.actor is None or scene.entity_of[mention] is None


def _differs(scene: Scene, one: int, other: int) -> bool:
    a, b = scene.entities[one].actor, scene.entities[other].actor
    return (a.id, a.name, a.country, a.sectors) != (b.id, b.name, b.country, b.sectors)


def _first_person(scene: Scene, index: int, word: str) -> Resolution:
    token = scene.mentions[index].head
    host = scene.turns[scene.sentence(index)]
    if scene.quotes.of_token[token] < 0 and host is None:
        if scene.publisher is None:
            return Resolution(None, "pronoun.first", reason="outside a quotation: the writer or the reader")
        return _publisher(scene, index, word, scene.publisher)
    head = scene.quotes.speaker(token) if scene.quotes.of_token[token] >= 0 else host
    speaker = scene.find(head)
    if speaker is None or scene.entity_of[speaker] is None:
        return Resolution(None, "pronoun.first", reason="the speaker of the quotation is not known")
    before = scene.results[speaker]
    number = scene.entity_of[speaker]
    assert number is not None
    entity = scene.entities[number]
    evidence = (Evidence("actor.antecedent", scene.mentions[speaker].span, "pronoun.first"), *entity.evidence)
    span = scene.mentions[index].span
    if word not in _WE or entity.kind != "person":
        scene.join(index, number)
        actor = replace(entity.actor, span=span) if before is None or before.actor is not None else None
        candidates = before.candidates if before is not None else ()
        return Resolution(actor, "pronoun.first", antecedent=speaker, candidates=candidates, evidence=evidence)
    side = _side(scene, entity)
    if side is None:
        return Resolution(None, "pronoun.we", antecedent=speaker, evidence=evidence, reason="whom the speaker speaks for is not told")
    return Resolution(replace(side, span=span), "pronoun.we", antecedent=speaker, evidence=evidence)


def _publisher(scene: Scene, index: int, word: str, publisher: Actor) -> Resolution:
    """Read the "we" of a public body's own statement as the state it speaks for, and its "I" as an official of that state."""
    span = scene.mentions[index].span
    state = scene.know.state(publisher.country)
    if word in _WE and state is not None and publisher.sectors[:1] == ("GOV",):
        return Resolution(Actor(state.id, state.name, publisher.country, (), span), "pronoun.publisher")
    if word in _WE:
        return Resolution(replace(publisher, span=span), "pronoun.publisher")
    return Resolution(Actor(None, publisher.name, publisher.country, publisher.sectors, span), "pronoun.publisher")


def _side(scene: Scene, entity: Entity) -> Actor | None:
    """Return those for whom a person says "we": the government, army or body of which he or she is."""
    actor = entity.actor
    if actor.country is None:
        return Actor(None, actor.name, None, actor.sectors) if actor.sectors else None
    state = scene.know.state(actor.country)
    if state is not None and actor.sectors[:1] in (("GOV",), ("MIL",), ()):
        return Actor(state.id, state.name, actor.country, actor.sectors)
    return Actor(None, actor.name, actor.country, actor.sectors)


def _ranked(scene: Scene, index: int, word: str) -> list[tuple[int, int, int]]:
    """Return weight, mention and entity of those who fit a pronoun, best first, each entity once."""
    found: dict[int, tuple[int, int, int]] = {}
    token = scene.mentions[index].head
    here = scene.sentence(index)
    banned = _banned(scene, index, word)
    for each in scene.recent(index, sentences=4):
        number = scene.entity_of[each]
        if number is None or number in banned or not _agrees(scene, each, number, word):
            continue
        if _inside(scene, each, token) or (scene.mentions[each].kind == "pronoun" and scene.words(each)[0].lower() in _RELATIVE):
            continue
        if word in ("it", "its", "itself") and not _prominent(scene, each, here):
            continue
        weight = _weight(scene, each, number, here, token)
        if number not in found or weight > found[number][0]:
            found[number] = (weight, each, number)
    if scene.tokens.tag[token] == "PRP$" and (not found or _fronted(scene, token)):
        ahead = _ahead(scene, index, word)
        if ahead:
            return ahead
    return sorted(found.values(), key=lambda row: (-row[0], -row[1]))


def _prominent(scene: Scene, mention: int, here: int) -> bool:
    """Tell whether a state or body stands where "it" may point: a subject or possessor, no more than a sentence back."""
    tokens = scene.tokens
    head = scene.mentions[mention].head
    dep = tokens.dep[top(tokens, head)]
    if here == tokens.sentence[head]:
        return dep in ("nsubj", "nsubj:pass", "nmod:poss", "nsubj:outer")
    return here - tokens.sentence[head] == 1 and dep in ("nsubj", "nsubj:pass") and tokens.head[tokens.head[top(tokens, head)]] < 0


def _weight(scene: Scene, mention: int, number: int, here: int, token: int) -> int:
    tokens = scene.tokens
    entity = scene.entities[number]
    head = scene.mentions[mention].head
    anchor = top(tokens, head)
    weight = _WEIGHT.get(tokens.dep[anchor], 1)
    far = here - tokens.sentence[head]
    weight -= _FAR * far
    if tokens.dep[anchor] == tokens.dep[token] and far <= 1:
        weight += 1
    if tokens.dep[head] == "nmod:poss" and tokens.dep[token] == "nmod:poss":
        weight += 1
    if not entity.plural and scene.tokens.word[token].lower() in _THEY:
        weight -= 3
    if tokens.dep[token] in _OBJECTS and tokens.dep[anchor] in ("obj", "nsubj:pass"):
        weight += 3
    if anchor == _teller(tokens, token):
        weight += 4
    if entity.kind == "person":
        weight += min(2, len(entity.mentions) // 2)
        if scene.mentions[mention].kind != "nominal" or entity.names:
            weight += 1
    if (
        entity.speaker is not None
        and here - entity.speaker <= 2
        and tokens.lemma[max(tokens.head[token], 0)].lower() in scene.know.words.speech
    ):
        weight += 3
    if scene.quotes.of_token[token] != scene.quotes.of_token[head]:
        weight -= 1
    return weight


def _teller(tokens: Tokens, token: int) -> int | None:
    """Return the subject of the verb whose content a pronoun is the subject of: "X said that he", "X says it is ready"."""
    clause = tokens.head[token]
    if tokens.dep[token] not in ("nsubj", "nsubj:pass") or clause < 0 or tokens.dep[clause] not in ("ccomp", "parataxis"):
        return None
    verb = tokens.head[clause]
    return tokens.child(verb, "nsubj") if verb >= 0 else None


def _banned(scene: Scene, index: int, word: str) -> set[int]:
    """Return the entities that a pronoun cannot be: its own clause's subject, and who speaks the quotation around it."""
    tokens = scene.tokens
    token = scene.mentions[index].head
    banned: set[int] = set()
    if tokens.dep[token] in (*_OBJECTS, "nmod") and word not in _REFLEXIVE:
        banned |= _entities_at(scene, _own_subject(tokens, token))
    if scene.quotes.of_token[token] >= 0:
        banned |= _entities_at(scene, scene.quotes.speaker(token))
    return banned


def _own_subject(tokens: Tokens, token: int) -> int | None:
    """Return the subject of a word's clause, shared where the clause has none: "Police used dogs to disperse them"."""
    for _ in range(4):
        token = tokens.head[token]
        if token < 0:
            return None
        subject = tokens.child(token, "nsubj", "nsubj:pass")
        if subject is not None:
            return subject
        if tokens.dep[token] not in ("advcl", "conj", "nmod", "obj", "obl", "xcomp"):
            return None
    return None


def _entities_at(scene: Scene, token: int | None) -> set[int]:
    mention = scene.find(token)
    number = scene.entity_of[mention] if mention is not None else None
    return set() if number is None else {number}


def _inside(scene: Scene, mention: int, token: int) -> bool:
    """Tell whether a pronoun stands inside the very phrase of a mention: "his minister" is not "his"."""
    each = scene.mentions[mention]
    return each.first <= token < each.last and each.kind == "nominal"


def _agrees(scene: Scene, mention: int, number: int, word: str) -> bool:
    entity = scene.entities[number]
    if word in _MALE | _FEMALE:
        gender = "male" if word in _MALE else "female"
        return entity.kind == "person" and entity.gender in (None, gender)
    if word in _THEY:
        return entity.plural or entity.kind in ("body", "people")
    singular = (entity.kind in ("state", "body") and not entity.plural) or (
        entity.kind == "people" and scene.mentions[mention].kind == "nominal" and not is_plural(scene.tokens, scene.mentions[mention].head)
    )
    result = scene.results[mention]
    modifier = scene.tokens.dep[scene.mentions[mention].head] in ("amod",)
    return singular and not modifier and not (result is not None and result.actor is None and not result.candidates)


def _ahead(scene: Scene, index: int, word: str) -> list[tuple[int, int, int]]:
    """Return the subject that follows a possessive pronoun in its sentence: "In his first visit, the president ..."."""
    here = scene.sentence(index)
    for each in range(index + 1, len(scene.mentions)):
        if scene.sentence(each) != here:
            break
        if scene.tokens.dep[scene.mentions[each].head] not in ("nsubj", "nsubj:pass") or scene.mentions[each].kind == "pronoun":
            continue
        if scene.results[each] is None and scene.resolver is not None:
            scene.resolver(each)
        number = scene.entity_of[each]
        if number is not None and _agrees(scene, each, number, word):
            return [(0, each, number)]
    return []


def _fronted(scene: Scene, token: int) -> bool:
    """Tell whether a pronoun stands in a participle clause before the subject that the clause shares: "Ending his visit, X ..."."""
    tokens = scene.tokens
    if tokens.head[token] >= 0 and tokens.lemma[tokens.head[token]].lower() == "part" and case_of(tokens, tokens.head[token]) == "for":
        return True
    for _ in range(6):
        head = tokens.head[token]
        if head < 0:
            return False
        if tokens.dep[token] == "advcl" and tokens.tag[token] in ("VBG", "VBN") and tokens.child(token, "nsubj") is None:
            subject = tokens.child(head, "nsubj", "nsubj:pass")
            return subject is not None and subject > token
        token = head
    return False


def _is_thing(scene: Scene, index: int, word: str) -> bool:
    """Tell whether "it" or "its" has a subject before it, or a predicate noun behind, that is no state and no body."""
    tokens = scene.tokens
    token = scene.mentions[index].head
    governor = tokens.head[token]
    teller = scene.find(_teller(tokens, token))
    if teller is not None and (named := scene.entity(teller)) is not None and named.kind in ("state", "body"):
        return False
    if word == "it" and tokens.dep[token] not in ("nsubj", "nsubj:pass"):
        return True
    if word == "it" and tokens.dep[token] == "nsubj" and governor >= 0 and tokens.child(governor, "cop") is not None:
        return True
    low, _ = tokens.sentences[tokens.sentence[token]]
    subject = None
    while governor >= 0 and subject is None:
        found = tokens.child(governor, "nsubj", "nsubj:pass")
        subject = found if found is not None and found < token else None
        governor = tokens.head[governor]
    if subject is None and token - low < 6 and tokens.sentence[token]:
        subject = _main_subject(scene, tokens.sentence[token] - 1)
    if subject is None or tokens.upos[subject] not in ("NOUN", "PROPN") or tokens.tag[subject] in ("NNS", "NNPS"):
        return False
    if subject in scene.at or scene.cover[subject] >= 0:
        return False
    if word != "its" or tokens.sentence[subject] != tokens.sentence[token]:
        return True
    last = max(tokens.subtree(subject))
    for each in range(index - 1, -1, -1):
        if scene.mentions[each].head <= last:
            return True
        entity = scene.entity(each)
        if entity is not None and entity.kind in ("state", "body") and tokens.dep[scene.mentions[each].head] == "nmod:poss":
            return False
    return True


def _main_subject(scene: Scene, sentence: int) -> int | None:
    tokens = scene.tokens
    for token in range(*tokens.sentences[sentence]):
        if tokens.head[token] < 0:
            return tokens.child(token, "nsubj", "nsubj:pass")
    return None
