"""The ranker: what it says of words, and what the claim stage makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dragoman.config import Config
from dragoman.encoder.ranker import Ranker
from dragoman.pipeline import read
from dragoman.stages.claim.arguments import Frame
from dragoman.stages.claim.joining import Draft
from dragoman.stages.claim.ranking import Ranking
from dragoman.types import Ranked, Span

WORDS = ["Gunmen", "attacked", "a", "convoy", "near", "Gao", "on", "Sunday", ".", "The", "weather", "was", "fine", "."]
SENTENCES = ((0, 9), (9, 14))


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker(threads=1)


def test_words_that_tell_of_a_happening_are_ranked_by_type(ranker: Ranker) -> None:
    ranked = {each.token: each for each in ranker.rank(WORDS, SENTENCES)}
    assert max(ranked[1].types, key=lambda type_: ranked[1].types[type_]) == "ASSAULT"
    assert all(0 <= share <= 1 for each in ranked.values() for share in each.types.values())
    assert all(sum(ranked[word].types.values()) < 0.5 for word in range(9, 14) if word in ranked)


def test_the_same_words_give_the_same_numbers(ranker: Ranker) -> None:
    assert ranker.rank(WORDS, SENTENCES) == ranker.rank(WORDS, SENTENCES)


def test_no_words_are_ranked_in_an_empty_report(ranker: Ranker) -> None:
    assert ranker.rank([], ()) == ()


def test_a_reading_names_the_ranker_unless_it_is_left_out() -> None:
    assert "ranker-" in read("Kenya condemned the raid.").coder
    assert "ranker-" not in read("Kenya condemned the raid.", config=Config(ranker="")).coder


def draft(type_: str) -> Draft:
    return Draft(Frame(1, (1,)), Span(7, 15), f"{type_.lower()}.some", "attack", type_, score=0.7)


def test_a_draft_of_the_likely_type_scores_higher_than_one_of_another() -> None:
    ranking = Ranking((Ranked(1, {"ASSAULT": 0.9, "ACCUSE": 0.02}),))
    assert ranking.weigh(draft("ASSAULT")).score > 0.8 > 0.4 > ranking.weigh(draft("ACCUSE")).score
    assert ranking.weigh(draft("ASSAULT")).score > Ranking((Ranked(5, {"ASSAULT": 0.9}),)).weigh(draft("ASSAULT")).score


def test_without_a_ranker_scores_stay() -> None:
    assert Ranking(()).weigh(draft("ASSAULT")) == draft("ASSAULT")


def test_a_proposed_claim_keeps_the_share_that_proposed_it() -> None:
    proposed = replace(draft("ASSAULT"), entry="ranker.assault", score=0.6)
    assert Ranking((Ranked(1, {"ASSAULT": 0.6}),)).weigh(proposed) == proposed
