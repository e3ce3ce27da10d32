"""Where place names may stand: runs of capitalised words that some list knows, longest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.gazetteer import Place, fold
from dragoman.stages.place.knowledge import Knowledge

_MOST = 7
_LINKS = frozenset(
    [
        "-",
        "–",
        "'",
        "’",
        "'s",
        "’s",
        ".",
        "of",
        "the",
        "de",
        "la",
        "el",
        "al",
        "le",
        "les",
        "du",
        "des",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "di",
        "sur",
        "am",
        "an",
        "der",
        "den",
        "ez",
        "es",
        "ed",
        "and",
        "y",
        "e",
        "i",
        "e-",
    ]
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``first`` to ``last`` (half-open) of a list of words, and what they may name."""

    first: int
    last: int
    folded: str
    places: tuple[Place, ...]


def _capital(word: str) -> bool:
    return word[:1].isupper() or (len(word) > 3 and word[:2].lower() in ("al", "el", "d'", "d’") and any(char.isupper() for char in word))


def candidates(know: Knowledge, text: str, words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the names of places in a run of words, the longest at each place, none overlapping."""
    at = 0
    while at < len(words):
        if not _capital(words[at].text):
            at += 1
            continue
        found = _longest(know, text, words, at)
        group = _group(know, text, words, at)
        if group > (found.last if found else at + 1):
            at = group
        elif found is None:
            at += 1
        else:
            yield found
            at = found.last


def _group(know: Knowledge, text: str, words: Sequence[Word], at: int) -> int:
    """Return the end of an organisation's name of several words that begins here, else 0."""
    parts = fold(words[at].text).split()
    most = know.groups.get(parts[0], 0) if parts else 0
    for last in range(min(len(words), at + most + 2), at + 1, -1) if most else ():
        if fold(text[words[at].start : words[last - 1].end]) in know.blocked:
            return last
    return 0


def _goes_on(words: Sequence[Word], at: int) -> bool:
    word = words[at].text
    if _capital(word) or word.lower() in _LINKS:
        return True
    hyphens = ("-", "–")
    return word.isalpha() and len(word) <= 5 and words[at - 1].text in hyphens and at + 1 < len(words) and words[at + 1].text in hyphens


def _longest(know: Knowledge, text: str, words: Sequence[Word], at: int) -> Candidate | None:
    first_part = fold(words[at].text).split()
    known = know.longest.get(first_part[0], 0) if first_part else 0
    run = at + 1
    while run < min(len(words), at + _MOST) and _goes_on(words, run):
        if text[words[run - 1].end : words[run].start].count("\n") > 1:
            break
        run += 1
    most = max(run, min(len(words), at + known + 4)) if known > 1 else run
    for last in range(most, at, -1):
        tail = words[last - 1].text
        inside = last <= run
        if not any(char.isalnum() for char in tail):
            continue
        if inside and not _capital(tail):
            continue
        folded = fold(text[words[at].start : words[last - 1].end])
        if len(folded) < 2:
            continue
        places = know.find(folded) if inside else know.known.get(folded, ())
        if places:
            return Candidate(at, last, folded, places)
    return None
