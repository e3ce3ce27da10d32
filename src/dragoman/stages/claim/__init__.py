"""Claims: who did what to whom, when and where, and who says so; the mentions of one happening joined."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman import lexicon, registry
from dragoman.config import Config
from dragoman.ontology import Ontology
from dragoman.stages.claim import candidates, entries
from dragoman.stages.claim.arguments import Scene
from dragoman.stages.claim.assembly import Assembly, Knowledge
from dragoman.stages.claim.candidates import Match
from dragoman.stages.claim.circumstances import Circumstances
from dragoman.stages.claim.content import contents
from dragoman.stages.claim.joining import Draft, join
from dragoman.stages.claim.ranking import Ranking
from dragoman.stages.claim.status import Refused
from dragoman.stages.claim.topics import Guard, topics
from dragoman.types import Claim, Reading, Rejected, digest

_PRIVATE = "no party of public weight"
_GRAVE = frozenset({"ACCUSE", "ASSAULT", "PROTEST", "RETREAT", "MOBILIZE", "CONCEDE"})  # hardly ever told of private people
_FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "SANCTION"})
_PRIVATE_SECTORS = frozenset({"CVL", "BUS", "EDU", "MED", "JRN"})


def load(config: Config) -> Callable[[Reading], Reading]:
    """Load the claim lexicon and the ontology once; return the stage.

    Raises:
        LexiconError, OntologyError: for an entry that cannot be used.
    """
    ontology: Ontology = registry.find("ontology", config.ontology)(config)
    index = entries.load(config.lang, config.ontology)
    support = {key: frozenset(words) for key, words in lexicon.read(config.lang, "claim_support").items()}
    knowledge = Knowledge(
        ontology,
        {
            type_: {each["mode"]: frozenset(each["words"]) for each in modes}  # in the order of the file: the first that fits wins
            for type_, modes in lexicon.read(config.lang, "claim_modes").items()
        },
        {context: frozenset(words) for context, words in lexicon.read(config.lang, "claim_contexts").items()},
        topics(lexicon.read(config.lang, "claim_topics")),
    )

    def stage(reading: Reading) -> Reading:
        """Fill ``claims``; what was seen and set aside goes to ``rejected`` with the reason."""
        scene = Scene(reading, support)
        scene.event_types = lambda token: candidates.event_types(scene, index, token)
        matches = candidates.find(scene, index)
        ranking = Ranking(reading.ranked)
        taken = frozenset(word for match in matches for word in match.frame.words)
        matches = sorted([*matches, *ranking.proposals(scene, taken)], key=lambda each: each.frame.token)
        drafts, rejected = _drafts(scene, matches, knowledge)
        drafts = [ranking.weigh(each) for each in drafts]
        claims, more = _claims(reading, drafts, knowledge.ontology, threshold=config.threshold)
        aside = sorted([*rejected, *more], key=lambda each: (each.span, each.reason))
        return replace(reading, claims=claims, rejected=(*reading.rejected, *aside))

    return stage


def _drafts(scene: Scene, matches: list[Match], knowledge: Knowledge) -> tuple[list[Draft], list[Rejected]]:
    """Assemble each trigger that tells of a happening; the others are set aside with the reason."""
    within = contents(scene, matches)
    below: dict[int, list[int]] = {}
    for word, each in within.items():
        below.setdefault(each.governor.frame.token, []).append(word)
    circumstances = Circumstances(scene, (word for match in matches for word in match.frame.words), below)
    guard = Guard(scene, knowledge.topics)
    assembly = Assembly(scene, knowledge, circumstances)
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    for match in matches:
        span = assembly.trigger(match.frame)
        content = within.get(match.frame.token)
        reason = _reason(scene, match)
        if reason is None and (topic := guard.reason(match)) is not None:
            reason = f"{match.entry.id}: about {topic}"
        if reason is None and content is not None and content.swallowed:
            reason = f"content of {content.governor.entry.id}"
        if reason is None:
            inner = [each.match for each in within.values() if each.governor is match]
            try:
                drafts.extend(assembly.drafts(match, content, inner))
            except Refused as error:
                reason = f"{match.entry.id}: {error}"
        if reason is not None:
            rejected.append(Rejected(span, reason))
    taken = {word for match in matches for word in match.frame.words}
    drafts.extend(draft for token in range(len(scene.tokens)) if token not in taken and (draft := assembly.anaphor(token)) is not None)
    return drafts, rejected


def _reason(scene: Scene, match: Match) -> str | None:
    """Return why a trigger is set aside before it is read, or None."""
    if not match.entry.means:
        return f"{match.entry.id}: {match.entry.reason}"
    t, frame = scene.tokens, match.frame
    if t.dep[frame.token] == "acl" and t.tag[frame.token] == "VBN" and match.entry.means[0].type == "SUPPORT":
        return f"{match.entry.id}: only describes {t.word[t.head[frame.token]]!r}"
    describes = t.dep[frame.token] in {"compound", "nmod:desc", "amod", "flat"} and t.head[frame.token] > frame.token
    if frame.verb is None and describes and len(frame.words) == 1 and t.tag[frame.token] not in {"VBD", "VBZ", "VBP"}:
        return f"{match.entry.id}: only describes {t.word[t.head[frame.token]]!r}"
    return None


def _claims(reading: Reading, drafts: list[Draft], ontology: Ontology, *, threshold: float) -> tuple[tuple[Claim, ...], list[Rejected]]:
    """Join drafts, drop what is too weak or too unsure, and write the claims in the order of their triggers."""
    good = [each for each in drafts if each.score >= threshold]
    rejected = [
        Rejected(each.trigger, f"{each.entry}: score {each.score:.2f} under the threshold") for each in drafts if each.score < threshold
    ]
    joined, weak = join(sorted(good, key=lambda each: (each.trigger, each.ordinal)))
    rejected.extend(Rejected(each.trigger, f"{each.entry}: tells of nobody, no time and no place") for each in weak)
    if any(each.actor is not None and each.actor.country is not None for each in reading.actors):
        rejected.extend(Rejected(each.trigger, f"{each.entry}: {_PRIVATE}") for each in joined if _private(each))
        joined = [each for each in joined if not _private(each)]
    claims: list[Claim] = []
    for draft in sorted(joined, key=lambda each: (each.trigger, each.ordinal, each.entry)):
        ordinal = sum(1 for claim in claims[-4:] if claim.trigger == draft.trigger)
        claims.append(_claim(reading, draft, ontology, ordinal=ordinal))
    return tuple(claims), rejected


def _private(draft: Draft) -> bool:
    """Tell whether a claim is of no public weight: nobody in it is known for anything, or private people agree, help or thank.

    This holds only of reports that name a country at all; in others nobody can be known.
    """
    parties = (*draft.actors, *draft.recipients)
    if not parties or draft.where is not None or draft.numbers:
        return False
    if not any(each.country or each.sectors for each in parties):
        return draft.type not in _GRAVE
    usual = draft.type in _FRIENDLY or (draft.type == "REQUEST" and draft.recipients)
    return bool(usual) and all(each.sectors and each.sectors[0] in _PRIVATE_SECTORS for each in parties)


def _claim(reading: Reading, draft: Draft, ontology: Ontology, *, ordinal: int) -> Claim:
    event = ontology.type(draft.type)
    return Claim(
        id=digest(reading.report.id, str(draft.trigger.start), str(draft.trigger.end), str(ordinal)),
        type=draft.type,
        trigger=draft.trigger,
        quad=event.quad,
        intensity=ontology.intensity(draft.type, draft.modes),
        modes=draft.modes,
        contexts=draft.contexts,
        also=draft.also,
        actors=draft.actors,
        recipients=draft.recipients,
        incomplete=event.needs_recipient and not draft.recipients,
        status=draft.status,
        held_by=draft.held_by,
        when=draft.when,
        where=draft.where,
        numbers=draft.numbers,
        score=draft.score,
        evidence=tuple(dict.fromkeys(draft.evidence)),
    )
