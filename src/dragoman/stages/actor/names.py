"""Names: states, organisations and persons, by the knowledge base and by what the report itself says of them."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.actor import context
from dragoman.stages.actor.describe import Description, describe
from dragoman.stages.actor.knowledge import Entry, fold, match_names
from dragoman.stages.actor.metonyms import usage
from dragoman.stages.actor.phrases import determiner, is_plural, title_before
from dragoman.stages.actor.scene import Entity, Land, Scene
from dragoman.types import Actor, Evidence, Resolution

_STATE = ("state", "adjective", "demonym", "capital", "seat")


def resolve(scene: Scene, index: int, group: list[int]) -> Resolution:
    """Say whom a name names; ``group`` are the mentions that the grammar ties to it."""
    entries = _readings(scene, index)
    if entries and entries[0].what in _STATE and not _is_person(scene, index, entries[0]):
        return _state(scene, index, entries)
    if entries and entries[0].what in ("organisation", "outlet") and not _is_person(scene, index, entries[0]):
        return _organisation(scene, index, entries[0], group)
    people = tuple(entry for entry in entries if entry.what == "person")
    titles = titles_of(scene, index, group)
    if people or _names_person(scene, index, titles):
        return _person(scene, index, people, titles, group)
    return _unknown(scene, index, titles, group)


def name_key(scene: Scene, index: int) -> tuple[str, ...]:
    """Return the words of a name without honorifics and genitive, folded."""
    words = tuple(fold(word) for word in scene.words(index) if word[0].isalnum())
    bare = tuple(word for word in words if word.lower() not in scene.know.words.honorifics)
    return bare or words


def _readings(scene: Scene, index: int) -> tuple[Entry, ...]:
    mention = scene.mentions[index]
    entries = scene.entries[index]
    if mention.label == "PER":
        return tuple(entry for entry in entries if entry.what == "person" or not entry.ambiguous)
    return entries


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


def titles_of(scene: Scene, index: int, group: list[int]) -> list[Description]:
    """Read the title before a name, and the nouns that the grammar ties to it."""
    tokens, mention = scene.tokens, scene.mentions[index]
    found: list[Description] = []
    title = title_before(scene.know, tokens, mention.first)
    if title is not None and (title not in scene.at or scene.at[title] in group):
        found.append(describe(scene, title, also=(mention.head,)))
    elif tokens.dep[mention.head] == "conj" and tokens.head[mention.head] in scene.at:
        found += _shared_title(scene, scene.at[tokens.head[mention.head]])
    tied = [scene.mentions[other].head for other in group if scene.mentions[other].kind == "nominal"]
    return found + [describe(scene, head) for head in tied if head != title]


def _shared_title(scene: Scene, first: int) -> list[Description]:
    """Read the plural title that a name shares with the name before it: "Presidents X and Y"."""
    if scene.mentions[first].kind != "name":
        return []
    title = title_before(scene.know, scene.tokens, scene.mentions[first].first)
    if title is None or not is_plural(scene.tokens, title):
        return []
    return [replace(describe(scene, title), plural=False)]


def _names_person(scene: Scene, index: int, titles: list[Description]) -> bool:
    tokens, mention = scene.tokens, scene.mentions[index]
    if titles and all(title.agent is not None and title.kind != "person" for title in titles):
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


def _done(scene: Scene, index: int, entity: int, rule: str, **more: object) -> Resolution:
    scene.join(index, entity)
    actor = replace(scene.entities[entity].actor, span=scene.mentions[index].span)
    evidence = more.pop("evidence", scene.entities[entity].evidence)
    return Resolution(actor, rule, evidence=evidence, **more)  # type: ignore[arg-type]


def _state(scene: Scene, index: int, entries: tuple[Entry, ...]) -> Resolution:
    tokens, mention = scene.tokens, scene.mentions[index]
    states = [entry for entry in entries if entry.what in _STATE]
    entry = _likeliest(scene, states)
    others = tuple(_actor(scene, other, index) for other in states if other.id != entry.id)
    evidence = (Evidence("actor", mention.span, entry.id),)
    if entry.what in ("adjective", "demonym") and not _modifies(scene, index):
        return _people(scene, index, entry, evidence)
    if entry.what in ("capital", "seat"):
        use = usage(scene.know.words, tokens, mention.head)
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
    return dep in ("amod", "compound", "nmod:desc", "advmod", "punct") or (
        tokens.upos[mention.head] == "ADJ" and dep not in ("nsubj", "obj", "obl", "nmod", "nsubj:pass", "obl:agent")
    )


def _people(scene: Scene, index: int, entry: Entry, evidence: tuple[Evidence, ...]) -> Resolution:
    """Read a demonym that stands by itself: "Malians" are people, "the French" may be the state."""
    tokens, mention = scene.tokens, scene.mentions[index]
    plural = is_plural(tokens, mention.head)
    if not plural and mention.last - mention.first == 1 and _is_language(scene, index):
        return Resolution(None, "name.language", evidence=evidence, reason="a language")
    whole = (
        determiner(tokens, mention.head) == "the"
        and (plural or tokens.upos[mention.head] == "ADJ")
        and not tokens.child(mention.head, "amod")
    )
    sectors = () if whole else ("CVL",)
    extra = tuple(sector for sector in entry.sectors if sector == "PRE")
    name = " ".join(scene.words(index))
    actor = Actor(entry.id if whole else None, entry.name if whole else name, entry.code, (*sectors, *extra))
    key = ("people", name.lower())
    if key not in scene.by_name:
        kind = "state" if whole else "people"
        scene.add(Entity("people" if kind != "state" else "state", actor, "name.demonym", names={key}, what=kind, plural=True))
    return _done(scene, index, scene.by_name[key][0], "name.demonym", evidence=evidence)


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
    key = (entry.id,)
    evidence = (Evidence("actor", scene.mentions[index].span, entry.id),)
    if key not in scene.by_name:
        actor = Actor(entry.id, entry.name, entry.code, entry.sectors)
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
    _share(scene, entity, group)
    return _done(scene, index, entity, f"name.{entry.what}", evidence=evidence)


def _share(scene: Scene, entity: int, group: list[int]) -> None:
    """Let an entity be found by the other names that the report gives it."""
    for other in group:
        if scene.mentions[other].kind == "name":
            scene.index_name(entity, name_key(scene, other))


# Persons


def _person(scene: Scene, index: int, people: tuple[Entry, ...], titles: list[Description], group: list[int]) -> Resolution:
    key = name_key(scene, index)
    holder = _holder(scene, people, titles)
    found, rule, rivals = _known(scene, index, key, titles)
    if found is None and holder is not None:
        found = next(iter(scene.by_name.get((holder.name,), ())), None)
    if found is None:
        full = _later_name(scene, index, key)
        rule = "name.person.later" if full != key else "name.person"
        found = scene.add(_new_person(scene, index, full, holder))
        if holder is not None:
            rule = "name.person.office"
            scene.index_name(found, (holder.name,))
    scene.index_name(found, key)
    _share(scene, found, group)
    _learn(scene, found, titles, index)
    entity = scene.entities[found]
    antecedent = scene.last_before(found, index)
    candidates = tuple(scene.entities[each].actor for each in (found, *rivals)) if rivals else ()
    evidence = [
        Evidence("actor", scene.mentions[index].span, holder.id if holder else rule),
        *(piece for title in titles for piece in title.evidence),
    ]
    if antecedent is not None:
        evidence.append(Evidence("actor.antecedent", scene.mentions[antecedent].span, rule))
    elif not titles:
        evidence.extend(entity.evidence)
    return _done(scene, index, found, rule, antecedent=antecedent, candidates=candidates, evidence=tuple(dict.fromkeys(evidence)))


def _holder(scene: Scene, people: tuple[Entry, ...], titles: list[Description]) -> Entry | None:
    """Return the office holder that a name means on the day of the report, None where several persons fit."""
    lands = {title.country for title in titles if title.country}
    fits = [entry for entry in people if not lands or entry.code in lands]
    if not fits:
        return None
    if len({entry.name for entry in fits}) > 1:
        day = scene.published or "9999"
        serving = [entry for entry in fits if (entry.since or "") <= day and (entry.until is None or day <= entry.until + "~")]
        if len({entry.name for entry in serving}) != 1:
            return None
        fits = serving
    day = scene.published or "9999"
    started = [entry for entry in fits if (entry.since or "") <= day] or fits
    return max(started, key=lambda entry: (entry.until is None or day <= entry.until + "~", entry.since or "", entry.id))


def _new_person(scene: Scene, index: int, key: tuple[str, ...], holder: Entry | None) -> Entity:
    if holder is None:
        return Entity("person", Actor(None, " ".join(key), None), "name.person", names={key})
    day = scene.published or "9999"
    sectors = holder.sectors
    if holder.until is not None and holder.until + "~" < day:
        sectors = ("ELI",)
    elif holder.since is not None and holder.since > day:
        sectors = ()
    evidence = (Evidence("actor", scene.mentions[index].span, holder.id),)
    actor = Actor(holder.id, holder.name, holder.code, sectors)
    offices = [(holder.kind, holder.code)] if holder.kind and sectors != ("ELI",) else []
    return Entity("person", actor, "name.person.office", names={key}, offices=offices, evidence=evidence)


def _known(scene: Scene, index: int, key: tuple[str, ...], titles: list[Description]) -> tuple[int | None, str, tuple[int, ...]]:
    """Return the person named before that a name means, by which rule, and others that it may mean."""
    exact = [each for each in scene.by_name.get(key, ()) if scene.entities[each].kind == "person" and len(key) > 1]
    if exact:
        return exact[0], "chain.name", ()
    if len(key) > 1:
        fits = [each for each in scene.by_part.get(key[-1], ()) if any(_same_name(key, name) for name in scene.entities[each].names)]
        fits += [
            each
            for each in scene.by_part.get(key[0], ())
            if each not in fits and any(_same_name(key, name) for name in scene.entities[each].names)
        ]
        return (fits[0], "chain.name", ()) if len(fits) == 1 else (None, "name.person", ())
    fits = [each for each in scene.by_part.get(key[0], ()) if not _contradicts(scene, each, titles)]
    surnames = [each for each in fits if any(name[-1] == key[0] for name in scene.entities[each].names)]
    fits = surnames or fits
    if not fits:
        return None, "name.person", ()
    fits.sort(key=lambda each: (-_fit_title(scene, each, titles), -(scene.last_before(each, index) or -1)))
    if len(fits) > 1 and _fit_title(scene, fits[0], titles) == _fit_title(scene, fits[1], titles):
        return fits[0], "chain.surname", tuple(fits[1:3])
    return fits[0], "chain.surname", ()


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two names of several words are of one person: all words of the shorter stand in the longer."""
    short, long = sorted((one, other), key=len)
    if len(short) < 2:
        return False
    return all(word in long or (len(word.rstrip(".")) == 1 and any(each.startswith(word[0]) for each in long)) for word in short) and (
        short[-1] == long[-1] or short[0] == long[0]
    )


def _contradicts(scene: Scene, entity: int, titles: list[Description]) -> bool:
    person = scene.entities[entity]
    lands = {title.country for title in titles if title.country}
    return bool(lands and person.actor.country and person.actor.country not in lands)


def _fit_title(scene: Scene, entity: int, titles: list[Description]) -> int:
    known = {each for each, _ in scene.entities[entity].offices}
    return max(
        (2 if title.office in known else int(any(each.split(":")[0] == title.office for each in known)) for title in titles), default=0
    )


def _later_name(scene: Scene, index: int, key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the full name that the report gives later to a person first named by surname."""
    if len(key) > 1:
        return key
    full = [name for name in scene.full_names.get(key[0], ()) if name[-1] == key[0]]
    return full[0] if len(full) == 1 else key


def _learn(scene: Scene, index: int, titles: list[Description], mention: int) -> None:
    """Take over country, sectors, offices and gender from the titles of one mention.

    What the report says wins over the knowledge base's sectors; a country once known stays.
    """
    entity = scene.entities[index]
    tokens, words = scene.tokens, scene.know.words
    first = scene.mentions[mention].first
    before = tokens.word[first - 1].lower() if first else ""
    for word in (before, *(title.lemma for title in titles)):
        if word in words.male or word in words.female:
            entity.gender = "male" if word in words.male else "female"
    offices = sorted(titles, key=lambda title: (title.country is None, title.sectors[:1] == ("MIL",)))
    for title in offices:
        _take_over(scene, entity, title, mention)
        if not title.former and title.kind != "other":
            scene.index_office(index, title.office, entity.actor.country)


def _take_over(scene: Scene, entity: Entity, title: Description, mention: int) -> None:
    actor = entity.actor
    sectors = actor.sectors
    if title.sectors and (
        sectors in ((), ("CVL",)) or (title.former and entity.rule == "name.person.office") or sectors == ("ELI",) != title.sectors
    ):
        sectors = title.sectors
    country, evidence = actor.country, list(title.evidence)
    if country is None and title.lands:
        country = title.country
    elif country is None and title.kind == "person":
        land, rule, _ = context.country(scene, mention, title)
        if land is not None:
            country = land.code
            if land.span is not None:
                evidence.append(Evidence("actor.country", land.span, rule))
    entity.actor = replace(actor, country=country, sectors=sectors)
    entity.evidence = tuple(dict.fromkeys((*entity.evidence, *evidence)))


# Names that no list has


def _unknown(scene: Scene, index: int, titles: list[Description], group: list[int]) -> Resolution:
    mention = scene.mentions[index]
    key = name_key(scene, index)
    known = [each for each in scene.by_name.get(key, ()) if scene.entities[each].kind in ("body", "state", "people")]
    if known:
        antecedent = scene.last_before(known[0], index)
        return _done(scene, index, known[0], "chain.name", antecedent=antecedent)
    body = _body(scene, index)
    if body is None and not titles and mention.label != "ORG":
        reason = "a place" if mention.label == "LOC" else "an unknown name"
        return Resolution(None, f"name.{'place' if mention.label == 'LOC' else 'unknown'}", reason=reason)
    sectors, land, rule, evidence = body or ((), None, "name.organisation.unknown", [])
    for title in titles:
        sectors = sectors or title.sectors
        land = land or (title.lands[0] if title.country else None)
        evidence += title.evidence
    actor = Actor(None, " ".join(scene.words(index)), land.code if land else None, sectors)
    if land is not None and land.span is not None:
        evidence.append(Evidence("actor.country", land.span, land.entry.id))
    evidence.insert(0, Evidence("actor", mention.span, rule))
    entity = scene.add(Entity("body", actor, rule, names={key}, what="name", lemma="name", evidence=tuple(dict.fromkeys(evidence))))
    _share(scene, entity, group)
    return _done(scene, index, entity, rule)


def _body(scene: Scene, index: int) -> tuple[tuple[str, ...], Land | None, str, list[Evidence]] | None:
    """Read a body from the words of its name: sectors, whose it is, rule, evidence; None when they tell nothing."""
    tokens, mention, words = scene.tokens, scene.mentions[index], scene.know.words
    lower = [fold(word).lower() for word in scene.words(index)]
    sectors: tuple[str, ...] = ()
    rule = "name.body"
    for size in range(len(lower), 0, -1):
        key = tuple(lower[-size:])
        if key in words.name_heads and (size < len(lower) or size > 1 or mention.label == "ORG"):
            sectors = words.name_heads[key]
            break
    if not sectors and len(lower) > 2 and lower[0] in words.name_heads_of and lower[1] in ("of", "for"):
        sectors = words.name_heads.get((lower[0],), ())
    said = describe(scene, mention.head)
    if said.agent is not None and (len(said.agent.form) > 1 or not sectors):
        sectors = sectors or said.sectors
    land = next(iter(said.lands), None)
    for first, last in match_names(scene.know, tokens.word[mention.first : mention.last]):
        inner = scene.know.lookup(tokens.word[mention.first + first : mention.first + last])
        if land is None and inner and inner[0].what in _STATE and last - first < mention.last - mention.first:
            land = Land(inner[0], tokens.span(mention.first + first, mention.first + last), "name.body")
    if not sectors and land is None:
        return None
    return sectors, land, rule, list(said.evidence)
