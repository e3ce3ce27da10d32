"""The gazetteer: names of cities and first-level divisions, looked up by hash and never scanned."""

from __future__ import annotations

import json
import math
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any

from dragoman import resources
from dragoman.errors import LexiconError

CITY, CAPITAL, ADMIN1, COUNTRY = 0, 1, 2, 3
ALTERNATE, COMMON, PERSON = 1, 2, 4

_SIGNS = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "–": "-",
        "‐": "-",
        "‑": "-",
        "ı": "i",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
    }
)


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name in lower case, without diacritics, apostrophes and hyphens made plain blanks."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(_SIGNS))
        name = "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_SIGNS)
    return " ".join(name.lower().replace("-", " ").replace("'", "").replace(".", " ").split())


def key_hash(folded: str) -> int:
    """Hash a folded name to 64 bits."""
    return int.from_bytes(blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class Place:
    """One place that a name may stand for; ``weight`` is the decimal logarithm of its population."""

    id: str | None
    name: str
    country: str | None
    kind: str  # place capital admin1 region country
    lat: float | None = None
    lon: float | None = None
    admin1: str | None = None
    weight: float = 3.0
    alternate: bool = False
    common: bool = False
    person: bool = False
    countries: tuple[str, ...] = ()  # of a region: all that it lies in


class Gazetteer:
    """Cities and first-level divisions of GeoNames, held as sorted arrays."""

    def __init__(self) -> None:
        import numpy as np

        try:
            path = resources.data_path("gazetteer", "places.npz")
            with np.load(path) as arrays:
                values: dict[str, Any] = {name: arrays[name] for name in arrays.files}
        except (OSError, ValueError) as error:
            raise LexiconError(f"gazetteer: {error}; reinstall dragoman, or run tools/make_gazetteer.py") from error
        self._search = np.searchsorted
        self._key = np.uint64
        self._values = values
        self._names: bytes = values["names"].tobytes()
        self._countries: list[str] = json.loads(values["countries"].tobytes())
        self._divisions: list[str] = json.loads(values["divisions"].tobytes())
        self._division_names = {
            self._divisions[int(values["admin1"][row])]: self._name(int(row)) for row in np.flatnonzero(values["kind"] == ADMIN1)
        }
        self._country_rows = {self._countries[int(values["country"][row])]: int(row) for row in np.flatnonzero(values["kind"] == COUNTRY)}

    def _name(self, row: int) -> str:
        offsets = self._values["offsets"]
        return str(self._names[int(offsets[row]) : int(offsets[row + 1])], "utf-8")

    @lru_cache(maxsize=65536)  # noqa: B019 - one gazetteer a process
    def find(self, folded: str) -> tuple[Place, ...]:
        """Return the places that bear a folded name, the most populous first."""
        values = self._values
        key = self._key(key_hash(folded))
        first = int(self._search(values["keys"], key, "left"))
        last = int(self._search(values["keys"], key, "right"))
        return tuple(self._place(int(values["rows"][at]), int(values["flags"][at])) for at in range(first, min(last, first + 40)))

    def division(self, code: str | None) -> str | None:
        """Return the name of a first-level division by its code ("ML.09"), or None."""
        return self._division_names.get(code) if code else None

    def country(self, code: str) -> Place | None:
        """Return what is known of a country by its ISO alpha-3 code."""
        row = self._country_rows.get(code)
        return None if row is None else self._place(row, 0)

    def _place(self, row: int, flags: int) -> Place:
        values = self._values
        kind = int(values["kind"][row])
        return Place(
            id=str(int(values["ids"][row])),
            name=self._name(row),
            country=self._countries[int(values["country"][row])],
            kind=("place", "capital", "admin1", "country")[kind],
            lat=round(float(values["lat"][row]), 4),
            lon=round(float(values["lon"][row]), 4),
            admin1=self._divisions[int(values["admin1"][row])],
            weight=round(math.log10(max(int(values["population"][row]), 100)), 3),
            alternate=bool(flags & ALTERNATE),
            common=bool(flags & COMMON),
            person=bool(flags & PERSON),
        )


@cache
def gazetteer() -> Gazetteer:
    """Open the gazetteer once.

    Raises:
        LexiconError: when the file is missing or torn.
    """
    return Gazetteer()
