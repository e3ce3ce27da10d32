"""Check annotated items, refuse near duplicates, and count what the corpus holds.

    python training/corpus_lint.py [FILE ...] [--data DATA] [--counts]

Without files the whole of ``training/corpus``. Prints one line a fault, ``file:line: item: what``, and exits with 1 if
there is any. ``--counts`` prints what there is of everything that the corpus promises; a shortfall is a fault.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from corpus_texts import exchange, load, texts

from dragoman.encoder.lemma import lemma
from dragoman.encoder.model import find
from dragoman.gold import Gold, read
from dragoman.ontology import named

CORPUS = Path(__file__).parent / "corpus"
REASONS = [
    "sport", "market", "culture", "science", "weather", "accident", "metaphor", "anniversary", "fiction", "obituary", "name",
    "history", "general", "private", "other",
]  # fmt: skip
REGIONS = ["africa", "americas", "asia", "europe", "mideast", "oceania", "world"]
GENRES = ["lead", "brief", "interview", "communique", "roundup", "colour", "translated", "analysis", "none"]
FOLDED = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT"}
SHINGLE, ALIKE = 4, 0.4  # words a shingle; share of the smaller text's shingles that make two texts alike
WORDS = (120, 450)  # of a report
FLOORS = {
    "real reports": 80, "own reports": 120, "own reports with nothing to code": 25, "own reports with a chain of two or more": 40,
    "sentences": 2000, "sentences that look like an event and are none": 400, "passages": 600, "cue verbs in passages": 300,
}  # fmt: skip
PER_TYPE, PER_MODE, PER_STATUS = 60, 15, 150


def kind_of(gold: Gold) -> str:
    """Return the folder of the corpus that an item stands in."""
    return Path(gold.place.rsplit(":", 1)[0]).parent.name


def faults(gold: Gold) -> Iterator[str]:
    """Yield what is wrong with one item beyond its spans and codes."""
    item, own = gold.item, gold.item.document is None
    if own and gold.report.published is None:
        yield "published is missing"
    if kind_of(gold) == "reports":
        count = len(gold.report.text.split())
        if not WORDS[0] <= count <= WORDS[1]:
            yield f"a report has {WORDS[0]} to {WORDS[1]} words, this one {count}"
        if item.region not in REGIONS or item.genre not in GENRES:
            yield f"region is one of {', '.join(REGIONS)}; genre of {', '.join(GENRES)}"
        if not item.title or not item.publisher:
            yield "a report has a title and a publisher"
    if item.none is not None and (item.none not in REASONS or gold.claims):
        yield f"none: is for items without claims, with one of {', '.join(REASONS)}"
    for _, reason in gold.no_claim:
        if reason not in REASONS:
            yield f"no_claim: {reason!r} is none of {', '.join(REASONS)}"
    yield from _claim_faults(gold)
    yield from _attribution_faults(gold)


def _claim_faults(gold: Gold) -> Iterator[str]:
    seen: set[tuple[int, str]] = set()
    for claim in gold.claims:
        words = claim.trigger.of(gold.report.text)
        where = f"claim {words!r}"
        if len(words.split()) > 1:
            yield f"{where}: a trigger is one word"
        if (claim.trigger.start, claim.type) in seen:
            yield f"{where}: the same type twice on one trigger"
        seen.add((claim.trigger.start, claim.type))
        if "future" in claim.status and claim.type in FOLDED:
            yield f"{where}: a future {claim.type} is folded (AGREE, or CONCEDE for RETREAT)"
        if {each.id for each in claim.actors} & {each.id for each in claim.recipients}:
            yield f"{where}: somebody is actor and recipient"
        if claim.trigger in claim.also:
            yield f"{where}: the trigger is in also"
    for span, _ in gold.no_claim:
        if any(span == claim.trigger for claim in gold.claims):
            yield f"{span.of(gold.report.text)!r} is a trigger and no claim"


def _attribution_faults(gold: Gold) -> Iterator[str]:
    for each in gold.attributions:
        inner = [*each.cue, *([each.source] if each.source else [])]
        if any(part.holds(span) for part in each.content for span in inner):
            yield f"attribution {each.id}: the content holds its own source or cue; write the content in parts"
        if any(first.end > second.start for first, second in pairwise(each.content)):
            yield f"attribution {each.id}: parts of the content overlap"
        if each.source is None and not each.cue and each.speaker is None:
            yield f"attribution {each.id}: no source, no cue and no speaker"


def shingles(text: str) -> set[tuple[str, ...]]:
    """Return the runs of words, names and numbers masked, so that filled templates look alike."""
    masked = ["0" if re.search(r"\d", word) else "N" if word[0].isupper() and index else word.lower()
              for index, word in enumerate(re.findall(r"\w+", text))]  # fmt: skip
    words = [word for word, following in pairwise([*masked, ""]) if not (word == following == "N")]
    return {tuple(words[index : index + SHINGLE]) for index in range(len(words) - SHINGLE + 1)}


def duplicates(golds: list[Gold]) -> Iterator[str]:
    """Yield pairs of items whose masked texts share too much."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sets = [shingles(gold.report.text) for gold in golds]
    for index, own in enumerate(sets):
        shared: Counter[int] = Counter()
        for shingle in own:
            shared.update(holders[shingle])
            holders[shingle].append(index)
        for other, count in shared.most_common(1):
            if count >= 3 and count / min(len(own), len(sets[other])) >= ALIKE:
                yield f"{golds[index].place}: {golds[index].id}: too like {golds[other].id} ({golds[other].place})"


def verbs() -> set[str]:
    """Return the verbs that PropBank has a roleset of."""
    rolesets = json.loads((find("grammar") / "rolesets.json").read_text(encoding="utf-8"))
    return {name.split(".")[0].split("_")[0] for name, part in zip(rolesets["names"], rolesets["parts"], strict=True) if "v" in part}


def counts(golds: list[Gold]) -> Iterator[tuple[str, int, int]]:
    """Yield what the corpus promises: a name, how many there are, how many there should be."""
    by: dict[str, list[Gold]] = defaultdict(list)
    for gold in golds:
        by[kind_of(gold)].append(gold)
    own = by["reports"]
    cues = {
        lemma(cue.of(gold.report.text).split()[0], "VERB", "VBD")
        for gold in by["passages"]
        for each in gold.attributions
        for cue in each.cue
    } & verbs()
    found = {
        "real reports": len(by["real"]),
        "own reports": len(own),
        "own reports with nothing to code": sum(not gold.claims for gold in own),
        "own reports with a chain of two or more": sum(any(each.inside or each.via for each in gold.attributions) for gold in own),
        "sentences": len(by["sentences"]),
        "sentences that look like an event and are none": sum(bool(gold.no_claim) and not gold.claims for gold in by["sentences"]),
        "passages": len(by["passages"]),
        "cue verbs in passages": len(cues),
    }
    for name, floor in FLOORS.items():
        yield name, found[name], floor
    claims = [claim for gold in by["sentences"] for claim in gold.claims]
    types, modes = Counter(claim.type for claim in claims), Counter((claim.type, mode) for claim in claims for mode in claim.modes)
    statuses = Counter(status for claim in claims for status in claim.status)
    for type_ in named("plover").types.values():
        yield type_.name, types[type_.name], PER_TYPE
        for mode in type_.modes:
            yield f"{type_.name} {mode}", modes[type_.name, mode], PER_MODE
    for status in ("historical", "future", "hypothetical", "negation"):
        yield status, statuses[status], PER_STATUS


def unsealed(paths: list[Path]) -> Iterator[str]:
    """Yield items of ``real`` that hold words of their text: a text, a title, or any span that is no offset."""
    for path in paths:
        for item in load(path):
            loose: list[str] = []
            exchange(item, "", lambda words, loose=loose: words if words.startswith("@") else (loose.append(words) or words))
            if "document" not in item or "sha256" not in item or "text" in item or "title" in item or loose:
                yield f"{path}: {item.get('id')}: holds words of a text that may not stand here; seal it"


def main() -> int:
    """Check the files named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", default=[CORPUS])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--counts", action="store_true")
    options = parser.parse_args()
    found: list[str] = []
    golds = [gold for path in options.files for gold in read(path, texts=texts(options.data), errors=found)]
    names: dict[str, str] = {}
    for gold in golds:
        found.extend(f"{gold.place}: {gold.id}: {fault}" for fault in faults(gold))
        if gold.id in names:
            found.append(f"{gold.place}: {gold.id}: the id is taken at {names[gold.id]}")
        names[gold.id] = gold.place
    found.extend(duplicates([gold for gold in golds if gold.item.document is None]))
    found.extend(unsealed(sorted((CORPUS / "real").glob("*.yaml")) if CORPUS in options.files else []))
    if options.counts:
        for name, count, floor in counts(golds):
            print(f"{count:6} of {floor:5}  {name}")
            if count < floor:
                found.append(f"{name}: {count}, and {floor} are promised")
    print("\n".join(found), end="\n" if found else "")
    print(f"{len(golds)} items, {len(found)} faults", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
