"""Groups that the report has named otherwise: the Coalition, the enemy, the men, the bloc."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.actor.describe import Description
from dragoman.stages.actor.naming import modifiers, role_name
from dragoman.stages.actor.phrases import is_plural
from dragoman.stages.actor.scene import Entity, Scene
from dragoman.types import Actor, Evidence, Resolution

_ALLIED = frozenset(
    {
        "adviser",
        "advisor",
        "aircraft",
        "air force",
        "coalition",
        "commander",
        "force",
        "jet",
        "member",
        "military",
        "official",
        "partner",
        "plane",
        "spokesman",
        "spokesperson",
        "strike",
        "troop",
        "troops",
        "warplane",
    }
)
_DOMESTIC = frozenset(
    {
        "civil",
        "electoral",
        "governing",
        "government",
        "left",
        "opposition",
        "parliamentary",
        "party",
        "political",
        "rebel",
        "right",
        "ruling",
    }
)
_ANYBODY = frozenset({"foursome", "lot", "man", "pair", "quartet", "trio", "woman"})
_LOOSE_BODIES = frozenset({"alliance", "bloc", "body", "group", "guerrilla", "insurgent", "jihadist", "militant",
  "militia", "movement", "organisation", "organization", "paramilitary", "rebel", "separatist", "union"})  # fmt: skip


def alliance(scene: Scene, index: int, said: Description) -> Resolution | None:
    """Read "the Coalition" and its partners and forces where the report is about a military one."""
    tokens = scene.tokens
    own = [
        said.head,
        *(child for child in tokens.children[said.head] if child < said.head and tokens.dep[child] in ("amod", "compound", "nmod:poss")),
    ]
    if not scene.coalition or not any(tokens.lemma[word].lower() == "coalition" for word in own):
        return None
    if any(tokens.lemma[word].lower() in _DOMESTIC for word in own) or said.lemma not in _ALLIED:
        return None
    known = scene.by_name.get(("coalition",))
    if known is None:
        actor = Actor(None, role_name(scene, index), "IGO", ("MIL",))
        scene.add(Entity("body", actor, "role.coalition", names={("coalition",)}, plural=False, lemma="coalition"))
        known = scene.by_name[("coalition",)]
    scene.join(index, known[0])
    span = scene.mentions[index].span
    return Resolution(
        replace(scene.entities[known[0]].actor, span=span), "role.coalition", evidence=(Evidence("actor", span, "role.coalition"),)
    )


def enemy(scene: Scene, index: int, said: Description) -> Resolution | None:
    """Read "the enemy" as the armed group that the report has named most so far."""
    tokens = scene.tokens
    words = {
        said.lemma,
        *(tokens.lemma[child].lower() for child in tokens.children[said.head] if tokens.dep[child] in ("amod", "compound")),
    }
    if "enemy" not in words or said.lands:
        return None
    armed = [
        number
        for number, entity in enumerate(scene.entities)
        if entity.kind == "body" and entity.actor.sectors[:1] == ("REB",) and entity.mentions and entity.mentions[0] < index
    ]
    if not armed:
        return None
    number = max(armed, key=lambda each: (len(scene.entities[each].mentions), -each))
    antecedent = scene.last_before(number, index)
    scene.join(index, number)
    entity = scene.entities[number]
    return Resolution(replace(entity.actor, span=scene.mentions[index].span), "role.enemy", antecedent=antecedent, evidence=entity.evidence)


def people_again(scene: Scene, index: int, said: Description) -> Resolution | None:
    """Join "the men", "the pair" to the people named last, whatever they were called."""
    if (
        not said.definite
        or said.lands
        or said.lemma not in _ANYBODY
        or modifiers(scene, said.head)
        or (said.lemma == "man" and not said.plural)
    ):
        return None
    tokens = scene.tokens
    for each in scene.recent(index, sentences=2):
        number = scene.entity_of[each]
        assert number is not None
        entity = scene.entities[number]
        mention = scene.mentions[each]
        if (
            entity.kind != "people"
            or not entity.plural
            or mention.kind != "nominal"
            or not is_plural(tokens, mention.head)
            or not entity.actor.sectors
        ):
            continue
        scene.join(index, number)
        evidence = (Evidence("actor.antecedent", mention.span, "chain.people"), *entity.evidence)
        actor = replace(entity.actor, span=scene.mentions[index].span)
        return Resolution(actor, "chain.people", antecedent=each, evidence=evidence)
    return None


def body_again(scene: Scene, index: int, said: Description) -> Resolution | None:
    """Join "the group", "the bloc", "the newspaper" to the body of that kind named last."""
    lemma = said.lemma
    kinds = scene.know.words.bodies_again[lemma]
    for each in scene.recent(index, sentences=4):
        number = scene.entity_of[each]
        assert number is not None
        entity = scene.entities[number]
        if entity.kind != "body" or scene.mentions[each].kind == "nominal" or (entity.lemma or "") not in kinds:
            continue
        unlike = said.sectors and entity.actor.id is None and not set(said.sectors) & set(entity.actor.sectors)
        if unlike and lemma not in _LOOSE_BODIES:
            continue
        if entity.lemma == "outlet" and _told(scene, each):
            continue
        scene.join(index, number)
        evidence = (Evidence("actor.antecedent", scene.mentions[each].span, "chain.body"), *entity.evidence)
        return Resolution(replace(entity.actor, span=scene.mentions[index].span), "chain.body", antecedent=each, evidence=evidence)
    return None


def named_inside(scene: Scene, head: int) -> bool:
    """Tell whether a noun has a name of its own before it: "the Plai party"."""
    tokens = scene.tokens
    return any(
        tokens.upos[child] == "PROPN" and tokens.dep[child] in ("compound", "nmod:desc") for child in tokens.children[head] if child < head
    )


def _told(scene: Scene, mention: int) -> bool:
    """Tell whether an outlet is only whom somebody told: "an official told AFP"."""
    head = scene.mentions[mention].head
    governor = scene.tokens.head[head]
    spoken = governor >= 0 and scene.tokens.lemma[governor].lower() in scene.know.words.speech
    return spoken and scene.tokens.dep[head] in ("obj", "iobj", "obl")
