"""The sheet: within the width of the terminal, with every row, and nothing that could harm a terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import hand
import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType

from dragoman import proof
from dragoman.sheet import Sheet
from dragoman.types import Actor, Reading, Rejected, Report, Span, Voice, When


def printed(renderable: RenderableType, width: int = 80, *, colour: bool = False) -> str:
    console = Console(
        width=width,
        file=io.StringIO(),
        highlight=False,
        markup=False,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        _environ={},
    )
    console.print(renderable)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def sheet(reading: Reading, width: int = 80) -> str:
    return printed(Sheet(reading, width=width, plain=True).whole(), width)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = sheet(hand.reading(), width).splitlines()
    assert max(map(cell_len, lines)) <= width


def test_no_type_or_mode_is_broken_at_80_columns() -> None:
    import tomllib

    from dragoman import resources

    types = tomllib.loads(resources.read_text("ontologies", "plover.toml"))["type"]
    claim = hand.reading().claims[0]
    for name, each in types.items():
        modes = tuple(each.get("modes", {}))
        words = sheet(replace(hand.reading(), claims=(replace(claim, type=name, modes=modes),))).split()
        assert {name, *modes} <= set(words)


def test_every_row_is_there() -> None:
    reading = hand.reading()
    text = sheet(reading)
    for item in proof.items(reading):
        assert f"\n{item.id[:4]}" in text
    for heading in ("Who says what (2)", "What happened (2)", "Who is called what (1)", "How they stand (1)", "What led to what (1)"):
        assert heading in text
    assert "Set aside: 1 (dateline 1)" in text


def test_head_names_the_report() -> None:
    reading = hand.reading()
    head = sheet(reading).split("\n\n")[0]
    assert "Lakeside News Agency · 2024-02-28 · en · 45 words" in head
    assert reading.report.id in head
    assert sheet(Reading(Report("...", title="A title"))).startswith("A title\npublisher not told · date not told · en · 0 words")


def test_the_chain_of_voices() -> None:
    text = sheet(hand.reading(), 160)
    assert "Lakeside News Agency ← Radio Copper ← Zambia’s foreign minister (ZMB GOV)  or Malawian counterpart?" in text
    assert "Lakeside News Agency ← Police (ZMB COP)  denies" in text


def test_a_voice_inside_another() -> None:
    reading = hand.reading()
    outer, inner = reading.attributions
    nested = replace(reading, attributions=(outer, replace(inner, inside=outer.id)))
    assert "Lakeside News Agency ← Radio Copper ← Zambia’s foreign minister (ZMB GOV) ← Police (ZMB COP)" in sheet(nested, 160)
    circle = replace(reading, attributions=(replace(outer, inside=inner.id), replace(inner, inside=outer.id)))
    assert "← Police (ZMB COP)" in sheet(circle, 160)


def test_who_quotes_himself_is_named_once() -> None:
    reading = hand.reading()
    outer, inner = reading.attributions
    own = replace(inner, speaker=outer.speaker, inside=outer.id, via=outer.via)
    claim = replace(reading.claims[0], held_by=(Voice(own.id, "denies"), Voice(outer.id, "asserts")))
    text = sheet(replace(reading, attributions=(outer, own), claims=(claim,)), 160)
    assert "according to Zambia’s foreign minister (ZMB GOV) via Radio Copper, who denies\n" in text.replace(" \n", "\n").replace("  ", "")
    assert "minister (ZMB GOV) ← Zambia" not in text


def test_claims_say_who_holds_them() -> None:
    text = sheet(hand.reading(), 160)
    assert "according to the reporter" in text
    assert "negation · 12 arrested · according to Police (ZMB COP), who denies" in text


def test_words_are_marked_in_brackets_or_in_colour() -> None:
    reading = hand.reading()
    assert "minister [met] his" in " ".join(sheet(reading).split())
    coloured = printed(Sheet(reading, width=80).whole(), colour=True)
    assert "\x1b[1;33mmet\x1b[0m" in coloured
    assert "[met]" not in coloured


def test_markup_in_a_report_stays_text() -> None:
    claim = hand.reading().claims[0]
    text = "The [bold red]army[/] :smile: met rebels."
    span = Span(text.index("met"), text.index("met") + 3)
    reading = Reading(
        Report(text), split=hand.split(text), claims=(replace(claim, trigger=span, actors=(), recipients=(), where=None, when=None),)
    )
    assert "The [bold red]army[/] :smile: [met] rebels." in sheet(reading)


def test_nothing_reaches_the_terminal_but_text() -> None:
    text = "The\x1b]0;x\x07 ar\u202emy\u202c met\r\n\trebels\x9b31m here."
    claim = hand.reading().claims[0]
    actor = Actor(None, "ar\u202emy\x1b[2J", None)
    start = text.index("met")
    reading = Reading(
        Report(text, publisher="P\x1b[2J"),
        split=hand.split(text),
        claims=(replace(claim, trigger=Span(start, start + 3), actors=(actor,), recipients=(), where=None, when=None),),
        rejected=(Rejected(Span(0, 3), "why\x1b[2J"),),
    )
    for out in (sheet(reading), printed(Sheet(reading, plain=True).proof(reading.claims[0]))):
        assert not any(char in out for char in "\x1b\x07\x9b\u202e\r\t")


def test_long_words_are_cut_around_the_trigger() -> None:
    text = "word " * 400 + "attacked " + "word " * 400
    claim = hand.reading().claims[0]
    start = text.index("attacked")
    claim = replace(claim, trigger=Span(start, start + 8), actors=(), recipients=(), when=None, where=None)
    out = sheet(Reading(Report(text), split=hand.split(text), claims=(claim,)))
    assert "…word word" in " ".join(out.split())
    assert "[attacked]" in out
    assert len(out) < 1500


@pytest.mark.parametrize(
    ("from_", "until", "precision", "expected"),
    [
        ("2024-02-26", "2024-02-26", "day", "2024-02-26 "),
        ("2022-01-01", "2022-12-31", "year", "2022 "),
        ("2022-03-01", "2022-03-31", "month", "2022-03 "),
        ("2020-02-28", "2024-02-28", "span", "–2024-02-28"),
        ("2022-01-01", None, "span", "–…"),
    ],
)
def test_dates_are_as_precise_as_told(from_: str, until: str | None, precision: str, expected: str) -> None:
    reading = hand.reading()
    when = When(from_, until, precision, hand.span("on Monday"))  # type: ignore[arg-type]
    assert expected in sheet(replace(reading, claims=(replace(reading.claims[0], when=when),)))


def test_nothing_to_code_is_said() -> None:
    assert "Nothing to code in this report." in sheet(Reading(Report("...")))


def test_proof_gives_words_and_rule_of_each_field() -> None:
    reading = hand.reading()
    text = printed(Sheet(reading, plain=True).proof(reading.claims[0]))
    assert text.startswith(f"claim {reading.claims[0].id}\nrevision ")
    assert "trigger: rule consult.meet" in text
    assert "Lusaka [on Monday]" in text
    assert max(map(cell_len, text.splitlines())) <= 80
