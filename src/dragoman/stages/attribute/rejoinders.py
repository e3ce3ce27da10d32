"""Answers to a statement in the same sentence: "..., a claim the army denied", "..., an accusation rejected by Oslo"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.stages.attribute import extent, sources
from dragoman.stages.attribute.cues import Cues, before
from dragoman.stages.attribute.page import Draft, Page
from dragoman.types import Span

_FARTHEST = 12


def find(here: Page, cues: Cues, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts with the answers that sentences end in; what was said before is cut at the comma."""
    tokens = here.tokens
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(tokens.sentence[draft.token], []).append(draft)
    for token in range(2, len(tokens)):
        if tokens.word[token].lower() not in cues.statements or tokens.upos[token] not in ("NOUN", "VERB"):
            continue
        sentence = tokens.sentence[token]
        comma = token - 1 if tokens.word[token - 1] == "," else token - 2
        if tokens.word[comma] != "," or tokens.sentence[comma] != sentence:
            continue
        if comma == token - 2 and tokens.lemma[token - 1] not in ("a", "an", "the"):
            continue
        answer = _answer(here, cues, token)
        if answer is not None:
            groups[sentence] = _put(here, groups.get(sentence, []), comma, answer)
    return sorted((draft for group in groups.values() for draft in group), key=lambda each: (each.token, each.frame))


def _answer(here: Page, cues: Cues, noun: int) -> Draft | None:
    """Return the answer after a noun: who, and with which verb; its content is filled in later."""
    tokens = here.tokens
    end = min(tokens.sentences[tokens.sentence[noun]][1], noun + _FARTHEST)
    verb = next((i for i in range(noun + 1, end) if tokens.upos[i] == "VERB"), None)
    if verb is None or tokens.lemma[verb] not in cues.verbs or any(tokens.word[i] in (",", ";") for i in range(noun + 1, verb)):
        return None
    entry = next((each for each in cues.verbs[tokens.lemma[verb]] if each.takes & {"thing", "statement"}), None)
    if entry is None:
        return None
    first, negated = before(tokens, verb, cues)
    source = _source(here, noun, max(first, noun + 1), verb)
    if source is None:
        return None
    cue = Span(tokens.start[max(first, source.last if source.first < verb else noun + 1)], tokens.end[verb])
    return Draft(verb, entry, tokens.lemma[verb], cue, source, (cue,), "rejoinder", negated)


def _source(here: Page, noun: int, first: int, verb: int) -> sources.Source | None:
    """Return who answers: the words between noun and verb, or after "by"."""
    tokens = here.tokens
    begin = noun + 1
    while begin < first and tokens.lemma[begin] in ("that", "which", ","):
        begin += 1
    if begin < first:
        return sources.run(tokens, begin, first)
    after = verb + 1
    if after < len(tokens) and tokens.lemma[after] == "by":
        last = after + 1
        end = tokens.sentences[tokens.sentence[verb]][1]
        while last < end and tokens.upos[last] in ("PROPN", "NOUN", "DET", "ADJ", "PART", "NUM"):
            last += 1
        return sources.run(tokens, after + 1, last)
    return None


def _put(here: Page, drafts: Sequence[Draft], comma: int, answer: Draft) -> list[Draft]:
    """Give an answer the content that stands before the comma, cut that content there, and drop what was read in its words."""
    tokens = here.tokens
    begin, end = tokens.sentences[tokens.sentence[comma]]
    cut = tokens.start[comma]
    stop = tokens.end[end - 1]
    kept: list[Draft] = []
    content: Span | None = None
    for draft in drafts:
        if draft.entry is not None and comma < draft.token < end:
            continue
        parts = []
        for part in draft.content:
            if part.start < cut and tokens.end[comma - 1] <= part.end <= stop:
                trimmed = Span(part.start, tokens.end[comma - 1])
                content = content or trimmed
                parts.append(trimmed)
            else:
                parts.append(part)
        kept.append(replace(draft, content=tuple(parts)))
    if content is None:
        whole = extent.trim(tokens, begin, comma)
        if whole is None:
            return list(drafts)
        content = tokens.span(*whole)
    kept.append(replace(answer, content=(content,)))
    return kept
