"""The frame of a wire report: paragraphs, the dateline that opens it and the sign-off that closes it."""

from __future__ import annotations

import re
from typing import Any

from dragoman.stages.split.words import BLANK
from dragoman.types import Span

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_VISIBLE = re.compile(f"[^{BLANK}]")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[•◦‣▪●*+»>–—-]|\d{1,3}[.)]|[A-Za-z][.)])\s")
_FINAL = frozenset('.!?:;"”’»)')
_WIDEST_WRAP = 120

_CAPS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]+"
_TITLE = r"[A-ZÀ-ÖØ-Þ][\w'’.]*"
_PARTICLE = r"(?:de|del|du|la|le|al|el|es|and|of|upon|sur|au|aux|en|les|the)"
_ALL_CAPS = rf"(?P<place>{_CAPS}(?:[ /-](?:{_CAPS}|{_PARTICLE})){{0,5}})"
_ANY = rf"(?P<place>{_TITLE}(?:[ /-](?:{_TITLE}|{_PARTICLE})){{0,5}})"
_REGION = rf"(?:,[ ]*{_TITLE}(?:[ -](?:{_TITLE}|{_PARTICLE})){{0,3}}|[ ]*\[{_TITLE}\])?"
_AGENCY = r"(?P<agency>\([A-Za-zÀ-ÖØ-öø-ÿ][\w.&/'’, -]{1,60}\))"
_DASH = r"[ ]*\.?(?:--+|—|–)[ ]*|[ ]*\.-[ ]*|[ ]+-(?:[ ]+|(?=\w))|[ ]*-[ ]+"
_WIDE_DASH = r"(?:[ ]*(?:--+|—)[ ]*|[ ]+[–-][ ]+)"
_END = r"[ ]*\Z"

Lines = list[tuple[int, int]]


class Frame:
    """Finds paragraphs, dateline and sign-off with a language's names of months, agencies and marks."""

    def __init__(self, knowledge: dict[str, Any], places: frozenset[str]) -> None:
        self._known = places
        dateline, signoff = knowledge["dateline"], knowledge["signoff"]
        self._not_places = frozenset((*dateline["not_places"], *dateline["months"], *dateline["days"]))
        self._months = re.compile(rf",\s*.*\b(?i:{'|'.join(sorted(dateline['months']))})\b")
        self._openings = _openings(dateline["months"], dateline["days"])
        agencies = "|".join(re.escape(name) for name in sorted(knowledge["agencies"], key=lambda name: (-len(name), name)))
        self._agency = re.compile(rf"\((?:{agencies})\b")
        self._agency_first = re.compile(rf"\((?:{agencies})(?:[/ -][\w.]+){{0,2}}\)(?:{_DASH}|[ ]*(?=[A-Z“\"]))")
        self._agency_alone = re.compile(rf"(?:{agencies}){_WIDE_DASH}(?=[A-Z“\"])")
        self._city_agency = re.compile(rf"{_ANY},[ ]*(?:{agencies})(?:{_DASH})")
        months = "|".join(sorted(dateline["months"]))
        self._last_line = re.compile(
            rf"""[A-Z]{{2,6}}                                                             # PTI
              | \((?:[A-Z][\w.&-]*[ ]?){{1,5}}\)                                         # (Gulf News Agency)
              | (?:[A-Z][\w.]*[ ]){{0,4}}[A-Z][\w.]*(?:/[a-z]{{1,4}}){{1,6}}                # Gulf News Agency/ab/cd
              | (?:[A-Z][\w.]*[ ]){{1,4}}[A-Z][\w.]*,[ ](?:\d{{1,2}}[ ])?(?i:{months})\b[ ,\d]*  # Gulf News Agency, 3 May
            """,
            re.VERBOSE,
        )
        self._marks = frozenset(signoff["marks"])
        self._credits = tuple(signoff["credits"])
        spaced = "|".join(re.escape(credit).replace(r"\ ", "[ ]") for credit in self._credits)
        credits = "|".join(map(re.escape, self._credits))
        self._bracketed = re.compile(rf"[(\[](?i:{credits})[^()\[\]]{{0,1200}}(?:\([^()]{{0,200}}\)[^()\[\]]{{0,400}})?[)\]][ ]*\Z")
        self._inline = re.compile(
            rf"""(?<=[.!?"”’)\]])[ ]*(?:
                (?P<initials> /?[A-Za-z]{{1,4}}(?:/[A-Za-z]{{1,4}}){{1,10}}/? )
              | (?P<mark> [(\[](?i:end|ends|more|item[ ]ends)[)\]] | ENDS? | /?END(?:ITEM)? | Enditem | \#{{2,}} | -[ ]?30[ ]?- )
              | (?P<credit> (?:[-–—*]+[ ]*)?(?i:CREDITS)[ ][^\n]{{1,200}} )
              | (?P<agency> [(\[](?:{agencies})(?:[/-][\w-]+)*[)\]] | [-–—]+[ ]?(?:{agencies})(?:/[A-Z]\w+)*\.? )
            )\Z""".replace("CREDITS", spaced),
            re.VERBOSE,
        )
        self._agency_line = re.compile(rf"[(\[–—-]*[ ]?(?:{agencies})(?:[/ -](?:{agencies}|[a-z]{{2,4}}))*[)\]]?\Z")

    def read(self, text: str) -> tuple[Lines, Span | None, Span | None]:
        """Return the ranges of the paragraphs without dateline and sign-off, and the spans of the two."""
        lines = _lines(text)
        signoff = self._signoff(text, lines)
        if signoff:
            lines = [(start, min(end, signoff.start)) for start, end in lines if start < signoff.start]
        paragraphs = _paragraphs(text, lines)
        dateline = self._dateline(text, paragraphs)
        if dateline:
            paragraphs = [each for start, end in paragraphs for each in _without(start, end, dateline)]
        return paragraphs, dateline, signoff

    def _dateline(self, text: str, paragraphs: Lines) -> Span | None:
        """Return the strongest dateline among the first paragraphs: date or agency first, then the earliest."""
        found: list[tuple[int, Span]] = []
        for start, end in paragraphs[:6]:
            first = _VISIBLE.search(text, start, end)
            if first:
                head = _one_line(text[first.start() : min(end, first.start() + 200)])
                strength, length = self._opening(head, whole=end - first.start() <= 200)
                if length:
                    found.append((strength, Span(first.start(), first.start() + len(head[:length].rstrip()))))
        return max(found, key=lambda each: (each[0], -each[1].start))[1] if found else None

    def _opening(self, head: str, *, whole: bool) -> tuple[int, int]:
        """Return how sure and how long a dateline ``head`` opens with; ``whole`` when it is all of the paragraph."""
        for strength, pattern in (*self._openings, (2, self._agency_first), (2, self._city_agency), (2, self._agency_alone)):
            match = pattern.match(head)
            if not match or (match.end() == len(head) and not whole):
                continue
            place = match.groupdict().get("place")
            if place is not None and (place.split()[0].lower().strip(".") in self._not_places or place.lower() in self._not_places):
                continue
            if self._holds(match, head, strength, place):
                return strength, match.end()
        return 0, 0

    def _holds(self, match: re.Match[str], head: str, strength: int, place: str | None) -> bool:
        """Tell whether what looks like a dateline is told apart from a headline or a label."""
        agency = match.groupdict().get("agency")
        if agency and not (agency[1].isupper() or self._agency.match(agency)):
            return False
        if match.end() == len(head):
            return bool(self._months.search(match.group()) or (agency and self._agency.match(agency)))
        if strength > 1 or place is None:
            return True
        colon = match.group().rstrip()[-1] == ":"
        if place.isupper():
            long_enough = len(place) > 4 and len(place.split()) < 3 if colon else len(place) > 3
            return long_enough and any(letter.islower() for letter in head[match.end() :])
        return "," in match.group() or place in self._known

    def _signoff(self, text: str, lines: Lines) -> Span | None:
        """Return the span from the first to the last mark of the agency at the end of a text."""
        last = len(lines) - 1
        if last < 0:
            return None
        finish = end = _visible_end(text, *lines[last])
        begin = finish
        for _ in range(8):
            start = lines[last][0] + len(text[lines[last][0] : end]) - len(text[lines[last][0] : end].lstrip())
            cut = self._closing(text, start, end, begin == finish)
            if cut is None or not _VISIBLE.search(text, lines[0][0], cut):
                break
            begin = cut
            while last > 0 and lines[last][0] >= begin:
                last -= 1
            end = _visible_end(text, lines[last][0], min(lines[last][1], begin))
            if end <= lines[last][0]:
                break
        return Span(begin, finish) if begin < finish else None

    def _closing(self, text: str, start: int, end: int, is_last: bool) -> int | None:
        """Return where a sign-off begins that ends at ``end``, in the line from ``start`` or across lines."""
        floor = max(0, end - 1800)
        tail = text[floor:end]
        if tail[-1] in ")]" and (match := self._bracketed.search(_one_line(tail))):
            return floor + match.start()
        if end - start <= 400 and self._is_closing_line(text[start:end], is_last):
            return start
        floor = max(start, end - 240)
        match = self._inline.search(text, floor, end)
        if match and (match.lastgroup != "initials" or match.group().count("/") > 1):
            return match.start() + len(match.group()) - len(match.group().lstrip())
        return None

    def _is_closing_line(self, line: str, is_last: bool) -> bool:
        """Tell whether a whole line is a mark, initials, a credit or an agency's name."""
        if re.fullmatch(r"(?:[#*_=~-]\s*){2,}|-\s*30\s*-|\(\(.*\)\)", line) or self._agency_line.match(line):
            return True
        if is_last and self._last_line.fullmatch(line):
            return True
        if re.fullmatch(r"[(\[]?/?[A-Za-z]{1,6}(?:/[A-Za-z]{1,6}){1,10}/?\.?[)\]]?", line):
            return line.count("/") > 1 or all(len(part) <= 3 for part in line.strip("()[].").split("/"))
        bare = re.sub(r"[^a-z ]", "", line.lower()).strip()
        if bare in self._marks and (line.isupper() or bare in ("ends", "enditem", "item ends") or not line[0].isalpha()):
            return True
        if re.search(r"\b(?:contributed (?:to|reporting)\b.{0,60}|contributed from .{1,60})\.?$", line) and len(line) < 300:
            return True
        opening = line.lstrip("([-–—* ").lower()
        return opening.startswith(self._credits) and not (is_last and len(line) > 300)


def _openings(months: list[str], days: list[str]) -> list[tuple[int, re.Pattern[str]]]:
    """Return patterns of datelines with their strength, surest first."""
    month = f"(?i:{'|'.join(sorted(months, key=lambda name: (-len(name), name)))})\\.?"
    day = f"(?i:{'|'.join(sorted(days, key=lambda name: (-len(name), name)))})\\.?"
    date = rf"(?:{day},?[ ]+)?(?:{month}[ ]+\d{{1,2}}(?!\d)|\d{{1,2}}[ ]+{month})(?:,?[ ]+\d{{4}})?|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}"
    when, stop = rf"(?:,?[ ]*(?:{date}))", f"(?:{_DASH}|:[ ]*|{_END})"
    open_stop = rf"(?:{_DASH}|:[ ]*|{_END}|[ ]+(?=[A-Z“\"]))"
    return [
        (3, re.compile(rf"{_ALL_CAPS}{_REGION}{when}?[ ]*{_AGENCY}{when}?{open_stop}")),
        (3, re.compile(rf"{_ANY}{_REGION}{when}?[ ]*{_AGENCY}{when}?{stop}")),
        (3, re.compile(rf"{_ANY}{_REGION},?[ ]*(?:{date})[ ]*(?:[(\[/]?[A-Z][\w/-]{{1,12}}[)\]/]?)?{stop}")),
        (3, re.compile(rf"\[{_ANY}{_REGION},?[ ]*(?:{date})[^\[\]]{{0,40}}\]")),
        (3, re.compile(rf"{_ANY}{_REGION}{when}[ ]*{_AGENCY}{open_stop}")),
        (3, re.compile(rf"{_ANY}{_REGION}{when}\.?[ ]*/[A-Z][\w-]+/\.?{open_stop}")),
        (3, re.compile(rf"{_ANY}{_REGION}[ ]*\((?:{date})\){stop}")),
        (3, re.compile(rf"(?:{date}),?[ ]+{_ANY}{_REGION}(?:{_DASH})")),
        (3, re.compile(rf"(?:{date})[ ]*{_AGENCY}{stop}")),
        (2, re.compile(rf"(?:{date}){_WIDE_DASH}(?=[A-Z“\"])")),
        (2, re.compile(rf"{_AGENCY}[ ]*{_ALL_CAPS}{_REGION}{when}?(?:{_DASH})")),
        (1, re.compile(rf"{_ALL_CAPS}{_REGION}(?:{_WIDE_DASH}|:[ ]+)")),
        (1, re.compile(rf"{_ANY}{_REGION}{_REGION}{_WIDE_DASH}(?=[A-Z“\"])")),
    ]


def _lines(text: str) -> Lines:
    """Return the ranges of the lines that hold a visible character."""
    return [match.span() for match in _LINE.finditer(text) if _VISIBLE.search(text, *match.span())]


def _visible_end(text: str, start: int, end: int) -> int:
    """Return the end of ``text[start:end]`` without its trailing blanks."""
    while end > start and not _VISIBLE.match(text[end - 1]):
        end -= 1
    return end


def _paragraphs(text: str, lines: Lines) -> Lines:
    """Join the lines of hard-wrapped paragraphs; every other line is a paragraph."""
    if not lines:
        return []
    near = [len(_BREAK.findall(text, lines[i][1], lines[i + 1][0])) == 1 for i in range(len(lines) - 1)]
    width = max(end - start for start, end in lines)
    pairs = [i for i, is_near in enumerate(near) if is_near]
    full = {i for i in pairs if _is_full(text, lines[i], lines[i + 1], width)} if width <= _WIDEST_WRAP else set()
    running = sum(_runs_on(text, lines[i], lines[i + 1]) for i in pairs)
    wrapped = len(pairs) >= 3 and len(full) >= 0.6 * len(pairs) and running >= 0.4 * len(pairs)
    joined = [lines[0]]
    for i, line in enumerate(lines[1:]):
        if near[i] and _continues(text, lines[i], line, is_full=wrapped and i in full):
            joined[-1] = (joined[-1][0], line[1])
        else:
            joined.append(line)
    return joined


def _is_full(text: str, line: tuple[int, int], after: tuple[int, int], width: int) -> bool:
    """Tell whether the first word of the next line would not have fitted onto a line."""
    space = re.compile(r"\s").search(text, after[0], after[1])
    word = (space.start() if space else after[1]) - after[0]
    length = line[1] - line[0]
    return length + 1 + word > width or (length > 0.8 * width and text[line[1] - 1] not in _FINAL)


def _continues(text: str, line: tuple[int, int], after: tuple[int, int], *, is_full: bool) -> bool:
    """Tell whether a line goes on with the paragraph of the line before it."""
    if _BULLET.match(text, after[0], after[1]) or text[after[0]].isspace():
        return False
    return is_full or _runs_on(text, line, after)


def _runs_on(text: str, line: tuple[int, int], after: tuple[int, int]) -> bool:
    """Tell whether a line ends without a full stop and the next begins in lower case, with no name such as al-Asad."""
    unfinished = text[_visible_end(text, *line) - 1] not in _FINAL
    return unfinished and text[after[0]].islower() and text[after[0] + 1 : after[0] + 3] not in ("l-", "n-", "s-")


def _without(start: int, end: int, hole: Span) -> Lines:
    """Return what is left of a range when ``hole`` is taken out."""
    if hole.end <= start or end <= hole.start:
        return [(start, end)]
    return [(first, last) for first, last in ((start, hole.start), (hole.end, end)) if first < last]


def _one_line(text: str) -> str:
    """Return the text, of the same length, with plain spaces for line breaks and other spaces."""
    return re.sub(r"\s", " ", text)
