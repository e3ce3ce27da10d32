"""What a noun phrase says of the actor it names: office, sectors, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from dragoman.stages.actor.knowledge import INTERNATIONAL, Agent, Entry, Modifier, fold
from dragoman.stages.actor.phrases import agent_at, institution_at, is_definite, is_indefinite, is_plural, office
from dragoman.stages.actor.scene import Land, Scene
from dragoman.types import Evidence, Tokens

COUNTERPART = frozenset({"counterpart", "colleague", "homologue"})

_OWN = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked"})
_BELONGS = frozenset({"of", "for", "from", "with", "within"})
_ASSIGNED = frozenset(
    {
        "adviser",
        "advisor",
        "commissioner",
        "coordinator",
        "envoy",
        "minister",
        "rapporteur",
        "representative",
        "secretary",
        "undersecretary",
    }
)
_STATESMEN = frozenset({"ambassador", "envoy", "leader", "minister", "president"})  # of a union of states
_POSTED = frozenset({"correspondent", "diplomat", "expatriate"})  # who is where he is from elsewhere
_LOCAL = frozenset({"in", "at", "across", "throughout", "inside", "around"})
_ABROAD = frozenset({"MIL", "REB", "UAF", "SPY", "PRM", "IMG"})


@dataclass(slots=True)
class Description:
    """One noun phrase, read by the lexicons; ``lands`` holds more than one where they are joined by "and"."""

    head: int
    lemma: str
    office: str
    agent: Agent | None
    sectors: tuple[str, ...] = ()
    base: tuple[str, ...] = ()
    kind: str = "other"
    plural: bool = False
    definite: bool = False
    indefinite: bool = False
    former: bool = False
    lands: list[Land] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def country(self) -> str | None:
        """The one code that the phrase itself tells."""
        codes = {land.code for land in self.lands}
        return self.lands[0].code if len(codes) == 1 else None


def describe(scene: Scene, head: int, *, also: tuple[int, ...] = (), depth: int = 0) -> Description:
    """Read the noun phrase of ``head``; the dependents of the words ``also`` count as its own."""
    tokens, know = scene.tokens, scene.know
    lemma = tokens.lemma[head].lower()
    found = _match(scene, head)
    agent = found[0] if found else None
    said = Description(
        head=head,
        lemma=lemma,
        office=office(know, tokens, head),
        agent=agent,
        kind=agent.kind if agent else ("person" if lemma in know.words.people or lemma in know.words.civilian else "other"),
        plural=is_plural(tokens, head),
        definite=is_definite(tokens, head) or tokens.tag[head] in ("NNP", "NNPS"),
        indefinite=is_indefinite(tokens, head),
    )
    inside = range(found[1], found[2]) if found else range(head, head + 1)
    if agent is not None:
        said.evidence.append(Evidence("actor.sectors", tokens.span(inside.start, inside.stop), agent.id))
    bodies = _read_dependents(scene, said, inside, (head, *also), depth)
    said.sectors = said.base = _sectors(scene, said, bodies)
    if lemma in COUNTERPART:
        owner = scene.find(tokens.child(head, "nmod:poss"))
        person = scene.entity(owner) if owner is not None else None
        said.sectors = person.actor.sectors if person is not None and person.actor.sectors else ("GOV",) if said.lands else ()
        said.kind = "person"
    _modify(scene, said, (head, *also))
    if agent is not None and agent.code is not None and (len(agent.form) > 1 or not said.lands):
        span = tokens.span(inside.start, inside.stop)
        said.lands = [Land(Entry(agent.id, " ".join(agent.form), "organisation", agent.code, (), agent.kind), span, agent.id)]
    for land in said.lands[:1]:
        if "PRE" in land.entry.sectors and "PRE" not in said.sectors:
            said.sectors = (*said.sectors, "PRE")
    return said


def _match(scene: Scene, head: int) -> tuple[Agent, int, int] | None:
    agent = agent_at(scene.know, scene.tokens, head)
    body = institution_at(scene.know, scene.tokens, head)
    if agent is None or (body is not None and body[2] - body[1] > agent[2] - agent[1]):
        return body or agent
    return agent


def _read_dependents(scene: Scene, said: Description, inside: range, heads: tuple[int, ...], depth: int) -> tuple[str, ...]:
    """Fill the lands of a description; return the sectors of the bodies named beside it."""
    tokens = scene.tokens
    own: list[list[Land]] = []
    of: list[list[Land]] = []
    local: list[list[Land]] = []
    bodies: tuple[str, ...] = ()
    for child in [*_left_noun(scene, said), *(child for each in heads for child in tokens.children[each])]:
        dep = tokens.dep[child]
        if dep in ("nmod:poss", "nmod") and said.lemma in scene.know.words.relational:
            continue
        if (dep in _OWN or child == said.head - 1) and child not in heads:
            lands, sectors = _of_word(scene, child, depth)
            own.append(lands)
            if child not in inside:
                bodies = bodies or sectors
        elif dep == "nmod" and _prepositions(tokens, child) & (_BELONGS | _LOCAL):
            lands, sectors = _of_word(scene, child, depth)
            near = bool(_prepositions(tokens, child) & _LOCAL)
            if said.lemma in _ASSIGNED and "for" in _prepositions(tokens, child):
                lands = [land for land in lands if land.entry.what == "organisation"]
            (local if near else of).append(lands)
            if not near and child not in inside:
                bodies = bodies or sectors
        elif dep in ("appos", "list", "parataxis") and child == said.head + 2 and tokens.word[child - 1] == "(":
            continue
    own += [_inside(scene, index) for index in inside if scene.cover[index] >= 0 and index not in heads]
    for group in (*own, *of):
        if (
            group
            and (not said.lands or len(group) > len(said.lands))
            and (not said.lands or group[0].code != said.lands[0].code or len(group) > 1)
        ):
            if said.lands and said.lands[0].code not in {land.code for land in group}:
                continue
            said.lands = group
    sectors = said.agent.sectors if said.agent else ()
    if not said.lands and not set(sectors) & _ABROAD and said.lemma not in _POSTED:
        said.lands = next((group for group in local if group), [])
    for land in said.lands:
        if land.span is not None:
            said.evidence.append(Evidence("actor.country", land.span, land.entry.id))
    return bodies


def _prepositions(tokens: Tokens, index: int) -> set[str]:
    return {tokens.word[child].lower() for child in tokens.children[index] if tokens.dep[child] == "case"}


def _inside(scene: Scene, index: int) -> list[Land]:
    return [land] if (land := land_of(scene, scene.cover[index])) else []


def _of_word(scene: Scene, child: int, depth: int) -> tuple[list[Land], tuple[str, ...]]:
    """Return whose someone is by one dependent word and its conjuncts, and the sectors it brings."""
    tokens = scene.tokens
    lands: list[Land] = []
    sectors: tuple[str, ...] = ()
    for word in [child, *(each for each in tokens.children[child] if tokens.dep[each] == "conj")]:
        mention = scene.cover[word]
        if mention < 0 and word not in scene.at:
            titled = scene.find(word)
            mention = -1 if titled is None else titled
        if mention >= 0:
            land = land_of(scene, mention)
            owner = scene.entity(mention)
            if owner is not None and owner.kind == "person":
                sectors = sectors or owner.actor.sectors
            sectors = sectors or (() if land is not None else head_sectors(scene, mention))
        else:
            land = None
            if word in scene.at and word > 0:
                scene.resolve_ahead(scene.at[word])
            entity = scene.entity(scene.at[word]) if word in scene.at else None
            if entity is not None or word in scene.at:
                land = _land_of_entity(scene, scene.at[word])
                sectors = sectors or (entity.actor.sectors if entity is not None and entity.kind in ("body", "people", "person") else ())
        if land is not None:
            lands.append(land)
            if land.entry.what == "organisation":
                sectors = sectors or land.entry.sectors
    lands = [*_beside(scene, child, lands), *lands]
    if not lands and depth < 3 and scene.cover[child] < 0 and tokens.upos[child] in ("NOUN", "PROPN"):
        inner = describe(scene, child, depth=depth + 1)
        return inner.lands or _named_before(scene, child, inner), sectors or inner.sectors
    if scene.cover[child] < 0:
        body = scene.know.words.bodies.get((tokens.word[child].lower(),)) or scene.know.words.bodies.get((tokens.lemma[child].lower(),))
        sectors = sectors or (body or ())
    return lands, sectors


def _left_noun(scene: Scene, said: Description) -> list[int]:
    """Return the noun right before a spokesman, leader or official when the tree has it elsewhere ("ministry spokeswoman")."""
    tokens, left = scene.tokens, said.head - 1
    if left < 0 or said.lemma not in scene.know.words.carriers or tokens.upos[left] not in ("NOUN", "PROPN"):
        return []
    return [left] if tokens.head[left] != said.head and tokens.sentence[left] == tokens.sentence[said.head] else []


def _named_before(scene: Scene, head: int, inner: Description) -> list[Land]:
    """Return whose a body is that was named with its country a few sentences before: "the ministry's spokesman"."""
    if inner.agent is None or inner.agent.kind == "person":
        return []
    for each in reversed(scene.by_lemma.get(inner.lemma, ())[-3:]):
        entity = scene.entities[each]
        state = scene.know.state(entity.actor.country)
        if state is not None and entity.mentions:
            last = scene.mentions[entity.mentions[-1]]
            if last.head < head and scene.tokens.sentence[head] - scene.tokens.sentence[last.head] <= 3:
                return [Land(state, last.span, "chain.head")]
    return []


def head_sectors(scene: Scene, mention: int) -> tuple[str, ...]:
    """Return the sectors that the words of a body's name tell: "... Party", "University of ..."."""
    words, each = scene.know.words, scene.mentions[mention]
    lower = [fold(word).lower() for word in scene.tokens.word[each.first : each.last]]
    for size in range(len(lower), 0, -1):
        key = tuple(lower[-size:])
        if key in words.name_heads and (size < len(lower) or size > 1 or each.label == "ORG"):
            return words.name_heads[key]
    if len(lower) > 2 and lower[0] in words.name_heads_of and lower[1] in ("of", "for"):
        return words.name_heads.get((lower[0],), ())
    return ()


def _beside(scene: Scene, child: int, lands: list[Land]) -> list[Land]:
    """Return the states of adjectives written before this one with "and" between, whatever the tree makes of them."""
    tokens = scene.tokens
    more: list[Land] = []
    while child >= 2 and lands and tokens.word[child - 1].lower() in ("and", ",", "or") and scene.cover[child - 2] >= 0:
        before = scene.cover[child - 2]
        here = scene.cover[child]
        if here < 0 or not all(any(entry.what == "adjective" for entry in scene.entries[each]) for each in (before, here)):
            break
        land = land_of(scene, before)
        if land is not None and land.code not in {each.code for each in (*lands, *more)}:
            more.insert(0, land)
        child = scene.mentions[before].first
    return more


def land_of(scene: Scene, mention: int) -> Land | None:
    """Return the state or organisation that a name mention stands for, None for other names."""
    entity = scene.entity(mention)
    if entity is not None and entity.kind in ("person", "body") and entity.what not in ("organisation",):
        return _land_of_entity(scene, mention)
    for entry in scene.entries[mention]:
        if entry.what == "person":
            state = scene.know.state(entry.code)
            return Land(state, scene.mentions[mention].span, "possessor") if state is not None else None
        if entry.what in ("state", "adjective", "demonym", "people", "capital", "seat", "organisation"):
            return Land(entry, scene.mentions[mention].span, "name")
    state = scene.know.state(scene.grounds[mention])
    return Land(state, scene.mentions[mention].span, "ground") if state is not None else None


def _land_of_entity(scene: Scene, mention: int) -> Land | None:
    entity, result = scene.entity(mention), scene.results[mention]
    actor = result.actor if result is not None and result.actor is not None else entity.actor if entity is not None else None
    if actor is None or actor.country is None:
        return None
    span = scene.mentions[mention].span
    state = scene.know.state(actor.country)
    if state is not None:
        return Land(state, span, "possessor")
    return Land(Entry(actor.id or "possessor", actor.name, "organisation", actor.country, actor.sectors), span, "possessor")


def _sectors(scene: Scene, said: Description, bodies: tuple[str, ...]) -> tuple[str, ...]:
    words = scene.know.words
    base = said.agent.sectors if said.agent else ()
    loose = said.lemma in words.carriers and base in ((), ("GOV",), ("LAB",))
    inherits = loose or (said.agent.inherits if said.agent else False)
    if not base and said.agent is None and said.lemma in words.civilian:
        base = ("CVL",)
    organisation = next((land.entry for land in said.lands if land.entry.what == "organisation"), None)
    if organisation is not None:
        return _of_organisation(organisation, base, said, inherits=inherits)
    if said.lemma == "man" and bodies:
        return bodies
    if said.lemma in ("guard", "bodyguard") and bodies[:1] in (("BUS",), ("CRM",), ("OPP",), ("REB",)):
        return bodies
    if said.lemma == "deputy" and _owned(scene, said.head):
        return bodies or ("GOV",)
    if said.lemma in words.kin and bodies[:1] in (("GOV",), ("LEG",), ("ELI",), ("JUD",)):
        return ("ELI",)
    if not base and not bodies and said.lemma in words.heads and said.lands:
        return ("GOV",)
    if inherits and bodies:
        return bodies + tuple(sector for sector in base if sector not in bodies and sector != "GOV")
    return base or bodies


def _owned(scene: Scene, head: int) -> bool:
    """Tell whether a noun has a possessive pronoun: "his deputy" sits in no parliament."""
    tokens = scene.tokens
    return any(tokens.tag[child] == "PRP$" for child in tokens.children[head])


def _of_organisation(organisation: Entry, base: tuple[str, ...], said: Description, *, inherits: bool) -> tuple[str, ...]:
    """Return the sectors of somebody of an organisation: its own for members and fighters, else those of the role.

    Of an international body only soldiers, police and heads keep a sector: its code says the rest.
    """
    own = inherits or base[:1] in ((), ("GOV",), ("CVL",), ("LAB",), ("REB",), ("UAF",))
    if own and (organisation.sectors or said.lemma not in _STATESMEN):
        return organisation.sectors
    if base[:1] == ("GOV",) and said.lemma in _STATESMEN:
        return base
    if organisation.code in INTERNATIONAL:
        return tuple(sector for sector in base if sector in ("MIL", "COP"))
    return base


def _modify(scene: Scene, said: Description, heads: tuple[int, ...]) -> None:
    """Apply "former", "opposition", "rebel" and the like to the sectors of a description."""
    tokens = scene.tokens
    if not said.sectors:
        return
    if tokens.dep[said.head] == "conj" and not any(
        tokens.dep[child] in ("det", "amod", "nmod:poss") for child in tokens.children[said.head]
    ):
        heads = (*heads, tokens.head[said.head])  # "former ministers and governors"
    words = [
        child
        for head in heads
        for child in tokens.children[head]
        if child < said.head + 1 and tokens.dep[child] in ("amod", "compound", "advmod", "dep", "punct", "nmod:unmarked")
    ]
    for index in words:
        word = tokens.word[index].lower()
        if word == "-" and index:
            word = tokens.word[index - 1].lower()
        modifier = scene.know.modifiers.get(word) or _joined(scene, index)
        if modifier is None or said.sectors[0] not in modifier.applies:
            continue
        said.evidence.append(Evidence("actor.sectors", tokens.span(index, index + 1), modifier.id))
        if modifier.adds:
            said.sectors += tuple(sector for sector in modifier.sectors if sector not in said.sectors)
        else:
            said.sectors = modifier.sectors
            said.former = said.former or modifier.sectors == ("ELI",)
        return


def _joined(scene: Scene, index: int) -> Modifier | None:
    """Return the modifier that is written with hyphens as several tokens ("pro-government")."""
    tokens = scene.tokens
    first = index
    low = tokens.sentences[tokens.sentence[index]][0]
    while first - 2 >= low and tokens.word[first - 1] == "-":
        first -= 2
    return scene.know.modifiers.get("".join(tokens.word[first : index + 1]).lower()) if first < index else None
