"""A user's own knowledge: a folder of YAML files like the built-in ones, and dictionaries in the format of PETRARCH.

``organisations.yaml``, ``outlets.yaml``, ``offices.yaml`` and ``agents.yaml`` have the keys of the files in
``data/lexicons``; ``*.actors.txt`` and ``*.agents.txt`` are read as they are. A file that is no YAML, and two entries that
contradict each other, stop the reading; a line of a dictionary that cannot be read is noted, and the rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dragoman.errors import LexiconError

Row = dict[str, Any]

NAMES = ("organisations", "outlets", "offices")
_PLAIN = re.compile(r"^(?P<name>[^\[;#{}!]+?)\s*(?:\{[^}]*\}\s*)?(?:\[(?P<code>[^\]]*)\])?\s*(?:;.*)?$")
_SET = re.compile(r"^!(?P<name>\w+)!\s*=\s*(?P<words>.+)$")
_DATES = re.compile(r"^(?P<sign>[<>])?(?P<first>\d{6,8})(?:-(?P<last>\d{6,8}))?$")
_SMALL = frozenset(
    {"al", "and", "da", "de", "del", "der", "di", "do", "dos", "du", "el", "for", "in", "la", "of", "on", "the", "van", "von"}
)
_PIVOT = 30  # two-digit years up to this one are of this century
# Codes of CAMEO's dictionaries that PLOVER calls otherwise; religion, ethnicity and the like (None) are not kept.
_SECTORS: dict[str, str | None] = {
    "INS": "REB", "SEP": "REB", "MED": "JRN", "HLH": "MED", "DEV": "SOC", "ENV": "SOC", "HRI": "SOC", "SET": "CVL", "UIS": "UNK",
    "BUD": None, "CHR": None, "CTH": None, "HIN": None, "JEW": None, "MOD": None, "MOS": None, "MUS": None, "NON": None, "PRO": None, "RAD": None,
    "SHI": None, "SIK": None, "SUN": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that may stand in a dictionary."""

    countries: frozenset[str]  # with the international ones
    international: frozenset[str]
    sectors: frozenset[str]


@dataclass(slots=True)
class Own:
    """Rows by the name of the built-in file that they would stand in, and what could not be read."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in (*NAMES, "agents")})
    problems: list[str] = field(default_factory=list)


def read(folder: Path, codes: Codes) -> Own:
    """Read a folder of own knowledge.

    Raises:
        LexiconError: naming the folder or file that cannot be read, or the two entries that contradict each other.
    """
    if not folder.is_dir():
        raise LexiconError(f"{folder}: no folder; give one with YAML files or PETRARCH dictionaries")
    own = Own()
    for path in sorted(folder.iterdir()):
        if path.suffix == ".yaml" and path.stem in own.rows:
            own.rows[path.stem] += _yaml(path)
        elif path.name.endswith(".actors.txt"):
            own.rows["offices"] += _actors(path, codes, own.problems)
        elif path.name.endswith(".agents.txt"):
            own.rows["agents"] += _agents(path, codes, own.problems)
    _refuse_contradictions(own)
    return own


def _yaml(path: Path) -> list[Row]:
    import yaml

    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: {' '.join(str(error).split())}; mend the YAML") from error
    rows = values.get("agents") if isinstance(values, dict) else values
    if not isinstance(rows, list) or not all(isinstance(row, dict) and "id" in row and ("name" in row or "forms" in row) for row in rows):
        raise LexiconError(f"{path}: a list of entries is expected, each with 'id' and 'name' or 'forms'")
    return [{**row, "place": f"{path}: {row['id']}"} for row in rows]


def _refuse_contradictions(own: Own) -> None:
    """Stop where two YAML entries give one form to different actors at one time."""
    known: dict[str, list[Row]] = {}
    for row in (row for name in NAMES for row in own.rows[name] if "place" in row):
        for form in (row["name"], *row.get("names", ())):
            for other in known.setdefault(str(form), []):
                if _code(row) != _code(other) and _overlap(row, other) and form not in row.get("ambiguous", ()):
                    raise LexiconError(f"{form!r} is {_code(other)} in {other['place']} and {_code(row)} in {row['place']}; keep one")
            known[str(form)].append(row)


def _code(row: Row) -> str:
    return " ".join((str(row.get("code") or row.get("country")), *row.get("sectors", ())))


def _overlap(one: Row, other: Row) -> bool:
    def span(row: Row) -> tuple[str, str]:
        return str(row.get("since") or row.get("from") or ""), str(row.get("until") or "9999") + "~"

    (first, last), (begin, end) = span(one), span(other)
    return first <= end and begin <= last


# PETRARCH


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise LexiconError(f"{path}: {error}; give a readable dictionary") from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield number, line.partition("#")[0].rstrip()


def _actors(path: Path, codes: Codes, problems: list[str]) -> Iterator[Row]:
    """Yield a row for each code of each actor: its names, "+" before the others, and codes in brackets with dates."""
    names: list[str] = []
    closed = False
    for number, line in _lines(path):
        text = line.strip()
        if text.startswith("["):
            closed = True
            yield from _coded(path, number, names, text[1:].partition("]")[0].strip(), codes, problems)
            continue
        match = _PLAIN.match(text.lstrip("+"))
        if match is None:
            problems.append(f"{path}:{number}: neither a name nor a code in brackets: {text[:60]!r}")
            continue
        if not text.startswith("+"):
            names, closed = [], False
        elif closed:
            problems.append(f"{path}:{number}: another name after the codes of its actor: {text[:60]!r}")
        names = [*names, match["name"]]
        if match["code"]:
            closed = False
            yield from _coded(path, number, names[-1:] if text.startswith("+") else names, match["code"], codes, problems)


def _coded(path: Path, number: int, names: list[str], text: str, codes: Codes, problems: list[str]) -> Iterator[Row]:
    code, _, dates = text.partition(" ")
    forms = list(dict.fromkeys(form for name in names for form in _spellings(name)))
    told = _read_code(code, codes)
    since, until = _read_dates(dates.strip())
    if told is None or since is None or until is None or not forms:
        problems.append(f"{path}:{number}: no code of a state or international body, known sectors and dates: {text[:60]!r}")
        return
    country, sectors = told
    row: Row = {
        "id": f"own:{path.name.split('.')[0].lower()}:{number}",
        "name": forms[0],
        "names": forms[1:],
        "country": country,
        "sectors": sectors,
    }
    yield row | ({"from": since} if since else {}) | ({"until": until} if until else {})


def _read_code(code: str, codes: Codes) -> tuple[str | None, list[str]] | None:
    """Return country and sectors of a code such as ``AFGGOV``; None where no part of it is known.

    An international code further on says more than one before it (``IGOUNO``); parts that name a faith, a people or one
    organisation are left out.
    """
    parts = [code[at : at + 3] for at in range(0, len(code), 3)]
    places = [part for part in parts if part in codes.countries]
    sectors = [sector for part in parts if (sector := _SECTORS.get(part, part)) in codes.sectors]
    if not places and not sectors:
        return None
    country = next((part for part in reversed(places) if part in codes.international), places[0] if places else None)
    return country, list(dict.fromkeys(sector for sector in sectors if sector is not None))


def _read_dates(text: str) -> tuple[str | None, str | None]:
    """Return the first and last day of ``930120-010120``, ``>011222``, ``<020612``; "" where open, None for no date."""
    if not text:
        return "", ""
    match = _DATES.match(text)
    if match is None:
        return None, None
    first, last = _day(match["first"]), _day(match["last"] or "")
    if match["sign"] == "<":
        return "", first
    return first, last


def _day(digits: str) -> str:
    if not digits:
        return ""
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= _PIVOT else "19") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"


def _spellings(name: str) -> Iterator[str]:
    """Yield a name of a dictionary as reports write it: ``HAMID_KARZAI_`` is "Hamid Karzai", ``FARC`` stays as well."""
    words = [word for word in re.split(r"[_\s]+", name.strip("_ ")) if word]
    if not words:
        return
    lowered = [word.lower() if at and word.lower() in _SMALL else _capital(word) for at, word in enumerate(words)]
    if len(words) == 1 and len(words[0]) <= 6:
        yield words[0]
    yield " ".join(lowered)


def _capital(word: str) -> str:
    return "-".join(part.capitalize() for part in word.split("-"))


def _agents(path: Path, codes: Codes, problems: list[str]) -> Iterator[Row]:
    """Yield a row for each agent: ``CATTLE!PERSON! [~AGR]``, ``CHILD {CHILDREN} [~CVL]``."""
    sets: dict[str, list[str]] = {}
    for number, line in _lines(path):
        text = line.strip()
        if (match := _SET.match(text)) is not None:
            sets[match["name"]] = [word.strip() for word in match["words"].split(",")]
            continue
        names, _, rest = text.partition("[")
        code = rest.partition("]")[0].strip().strip("~")
        told = _read_code(code, codes) if code else None
        forms = [form for form in _expanded(names, sets) if form]
        if told is None or not forms:
            problems.append(f"{path}:{number}: no noun with a known sector in brackets: {text[:60]!r}")
            continue
        row: Row = {"id": f"own:{path.name.split('.')[0].lower()}:{number}", "forms": forms, "sectors": told[1], "kind": "person"}
        yield row | ({"code": told[0]} if told[0] else {})


def _expanded(names: str, sets: dict[str, list[str]]) -> Iterator[str]:
    plural = re.search(r"\{([^}]*)\}", names)
    base = re.sub(r"\{[^}]*\}", "", names).strip()
    match = re.search(r"!(\w+)!", base)
    bases = [base.replace(match[0], word) for word in sets.get(match[1], [])] if match else [base]
    for form in [*bases, *(plural[1].split(",") if plural else ())]:
        yield " ".join(word for word in form.lower().split("_") if word).strip()
