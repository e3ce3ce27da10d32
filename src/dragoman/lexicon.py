"""Lexicons: YAML files that people edit, compiled to one binary index a language that the program loads.

``data/lexicons/<lang>/<name>.yaml`` holds the knowledge; ``compiled.msgpack`` beside it holds the same
values with the SHA-256 of each file. :func:`read` opens the index only; :func:`compile_all` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from dragoman import resources
from dragoman.errors import LexiconError

INDEX = "compiled.msgpack"


@cache
def _index(lang: str) -> dict[str, Any]:
    import msgspec

    try:
        path = resources.data_path("lexicons", lang, INDEX)
        values: dict[str, Any] = msgspec.msgpack.decode(path.read_bytes())
    except (FileNotFoundError, msgspec.DecodeError) as error:
        raise LexiconError(f"lexicons of {lang!r}: {error}; run 'make lexicons'") from error
    return values


def read(lang: str, name: str) -> Any:
    """Return the values of lexicon ``name`` of a language, as they stand in its YAML file.

    The values are shared between callers: do not change them.

    Raises:
        LexiconError: for a language or lexicon that is not there.
    """
    files = _index(lang)["files"]
    if name not in files:
        raise LexiconError(f"no lexicon {name!r} for {lang!r}; known: {', '.join(sorted(files))}; run 'make lexicons' after adding one")
    return files[name]


def forms(entries: Iterable[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each form of some entries with its entry, in order."""
    for entry in entries:
        for form in entry["forms"]:
            yield form, entry


def sources(lang: str) -> list[Path]:
    """Return the YAML files of a language, sorted by name."""
    return sorted(resources.data_path("lexicons", lang).glob("*.yaml"))


def hashes(lang: str) -> dict[str, str]:
    """Return the SHA-256 of each YAML file of a language, by lexicon name."""
    return {path.stem: sha256(path.read_bytes()).hexdigest() for path in sources(lang)}


def version(lang: str) -> str:
    """Return eight hexadecimal digits that change with any lexicon of a language."""
    return sha256(repr(sorted(_index(lang)["sha256"].items())).encode()).hexdigest()[:8]


def is_fresh(lang: str) -> bool:
    """Tell whether the compiled index was made from the YAML files as they are."""
    return bool(_index(lang)["sha256"] == hashes(lang))


def compile_all(lang: str) -> Path:
    """Compile every YAML file of a language into its index and return the index's path.

    Raises:
        LexiconError: naming file and line of what is no YAML.
    """
    import msgspec
    import yaml

    files = {}
    for path in sources(lang):
        try:
            files[path.stem] = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError as error:
            raise LexiconError(f"{path}: {error}; mend the YAML") from error
    target = resources.data_path("lexicons", lang) / INDEX
    target.write_bytes(msgspec.msgpack.encode({"sha256": hashes(lang), "files": files}, order="sorted"))
    _index.cache_clear()
    return target
