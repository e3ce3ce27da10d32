"""The only opener of ``data/`` and ``models/``."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent
DATA = ROOT / "data"
MODELS = ROOT / "models"


def data_path(*parts: str) -> Path:
    """Return the path of a shipped data file.

    Raises:
        FileNotFoundError: naming the file, when the installation lacks it.
    """
    path = DATA.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"{path}: missing from the installation; reinstall dragoman")
    return path


def read_text(*parts: str) -> str:
    """Return the text of a shipped data file."""
    return data_path(*parts).read_text(encoding="utf-8")
