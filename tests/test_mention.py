"""Mentions: what is found, how far it reaches, what is left alone."""

from __future__ import annotations

import pytest
from actor_trees import empty, read, resolved, tree

from dragoman.types import Reading


def found(reading: Reading, kind: str) -> list[str]:
    text = reading.report.text
    return [mention.span.of(text) for mention in reading.mentions if mention.kind == kind]


def test_longest_name_wins() -> None:
    reading = resolved(tree("The/DT/det>4 South/NNP/amod>3 African/JJ/amod>4 army/NN/nsubj>5 fled/VBD/root>0", names="African:MISC"))
    assert found(reading, "name") == ["South African"]
    assert found(reading, "nominal") == ["The South African army"]


def test_case_counts_for_names() -> None:
    reading = resolved(tree("they/PRP/nsubj>2 told|tell/VBD/root>0 us/PRP/iobj>2 in/IN/case>5 US/NNP/obl>2"))
    assert found(reading, "name") == ["US"]
    assert found(reading, "pronoun") == ["they", "us"]


def test_diacritics_and_apostrophes_are_folded() -> None:
    reading = resolved(tree("Côte/NNP/nsubj>3 d’Ivoire/NNP/flat>1 won|win/VBD/root>0"))
    assert found(reading, "name") == ["Côte d’Ivoire"]


def test_a_person_named_like_a_state_is_one_name() -> None:
    reading = resolved(tree("Neva/NNP/nsubj>3 Jordan/NNP/flat>1 left|leave/VBD/root>0", names="Neva Jordan:PER"))
    assert found(reading, "name") == ["Neva Jordan"]


def test_title_belongs_to_the_name() -> None:
    reading = resolved(
        tree(
            "Foreign/JJ/amod>2 Minister/NNP/nmod:desc>3 Ada/NNP/nsubj>5 Birch/NNP/flat>3 spoke|speak/VBD/root>0",
            names="Minister Ada Birch:PER",
        )
    )
    assert found(reading, "name") == ["Ada Birch"]
    assert found(reading, "nominal") == []


def test_encoder_name_that_is_an_office_is_a_noun() -> None:
    reading = resolved(tree("The/DT/det>2 Minister/NNP/nsubj>3 spoke|speak/VBD/root>0", names="Minister:PER"))
    assert found(reading, "name") == []
    assert found(reading, "nominal") == ["The Minister"]


def test_relative_clause_and_appositive_stay_outside() -> None:
    reading = resolved(
        tree(
            "The/DT/det>2 troops|troop/NNS/nsubj>11 of/IN/case>5 the/DT/det>5 army/NN/nmod>2 who/WP/nsubj>7 fled/VBD/acl:relcl>2 ,/,/punct>2 "
            "some/DT/det>10 soldiers|soldier/NNS/appos>2 returned/VBD/root>0"
        )
    )
    assert found(reading, "nominal") == ["The troops of the army", "the army", "some soldiers"]


def test_predicate_noun_has_neither_subject_nor_copula() -> None:
    reading = resolved(tree("Ada/NNP/nsubj>4 is/VBZ/cop>4 the/DT/det>4 president/NN/root>0 now/RB/advmod>4", names="Ada:PER"))
    assert found(reading, "nominal") == ["the president"]


def test_expletive_is_no_mention() -> None:
    reading = resolved(tree("It/PRP/expl>2 rained/VBD/root>0"))
    assert reading.mentions == ()


def test_days_and_months_are_no_names() -> None:
    reading = resolved(tree("Rebels|rebel/NNS/nsubj>2 fled/VBD/root>0 on/IN/case>4 Monday/NNP/obl>2", names="Monday:MISC"))
    assert found(reading, "name") == []


def test_order_and_one_mention_a_head() -> None:
    reading = read("Kenya's president and Uganda's foreign minister met UN officials and some rebel leaders in Nairobi on Monday.")
    heads = [mention.head for mention in reading.mentions]
    assert heads == sorted(set(heads))
    for mention in reading.mentions:
        assert mention.first <= mention.head < mention.last
        assert mention.span == reading.grammar.tokens.span(mention.first, mention.last)


def test_coordinated_phrases_are_apart() -> None:
    reading = read("Police and protesters clashed.")
    assert found(reading, "nominal") == ["Police", "protesters"]


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "🙂🙂", "?!", "....", "a", "'s", "( ) [ ]", "-- -- --", "\u202e\u2066 Mali \u2069"])
def test_odd_input_gives_no_traceback(text: str) -> None:
    read(text)


def test_nothing_in_nothing_out() -> None:
    assert resolved(empty()).mentions == ()
