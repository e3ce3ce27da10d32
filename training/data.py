"""Converters: open treebanks, PropBank and name corpora to documents of sentences with layers.

Each corpus masks the heads that it does not know: a layer that is absent is ``None``.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

IGNORE = -100
NAMES = ["O", *(f"{edge}-{label}" for label in ("PER", "ORG", "LOC", "MISC") for edge in "BI")]
GUM_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC"}
WNUT_NAMES = {"person": "PER", "corporation": "ORG", "group": "ORG", "location": "LOC", "product": "MISC", "creative-work": "MISC"}


@dataclass
class Sentence:
    """Words of one sentence and what its corpus says of them; heads count from 0, a root is its own head."""

    words: list[str]
    upos: list[str] | None = None
    tag: list[str] | None = None
    head: list[int] | None = None
    dep: list[str] | None = None
    names: list[str | None] | None = None  # None: unknown
    rolesets: list[str | None] | None = None
    lemma: list[str] | None = None
    arguments: list[tuple[int, int, str]] = field(default_factory=list)  # predicate, head word, role
    factual: list[tuple[int, float]] = field(default_factory=list)  # word, -3 (did not happen) to 3 (did)
    mentions: list[tuple[int, str]] | None = None  # head word and entity of each mention; None: unknown


Document = list[Sentence]


def rows(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """Yield comments and word rows of each sentence of a CoNLL-U(-plus) file."""
    comments: dict[str, str] = {}
    words: list[list[str]] = []
    for line in path.open(encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line:
            cells = line.split("\t")
            if cells[0].isdigit():
                words.append(cells)
        elif words:
            yield comments, words
            comments, words = {}, []
    if words:
        yield comments, words


def sentence_of(words: list[list[str]]) -> Sentence:
    """Turn CoNLL-U rows into a Sentence with parts of speech and tree."""
    heads = [int(cells[6]) - 1 if cells[6] != "0" else index for index, cells in enumerate(words)]
    return Sentence(
        words=[cells[1] for cells in words],
        lemma=[cells[2] for cells in words],
        upos=[cells[3] for cells in words],
        tag=[cells[4] for cells in words],
        head=heads,
        dep=[cells[7] for cells in words],
    )


def treebank(path: Path, propbank: Path | None = None, *, held_out: frozenset[str] = frozenset()) -> list[Document]:
    """Read a UD treebank without the documents ``held_out``, with the PropBank layer joined by sentence where there is one."""
    props = {comments["sent_id"]: words for comments, words in rows(propbank)} if propbank else {}
    documents: list[Document] = []
    name = ""
    for comments, words in rows(path):
        if not documents or any(key.startswith("newdoc") for key in comments):
            name = comments.get("newdoc id", "")
            documents.append([])
        if name in held_out:
            continue
        sentence = sentence_of(words)
        prop = props.get(comments.get("sent_id", ""))
        if prop and [cells[1] for cells in prop] == sentence.words:
            add_propositions(sentence, prop)
        if any("Entity=" in cells[9] for cells in words) or "GUM" in path.name or "gum" in path.name:
            sentence.names = gum_names(sentence, words)
            sentence.mentions = [(head_word(sentence.head or [], first, last), entity) for first, last, _, entity in gum_entities(words)]
        documents[-1].append(sentence)
    return documents


def add_propositions(sentence: Sentence, words: list[list[str]]) -> None:
    """Read the PB columns: a roleset a predicate, and each argument by its head word in the tree."""
    sentence.rolesets = [cells[10] if cells[10] not in ("-", "_") else None for cells in words]
    predicates = [index for index, roleset in enumerate(sentence.rolesets) if roleset]
    for column, predicate in enumerate(predicates):
        for first, last, role in spans([cells[11 + column] for cells in words]):
            if role in ("V", "C-V"):
                continue
            sentence.arguments.append((predicate, head_word(sentence.head or [], first, last), role))


def spans(cells: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first, last (half-open) and label of bracketed columns."""
    role, start = None, 0
    for index, cell in enumerate(cells):
        opened = re.match(r"\(([^*()]+)\*", cell)
        if opened:
            role, start = opened[1], index
        if cell.endswith(")") and role:
            yield start, index + 1, role
            role = None


def head_word(heads: list[int], first: int, last: int) -> int:
    """Return the first word of a range whose head lies outside of it."""
    for index in range(first, last):
        if not first <= heads[index] < last or heads[index] == index:
            return index
    return first


def gum_names(sentence: Sentence, words: list[list[str]]) -> list[str | None]:
    """Names from GUM's entities: runs of proper nouns, with the type of the smallest entity around the head."""
    entities = gum_entities(words)
    assert sentence.upos
    assert sentence.head
    names: list[str | None] = ["O"] * len(words)
    index = 0
    while index < len(words):
        if sentence.upos[index] != "PROPN":
            if sentence.upos[index] == "ADJ" and words[index][1][:1].isupper():
                names[index] = None
            index += 1
            continue
        end = index + 1
        while end < len(words) and (
            sentence.upos[end] == "PROPN"
            or (
                words[end][1] in ("of", "-", "de", "al")
                and end + 1 < len(words)
                and sentence.upos[end + 1] == "PROPN"
                and words[end][1] != "-"
            )
        ):
            end += 1
        head = head_word(sentence.head, index, end)
        around = [(last - first, label) for first, last, label, _ in entities if first <= head < last]
        label = GUM_NAMES.get(min(around)[1], "MISC") if around else None
        for place in range(index, end):
            names[place] = None if label is None else f"{'B' if place == index else 'I'}-{label}"
        index = end
    return names


def gum_entities(words: list[list[str]]) -> list[tuple[int, int, str, str]]:
    """Read the ``Entity=`` brackets of GUM: first, last (half-open), type, entity."""
    found, open_ = [], defaultdict(list)
    for index, cells in enumerate(words):
        for item in cells[9].split("|"):
            if not item.startswith("Entity="):
                continue
            for part in re.findall(r"\([^()]+\)?|[^()]+\)", item[7:]):
                number = part.strip("()").split("-")[0]
                if part.startswith("("):
                    open_[number].append((index, part.strip("()").split("-")[1]))
                if part.endswith(")") and open_[number]:
                    first, label = open_[number].pop()
                    found.append((first, index + 1, label, number))
    return found


def name_corpus(path: Path, *, labels: dict[str, str] | None = None, size: int = 20) -> list[Document]:
    """Read a two-column name file (IOB or BIO); consecutive sentences are taken as documents of ``size``."""
    sentences: list[Sentence] = []
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split()
        if len(cells) < 2:
            if words:
                sentences.append(Sentence(words=words, names=list(bio(tags))))
            words, tags = [], []
            continue
        tag = cells[-1].split(",")[0]
        edge, _, label = tag.partition("-")
        words.append(cells[0])
        tags.append(f"{edge}-{labels[label] if labels else label}" if label else "O")
    return [sentences[start : start + size] for start in range(0, len(sentences), size)]


def bio(tags: list[str]) -> Iterator[str]:
    """Turn IOB into BIO."""
    before = "O"
    for tag in tags:
        yield "B" + tag[1:] if tag[0] == "I" and before[1:] != tag[1:] else tag
        before = tag


def add_factuality(documents: list[Document], archive: Path, part: str) -> None:
    """Join the factuality of UDS to the sentences of EWT's ``part``.

    UDS numbers the sentences of an older release, in which one sentence fewer stood in each part: the place of the
    split is found as the one at which most of its predicates fall on verbs.
    """
    with zipfile.ZipFile(archive) as opened:
        data = json.loads(opened.read("factuality.json"))["data"]
    sentences = [sentence for document in documents for sentence in document]
    told: dict[int, list[tuple[int, float]]] = {}
    for key, predicates in data.items():
        _, where, number = key.split("-")
        if where == part:
            values = ((int(name.rsplit("-", 1)[1]) - 1, node["factuality"]["factual"]["value"]) for name, node in predicates.items())
            told[int(number) - 1] = list(values)

    def verbs(number: int, shift: int) -> int:
        upos = sentences[number + shift].upos if 0 <= number + shift < len(sentences) else None
        return sum(upos is not None and place < len(upos) and upos[place] == "VERB" for place, _ in told[number])

    shifts = (0, 1) if part == "train" else (0, -1)
    gain, best, most = 0, 0, 0
    for number in sorted(told):  # how much better the first shift did than the second, up to each place
        gain += verbs(number, shifts[0]) - verbs(number, shifts[1])
        if gain > most:
            most, best = gain, number
    for number, values in told.items():
        shift = shifts[0] if number <= best else shifts[1]
        if 0 <= number + shift < len(sentences):
            sentence = sentences[number + shift]
            sentence.factual = [(place, value) for place, value in values if place < len(sentence.words)]


class Names:
    """Names of the knowledge base, to mark them in text without names and to exchange them in text with names."""

    def __init__(self) -> None:
        from dragoman import lexicon

        known: dict[str, set[str]] = defaultdict(set)
        for kind, label in (("countries", "LOC"), ("organisations", "ORG"), ("outlets", "ORG"), ("offices", "PER")):
            for entry in lexicon.read("en", kind):
                for name in (entry["name"], *entry.get("names", ())):
                    if name[:1].isupper() and not re.search(r"[(),]", name):
                        known[name.removeprefix("the ")].add(label)
        self.label = {name: labels.copy().pop() for name, labels in known.items() if len(labels) == 1}
        self.by: dict[tuple[str, int], list[str]] = defaultdict(list)
        for name, label in sorted(self.label.items()):
            self.by[label, len(name.split())].append(name)

    def mark(self, sentence: Sentence) -> None:
        """Mark what is surely a name, or surely none, in a sentence whose names nobody marked."""
        assert sentence.upos
        names: list[str | None] = [
            None if upos == "PROPN" or word[:1].isupper() else "O" for word, upos in zip(sentence.words, sentence.upos, strict=True)
        ]
        index = 0
        while index < len(names):
            end = index
            while end < len(names) and sentence.upos[end] == "PROPN":
                end += 1
            label = self.label.get(" ".join(sentence.words[index:end]))
            for place in range(index, end if label else index):
                names[place] = f"{'B' if place == index else 'I'}-{label}"
            index = max(end, index + 1)
        sentence.names = names

    def exchange(self, sentence: Sentence, draw: Random, *, share: float) -> Sentence:
        """Return the sentence with a share of its names exchanged for others of the same label and number of words."""
        if sentence.names is None or not any(name and name[0] == "B" for name in sentence.names):
            return sentence
        words = list(sentence.words)
        for start, name in enumerate(sentence.names):
            if not name or name[0] != "B" or draw.random() >= share:
                continue
            end = start + 1
            while end < len(words) and sentence.names[end] == f"I{name[1:]}":
                end += 1
            others = self.by.get((name[2:], end - start))
            if others and words[start][:1].isupper():
                words[start:end] = draw.choice(others).split()
        return replace(sentence, words=words)


def training_documents(data: Path, *, held_out: frozenset[str] = frozenset()) -> list[Document]:
    """Every open training corpus, without the GUM documents ``held_out``, on which other things are measured."""
    ewt = treebank(data / "treebank/en_ewt-ud-train.conllu", data / "propbank/en_ewt-propbank-train.conllup")
    add_factuality(ewt, data / "factuality/factuality.zip", "train")
    names = Names()
    for sentence in (each for document in ewt for each in document):
        names.mark(sentence)
    return [
        *ewt,
        *treebank(data / "treebank/en_gum-open-train.conllu", held_out=held_out),
        *name_corpus(data / "names/wikigold/CONLL-format/data/wikigold.conll.txt"),
        *name_corpus(data / "names/wnut17/CONLL-format/data/train/wnut17train.conll", labels=WNUT_NAMES),
    ]


def rolesets(path: Path) -> tuple[list[str], list[str], dict[str, list[int]]]:
    """Read PropBank's list: names, glosses, and candidates (indices) by first lemma of each alias."""
    names, glosses = [], []
    candidates: dict[str, set[int]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) < 3:
            continue
        index = len(names)
        names.append(cells[0])
        roles = re.sub(r"ARG\w+: ", "", cells[3]) if len(cells) > 3 else ""
        glosses.append(f"{cells[0].split('.')[0].replace('_', ' ')}: {cells[1]}. {roles}"[:300])
        keys = {
            cells[0].split(".")[0],
            *(alias.split("/")[0] for alias in cells[2].split(",") if "/" in alias and not alias.endswith("/l")),
        }
        for key in keys:
            candidates[key.lower()].add(index)
            if "_" in key:
                candidates[key.lower().split("_")[0]].add(index)
    return names, glosses, {key: sorted(value) for key, value in sorted(candidates.items())}


def parts(path: Path) -> dict[str, str]:
    """Return the parts of speech under which PropBank's list names each roleset: letters of ``vnj``, sorted."""
    found = {}
    for line in path.read_text(encoding="utf-8").split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) >= 3:
            found[cells[0]] = "".join(
                sorted({alias.rsplit("/", 1)[1] for alias in cells[2].split(",") if alias[-2:] in ("/v", "/n", "/j")})
            )
    return found
