"""Finding expressions of time: the rules of ``times.yaml`` over the text of each sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from dragoman import lexicon
from dragoman.errors import LexiconError
from dragoman.stages.time.calendar import Context, Groups, Period, Vocabulary, make_date
from dragoman.stages.time.resolve import RESOLVERS
from dragoman.stages.time.tense import lean
from dragoman.types import Reading

_MOST = 20_000  # characters of one sentence that are read; what is longer is a list or no prose
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|during|after|before|of|to|through|throughout|and|or|between|circa|around|about|for|early|late|mid|year|than|as|election|elections)"
    r"|[(\[–—/,-]|^)\s*$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|whose|[A-Z]\w+[’']s?|\w+s[’'])\s+$")
_NUMERIC = re.compile(r"(?<![\d/.-])([0-3]?\d)([/.-])([0-3]?\d)\2(?:19|20)\d\d(?![\d/])")
_YEAR = re.compile(r"(?<![\d.,$£€/-])(?:19[5-9]|20[0-9])\d(?![\d/]|[.,]\d|-\d)")
_SOUTH = re.compile(
    r"\b(?:Australia|New Zealand|South Africa|Argentin|Chile|Uruguay|Paraguay|Bolivia|Peru|Brazil|Zimbabw|Mozambi|Botswana|Namibia|Lesotho|Zambia|Malawi|Madagascar|Angola)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled rule."""

    id: str
    pattern: re.Pattern[str]
    means: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wrap:
    """Words before a dated expression that open one of its ends."""

    id: str
    pattern: re.Pattern[str]
    opens: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the lexicon says."""

    rules: tuple[Rule, ...]
    wraps: tuple[Wrap, ...]
    never: tuple[re.Pattern[str], ...]
    words: Vocabulary
    seen: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One match: offsets into the report's text, the rule, the groups, and the period read from them."""

    start: int
    end: int
    rule: str
    means: str
    groups: tuple[tuple[str, str], ...]
    period: Period


_KINDS = {
    "month": r"(?:{month})",
    "weekday": r"(?:{weekday})",
    "season": r"(?:{season})",
    "century": r"century",
    "decade": r"(?:{decade})|\d0['’]?s",
    "quarter": r"quarter|half|[qh][1-4]",
    "feast": r"christmas|new\s+year|boxing\s+day|may\s+day",
    "year": r"(?:1[1-9]|20)\d\d",
    "clock": r"\d\s?(?:[ap]\.?m|gmt|utc|z\b|[a-z]{{2,4}}t\b|local|hrs|hours)|\d:\d\d",
    "relative": r"(?:{day}|day|week|fortnight|month|year|decade|century|minute|hour|night|overnight|dawn|dusk|daybreak|nightfall|sunrise|sunset"
    r"|early|late|earlier|morning|afternoon|evening)",
    "digit": r"\d",
}


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for _ in range(4):
        pattern = re.sub(r"\{([a-z]+\d?)\}", lambda found: macros.get(found[1], found[0]), pattern)
    return pattern


def _blanks(pattern: str) -> str:
    """Let a blank of a pattern stand for any white space."""
    out, inside, escaped = [], False, False
    for char in pattern:
        if char == " " and not escaped:
            out.append(r"\s" if inside else r"(?:\s+)")
        else:
            out.append(char)
        if escaped:
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == "[":
            inside = True
        elif char == "]":
            inside = False
    return "".join(out)


def _unique_groups(pattern: str) -> str:
    """Number the second and later groups of a name, which a pattern may hold in alternatives."""
    counts: dict[str, int] = {}

    def name(found: re.Match[str]) -> str:
        counts[found[1]] = counts.get(found[1], 0) + 1
        return found[0] if counts[found[1]] == 1 else f"(?P<{found[1]}__{counts[found[1]]}>"

    return re.sub(r"\(\?P<(\w+)>", name, pattern)


def _macros(values: dict[str, Any]) -> dict[str, str]:
    macros = {}
    for group, words in values["words"].items():
        macros[group] = "|".join(
            re.escape(str(word)).replace(r"\ ", " ") for word in sorted(words, key=lambda each: (-len(str(each)), str(each)))
        )
    return {**macros, **values["macros"]}


@cache
def load_rules(lang: str) -> Rules:
    """Compile the rules of a language.

    Raises:
        LexiconError: naming the rule that is no pattern or means nothing known.
    """
    values = lexicon.read(lang, "times")
    macros = _macros(values)

    def compiled(entry: str, pattern: str, *, before: str = r"(?<![\w$€£])(?<!\d[.,])", after: str = r"(?!\w)") -> re.Pattern[str]:
        try:
            return re.compile(before + "(?:" + _unique_groups(_blanks(_expand(pattern, macros))) + ")" + after, re.IGNORECASE)
        except re.error as error:
            raise LexiconError(f"times.yaml: {entry}: {error}; mend the pattern") from error

    rules = []
    for row in values["rules"]:
        if row["means"] not in RESOLVERS or not frozenset(row["needs"]) <= frozenset(_KINDS):
            raise LexiconError(
                f"times.yaml: {row['id']}: means {row['means']!r} or needs {row['needs']!r} unknown; known: {', '.join(RESOLVERS)}"
            )
        rules.append(Rule(row["id"], compiled(row["id"], row["pattern"]), row["means"], frozenset(row["needs"])))
    wraps = tuple(
        Wrap(f"time.{row['id']}", compiled(row["id"], row["pattern"], before=r"(?<!\w)", after=r"\s+$"), row["opens"])
        for row in values["wrap"]
    )
    words = {group: {str(word).lower(): value for word, value in each.items()} for group, each in values["words"].items()}
    seen = tuple(
        (kind, re.compile(_expand(pattern, macros).replace("{{", "{").replace("}}", "}"), re.IGNORECASE))
        for kind, pattern in _KINDS.items()
    )
    return Rules(
        tuple(rules),
        wraps,
        tuple(compiled("never", each, before=r"(?<!\w)", after="") for each in values["never"]),
        Vocabulary(words),
        seen,
    )


class Grammarian:
    """Reads one report: holds its text, tokens and the context that its expressions are read against."""

    def __init__(self, rules: Rules, reading: Reading) -> None:
        self.rules = rules
        self.reading = reading
        self.text = reading.report.text
        self.tokens = reading.grammar.tokens
        self.names = sorted((name.first, name.last) for name in self.tokens.names if name.last - name.first > 1)
        published = reading.report.published
        self._year: int | None = None
        self.context = Context(rules.words, published, day_first=self._day_first(published), north=not _SOUTH.search(self.text))
        if published is None and reading.split.dateline is not None:
            self.context = replace(self.context, published=self._dateline_day())
        if self.context.published is None:
            self._year = self._only_year()

    def _only_year(self) -> int | None:
        """Return the year that the whole of an undated report names, where it names one alone."""
        years = set(_YEAR.findall(self.text))
        return int(years.pop()) if len(years) == 1 else None

    def _day_first(self, published: date | None) -> bool | None:
        day_first = month_first = 0
        near = set()
        for found in _NUMERIC.finditer(self.text):
            a, b = int(found[1]), int(found[3])
            day_first += 12 < a <= 31 and b <= 12
            month_first += 12 < b <= 31 and a <= 12
            if published and a <= 12 and b <= 12 and a != b:
                for order, day, month in ((True, a, b), (False, b, a)):
                    each = make_date(published.year, month, day)
                    if each and abs((each - published).days) <= 10:
                        near.add(order)
        if bool(day_first) != bool(month_first):
            return bool(day_first)
        return next(iter(near)) if len(near) == 1 and not day_first else None

    def _dateline_day(self) -> date | None:
        line = self.reading.split.dateline
        if line is None:
            return None
        days = {hit.period.start for hit in self.hits(line.start, line.end) if hit.period.dated and hit.period.precision == "day"}
        return days.pop() if len(days) == 1 else None

    def stretches(self) -> list[tuple[int, int]]:
        """Return the parts of the text that are read: the dateline and each sentence."""
        split = self.reading.split
        found = [(split.dateline.start, split.dateline.end)] if split.dateline else []
        if self.tokens.sentences:
            found += [(self.tokens.start[first], self.tokens.end[last - 1]) for first, last in self.tokens.sentences if first < last]
        else:
            found += [(split.start[first], split.end[last - 1]) for first, last in split.sentences if first < last]
        return found

    def token_at(self, offset: int) -> int | None:
        """Return the token that holds a code point, or None."""
        index = bisect_left(self.tokens.end, offset + 1)
        return index if index < len(self.tokens) and self.tokens.start[index] <= offset else None

    def hits(self, start: int, end: int) -> list[Hit]:
        """Return the expressions between two offsets, none overlapping, in order."""
        text = self.text[start : min(end, start + _MOST)]
        kinds = {kind for kind, pattern in self.rules.seen if pattern.search(text)}
        if not kinds:
            return []
        taken = (
            [(found.start(), found.end()) for pattern in self.rules.never for found in pattern.finditer(text)]
            if kinds & {"weekday", "month", "year"}
            else []
        )
        raw: list[tuple[int, int, int, Rule, re.Match[str]]] = []
        for order, rule in enumerate(self.rules.rules):
            if kinds & rule.needs:
                raw.extend(
                    (found.start(), -found.end(), order, rule, found)
                    for found in rule.pattern.finditer(text)
                    if found.end() > found.start()
                )
        raw.sort(key=lambda each: each[:3])
        hits: list[Hit] = []
        at = 0
        for begin, minus_end, _, rule, found in raw:
            if begin < at or any(first < -minus_end and begin < last for first, last in taken):
                continue
            hit = self._hit(rule, found, start)
            if hit is not None:
                hits.append(hit)
                at = -minus_end
        return hits

    def _hit(self, rule: Rule, found: re.Match[str], offset: int) -> Hit | None:
        start, end = offset + found.start(), offset + found.end()
        groups: Groups = {name.partition("__")[0]: value for name, value in found.groupdict().items() if value}
        groups["all"] = found[0]
        if not self._is_date(rule, groups, start, end):
            return None
        period = self.resolve(rule.means, groups, (start, end))
        if period is None:
            return None
        return Hit(start, end, rule.id, rule.means, tuple(sorted(groups.items())), period)

    def resolve(self, means: str, groups: Groups, place: tuple[int, int], *, year: int | None = None, ahead: bool = False) -> Period | None:
        """Resolve a match against the report, with the tense of its clause."""
        leaning = None
        if means in ("date", "month", "weekday", "weekend", "days", "feast"):
            token = self.token_at(place[0]) if self.tokens.sentences else None
            leaning = lean(self.tokens, self._head(token, place[1])) if token is not None else None
            if ahead and leaning is None:
                leaning = "future"
        try:
            return RESOLVERS[means](groups, replace(self.context, lean=leaning, year=year or self._year))
        except (ValueError, OverflowError, KeyError):
            return None

    def _head(self, token: int, end: int) -> int:
        """Return the highest word of the expression that starts with ``token``."""
        last = token
        while last + 1 < len(self.tokens) and self.tokens.start[last + 1] < end:
            last += 1
        for _ in range(last - token):
            head = self.tokens.head[token]
            if not token <= head <= last and not (head >= 0 and self.tokens.start[head] < end and head > token):
                break
            token = head
        return token

    def _is_date(self, rule: Rule, groups: Groups, start: int, end: int) -> bool:
        before, after = self.text[max(0, start - 40) : start], self.text[end : end + 40]
        if groups.get("month") and not groups["month"][0].isupper():
            return False
        if rule.means in ("weekday", "weekend") and re.search(r"\b(?:every|each)\s+$", before, re.IGNORECASE):
            return False
        if groups.get("weekday") and len(groups["weekday"]) < 6 and rule.means == "weekday":
            return False
        if groups.get("weekday") and not groups["weekday"][0].isupper() and len(groups["weekday"]) < 6:
            return False
        if rule.means in ("weekday", "month") and self._in_name(start, end):
            return False
        if rule.id == "time.month":
            return self._bare_month(groups, start, before, after)
        if rule.id in ("time.year", "time.years"):
            return self._bare_year(rule, groups, start, before, after)
        if rule.id == "time.decade":
            return self._bare_decade(groups, before)
        if rule.means == "season_of_year" and groups["season"].lower() == "fall" and groups.get("shift") is None:
            return not re.match(r"\s+\w+ed\b", after)
        if rule.id == "time.numeric-date":
            return not re.search(r"[\d.,/-]$", before) and not re.match(r"[/-]?\d|[.,]\d", after)
        return not (rule.means == "clock" and re.search(r"[\d:.,]$", before))

    def _in_name(self, start: int, end: int) -> bool:
        """Tell whether a longer name holds the words ("Sunday Times", "June Smith")."""
        token = self.token_at(start) if self.names else None
        if token is None:
            return False
        at = bisect_left(self.names, (token + 1, 0)) - 1
        if at < 0:
            return False
        first, last = self.names[at]
        low, high = self.tokens.start[first], self.tokens.end[last - 1]
        return low <= start and end <= high and (low, high) != (start, end)

    def _bare_month(self, groups: Groups, start: int, before: str, after: str) -> bool:
        word = groups["month"]
        prep = re.search(
            r"\b(?:in|since|until|till|by|from|during|through|throughout|to|and|between|of|early|mid|late|before|after|for|this|each)\s+$",
            before,
            re.IGNORECASE,
        )
        if re.match(r"\s+[A-Z][a-z]", after) and not prep and not groups.get("part"):
            return False
        if groups.get("part"):
            return True
        token = self.token_at(start)
        upos = self.tokens.upos[token] if token is not None and self.tokens.upos else "PROPN"
        if word.lower() in ("may", "march", "mar", "jan", "dec", "sep", "jun"):
            return bool(prep) and upos == "PROPN" and not re.match(r"\s*[A-Z]", after)
        if word.lower() in ("april", "june", "august"):
            return upos == "PROPN" and (
                bool(prep)
                or bool(re.match(r"[’']s\s+[a-z]", after))
                or (bool(re.search(r"\b(?:the|an?|its)\s+$", before, re.IGNORECASE)) and bool(re.match(r"\s+[a-z]", after)))
            )
        return upos in ("PROPN", "NOUN")

    def _bare_year(self, rule: Rule, groups: Groups, start: int, before: str, after: str) -> bool:
        if re.search(r"[\d$€£¥#][.,:/ -]?$", before) or re.match(r"[:/]\d|[.,]\d|\s?%|['’]?\d|[-–]\w", after):
            return False
        if groups.get("part") or "year" in groups["all"].lower() or rule.id == "time.years":
            return rule.id != "time.years" or not re.match(r"\s+(?:to|in)\s+\d", after)
        if not 1500 <= int(groups["year"]) <= 2100:
            return False
        determined = bool(_DETERMINED.search(before))
        if self._counts(start, after):
            return determined and int(groups["year"]) >= 1900
        return (
            bool(_YEAR_BEFORE.search(before)) or (determined and bool(re.match(r"\s+[\w“\"'‘-]", after))) or bool(re.match(r"\s*\)", after))
        )

    def _counts(self, start: int, after: str) -> bool:
        """Tell whether the number counts a plural noun to its right."""
        following = re.match(r"\s+([a-z]+)(?:\s+([a-z]+))?", after)
        token = self.token_at(start)
        if not following or token is None or not self.tokens.tag:
            return False
        head = self.tokens.head[token]
        return self.tokens.tag[head] in ("NNS", "NNPS") and head > token if head >= 0 else False

    def _bare_decade(self, groups: Groups, before: str) -> bool:
        if groups.get("decade"):
            return bool(re.match(r"the\b", groups["all"], re.IGNORECASE)) and not re.search(
                r"\b(?:in|into)\s+(?:his|her|their|my)\s+$", before
            )
        return True
