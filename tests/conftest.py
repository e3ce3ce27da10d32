"""Expected failures: ``known_misses.toml`` lists each with its cause."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

MISSES: dict[str, str] = tomllib.loads((Path(__file__).parent / "known_misses.toml").read_text(encoding="utf-8"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        cause = MISSES.get(item.nodeid.split("/")[-1]) or MISSES.get(f"{item.path.name}::{item.name}")
        if cause:
            item.add_marker(pytest.mark.xfail(reason=cause, strict=False))
