"""Cues that are no verb of speech: "according to", "in the words of", "reportedly", "alleged", refusals to comment."""

from __future__ import annotations

from dragoman.stages.attribute import extent, sources
from dragoman.stages.attribute.cues import Cues, before
from dragoman.stages.attribute.page import Draft, Page
from dragoman.types import Span, Tokens

_DASHES = frozenset(("―", "—", "–", "--", "-"))


def find(here: Page, cues: Cues) -> list[Draft]:
    """Return the attributions that adjuncts, adverbs and refusals make, in order."""
    tokens = here.tokens
    found = []
    for token in range(len(tokens)):
        word = tokens.lemma[token]
        made = None
        if tokens.word[token].lower() in ("according", "per"):
            made = _according(here, cues, token)
        elif tokens.tag[token] == "VBN" and word in cues.defining:
            made = _defined(here, cues, token)
        elif word in cues.adverbs and tokens.upos[token] == "ADV":
            made = _adverb(here, cues, token)
        elif tokens.dep[token].startswith("obl"):
            made = _words_of(here, cues, token)
        elif tokens.upos[token] == "NOUN" and word in cues.nouns and tokens.dep[token].startswith("nsubj"):
            made = _goal(here, cues, token)
        elif word in cues.refusal[1] and tokens.upos[token] == "VERB":
            made = _refusal(here, cues, token)
        if made is not None:
            found.append(made)
    found.extend(_signed(here, cues))
    return found


def _signed(here: Page, cues: Cues) -> list[Draft]:
    """Read a quotation that a dash and a name sign ("..." — Ama Doe)."""
    tokens, text = here.tokens, here.text
    entry = next(each for each in cues.verbs["say"] if each.id == "cue:verb/say")
    found = []
    for quote in here.quotes:
        if quote.depth or not quote.closed or len(text[quote.start : quote.end].split()) < 4:
            continue
        dash = here.token_at(quote.end)
        if tokens.start[dash] < quote.end or tokens.word[dash] not in _DASHES or text[quote.end : tokens.start[dash]].strip():
            continue
        end = tokens.sentences[tokens.sentence[dash]][1]
        last = dash + 1
        while (
            last < end
            and last - dash < 9
            and tokens.upos[last] in ("PROPN", "NOUN", "ADP", "DET")
            and "\n" not in text[tokens.end[last - 1] : tokens.start[last]]
        ):
            last += 1
        closes = last == end or tokens.upos[last] == "PUNCT" or "\n" in text[tokens.end[last - 1] : tokens.start[last]]
        if last == dash + 1 or not closes or tokens.upos[dash + 1] != "PROPN":
            continue
        source = sources.run(tokens, dash + 1, last)
        if source is not None:
            part = (Span(quote.start, quote.end),)
            found.append(Draft(dash, entry, "dash", tokens.span(dash, dash + 1), source, part, "signed"))
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
    elif tokens.dep[token] != "case" or not (
        tokens.upos[tokens.head[token]] == "PROPN" or tokens.child(tokens.head[token], "det", "nmod:poss")
    ):
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
    source = _closed(tokens, sources.Source(head, last, max(source.last, head + 1), source.rule))
    hole = (token, source.last)
    begin, end = tokens.sentences[tokens.sentence[token]]
    opening = all(tokens.upos[i] in ("PUNCT", "CCONJ", "ADV") for i in range(begin, token))
    parts: tuple[Span, ...]
    if opening:
        part = extent.trim(tokens, source.last, end)
        parts = (tokens.span(*part),) if part is not None else ()
    else:
        parts = _around(here, governor, hole) if governor >= 0 else ()
    if not parts:
        return None
    return Draft(token, entry, "according to", tokens.span(token, last), source, parts, "adjunct")


def _closed(tokens: Tokens, source: sources.Source) -> sources.Source:
    """Cut a source after "according to" at the comma where the sentence goes on with a verb of its own."""
    begin = source.head + 1
    for token in range(begin, source.last):
        if tokens.word[token] != ",":
            continue
        closing = next((i for i in range(token + 1, source.last) if tokens.word[i] == ","), source.last)
        finite = any(tokens.tag[i] in ("VBD", "VBZ", "VBP", "MD") for i in range(token + 1, closing))
        relative = tokens.lemma[min(token + 1, len(tokens) - 1)] in ("who", "which", "whose")
        if (finite and not relative) or closing >= source.last:
            return sources.Source(source.head, source.first, token, source.rule)
    return source


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
    ranges = extent.without(tokens, (first, last), hole)
    trimmed = [part for each in ranges if (part := extent.trim(tokens, *each)) is not None]
    return tuple(tokens.span(*part) for part in trimmed if part[1] - part[0] > 1 or len(trimmed) == 1)


def _adverb(here: Page, cues: Cues, token: int) -> Draft | None:
    tokens = here.tokens
    head = tokens.head[token]
    if head < 0 or tokens.dep[token] != "advmod":
        return None
    ranges = extent.without(tokens, tokens.phrase(head), (token, token + 1))
    parts = tuple(tokens.span(*part) for each in ranges if (part := extent.trim(tokens, *each)) is not None)
    if not parts:
        return None
    entry = cues.adverbs[tokens.lemma[token]]
    return Draft(token, entry, tokens.lemma[token], tokens.span(token, token + 1), None, parts, "adverb", score=0.7)


def _defined(here: Page, cues: Cues, token: int) -> Draft | None:
    """Read "as defined in the charter" and "as described by the army": the clause around it is the content."""
    tokens = here.tokens
    lead = tokens.child(token, "mark", "advmod", "case")
    maker = next((c for c in tokens.children[token] if c > token and tokens.dep[c].startswith("obl")), None)
    if lead is None or tokens.lemma[lead] != "as" or lead > token or maker is None:
        return None
    case = tokens.child(maker, "case")
    if case is None or tokens.lemma[case] not in ("in", "by", "under"):
        return None
    top = tokens.head[token]
    while top >= 0 and tokens.dep[top] not in ("root", "ccomp", "conj", "parataxis", "advcl"):
        top = tokens.head[top]
    source = sources.phrase(tokens, maker, token, rule="document")
    parts = _around(here, top, (lead, source.last)) if top >= 0 else ()
    if not parts:
        return None
    return Draft(token, cues.defining[tokens.lemma[token]], tokens.lemma[token], tokens.span(token, token + 1), source, parts, "adjunct")


def _words_of(here: Page, cues: Cues, head: int) -> Draft | None:
    """Read "in the words of X", "in X's view", "by her own admission"."""
    tokens = here.tokens
    word = tokens.lemma[head]
    case = tokens.child(head, "case")
    if case is None:
        return None
    general, nouns, leads, determiners = cues.accounts
    if word in nouns and tokens.lemma[case] in leads and any(tokens.lemma[c] in determiners for c in tokens.children[head] if c < head):
        source = sources.phrase(tokens, head, case, rule="owner")
        parts = _around(here, tokens.head[head], tokens.phrase(head)) if tokens.head[head] >= 0 else ()
        return Draft(head, general, word, tokens.span(case, case + 1), source, parts, "adjunct") if parts else None
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


def _goal(here: Page, cues: Cues, token: int) -> Draft | None:
    """Read "the goal of X is to ..." and "X's hope is that ...": what a copula says of a noun of intention."""
    tokens = here.tokens
    entry = next((each for each in cues.nouns[tokens.lemma[token]] if "copula" in each.options), None)
    said = tokens.head[token]
    copula = tokens.child(said, "cop") if said >= 0 else None
    if entry is None or copula is None or not token < copula < len(tokens):
        return None
    lead = next((c for c in tokens.children[said] if tokens.dep[c] == "mark" and c > copula and tokens.lemma[c] in ("to", "that")), None)
    owner = tokens.child(token, "nmod:poss") or next(
        (c for c in tokens.children[token] if tokens.dep[c] == "nmod" and c > token and _of(here, c)), None
    )
    if lead is None or owner is None:
        return None
    part = extent.trim(tokens, lead, tokens.phrase(said)[1])
    if part is None:
        return None
    source = sources.phrase(tokens, owner, token, rule="owner")
    return Draft(token, entry, tokens.lemma[token], tokens.span(token, token + 1), source, (tokens.span(*part),), "goal")


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
        part = extent.trim(tokens, *tokens.phrase(child))
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
