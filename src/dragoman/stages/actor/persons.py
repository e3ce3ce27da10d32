"""Persons: office holders of the day, and those whom only the report introduces."""

from __future__ import annotations

from dataclasses import replace

from dragoman.stages.actor import context
from dragoman.stages.actor.describe import Description, land_of
from dragoman.stages.actor.knowledge import Entry
from dragoman.stages.actor.naming import name_key, settle, share, spelling
from dragoman.stages.actor.phrases import case_of, top
from dragoman.stages.actor.scene import Entity, Land, Scene
from dragoman.types import Actor, Evidence, Resolution

_ENOUGH = 6  # pieces of evidence kept for a person


def resolve(scene: Scene, index: int, group: list[int], *, people: tuple[Entry, ...], titles: list[Description]) -> Resolution:
    """Say which person a name means: one named before, an office holder of the day, or someone new."""
    key = name_key(scene, index)
    holder = _holder(scene, index, people, titles)
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
    share(scene, found, group)
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
    return settle(scene, index, found, rule=rule, antecedent=antecedent, candidates=candidates, evidence=tuple(dict.fromkeys(evidence)))


def complete(scene: Scene, entity: Entity) -> None:
    """Give a named person of whom nothing more is told the country that the report is of; without any office, a civilian."""
    if entity.kind != "person" or not entity.names or entity.actor.id is not None or not entity.mentions:
        return
    country, sectors = entity.actor.country, entity.actor.sectors
    publisher = scene.publisher
    if (
        country is None
        and publisher is not None
        and publisher.country
        and entity.speaker is not None
        and sectors in ((), publisher.sectors)
    ):
        country, sectors = publisher.country, publisher.sectors
    if country is None:
        found = context.nearest(scene, entity.mentions[0], others=False)
        country = found.code if found is not None else None
    if country is not None and not sectors and not any(office in scene.know.words.heads for office, _ in entity.offices):
        sectors = ("BUS",) if country == "MNC" else ("CVL",)
    entity.actor = replace(entity.actor, country=country, sectors=sectors)


def _holder(scene: Scene, index: int, people: tuple[Entry, ...], titles: list[Description]) -> Entry | None:
    """Return the office holder that a name means on the day of the report, None where several persons fit."""
    lands = {title.country for title in titles if title.country}
    people = people or _heads(scene, index)
    owner = _land_before(scene, index)
    if owner is not None and owner.code is not None:
        lands.add(owner.code)
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


def _heads(scene: Scene, index: int) -> tuple[Entry, ...]:
    """Return the one head of state or government that a bare surname means: in office on the day, of a country that the report names."""
    key = name_key(scene, index)
    if len(key) != 1 or key[0] in scene.by_part or key[0] in scene.full_names:
        return ()
    fits = [entry for entry in scene.know.surnames.get(key[0], ()) if entry.code in scene.named]
    if scene.published is not None:
        day = scene.published
        fits = [entry for entry in fits if (entry.since or "") <= day and (entry.until is None or day <= entry.until + "~")]
    elif len({entry.code for entry in fits}) == 1:
        fits = [max(fits, key=lambda entry: (entry.since or "", entry.id))]
    return tuple(fits) if len({(entry.name, entry.code) for entry in fits}) == 1 else ()


def _new_person(scene: Scene, index: int, key: tuple[str, ...], holder: Entry | None) -> Entity:
    if holder is None:
        name = spelling(scene, index) if key == name_key(scene, index) else scene.spelled.get(key, " ".join(key))
        return Entity("person", Actor(None, name, None), "name.person", names={key})
    day = scene.published or holder.since or ""  # a report without a date is taken to be of the office's time
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
    _spokesman(scene, entity, mention, titles)
    offices = sorted(titles, key=lambda title: (title.country is None, title.sectors[:1] == ("MIL",)))
    if entity.actor.country is None and not any(title.country for title in titles):
        _own_country(scene, entity, mention)
        _joined_country(scene, entity, mention, titles)
    for title in offices:
        _take_over(scene, entity, title, mention)
        if not title.former and title.kind != "other":
            scene.index_office(index, title.office, entity.actor.country)


def _own_country(scene: Scene, entity: Entity, mention: int) -> None:
    """Read the country right before a bare name: "Hungary's X", "Kenyan X"."""
    land = _land_before(scene, mention)
    if land is not None and land.span is not None:
        entity.actor = replace(entity.actor, country=land.code)
        entity.evidence = (*entity.evidence, Evidence("actor.country", land.span, land.entry.id))[:_ENOUGH]


def _land_before(scene: Scene, mention: int) -> Land | None:
    """Return the state right before a name: "Hungary's X", "Kenyan X"."""
    tokens, each = scene.tokens, scene.mentions[mention]
    before = each.first - 1 - (each.first > 0 and tokens.tag[each.first - 1] == "POS")
    owner = scene.cover[before] if before >= 0 else -1
    if owner < 0 or tokens.sentence[before] != tokens.sentence[each.head] or case_of(tokens, scene.mentions[owner].head):
        return None
    land = land_of(scene, owner)
    return land if land is not None and land.entry.what in ("state", "adjective", "demonym", "people") else None


def _joined_country(scene: Scene, entity: Entity, mention: int, titles: list[Description]) -> None:
    """Read the country of the titled person before "and": "Kenyan President X and Foreign Minister Y"."""
    tokens = scene.tokens
    if (
        mention == 0
        or entity.actor.country is not None
        or not any(title.kind == "person" and title.sectors and not title.lands for title in titles)
    ):
        return
    before = scene.mentions[mention - 1]
    other = scene.entity(mention - 1)
    between = range(before.last, scene.mentions[mention].first)
    if (
        other is None
        or other.kind != "person"
        or other.actor.country is None
        or not 2 <= len(between) <= 5
        or tokens.word[before.last].lower() != "and"
    ):
        return
    if all(tokens.upos[index] in ("CCONJ", "ADJ", "NOUN", "PROPN") for index in between):
        entity.actor = replace(entity.actor, country=other.actor.country)
        entity.evidence = (*entity.evidence, Evidence("actor.country", before.span, "coordination"))[:_ENOUGH]


def _spokesman(scene: Scene, entity: Entity, mention: int, titles: list[Description]) -> None:
    """Let a spokesman of whom no more is said speak for the body that is the subject before him."""
    bare = [title for title in titles if title.office == "spokesman" and not title.lands and not title.sectors]
    if not bare or entity.actor.country is not None:
        return
    for each in scene.recent(mention, sentences=2):
        body = scene.entity(each)
        if (
            body is None
            or body.kind not in ("body", "people", "state")
            or top_role(scene, each) not in ("nsubj", "nsubj:pass")
            or body.actor.country is None
        ):
            continue
        entity.actor = replace(entity.actor, country=body.actor.country, sectors=body.actor.sectors or ("GOV",))
        entity.evidence = (*entity.evidence, Evidence("actor.country", scene.mentions[each].span, "spokesman"))[:_ENOUGH]
        return


def top_role(scene: Scene, mention: int) -> str:
    """Return the relation in which a mention, or the word that it stands beside, is to its clause."""
    return scene.tokens.dep[top(scene.tokens, scene.mentions[mention].head)]


def _take_over(scene: Scene, entity: Entity, title: Description, mention: int) -> None:
    actor = entity.actor
    sectors = actor.sectors
    if title.sectors and (
        sectors in ((), ("CVL",))
        or (title.former and entity.rule == "name.person.office" and title.base == sectors)
        or sectors == ("ELI",) != title.sectors
    ):
        sectors = title.sectors
    country, evidence = actor.country, list(title.evidence)
    if country is None and title.lands:
        country = title.country
    elif country is None and title.kind == "person":
        land, rule, _ = context.country(scene, mention, title, strict=True)
        if land is not None:
            country = land.code
            if land.span is not None:
                evidence.append(Evidence("actor.country", land.span, rule))
    entity.actor = replace(actor, country=country, sectors=sectors)
    entity.evidence = tuple(dict.fromkeys((*entity.evidence, *evidence)))[:_ENOUGH]
