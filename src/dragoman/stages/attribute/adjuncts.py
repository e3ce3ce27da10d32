"""Cues that are no verb of speech: "according to", "in the words of", "reportedly", "alleged", refusals to comment."""

from __future__ import annotations

from dragoman.stages.attribute import contents, sources
from dragoman.stages.attribute.cues import Cues, before
from dragoman.stages.attribute.page import Draft, Page
from dragoman.types import Span


def find(here: Page, cues: Cues) -> list[Draft]:
    """Return the attributions that adjuncts, adverbs and refusals make, in order."""
    tokens = here.tokens
    found = []
    for token in range(len(tokens)):
        word = tokens.lemma[token]
        made = None
        if tokens.word[token].lower() in ("according", "per"):
            made = _according(here, cues, token)
        elif word in cues.adverbs and tokens.upos[token] == "ADV":
            made = _adverb(here, cues, token)
        elif tokens.dep[token].startswith("obl"):
            made = _words_of(here, cues, token)
        elif word in cues.refusal[1] and tokens.upos[token] == "VERB":
            made = _refusal(here, cues, token)
        if made is not None:
            found.append(made)
    return found


def _according(here: Page, cues: Cues, token: int) -> Draft | None:
    """Read "according to X" and "per X": the clause that it hangs on is the content."""
    tokens = here.tokens
    entry = next((each for each, words, _, _ in cues.adjuncts if words and words[0] == tokens.word[token].lower()), None)
    if entry is None:
        return None
    last = token + 1
    if tokens.word[token].lower() == "according":
        if last >= len(tokens) or tokens.word[last].lower() != "to":
            return None
        last += 1
    elif tokens.dep[token] != "case" or tokens.upos[tokens.head[token]] != "PROPN":
        return None
    head = tokens.head[token]
    if head < last:
        head = next(
            (i for i in (tokens.child(token, "obl", "nmod", "obj"), tokens.child(last - 1, "obl", "nmod", "obj", "pobj")) if i is not None),
            -1,
        )
    if head < last or tokens.sentence[head] != tokens.sentence[token]:
        return None
    above = token if tokens.head[token] < last and tokens.head[token] >= 0 and head != tokens.head[token] else head
    governor = tokens.head[above]
    source = sources.phrase(tokens, head, token, rule="according")
    if source.first < last:
        source = sources.Source(head, last, max(source.last, last + 1), source.rule)
    if governor < 0 or source.last <= last - 1:
        return None
    hole = (min(token, source.first), source.last)
    parts = _around(here, governor, hole)
    if not parts:
        return None
    return Draft(token, entry, "according to", tokens.span(token, last), source, parts, "adjunct")


def _around(here: Page, governor: int, hole: tuple[int, int]) -> tuple[Span, ...]:
    """Return the clause of ``governor`` without ``hole``: the part before it or the part after it, or both."""
    tokens = here.tokens
    while tokens.upos[governor] not in ("VERB", "AUX") and tokens.dep[governor] not in ("root", "ccomp", "parataxis", "advcl", "conj"):
        if tokens.head[governor] < 0:
            break
        governor = tokens.head[governor]
    first, last = tokens.phrase(governor)
    if tokens.dep[governor] != "root" and tokens.dep[governor] in ("conj", "xcomp"):
        start = tokens.sentences[tokens.sentence[governor]][0]
        first = min(first, hole[0]) if hole[0] < governor else max(start, first)
    ranges = contents.without(tokens, (first, last), hole)
    trimmed = [part for each in ranges if (part := contents.trim(tokens, *each)) is not None]
    return tuple(tokens.span(*part) for part in trimmed if part[1] - part[0] > 1 or len(trimmed) == 1)


def _adverb(here: Page, cues: Cues, token: int) -> Draft | None:
    tokens = here.tokens
    head = tokens.head[token]
    if head < 0 or tokens.dep[token] != "advmod":
        return None
    ranges = contents.without(tokens, tokens.phrase(head), (token, token + 1))
    parts = tuple(tokens.span(*part) for each in ranges if (part := contents.trim(tokens, *each)) is not None)
    if not parts:
        return None
    entry = cues.adverbs[tokens.lemma[token]]
    return Draft(token, entry, tokens.lemma[token], tokens.span(token, token + 1), None, parts, "adverb", score=0.7)


def _words_of(here: Page, cues: Cues, head: int) -> Draft | None:
    """Read "in the words of X", "in X's view", "by her own admission"."""
    tokens = here.tokens
    word = tokens.lemma[head]
    case = tokens.child(head, "case")
    if case is None:
        return None
    entry = next((e for e, _, heads, cases in cues.adjuncts if word in heads and tokens.lemma[case] in cases), None)
    owner = tokens.child(head, "nmod:poss")
    if entry is None or case > head:
        return None
    if owner is not None:
        source = sources.phrase(tokens, owner, head, rule="owner")
        cue = tokens.span(source.last, head + 1) if source.last <= head else tokens.span(head, head + 1)
        hole = (min(case, source.first), head + 1)
    else:
        owner = next((c for c in tokens.children[head] if tokens.dep[c] == "nmod" and c > head and _of(here, c)), None)
        if owner is None:
            return None
        source = sources.phrase(tokens, owner, head, rule="owner")
        cue, hole = tokens.span(case, source.first), (case, source.last)
        if source.first <= case:
            return None
    parts = _around(here, tokens.head[head], hole) if tokens.head[head] >= 0 else ()
    return Draft(head, entry, word, cue, source, parts, "adjunct") if parts else None


def _of(here: Page, token: int) -> bool:
    tokens = here.tokens
    return any(tokens.dep[c] == "case" and tokens.lemma[c] == "of" for c in tokens.children[token])


def _refusal(here: Page, cues: Cues, token: int) -> Draft | None:
    """Read "did not respond to a request for comment" and "could not be reached for comment"."""
    tokens = here.tokens
    entry, _, nouns = cues.refusal
    first, negated = before(tokens, token, cues)
    if not negated:
        return None
    for child in tokens.children[token]:
        if child <= token or tokens.dep[child] not in ("obl", "obj") or tokens.lemma[child] not in nouns:
            continue
        subject = tokens.child(token, "nsubj", "nsubj:pass")
        if subject is None:
            return None
        source = sources.phrase(tokens, subject, token, rule="subject")
        part = contents.trim(tokens, *tokens.phrase(child))
        if part is None:
            return None
        return Draft(
            token,
            entry,
            tokens.lemma[token],
            tokens.span(max(first, source.last), token + 1),
            source,
            (tokens.span(*part),),
            "refusal",
            score=0.9,
        )
    return None
