"""Cleaning that keeps every offset: one code point in, one code point out.

What disturbs a tokenizer (odd spaces, control and invisible characters) is replaced by a character of the
same length in code points. So the map from clean offsets back to the source is the identity, and no map
is kept: position ``i`` of the clean text is position ``i`` of the report.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = "\u00ad\u034f\u061c\u180e\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef"
SPACE = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"

_LINE_END = re.compile("\r(?=\n)|[\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(f"[\t{SPACE}]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EDGE = re.compile(f"(?<!\\w)[{INVISIBLE}]+|[{INVISIBLE}]+(?!\\w)")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DIRTY = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff{SPACE}{INVISIBLE}\u2028\u2029]")


def clean(text: str) -> str:
    """Replace what a tokenizer should not see; the length never changes.

    Line ends of any kind become ``\\n`` (the ``\\r`` of ``\\r\\n`` a space), spaces of any kind a space, control
    characters a space, lone surrogates U+FFFD. Invisible characters (soft hyphen, joiners, marks of direction,
    byte order mark) become a space at the edge of a word and stay inside one, where a space would cut
    the word in two: :func:`bare` drops them from a single word.

    Returns:
        Text with ``len(clean(text)) == len(text)``; cleaning it again changes nothing.

    Example:
        >>> clean("\\ufeffAid\\u00a0reached the coop\\u00aderative.\\r\\n")
        ' Aid reached the coop\\xaderative. \\n'
    """
    if not _DIRTY.search(text):
        return text
    text = _LINE_END.sub(lambda found: " " if text[found.end() : found.end() + 1] == "\n" and found[0] == "\r" else "\n", text)
    text = _SPACE.sub(" ", text)
    text = _CONTROL.sub(" ", text)
    text = _SURROGATE.sub("\ufffd", text)
    return _EDGE.sub(lambda found: " " * len(found[0]), text)


def bare(word: str) -> str:
    """Drop the invisible characters from one word, for looking it up.

    Example:
        >>> bare("coop\\u00aderative")
        'cooperative'
    """
    return _INVISIBLE.sub("", word)


def shown(text: str) -> str:
    """Return text that is safe to print on one line: clean, no invisible characters, runs of space as one.

    For people's eyes alone; offsets do not survive.

    Example:
        >>> shown("two\\r\\nlines\\x1b[31m")
        'two lines [31m'
    """
    return " ".join(_INVISIBLE.sub("", clean(text)).split())


def is_punctuation(word: str) -> bool:
    """Tell whether a word holds nothing but punctuation.

    Example:
        >>> is_punctuation("--"), is_punctuation("U.N."), is_punctuation("$")
        (True, False, False)
    """
    return bool(word) and all(unicodedata.category(char)[0] == "P" for char in word)
