"""Sentences: where one ends among the tokens of a paragraph."""

from __future__ import annotations

from typing import Any

from dragoman.stages.split.words import Words

LONGEST = 200  # tokens of one sentence

_STOPS = frozenset(".。．｡।॥۔෴។၊။።")
_CALLS = frozenset("?!？！؟‽⁇⁈⁉")
_DOTS = frozenset(".…")
_CLOSING = frozenset(["”", "’", "»", "›", ")", "]", "}", "''", "」", "』", "）", "】"])
_STRAIGHT = frozenset(['"', "'"])
_OPENING = frozenset("“ ‘ « ‹ ( [ { `` „ ‚ 「 『 - -- — – • * ¿ ¡ \" ' ''".split())  # noqa: SIM905 (a list would be longer than it is clear)
_GOES_ON = frozenset([",", ";", ":", ")", "]", "}", "”", "’", "»", "%", "/", "、", "，"])
_WORTH = {";": 4, ":": 3, "--": 3, "—": 3, "–": 3, ",": 2, ")": 2, "]": 2, "”": 2, '"': 2}

Spans = list[tuple[int, int]]


class Sentences:
    """Finds sentence ends, with what a language's lexicon knows of abbreviations and openers."""

    def __init__(self, knowledge: dict[str, Any], words: Words) -> None:
        self._words = words
        groups = knowledge["abbreviations"]
        self._title = frozenset(groups["title"])
        self._inner = frozenset(groups["inner"])
        self._openers = frozenset(knowledge["openers"])
        self._after_time = frozenset(knowledge["after_time"])
        self._particles = frozenset(knowledge["particles"])
        self._speech = frozenset(knowledge["speech"])

    def cut(self, text: str, tokens: Spans) -> tuple[Spans, list[int]]:
        """Cut the tokens of one paragraph into sentences.

        Returns:
            The tokens, with the full stop that closes a sentence split off an abbreviation
            (``U.S.`` to ``U.S`` and ``.``), and the end of each sentence as an index into them.
        """
        forms = [text[start:end] for start, end in tokens]
        out: Spans = []
        ends: list[int] = []
        index, began, quoted = 0, 0, False
        while index < len(tokens):
            form = forms[index]
            if form == '"':
                quoted = not quoted
            out.append(tokens[index])
            index += 1
            if not self._is_terminal(form):
                continue
            close = self._absorb(text, tokens, forms, index, quoted)
            if self._is_enumerator(forms, began, index - 1) or not self._ends_here(text, tokens, forms, index - 1, close):
                continue
            if len(form) > 1 and form[-1] == "." and form.strip("."):
                start, end = out.pop()
                out += [(start, end - 1), (end - 1, end)]
            quoted = quoted != (forms[index:close].count('"') % 2 == 1)
            out += tokens[index:close]
            began = index = close
            ends.append(len(out))
        if not ends or ends[-1] != len(out):
            if out and (last := forms[-1])[-1] == "." and len(last) > 1 and last.strip("."):
                start, end = out.pop()
                out += [(start, end - 1), (end - 1, end)]
            ends.append(len(out))
        return out, bound(text, out, ends)

    @staticmethod
    def _is_terminal(form: str) -> bool:
        return form[-1] in _STOPS or form[-1] in _CALLS or form[0] == "…"

    @staticmethod
    def _absorb(text: str, tokens: Spans, forms: list[str], index: int, quoted: bool) -> int:
        """Return the index after the closing quotation marks, brackets and note numbers that follow a full stop."""
        while index < len(tokens):
            form = forms[index]
            near = tokens[index][0] == tokens[index - 1][1]
            if form in _CLOSING and (near or form not in "’)]"):
                pass
            elif form == '"' and (quoted or (near and _gap_after(tokens, index))):
                quoted = False
            elif form == "'" and near and _gap_after(tokens, index):
                pass
            elif form == "[" and forms[index + 1 : index + 3][-1:] == ["]"] and forms[index + 1].isdecimal():
                index += 2
            else:
                break
            index += 1
        return index

    def _ends_here(self, text: str, tokens: Spans, forms: list[str], stop: int, close: int) -> bool:
        """Tell whether the sentence ends at token ``stop``; what closes it ends before ``close``."""
        if close >= len(forms):
            return True
        form, following = forms[stop], forms[close]
        if following in _GOES_ON or (form[-1] not in ".…" and self._is_terminal(following)):
            return False
        spaced = tokens[close][0] > tokens[close - 1][1]
        opener = close
        while opener < len(forms) - 1 and forms[opener] in _OPENING:
            opener += 1
        word = forms[opener]
        if form[-1] in _STOPS and form[-1] != ".":
            return True
        if not spaced:
            previous = forms[stop - 1] if stop else ""
            return (
                form in (".", "?", "!")
                and word[:1].isupper()
                and len(word) > 1
                and previous.isalpha()
                and len(previous) > 2
                and close == stop + 1
            )
        if word[:1].islower() and not self._is_name(forms, opener):
            return False
        if form[-1] in _CALLS:
            return following not in ("(", "[") and not (close > stop + 1 and self._is_speech(forms, close))
        if form == "." or not form.strip(".…"):
            return form == "." or word[:1].isupper()
        return self._abbreviation_ends(forms, stop, word)

    def _is_name(self, forms: list[str], index: int) -> bool:
        """Tell whether a lower-case particle opens a name: al-Qassam, de Gaulle."""
        if forms[index] not in self._particles:
            return False
        after = [form for form in forms[index + 1 : index + 3] if form != "-"]
        return bool(after) and after[0][:1].isupper()

    def _is_speech(self, forms: list[str], index: int) -> bool:
        """Tell whether the speaker of a quotation and a verb of speech follow: ``the army's spokesman asked``."""
        lower = 0
        for form in forms[index : index + 8]:
            if form in self._speech:
                return True
            lower += form[:1].islower() and form not in ("the", "of", "de", "al")
            if lower > 3 or not (form[0].isalpha() or form[0] in "-'’"):
                return False
        return False

    @staticmethod
    def _is_enumerator(forms: list[str], began: int, stop: int) -> bool:
        """Tell whether the full stop closes a list number that opens the sentence begun at ``began``."""
        return stop == began + 1 and forms[stop] == "." and forms[began].isdecimal() and len(forms[began]) < 4

    def _abbreviation_ends(self, forms: list[str], stop: int, word: str) -> bool:
        """Tell whether an abbreviation with its full stop closes a sentence before ``word``."""
        form, lower = forms[stop], word.lower()
        bare = form[:-1].lower()
        if bare in self._inner or (bare in self._title and form[:1].isupper()):
            return False
        opener = word[:1].isupper() and lower in self._openers and not (len(word) == 1 and word != "I" and word != "A")
        if len(bare) == 1:
            if stop and forms[stop - 1].isdecimal():
                return word[:1].isupper()
            return opener and len(word) > 1 and bool(stop) and not forms[stop - 1][:1].isupper()
        if bare in ("a.m", "p.m", "etc"):
            return word[:1].isupper() and lower not in self._after_time
        return opener


def _gap_after(tokens: Spans, index: int) -> bool:
    return index + 1 >= len(tokens) or tokens[index + 1][0] > tokens[index][1]


def bound(text: str, tokens: Spans, ends: list[int]) -> list[int]:
    """Cut sentences of more than ``LONGEST`` tokens, each time after the punctuation worth most in its second half."""
    out: list[int] = []
    start = 0
    for end in ends:
        while end - start > LONGEST:
            cuts = range(start + LONGEST, start + LONGEST // 2, -1)
            best = max(cuts, key=lambda cut: _WORTH.get(text[slice(*tokens[cut - 1])], 0))
            out.append(best)
            start = best
        out.append(end)
        start = end
    return out
