"""Attributions before anybody is looked up: cue, source and content put together, with quotations taken whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.stages.attribute import adjuncts, asides, cited, contents, extent, layout, rejoinders, sources, turns
from dragoman.stages.attribute.cues import Cue, Cues, Entry, before
from dragoman.stages.attribute.page import Draft, Page
from dragoman.stages.attribute.quotes import Quote
from dragoman.types import Span, Tokens

_LONGEST_SENTENCE = 600


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
    drafts = cited.find(here, cues, drafts, found=found)
    drafts = turns.find(here, cues, rejoinders.find(here, cues, drafts), found=found)
    grown = [grown for each in drafts if (grown := _grow(here, each)) is not None]
    return [each for each in grown if _tells(here, each, grown)]


def _tells(here: Page, made: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether somebody is told as saying something: not what was not said, not the publisher's own "we", not a question to "you"."""
    tokens = here.tokens
    if made.entry is None or made.cue is None or made.frame in ("refusal", "statement"):
        return True
    if made.entry.stance == "asserts" and made.entry.act in ("speech", "writing", "document") and (made.negated or _nobody(tokens, made)):
        return False
    if made.source is None or made.source.last - made.source.first > 1:
        return True
    speaker = tokens.word[made.source.head].lower()
    if speaker == "you":
        return not any(tokens.word[i] == "?" for i in range(*tokens.sentences[tokens.sentence[made.token]]))
    if speaker in ("i", "we") and here.quote_at(made.cue.start) is None:
        return any(part.holds(made.cue) for each in drafts if each is not made for part in each.content)
    return True


def _nobody(tokens: Tokens, made: Draft) -> bool:
    """Tell whether a statement is one that nobody made, or that somebody refuses, fails or is only asked to make."""
    if made.source is not None:
        head = made.source.head
        if tokens.lemma[head] in ("nobody", "none", "neither", "anybody", "anyone") or any(
            tokens.lemma[c] in ("no", "neither") for c in tokens.children[head] if c < head
        ):
            return True
    upper = tokens.head[made.token]
    return tokens.dep[made.token] == "xcomp" and upper >= 0 and tokens.lemma[upper] in ("decline", "refuse", "fail", "yet", "hesitate")


def _one(here: Page, cues: Cues, cue: Cue) -> Draft | None:
    tokens = here.tokens
    aside = asides.find(here, cue, cues) if layout.left_quote(here, cue) is None else None
    if aside is None and cue.misread:
        return None
    if aside is not None:
        entry = next(each for each in cue.entries if each.takes & {"clause", "that"})
        return _draft(here, cue, entry, aside.source, aside.parts, frame="aside", last=cue.last)
    found = _within(here, cue, contents.find(tokens, cue, cues))
    cue, source = _issued(here, cues, cue) or (cue, sources.find(tokens, cue, cues, predicates=here.predicates))
    if found is not None and found.frame == "raised":
        spans = tuple(tokens.span(*part) for part in found.ranges)
        return _draft(here, cue, found.entry, sources.agent(tokens, cue), spans, frame="raised", last=cue.last)
    if source is not None and here.quote_at(tokens.start[source.head]) != here.quote_at(tokens.start[cue.token]):
        source = None
    laid = layout.lay_out(here, cue, found, source=source, cues=cues)
    if laid is not None and source is None and tokens.upos[cue.token] == "VERB":
        source = layout.between(here, cue, laid)
    if laid is not None and not _quoting_only(here, cue, laid):
        return None
    if laid is not None and (found is None or found.frame not in ("clause", "around")):
        return _draft(here, cue, cue.entries[0], source, laid, frame="quote", last=cue.last)
    if found is None:
        laid = layout.parenthesis(here, cue, source)
        return _draft(here, cue, cue.entries[0], source, laid, frame="parenthesis", last=cue.last) if laid else None
    if not _fits(tokens, cue, found, source, cues) or (
        "no_actor" in found.entry.options
        and found.frame == "thing"
        and tokens.lemma[found.head] not in cues.statements
        and here.names_somebody(found.head)
    ):
        return None
    if laid is not None:
        return _draft(here, cue, found.entry, source, laid, frame=found.frame, last=found.cue_last)
    ranges = extent.widen(tokens, cue, cues, ranges=found.ranges, frame=found.frame)
    spans = tuple(tokens.span(*part) for part in ranges)
    return _draft(here, cue, found.entry, source, spans, frame=found.frame, last=found.cue_last)


def _within(here: Page, cue: Cue, found: contents.Found | None) -> contents.Found | None:
    """Cut content at the semicolons around a cue; drop it where it stands wholly beyond them."""
    if found is None:
        return None
    begin, end = here.stretch(cue.token)
    ranges = tuple((max(first, begin), min(last, end)) for first, last in found.ranges if first < end and last > begin)
    return replace(found, ranges=ranges) if ranges and begin <= found.head < end else None


def _quoting_only(here: Page, cue: Cue, laid: tuple[Span, ...]) -> bool:
    """Tell whether a verb that reports only with quotation marks ("smiled", "continued") has them."""
    if any("clause" in entry.takes for entry in cue.entries) or here.text[laid[0].start :].startswith("that "):
        return True
    index = here.after(laid[0].start)
    return index < len(here.quotes) and here.quotes[index].start < laid[-1].end


def _issued(here: Page, cues: Cues, cue: Cue) -> tuple[Cue, sources.Source | None] | None:
    """Read "issued a statement saying" as one cue of the issuer, where the verb hangs on a text that somebody gives out."""
    tokens = here.tokens
    text = tokens.head[cue.token]
    if tokens.dep[cue.token] not in ("acl", "acl:relcl") or text < 0 or tokens.lemma[text] not in cues.documents:
        return None
    verb = tokens.head[text]
    if verb < 0 or tokens.dep[text] != "obj" or tokens.lemma[verb] not in cues.issuing or not verb < text < cue.token:
        return None
    head, rule = sources.subject(tokens, verb)
    if head is None:
        return None
    first, _ = before(tokens, verb, cues)
    return replace(cue, first=first, passive=False), sources.phrase(tokens, head, verb, rule=rule)


def _draft(here: Page, cue: Cue, entry: Entry, source: sources.Source | None, content: tuple[Span, ...], *, frame: str, last: int) -> Draft:
    tokens = here.tokens
    first = cue.first
    if tokens.upos[cue.token] == "NOUN" and first > 0 and tokens.tag[first - 1] == "POS":
        first -= 1
    if source is not None and source.first < cue.token:
        first = max(first, min(source.last, cue.token))
    return Draft(cue.token, entry, cue.form, tokens.span(first, max(last, cue.token + 1)), source, content, frame, cue.negated)


def _fits(tokens: Tokens, cue: Cue, found: contents.Found, source: sources.Source | None, cues: Cues) -> bool:
    """Tell whether source and content are of the kind that the entry asks for."""
    entry = found.entry
    if tokens.upos[cue.token] == "NOUN":
        if source is None and found.frame == "preposition" and tokens.tag[cue.token] == "NNS":
            return cue.form in ("report", "allegation", "rumour", "rumor", "fear")
        return not (source is None and (found.frame != "clause" or "needs_source" in entry.options))
    if source is None and tokens.tag[cue.token] == "VB":
        return False
    if source is None:
        return found.frame == "clause" or (cue.passive and found.frame in ("name", "charge", "infinitive", "preposition"))
    if tokens.dep[source.head] == "expl" or tokens.lemma[source.head] == "there":
        return False
    if "document" in entry.options:
        return tokens.lemma[source.head] in cues.documents or tokens.upos[source.head] == "PRON"
    if entry.act == "intention" and tokens.lemma[source.head] in ("i", "we") and tokens.lemma[found.head] in cues.verbs:
        return False
    if "person_only" in entry.options:
        return tokens.lemma[source.head] not in ("it", "this", "that", "there", "which")
    return True


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
