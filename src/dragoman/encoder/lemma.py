"""Lemmas: a word with its part of speech to its dictionary form, by the longest suffix that a table knows.

``data/lemmas.tsv`` holds one row a suffix: a word class, the suffix of the lower-case word (with ``^``
in front when it is the whole word), and what to do. ``training/lemmas.py`` writes it.
"""

from __future__ import annotations

from functools import cache, lru_cache

from dragoman import resources

Edit = tuple[str, int, str]  # case (keep, lower, capital), letters to strip, letters to add

_TABLE = "lemmas.tsv"
_CASES = {"k": lambda word: word, "l": str.lower, "c": str.capitalize}
_SAME_TAG = {"VBN": "VBD", "VBP": "VB", "NNPS": "NNS"}
_QUOTES = str.maketrans("’‘`´", "''''")
_LONGEST = 12


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str, tag: str) -> str:
    """Return the dictionary form of a word, in lower case unless it is a name.

    Args:
        word: the word as it stands in the text.
        upos: its universal part of speech.
        tag: its Penn part of speech.

    Returns:
        The lemma; the word itself in lower case where nothing is known of its class.
    """
    if upos == "NUM" and word[:1].isdecimal():
        return word.replace(",", "")
    known = _table()
    form = word.translate(_QUOTES)
    rules = known.get(word_class(form, upos, tag)) or known.get(word_class(form, "", tag))
    if rules is None:
        return form if upos in ("PROPN", "X") else form.lower()
    case, strip, add = find(rules, form.lower())
    cased = _CASES[case](form)
    return (cased[: len(cased) - strip] + add) or cased


def word_class(word: str, upos: str, tag: str) -> str:
    """Return the class whose suffixes are looked up: part of speech, tag and letter case."""
    tag = _SAME_TAG.get(tag, tag)
    if not word[:1].isupper():
        shape = "l"
    else:
        shape = "u" if word.isupper() and len(word) > 1 else "c"
    return f"{upos}:{tag}:{shape}"


def find(rules: dict[str, Edit], lower: str) -> Edit:
    """Return the edit of the whole word, else of its longest known suffix."""
    whole = rules.get("^" + lower)
    if whole is not None:
        return whole
    for length in range(min(len(lower), _LONGEST), -1, -1):
        edit = rules.get(lower[len(lower) - length :])
        if edit is not None:
            return edit
    return ("l", 0, "")


def parse(lines: list[str]) -> dict[str, dict[str, Edit]]:
    """Read the rows of the table: class, suffix, edit (``l2y``: lower, strip two, add y)."""
    table: dict[str, dict[str, Edit]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, suffix, edit = line.split("\t")
            digits = len(edit) - len(edit[1:].lstrip("0123456789"))
            table.setdefault(name, {})[suffix] = (edit[0], int(edit[1:digits]), edit[digits:])
    return table


@cache
def _table() -> dict[str, dict[str, Edit]]:
    return parse(resources.read_text(_TABLE).split("\n"))
