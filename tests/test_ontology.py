"""The ontology: what may be coded, its scores and its folding rules."""

from __future__ import annotations

import pytest

from dragoman import ontology
from dragoman.config import Config
from dragoman.errors import OntologyError

PLOVER = ontology.load(Config())


def test_it_holds_all_of_plover() -> None:
    assert len(PLOVER.types) == 16
    assert sum(len(each.modes) for each in PLOVER.types.values()) == 67
    assert len(PLOVER.contexts) == 37
    assert {name for name, each in PLOVER.types.items() if each.needs_recipient} == {"AID", "COOPERATE", "SANCTION"}


def test_quads_follow_the_types() -> None:
    assert {name: PLOVER.type(name).quad for name in ("AGREE", "RETREAT", "ACCUSE", "ASSAULT")} == {
        "AGREE": 1,
        "RETREAT": 2,
        "ACCUSE": 3,
        "ASSAULT": 4,
    }


def test_intensity_is_the_mode_furthest_from_zero() -> None:
    assert PLOVER.intensity("CONSULT") == 2.5
    assert PLOVER.intensity("CONSULT", ["phone", "visit"]) == 4.0
    assert PLOVER.intensity("ASSAULT", ["beat", "aerial"]) == -9.5


@pytest.mark.parametrize(
    ("type_", "status", "expected"),
    [
        ("CONSULT", ("future",), ("AGREE", ())),
        ("AID", ("future",), ("AGREE", ())),
        ("RETREAT", ("future",), ("CONCEDE", ())),
        ("CONCEDE", ("future",), ("CONCEDE", ())),
        ("ASSAULT", ("future",), ("ASSAULT", ("future",))),
        ("CONSULT", ("future", "negation"), ("REJECT", ())),
        ("ASSAULT", ("future", "negation"), ("ASSAULT", ("future", "negation"))),
        ("CONSULT", ("hypothetical",), ("CONSULT", ("hypothetical",))),
        ("AID", ("historical",), ("AID", ("historical",))),
    ],
)
def test_one_type_replaces_type_and_status(type_: str, status: tuple, expected: tuple) -> None:
    assert PLOVER.fold(type_, status) == expected


@pytest.mark.parametrize(("type_", "modes", "contexts"), [("WAR", (), ()), ("CONSULT", ("aerial",), ()), ("AID", (), ("football",))])
def test_what_does_not_exist_is_named(type_: str, modes: tuple, contexts: tuple) -> None:
    wrong = (*contexts, *modes, type_)[0]
    with pytest.raises(OntologyError, match=wrong):
        PLOVER.check(type_, modes, contexts)


def test_an_ontology_without_a_file_is_named() -> None:
    with pytest.raises(OntologyError, match="nosuch"):
        ontology.load(Config(ontology="nosuch"))
