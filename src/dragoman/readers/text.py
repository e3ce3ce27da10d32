"""Plain UTF-8 text, from a file, from bytes or from a string, to a Report; the text is never altered.

A byte order mark stays in the text as its first code point, ``\\r\\n`` stays two, and control and
bidirectional characters stay what they are: offsets count what was given.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from dragoman.errors import ReportError
from dragoman.text import shown
from dragoman.types import Report

LIMIT = 5_000_000  # bytes of a file, code points of a string: some eight novels

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMATS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
)


def read(
    source: Path | str | bytes,
    *,
    name: str | None = None,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Report:
    """Read one report from a file of UTF-8 text, or from the bytes of one.

    Args:
        source: path of the file, or its bytes.
        name: what to call it in an error; the path when None.
        published: date of publication, or its ISO form.
        publisher: the outlet.
        title: the headline, where it is not part of the text.
        url: where the report stands.

    Raises:
        ReportError: for what cannot be opened, is not UTF-8, binary, empty or too long, and for a date that is none.
    """
    if isinstance(source, bytes):
        name, raw = name or "bytes", source
    else:
        name = name or str(source)
        raw = _open(Path(source), name)
    if len(raw) > LIMIT:
        raise ReportError(f"{name}: {_too_long('bytes')}")
    try:
        text = _decode(raw)
        return report(text, published=published, publisher=publisher, title=title, url=url)
    except ReportError as error:
        raise ReportError(f"{name}: {error}") from error


def report(
    text: str,
    *,
    published: date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Report:
    """Make a Report of a text, after checking that it can be one.

    Raises:
        ReportError: for a text that is empty, too long, holds NUL or half a surrogate pair, and for a date that is none.
    """
    if not isinstance(text, str):
        raise ReportError(f"the text is {type(text).__name__}, not str; decode it first")
    if len(text) > LIMIT:
        raise ReportError(_too_long("characters"))
    nul = text.find("\0")
    if nul >= 0:
        raise ReportError(f"binary: a NUL at character {nul}; give plain text")
    lone = _LONE_SURROGATE.search(text)
    if lone:
        raise ReportError(f"half a surrogate pair at character {lone.start()}; decode the text as UTF-8")
    if not shown(text):
        raise ReportError("empty: no word in it; give the text of a report")
    return Report(
        text=text,
        title=_told(title, "title"),
        published=day(published),
        publisher=_told(publisher, "publisher"),
        url=_told(url, "url"),
    )


def day(value: date | str | None) -> date | None:
    """Return the date that ``value`` names, None for None.

    Raises:
        ReportError: for what is no date of the calendar written YYYY-MM-DD.

    Example:
        >>> day("2024-02-29")
        datetime.date(2024, 2, 29)
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ReportError(f"published: {value!r} is no date; give it as YYYY-MM-DD")


def _told(value: str | None, what: str) -> str | None:
    """Return a field that goes with the text, None where it says nothing."""
    if value is None:
        return None
    if not isinstance(value, str) or _LONE_SURROGATE.search(value):
        raise ReportError(f"{what}: {value!r} is no text; give a string")
    return value.strip() or None


def _open(path: Path, name: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT + 1)
    except FileNotFoundError as error:
        raise ReportError(f"{name}: no such file; check the path") from error
    except IsADirectoryError as error:
        raise ReportError(f"{name}: a folder; name the files in it") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReportError(f"{name}: cannot be opened ({reason}); check path and permissions") from error


def _decode(raw: bytes) -> str:
    for magic, kind in _FORMATS:
        if raw.startswith(magic):
            raise ReportError(f"not UTF-8 text but {kind}; save it as UTF-8 text")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        nul = "binary, " if b"\0" in raw else ""
        raise ReportError(f"{nul}not UTF-8: byte {raw[error.start]:#04x} at offset {error.start}; save it as UTF-8 text") from error


def _too_long(unit: str) -> str:
    return f"more than {LIMIT:,} {unit}, too long for one report; split it into reports"
