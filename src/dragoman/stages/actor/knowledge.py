"""What the lexicons know of actors, in the shape that the mention and actor stages look it up.

Names are matched over the pieces of tokens (runs of letters and digits, single signs), with
diacritics folded and case kept, so that no tokeniser has a say in whether "U.S." or "Côte d'Ivoire"
is found. Agents and other common words are matched over lower-case lemmas.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dragoman import gazetteer, lexicon
from dragoman.stages.actor import own

INTERNATIONAL = ("EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO")

_PIECE = re.compile(r"\w+|[^\w\s]")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "‐": "-", "‑": "-"})
_RANK = {"state": 0, "organisation": 1, "person": 2, "seat": 3, "capital": 4, "demonym": 5, "adjective": 6, "people": 7, "outlet": 8}

_RECENT = "1990"  # earlier heads of state are known by their whole names only
_HEADS = frozenset({"leader", "president", "prime minister", "premier", "chancellor", "king", "supreme leader", "taoiseach"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a name: what it names, with the code and sectors of the actor behind it."""

    id: str
    name: str
    what: str  # state adjective demonym people capital seat organisation outlet person
    code: str | None
    sectors: tuple[str, ...] = ()
    kind: str = ""
    ambiguous: bool = False
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """A common noun that names a kind of actor."""

    id: str
    form: tuple[str, ...]
    sectors: tuple[str, ...]
    kind: str  # person group institution
    inherits: bool = False
    code: str | None = None  # an international code that the words themselves tell


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word before an office that changes its sectors ("former"), or adds to them ("opposition lawmaker")."""

    id: str
    sectors: tuple[str, ...]
    applies: frozenset[str]
    adds: bool = False


@dataclass(slots=True)
class Words:
    """The closed word lists of ``roles.yaml``, ready for membership tests."""

    offices: dict[tuple[str, ...], str] = field(default_factory=dict)
    office_words: frozenset[str] = frozenset()
    portfolios: dict[tuple[str, ...], str] = field(default_factory=dict)
    generic: dict[str, frozenset[str]] = field(default_factory=dict)
    carriers: frozenset[str] = frozenset()
    bodies: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    civilian: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    collectives: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    statements: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    harms: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    relational: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    visiting: frozenset[str] = frozenset()
    strikes: frozenset[str] = frozenset()
    grounds: frozenset[str] = frozenset()
    ranks: frozenset[str] = frozenset()
    islands: frozenset[str] = frozenset()
    union_seats: frozenset[str] = frozenset()
    abroad: frozenset[str] = frozenset()
    bodies_again: dict[str, frozenset[str]] = field(default_factory=dict)
    name_heads: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    name_heads_of: frozenset[str] = frozenset()
    classes: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    honorifics: frozenset[str] = frozenset()
    male: frozenset[str] = frozenset()
    female: frozenset[str] = frozenset()
    speech: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    place_governors: frozenset[str] = frozenset()
    colonial_powers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Knowledge:
    """All of it for one language; never changed once loaded."""

    names: dict[tuple[str, ...], tuple[Entry, ...]] = field(default_factory=dict)
    upper: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    longest: dict[str, int] = field(default_factory=dict)
    states: dict[str, Entry] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # codes of territories that are coded as another state
    regions: dict[str, str | None] = field(default_factory=dict)  # countries of regions, None for those that span several
    surnames: dict[str, tuple[Entry, ...]] = field(default_factory=dict)  # of heads of state and government
    agents: dict[tuple[str, ...], Agent] = field(default_factory=dict)
    agent_words: dict[str, int] = field(default_factory=dict)
    modifiers: dict[str, Modifier] = field(default_factory=dict)
    institutions: dict[str, list[tuple[tuple[str, ...], Agent]]] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    problems: tuple[str, ...] = ()  # lines of a user's dictionaries that could not be read

    def lookup(self, words: Iterable[str]) -> tuple[Entry, ...]:
        """Return the readings of a name, best kind first; empty when no list has it."""
        key = tuple(piece for word in words for piece in pieces(word))
        found = self.names.get(key)
        if found is None and key in self.upper and all(piece == piece.upper() for piece in key):
            found = self.names[self.upper[key]]
        return found or ()

    def state(self, code: str | None) -> Entry | None:
        """Return the state that a country code stands for."""
        return self.states.get(code) if code else None


def fold(word: str) -> str:
    """Return a word without diacritics and with plain apostrophes and hyphens."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_SIGNS))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_SIGNS)


def pieces(word: str) -> list[str]:
    """Return the runs of letters and digits, and the single signs, of a folded word."""
    if word.isascii() and word.isalnum():
        return [word]
    return _PIECE.findall(fold(word))


def match_names(know: Knowledge, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the token ranges that are names of the knowledge base, the longest at each place, none overlapping."""
    flat: list[str] = []
    owner: list[int] = []
    first_piece: list[int] = []
    for index, word in enumerate(words):
        first_piece.append(len(flat))
        for piece in pieces(word):
            flat.append(piece)
            owner.append(index)
    first_piece.append(len(flat))
    token = 0
    while token < len(words):
        end = _match_at(know, flat, first_piece[token], owner, first_piece)
        if end is None:
            token += 1
        else:
            yield token, end
            token = end


def _match_at(know: Knowledge, flat: list[str], start: int, owner: list[int], first_piece: list[int]) -> int | None:
    if start >= len(flat):
        return None
    most = know.longest.get(flat[start], 0)
    for size in range(min(most, len(flat) - start), 0, -1):
        key = tuple(flat[start : start + size])
        if key not in know.names and key not in know.upper:
            continue
        last = owner[start + size - 1]
        rest = flat[start + size : first_piece[last + 1]]
        if not rest or rest == ["'", "s"]:
            return last + 1
    return None


@cache
def load(lang: str, folder: str = "") -> Knowledge:
    """Load the actor lexicons of a language once, with a user's own from a folder, which go before them.

    Raises:
        LexiconError: for a language or lexicon that is not there, or a folder that cannot be read.
    """
    know = Knowledge()
    mine = own.read(Path(folder), _codes(lang)) if folder else own.Own()
    know.problems = tuple(mine.problems)
    found = _found(_entries(lang))
    found.update(_found(_named(mine.rows)))
    know.names = {key: tuple(sorted(have, key=lambda each: (_RANK[each.what], each.ambiguous))) for key, have in found.items()}
    for key in know.names:
        know.longest[key[0]] = max(know.longest.get(key[0], 0), len(key))
        shout = tuple(piece.upper() for piece in key)
        if shout not in know.names and len("".join(shout)) > 3:
            know.upper.setdefault(shout, key)
            know.longest[shout[0]] = max(know.longest.get(shout[0], 0), len(shout))
    know.surnames = _surnames(found)
    _load_states(know, lang)
    _load_agents(know, lang, mine.rows["agents"])
    _load_institutions(know, lang)
    know.words = _load_words(lexicon.read(lang, "roles"))
    return know


def _found(entries: Iterator[tuple[tuple[str, ...], Entry]]) -> dict[tuple[str, ...], list[Entry]]:
    """Gather the readings of each name."""
    found: dict[tuple[str, ...], list[Entry]] = {}
    for key, entry in entries:
        have = found.setdefault(key, [])
        if not any(each.id == entry.id and each.what == entry.what for each in have):
            have.append(entry)
    return found


def _codes(lang: str) -> own.Codes:
    """Return the codes that a dictionary may use."""
    sectors = {sector for row in lexicon.read(lang, "agents")["agents"] for sector in row["sectors"]} | {"PRE", "UNK"}
    states = {row["code"] for row in lexicon.read(lang, "countries")}
    return own.Codes(frozenset({*states, *INTERNATIONAL}), frozenset(INTERNATIONAL), frozenset(sectors))


def _key(form: str) -> tuple[str, ...]:
    return tuple(pieces(form))


def _entries(lang: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
    yield from _state_entries(lexicon.read(lang, "countries"))
    yield from _named({name: lexicon.read(lang, name) for name in own.NAMES})


def _named(rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    for row in rows["organisations"]:
        yield from _plain_entries(row, "organisation")
    for row in rows["outlets"]:
        yield from _plain_entries({**row, "code": row.get("country"), "sectors": ["JRN"], "kind": "outlet"}, "outlet")
    for row in rows["offices"]:
        values = {**row, "code": row.get("country"), "since": row.get("from"), "kind": row.get("office", "")}
        yield from _plain_entries(values, "person")


def _plain_entries(row: dict[str, Any], what: str) -> Iterator[tuple[tuple[str, ...], Entry]]:
    unsure = frozenset(row.get("ambiguous", ()))
    for form in (row["name"], *row.get("names", ())):
        key = _key(str(form))
        if key:
            yield (
                key,
                Entry(
                    id=row["id"],
                    name=row["name"],
                    what=what,
                    code=row.get("code"),
                    sectors=tuple(row.get("sectors", ())),
                    kind=str(row.get("kind", "")),
                    ambiguous=form in unsure,
                    since=_text(row.get("since")),
                    until=_text(row.get("until")),
                ),
            )


def _surnames(found: dict[tuple[str, ...], list[Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Index heads of state and government by their last names ("al-Assad": "Assad" too)."""
    by: dict[str, dict[str, Entry]] = {}
    for key, entries in found.items():
        for entry in entries:
            recent = entry.until is None or entry.until >= _RECENT
            if entry.what == "person" and recent and entry.kind in _HEADS and len(key) > 1 and len(key[-1]) > 3:
                by.setdefault(key[-1], {})[entry.id] = entry
    return {name: tuple(sorted(each.values(), key=lambda entry: entry.id)) for name, each in sorted(by.items())}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _state_forms(row: dict[str, Any]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for form in (row["name"], *row.get("names", ())):
        yield "state", form, ()
    for form in row.get("adjectives", ()):
        yield "adjective", form, ()
    for form in row.get("demonyms", ()):
        yield "demonym", form, ("CVL",)
    for form in row.get("peoples", ()):
        yield "people", form, ("CVL",)
    capital = row.get("capital", ())
    for form in (capital,) if isinstance(capital, str) else capital:
        yield "capital", form, ("GOV",)
    for seat in row.get("seats", ()):
        if isinstance(seat, str):
            yield "seat", seat, ("GOV",)
        else:
            yield "seat", seat["form"], tuple(seat["sectors"])


def _state_entries(rows: list[dict[str, Any]]) -> Iterator[tuple[tuple[str, ...], Entry]]:
    for row in rows:
        unsure = frozenset(row.get("ambiguous", ()))
        extra = ("PRE",) if row.get("pre") else ()
        for what, form, sectors in _state_forms(row):
            key = _key(form)
            if key:
                entry = Entry(row["id"], row["name"], what, row["code"], (*sectors, *extra), "state", form in unsure)
                yield key, entry


def _load_states(know: Knowledge, lang: str) -> None:
    for row in lexicon.read(lang, "countries"):
        if not row.get("pre") and row["id"] == f"state:{row['code'].lower()}":
            know.states[row["code"]] = Entry(row["id"], row["name"], "state", row["code"], (), "state")
    for row in lexicon.read(lang, "countries"):
        know.states.setdefault(row["code"], Entry(row["id"], row["name"], "state", row["code"], (), "state"))
        own = row["id"].removeprefix("state:").upper()
        if len(own) == 3 and own != row["code"]:
            know.codes[own] = row["code"]
    know.codes["XKX"] = "KOS"
    for row in lexicon.read(lang, "regions")["regions"]:
        single = len(row["countries"]) == 1 and not row.get("unsure")
        for form in (row["name"], *row.get("names", ())):
            know.regions[gazetteer.fold(form)] = row["countries"][0] if single else None


def _load_agents(know: Knowledge, lang: str, mine: list[dict[str, Any]]) -> None:
    values = lexicon.read(lang, "agents")
    for row in values["modifiers"]:
        modifier = Modifier(row["id"], tuple(row["sectors"]), frozenset(row.get("applies", ())), bool(row.get("adds")))
        for form in row["forms"]:
            know.modifiers[form.lower().rstrip("-")] = modifier
    for row in (*mine, *values["agents"]):
        for form in row["forms"]:
            key = _key(form.lower())
            if key:
                sectors, kind = tuple(row.get("sectors", ())), row.get("kind", "person")
                agent = Agent(row["id"], key, sectors, kind, bool(row.get("inherits")), row.get("code"))
                know.agents.setdefault(key, agent)
    for key in know.agents:
        for piece in key:
            know.agent_words[piece] = max(know.agent_words.get(piece, 0), len(key))


def _load_institutions(know: Knowledge, lang: str) -> None:
    for row in lexicon.read(lang, "institutions"):
        for form in row["forms"]:
            parts = tuple("*" if part == "{X}" else part for part in re.findall(r"\{X\}|\w+|[^\w\s]", fold(form.lower())))
            agent = Agent(row["id"], parts, tuple(row.get("sectors", ())), row.get("kind", "institution"))
            fixed = [part for part in parts if part != "*"]
            if fixed:
                head = _institution_head(parts)
                know.institutions.setdefault(head, []).append((parts, agent))
    for forms in know.institutions.values():
        forms.sort(key=lambda pair: -len(pair[0]))


def _institution_head(parts: tuple[str, ...]) -> str:
    for index, part in enumerate(parts):
        if index and part in ("of", "for", "to", "on"):
            return parts[index - 1] if parts[index - 1] != "*" else parts[index - 2]
    return next(part for part in reversed(parts) if part != "*")


def _table(rows: list[dict[str, Any]], value: str) -> dict[tuple[str, ...], Any]:
    table: dict[tuple[str, ...], Any] = {}
    for row in rows:
        content = tuple(row[value]) if isinstance(row[value], list) else row[value]
        for form in row["forms"]:
            table.setdefault(_key(form), content)
    return table


def _load_words(rows: dict[str, Any]) -> Words:
    powers = {code: power for power, codes in rows["colonial_powers"].items() for code in codes}
    return Words(
        offices=_table(rows["offices"], "key"),
        office_words=frozenset(word for row in rows["offices"] for form in row["forms"] for word in _key(form)),
        portfolios={_key(form): forms[0] for forms in rows["portfolios"] for form in forms},
        generic={row["form"]: frozenset(row["of"]) for row in rows["generic"]},
        carriers=frozenset(rows["carriers"]),
        bodies=_table(rows["bodies"], "sectors"),
        civilian=frozenset(rows["people"]["civilian"]),
        people=frozenset(rows["people"]["other"]),
        collectives=frozenset(rows["collectives"]),
        kin=frozenset(rows["kin"]),
        heads=frozenset(rows["heads"]),
        counts=frozenset(rows["counts"]),
        papers=frozenset(rows["papers"]),
        statements=frozenset(rows["statements"]),
        towns=frozenset(rows["towns"]),
        harms=frozenset(rows["harms"]),
        states=frozenset(rows["states"]),
        relational=frozenset(rows["relational"]),
        things=frozenset(rows["things"]),
        visiting=frozenset(rows["visiting"]),
        strikes=frozenset(rows["strikes"]),
        grounds=frozenset(rows["grounds"]),
        ranks=frozenset(rows["ranks"]),
        islands=frozenset(rows["islands"]),
        union_seats=frozenset(rows["union_seats"]),
        abroad=frozenset(rows["abroad"]),
        bodies_again={row["form"]: frozenset(row["kinds"]) for row in rows["bodies_again"]},
        name_heads=_table(rows["name_heads"], "sectors"),
        name_heads_of=frozenset(rows["name_heads_of"]),
        classes=_table(rows["classes"], "sectors"),
        honorifics=frozenset(rows["honorifics"]),
        male=frozenset(rows["male"]),
        female=frozenset(rows["female"]),
        speech=frozenset(rows["speech"]),
        place_prepositions=frozenset(rows["place_prepositions"]),
        place_governors=frozenset(rows["place_governors"]),
        colonial_powers=powers,
    )
