"""Words: runs of visible characters to tokens as the UD English treebanks cut them.

Clitics stand apart (``Mali 's``, ``do n't``, ``can not``), hyphens split but for prefixes
(``US - led``, ``anti-tank``), a number stands apart from its unit and currency. Every visible
character belongs to exactly one token; time grows with the length of the text only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from unicodedata import category

LONGEST = 256  # code points of one token

# White space, control characters, zero-width space, marks of text direction and lone surrogates separate words.
BLANK = r"\s\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
CHUNK = re.compile(f"[^{BLANK}]+")
_BLANK = re.compile(f"[{BLANK}]")

# Ideographs and kana: each is a token.
_CJK = r"\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_W = rf"[^\W{_CJK}]"
_JOINER = "\ue000"  # stands for a combining mark that follows no letter

_NET = r"""
    (?P<url> (?:https?|ftp)://[^\s<>"“”«»]{1,2048} | www\.[^\s<>"“”«»]{1,2048} )
  | (?P<mail> [\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6} )
  | (?P<domain> (?<![\w.@])(?:[A-Za-z0-9-]{1,63}\.){1,5}(?:com|org|net|gov|edu|info)(?:\.[a-z]{2})?(?!\w)(?:/[^\s<>"“”«»]{0,2048})? )
  | (?P<handle> (?<!\w)[@\#][^\W\d]\w* )
  |"""

_TEXT = r"""
    (?P<face> (?<!\S)[:;=]-?[()DP](?!\S) )
  | (?P<dots> \.{2,} | …+ )
  | (?P<run> [!?]{2,} | --+ | ==+ | \*\*+ | ~~+ | \+\++ | \#\#+ | '' | `` | <<+ | >>+ | \|\|+ )
  | (?P<decade> (?<!\w)['’]\d0s(?!\w) )
  | (?P<clitic> (?<=[\w.)\]"”])['’`´](?i:s|m|re|ve|ll|d)(?!\w) | (?<!\S)['’](?i:s|m|re|ve|ll|d|em)(?!\S) )
  | (?P<money> (?<!\w)(?:US|U|A|AU|C|CA|HK|NT|NZ|R|S|Z|MX|TT|BZ|J)\$ )
  | (?P<date> (?<!\w)(?: \d{1,2}/\d{1,2}(?:/\d{2,4})? | \d{4}/\d{1,2}/\d{1,2} | \d{4}-\d{2}-\d{2} | \d{1,2}-\d{1,2}-\d{4} )(?![\w/]) )
  | (?P<phone> (?<!\w)(?:\+?\d{1,3}[-.])?\d{3}[-./]\d{3}[-.]\d{4}(?!\d) | (?<!\w)\+\d{1,4}(?!\d) )
  | (?P<ordinal> \d+(?:,\d{3})*(?i:st|nd|rd|th|s)(?!WORD) | \d*0['’]s(?!WORD) )
  | (?P<number> (?>\d+(?:[.,:]\d+)*)(?!WORD) | (?>\d+(?:[.,:]\d+)*)(?=UNIT) | \d+(?:[.,:]\d+)+ | (?<![\w.])\.\d+ )
  | (?P<initials> (?<!\w)(?:[^\W\d_CJK]\.){2,} (?:[^\W\d_CJK](?!WORD))? | (?<!\w)(?:[^\W\d_CJK]\.)+[^\W\d_CJK](?!WORD) )
  | (?P<company> (?<!\w)[A-Z]{1,4}&[A-Z]{1,4}(?!WORD) )
  | (?P<without> (?<!\w)(?i:w/o|w/out)(?!WORD) )
  | (?P<prefixed> (?<!\w)(?:(?:PREFIX)-(?=WORD)|[eE]-(?=[^\W\d]))+ (?:WORD)+(?:['’‘](?:WORD)+)* )
  | (?P<word> (?:WORD)+(?:['’‘](?:WORD)+)* )
  | (?P<ideograph> [CJK]\ue000* )
  | (?P<symbol> .\ue000* )
"""

_CLITIC = re.compile(r"(n['’‘]t|['’‘`´](?:s|m|re|ve|ll|d))$", re.IGNORECASE)
_TAIL = re.compile(r"""[.,;:!?'"’”»*\]}>]+$""")


def is_blank(character: str) -> bool:
    """Tell whether a character separates words and belongs to none."""
    return bool(_BLANK.match(character))


class Words:
    """Cuts text into words, with what a language's lexicon knows of abbreviations, prefixes and units."""

    def __init__(self, knowledge: dict[str, Any]) -> None:
        pattern = _TEXT.replace("WORD", _W).replace("CJK", _CJK)
        longest_first = sorted(knowledge["units"], key=lambda unit: (-len(unit), unit))
        pattern = pattern.replace("UNIT", f"(?i:{'|'.join(map(re.escape, longest_first))})(?!{_W})")
        prefixes = [
            form
            for prefix in sorted(knowledge["prefixes"])
            for form in (prefix, prefix.capitalize(), *([prefix.upper()] if len(prefix) > 3 else []))
        ]
        pattern = pattern.replace("PREFIX", "|".join(prefixes))
        self._plain = re.compile(pattern, re.VERBOSE | re.DOTALL)
        self._net = re.compile(_NET + pattern, re.VERBOSE | re.DOTALL)
        self._contractions: dict[str, int] = knowledge["contractions"]
        self._hosts_of_d = frozenset(knowledge["hosts_of_d"])
        groups = knowledge["abbreviations"]
        known = {form for name in ("title", "inner", "open", "calendar") for form in groups[name]}
        self._abbreviations = frozenset(known)
        self._before_number = frozenset(groups["before_number"])
        self._capitalised_only = frozenset(knowledge["capitalised_only"])
        self._dotted = tuple(sorted(form for form in known if "." in form))
        self._ends = lru_cache(maxsize=65536)(self._cut)

    def spans(self, text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield start and end of each token of ``text[first:last]``, in order."""
        for chunk in CHUNK.finditer(text, first, last):
            start, end = chunk.span()
            word = chunk.group()
            if end - start > 64:
                ends = self._cut(word)
            elif word.isalpha() and word.isascii() and word.lower() not in self._contractions:
                yield start, end
                continue
            else:
                ends = self._ends(word)
            place = start
            for offset in ends:
                yield place, start + offset
                place = start + offset

    def is_abbreviation(self, word: str) -> bool:
        """Tell whether ``word``, without its full stop, is a known abbreviation."""
        lower = word.lower()
        return lower in self._abbreviations and (lower not in self._capitalised_only or word[:1].isupper())

    def _cut(self, chunk: str) -> tuple[int, ...]:
        """Return the ends of the tokens of a run of visible characters."""
        shadow = chunk if chunk.isascii() else _shadow(chunk)
        scanner = self._net if "@" in chunk or "#" in chunk or "." in chunk else self._plain
        ends: list[int] = []
        place = 0
        while place < len(shadow):
            match = scanner.match(shadow, place)
            end = self._end(match, shadow) if match else place + 1
            inner = self._clitics(shadow, place, end) if match and match.lastgroup in ("word", "prefixed") else []
            for stop in (*inner, end):
                ends.extend(range(place + LONGEST, stop, LONGEST))
                ends.append(stop)
                place = stop
        return tuple(ends)

    def _end(self, match: re.Match[str], shadow: str) -> int:
        """Return where a matched token ends, once its trailing punctuation or full stop is weighed."""
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind in ("url", "domain", "mail"):
            return _bare_end(shadow, start, end)
        if kind == "word" and end < len(shadow) and shadow[end] == ".":
            return self._with_stop(shadow, start, end)
        return end

    def _with_stop(self, shadow: str, start: int, end: int) -> int:
        """Return the end of a word, past its full stop where that belongs to an abbreviation."""
        if shadow.startswith("..", end):
            return end
        for form in self._dotted:  # Ph.D., M.Sc.
            size = len(form)
            if shadow[start : start + size].lower() == form and shadow[start + size : start + size + 1] == ".":
                return start + size + 1
        word = shadow[start:end]
        single = end - start == 1 and word.isupper() and (start == 0 or not shadow[start - 1].isalnum())
        return end + 1 if single or self.is_abbreviation(word) else end

    def _clitics(self, shadow: str, start: int, end: int) -> list[int]:
        """Return the ends of the parts before each clitic of the word at ``start``."""
        word = shadow[start:end]
        length = self._contractions.get(word.lower())
        if length:
            return [start + length]
        ends: list[int] = []
        while match := _CLITIC.search(word, max(0, len(word) - 4)):
            if match.start() == 0 or (match.group()[1:].lower() == "d" and word[: match.start()].lower() not in self._hosts_of_d):
                break
            ends.append(start + match.start())
            word = word[: match.start()]
        return ends[::-1]

    def takes_stop_before_number(self, word: str) -> bool:
        """Tell whether a full stop after ``word`` belongs to it when a number follows (``No. 5``)."""
        lower = word.lower()
        return lower in self._before_number and (lower not in self._capitalised_only or word[:1].isupper())


def _bare_end(shadow: str, start: int, end: int) -> int:
    """Return the end of an address without punctuation that closes the sentence around it."""
    while end > start + 1:
        tail = _TAIL.search(shadow, max(start + 1, end - 32), end)
        if tail:
            end = tail.start()
        elif shadow[end - 1] == ")" and shadow.count("(", start, end) < shadow.count(")", start, end):
            end -= 1
        else:
            break
    return end


def _shadow(chunk: str) -> str:
    """Return a text of the same length in which combining marks and joiners are part of what they follow."""
    out: list[str] = []
    previous_is_letter = False
    for character in chunk:
        kind = category(character)
        if kind[0] == "M" or kind == "Cf" or character == _JOINER:
            out.append("ʰ" if previous_is_letter else _JOINER)
            continue
        out.append(character)
        previous_is_letter = character.isalnum() and not _IDEOGRAPH.match(character)
    return "".join(out)


_IDEOGRAPH = re.compile(f"[{_CJK}]")
