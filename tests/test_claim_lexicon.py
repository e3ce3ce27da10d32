"""The claim lexicon proves itself: each entry matches each of its examples and none of its ``not``."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from dragoman import lexicon, ontology, pipeline
from dragoman.config import Config
from dragoman.resources import data_path
from dragoman.stages.claim import candidates, entries
from dragoman.stages.claim.arguments import Scene
from dragoman.types import Claim, Reading

CONFIG = Config(ranker="")  # the lexicon proves itself, without the ranker's say
PLOVER = ontology.load(CONFIG)
ENTRIES = entries.values("en", PLOVER)
FILES = sorted(name for name in lexicon.hashes("en") if name.startswith("claims_"))


@cache
def read(text: str) -> Reading:
    return pipeline.read(text, published="2024-02-28", config=CONFIG)


def by(entry_id: str, claims: tuple[Claim, ...]) -> list[Claim]:
    return [claim for claim in claims if any(each.role in {"trigger", "type"} and each.rule == entry_id for each in claim.evidence)]


def matched(reading: Reading) -> set[str]:
    """Return the ids of all entries that match somewhere, whether or not a more specific one wins."""
    support = {key: frozenset(words) for key, words in lexicon.read("en", "claim_support").items()}
    index = entries.load("en", "plover")
    scene = Scene(reading, support)
    scene.event_types = lambda token: candidates.event_types(scene, index, token)
    return {match.entry.id for token in range(len(scene.tokens)) for match in candidates.matches(scene, index, token)}


def cases(key: str) -> list[Any]:
    found = []
    for entry in ENTRIES:
        for number, example in enumerate(entry.get(key) or []):
            case = {"text": example} if isinstance(example, str) else example
            found.append(pytest.param(entry, case, id=f"{entry['id']}-{number}"))
    return found


def test_the_compiled_index_is_fresh() -> None:
    assert lexicon.is_fresh("en")


def test_every_type_has_entries() -> None:
    types = {entry["means"]["type"] if isinstance(entry["means"], dict) else None for entry in ENTRIES}
    assert types >= set(PLOVER.types)
    assert len(ENTRIES) >= 200


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sorted_and_of_its_type(name: str) -> None:
    ids = [entry["id"] for entry in lexicon.read("en", name)]
    assert ids == sorted(ids)
    assert {entry_id.partition(".")[0] for entry_id in ids} == {name.removeprefix("claims_")}


def test_every_entry_compiles_and_ids_are_unique() -> None:
    assert len(entries.load("en", "plover").entries) == len(ENTRIES)


def test_rolesets_exist() -> None:
    known = {name for name in _known_rolesets() if name}
    if known:
        assert {roleset for entry in ENTRIES for roleset in entry.get("rolesets") or ()} - known == set()


def _known_rolesets() -> set[str]:
    """Return the rolesets that the model can rank."""
    import json

    files = sorted(data_path().parent.glob("models/*/rolesets.json"))
    if not files:
        return set()
    values = json.loads(files[-1].read_text(encoding="utf-8"))
    found: set[str] = set()
    open_ = [values]
    while open_:
        value = open_.pop()
        if isinstance(value, dict):
            open_.extend(value.values())
            found.update(value)
        elif isinstance(value, list):
            open_.extend(value)
        elif isinstance(value, str):
            found.add(value)
    return found


@pytest.mark.parametrize(("entry", "case"), cases("examples"))
def test_an_entry_matches_its_examples(entry: dict[str, Any], case: dict[str, Any]) -> None:
    reading = read(case["text"])
    if entry["means"] is None:
        assert entry["id"] in matched(reading) or reading.claims == ()
        assert by(entry["id"], reading.claims) == []
        return
    meant = entry["means"] if isinstance(entry["means"], list) else [entry["means"]]
    assert entry["id"] in matched(reading)
    found = by(entry["id"], reading.claims) or [claim for claim in reading.claims if claim.type in {each["type"] for each in meant}]
    assert found, [each.reason for each in reading.rejected]
    claim = found[0]
    for role, actors in (("actor", claim.actors), ("recipient", claim.recipients)):
        if role in case:
            words = [each.span.of(case["text"]) for each in actors if each.span is not None]
            assert any(case[role] in each or each in case[role] for each in words), words
    assert set(case.get("modes", ())) <= set(claim.modes)


@pytest.mark.parametrize(("entry", "case"), cases("not"))
def test_an_entry_leaves_alone_what_it_should(entry: dict[str, Any], case: dict[str, Any]) -> None:
    assert by(entry["id"], read(case["text"]).claims) == []


def test_generic_modes_and_contexts_exist() -> None:
    for type_, modes in lexicon.read("en", "claim_modes").items():
        PLOVER.check(type_, [each["mode"] for each in modes])
    PLOVER.check("ASSAULT", contexts=lexicon.read("en", "claim_contexts"))
    for topic in lexicon.read("en", "claim_topics").values():
        assert set(topic.get("only", ())) <= set(PLOVER.types)
