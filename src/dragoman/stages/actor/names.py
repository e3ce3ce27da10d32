"""Names: states, organisations and persons, by the knowledge base and by what the report itself says of them."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.actor import context, grounds, persons
from dragoman.stages.actor.describe import Description, describe, head_sectors
from dragoman.stages.actor.knowledge import INTERNATIONAL, Entry, match_names
from dragoman.stages.actor.metonyms import usage
from dragoman.stages.actor.naming import name_key, settle, share, spelling, titles_of
from dragoman.stages.actor.phrases import determiner, is_plural
from dragoman.stages.actor.scene import Entity, Kind, Land, Scene, speaks
from dragoman.types import Actor, Evidence, Resolution

_FLED = frozenset({"displaced", "undocumented", "uprooted"})
_STATE = ("state", "adjective", "demonym", "people", "capital", "seat")


def resolve(scene: Scene, index: int, group: list[int]) -> Resolution:
    """Say whom a name names; ``group`` are the mentions that the grammar ties to it."""
    entries = _readings(scene, index)
    if entries and entries[0].what in _STATE and not _is_person(scene, index, entries[0]):
        return _state(scene, index, entries)
    if entries and entries[0].what in ("organisation", "outlet") and not _is_person(scene, index, entries[0]):
        return _organisation(scene, index, _chosen(scene, entries), group)
    people = tuple(entry for entry in entries if entry.what == "person")
    titles = titles_of(scene, index, group)
    if people or _names_person(scene, index, titles):
        return persons.resolve(scene, index, group, people=people, titles=titles)
    return _unknown(scene, index, titles, group)


def in_force(entries: tuple[Entry, ...], day: str | None) -> tuple[Entry, ...]:
    """Return the readings without organisations that had ended, or not begun, on the day of the report.

    Where none is left the latest stays; persons are weighed elsewhere, for a former minister is still somebody.
    """
    if len(entries) < 2 or not any(entry.what == "organisation" for entry in entries):
        return entries
    day = day or "9999"
    kept = tuple(
        entry
        for entry in entries
        if entry.what != "organisation" or ((entry.since or "") <= day and (entry.until is None or day <= entry.until + "~"))
    )
    return kept or entries[-1:]


def _readings(scene: Scene, index: int) -> tuple[Entry, ...]:
    mention = scene.mentions[index]
    entries = scene.entries[index]
    entries = tuple(
        entry
        for entry in entries
        if entry.what != "outlet" or not entry.ambiguous or _is_plain(scene, index, entry) or _tells(scene, index)
    )
    if mention.label != "PER":
        return entries
    return tuple(entry for entry in entries if entry.what == "person" or not entry.ambiguous or _is_plain(scene, index, entry))


def _chosen(scene: Scene, entries: tuple[Entry, ...]) -> Entry:
    """Return the organisation of a country that the report names, else an international one, else the first."""
    bodies = [entry for entry in entries if entry.what == entries[0].what]
    if len(bodies) == 1:
        return bodies[0]
    return min(bodies, key=lambda entry: (entry.code not in scene.topic, entry.code not in scene.named, entry.code not in INTERNATIONAL))


def _tells(scene: Scene, index: int) -> bool:
    """Tell whether a name stands as an outlet's does: it reports, or the word for a newspaper stands before it."""
    return speaks(scene, index) or _class_sectors(scene, index) == ("JRN",) or scene.mentions[index].last - scene.mentions[index].first > 1


def _is_plain(scene: Scene, index: int, entry: Entry) -> bool:
    """Tell whether a name taken for a person's is a capital that acts, a body, or an outlet that is told something or quoted."""
    mention, tokens = scene.mentions[index], scene.tokens
    if mention.last - mention.first > 1 or name_key(scene, index)[0] in scene.full_names:
        return False
    if entry.what in ("capital", "organisation"):
        return tokens.dep[mention.head] not in ("flat", "nmod:desc")
    governor = tokens.head[mention.head]
    told = tokens.dep[mention.head] in ("obj", "iobj", "obl", "obl:agent") and governor >= 0
    return (
        entry.what == "outlet" and told and tokens.lemma[governor].lower() in scene.know.words.speech | {"quote", "cite", "see", "obtain"}
    )


def _is_person(scene: Scene, index: int, entry: Entry) -> bool:
    """Tell whether a name that the knowledge base has is here that of a person ("Mr. Jordan", "Chad Wolf" before)."""
    tokens, mention = scene.tokens, scene.mentions[index]
    before = tokens.word[mention.first - 1].lower() if mention.first else ""
    if before in scene.know.words.honorifics and tokens.head[mention.first - 1] in range(mention.first, mention.last):
        return True
    if entry.what == "seat" or not (entry.ambiguous or mention.label == "PER"):
        return False
    key = name_key(scene, index)
    return len(key) == 1 and bool(scene.by_part.get(key[0]))


def _names_person(scene: Scene, index: int, titles: list[Description]) -> bool:
    tokens, mention = scene.tokens, scene.mentions[index]
    if _class_sectors(scene, index) or (titles and all(_is_class(scene, title) for title in titles)):
        return False
    if mention.label == "PER":
        return True
    if any(title.kind == "person" and not title.plural for title in titles):
        return True
    before = tokens.word[mention.first - 1].lower() if mention.first else ""
    if before in scene.know.words.honorifics or before in scene.know.words.male or before in scene.know.words.female:
        return True
    key = name_key(scene, index)
    if key in scene.by_name and any(scene.entities[each].kind == "person" for each in scene.by_name[key]):
        return True
    return len(key) == 1 and key[0] in scene.by_part and not scene.entries[index]


def _class_sectors(scene: Scene, index: int) -> tuple[str, ...]:
    """Return the sectors that the noun right before a name gives it: "the station Radyo Solèy"."""
    tokens, first = scene.tokens, scene.mentions[index].first
    if not first or tokens.upos[first - 1] not in ("NOUN", "ADJ") or tokens.sentence[first - 1] != tokens.sentence[first]:
        return ()
    return scene.know.words.classes.get((tokens.lemma[first - 1].lower(),), ())


def _is_class(scene: Scene, title: Description) -> bool:
    """Tell whether a noun beside a name makes it a body: "the company Wagner", not "gang leader X"."""
    words = scene.know.words
    return title.agent is not None and title.kind != "person" and title.lemma not in words.carriers | words.people


def _state(scene: Scene, index: int, entries: tuple[Entry, ...]) -> Resolution:
    tokens, mention = scene.tokens, scene.mentions[index]
    states = [entry for entry in entries if entry.what in _STATE]
    entry = _likeliest(scene, states)
    others = tuple(dict.fromkeys(_actor(scene, other, index) for other in states if other.id != entry.id))
    evidence = (Evidence("actor", mention.span, entry.id),)
    if entry.what == "people" and _modifies(scene, index):
        return Resolution(None, "name.people", evidence=evidence, reason="a people, told by the noun behind it")
    if entry.what in ("adjective", "demonym", "people") and not _modifies(scene, index):
        return _people(scene, index, entry, evidence)
    if entry.what in ("capital", "seat"):
        use = usage(scene.know.words, tokens, mention.head)
        if use == "actor" and " ".join(scene.words(index)) in scene.know.words.union_seats:
            return _union(scene, index, entry, evidence)
        if use != "actor":
            candidate = _actor(scene, entry, index)
            return Resolution(
                None, f"name.{entry.what}.{use}", candidates=(candidate,), evidence=evidence, reason="the place, not the government"
            )
    entity = state_entity(scene, entry)
    scene.join(index, entity)
    actor = _actor(scene, entry, index)
    candidates = (actor, *others) if others and not _supported(scene, entry, states) else ()
    rule = f"name.{'state' if entry.what in ('adjective', 'demonym') else entry.what}"
    return Resolution(actor, rule, candidates=candidates, evidence=evidence)


def _union(scene: Scene, index: int, entry: Entry, evidence: tuple[Evidence, ...]) -> Resolution:
    """Read a seat that a state shares with the European Union: the union, where the report names it at all."""
    union = next(iter(scene.know.lookup(("European", "Union"))), None)
    state = _actor(scene, entry, index)
    if union is None:
        return Resolution(state, "name.capital", evidence=evidence)
    actor = Actor(union.id, union.name, union.code, union.sectors, scene.mentions[index].span)
    if not scene.union:
        return Resolution(None, "name.capital", candidates=(actor, state), evidence=evidence, reason="seat of the union and of the state")
    return replace(_organisation(scene, index, union, []), rule="name.capital")


def state_entity(scene: Scene, entry: Entry) -> int:
    """Return the entity of a state, made when it is named for the first time."""
    key = (entry.id,)
    if key not in scene.by_name:
        sectors = tuple(sector for sector in entry.sectors if sector == "PRE")
        actor = Actor(entry.id, entry.name, entry.code, sectors)
        scene.add(Entity("state", actor, "name.state", names={key}, what="state"))
    return scene.by_name[key][0]


def _actor(scene: Scene, entry: Entry, index: int) -> Actor:
    keep = entry.sectors if entry.what in ("capital", "seat") else tuple(sector for sector in entry.sectors if sector == "PRE")
    return Actor(entry.id, entry.name, entry.code, keep, scene.mentions[index].span)


def _likeliest(scene: Scene, states: list[Entry]) -> Entry:
    """Return the state that the report supports by other names; the first of the list when none."""
    if len({entry.id for entry in states}) > 1:
        for entry in states:
            if entry.code in scene.topic:
                return entry
    return states[0]


def _supported(scene: Scene, entry: Entry, states: list[Entry]) -> bool:
    return entry.code in scene.topic and not any(other.code in scene.topic for other in states if other.code != entry.code)


def _modifies(scene: Scene, index: int) -> bool:
    tokens, mention = scene.tokens, scene.mentions[index]
    dep = tokens.dep[mention.head]
    if dep == "conj" and tokens.head[mention.head] >= 0:
        dep = tokens.dep[tokens.head[mention.head]]
    if _before_adjective(scene, index):
        return True
    return dep in ("amod", "compound", "nmod:desc", "advmod", "punct") or (
        tokens.upos[mention.head] == "ADJ" and dep not in ("nsubj", "obj", "obl", "nmod", "nsubj:pass", "obl:agent")
    )


def _before_adjective(scene: Scene, index: int) -> bool:
    """Tell whether "and" and another nationality follow, with a noun behind: "Ukrainian and Russian officials"."""
    tokens, last = scene.tokens, scene.mentions[index].last
    if last + 2 >= len(tokens) or tokens.word[last].lower() not in ("and", ",", "or") or is_plural(tokens, scene.mentions[index].head):
        return False
    after = scene.cover[last + 1]
    if after < 0 or not any(entry.what == "adjective" for entry in scene.entries[after]):
        return False
    return (
        _before_adjective(scene, after) or tokens.upos[scene.mentions[after].last] in ("NOUN", "ADJ")
        if scene.mentions[after].last < len(tokens)
        else False
    )


def _people(scene: Scene, index: int, entry: Entry, evidence: tuple[Evidence, ...]) -> Resolution:
    """Read a demonym that stands by itself: "Malians" are people, "the French" may be the state."""
    tokens, mention = scene.tokens, scene.mentions[index]
    plural = is_plural(tokens, mention.head)
    if not plural and mention.last - mention.first == 1 and _is_language(scene, index):
        return Resolution(None, "name.language", evidence=evidence, reason="a language")
    whole = (
        entry.what != "people"
        and determiner(tokens, mention.head) == "the"
        and (plural or tokens.upos[mention.head] == "ADJ")
        and not tokens.child(mention.head, "amod")
    )
    fled = any(tokens.word[child].lower() in _FLED for child in tokens.children[mention.head])
    sectors = ("REF",) if fled else () if whole else ("CVL",)
    extra = tuple(sector for sector in entry.sectors if sector == "PRE")
    name = " ".join(scene.words(index))
    actor = Actor(entry.id if whole else None, entry.name if whole else name, entry.code, (*sectors, *extra))
    key = ("people", name.lower())
    if key not in scene.by_name:
        single = not plural and determiner(tokens, mention.head) in ("a", "an", "one", "another")
        kind: Kind = "state" if whole else "person" if single else "people"
        scene.add(Entity(kind, actor, "name.demonym", names={key}, what=kind, plural=kind != "person"))
    return settle(scene, index, scene.by_name[key][0], rule="name.demonym", evidence=evidence)


def _is_language(scene: Scene, index: int) -> bool:
    tokens, head = scene.tokens, scene.mentions[index].head
    governor = tokens.head[head]
    spoken = governor >= 0 and tokens.lemma[governor].lower() in (
        "speak",
        "learn",
        "translate",
        "write",
        "teach",
        "study",
        "language",
        "understand",
    )
    return spoken or any(tokens.word[child].lower() in ("in", "into") for child in tokens.children[head])


def _organisation(scene: Scene, index: int, entry: Entry, group: list[int]) -> Resolution:
    nation = _national(scene, index, entry)
    key = (entry.id,) if nation is None else (entry.id, nation)
    evidence = (Evidence("actor", scene.mentions[index].span, entry.id),)
    same = _same_body(scene, index, group)
    if same is not None:
        scene.index_name(same, name_key(scene, index))
        return settle(scene, index, same, rule="chain.name", antecedent=scene.last_before(same, index))
    if key not in scene.by_name:
        actor = Actor(entry.id, entry.name, nation or entry.code, entry.sectors)
        scene.add(
            Entity(
                "body",
                actor,
                f"name.{entry.what}",
                names={key},
                what="organisation" if entry.what == "organisation" else entry.kind,
                evidence=evidence,
            )
        )
        scene.entities[-1].lemma = entry.kind
    entity = scene.by_name[key][0]
    scene.index_name(entity, name_key(scene, index))
    share(scene, entity, group)
    return settle(scene, index, entity, rule=f"name.{entry.what}", evidence=evidence)


def _national(scene: Scene, index: int, entry: Entry) -> str | None:
    """Return the country of a charity's own society: "the Irish Red Cross"."""
    before = scene.mentions[index].first - 1
    owner = scene.cover[before] if before >= 0 and entry.code == "NGO" else -1
    if owner < 0 or scene.tokens.sentence[before] != scene.sentence(index):
        return None
    return next((each.code for each in scene.entries[owner] if each.what == "adjective"), None)


def _same_body(scene: Scene, index: int, group: list[int]) -> int | None:
    """Return the body that the report itself ties to this name: "Rapid Support Forces (RSF)", and RSF from then on."""
    for other in group:
        entity = scene.entity_of[other]
        if other != index and entity is not None and scene.entities[entity].kind == "body":
            return entity
    entry = scene.entries[index][0]
    known = [each for each in scene.by_name.get(name_key(scene, index), ()) if scene.entities[each].kind == "body"]
    return known[0] if known and scene.entities[known[0]].actor.id != entry.id else None


# Names that no list has


def _unknown(scene: Scene, index: int, titles: list[Description], group: list[int]) -> Resolution:
    mention = scene.mentions[index]
    key = name_key(scene, index)
    known = [each for each in scene.by_name.get(key, ()) if scene.entities[each].kind in ("body", "state", "people")]
    if known:
        antecedent = scene.last_before(known[0], index)
        return settle(scene, index, known[0], rule="chain.name", antecedent=antecedent)
    body = _body(scene, index)
    if body is None and (class_sectors := _class_sectors(scene, index)):
        body = class_sectors, None, "name.body", []
    if mention.label == "LOC" and body is not None and not body[0]:
        return Resolution(None, "name.place", reason="a place")
    if body is None and not titles and mention.label != "ORG":
        reason = "a place" if mention.label == "LOC" else "an unknown name"
        return Resolution(None, f"name.{'place' if mention.label == 'LOC' else 'unknown'}", reason=reason)
    sectors, land, rule, evidence = body or ((), None, "name.organisation.unknown", [])
    for title in titles:
        sectors = sectors or title.sectors
        land = land or (title.lands[0] if title.country else None)
        evidence += title.evidence
    if land is None and sectors and mention.label in ("ORG", None, "PER") and not _is_publisher(scene, index):
        land = context.nearest(scene, index)
    actor = Actor(None, spelling(scene, index), land.code if land else None, sectors)
    if land is not None and land.span is not None:
        evidence.append(Evidence("actor.country", land.span, land.entry.id))
    evidence.insert(0, Evidence("actor", mention.span, rule))
    entity = scene.add(Entity("body", actor, rule, names={key}, what="name", lemma="name", evidence=tuple(dict.fromkeys(evidence))))
    share(scene, entity, group)
    return settle(scene, index, entity, rule=rule)


def _is_publisher(scene: Scene, index: int) -> bool:
    """Tell whether a name is that of the report's own publisher, who may report from anywhere."""
    name = " ".join(scene.words(index)).lower()
    return name in (scene.reading.report.publisher or "").lower()


def _body(scene: Scene, index: int) -> tuple[tuple[str, ...], Land | None, str, list[Evidence]] | None:
    """Read a body from the words of its name: sectors, whose it is, rule, evidence; None when they tell nothing."""
    tokens, mention = scene.tokens, scene.mentions[index]
    sectors = head_sectors(scene, index)
    rule = "name.body"
    said = describe(scene, mention.head)
    if said.agent is not None and (len(said.agent.form) > 1 or not sectors):
        sectors = sectors or said.sectors
    land = next(iter(said.lands), None)
    for first, last in match_names(scene.know, tokens.word[mention.first : mention.last]):
        inner = scene.know.lookup(tokens.word[mention.first + first : mention.first + last])
        if land is None and inner and inner[0].what in _STATE and last - first < mention.last - mention.first:
            land = Land(inner[0], tokens.span(mention.first + first, mention.first + last), "name.body")
        if land is None and inner and inner[0].what == "organisation" and inner[0].code in INTERNATIONAL and not inner[0].ambiguous:
            return (), Land(inner[0], tokens.span(mention.first + first, mention.first + last), "name.body"), rule, []
    if (
        land is None
        and sectors
        and (ground := grounds.inside(scene.know, tokens.word[mention.first : mention.last], scene.named)) is not None
    ):
        code, first, last = ground
        state = scene.know.state(code)
        land = Land(state, tokens.span(mention.first + first, mention.first + last), "ground") if state is not None else None
    if not sectors and land is None:
        return None
    return sectors, land, rule, list(said.evidence)
