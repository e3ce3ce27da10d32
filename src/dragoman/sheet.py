"""What was read, laid out for a terminal: the sheet of one report, and the proof of one item.

Words of the report are printed clean (no control or invisible character reaches the terminal). Where styles
cannot be shown (``plain``) the words that a row rests on stand in square brackets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman import proof
from dragoman.export.json import claim as claim_record
from dragoman.export.json import words
from dragoman.proof import Item
from dragoman.text import bare, clean, shown
from dragoman.types import Actor, Attribution, Claim, Reading, Span, Voice, When

NARROWEST = 60  # columns; a narrower terminal wraps
QUOTE = 240  # characters of a quotation or sentence that are shown
NAME = 48  # characters of a name that are shown in a line
CELL = 36  # characters of a name that are shown in a column

_STYLES = {
    "heading": "bold",
    "id": "dim",
    "type": "bold cyan",
    "words": "bold yellow",
    "stance": "bold red",
    "rule": "dim",
}


class Sheet:
    """One reading, ready to be laid out.

    Args:
        reading: what was read.
        width: columns of the terminal.
        plain: mark words with brackets, because styles will not show.
    """

    def __init__(self, reading: Reading, *, width: int = 80, plain: bool = False) -> None:
        self._reading = reading
        self._text = reading.report.text
        self._width = max(width, NARROWEST)
        self._plain = plain
        self._short = proof.shorts(reading)
        self._indent = 2 + max(map(len, self._short.values()), default=proof.SHORTEST)
        self._voices = {each.id: each for each in reading.attributions}

    def whole(self) -> RenderableType:
        """Lay out the sheet: head, attributions, claims, labels, relations, consequences, what was set aside."""
        parts: list[RenderableType] = [*self._head()]
        parts += self._section("Who says what", [self._attribution(each) for each in self._reading.attributions])
        parts += self._section("What happened", [self._claim(each) for each in self._reading.claims], self._columns(_HEADINGS, style="dim"))
        parts += self._section("Who is called what", list(self._labels()))
        parts += self._section("How they stand", list(self._relations()))
        parts += self._section("What led to what", list(self._consequences()))
        parts += self._aside()
        return Group(*parts)

    def proof(self, item: Item) -> RenderableType:
        """Lay out every field of one item with the words and the rule behind it."""
        heading = Text.assemble((f"{proof.kind(item)} {item.id}", _STYLES["heading"]))
        parts: list[RenderableType] = [heading]
        if isinstance(item, Claim):
            parts.append(Text(f"revision {claim_record(item, self._text)['revision']}", style=_STYLES["id"]))
        for field in proof.fields(item, self._reading):
            parts += [Text(""), Text.assemble((f"{field.name}: ", _STYLES["heading"]), _cut(field.value, QUOTE))]
            roles: dict[tuple[Span, str], list[str]] = {}
            for each in field.evidence:
                roles.setdefault((each.span, each.rule), []).append(each.role)
            for (span, rule), told in roles.items():
                line = self._context(span, size=self._width - 6)
                parts += [
                    Padding(line, (0, 0, 0, 4)),
                    Padding(Text(shown(f"{', '.join(told)}: rule {rule}"), style=_STYLES["rule"]), (0, 0, 0, 4)),
                ]
        return Group(*parts)

    def _head(self) -> Iterator[RenderableType]:
        report = self._reading.report
        first = next((line for line in re.split(r"[\r\n]+", self._text) if shown(line)), "")
        yield Text(_cut(report.title or first, self._width - 1), style=_STYLES["heading"], no_wrap=True)
        date = report.published.isoformat() if report.published else "date not told"
        count = words(self._reading)
        facts = [
            report.publisher or "publisher not told",
            date,
            report.lang,
            f"{count} word{'' if count == 1 else 's'}",
            f"report {report.id}",
        ]
        yield Text(shown(" · ".join(facts)), style=_STYLES["id"])
        if report.url:
            yield Text(shown(report.url), style=_STYLES["id"])
        if self._reading.coder:
            yield Text(shown(self._reading.coder), style=_STYLES["id"])

    def _section(self, name: str, rows: Sequence[RenderableType], *heads: RenderableType) -> list[RenderableType]:
        if not rows:
            return []
        return [Text(""), Text(f"{name} ({len(rows)})", style=_STYLES["heading"]), *heads, *rows]

    def _row(self, item: Item, *lines: Text) -> RenderableType:
        """Lay out an id with lines beside it."""
        table = Table.grid(padding=0)
        table.add_column(width=self._indent, no_wrap=True)
        table.add_column(width=self._width - self._indent - 1, overflow="fold")
        for number, line in enumerate(lines):
            table.add_row(Text(self._short[item.id] if number == 0 else "", style=_STYLES["id"]), line)
        return table

    def _attribution(self, item: Attribution) -> RenderableType:
        line = Text(" ← ".join(self._chain(item)))
        if item.stance != "asserts":
            line.append(f"  {item.stance}", style=_STYLES["stance"])
        others = dict.fromkeys(_cut(each.name, NAME) for each in item.candidates if not item.speaker or each.name != item.speaker.name)
        if others:
            line.append(f"  or {', '.join(others)}?", style=_STYLES["id"])
        quote = Text(_cut(" … ".join(span.of(self._text) for span in item.content), QUOTE))
        return self._row(item, line, quote)

    def _chain(self, item: Attribution) -> list[str]:
        """Return the voices of an attribution, outermost first: publisher, enclosing speakers, outlet, speaker; one who speaks of himself once."""
        chain = [self._speaker(item)]
        seen = {item.id}
        here: Attribution | None = item
        while here:
            if here.via:
                chain.append(_cut(here.via.actor.name if here.via.actor else here.via.span.of(self._text), NAME))
            here = self._voices.get(here.inside or "")
            if here and here.id not in seen:
                seen.add(here.id)
                chain.append(self._speaker(here))
            else:
                here = None
        chain.append(shown(self._reading.report.publisher or "the report"))
        return [name for name, _ in groupby(reversed(chain))]

    def _speaker(self, item: Attribution) -> str:
        if item.speaker:
            return _person(item.speaker)
        return _cut(item.source.of(self._text), NAME) if item.source else "somebody"

    def _claim(self, item: Claim) -> RenderableType:
        cells = [
            Text(self._short[item.id], style=_STYLES["id"]),
            Text(_when(item.when)),
            _people(item.actors),
            Text.assemble((item.type, _STYLES["type"]), *(f"\n{mode}" for mode in item.modes)),
            _people(item.recipients),
            Text("\n".join(filter(None, [_cut(item.where.name, CELL), item.where.country])) if item.where else ""),
        ]
        told = [*item.status, *(["no recipient told"] if item.incomplete else [])]
        told += [f"{_count(each.low, each.high)} {each.what}" for each in item.numbers]
        told.append(f"according to {self._holders(item.held_by)}")
        below = Group(Text(" · ".join(told), style="italic"), self._context(item.trigger, size=QUOTE))
        return Group(self._columns(cells), Padding(below, (0, 0, 0, self._indent)))

    def _columns(self, cells: Sequence[str | Text], *, style: str = "") -> Table:
        """Lay out one row of claims; widths depend on the terminal alone, so all rows align."""
        table = Table.grid(padding=(0, 2, 0, 0))
        date, kind = 11, 14  # a range of days; the longest mode
        free = self._width - self._indent - date - kind - 10
        third = free // 3
        for width in (self._indent - 2, date, third, kind, third, free - 2 * third):
            table.add_column(width=width, overflow="fold")
        table.add_row(*cells, style=style)
        return table

    def _holders(self, voices: Sequence[Voice]) -> str:
        """Return who holds something, innermost voice first; one who speaks of his own words is named once."""
        told: list[tuple[str, list[str]]] = []
        for voice in voices:
            item = self._voices.get(voice.attribution)
            name = self._speaker(item) if item else voice.attribution
            if item and item.via:
                name += f" via {_cut(item.via.actor.name if item.via.actor else item.via.span.of(self._text), NAME)}"
            if not told or told[-1][0] != name:
                told.append((name, []))
            if voice.stance != "asserts":
                told[-1][1].append(voice.stance)
        names = [f"{name}, who {' and '.join(stances)}" if stances else name for name, stances in told]
        return ", per ".join(names) or "the reporter"

    def _labels(self) -> Iterator[RenderableType]:
        for item in self._reading.labels:
            voice = self._voices.get(item.by or "")
            by = self._speaker(voice) if voice else "the reporter"
            about = _cut(item.about_span.of(self._text), NAME)
            line = Text(f"{about}: {_cut(item.label.of(self._text), QUOTE)}")
            line.append(f"  by {by}" + (", contested" if item.contested else ""), style="italic")
            yield self._row(item, line)

    def _relations(self) -> Iterator[RenderableType]:
        for item in self._reading.relations:
            facts = [
                item.polarity,
                item.change,
                f"since {item.since}" if item.since else None,
                f"until {item.until}" if item.until else None,
            ]
            line = Text(f"{_person(item.a)} – {_person(item.b)}: {', '.join(filter(None, facts))}")
            line.append(f"  according to {self._holders(item.held_by)}", style="italic")
            yield self._row(item, line, self._context(item.words, size=QUOTE))

    def _consequences(self) -> Iterator[RenderableType]:
        kinds = {claim.id: f"{claim.type} {self._short[claim.id]}" for claim in self._reading.claims}
        for item in self._reading.consequences:
            sides = [
                kinds.get(each, each) if isinstance(each, str) else _cut(each.of(self._text), NAME) for each in (item.cause, item.effect)
            ]
            line = Text(" → ".join(sides))
            line.append(f"  according to {self._holders(item.held_by)}", style="italic")
            yield self._row(item, line, self._context(item.cue, size=QUOTE))

    def _aside(self) -> Iterator[RenderableType]:
        """Say what stayed empty, and count what was seen and set aside."""
        reading = self._reading
        if not (reading.attributions or reading.claims or reading.labels or reading.relations or reading.consequences):
            yield Text("")
            yield Text("Nothing to code in this report.")
        if reading.rejected:
            reasons = sorted(Counter(each.reason for each in reading.rejected).items(), key=lambda pair: (-pair[1], pair[0]))
            listed = "; ".join(f"{shown(reason)} {count}" for reason, count in reasons[:5])
            yield Text("")
            yield Text(f"Set aside: {len(reading.rejected)} ({listed}{'; …' if len(reasons) > 5 else ''})", style=_STYLES["id"])

    def _context(self, span: Span, *, size: int) -> Text:
        """Return the sentence around some words, these marked, cut to ``size`` characters around them."""
        whole = proof.sentence(self._reading, span)
        text = clean(self._text[whole.start : whole.end])
        begin, end = span.start - whole.start, span.end - whole.start
        room = max(size - (end - begin) - 4, 0)
        left = max(begin - max(room // 2, room - (len(text) - end)), 0)
        right = min(end + room - (begin - left), len(text))
        before, words_, after = (_squeezed(part) for part in (text[left:begin], text[begin:end], text[end:right]))
        mark = ("[", "]") if self._plain else ("", "")
        if left:
            before = "…" + before.partition(" ")[2]
        if right < len(text):
            after = after.rpartition(" ")[0] + "…"
        return Text.assemble(before.lstrip(), mark[0], (_cut(words_, size), _STYLES["words"]), mark[1], after.rstrip())


_HEADINGS = ("id", "when", "actor", "type", "recipient", "where")


def _person(actor: Actor) -> str:
    codes = proof.codes(actor)
    return _cut(actor.name, NAME) + (f" ({codes})" if codes else "")


def _people(actors: Iterable[Actor]) -> Text:
    """Return names, each with its codes on a line below."""
    cell = Text()
    for number, each in enumerate(actors):
        cell.append(("\n" if number else "") + _cut(each.name, CELL))
        if proof.codes(each):
            cell.append(f"\n{proof.codes(each)}", style=_STYLES["id"])
    return cell


def _when(when: When | None) -> str:
    """Return a date as precisely as it was told; a range on two lines."""
    if when is None or not (when.from_ or when.until):
        return ""
    if when.precision in ("year", "month") and when.from_:
        return when.from_[: 4 if when.precision == "year" else 7]
    if when.from_ == when.until:
        return when.from_ or ""
    return f"{when.from_ or '…'}\n–{when.until or '…'}"


def _count(low: int | None, high: int | None) -> str:
    if low == high:
        return str(low)
    if high is None:
        return f"{low} or more"
    return f"up to {high}" if low is None else f"{low} to {high}"


def _cut(text: str, size: int) -> str:
    """Return printable text of at most ``size`` characters."""
    text = shown(text)
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", bare(text))
