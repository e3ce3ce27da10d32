"""The actor lexicons: shape, order, codes, dates, and no form with two owners unless it says so."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from typing import Any

import pytest
import yaml

from dragoman import resources

Entry = dict[str, Any]

FILES = ("agents", "countries", "institutions", "modifiers", "offices", "organisations", "outlets")
KEYS = {
    "agents": ({"id", "forms", "sectors", "kind"}, {"code", "inherits", "note"}),
    "modifiers": ({"id", "forms", "sectors", "applies"}, {"adds"}),
    "countries": (
        {"id", "code", "name"},
        {"names", "adjectives", "demonyms", "peoples", "capital", "seats", "ambiguous", "pre", "since", "until", "successor"},
    ),
    "institutions": ({"id", "forms", "sectors", "kind"}, set()),
    "offices": ({"id", "name", "country", "office", "sectors", "from", "verified"}, {"names", "until"}),
    "organisations": ({"id", "name", "code", "sectors", "kind"}, {"names", "ambiguous", "since", "until"}),
    "outlets": ({"id", "name", "country", "kind"}, {"names", "ambiguous"}),
}
KINDS = {
    "agents": {"person", "group", "institution"},
    "institutions": {"institution"},
    "organisations": {
        "igo",
        "alliance",
        "ngo",
        "armed_group",
        "party",
        "company",
        "agency",
        "court",
        "military",
        "police",
        "intelligence",
        "legislature",
    },
    "outlets": {"agency", "newspaper", "broadcaster", "site"},
}
AT_LEAST = {"countries": 250, "organisations": 600, "outlets": 200, "agents": 400, "offices": 1000, "institutions": 50, "modifiers": 3}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# Gone states whose code still stands in older texts.
FORMER = {"CSK", "DDR", "SCG", "SUN", "YMD", "YUG", "ZAR"}


@cache
def entries(name: str) -> list[Entry]:
    file = "agents" if name == "modifiers" else name
    text = resources.read_text("lexicons", "en", f"{file}.yaml")
    values = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return list(values[name] if file == "agents" else values)


@cache
def plover() -> dict[str, Any]:
    return tomllib.loads(resources.read_text("ontologies", "plover.toml"))


def states() -> set[str]:
    return {entry["code"] for entry in entries("countries")}


def forms(entry: Entry) -> list[str]:
    """All surface forms of an entry, whatever the key."""
    seats = [seat if isinstance(seat, str) else seat["form"] for seat in entry.get("seats", ())]
    single = [entry[key] for key in ("name", "capital") if key in entry]
    many = [form for key in ("forms", "names", "adjectives", "demonyms", "peoples") for form in entry.get(key, ())]
    return list(dict.fromkeys([*single, *many, *seats]))


def dates(entry: Entry) -> tuple[str, str]:
    """First and last day as ISO dates that compare as strings."""
    since, until = entry.get("since", entry.get("from", "0000")), entry.get("until", "9999")
    return since.ljust(10, "!"), until.ljust(10, "~")


def overlap(one: Entry, other: Entry) -> bool:
    (since, until), (since_2, until_2) = dates(one), dates(other)
    return until == until_2 or (since < until_2.rstrip("~") and since_2 < until.rstrip("~"))


@pytest.mark.parametrize("name", FILES)
def test_every_entry_has_the_keys_of_its_file_and_no_others(name: str) -> None:
    needed, optional = KEYS[name]
    wrong = [entry["id"] for entry in entries(name) if not needed <= entry.keys() <= needed | optional]
    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_the_files_are_long_enough_and_sorted_by_id(name: str) -> None:
    ids = [entry["id"] for entry in entries(name)]
    assert len(ids) >= AT_LEAST[name]
    assert ids == sorted(ids)


def test_ids_are_unique_across_the_files_and_carry_their_kind() -> None:
    prefix = {"countries": "state", "organisations": "org", "outlets": "outlet", "agents": "agent", "institutions": "institution"}
    prefix |= {"offices": "person", "modifiers": "modifier"}
    seen: set[str] = set()
    for name in FILES:
        for entry in entries(name):
            assert re.fullmatch(prefix[name] + r":[a-z0-9][a-z0-9.-]*", entry["id"]), entry["id"]
            assert entry["id"] not in seen, entry["id"]
            seen.add(entry["id"])


@pytest.mark.parametrize("name", FILES)
def test_forms_are_clean_text_without_repetition(name: str) -> None:
    for entry in entries(name):
        for key in ("forms", "names", "adjectives", "demonyms", "ambiguous"):
            listed = entry.get(key, [])
            assert all(isinstance(form, str) and form and form == " ".join(form.split()) for form in listed), entry["id"]
            assert len(listed) == len(set(listed)), (entry["id"], key)
        assert entry.get("name") not in entry.get("names", ()), entry["id"]
        assert set(entry.get("ambiguous", ())) <= set(forms(entry)), entry["id"]


@pytest.mark.parametrize("name", ["agents", "modifiers", "institutions", "offices", "organisations"])
def test_sectors_are_those_of_plover(name: str) -> None:
    known = set(plover()["sectors"])
    for entry in entries(name):
        assert set(entry["sectors"]) | set(entry.get("applies", ())) <= known, entry["id"]
        assert len(entry["sectors"]) == len(set(entry["sectors"])), entry["id"]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_kinds_are_known(name: str) -> None:
    assert {entry["kind"] for entry in entries(name)} <= KINDS[name]


def test_codes_are_states_or_international() -> None:
    international = set(plover()["actors"]["international"])
    for entry in entries("organisations"):
        assert entry["code"] in states() | international, entry["id"]
    for entry in entries("offices"):
        assert entry["country"] in states() | {"UNO", "EUR", "IGO"}, entry["id"]
    for entry in entries("outlets"):
        assert entry["country"] in states() | {"IMG"}, entry["id"]
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in states())


def test_countries_follow_the_rules_of_the_ontology() -> None:
    rules = plover()["actors"]
    by_name = {entry["name"]: entry for entry in entries("countries")}
    for name, code in rules["exceptions"].items():
        assert by_name[name]["code"] == code
    for name, code in rules["partially_recognised"].items():
        assert by_name[name]["code"] == code
        assert by_name[name]["pre"] is True
    assert {entry["name"] for entry in entries("countries") if "pre" in entry} == set(rules["partially_recognised"])
    by_id = {entry["id"]: entry for entry in entries("countries")}
    for entry in entries("countries"):
        own = entry["id"].removeprefix("state:").upper()
        assert own == entry["code"] or entry["code"] in {other["id"].removeprefix("state:").upper() for other in entries("countries")}
        assert entry.get("successor", entry["id"]) in by_id
        if own in FORMER:
            assert "until" in entry
            assert "successor" in entry


def test_dependencies_carry_the_code_of_their_sovereign() -> None:
    found = {entry["id"]: entry["code"] for entry in entries("countries")}
    expected = {
        "pri": "USA",
        "grl": "DNK",
        "ncl": "FRA",
        "bmu": "GBR",
        "mac": "CHN",
        "abw": "NLD",
        "nfk": "AUS",
        "tkl": "NZL",
        "sjm": "NOR",
    }
    assert {key: found[f"state:{key}"] for key in expected} == expected


@pytest.mark.parametrize("name", ["countries", "organisations", "offices"])
def test_dates_are_iso_and_in_order(name: str) -> None:
    for entry in entries(name):
        for key in ("since", "until", "from"):
            assert key not in entry or DATE.fullmatch(entry[key]), (entry["id"], key)
        since, until = dates(entry)
        assert since <= until, entry["id"]


def owners(name: str) -> Iterator[tuple[str, list[Entry]]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(name):
        for form in forms(entry):
            found[form.lower() if name in ("agents", "institutions") else form].append(entry)
    yield from ((form, owned) for form, owned in sorted(found.items()) if len(owned) > 1)


@pytest.mark.parametrize("name", FILES)
def test_no_form_has_two_owners_at_one_time_unless_marked(name: str) -> None:
    clashes = []
    for form, owned in owners(name):
        for one, other in combinations(owned, 2):
            same = name == "offices" and one["name"] == other["name"]
            marked = all(form in entry.get("ambiguous", ()) for entry in (one, other))
            if not same and not marked and overlap(one, other):
                clashes.append((form, one["id"], other["id"]))
    assert clashes == []


def test_names_of_states_are_not_taken_by_organisations_outlets_or_persons() -> None:
    taken = {form: entry["id"] for entry in entries("countries") for form in forms(entry)}
    clashes = [
        (form, taken[form], entry["id"])
        for name in ("organisations", "outlets", "offices")
        for entry in entries(name)
        for form in forms(entry)
        if form in taken and form not in entry.get("ambiguous", ())
    ]
    assert clashes == []


def test_organisations_and_outlets_share_a_form_only_where_one_is_marked() -> None:
    mine = {form: entry for entry in entries("organisations") for form in forms(entry)}
    clashes = [
        (form, mine[form]["id"], entry["id"])
        for entry in entries("outlets")
        for form in forms(entry)
        if form in mine and not any(form in each.get("ambiguous", ()) for each in (entry, mine[form]))
    ]
    assert clashes == []


def test_agent_forms_are_lower_case_and_modifiers_change_sectors_that_agents_have() -> None:
    assert [form for entry in entries("agents") for form in entry["forms"] if form != form.lower()] == []
    first = {entry["sectors"][0] for entry in entries("agents") if entry["sectors"]}
    assert all(set(entry["applies"]) <= first for entry in entries("modifiers"))


def test_institution_patterns_have_one_gap_and_other_words() -> None:
    for entry in entries("institutions"):
        for form in entry["forms"]:
            assert form.count("{X}") <= 1
            assert form.replace("{X}", "").strip(), form
            assert form.replace("{X}", "").islower(), form


@pytest.mark.parametrize(
    ("name", "form", "code", "sectors"),
    [
        ("organisations", "Security Council", "UNO", []),
        ("organisations", "European Parliament", "EUR", ["LEG"]),
        ("organisations", "JNIM", "IMG", ["REB"]),
        ("organisations", "M23", "COD", ["REB"]),
        ("organisations", "Basij", "IRN", ["PRM"]),
        ("organisations", "Mossad", "ISR", ["SPY"]),
        ("organisations", "Sejm", "POL", ["LEG"]),
        ("organisations", "Tren de Aragua", "VEN", ["CRM"]),
        ("organisations", "United Russia", "RUS", ["PTY", "GOV"]),
        ("organisations", "Médecins Sans Frontières", "NGO", ["MED", "SOC"]),
    ],
)
def test_known_organisations(name: str, form: str, code: str, sectors: list[str]) -> None:
    (entry,) = [entry for entry in entries(name) if form in forms(entry)]
    assert (entry["code"], entry["sectors"]) == (code, sectors)


def test_bodies_whose_place_changed_have_an_entry_for_each_time() -> None:
    taliban = sorted((dates(entry), entry["sectors"]) for entry in entries("organisations") if "Taliban" in forms(entry))
    assert [sectors for _, sectors in taliban] == [["GOV"], ["REB"], ["GOV"]]


@pytest.mark.parametrize(
    ("form", "sectors"),
    [
        ("prime minister", ["GOV"]),
        ("opposition party", ["PTY", "OPP"]),
        ("ruling party", ["PTY", "GOV"]),
        ("gunmen", ["UAF"]),
        ("protester", ["CVL"]),
        ("student", ["EDU"]),
        ("trade union", ["LAB"]),
        ("displaced people", ["REF"]),
        ("imam", ["REL"]),
        ("gendarme", ["COP"]),
        ("fishermen", ["LAB"]),
        ("paramilitary", ["PRM"]),
        ("junta", ["GOV", "MIL"]),
        ("spokeswoman", []),
    ],
)
def test_known_agents(form: str, sectors: list[str]) -> None:
    (entry,) = [entry for entry in entries("agents") if form in entry["forms"]]
    assert entry["sectors"] == sectors


def test_the_overlap_of_dates_is_seen() -> None:
    assert overlap({"since": "2020"}, {"until": "2021"})
    assert overlap({}, {"since": "1990", "until": "1991"})
    assert not overlap({"until": "2021-08-14"}, {"since": "2021-08-15"})
    assert not overlap({"until": "2014-04"}, {"since": "2014-05"})
    assert not overlap({"from": "2020", "until": "2022-01-01"}, {"from": "2022-01-01"})


def test_the_knowledge_base_is_as_large_as_promised() -> None:
    kinds = [entry["kind"] for entry in entries("organisations")]
    assert sum(kind in ("igo", "alliance") for kind in kinds) >= 250
    assert sum(kind in ("armed_group", "company", "party") for kind in kinds) >= 600
    assert len(entries("outlets")) >= 350
    assert sum(len(entry["forms"]) for entry in entries("agents")) >= 500
    leaders = [entry for entry in entries("offices") if entry["sectors"][:1] == ["GOV"]]
    assert min(entry["from"] for entry in leaders) <= "1945-12-31"
    assert len({entry["country"] for entry in leaders}) >= 175
