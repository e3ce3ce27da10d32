"""One TOML file, or nothing, to one frozen Config."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Config:
    """Every option of a run; two runs with equal configs, data and machine kind give equal bytes."""

    lang: str = "en"
    ontology: str = "plover"
    model: str = "grammar"
    ranker: str = "ranker"  # empty: claims by the lexicon alone
    threads: int = 2
    threshold: float = 0.3  # the least score with which a claim is kept, 0..1
    lexicon: str = ""  # a folder of own actor lexicons


def load(path: Path) -> Config:
    """Read a config from a TOML file.

    Raises:
        ConfigError: for a file that is no TOML, a key that does not exist, or a value of another type.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}; give a readable TOML file") from error
    return from_values(values, origin=str(path))


def from_values(values: dict[str, Any], *, origin: str) -> Config:
    """Check keys and types of ``values`` and return the Config.

    Raises:
        ConfigError: naming ``origin``, the key, and what is expected of it.
    """
    fields = {each.name: type(each.default) for each in dataclasses.fields(Config)}
    for key, value in values.items():
        if key not in fields:
            raise ConfigError(f"{origin}: unknown key {key!r}; known: {', '.join(sorted(fields))}")
        if fields[key] is float and type(value) is int:
            values = {**values, key: float(value)}
        elif type(value) is not fields[key]:
            raise ConfigError(f"{origin}: {key} must be a {fields[key].__name__}, got {value!r}")
    config = Config(**values)
    if not 0 <= config.threshold <= 1:
        raise ConfigError(f"{origin}: threshold must lie between 0 and 1, got {config.threshold}")
    if config.threads < 1:
        raise ConfigError(f"{origin}: threads must be 1 or more, got {config.threads}")
    return config
