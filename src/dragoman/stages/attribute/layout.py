"""Where content lies around its cue: before, after or on both sides; quotations beside it are taken whole."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from dragoman.stages.attribute import contents, extent, sources
from dragoman.stages.attribute.cues import SUBJECTS, Cue, Cues
from dragoman.stages.attribute.page import Page
from dragoman.stages.attribute.quotes import Quote
from dragoman.stages.attribute.sources import Source
from dragoman.types import Span, Tokens

_STOPS = frozenset(".!?…,;:-–—―")
_LEADING = frozenset(("", ",", ":", ", :", ",:", "that", ": that", ", that", "—", "–", "-", "...", "as", "is", "was"))
_SAYING = frozenset(("cue:verb/say", "cue:verb/assure", "cue:verb/argue", "cue:verb/write"))
_FARTHEST_LEAD = 16
_LONGEST_ASIDE = 10
_FARTHEST_CLAUSE = 24


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cue with its source, as one range of tokens that content lies around."""

    first: int
    last: int  # half-open


def cluster(here: Page, cue: Cue, source: Source | None) -> Cluster:
    """Return the range of a cue and its source, where the two stand together."""
    tokens = here.tokens
    first, last = cue.first, cue.last
    if source is not None and tokens.sentence[source.head] == tokens.sentence[cue.token]:
        if source.last <= cue.first and not any(tokens.upos[i] == "VERB" for i in range(source.last, cue.first)):
            first = source.first
        elif source.first >= cue.token and source.first - cue.last <= 3:
            last = source.last
    return Cluster(first, last)


def _is_predicate(tokens: Tokens, token: int) -> bool:
    return tokens.upos[token] == "VERB" and tokens.dep[token] in ("root", "conj", "ccomp", "parataxis")


def lay_out(here: Page, cue: Cue, found: contents.Found | None, *, source: Source | None, cues: Cues) -> tuple[Span, ...] | None:
    """Return the parts of clause or quotation content around a cue, or None where there is none.

    A quotation right before the cue and its source wins over the grammar; words after the cue are then
    content only where they are quoted too. Without one the side of the content's head decides, and
    both sides count when commas set the cue apart ("Prices, he said, rose").
    """
    tokens = here.tokens
    block = cluster(here, cue, source)
    quoting = tokens.upos[cue.token] == "VERB" and any(entry.takes & {"clause", "quote", "that"} for entry in cue.entries)
    left = _left_quote(here, cue, block) if quoting and tokens.tag[cue.token] != "VBG" else None
    right = _right_quote(here, cue, block) if quoting else None
    bare = found is None or found.frame not in ("clause", "around")
    if left is not None:
        start = left.start if bare or found is None else _clause_start(here, found, left, block)
        parts = [Span(min(start, left.start), left.end)]
        if right is not None and _apart(here, block, right):
            parts.append(Span(right.start, right.end))
        return tuple(parts)
    if bare or found is None:
        if found is None and right is not None:
            return (Span(right.start, right.end),)
        return (_interrupted(here, cue, block) or _tail(here, cue, block, cues)) if found is None and quoting else None
    if found.head < cue.token:
        return _before(here, cue, found, block, right)
    return _after(here, cue, found, block, cues)


def _interrupted(here: Page, cue: Cue, block: Cluster) -> tuple[Span, ...] | None:
    """Return the clause with "that" after a remark between commas: "reported, citing a clerk, [that two had resigned]"."""
    tokens = here.tokens
    end = here.stretch(cue.token)[1]
    if block.last + 2 >= end or tokens.word[block.last] != "," or tokens.tag[block.last + 1] != "VBG" or cue.passive:
        return None
    for token in range(block.last + 2, min(end, block.last + _FARTHEST_CLAUSE)):
        if tokens.lemma[token] == "that" and tokens.word[token - 1] == "," and tokens.dep[token] == "mark":
            part = extent.trim(tokens, token, end)
            return (tokens.span(*part),) if part is not None else None
    return None


def _tail(here: Page, cue: Cue, block: Cluster, cues: Cues) -> tuple[Span, ...] | None:
    """Return the rest of the sentence after a verb of saying whose clause the grammar lost: "that" or a finite verb must follow."""
    tokens = here.tokens
    if cue.passive or not any(entry.id in _SAYING for entry in cue.entries):
        return None
    end = here.stretch(cue.token)[1]
    finite = next((i for i in range(block.last, end) if tokens.tag[i] in ("VBD", "VBZ", "VBP", "MD")), None)
    if finite is None and (cue.form != "say" or end - block.last < 6):
        return None
    stop = end if finite is None else finite
    near = min(stop, block.last + _LONGEST_ASIDE // 2)
    first = next((i for i in range(block.last, near) if tokens.lemma[i] == "that" and tokens.dep[i] == "mark"), None)
    if first is None and tokens.tag[cue.token] in ("VB", "VBG") and cue.form not in ("say", "add", "tell"):
        return None
    if first is None:
        if any(entry.id == "cue:verb/write" for entry in cue.entries):
            return None
        if finite == block.last or (
            finite is not None and (_in_relative(tokens, finite) or any(tokens.word[i] == "," for i in range(block.last, finite)))
        ):
            return None
        if tokens.word[block.last] in (",", "that") or tokens.upos[block.last] not in ("PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM"):
            return None
        first = block.last
    part = extent.trim(tokens, first, extent.right_end(tokens, cue, cues, first=first, last=end, end=end))
    return (tokens.span(*part),) if part is not None else None


def _in_relative(tokens: Tokens, token: int) -> bool:
    """Tell whether a finite verb, or the verb it helps, stands in a relative clause."""
    return tokens.dep[token].startswith("acl") or (
        tokens.dep[token] in ("aux", "cop", "aux:pass") and tokens.dep[tokens.head[token]].startswith("acl")
    )


def _clause_start(here: Page, found: contents.Found, left: Quote, block: Cluster) -> int:
    """Return where a partly quoted clause before a cue begins ("The city "is lost", he said")."""
    first = found.ranges[0][0]
    start = here.tokens.start[first]
    if (
        start < left.start
        and found.head < block.first
        and here.tokens.start[found.head] < left.end
        and _one_clause(here, start, left.start)
    ):
        return start
    return left.start


def _one_clause(here: Page, start: int, end: int) -> bool:
    return not any(mark in here.text[start:end] for mark in '.!?;\n“”"') and end - start < 300


def _before(here: Page, cue: Cue, found: contents.Found, block: Cluster, right: Quote | None) -> tuple[Span, ...] | None:
    """Return content that stands before the cue, up to it, with a quotation that goes on after it."""
    tokens = here.tokens
    first = found.ranges[0][0]
    part = extent.trim(tokens, first, block.first) if first < block.first else None
    if part is None:
        return None
    parts = [tokens.span(*part)]
    if right is not None and _apart(here, block, right):
        parts.append(Span(right.start, right.end))
    return tuple(parts)


def _apart(here: Page, block: Cluster, right: Quote) -> bool:
    """Tell whether a quotation after the cue goes on with one before it: a comma or stop leads to it."""
    gap = here.text[here.tokens.end[block.last - 1] : right.start].strip()
    return gap[-1:] in (",", ":", ";", "—", "–", "-") or gap == ""


def _after(here: Page, cue: Cue, found: contents.Found, block: Cluster, cues: Cues) -> tuple[Span, ...] | None:
    """Return content after the cue, with what stands before it when commas set the cue apart."""
    tokens = here.tokens
    first = found.ranges[-1][0] if found.ranges[-1][0] >= cue.token else cue.last
    first = max(first, block.last) if found.frame == "clause" else first
    parts = []
    comma = _comma_after(tokens, block)
    opens = found.ranges[0][0]
    if comma is not None and opens < block.first and comma < found.head and found.frame in ("around", "clause"):
        if tokens.dep[cue.token] in ("root", "parataxis", "ccomp"):
            opens = _clause_begin(tokens, cue, opens)
        left = extent.trim(tokens, opens, block.first)
        if left is not None and tokens.word[block.first - 1] in (",", "—", "–", "-", "(", "--"):
            parts.append(tokens.span(*left))
        first = max(first, comma + 1)
    elif comma is None:
        first = _gap(tokens, cue, found, first)
        while (
            first + 1 < found.head and tokens.lemma[first] in cues.times and tokens.upos[first + 1] not in ("ADP", "PART", "PUNCT", "CCONJ")
        ):
            first += 1
    end = here.stretch(cue.token)[1]
    last = extent.right_end(tokens, cue, cues, first=first, last=max(found.ranges[-1][1], first + 1), end=end)
    right = extent.trim(tokens, first, last)
    if right is not None:
        parts.append(tokens.span(*right))
    return tuple(parts) or None


def _clause_begin(tokens: Tokens, cue: Cue, opens: int) -> int:
    """Return where a sentence with a parenthesis begins, when the grammar cut off its first words ("To win, he said, ...")."""
    begin = tokens.sentences[tokens.sentence[cue.token]][0]
    between = range(begin, opens)
    if any(tokens.dep[i] in ("root", "conj", "ccomp", "parataxis") and tokens.upos[i] in ("VERB", "AUX") for i in between):
        return opens
    return begin


def _comma_after(tokens: Tokens, block: Cluster) -> int | None:
    """Return the comma or dash that closes a parenthesis with the cue, past a short aside ("he said in June,")."""
    end = tokens.sentences[tokens.sentence[block.first]][1]
    for token in range(block.last, min(end, block.last + _LONGEST_ASIDE)):
        if tokens.word[token] in (",", "—", "–", "--", ")"):
            return token
        if tokens.upos[token] in ("VERB", "AUX", "SCONJ") or tokens.dep[token] in ("mark", "nsubj"):
            return None
    return None


def _gap(tokens: Tokens, cue: Cue, found: contents.Found, first: int) -> int:
    """Return where content begins when the grammar left words between cue and content: at "that", or at the first of them."""
    start = cue.last
    if not start < first <= start + 12:
        return first
    for token in range(start, first):
        if tokens.lemma[token] in ("that", "whether") and tokens.upos[token] in ("SCONJ", "PRON", "DET", "ADP"):
            return token
    if any("hearer" in entry.options for entry in cue.entries):
        return first
    for token in range(start, first):
        if tokens.dep[token] in SUBJECTS and tokens.head[token] in (cue.token, found.head):
            return token if token == start else extent.left_edge(tokens, token, start)
    return first


def _left_quote(here: Page, cue: Cue, block: Cluster) -> Quote | None:
    """Return the quotation that ends right before a cue and its source."""
    around = here.quote_at(here.tokens.start[cue.token])
    start = here.tokens.start[block.first]
    left = bisect_left(here.starts, start) - 1
    for _ in range(40):
        if left < 0 or here.quotes[left].parent == around:
            break
        parent = here.quotes[left].parent
        left = parent if parent is not None else left - 1
    if left < 0 or left == around or here.quotes[left].parent != around or here.quotes[left].end > start:
        return None
    quote = here.quotes[left]
    gap = here.text[quote.end : start]
    if here.sentence_at(quote.end - 1) != here.tokens.sentence[cue.token] and not _asks_on(here, quote):
        return None
    near = len(gap.split()) <= 2 and not any(mark in gap for mark in ".!?;\n:") and "and" not in gap.split() and "but" not in gap.split()
    return quote if near and _is_speech(here.text, quote) else None


def left_quote(here: Page, cue: Cue) -> Quote | None:
    """Return the quotation right before a cue, or before the words between a comma and the cue, when it is speech."""
    tokens = here.tokens
    first = cue.first
    begin = tokens.sentences[tokens.sentence[cue.token]][0]
    while first > begin and cue.first - first < _FARTHEST_LEAD and tokens.word[first - 1] not in (",", "”", '"', "''", "»", "’"):
        first -= 1
    quote = _left_quote(here, cue, Cluster(first, cue.last))
    if quote is None:
        return None
    clause = here.text[tokens.start[here.stretch(cue.token)[0]] : quote.start].strip()
    return quote if not clause or here.begins_upper(quote) else None


def _asks_on(here: Page, quote: Quote) -> bool:
    """Tell whether a quotation that ends the sentence before a cue can be what is said: no full stop ends it."""
    inner = here.text[quote.start : quote.end].rstrip("“”\"'‘’«»„‟` ")
    return inner[-1:] in ("?", "!", ",", "…", "—", "–", "-")


def _is_speech(text: str, quote: Quote) -> bool:
    """Tell whether a quotation before a cue is speech rather than a name in marks: it ends in a stop, or a comma follows."""
    inner = text[quote.start : quote.end].strip("“”\"'‘’«»„‟` ")
    return inner[-1:] in _STOPS or text[quote.end : quote.end + 1] == ","


def _right_quote(here: Page, cue: Cue, block: Cluster) -> Quote | None:
    """Return the quotation that a cue leads to, on the same line or after a colon."""
    around = here.quote_at(here.tokens.start[cue.token])
    end = here.tokens.end[block.last - 1]
    right = bisect_left(here.starts, end)
    if right >= len(here.quotes) or here.quotes[right].parent != around:
        return None
    quote = here.quotes[right]
    bare = here.text[end : quote.start].strip()
    new_paragraph = "\n\n" in here.text[end : quote.start]
    if bare in _LEADING:
        return quote if not new_paragraph or bare.startswith(":") else None
    if any(mark in bare for mark in ".!?;") or len(bare.split()) > _FARTHEST_LEAD:
        return None
    if bare[-1] not in ",:" or (new_paragraph and bare[-1] != ":"):
        return None
    between = here.tokens.within(Span(here.tokens.end[cue.last - 1], quote.start))
    if between is None:
        return quote
    return None if any(_is_predicate(here.tokens, i) for i in range(*between)) else quote


def between(here: Page, cue: Cue, laid: tuple[Span, ...]) -> Source | None:
    """Return the short noun phrase between a quotation and a cue that the grammar did not read as its subject."""
    tokens = here.tokens
    left = [part.end for part in laid if part.end <= here.tokens.start[cue.first]]
    if not left:
        return None
    begin = tokens.within(Span(left[-1], max(left[-1] + 1, tokens.start[cue.first])))
    if begin is not None and cue.first > begin[0]:
        trimmed = extent.trim(tokens, begin[0], cue.first)
        if trimmed is None or trimmed[1] - trimmed[0] > _LONGEST_ASIDE or any(tokens.upos[i] in ("VERB", "AUX") for i in range(*trimmed)):
            return None
        return sources.run(tokens, *trimmed)
    return sources.after(tokens, cue)


def parenthesis(here: Page, cue: Cue, source: Source | None) -> tuple[Span, ...] | None:
    """Return the sentence around ", X said," or before ", X said." where the grammar shows no content."""
    tokens = here.tokens
    if source is None or tokens.upos[cue.token] != "VERB" or cue.passive or not any("clause" in entry.takes for entry in cue.entries):
        return None
    block = cluster(here, cue, source)
    begin, end = here.stretch(cue.token)
    if block.first <= begin + 1 or tokens.word[block.first - 1] != "," or source.first < block.first or source.last > block.last:
        return None
    comma = _comma_after(tokens, block)
    stop = block.last
    while stop < end and tokens.dep[stop] == "punct" and tokens.word[stop] not in (",",):
        stop += 1
    if comma is None and stop < end:
        return None
    relative = any(tokens.lemma[c] in ("who", "which", "that", "whom", "whose", "where") for c in tokens.children[cue.token])
    if tokens.dep[cue.token] in ("conj", "advcl", "acl", "xcomp") or (tokens.dep[cue.token] == "acl:relcl" and relative):
        return None
    parts = [extent.trim(tokens, begin, block.first)]
    if comma is not None and stop < end:
        parts.append(extent.trim(tokens, comma + 1, end))
    return tuple(tokens.span(*part) for part in parts if part is not None) or None
