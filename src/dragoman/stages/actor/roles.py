"""Nominal mentions: "the minister", "Malian troops", "the opposition", "the two countries", "his Russian counterpart"."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.actor import context, groups
from dragoman.stages.actor.describe import COUNTERPART, Description, describe
from dragoman.stages.actor.names import state_entity
from dragoman.stages.actor.naming import modifiers, role_name
from dragoman.stages.actor.phrases import determiner, is_count, is_plural, is_teller
from dragoman.stages.actor.scene import Entity, Land, Scene, speaks
from dragoman.types import Actor, Evidence, Resolution

_PAIR = frozenset({"both", "two"})
_OWN_KIND = frozenset({"agency", "commission", "council", "court", "fund", "union"})  # which the same noun before names best
_CHIEFS = frozenset({"boss", "chief", "commissioner", "director", "head"})
_OFFICES = frozenset({"leader", "president", "minister", "premier", "official", "diplomat", "counterpart", "foreign minister"})
_SIDES = frozenset({"government", "army", "power", "party"})


def resolve(scene: Scene, index: int, group: list[int]) -> Resolution:
    """Say whom a noun phrase means."""
    tokens, words = scene.tokens, scene.know.words
    head = scene.mentions[index].head
    lemma = tokens.lemma[head].lower()
    tied = next(
        (other for other in group if other != index and scene.entity_of[other] is not None and scene.mentions[other].kind == "name"), None
    )
    if tied is not None:
        return _tied(scene, index, tied)
    if lemma in COUNTERPART:
        return _counterpart(scene, index)
    if lemma == "power" and any(tokens.lemma[child].lower() == "colonial" for child in tokens.children[head]):
        return _colonial_power(scene, index)
    if is_plural(tokens, head) and determiner(tokens, head) in _PAIR | {"the"} and _is_pair(scene, index, lemma):
        return _pair(scene, index, lemma)
    if lemma in words.states:
        return _state(scene, index)
    said = describe(scene, head)
    if is_count(scene.know, tokens, head):
        said.sectors, said.kind, said.plural, said.indefinite = said.sectors or ("CVL",), "group", True, True
        return _role(scene, index, said)
    if not said.sectors and is_teller(scene.know, tokens, head):
        if lemma in words.statements:
            return _statement(scene, index, said)
        said.sectors = ("GOV",) if lemma in words.towns else ("UNK",)
    if not said.lands:
        said.lands = _beside(scene, index, group)
    special = groups.alliance(scene, index, said) or groups.enemy(scene, index, said)
    if special is not None:
        return special
    if said.agent is not None and said.agent.id == "agent:officer":
        _as_force(scene, index, said)
    if lemma == "party" and said.plural and not said.lands and (said.agent is None or len(said.agent.form) == 1):
        return Resolution(None, "role.parties", reason="parties to something, or political parties")
    if (
        lemma in words.bodies_again
        and not said.lands
        and not groups.named_inside(scene, head)
        and not said.indefinite
        and (said.definite or not said.plural)
    ):
        again = _chain(scene, index, said) if said.plural or lemma in _OWN_KIND else None
        again = again or groups.body_again(scene, index, said)
        if again is not None:
            return again
    if said.kind == "person" and not said.plural and not said.indefinite:
        known = _holder(scene, index, said)
        if known is not None:
            return known
    return _role(scene, index, said)


def _beside(scene: Scene, index: int, group: list[int]) -> list[Land]:
    """Return the lands of the other nouns that the grammar ties to one: "six men, all Colombian nationals"."""
    for other in group:
        if other != index and scene.mentions[other].kind == "nominal" and (lands := describe(scene, scene.mentions[other].head).lands):
            return lands
    return []


def _statement(scene: Scene, index: int, said: Description) -> Resolution:
    """Read "the release", "the statement" as what the publisher says, where it is a public body."""
    if scene.publisher is None or said.lands:
        return Resolution(None, "role.statement", reason="whose statement is not told")
    return Resolution(replace(scene.publisher, span=scene.mentions[index].span), "role.statement")


def _as_force(scene: Scene, index: int, said: Description) -> None:
    """Let "officers" be of the police or of the army, whichever was named last, close by."""
    for each in scene.recent(index, sentences=2):
        entity = scene.entity(each)
        if entity is not None and entity.actor.sectors[:1] in (("COP",), ("MIL",)):
            said.sectors = entity.actor.sectors
            return


def _tied(scene: Scene, index: int, other: int) -> Resolution:
    entity = scene.entity_of[other]
    assert entity is not None
    scene.join(index, entity)
    evidence = (Evidence("actor.antecedent", scene.mentions[other].span, "apposition"), *scene.entities[entity].evidence)
    actor = replace(scene.entities[entity].actor, span=scene.mentions[index].span)
    result = scene.results[other]
    if result is not None and result.actor is None:
        return Resolution(None, "apposition", antecedent=other, candidates=result.candidates, evidence=evidence[:1], reason=result.reason)
    return Resolution(actor, "apposition", antecedent=other, evidence=tuple(dict.fromkeys(evidence)))


# Persons named before


def _holder(scene: Scene, index: int, said: Description) -> Resolution | None:
    """Find the person who was named with the office that a phrase tells."""
    found = _holders(scene, index, said)
    if not found:
        return None
    talking = speaks(scene, index)
    first, rest = found[0], found[1:]
    exact = [each for each in found if ":" in said.office and scene.entities[each].holds(said.office)]
    if exact:
        first, rest = exact[0], exact[1:]
    rivals: list[int] = []
    if rest:
        first, rivals = _weigh(scene, index, first, rest, talking=talking)
    scene.join(index, first)
    entity = scene.entities[first]
    antecedent = scene.last_before(first, index)
    actor = replace(entity.actor, span=scene.mentions[index].span)
    candidates = (actor, *(scene.entities[each].actor for each in rivals)) if rivals else ()
    evidence = [*entity.evidence]
    if antecedent is not None:
        evidence.insert(0, Evidence("actor.antecedent", scene.mentions[antecedent].span, "chain.role"))
    return Resolution(actor, "chain.role", antecedent=antecedent, candidates=candidates, evidence=tuple(dict.fromkeys(evidence)))


def _weigh(scene: Scene, index: int, first: int, rest: list[int], *, talking: bool) -> tuple[int, list[int]]:
    """Choose between persons of one office: the latest named, unless only another has been speaking; return rivals too."""
    voices = [each for each in (first, *rest) if scene.entities[each].speaker is not None]
    near = [each for each in rest if _distance(scene, each, index) - _distance(scene, first, index) <= 1]
    if talking and voices:
        if first in voices:
            return first, [each for each in near if each in voices and _distance(scene, each, index) == _distance(scene, first, index)][:2]
        return voices[0], [first, *(each for each in voices[1:2])]
    return first, near[:2]


def _distance(scene: Scene, entity: int, mention: int) -> int:
    last = scene.last_before(entity, mention)
    return 99 if last is None else scene.sentence(mention) - scene.sentence(last)


def _holders(scene: Scene, index: int, said: Description) -> list[int]:
    """Return the persons whose offices fit a phrase, latest mentioned first."""
    generic = scene.know.words.generic.get(said.lemma, frozenset())
    root = said.office.partition(":")[0]
    keys = [root, *sorted(generic)]
    fits: list[tuple[int, int]] = []
    for key in keys:
        for each in scene.by_office.get(key, ())[-24:]:
            last = scene.last_before(each, index)
            if last is None or scene.entities[each].kind != "person" or any(each == other for _, other in fits):
                continue
            if _fits(scene, each, said, key) and scene.sentence(index) - scene.sentence(last) <= 25:
                fits.append((last, each))
    named = [pair for pair in fits if scene.entities[pair[1]].names]
    if named and not said.lands:
        fits = named
    alike = [pair for pair in fits if set(said.sectors) & set(scene.entities[pair[1]].actor.sectors)]
    fits = alike or fits
    fits.sort(key=lambda pair: -pair[0])
    return [each for _, each in fits]


def _fits(scene: Scene, entity: int, said: Description, key: str) -> bool:
    person = scene.entities[entity]
    country = said.country
    if said.lands and (
        country is None or (person.actor.country != country and (person.actor.country is not None or scene.topic != (country,)))
    ):
        return False
    if said.former and person.actor.sectors != ("ELI",):
        return False
    if key != said.lemma and said.sectors and person.actor.sectors and not set(said.sectors) & set(person.actor.sectors):
        return False
    for office, _ in person.offices:
        if office.partition(":")[0] != key:
            continue
        if ":" not in said.office or key != said.office.partition(":")[0] or office == said.office or ":" not in office:
            return True
    return False


# Roles without a name


def _role(scene: Scene, index: int, said: Description) -> Resolution:
    """Make an actor of country and sectors, or join the same phrase used before."""
    if not said.lands and (not said.indefinite or said.plural):
        chained = _chain(scene, index, said)
        if chained is not None:
            return chained
    if len({land.code for land in said.lands}) > 1:
        return _joint(scene, index, said)
    again = groups.people_again(scene, index, said)
    if again is not None:
        return again
    land, rule, doubt = (said.lands[0], "role", ()) if said.lands else context.country(scene, index, said)
    if land is not None and land.entry.what != "organisation" and not said.sectors and said.lemma in _CHIEFS:
        said.sectors = ("GOV",)
    if land is None and not said.sectors:
        entity = scene.add(_entity(scene, index, said, None, "role.unknown"))
        scene.join(index, entity)
        return Resolution(None, "role.unknown", candidates=doubt, reason="words for a person or body that tell neither country nor sector")
    evidence = list(said.evidence)
    if not said.lands and land is not None and land.span is not None:
        evidence.append(Evidence("actor.country", land.span, rule))
    entity = scene.add(_entity(scene, index, said, land, rule, tuple(evidence)))
    scene.join(index, entity)
    actor = replace(scene.entities[entity].actor, span=scene.mentions[index].span)
    return Resolution(actor, rule, candidates=doubt, evidence=tuple(evidence), reason="no country told" if land is None else None)


def _entity(scene: Scene, index: int, said: Description, land: Land | None, rule: str, evidence: tuple[Evidence, ...] = ()) -> Entity:
    kind = (
        "person" if said.kind == "person" and not said.plural else ("body" if said.kind == "institution" and not said.plural else "people")
    )
    actor = Actor(None, role_name(scene, index), land.code if land else None, said.sectors)
    if (
        land is not None
        and land.entry.what == "organisation"
        and said.kind != "person"
        and said.lemma in scene.know.words.carriers | {"troop", "group", "movement"}
    ):
        actor = replace(actor, id=land.entry.id)
    entity = Entity(kind, actor, rule, lemma=said.lemma, what=kind, plural=said.plural or (kind == "people"), evidence=evidence)  # type: ignore[arg-type]
    if kind == "person":
        entity.offices = [(said.office, actor.country)]
        words = scene.know.words
        entity.gender = "male" if said.lemma in words.male else ("female" if said.lemma in words.female else None)
    return entity


def _chain(scene: Scene, index: int, said: Description) -> Resolution | None:
    """Join "the troops" to "Malian troops" named before; several such make it ambiguous."""
    found: list[tuple[int, int]] = []
    for each in scene.by_lemma.get(said.lemma, ())[-12:]:
        entity = scene.entities[each]
        last = scene.last_before(each, index)
        if (
            last is None
            or entity.plural != (said.plural or entity.kind == "people")
            or (entity.kind == "person") != (said.kind == "person" and not said.plural)
        ):
            continue
        if (
            said.sectors
            and entity.actor.sectors
            and set(said.sectors) != set(entity.actor.sectors)
            and said.agent is not None
            and len(said.agent.form) > 1
        ):
            continue
        if scene.sentence(index) - scene.sentence(last) <= 12 and modifiers(scene, said.head) <= modifiers(
            scene, scene.mentions[last].head
        ):
            found.append((last, each))
    if not found or (not said.definite and said.lemma in scene.know.words.bodies_again):
        return None
    found.sort(key=lambda pair: (scene.entities[pair[1]].actor.country is not None, *pair), reverse=True)
    last, each = found[0]
    if not said.definite and scene.entities[each].actor.country is None:
        return None
    codes = {scene.entities[other].actor.country for _, other in found}
    if not said.definite and len(codes) > 1:
        return None
    scene.join(index, each)
    entity = scene.entities[each]
    rivals = [scene.entities[other].actor for _, other in found[1:] if scene.entities[other].actor.country != entity.actor.country]
    near = bool(rivals) and scene.sentence(found[0][0]) - scene.sentence(found[1][0]) <= 1
    if entity.actor.country is None and not entity.actor.sectors:
        return Resolution(None, "chain.head", antecedent=last, reason="words for a person or body that tell neither country nor sector")
    evidence = (Evidence("actor.antecedent", scene.mentions[last].span, "chain.head"), *entity.evidence)
    actor = replace(entity.actor, span=scene.mentions[index].span)
    return Resolution(
        actor, "chain.head", antecedent=last, candidates=(actor, *rivals[:2]) if near else (), evidence=tuple(dict.fromkeys(evidence))
    )


def _joint(scene: Scene, index: int, said: Description) -> Resolution:
    """Read "Malian and Russian troops": one actor for each country, kept side by side."""
    actors = tuple(Actor(None, role_name(scene, index), land.code, said.sectors, scene.mentions[index].span) for land in said.lands)
    for land, actor in zip(said.lands, actors, strict=True):
        if land.span is not None:
            scene.shares[land.span] = actor
    entity = scene.add(_entity(scene, index, said, None, "role.joint", tuple(said.evidence)))
    scene.join(index, entity)
    return Resolution(None, "role.joint", candidates=actors, evidence=tuple(said.evidence), reason="several countries named together")


# States


def _state(scene: Scene, index: int) -> Resolution:
    """Resolve "the country", "his country", "our nation": the possessor's, or the state named last."""
    tokens = scene.tokens
    head = scene.mentions[index].head
    said = describe(scene, head)
    if is_plural(tokens, head) or said.indefinite:
        return Resolution(None, "state.generic", reason="no state in particular")
    owner = tokens.child(head, "nmod:poss")
    if owner is not None and said.country is not None:
        entry = said.lands[0].entry
        if entry.what in ("state", "adjective", "demonym", "capital", "seat"):
            return _as_state(scene, index, state_entity(scene, entry), "state.possessor", None)
    if owner is not None:
        return Resolution(None, "state.possessor", reason="the possessor's country is not known")
    if tokens.tag[head] in ("NNP", "NNPS") or not said.definite:
        return Resolution(None, "state.generic", reason="no state in particular")
    states: list[tuple[int, int]] = []
    for each in scene.recent(index, sentences=3):
        entity = scene.entity_of[each]
        if entity is None or scene.entities[entity].kind != "state" or any(entity == other for other, _ in states):
            continue
        if tokens.lemma[head].lower() != "island" or scene.entities[entity].actor.country in scene.know.words.islands:
            states.append((entity, each))
    if not states:
        return Resolution(None, "state.before", reason="no state named before")
    best = max(states, key=lambda pair: (_state_weight(scene, index, pair[1], pair[0]), pair[1]))
    rivals = [pair[0] for pair in states if pair != best and scene.sentence(pair[1]) == scene.sentence(best[1])]
    return _as_state(scene, index, best[0], "state.before", best[1], rivals)


def _state_weight(scene: Scene, index: int, mention: int, entity: int) -> int:
    """Prefer the nearer sentence, and in it the state that the report is of."""
    code = scene.entities[entity].actor.country
    return -2 * (scene.sentence(index) - scene.sentence(mention)) + (3 if scene.topic[:1] == (code,) else 0)


def _as_state(scene: Scene, index: int, entity: int, rule: str, antecedent: int | None, rivals: list[int] | None = None) -> Resolution:
    scene.join(index, entity)
    actor = replace(scene.entities[entity].actor, span=scene.mentions[index].span)
    candidates = (actor, *(scene.entities[each].actor for each in rivals[:2])) if rivals else ()
    if antecedent is None:
        antecedent = scene.last_before(entity, index)
    evidence = (Evidence("actor.antecedent", scene.mentions[antecedent].span, rule),) if antecedent is not None else ()
    return Resolution(actor, rule, antecedent=antecedent, candidates=candidates, evidence=evidence)


# Two at once


def _is_pair(scene: Scene, index: int, lemma: str) -> bool:
    tokens, head = scene.tokens, scene.mentions[index].head
    word = determiner(tokens, head)
    before = [child for child in tokens.children[head] if child < head]
    if any(scene.cover[child] >= 0 for child in before):
        return False
    numbered = word == "both" or (word == "the" and any(tokens.word[child].lower() == "two" for child in before))
    if lemma == "side":
        return numbered or word == "the"
    if lemma in _OFFICES and word == "the" and len(before) == 1:
        return len(_two(scene, index, ("person",))) == 2
    return numbered and (lemma in _OFFICES or lemma in _SIDES or lemma in scene.know.words.states | scene.know.words.relational)


def _pair(scene: Scene, index: int, lemma: str) -> Resolution:
    """Resolve "the two countries", "both sides", "the two leaders": the two named last, if there are just two."""
    wanted: tuple[str, ...] = ("person",) if lemma in _OFFICES else ("state", "body", "people")
    if lemma in scene.know.words.states | scene.know.words.relational or lemma in ("government", "army"):
        wanted = ("state",)
    chosen = _two(scene, index, wanted)
    span = scene.mentions[index].span
    actors = tuple(replace(scene.entities[entity].actor, span=span) for entity, _ in reversed(chosen))
    if lemma in ("government", "army"):
        actors = tuple(replace(actor, id=None, sectors=("GOV",) if lemma == "government" else ("MIL",)) for actor in actors)
    evidence = tuple(Evidence("actor.antecedent", scene.mentions[each].span, "pair") for _, each in reversed(chosen))
    entity = scene.add(Entity("people", Actor(None, role_name(scene, index), None), "pair", plural=True, lemma=lemma))
    scene.join(index, entity)
    if len(chosen) == 2:
        return Resolution(None, "pair", candidates=actors, evidence=evidence, reason="two actors at once")
    return Resolution(None, "pair.open", candidates=actors[:4], evidence=evidence[:4], reason="which two is not clear")


def _two(scene: Scene, index: int, wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return entities and mentions of the nearest sentence that names two of a kind, latest first; others where none does."""
    tokens = scene.tokens
    clause = tokens.head[scene.mentions[index].head]
    groups: dict[int, dict[int, int]] = {}
    for each in scene.recent(index, sentences=3):
        number = scene.entity_of[each]
        assert number is not None
        entity = scene.entities[number]
        if entity.kind not in wanted or (entity.kind == "person" and not entity.actor.country):
            continue
        if scene.sentence(each) == scene.sentence(index) and clause >= 0 and scene.find(tokens.child(clause, "nsubj")) == each:
            continue
        groups.setdefault(scene.sentence(each), {}).setdefault(number, each)
    merged: dict[int, int] = {}
    for group in groups.values():
        if len(group) == 2:
            return list(group.items())
        for number, each in group.items():
            merged.setdefault(number, each)
        if len(group) > 2 or len(merged) >= 2:
            break
    return list(merged.items())


# Counterparts, former powers, bodies


def _counterpart(scene: Scene, index: int) -> Resolution:
    """Give "his Russian counterpart" the office of the person it belongs to, in the other country."""
    tokens = scene.tokens
    head = scene.mentions[index].head
    said = describe(scene, head)
    owner = tokens.child(head, "nmod:poss")
    holder = scene.find(owner)
    person = scene.entity(holder) if holder is not None else None
    lands = [land for land in said.lands if person is None or land.code != person.actor.country]
    sectors = person.actor.sectors if person is not None else ("GOV",) if lands else ()
    if not lands or is_plural(tokens, head):
        return Resolution(None, "counterpart", reason="the counterpart's country is not told")
    country = lands[0].code
    actor = Actor(None, role_name(scene, index), country, sectors or ("GOV",))
    evidence = [Evidence("actor.country", land.span, land.entry.id) for land in lands[:1] if land.span is not None]
    antecedent = holder if person is not None else None
    if antecedent is not None:
        evidence.append(Evidence("actor.sectors", scene.mentions[antecedent].span, "counterpart"))
    entity = scene.add(Entity("person", actor, "counterpart", lemma="counterpart", evidence=tuple(evidence)))
    scene.join(index, entity)
    for office, _ in person.offices if person is not None else ():
        scene.index_office(entity, office, country)
    return Resolution(replace(actor, span=scene.mentions[index].span), "counterpart", evidence=tuple(evidence))


def _colonial_power(scene: Scene, index: int) -> Resolution:
    """Name the former colonial power where the report tells whose, or by the country that it is of."""
    said = describe(scene, scene.mentions[index].head)
    powers = scene.know.words.colonial_powers
    owner = said.country
    if owner is None and not said.lands:
        owner = scene.topic[0] if len(scene.topic) == 1 else next((code for code in scene.topic if code in powers), None)
    state = scene.know.state(powers.get(owner or ""))
    if state is None:
        return Resolution(None, "colonial.power", reason="whose former colonial power is not told")
    evidence = (*tuple(said.evidence), Evidence("actor", scene.mentions[index].span, "colonial.power"))
    entity = state_entity(scene, state)
    scene.join(index, entity)
    return Resolution(replace(scene.entities[entity].actor, span=scene.mentions[index].span), "colonial.power", evidence=evidence)
