"""Texts of the corpus's real reports, joined from the open sets that hold them, and the steps of annotating them.

    python training/corpus_texts.py list  --data DATA             documents with their number of words
    python training/corpus_texts.py write --data DATA --out DIR   each text as DIR/<document>.txt
    python training/corpus_texts.py open  --data DATA FILE        a sealed file with words in place of offsets
    python training/corpus_texts.py seal  --data DATA FILE --out SEALED   words out, offsets and hash in
    python training/corpus_texts.py blank FILE                    the items of a file with nothing but their texts

``DATA`` is the folder that holds ``treebank/`` and ``names/``. A GUM text is its sentences' ``# text`` lines, a blank
line where a paragraph begins; a re3d text is its ``text`` as it stands. No text is written into the corpus.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from dragoman.gold import read
from dragoman.gold.words import find, write

RE3D = ("CENTCOM", "UK_Government", "US_State_Department")
GENRES = ("news", "interview")
PUBLISHERS = {"CENTCOM": "CENTCOM", "UK_Government": "UK Government", "US_State_Department": "US State Department", "gum": "Wikinews"}
# Fields whose strings are words of the text, and fields of "words = value".
_WORDS = {"source", "cue", "content", "trigger", "also", "label", "about_words", "words", "cause", "effect", "when", "where"}
_PAIRS = {"times", "places", "numbers", "no_claim"}


@cache
def documents(data: Path) -> dict[str, dict[str, Any]]:
    """Return every document by its name, with ``text``, ``title``, ``publisher``, ``published`` and ``url``."""
    found: dict[str, dict[str, Any]] = {}
    for part in ("train", "dev"):
        path = data / "treebank" / f"en_gum-open-{part}.conllu"
        if path.exists():
            found.update(_gum(path))
    for source in RE3D:
        path = data / "names" / "re3d" / source / "documents.json"
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            if line.strip():
                record = json.loads(line)
                name = f"re3d/{source}/{record['_id']}"
                text, title = record["text"], record["title"].strip()
                found[name] = {"text": text, "title": title, "publisher": PUBLISHERS[source], "published": None, "url": record["sourceUrl"]}
    return found


def _gum(path: Path) -> dict[str, dict[str, Any]]:
    """Read the news and interviews of one CoNLL-U file."""
    found: dict[str, dict[str, Any]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id = "):
            name = f"gum/{line.split(' = ', 1)[1]}"
            found[name] = {"text": "", "title": None, "publisher": PUBLISHERS["gum"], "published": None, "url": None}
        elif line.startswith("# meta::title = "):
            found[name]["title"] = line.split(" = ", 1)[1]
        elif line.startswith("# meta::dateCreated = "):
            found[name]["published"] = line.split(" = ", 1)[1]
        elif line.startswith("# meta::sourceURL = "):
            found[name]["url"] = line.split(" = ", 1)[1]
        elif line.startswith("# newpar") and found[name]["text"]:
            found[name]["text"] = found[name]["text"].rstrip() + "\n\n"
        elif line.startswith("# text = "):
            found[name]["text"] += line.split(" = ", 1)[1] + " "
    for record in found.values():
        record["text"] = record["text"].rstrip() + "\n"
    return {name: record for name, record in found.items() if name.split("_")[1] in GENRES}


def texts(data: Path) -> Callable[[str], str | None]:
    """Return the function from a document's name to its text, for ``dragoman.gold.read``."""
    known = documents(data)
    return lambda name: known[name]["text"] if name in known else None


def exchange(node: Any, key: str, change: Callable[[str], str]) -> Any:
    """Return a YAML value with ``change`` applied to every string that stands for words of the text."""
    if isinstance(node, list):
        return [exchange(each, key, change) for each in node]
    if isinstance(node, dict):
        if key == "actors":
            return {name: [entry[0], *map(change, entry[1:])] for name, entry in node.items()}
        return {name: exchange(each, name, change) for name, each in node.items()}
    if not isinstance(node, str):
        return node
    if key in _PAIRS:
        words, _, value = node.rpartition(" = ")
        return f"{change(words)} = {value}"
    return change(node) if key in _WORDS else node


def seal(item: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an item with offsets in place of words and the text's hash in place of the text."""

    def offsets(words: str) -> str:
        span = find(words, text)
        return f"@{span.start}-{span.end}"

    sealed = exchange({name: each for name, each in item.items() if name not in ("text", "sha256", "title")}, "", offsets)
    head = {name: sealed.pop(name) for name in ("id", "document") if name in sealed}
    return {**head, "sha256": sha256(text.encode()).hexdigest(), **sealed}


def unseal(item: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a sealed item with words in place of offsets."""
    return exchange(item, "", lambda words: write(find(words, text), text))


def dump(items: Any) -> str:
    """Return YAML as it stands in the corpus: keys in order, lines not broken, non-ASCII as it is."""
    return yaml.dump(items, sort_keys=False, allow_unicode=True, width=100_000, default_flow_style=None)


def load(path: Path) -> list[dict[str, Any]]:
    """Return the items of a file as plain values, every scalar a string."""
    loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
    return loaded if isinstance(loaded, list) else [loaded]


def blank(path: Path) -> str:
    """Return the items of a file with nothing but what an annotator is given."""
    kept = ("id", "document", "title", "published", "publisher", "layers", "text")
    return dump([{name: item[name] for name in kept if name in item} for item in load(path)])


def main() -> None:
    """Run one of the steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["list", "write", "open", "seal", "blank"])
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.step == "list":
        for name, record in documents(options.data).items():
            print(f"{len(record['text'].split()):6} {record['published'] or '-':10} {name}  {record['title']}")
    elif options.step == "write":
        for name, record in documents(options.data).items():
            path = options.out / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(record["text"].encode())
    elif options.step == "blank":
        sys.stdout.write(blank(options.file))
    else:
        known = documents(options.data)
        change = seal if options.step == "seal" else unseal
        changed = [change(item, known[item["document"]]["text"]) for item in load(options.file)]
        out = dump(changed[0] if len(changed) == 1 else changed)
        if options.out:
            options.out.write_text(out, encoding="utf-8")
            list(read(options.out, texts=texts(options.data)))
        else:
            sys.stdout.write(out)


if __name__ == "__main__":
    main()
