"""Write the JSON schema of annotated items: ``python tools/gold_schema.py``."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from dragoman.gold.items import Item

PATH = Path(__file__).parents[1] / "training" / "corpus" / "schema.json"


def schema() -> str:
    """Return the schema as it stands in the file."""
    return json.dumps(msgspec.json.schema(Item), indent=1) + "\n"


if __name__ == "__main__":
    PATH.write_text(schema(), encoding="utf-8")
