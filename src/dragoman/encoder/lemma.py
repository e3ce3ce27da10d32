"""Lemmas: a word with its part of speech to its dictionary form, by the longest suffix that a table knows.

``data/lemmas.tsv`` holds one row a suffix: a word class, the suffix of the lower-case word (with ``^``
in front when it is the whole word), and what to do: letters to strip and to add (``2y``), or, in the
classes of letter case, k to keep, l for lower case, c for a capital. ``training/lemmas.py`` writes it.
"""

from __future__ import annotations

from functools import cache, lru_cache

from dragoman import resources

Rules = dict[str, str]  # suffix, or ^ and the whole word, to an edit ("2y") or a case

_TABLE = "lemmas.tsv"
_SAME_TAG = {"VBN": "VBD", "VBP": "VB", "NNPS": "NNS"}
_QUOTES = str.maketrans("’‘`´", "'" * 4)
_DIGITS = "0123456789"
_LONGEST = 8


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
    form = word.translate(_QUOTES)
    lower = form.lower()
    if len(word) > 64 or len(lower) != len(form):
        return word if upos in ("PROPN", "X") else lower
    known = _table()
    case = find(known.get(case_class(form, upos, tag), {}), lower) or ("k" if upos in ("PROPN", "X") else "l")
    if upos == "VERB":
        tag = verb_tag(lower, tag)
    edit = known.get(edit_class(upos, tag), {}).get("^" + lower) or find(known.get(edit_class("", tag), {}), lower) or "0"
    ending = edit.lstrip(_DIGITS)
    strip = int(edit[: len(edit) - len(ending)])
    stem = {"k": form, "c": form.capitalize()}.get(case, lower)
    if case == "k" and len(form) > 2 and form.isupper():
        ending = ending.upper()
    return (stem[: len(stem) - strip] + ending) or stem


def verb_tag(lower: str, tag: str) -> str:
    """Return the tag of a verb, or the one that its ending shows where the two cannot both be right."""
    if tag == "VBG" and not lower.endswith(("ing", "in", "in'", "on")):
        return "VBD"
    if tag in ("VBD", "VBN", "VBG", "VBZ"):
        return tag
    if lower.endswith("ing") and len(lower) > 5:
        return "VBG"
    if lower.endswith("ed") and len(lower) > 4 and not lower.endswith(("eed", "bed", "shred")):
        return "VBD"
    if lower.endswith("s") and len(lower) > 3 and not lower.endswith(("ss", "us", "as", "is", "os")):
        return "VBZ"
    return tag


def edit_class(upos: str, tag: str) -> str:
    """Return the class whose rows edit the ending: a tag, or with a part of speech its exceptions to the tag's rows."""
    return f"{upos}:{_SAME_TAG.get(tag, tag)}"


def case_class(word: str, upos: str, tag: str) -> str:
    """Return the class whose rows choose the letter case: part of speech, whether tagged a name, and the case of the word."""
    plain, other = ("c", "l") if word[1:].islower() or len(word) == 1 else ("u", "m")
    shape = plain if (word[:1] if plain == "c" else word).isupper() else other
    return f"{upos}:{'NNP' if tag in ('NNP', 'NNPS') else ''}:{shape}"


def find(rules: Rules, lower: str) -> str | None:
    """Return what the table says of the whole word, else of its longest known suffix."""
    whole = rules.get("^" + lower)
    if whole is not None:
        return whole
    for length in range(min(len(lower), _LONGEST), -1, -1):
        found = rules.get(lower[len(lower) - length :])
        if found is not None:
            return found
    return None


@cache
def _table() -> dict[str, Rules]:
    table: dict[str, Rules] = {}
    for line in resources.read_text(_TABLE).split("\n"):
        if line and not line.startswith("#"):
            name, suffix, value = line.split("\t")
            table.setdefault(name, {})[suffix] = value
    return table
