"""Actors: who the mentions of a report are.

One resolution a mention, in order. Names are read by the knowledge base as of the report's date and by
the titles and appositives beside them; nouns by the agent lexicon with the nationality or possessor
beside them; later surnames, titles, role words and pronouns are joined to whom they stand for. What
stays open keeps its candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from dragoman.config import Config
from dragoman.stages.actor import grounds, knowledge, links, names, naming, persons, pronouns, publisher, quotes, roles, turns
from dragoman.stages.actor.describe import COUNTERPART
from dragoman.stages.actor.index import actors_in, mention_at
from dragoman.stages.actor.knowledge import INTERNATIONAL, Entry, Knowledge
from dragoman.stages.actor.phrases import case_of
from dragoman.stages.actor.scene import Scene, Sign, Standing, speaks
from dragoman.types import Mention, Reading, Resolution, Tokens

__all__ = ["actors_in", "load", "mention_at", "resolve"]

_STATE = frozenset({"state", "adjective", "demonym", "people", "capital", "seat"})
_ELSEWHERE = frozenset({"against", "between", "by", "from", "on", "to", "toward", "towards", "with"})
_OWNING = frozenset({"amod", "compound", "nmod:poss"})
_WITHIN = frozenset({"across", "along", "around", "at", "in", "inside", "near", "outside", "over", "through", "throughout", "within"})
_NOTHING = Resolution(None, "none", reason="not resolved")


def load(config: Config) -> Callable[[Reading], Reading]:
    """Return the actor stage for a config; it fills ``Reading.actors``.

    Raises:
        LexiconError: when the language's actor lexicons are missing.
    """
    know = knowledge.load(config.lang, config.lexicon)

    def run(reading: Reading) -> Reading:
        return replace(reading, actors=resolve(know, reading))

    return run


def resolve(know: Knowledge, reading: Reading) -> tuple[Resolution, ...]:
    """Resolve every mention of a report, in the order of the mentions.

    Words outside quotations are read first, so that a quotation's speaker is known when its "we" is
    read even where the speaker is named behind it.
    """
    if not reading.mentions:
        return ()
    scene = _scene(know, reading)
    tied = links.groups(scene)
    scene.resolver = lambda index: _resolve_group(scene, index, tied)
    later: list[int] = []
    for index, mention in enumerate(scene.mentions):
        if mention.kind != "name" and scene.quotes.of_token[mention.head] >= 0:
            later.append(index)
        elif scene.results[index] is None:
            _resolve_group(scene, index, tied)
    for index in later:
        if scene.results[index] is None:
            _resolve_group(scene, index, tied)
    for entity in scene.entities:
        persons.complete(scene, entity)
    return tuple(_refreshed(scene, index) for index in range(len(scene.results)))


def _refreshed(scene: Scene, index: int) -> Resolution:
    """Give every mention of a person what the report tells of that person anywhere."""
    result = scene.results[index] or _NOTHING
    share = scene.shares.get(scene.mentions[index].span)
    if share is not None and scene.mentions[index].kind == "name":
        return replace(result, actor=replace(share, span=scene.mentions[index].span), rule="name.share", reason=None)
    entity = scene.entity(index)
    if entity is None or entity.kind != "person" or result.actor is None or (scene.mentions[index].kind == "nominal" and not entity.names):
        return result
    actor = replace(entity.actor, span=result.actor.span)
    if actor == result.actor:
        return result
    return replace(result, actor=actor, evidence=tuple(dict.fromkeys((*result.evidence, *entity.evidence))))


def _resolve_group(scene: Scene, index: int, tied: dict[int, list[int]]) -> None:
    """Resolve a mention; of those tied by grammar the best name comes first, for the nouns take over what it is."""
    group = tied.get(index, [index])
    named = [each for each in group if scene.mentions[each].kind == "name"]
    if named and scene.mentions[index].kind != "name":
        best = max(named, key=lambda each: (len(scene.entries[each]) > 0, len(scene.words(each)), -each))
        if scene.results[best] is None:
            scene.results[best] = names.resolve(scene, best, group)
    if scene.results[index] is not None:
        return
    mention = scene.mentions[index]
    if mention.kind == "name":
        scene.results[index] = names.resolve(scene, index, group)
    elif mention.kind == "nominal":
        scene.results[index] = roles.resolve(scene, index, group)
    else:
        scene.results[index] = pronouns.resolve(scene, index)


def _scene(know: Knowledge, reading: Reading) -> Scene:
    tokens = reading.grammar.tokens
    mentions = reading.mentions
    cover = [-1] * len(tokens)
    for index, mention in enumerate(mentions):
        if mention.kind == "name":
            cover[mention.first : mention.last] = [index] * (mention.last - mention.first)
    published = reading.report.published
    day = published.isoformat() if published else None
    looked = [know.lookup(tokens.word[mention.first : mention.last]) if mention.kind == "name" else () for mention in mentions]
    entries = [names.in_force(found, day) for found in looked]
    scene = Scene(
        reading=reading,
        tokens=tokens,
        mentions=mentions,
        know=know,
        at={mention.head: index for index, mention in enumerate(mentions)},
        cover=cover,
        quotes=quotes.find(know, reading),
        turns=turns.find(reading),
        entries=entries,
        grounds=_grounds(know, tokens, mentions, entries),
        published=day,
        results=[None] * len(mentions),
        entity_of=[None] * len(mentions),
        publisher=publisher.official(know, reading.report.publisher),
    )
    _note_countries(scene)
    _note_full_names(scene)
    return scene


def _grounds(know: Knowledge, tokens: Tokens, mentions: tuple[Mention, ...], entries: list[tuple[Entry, ...]]) -> list[str | None]:
    """Return the country of each name that is, or holds, a place or nationality, where no list has the name."""
    named = {code for found in entries if (code := _country(found))}
    return [
        None if mention.kind != "name" or found else _ground(know, tokens, mention, named)
        for mention, found in zip(mentions, entries, strict=True)
    ]


def _ground(know: Knowledge, tokens: Tokens, mention: Mention, named: set[str]) -> str | None:
    words = tokens.word[mention.first : mention.last]
    if mention.label == "PER" and not (len(words) == 1 and _placed(know, tokens, mention)):
        return None
    sure = mention.label == "LOC" and case_of(tokens, mention.head) in _WITHIN
    code = grounds.country(know, words, named, sure=sure)
    if code is not None or mention.label == "PER" or len(words) == 1:
        return code
    for first, last in knowledge.match_names(know, words):
        entries = know.lookup(words[first:last])
        if entries and entries[0].what in _STATE and not entries[0].ambiguous and (code := _country(entries)):
            return code
    found = grounds.inside(know, words, named)
    return found[0] if found is not None else None


def _placed(know: Knowledge, tokens: Tokens, mention: Mention) -> bool:
    """Tell whether a single name stands as a place does: after "in", or as owner or first part of a noun ("Kano governor")."""
    if case_of(tokens, mention.head) in _WITHIN:
        return True
    return tokens.dep[mention.head] in ("compound", "nmod:poss") and tokens.head[mention.head] >= mention.last


def _note_countries(scene: Scene) -> None:
    """Note every word that tells of a country, the dateline, and the countries that the report is of."""
    counts: Counter[str] = Counter()
    for index, entries in enumerate(scene.entries):
        code = _country(entries) or scene.grounds[index]
        if code is None or _backs(scene, index) or _is_counterparts(scene, index):
            continue
        counts[code] += 1
        what = "adjective" if any(entry.what == "adjective" for entry in entries) else entries[0].what if entries else "ground"
        scene.signs.append(Sign(code, scene.mentions[index].head, scene.sentence(index), what, _standing(scene, index, what)))
    scene.union = any(entry.code == "EUR" for entries in scene.entries for entry in entries[:1])
    scene.coalition = _is_of_coalition(scene.tokens)
    scene.dateline = _dateline(scene)
    if scene.dateline:
        counts[scene.dateline] += 2
    scene.named = frozenset(counts)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    scene.topic = tuple(code for code, count in ranked if 2 * count > ranked[0][1])


def _is_of_coalition(tokens: Tokens) -> bool:
    """Tell whether "Coalition" is written as a name, or called global, international, or led by a state."""
    for index, word in enumerate(tokens.word):
        if word == "Coalition" and index > tokens.sentences[tokens.sentence[index]][0]:
            return True
        if (
            word == "coalition"
            and index
            and tokens.word[index - 1].lower() in ("global", "international", "led", "military", "multinational")
        ):
            return True
    return False


def _is_counterparts(scene: Scene, index: int) -> bool:
    """Tell whether a nationality is that of a counterpart, and so of nobody else in the sentence."""
    noun = scene.tokens.head[scene.mentions[index].head]
    return noun >= 0 and scene.tokens.lemma[noun].lower() in COUNTERPART


def _backs(scene: Scene, index: int) -> bool:
    """Tell whether a nationality is only half of a word: "Turkish-backed", "British-based"."""
    last = scene.mentions[index].last
    return last < len(scene.tokens) and scene.tokens.word[last] in ("-", "‑", "–")


def _country(entries: tuple[Entry, ...]) -> str | None:
    """Return the one country that the readings of a name agree on."""
    codes = {entry.code for entry in entries if entry.what in _STATE or entry.what in ("person", "organisation")}
    code = codes.pop() if len(codes) == 1 else None
    return code if code not in INTERNATIONAL else None


def _standing(scene: Scene, index: int, what: str) -> Standing:
    """Tell how a country named in a sentence stands to the sentence's other actors.

    It may act or own, be where something happens, or be somebody else's: where a visit goes, with whom one
    talks, whom one accuses says nothing of the others.
    """
    tokens = scene.tokens
    head = scene.mentions[index].head
    preposition = case_of(tokens, head)
    if preposition in _WITHIN:
        return "ground"
    words = scene.know.words
    noun = tokens.lemma[tokens.head[head]].lower() if tokens.head[head] >= 0 and tokens.dep[head] in _OWNING else ""
    if noun in words.strikes:
        return "other"
    if noun in words.grounds:
        return "ground"
    if what == "capital":
        return "owner" if tokens.dep[head] == "compound" or speaks(scene, index) else "other"
    if what == "adjective":
        return "other" if noun in words.relational or noun in words.visiting else "owner"
    return "other" if preposition in _ELSEWHERE or tokens.dep[head] in ("obj", "iobj") else "owner"


def _dateline(scene: Scene) -> str | None:
    span = scene.reading.split.dateline
    if span is None:
        return None
    words = re.findall(r"\w[\w.'’-]*|\S", span.of(scene.reading.report.text))
    for first, last in knowledge.match_names(scene.know, words):
        entries = [entry for entry in scene.know.lookup(words[first:last]) if entry.what in _STATE]
        if entries and len({entry.id for entry in entries}) == 1 and entries[0].code not in INTERNATIONAL:
            return entries[0].code
    return None


def _note_full_names(scene: Scene) -> None:
    """Note the names of several words by each word, for a surname that comes first."""
    for index, mention in enumerate(scene.mentions):
        if mention.kind != "name" or mention.label not in ("PER", None) or mention.last - mention.first < 2:
            continue
        key = naming.name_key(scene, index)
        scene.spelled.setdefault(key, naming.spelling(scene, index))
        for part in key if len(key) > 1 else ():
            found = scene.full_names.setdefault(part, [])
            if key not in found:
                found.append(key)
