"""The place stage: names of places, which of their namesakes is meant, and what is no place."""

from __future__ import annotations

import pytest

from dragoman import lexicon
from dragoman.config import Config
from dragoman.gazetteer import fold, gazetteer
from dragoman.pipeline import read
from dragoman.stages.place import load
from dragoman.types import Reading, Report, Where


def places(text: str) -> dict[str, Where]:
    """Return the places of a text by their words."""
    return {where.span.of(text): where for where in read(text, published="2024-02-28").places}


def test_gazetteer_knows_spellings_and_coordinates() -> None:
    found = gazetteer().find(fold("Tillaberi"))
    assert {place.country for place in found} == {"NER"}
    city = next(place for place in found if place.kind == "place")
    assert city.id == "2438678"
    assert city.lat == pytest.approx(14.207, abs=0.01)
    assert gazetteer().division(city.admin1) == "Tillabéri"
    assert [place.name for place in gazetteer().find(fold("Kiev"))] == ["Kyiv"]
    assert gazetteer().find("no such place at all") == ()
    mali = gazetteer().country("MLI")
    assert mali is not None
    assert mali.id == "2453866"


def test_regions_are_sorted_into_known_countries_once() -> None:
    regions = lexicon.read("en", "regions")["regions"]
    codes = {row["id"].partition(":")[2].upper() for row in lexicon.read("en", "countries")}
    ids = [row["id"] for row in regions]
    assert len(ids) == len(set(ids)) >= 220
    for row in regions:
        assert set(row["countries"]) <= codes, row["id"]
        assert -90 <= row["lat"] <= 90, row["id"]
        assert -180 <= row["lon"] <= 180, row["id"]


@pytest.mark.parametrize(
    ("text", "words", "country", "identifier"),
    [
        ("A blast in Tripoli, Lebanon, killed two people.", "Tripoli", "LBN", "266826"),
        ("Talks were held in Tripoli, and the Libyan government took part.", "Tripoli", "LBY", "2210247"),
        ("He was born in Paris, Texas, and lives there.", "Paris", "USA", "4717560"),
        ("Protesters marched through Paris on Monday.", "Paris", "FRA", "2988507"),
        ("Fighters attacked a post near Tillabéri, western Niger, on Monday.", "Tillabéri", "NER", "2438678"),
        ("Police in Hyderabad, in Pakistan's Sindh province, fired tear gas.", "Hyderabad", "PAK", "1176734"),
        ("Two soldiers died in Mopti, a region in central Mali.", "Mopti", "MLI", None),
        ("The parliament in Tbilisi said Georgia would hold a vote.", "Georgia", "GEO", "614540"),
        ("Ships were hit in the Red Sea on Monday.", "Red Sea", None, None),
        ("Thousands fled to the Gaza Strip.", "Gaza Strip", "PSE", None),
    ],
)
def test_namesakes_are_told_apart(text: str, words: str, country: str | None, identifier: str | None) -> None:
    found = places(text)
    assert words in found, found
    assert found[words].country == country
    if identifier:
        assert found[words].gazetteer_id == identifier


def test_direction_makes_a_part_of_a_country() -> None:
    found = places("Thousands of people fled northern Mali in January.")["northern Mali"]
    assert (found.name, found.country, found.precision, found.lat) == ("northern Mali", "MLI", "region", None)


def test_rule_says_how_a_name_stands() -> None:
    text = "Kenya sent police to Haiti after a meeting in Goma, eastern Congo."
    rules = {words: where.rule for words, where in places(text).items()}
    assert rules["Kenya"] == "place-name"
    assert rules["Goma"] == "place-locative"
    assert rules["eastern Congo"] == "place-container"


@pytest.mark.parametrize(
    "text",
    [
        "Reading is fun, and the mobile phone is nice.",
        "The Malian army and Russian troops fought.",
        "President Washington Luis resigned.",
        "Of all the men, he alone stayed.",
        "The European Union and the Islamic State of Iraq and the Levant were named.",
        "",
        "\u202e 😀",
        "ALL OF IT",
    ],
)
def test_what_is_no_place(text: str) -> None:
    stage = load(Config())
    found = read(text, published="2024-02-28").places if text.strip() else stage(Reading(report=Report(text))).places
    assert found == ()


def test_doubt_leaves_the_country_open() -> None:
    found = places("A man was held in Georgia. Police in Atlanta said so.")["Georgia"]
    assert found.country in (None, "USA")


def test_spans_are_in_order_and_inside_the_text() -> None:
    text = "Clashes in El Fasher, the capital of North Darfur, spread to Nyala. N'Djamena closed the border with Sudan."
    found = list(places(text).values())
    assert found == sorted(found, key=lambda where: where.span.start)
    assert {"El Fasher", "North Darfur", "N'Djamena", "Sudan"} <= set(places(text))
    assert all(where.country in ("SDN", "TCD") for where in found)
