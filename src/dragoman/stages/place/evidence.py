"""Whether the words of a candidate name a place where they stand.

Each sign adds or takes points: what the lists say of the name, the encoder's name label, a
preposition of place, a word such as "town" or "province" beside it, a place that holds it after a
comma. A name is taken for a place from :data:`ENOUGH` points on.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.gazetteer import Place, fold
from dragoman.stages.place.candidates import Candidate, Word
from dragoman.stages.place.knowledge import Knowledge
from dragoman.types import Name, Tokens

ENOUGH = 1.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """A candidate with the signs around it, in words of its stretch of text."""

    candidate: Candidate
    score: float
    locative: bool
    direction: int | None  # first word of the direction before it
    last: int  # half-open end, with a class word after it
    klass: str | None
    container: int | None = None  # number of the sighting that holds it


class Signs:
    """Reads the signs around candidates in one stretch of words that begin at token ``base``."""

    def __init__(self, know: Knowledge, words: Sequence[Word], *, tokens: Tokens | None, names: tuple[Name, ...], base: int) -> None:
        self.know = know
        self.words = words
        self.tokens = tokens
        self.names = names
        self.firsts = [name.first for name in names]
        self.base = base
        self.lists = know.words

    def sight(self, candidate: Candidate) -> Sighting:
        """Return the candidate with its score and the words that belong to it."""
        first = candidate.first
        klass, end = self._class_after(candidate)
        before, direction, preposition = self._left(first)
        klass = klass or before
        locative = preposition in self.lists["locative"] or self._governed(candidate)
        score = self._of_lists(candidate) + self._of_label(candidate, direction, end) + self._of_neighbours(candidate, end)
        if preposition in self.lists["locative"]:
            score += 0.8 if preposition in ("to", "from", "into", "through", "over", "off") else 1.2
        elif self._taken(candidate):
            score += 1.0
        if klass:
            score += 1.5
        if direction is not None:
            score += 0.7
        return Sighting(candidate, score, locative, direction, end, klass)

    def _word(self, at: int) -> str:
        return self.words[at].text if 0 <= at < len(self.words) else ""

    def _class_after(self, candidate: Candidate) -> tuple[str | None, int]:
        last = candidate.last
        word = self._word(last)
        if word.lower() not in self.lists["after"] or all(place.kind == "country" for place in candidate.places):
            return None, last
        if word[0].isupper() and self._word(last + 1).lower() in ("of", "for"):
            return None, last
        return word.lower(), last + 1

    def _left(self, first: int) -> tuple[str | None, int | None, str]:
        """Return class word, direction and preposition on the left of a name."""
        at, klass, direction = first - 1, None, None
        if self._word(at).lower() in self.lists["directions"] and not (self._word(at - 1)[:1].isupper() and at > 1):
            direction, at = at, at - 1
        if self._word(at) in ("-", "–") and self._word(at - 1).lower() in self.lists["directions"]:
            at -= 2
        while self._word(at).lower() in ("the", "a", "an", "nearby", "neighbouring", "neighboring"):
            at -= 1
        if self._word(at).lower() == "of" and self._word(at - 1).lower() in self.lists["before"]:
            klass, at = self._word(at - 1).lower(), at - 2
        elif self._word(at).lower() in self.lists["before"] and self._word(at).lower() not in self.lists["directions"]:
            klass, at = self._word(at).lower(), at - 1
        for _ in range(4):
            word = self._word(at).lower()
            if word in self.lists["prepositions"] or not word.isalpha() or not klass:
                break
            at -= 1
        return klass, direction, self._word(at).lower()

    def _governed(self, candidate: Candidate) -> bool:
        tokens = self.tokens
        if tokens is None:
            return False
        first, last = self.base + candidate.first, self.base + candidate.last
        for token in range(first, last):
            if not first <= tokens.head[token] < last:
                cases = [tokens.lemma[child].lower() for child in tokens.children[token] if tokens.dep[child] == "case"]
                return any(case in self.lists["locative"] for case in cases)
        return False

    def _taken(self, candidate: Candidate) -> bool:
        """Tell whether the name depends on a word that takes places ("visit", "the siege of")."""
        tokens = self.tokens
        if tokens is None:
            return False
        first, last = self.base + candidate.first, self.base + candidate.last
        for token in range(first, last):
            head = tokens.head[token]
            if not first <= head < last and head >= 0:
                return (
                    tokens.dep[token] in ("obj", "obl", "nmod", "nsubj:pass", "nmod:poss")
                    and tokens.lemma[head].lower() in self.lists["takers"]
                )
        return False

    def _of_lists(self, candidate: Candidate) -> float:
        places = candidate.places
        best = max(places, key=lambda place: place.weight)
        if best.kind in ("country", "region") or (best.weight >= 7.0 and best.kind == "admin1" and best.id is None):
            score = 0.6 if best.common else 2.0
        else:
            weight = best.weight - (1.0 if best.alternate else 0.0)
            score = 1.2 if weight >= 6 else 0.6 if weight >= 5 else 0.2 if weight >= 4 else -0.3
            score += 0.4 if any(place.kind == "capital" for place in places) else 0.0
            if best.common:
                score -= 1.5
            if best.person and best.weight < 6.2:
                score -= 0.7
            if candidate.folded in self.know.blocked:
                score -= 2.5
        if candidate.last - candidate.first > 1:
            score += 0.6
        return score

    def _of_label(self, candidate: Candidate, direction: int | None, end: int) -> float:
        tokens = self.tokens
        if tokens is None or not tokens.names:
            return 0.0
        listed = any(place.kind in ("country", "region") and not place.common for place in candidate.places)
        label, inside = self._label(candidate, direction, end)
        if label is None:
            return -0.2 if listed else -0.7
        if label == "LOC":
            return -1.5 if inside else 2.0
        if label == "PER":
            best = candidate.places[0]
            large = best.weight >= 5.5 and not best.alternate
            several = (candidate.last - candidate.first > 1 or large) and not any(place.person for place in candidate.places)
            return -1.0 if not inside and (several or candidate.places[0].kind == "country") else -3.0
        if label == "ORG":
            return -3.0 if inside else (0.0 if listed else -0.6)
        return -2.5 if inside else -0.7

    def _label(self, candidate: Candidate, direction: int | None, end: int) -> tuple[str | None, bool]:
        """Return the label of the encoder's name over the candidate, and whether the name is a longer one."""
        low = self.base + (direction if direction is not None else candidate.first)
        first, last, end = self.base + candidate.first, self.base + candidate.last, self.base + end
        low_at = max(0, bisect_left(self.firsts, first) - 2)
        over = [name for name in self.names[low_at : bisect_left(self.firsts, last)] if first < name.last]
        for name in over:
            article = self._word(name.first - self.base).lower() == "the"
            if name.last > end or name.first + article < min(first, low):
                return name.label, True
        labels = [name.label for name in over]
        return ("LOC" if "LOC" in labels else labels[0] if labels else None), False

    def _of_neighbours(self, candidate: Candidate, end: int) -> float:
        score = 0.0
        before, after = self._word(candidate.first - 1), self._word(candidate.last)
        if after in self.lists["not_after"] and after.lower() not in self.lists["after"]:
            score -= 3.0
        if after in self.lists["papers"]:
            score -= 3.0
        if candidate.folded in self.lists["directions"] and end == candidate.last:
            score -= 3.0
        if before in self.lists["titles"]:
            score -= 3.0
        tokens = self.tokens
        if tokens is not None and tokens.upos:
            upos = {tokens.upos[self.base + at] for at in range(candidate.first, candidate.last)}
            if "PROPN" not in upos:
                score -= 1.0
            score += self._of_flat(candidate)
        if self.tokens is not None and candidate.first == 0 and any(place.common for place in candidate.places):
            score -= 0.7
        return score

    def _of_flat(self, candidate: Candidate) -> float:
        """Take points from a name that stands inside a person's name."""
        tokens = self.tokens
        assert tokens is not None
        first, last = self.base + candidate.first, self.base + candidate.last
        if any(place.kind in ("country", "region") for place in candidate.places):
            return 0.0
        for token in range(first, last):
            head = tokens.head[token]
            if tokens.dep[token].startswith("flat") and not first <= head < last and head >= 0:
                return -2.0
            if any(tokens.dep[child].startswith("flat") and not first <= child < last for child in tokens.children[token]):
                return -1.5
        return 0.0


def container_of(know: Knowledge, inner: Sequence[Place], outer: Sequence[Place]) -> tuple[Place, Place] | None:
    """Return the reading of a name that lies in a reading of the name after the comma, both; None where none does."""
    for holder in outer:
        for place in inner:
            if place.kind == "country" or place == holder:
                continue
            if holder.kind == "country" and place.country == holder.country and place.country is not None:
                return place, holder
            if holder.kind == "admin1" and place.country == holder.country and place.kind in ("place", "capital"):  # a division holds towns
                if holder.admin1 is not None and place.admin1 == holder.admin1:
                    return place, holder
                if holder.admin1 is None and holder.id is None:
                    return place, holder
            if holder.kind == "region" and place.country is not None and place.country in holder.countries:
                return place, holder
    return None


def abbreviation(know: Knowledge, text: str) -> tuple[Place, ...]:
    """Return the division that an abbreviation such as "Fla." stands for."""
    name = know.abbreviations.get(text)
    return tuple(place for place in know.gazetteer.find(fold(name)) if place.kind == "admin1") if name else ()
