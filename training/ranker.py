"""Train the ranker on the annotated corpus: ``python training/ranker.py --data DIR --base DIR --out DIR``.

What it learns, a word at a time: which type of happening the word tells of, or none. The examples of the claim lexicon are
shown beside the corpus. Not exported, it learns modes and status, who acts and suffers, and which words report speech.
Items of the corpus are joined into windows of one to six, cut anew each epoch, so that the length of a window tells
nothing. Texts of GUM that tell of no politics (fiction, guides, science, travel, talk) show what is none. Seeded; bf16
autocast on CPU or CUDA.
"""

from __future__ import annotations

import argparse
import math
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import torch
from data import rows
from model import Body, Sizes, load_minilm, mlp
from torch import Tensor, nn
from torch.nn import functional as F

from dragoman import gold, pipeline, registry
from dragoman.config import Config
from dragoman.encoder.shape import SPECIAL
from dragoman.encoder.window import Vocabulary, Window, windows
from dragoman.ontology import Ontology, named
from dragoman.stages.claim import entries
from dragoman.types import Claim, Reading, Span, Tokens

ROLES = ("", "actor", "recipient", "where", "when")
STANCES = ("", "asserts", "denies", "doubts", "intends", "asks")
STATUSES = ("historical", "future", "hypothetical", "negation")
UNPOLITICAL = re.compile(r"_(fiction|whow|academic|voyage|vlog|textbook|conversation)_")
CORPUS = Path(__file__).parent / "corpus"


@dataclass
class Trigger:
    """A word that tells of a claim: labels by their number, and the role of each word that names a party, place or time."""

    word: int
    modes: list[int]
    status: list[int]
    roles: dict[int, int] = field(default_factory=dict)


@dataclass
class Said:
    """A cue with the head word of its source, and the words of its content."""

    cue: int
    source: int | None
    content: list[int]


@dataclass
class Sentence:
    """Words of a sentence; ``types`` and ``stances`` are None where the layer was not annotated, a word's types None where open."""

    words: list[str]
    types: list[list[int] | None] | None = None
    stances: list[int] | None = None
    triggers: list[Trigger] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)


Text = list[Sentence]


def labels_of(ontology: Ontology) -> dict[str, list[str]]:
    """Return the labels of the heads."""
    modes = {mode for type_ in ontology.types for mode in ontology.type(type_).modes}
    return {"type": ["", *sorted(ontology.types)], "mode": sorted(modes), "status": list(STATUSES)}


class Corpus:
    """Turns annotated items into sentences with targets."""

    def __init__(self, folder: Path, labels: dict[str, list[str]]) -> None:
        self._folder = folder
        self._number = {key: {label: place for place, label in enumerate(values)} for key, values in labels.items()}
        self._stages = [registry.find("stage", name)(Config()) for name in ("split", "encode")]

    def read(self, part: str) -> list[Text]:
        """Read the items of one part that stand in the corpus itself."""
        folders = (self._folder / name for name in ("sentences", "reports", "passages"))
        return [self.text(each) for folder in folders for each in gold.read(folder) if each.part == part]

    def text(self, item: gold.Gold) -> Text:
        """Return one item's sentences."""
        reading = Reading(report=item.report)
        for stage in self._stages:
            reading = stage(reading)
        tokens = reading.grammar.tokens
        found = [Sentence(list(tokens.word[first:last])) for first, last in tokens.sentences]
        if "claims" in item.layers:
            for sentence in found:
                sentence.types = [[0] for _ in sentence.words]
            heads = {key: [head(tokens, span) for span in chain.mentions] for key, chain in item.chains.items()}
            for claim in item.claims:
                self._claim(claim, tokens, found, heads)
        if "attributions" in item.layers:
            self._said(item, tokens, found)
        return found

    def _claim(self, claim: Claim, tokens: Tokens, found: Text, heads: dict[str, list[int]]) -> None:
        trigger = head(tokens, claim.trigger)
        number = tokens.sentence[trigger]
        first, last = tokens.sentences[number]
        for word in (trigger, *(head(tokens, span) for span in claim.also)):
            types = found[tokens.sentence[word]].types
            place = word - tokens.sentences[tokens.sentence[word]][0]
            assert types is not None
            if word != trigger and tokens.upos[word] in {"PRON", "DET"}:
                types[place] = None
            elif (told := types[place]) is not None:
                types[place] = [*(each for each in told if each), self._number["type"][claim.type]]
        roles: dict[int, int] = {}
        for role, parties in (("actor", claim.actors), ("recipient", claim.recipients)):
            for word in (word for party in parties for word in heads.get(party.id or "", ())):
                if first <= word < last:
                    roles[word - first] = ROLES.index(role)
        for role, value in (("where", claim.where), ("when", claim.when)):
            word = head(tokens, value.span) if value is not None else -1
            if first <= word < last:
                roles.setdefault(word - first, ROLES.index(role))
        if all(each.word != trigger - first for each in found[number].triggers):
            modes = [self._number["mode"][mode] for mode in claim.modes]
            found[number].triggers.append(Trigger(trigger - first, modes, [STATUSES.index(each) for each in claim.status], roles))

    def _said(self, item: gold.Gold, tokens: Tokens, found: Text) -> None:
        for sentence in found:
            sentence.stances = [0] * len(sentence.words)
        for attribution in item.attributions:
            if not attribution.cue:
                continue
            cue = head(tokens, attribution.cue[0])
            number = tokens.sentence[cue]
            first, last = tokens.sentences[number]
            stances = found[number].stances
            assert stances is not None
            stances[cue - first] = STANCES.index(attribution.stance)
            source = head(tokens, attribution.source) - first if attribution.source is not None else -1
            content = [word for span in attribution.content for word in inside(tokens, span)]
            found[number].said.append(
                Said(
                    cue - first, source if 0 <= source < last - first else None, [word - first for word in content if first <= word < last]
                )
            )


def examples(labels: dict[str, list[str]]) -> list[Text]:
    """Return the examples of the claim lexicon: the word that its entry reads tells of the entry's type, what others read stays open."""
    found: list[Text] = []
    for entry in entries.values("en", named("plover")):
        for example in entry.get("examples") or ():
            text = example if isinstance(example, str) else example["text"]
            reading = pipeline.read(text, published="2024-02-28", config=Config(ranker=""))
            tokens = reading.grammar.tokens
            types: list[list[int] | None] = [[0] for _ in range(len(tokens))]
            for each in reading.rejected:
                for word in inside(tokens, each.span):
                    types[word] = None
            for claim in reading.claims:
                own = any(each.role == "trigger" and each.rule == entry["id"] for each in claim.evidence)
                types[head(tokens, claim.trigger)] = [labels["type"].index(claim.type)] if own else None
            sentences = [Sentence(list(tokens.word[first:last]), types[first:last]) for first, last in tokens.sentences]
            found.append(sentences)
    return found


def inside(tokens: Tokens, span: Span) -> range:
    """Return the words of a span."""
    return range(*(tokens.within(span) or (0, 0)))


def head(tokens: Tokens, span: Span) -> int:
    """Return the first word of a span whose head lies outside of it; -1 where it has no words."""
    words = inside(tokens, span)
    return next((word for word in words if tokens.head[word] not in words), words[-1] if words else -1)


def unpolitical(data: Path, *, size: int = 3) -> list[Text]:
    """Return pieces of GUM's texts in which no word tells of a claim."""
    found: list[Text] = []
    name, place = "", 0
    for comments, words in rows(data / "treebank/en_gum-open-train.conllu"):
        if "newdoc id" in comments:
            name, place = comments["newdoc id"], 0
        if UNPOLITICAL.search(name):
            if place % size == 0:
                found.append([])
            found[-1].append(Sentence([cells[1] for cells in words], types=[[0] for _ in words]))
            place += 1
    return found


class Ranker(Body):
    """Encoder and heads; ``forward`` gives what is exported."""

    def __init__(self, sizes: Sizes, labels: dict[str, list[str]]) -> None:
        super().__init__(sizes)
        h, d, a = sizes.hidden, sizes.head_dropout, 128
        self.trigger = nn.Sequential(mlp(h, 192, d), nn.Linear(192, len(labels["type"])))
        self.mode = nn.Linear(h, len(labels["mode"]))
        self.status = nn.Sequential(mlp(h, 96, d), nn.Linear(96, len(labels["status"])))
        self.stance = nn.Sequential(mlp(h, 96, d), nn.Linear(96, len(STANCES)))
        self.role = Pairs(h, a, len(ROLES))
        self.said = Pairs(h, a, 2)

    def word_vectors(self, input_ids: Tensor, shape_ids: Tensor, attention_mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return (S, L, hidden): the mean of each word's first and last subword in the last layer."""
        *_, x = self.layered(input_ids, shape_ids, attention_mask)
        flat = x.reshape(-1, x.shape[-1])
        return self.dropout((flat[first] + flat[last]) * 0.5)

    def forward(self, input_ids: Tensor, shape_ids: Tensor, attention_mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Return the scores of the types, (S, L, types)."""
        return (self.trigger(self.word_vectors(input_ids, shape_ids, attention_mask, first, last)),)


class Pairs(nn.Module):
    """Scores of word pairs: a perceptron over both words and their distance, capped at 16."""

    def __init__(self, hidden: int, width: int, labels: int) -> None:
        super().__init__()
        self.one, self.other = nn.Linear(hidden, width), nn.Linear(hidden, width)
        self.near, self.out = nn.Embedding(33, width), nn.Linear(width, labels)
        nn.init.zeros_(self.near.weight)

    def forward(self, w: Tensor, at: Tensor) -> Tensor:
        """Return (N, L, labels) for the words ``at``, (N, 2) as sentence and place, against the words of their sentences."""
        places = torch.arange(w.shape[1], device=w.device)
        near = (places[None] - at[:, 1:]).clamp(-16, 16) + 16
        scores: Tensor = self.out(F.relu(self.one(w[at[:, 0], at[:, 1]])[:, None] + self.other(w)[at[:, 0]] + self.near(near)))
        return scores


class Batch:
    """Tensors of some windows and of their targets."""

    def __init__(self, group: list[tuple[Window, Text]], labels: dict[str, list[str]]) -> None:
        self.sentences = [text[number] for window, text in group for number in window.sentences]
        self._place(group)
        self._claims(labels)
        self._reports()

    def _place(self, group: list[tuple[Window, Text]]) -> None:
        width = max(window.width for window, _ in group)
        count = sum(len(window.ids) for window, _ in group)
        self.ids, self.shapes, self.mask = (torch.zeros(count, width, dtype=torch.long) for _ in range(3))
        longest = max(len(sentence.words) for sentence in self.sentences)
        first, last = [], []
        row = 0
        for window, _ in group:
            for ends, into in ((window.first, first), (window.last, last)):
                for places in ends:
                    at = [(row + place // window.width) * width + place % window.width for place in places]
                    into.append(at + [0] * (longest - len(at)))
            for ids, shapes in zip(window.ids, window.shapes, strict=True):
                self.ids[row, : len(ids)] = torch.tensor(ids)
                self.shapes[row, : len(shapes)] = torch.tensor(shapes)
                self.mask[row, : len(ids)] = 1
                row += 1
        self.first, self.last = torch.tensor(first), torch.tensor(last)
        self.real = torch.tensor([[place < len(each.words) for place in range(longest)] for each in self.sentences])

    def _claims(self, labels: dict[str, list[str]]) -> None:
        size = self.real.shape
        self.type = torch.zeros(*size, len(labels["type"]))
        self.known = torch.zeros(*size, dtype=torch.bool)
        at: list[tuple[int, int]] = []
        modes, status, roles = [], [], []
        for row, sentence in enumerate(self.sentences):
            for place, types in enumerate(sentence.types or ()):
                if types is not None:
                    self.known[row, place] = True
                    for each in types:
                        self.type[row, place, each] += 1 / len(types)
            for trigger in sentence.triggers:
                at.append((row, trigger.word))
                modes.append(torch.zeros(len(labels["mode"])).index_fill_(0, torch.tensor(trigger.modes, dtype=torch.long), 1))
                status.append(torch.zeros(len(STATUSES)).index_fill_(0, torch.tensor(trigger.status, dtype=torch.long), 1))
                role = torch.full((size[1],), -100)
                role[: len(sentence.words)] = 0
                for place, each in trigger.roles.items():
                    role[place] = each
                roles.append(role)
        self.at = torch.tensor(at).reshape(-1, 2)
        if at:
            self.mode, self.status, self.role = torch.stack(modes), torch.stack(status), torch.stack(roles)

    def _reports(self) -> None:
        size = self.real.shape
        self.stance = torch.full(size, -100)
        at: list[tuple[int, int]] = []
        said = []
        for row, sentence in enumerate(self.sentences):
            if sentence.stances is not None:
                self.stance[row, : len(sentence.words)] = torch.tensor(sentence.stances)
            for each in sentence.said:
                at.append((row, each.cue))
                parts = torch.zeros(size[1], 2)
                if each.source is not None:
                    parts[each.source, 0] = 1
                parts[each.content, 1] = 1
                said.append(parts)
        self.said_at = torch.tensor(at).reshape(-1, 2)
        if at:
            self.said = torch.stack(said)

    def to(self, device: str) -> Batch:
        """Move every tensor."""
        for key, value in list(vars(self).items()):
            if isinstance(value, Tensor):
                setattr(self, key, value.to(device))
        return self


def losses(model: Ranker, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of every head that this batch has targets for."""
    w = model.word_vectors(batch.ids, batch.shapes, batch.mask, batch.first, batch.last)
    found: dict[str, Tensor] = {}
    if batch.known.any():
        target = batch.type[batch.known]
        shares = model.trigger(w[batch.known]).float().log_softmax(-1)
        found["type"] = -(shares * target).sum() / (target[:, 1:].sum() + 0.02 * len(target)).clamp(min=1)
    if len(batch.at):
        v = w[batch.at[:, 0], batch.at[:, 1]]
        for key, head_, target in (("mode", model.mode, batch.mode), ("status", model.status, batch.status)):
            found[key] = 0.5 * F.binary_cross_entropy_with_logits(head_(v).float(), target, reduction="sum") / len(v)
        roles = model.role(w, batch.at).float()
        found["role"] = 0.5 * F.cross_entropy(roles.flatten(0, 1), batch.role.flatten(), ignore_index=-100, reduction="sum") / len(v)
    if (batch.stance >= 0).any():
        total = F.cross_entropy(model.stance(w).float().flatten(0, 1), batch.stance.flatten(), ignore_index=-100, reduction="sum")
        found["stance"] = 0.3 * total / (10 + (batch.stance > 0).sum())
    if len(batch.said_at):
        real = batch.real[batch.said_at[:, 0]]
        scores = model.said(w, batch.said_at).float()[real]
        found["said"] = 0.03 * F.binary_cross_entropy_with_logits(scores, batch.said[real], reduction="sum") / len(batch.said_at)
    return found


def regroup(texts: list[Text], draw: random.Random) -> list[Text]:
    """Join short texts, one to six at a time, and cut long ones, so that windows are of all lengths and mixtures."""
    short = [text for text in texts if len(text) <= 4]
    draw.shuffle(short)
    joined = [text for text in texts if len(text) > 4]
    start = 0
    while start < len(short):
        size = draw.choice((1, 1, 2, 3, 4, 5, 6))
        joined.append([sentence for text in short[start : start + size] for sentence in text])
        start += size
    found: list[Text] = []
    for text in joined:
        while len(text) > 3 and draw.random() < 0.7:
            place = draw.randint(1, len(text) - 1)
            found.append(text[:place])
            text = text[place:]
        found.append(text)
    return found


def groups(texts: list[Text], vocabulary: Vocabulary, *, size: int, draw: random.Random | None = None) -> list[list[tuple[Window, Text]]]:
    """Pack windows into groups of about ``size`` subwords, in random order where ``draw`` is given."""
    items = [(window, text) for text in texts for window in windows(vocabulary, [sentence.words for sentence in text])]
    if draw is not None:
        draw.shuffle(items)
    found: list[list[tuple[Window, Text]]] = [[]]
    count = 0
    for window, text in items:
        if count >= size:
            found.append([])
            count = 0
        found[-1].append((window, text))
        count += sum(map(len, window.ids))
    return found


def evaluate(model: Ranker, texts: list[Text], vocabulary: Vocabulary, labels: dict[str, list[str]]) -> dict[str, float]:
    """Score the heads, percent: F1 of triggers and of triggers with their type at one half; the others on gold triggers."""
    model.eval()
    count: Counter[str] = Counter()
    with torch.no_grad():
        for group in groups(texts, vocabulary, size=2000):
            batch = Batch(group, labels)
            w = model.word_vectors(batch.ids, batch.shapes, batch.mask, batch.first, batch.last)
            shares = model.trigger(w).softmax(-1)[batch.known]
            target = batch.type[batch.known]
            said, told = shares[:, 0] <= 0.5, target[:, 0] == 0
            best = shares[:, 1:].argmax(-1, keepdim=True) + 1
            count["said"] += int(said.sum())
            count["told"] += int(told.sum())
            count["trigger"] += int((said & told).sum())
            count["type"] += int((said & told & (target.gather(1, best)[:, 0] > 0)).sum())
            if len(batch.at):
                v = w[batch.at[:, 0], batch.at[:, 1]]
                count["triggers"] += len(v)
                count["status"] += int(((model.status(v) > 0) == (batch.status > 0)).all(-1).sum())
                moded = batch.mode.any(-1)
                count["moded"] += int(moded.sum())
                count["mode"] += int(batch.mode.gather(1, model.mode(v).argmax(-1, keepdim=True))[moded].sum())
    model.train()

    def percent(part: int, whole: int) -> float:
        return round(100 * part / max(1, whole), 1)

    return {
        "trigger_f1": percent(2 * count["trigger"], count["said"] + count["told"]),
        "type_f1": percent(2 * count["type"], count["said"] + count["told"]),
        "mode": percent(count["mode"], count["moded"]),
        "status": percent(count["status"], count["triggers"]),
    }


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True, help="the checkpoint; a run that was stopped goes on from it")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of the annotated corpus")
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--size", type=int, default=800, help="subwords of a batch")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--hide", type=float, default=0.1, help="share of subwords shown as unknown, against overfitting")
    parser.add_argument("--none", type=int, default=500, help="pieces of texts without politics shown in an epoch")
    parser.add_argument("--average", type=float, default=0.99, help="decay of the running mean of the weights, which is what is kept")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    options.out.mkdir(parents=True, exist_ok=True)

    labels = labels_of(named("plover"))
    corpus = Corpus(options.corpus, labels)
    texts, dev, none = [*corpus.read("train"), *examples(labels)], corpus.read("dev"), unpolitical(options.data)
    vocabulary = Vocabulary(options.base / "tokenizer.json")
    model = Ranker(Sizes(head_dropout=0.2), labels)
    load_minilm(model, options.base)
    model.words.weight.requires_grad_(False)
    model.to(device)
    taught = [(name, value) for name, value in model.named_parameters() if value.requires_grad]
    body = [value for name, value in taught if name.startswith(("layers", "norm", "positions", "kind"))]
    heads = [value for name, value in taught if not name.startswith(("layers", "norm", "positions", "kind"))]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": options.rate}, {"params": heads, "lr": options.head_rate}], weight_decay=0.01, betas=(0.9, 0.98)
    )

    def epoch_groups(epoch: int) -> list[list[tuple[Window, Text]]]:
        draw = random.Random(options.seed * 1000 + epoch)
        every = [*texts, *draw.sample(none, min(options.none, len(none)))]
        return groups(regroup(every, draw), vocabulary, size=options.size, draw=draw)

    steps = options.epochs * len(epoch_groups(0))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.08 * steps)) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, step / steps)))
    )
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(options.average))
    begin, checkpoint = 0, options.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        model.load_state_dict(state["last"])
        average.module.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        begin = state["epoch"] + 1
    model.train()
    for epoch in range(begin, options.epochs):
        clock = time.time()
        mean: Counter[str] = Counter()
        torch.manual_seed(options.seed * 1000 + epoch)
        every = epoch_groups(epoch)
        for group in every:
            batch = Batch(group, labels)
            hidden = (torch.rand(batch.ids.shape) < options.hide) & (batch.shapes != SPECIAL)
            batch.ids[hidden] = vocabulary.unknown
            with torch.autocast(device, dtype=torch.bfloat16):
                found = losses(model, batch.to(device))
            optimizer.zero_grad()
            sum(found.values()).backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            mean.update({key: float(value.detach()) for key, value in found.items()})
        print(epoch, f"{time.time() - clock:.0f} s", {key: round(value / len(every), 3) for key, value in mean.items()}, flush=True)
        print("  dev", evaluate(average.module, dev, vocabulary, labels), flush=True)
        state = {"model": average.module.state_dict(), "last": model.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save({**state, "schedule": schedule.state_dict(), "epoch": epoch, "labels": labels}, checkpoint)


if __name__ == "__main__":
    main()
