"""What the ranker has to say on claims: how sure a draft is, and triggers that the lexicon does not know.

The weights are those of a logistic regression on the dev part of the annotated corpus, which trains neither lexicon nor
ranker: the score of a claim is meant as the probability that its trigger tells of its type.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import exp, log

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.stages.claim.candidates import Match, frames
from dragoman.stages.claim.entries import Entry, Meaning
from dragoman.stages.claim.joining import Draft
from dragoman.types import Ranked

# Of a draft's logit: a constant, and the shares of the logits of the ranker's type and of the lexicon's score.
CONSTANT, OF_TYPE, OF_LEXICON = 0.75, 0.4, 0.08
LEAST = 0.65  # how likely one type must be before a word that the lexicon does not know is taken as a trigger
_EDGE = 0.005  # probabilities nearer to 0 or 1 are taken as this near
_PROPOSED = "ranker."  # begins the id of the entry that stands for a type
_RECIPROCAL = frozenset({"CONSULT", "COOPERATE"})


class Ranking:
    """What the ranker says of one report's words; says nothing where no ranker ran."""

    def __init__(self, ranked: tuple[Ranked, ...]) -> None:
        self._ranked: Mapping[int, Ranked] = {each.token: each for each in ranked}

    def proposals(self, scene: Scene, taken: frozenset[int]) -> Iterator[Match]:
        """Yield a match for each word outside of ``taken`` that is likely a trigger of one type."""
        for token, ranked in self._ranked.items():
            if token in taken or not ranked.types:
                continue
            type_, share = max(ranked.types.items(), key=lambda each: (each[1], each[0]))
            if share >= LEAST:
                entry = Entry(_PROPOSED + type_.lower(), (Meaning(type_),), reciprocal=type_ in _RECIPROCAL)
                yield from (Match(frame, entry, 0, share) for frame in frames(scene, token)[:1])

    def weigh(self, draft: Draft) -> Draft:
        """Return the draft with the score that lexicon and ranker give it together."""
        if not self._ranked or draft.entry.startswith(_PROPOSED):
            return draft
        types = {draft.type, draft.entry.partition(".")[0].upper()}  # as it is, and as it was before it was folded
        words = (self._ranked[word] for word in self._words(draft.frame) if word in self._ranked)
        found = [share for word in words for type_, share in word.types.items() if type_ in types]
        logit = CONSTANT + OF_TYPE * _logit(max(found, default=0.0)) + OF_LEXICON * _logit(draft.score)
        return replace(draft, score=round(1 / (1 + exp(-logit)), 4))

    def _words(self, frame: Frame) -> tuple[int, ...]:
        return (frame.token,) if frame.token in self._ranked else frame.words


def _logit(share: float) -> float:
    share = min(1 - _EDGE, max(_EDGE, share))
    return log(share / (1 - share))
