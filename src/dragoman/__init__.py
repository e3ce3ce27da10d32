"""Dragoman: who did what to whom, when and where, and who says so, with the words that prove it."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

__all__ = ["Config", "DragomanError", "Reading", "Report", "__version__", "read", "read_report"]

_HOMES = {
    "Config": "config",
    "DragomanError": "errors",
    "Reading": "types",
    "Report": "types",
    "read": "pipeline",
    "read_report": "pipeline",
}


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used, so that importing the package does no work."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"dragoman.{_HOMES[name]}"), name)
