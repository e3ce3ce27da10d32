"""Quotations without a cue of their own: those that go on after "he said", and those that nobody speaks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dragoman.stages.attribute.page import Draft, Page
from dragoman.stages.attribute.quotes import Quote
from dragoman.types import Rejected, Span

_FEWEST_WORDS = 5
_MOST_SENTENCES = 3


def follow(here: Page, made: Sequence[Draft]) -> tuple[list[Draft], list[Rejected]]:
    """Give each open quotation to the speaker who goes on; return the drafts and what stays without one.

    In the sentence of an attribution that ended in a quotation the words become a further part of its
    content; in the next sentence or paragraph, or where the mark of a new paragraph opens it, they make an
    attribution without a cue. A quotation inside a sentence of the reporter's own is set aside.
    """
    drafts = list(made)
    covered = _covered([draft for draft in drafts if here.quote_at(here.tokens.start[draft.token]) is None])
    rejected = []
    last: int | None = None
    order = sorted(range(len(drafts)), key=lambda index: drafts[index].content[-1].start)
    passed = 0
    for quote in here.quotes:
        while passed < len(order) and drafts[order[passed]].content[0].start <= quote.start:
            if _quoted(here, drafts[order[passed]]) or _told_before(here, drafts[order[passed]], quote):
                last = order[passed]
            passed += 1
        if quote.depth or _is_covered(covered, quote):
            continue
        leader = _leader(here, drafts, last, quote)
        if leader is None:
            if len(here.text[quote.start : quote.end].split()) >= _FEWEST_WORDS:
                rejected.append(Rejected(Span(quote.start, quote.end), _reason(here, quote)))
            continue
        if here.sentence_at(quote.start) == here.sentence_at(_anchor(here, drafts[leader])) and drafts[leader].entry is not None:
            drafts[leader] = replace(drafts[leader], content=(*drafts[leader].content, Span(quote.start, quote.end)))
            last = leader
        else:
            drafts.append(
                Draft(
                    here.token_at(quote.start),
                    None,
                    "",
                    None,
                    None,
                    (Span(quote.start, quote.end),),
                    "continued",
                    score=0.75,
                    continues=leader,
                )
            )
            last = len(drafts) - 1
    return drafts, rejected


def _covered(drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    """Return the stretches of text that some content covers, joined and in order."""
    joined: list[tuple[int, int]] = []
    for part in sorted(part for draft in drafts for part in draft.content):
        if joined and part.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], part.end))
        else:
            joined.append((part.start, part.end))
    return joined


def _is_covered(covered: Sequence[tuple[int, int]], quote: Quote) -> bool:
    place = bisect_left(covered, (quote.end, 0)) - 1
    return place >= 0 and covered[place][1] > quote.start + 1


def _quoted(here: Page, draft: Draft) -> bool:
    """Tell whether the content of a draft holds, or is held by, a quotation that stands in no other."""
    for part in draft.content:
        index = here.after(part.start)
        if index < len(here.quotes) and here.quotes[index].start < part.end and here.quotes[index].depth == 0:
            return here.quote_at(here.tokens.start[draft.token]) is None
    return False


def _told_before(here: Page, draft: Draft, quote: Quote) -> bool:
    """Tell whether a draft tells without marks what somebody said in the sentence before a quotation of the same paragraph."""
    if draft.entry is None or draft.cue is None or draft.entry.act != "speech" or "clause" not in draft.entry.takes or draft.source is None:
        return False
    if draft.frame not in ("clause", "aside", "adjunct") or here.quote_at(draft.cue.start) is not None:
        return False
    near = here.sentence_at(quote.start) - here.tokens.sentence[draft.token] == 1
    return near and _paragraph(here, quote.start) == _paragraph(here, draft.cue.start)


def _anchor(here: Page, draft: Draft) -> int:
    return max(draft.cue.end if draft.cue else 0, draft.content[-1].end) - 1


def _paragraph(here: Page, offset: int) -> int:
    sentence = here.sentence_at(offset)
    paragraphs = here.reading.split.paragraphs
    return paragraphs[sentence] if sentence < len(paragraphs) else 0


def _leader(here: Page, drafts: Sequence[Draft], last: int | None, quote: Quote) -> int | None:
    """Return the draft whose speaker says ``quote``: the one before, close by, when the quotation stands by itself."""
    if last is None:
        return None
    draft = drafts[last]
    anchor = _anchor(here, draft)
    if anchor >= quote.start:
        return None
    between = here.text[anchor + 1 : quote.start]
    same_sentence = here.sentence_at(anchor) == here.sentence_at(quote.start)
    if same_sentence and between.strip().endswith(":") and len(between) > 2:
        return last
    if same_sentence:
        return last if between.strip(" ,;:\n\t") == "" or _only_adjuncts(here, draft, quote) else None
    if not _starts_sentence(here, quote):
        return None
    near = here.sentence_at(quote.start) - here.sentence_at(anchor) <= 1
    if quote.continues is not None:
        return last
    return last if near and _stands_alone(here, quote) else None


def _only_adjuncts(here: Page, draft: Draft, quote: Quote) -> bool:
    """Tell whether between a cue and a second part of its quotation stands nothing but what hangs on the cue."""
    cue_end = draft.cue.end if draft.cue else draft.content[-1].end
    between = here.tokens.within(Span(cue_end, quote.start)) if cue_end < quote.start else None
    if between is None:
        return True
    if (
        between[1] - between[0] > 20
        or here.text[quote.start - 1 : quote.start] not in (" ", "\n")
        or here.text[: quote.start].rstrip()[-1:] not in (",", ":")
    ):
        return False
    return not any(here.tokens.upos[i] == "VERB" and here.tokens.dep[i] in ("conj", "root", "parataxis") for i in range(*between))


def _starts_sentence(here: Page, quote: Quote) -> bool:
    first = here.tokens.sentences[here.sentence_at(quote.start)][0]
    return here.tokens.start[first] >= quote.start


def _stands_alone(here: Page, quote: Quote) -> bool:
    """Tell whether a quotation is a sentence of its own: no word of the reporter follows it before the stop."""
    after = here.text[quote.end : quote.end + 1]
    sentence = here.sentence_at(quote.end - 1)
    last = here.tokens.sentences[sentence][1] - 1
    return here.tokens.end[last] <= quote.end + 1 or after in ("", "\n")


def _reason(here: Page, quote: Quote) -> str:
    if not quote.closed:
        return "quotation mark that nobody closes"
    if _starts_sentence(here, quote) and _stands_alone(here, quote):
        return "quotation without a speaker"
    return "quoted words in a sentence of the reporter"
