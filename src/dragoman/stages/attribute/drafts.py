"""Attributions before anybody is looked up: cue, source and content put together, with quotations taken whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dragoman.stages.attribute import adjuncts, contents, sources
from dragoman.stages.attribute.cues import Cue, Cues, Entry
from dragoman.stages.attribute.page import Draft, Page
from dragoman.stages.attribute.quotes import Quote
from dragoman.types import Span, Tokens

_LONGEST_SENTENCE = 600
_STOPS = frozenset(".!?…,;:-–—―")


def draft(here: Page, cues: Cues, found: Sequence[Cue]) -> list[Draft]:
    """Return the attributions of a report in the order of their cues, contents already grown to whole quotations."""
    tokens = here.tokens
    drafts = []
    for cue in found:
        a, b = tokens.sentences[tokens.sentence[cue.token]]
        if b - a <= _LONGEST_SENTENCE:
            made = _one(here, cues, cue)
            if made is not None:
                drafts.append(made)
    drafts.extend(adjuncts.find(here, cues))
    drafts.sort(key=lambda each: (each.token, each.frame))
    return [grown for each in drafts if (grown := _grow(here, each)) is not None]


def _one(here: Page, cues: Cues, cue: Cue) -> Draft | None:
    tokens = here.tokens
    found = contents.find(tokens, cue)
    source = sources.find(here.grammar, cue, cues)
    if found is None or found.frame in ("thing", "around"):
        quoted = _beside(here, cue, source)
        if quoted is not None:
            return _draft(here, cue, cue.entries[0], source, quoted, frame="quote", last=cue.last)
    if found is None or not _fits(tokens, cue, found, source, cues):
        return None
    spans = tuple(_char(here, part) for part in found.ranges)
    return _draft(here, cue, found.entry, source, spans, frame=found.frame, last=found.cue_last)


def _draft(here: Page, cue: Cue, entry: Entry, source: sources.Source | None, content: tuple[Span, ...], *, frame: str, last: int) -> Draft:
    tokens = here.tokens
    first = cue.first
    if tokens.upos[cue.token] == "NOUN" and first > 0 and tokens.tag[first - 1] == "POS":
        first -= 1
    if source is not None and source.first < cue.token:
        first = max(first, min(source.last, cue.token))
    return Draft(cue.token, entry, cue.form, tokens.span(first, max(last, cue.token + 1)), source, content, frame, cue.negated)


def _char(here: Page, part: tuple[int, int]) -> Span:
    return here.tokens.span(*part)


def _fits(tokens: Tokens, cue: Cue, found: contents.Found, source: sources.Source | None, cues: Cues) -> bool:
    """Tell whether source and content are of the kind that the entry asks for."""
    entry = found.entry
    if tokens.upos[cue.token] == "NOUN":
        return not (source is None and (found.frame == "preposition" or "needs_source" in entry.options))
    if source is None:
        return (cue.passive and found.frame in ("clause", "name")) or found.frame == "clause"
    if tokens.lemma[source.head] in ("it", "there") and found.frame != "clause":
        return False
    if "document" in entry.options and found.frame == "thing":
        return tokens.lemma[source.head] in cues.documents
    if "person_only" in entry.options:
        return tokens.lemma[source.head] not in ("it", "this", "that", "there", "which")
    return True


def _beside(here: Page, cue: Cue, source: sources.Source | None) -> tuple[Span, ...] | None:
    """Return the quotation that stands right before or after a cue with its source."""
    if not any(entry.takes & {"clause", "quote"} for entry in cue.entries) or here.tokens.upos[cue.token] != "VERB":
        return None
    tokens, text = here.tokens, here.text
    around = here.quote_at(tokens.start[cue.token])
    first, last = cue.first, cue.last
    if source is not None and tokens.sentence[source.head] == tokens.sentence[cue.token]:
        first, last = min(first, source.first), max(last, source.last)
    start, end = tokens.start[first], tokens.end[last - 1]
    left = bisect_left(here.starts, start) - 1
    while left >= 0 and here.quotes[left].parent != around and here.quotes[left].start > start - 100_000:
        parent = here.quotes[left].parent
        left = parent if parent is not None else left - 1
    if left >= 0 and here.quotes[left].end <= start and here.quotes[left].parent == around:
        quote = here.quotes[left]
        gap = text[quote.end : start]
        if _short(gap) and _said(text, quote) and "\n" not in gap.strip(" \t"):
            return (Span(quote.start, quote.end),)
    right = bisect_left(here.starts, end)
    if right < len(here.quotes) and here.quotes[right].parent == around:
        quote = here.quotes[right]
        gap = text[end : quote.start]
        if _leads(here, gap, cue, quote):
            return (Span(quote.start, quote.end),)
    return None


def _short(gap: str) -> bool:
    return len(gap.split()) <= 2 and not any(mark in gap for mark in ".!?;")


def _said(text: str, quote: Quote) -> bool:
    """Tell whether a quotation is speech rather than a name in marks: it ends in a stop, or has four words."""
    inner = text[quote.start : quote.end].strip("“”\"'‘’«»„‟ ")
    return inner[-1:] in _STOPS or len(inner.split()) >= 4 or text[quote.end : quote.end + 1] == ","


def _leads(here: Page, gap: str, cue: Cue, quote: Quote) -> bool:
    """Tell whether words between a cue and a quotation only lead to it ("told reporters in Kyiv on Monday: ...")."""
    bare = gap.strip()
    if bare in ("", ",", ":", ", :", "that", ": that", ", that", "—", "–", "-", "..."):
        return "\n\n" not in gap or bare.startswith(":")
    if any(mark in bare for mark in ".!?;") or len(bare.split()) > 14:
        return False
    if bare[-1] not in ",:" or ("\n\n" in gap and bare[-1] != ":"):
        return False
    between = here.tokens.within(Span(here.tokens.end[cue.last - 1], quote.start))
    if between is None:
        return True
    return not any(here.tokens.upos[i] == "VERB" and here.tokens.dep[i] in ("conj", "parataxis", "root") for i in range(*between))


def _grow(here: Page, made: Draft) -> Draft | None:
    """Let content that touches a quotation reach its marks, and keep it inside the quotation that holds the cue."""
    start = here.tokens.start[made.token]
    around = here.quote_at(start)
    parts = []
    for part in made.content:
        grown = _reach(here, part, around, start)
        if around is not None:
            quote = here.quotes[around]
            inner = Span(max(grown.start, quote.start), min(grown.end, quote.end)) if grown.overlaps(Span(quote.start, quote.end)) else None
            if inner is None:
                continue
            bare = _unmarked(inner, quote)
            if bare is None:
                continue
            grown = bare
        parts.append(grown)
    parts = _disjoint(here, made, parts)
    return replace(made, content=tuple(parts)) if parts else None


def _unmarked(part: Span, quote: Quote) -> Span | None:
    """Cut the marks of the quotation around a part that would reach over them."""
    width = len(quote.mark)
    start = max(part.start, quote.start + width)
    end = min(part.end, quote.end - width) if quote.closed else part.end
    return Span(start, end) if start < end else None


def _reach(here: Page, part: Span, around: int | None, cue: int) -> Span:
    """Return ``part`` grown to the marks of the quotations that begin or end in it."""
    start, end = part.start, part.end
    first = _outermost(here, here.quote_at(start), around)
    if first is not None and not here.quotes[first].start <= cue < here.quotes[first].end:
        start = min(start, here.quotes[first].start)
        end = max(end, here.quotes[first].end) if _whole(here, first, part) else end
    last = _outermost(here, here.quote_at(end - 1), around)
    if last is not None and not here.quotes[last].start <= cue < here.quotes[last].end:
        end = max(end, here.quotes[last].end)
        start = min(start, here.quotes[last].start)
    text = here.text
    if start > 0 and text[start - 1] in "“\"„«‘'”「" and here.quote_at(start - 1) is not None:
        opened = _outermost(here, here.quote_at(start - 1), around)
        if opened is not None and here.quotes[opened].start == start - 1 and not here.quotes[opened].start <= cue < here.quotes[opened].end:
            start, end = start - 1, max(end, here.quotes[opened].end)
    for extra in (1, 2):
        closer = here.quote_at(end + extra - 1) if end + extra - 1 < len(text) else None
        closer = _outermost(here, closer, around)
        if closer is not None and here.quotes[closer].end == end + extra and here.quotes[closer].start >= start:
            if not here.quotes[closer].start <= cue < here.quotes[closer].end:
                end = here.quotes[closer].end
            break
    return Span(start, end)


def _whole(here: Page, quote: int, part: Span) -> bool:
    """Tell whether the content that begins in a quotation goes to its end (sentences of one quotation belong together)."""
    return here.quotes[quote].end > part.end


def _outermost(here: Page, index: int | None, around: int | None) -> int | None:
    """Return the ancestor of a quotation that stands directly in the quotation ``around``."""
    while index is not None and index != around:
        parent = here.quotes[index].parent
        if parent == around:
            return index
        index = parent
    return None


def _disjoint(here: Page, made: Draft, parts: list[Span]) -> list[Span]:
    """Sort the parts, join those that touch, and cut out the cue and the source."""
    holes = [made.cue] if made.cue is not None else []
    if made.source is not None and made.frame not in ("name", "thing"):
        holes.append(here.tokens.span(made.source.first, made.source.last))
    cut: list[Span] = []
    for part in sorted(parts):
        pieces = [part]
        for hole in holes:
            if hole.holds(part):
                pieces = []
            elif any(piece.overlaps(hole) for piece in pieces):
                pieces = [kept for piece in pieces for kept in _split(here.text, piece, hole)]
        cut.extend(pieces)
    joined: list[Span] = []
    for part in sorted(cut):
        if joined and part.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, part.end))
        else:
            joined.append(part)
    return joined


def _split(text: str, part: Span, hole: Span) -> list[Span]:
    if not part.overlaps(hole):
        return [part]
    kept = []
    for start, end in ((part.start, hole.start), (hole.end, part.end)):
        while start < end and text[start] in " \t\n,;:":
            start += 1
        while end > start and text[end - 1] in " \t\n,;:":
            end -= 1
        if start < end:
            kept.append(Span(start, end))
    return kept
