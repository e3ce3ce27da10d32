"""Quotation marks of all kinds, in one pass over the text: nested, unclosed, running over paragraphs.

An apostrophe is no quotation mark: one inside a word never counts, one at the end of a word closes
only what a mark of its kind has opened.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MARKS = re.compile("''|``|[“”„‟\"＂«»‹›‘’‚‛'「」『』《》〝〞]")

_FAMILY = {
    **dict.fromkeys(("“", "”", "„", "‟", '"', "＂", "''", "``", "〝", "〞"), "double"),
    **dict.fromkeys(("‘", "’", "‚", "‛", "'"), "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "small guillemet"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white corner"),
    **dict.fromkeys("《》", "title"),
}
_OPENS = frozenset("“„‟‘‚‛«‹「『《〝") | {"``"}
_CLOSES = frozenset("”’»›」』》〞")
_ASIAN = frozenset("「」『』《》〝〞")
_BEFORE_OPENING = frozenset(" \t\n\r\u00a0\u200b([{-–—―/:;,=>")
_AFTER_CLOSING = frozenset(" \t\n\r\u00a0\u200b)]}.,;:!?-–—―/…<")
_ELISIONS = frozenset(("em", "n", "tis", "twas", "til", "till", "cause", "bout", "round", "cos", "im", "er", "ere", "kay", "nuff"))
_WORD = re.compile(r"\w+")
_LONGEST_LOOK = 40
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation: code points with its marks, how deep it is nested, and whether it was closed.

    ``parent`` is the index of the quotation around it; ``continues`` that of the quotation whose
    next paragraph it is (a mark opens each paragraph, only the last one is closed).
    """

    start: int
    end: int
    mark: str
    depth: int
    parent: int | None
    closed: bool
    continues: int | None = None


@dataclass(slots=True)
class _Open:
    start: int
    mark: str
    width: int
    continues: int | None = None
    index: int = -1


def scan(text: str, breaks: Sequence[int] = ()) -> tuple[Quote, ...]:
    """Return the quotations of ``text`` in order of their start.

    A quotation that nobody closes ends with its paragraph; where the next paragraph opens with a
    mark of the same kind, it goes on there as a quotation that ``continues`` it. A single mark that
    nobody closes was an apostrophe.

    Args:
        text: the report.
        breaks: sorted offsets at which a new paragraph begins; blank lines when empty.
    """
    breaks = breaks or [match.end() for match in re.finditer(r"\n[ \t\r]*\n\s*", text)]
    return _Scanner(text, breaks).run()


class _Scanner:
    """The stack of open marks while one text is scanned."""

    def __init__(self, text: str, breaks: Sequence[int]) -> None:
        self.text = text
        self.breaks = breaks
        self.marks = list(MARKS.finditer(text))
        self.stack: list[_Open] = []
        self.found: list[Quote | None] = []
        self.carried: dict[int, int] = {}

    def run(self) -> tuple[Quote, ...]:
        paragraph = 0
        for number, match in enumerate(self.marks):
            here = bisect_right(self.breaks, match.start())
            if here != paragraph:
                self._end_paragraph(number, end=self.breaks[paragraph])
                paragraph = here
            self._take(match)
        self._end_paragraph(len(self.marks), end=self.breaks[paragraph] if paragraph < len(self.breaks) else len(self.text))
        while self.stack:
            self._close_unclosed(self._end(len(self.text)))
        return _settle(self.found)

    def _take(self, match: re.Match[str]) -> None:
        turn = self._turn(match)
        if turn == "open" and len(self.stack) < _DEEPEST:
            self._open(match)
        elif turn == "close":
            self._close(match)

    def _turn(self, match: re.Match[str]) -> str:
        """Tell whether a mark opens, closes or is none, from its neighbours and what is open."""
        mark, family = match.group(), _FAMILY[match.group()]
        if mark in _ASIAN:
            return "open" if mark in _OPENS else "close"
        before = self.text[match.start() - 1] if match.start() else "\n"
        after = self.text[match.end()] if match.end() < len(self.text) else "\n"
        open_here = any(_FAMILY[each.mark] == family for each in self.stack)
        if family == "single":
            return self._single_turn(match, before, after, open_here)
        looks_open = before in _BEFORE_OPENING or before in _OPENS or (before in _FAMILY and not after.isspace())
        looks_closed = after in _AFTER_CLOSING or after in _FAMILY
        if not open_here and (before.isdigit() or (before.isalnum() and after.isalnum())):
            return "none"
        if mark in _OPENS:
            return "close" if open_here and mark in "“«‹" and looks_closed and not before.isspace() else "open"
        if mark in _CLOSES and open_here:
            return "close"
        if looks_open and not looks_closed:
            return "open"
        if looks_closed and not looks_open:
            return "close" if open_here else "none"
        return "close" if open_here else "open"

    def _single_turn(self, match: re.Match[str], before: str, after: str, open_here: bool) -> str:
        if before.isalnum() and after.isalnum():
            return "none"
        if match.group() in "‘‚‛":
            word = _WORD.match(self.text, match.end())
            return "none" if word and word.group().lower() in _ELISIONS else "open"
        if before in _BEFORE_OPENING or before in _OPENS or before == '"':
            if after.isspace():
                return "close" if open_here else "none"
            if after in _AFTER_CLOSING and open_here:
                return "close"
            word = _WORD.match(self.text, match.end())
            if word is None or word.group()[0].isdigit() or word.group().lower() in _ELISIONS or match.group() == "’":
                return "none"
            return "open"
        if not open_here:
            return "none"
        plural = before in "sS" and after == " " and self._closes_later(match)
        return "none" if plural else "close"

    def _closes_later(self, match: re.Match[str]) -> bool:
        """Tell whether, a few words on, another mark closes better (the owners’ … leave’)."""
        limit = min(len(self.text), match.end() + _LONGEST_LOOK)
        for place in range(match.end(), limit - 1):
            if self.text[place] == "\n" or self.text[place] in '“”"':
                return False
            if self.text[place] in "’'" and not self.text[place + 1].isalnum() and not self.text[place - 1].isspace():
                return True
            if self.text[place] in "‘'" and self.text[place - 1].isspace():
                return False
        return False

    def _open(self, match: re.Match[str]) -> None:
        here = _Open(match.start(), match.group(), match.end() - match.start(), self.carried.pop(match.start(), None), len(self.found))
        self.found.append(None)
        self.stack.append(here)

    def _close(self, match: re.Match[str]) -> None:
        family = _FAMILY[match.group()]
        if not any(_FAMILY[each.mark] == family for each in self.stack):
            return
        while _FAMILY[self.stack[-1].mark] != family:
            self._close_unclosed(match.start())
        self._write(self.stack.pop(), end=match.end(), closed=True)

    def _close_unclosed(self, end: int) -> None:
        top = self.stack.pop()
        if _FAMILY[top.mark] != "single" and end > top.start + top.width:
            self._write(top, end=end, closed=False)

    def _write(self, top: _Open, *, end: int, closed: bool) -> None:
        parent = self.stack[-1].index if self.stack else None
        self.found[top.index] = Quote(top.start, end, top.mark, len(self.stack), parent, closed, top.continues)

    def _end(self, end: int) -> int:
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        return end

    def _end_paragraph(self, following: int, *, end: int) -> None:
        """End what is open, unless the next mark closes it, and remember what the next paragraph carries on."""
        if not self.stack:
            return
        bottom = self.stack[0]
        while following < len(self.marks) and _FAMILY[self.marks[following].group()] == "single" and _FAMILY[bottom.mark] != "single":
            following += 1
        if following < len(self.marks):
            match = self.marks[following]
            same = _FAMILY[match.group()] == _FAMILY[bottom.mark] != "single"
            if same and match.group() not in _OPENS and self._near(match, end) and self._closes_alone(match):
                del self.stack[1:]
                return
            if same and not self.text[end : match.start()].strip():
                self.carried[match.start()] = bottom.index
        while self.stack:
            self._close_unclosed(self._end(end))

    def _near(self, match: re.Match[str], start: int) -> bool:
        """Tell whether ``match`` stands in the paragraph that begins at ``start``."""
        return bisect_right(self.breaks, match.start()) == bisect_right(self.breaks, start)

    def _closes_alone(self, match: re.Match[str]) -> bool:
        """Tell whether a mark can only close: a word or stop before it, a space or stop after it."""
        before = self.text[match.start() - 1] if match.start() else "\n"
        after = self.text[match.end()] if match.end() < len(self.text) else "\n"
        return before not in _BEFORE_OPENING and after in _AFTER_CLOSING


def _settle(found: Iterable[Quote | None]) -> tuple[Quote, ...]:
    """Drop what turned out to be no quotation and renumber parents and continuations."""
    known = list(found)
    number: dict[int, int] = {}
    for index, quote in enumerate(known):
        if quote is not None:
            number[index] = len(number)
    kept = []
    for quote in known:
        if quote is None:
            continue
        parent = quote.parent
        while parent is not None and parent not in number:
            upper = known[parent]
            parent = upper.parent if upper is not None else None
        continues = number.get(quote.continues) if quote.continues is not None else None
        kept.append(
            Quote(quote.start, quote.end, quote.mark, quote.depth, number[parent] if parent is not None else None, quote.closed, continues)
        )
    return tuple(kept)
