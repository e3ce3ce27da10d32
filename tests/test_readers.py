"""Bad input: refused with the name of the file, the reason and what to do; good input: never altered."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ReportError
from dragoman.readers.text import LIMIT, day, read, report
from dragoman.text import shown

BAD = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t \n", "empty"),
    "invisible": ("\ufeff\u200b\u00a0\u202e".encode(), "empty"),
    "latin-1": ("Le président a été réélu".encode("latin-1"), "not UTF-8: byte 0xe9 at offset 5"),
    "utf-16": ("The army withdrew.".encode("utf-16"), "UTF-16"),
    "nul": (b"The army\0withdrew.", "binary: a NUL at character 8"),
    "binary": (b"\x7fELF\x02\x01\0\0\xff\xfe", "binary, not UTF-8"),
    "pdf": (b"%PDF-1.7 ...", "a PDF"),
    "office": (b"PK\x03\x04rest", "zip"),
    "surrogate": (b"half \xed\xa0\xbd pair", "not UTF-8"),
    "overlong": (b"\xc0\xaf", "not UTF-8"),
    "one-line": (b"word " * 2_097_152, "too long"),
}


@pytest.mark.parametrize("kind", sorted(BAD))
def test_what_cannot_be_a_report_is_refused(kind: str, tmp_path: Path) -> None:
    raw, reason = BAD[kind]
    path = tmp_path / f"{kind}.txt"
    path.write_bytes(raw)
    with pytest.raises(ReportError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert reason in message
    assert ";" in message, "an error says what to do"
    assert "\n" not in message


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none.txt", "no such file"), (tmp_path, "folder"), (Path("nul\0name"), "cannot be opened")):
        with pytest.raises(ReportError, match=reason):
            read(path)


def test_what_may_not_be_opened_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    with pytest.raises(ReportError, match=r"cannot be opened \(Permission denied\)"):
        read("closed.txt")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffThe army withdrew.",
        "The army\r\nwithdrew.\r\n",
        "The \u202earmy\u202c \x1b[31mwithdrew\x07.",
        "🕊️ peace 👩‍👩‍👧 talks",
        "!!! ...",
        "word " * 100_000,
    ],
)
def test_odd_text_is_taken_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(text.encode())
    assert read(path).text == text
    assert read(text.encode()).text == text
    assert report(text).text == text


@given(st.binary(max_size=200))
def test_any_bytes_give_their_text_or_a_report_error(raw: bytes) -> None:
    found = None
    with suppress(ReportError):
        found = read(raw, name="stdin")
    assert found is None or found.text.encode() == raw


@given(st.text())
def test_any_text_is_kept_or_refused(text: str) -> None:
    found = None
    with suppress(ReportError):
        found = report(text)
    assert (found.text == text) if found else ("\0" in text or not shown(text))


def test_longest_text() -> None:
    assert len(report("a" * LIMIT).text) == LIMIT
    with pytest.raises(ReportError, match="too long"):
        report("a" * (LIMIT + 1))


def test_text_that_is_no_text() -> None:
    with pytest.raises(ReportError, match="bytes, not str"):
        report(b"words")  # type: ignore[arg-type]
    with pytest.raises(ReportError, match="surrogate"):
        report("half \ud83d pair")
    with pytest.raises(ReportError, match="title"):
        report("words", title=3)  # type: ignore[arg-type]


def test_unknown_is_none() -> None:
    found = report("words", publisher="  ", title="", url=" ")
    assert (found.publisher, found.title, found.url, found.published) == (None, None, None, None)
    told = report("words", publisher=" Andes Cable ", title="T", url="https://example.org/1", published="2024-02-29")
    assert (told.publisher, told.title, told.url, told.published) == ("Andes Cable", "T", "https://example.org/1", date(2024, 2, 29))


def test_days() -> None:
    assert day(None) is None
    assert day(date(2024, 2, 28)) == day("2024-02-28") == date(2024, 2, 28)
    moment = day(datetime(2024, 2, 28, 23, 59))
    assert moment == date(2024, 2, 28)
    assert not isinstance(moment, datetime)


@pytest.mark.parametrize(
    "value", ["", "2024", "20240228", "2023-02-29", "28.2.2024", "2024-02-28T10:00", "2024-W09-3", "٢٠٢٤-٠٢-٢٨", 20240228]
)
def test_dates_that_are_none(value: object) -> None:
    with pytest.raises(ReportError, match="YYYY-MM-DD"):
        report("words", published=value)  # type: ignore[arg-type]


def test_id_depends_on_text_publisher_and_date_alone(tmp_path: Path) -> None:
    here, there = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (here, there):
        path.write_text("The army withdrew.")
    assert read(here).id == read(there, title="T", url="u").id
    others = {read(here).id, read(here, publisher="P").id, read(here, published="2024-01-01").id, report("The army withdrew!").id}
    assert len(others) == 4
