"""Train the grammar encoder: ``python training/train.py --data DIR --base DIR --out DIR``.

Seeded and resumable: a run that was stopped goes on from its last epoch. bf16 autocast on CPU or CUDA.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

import torch
from data import IGNORE, NAMES, Document, Names, Sentence, add_factuality, rolesets, training_documents, treebank
from model import Grammar, Sizes, gloss_vectors, load_minilm, save_labels
from torch import Tensor
from torch.nn import functional as F

from dragoman.encoder.shape import SPECIAL
from dragoman.encoder.window import Vocabulary, Window, windows

WEIGHTS = {
    "factual": 0.3,
    "link": 0.2,
    "upos": 0.3,
    "tag": 0.3,
    "names": 1.0,
    "predicate": 1.0,
    "arc": 1.0,
    "label": 0.7,
    "sense": 0.5,
    "role": 0.5,
}


def held_out() -> frozenset[str]:
    """Return the GUM documents that the corpus of reports is scored on."""
    folder = Path(__file__).parent / "corpus" / "real"
    found = (re.search(r"^document: gum/(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE) for path in sorted(folder.glob("*.yaml")))
    return frozenset(each[1] for each in found if each)


def make_labels(
    documents: list[Document], names: list[str], candidates: dict[str, list[int]]
) -> tuple[dict[str, list[str]], dict[str, list[int]]]:
    """Collect the label sets, and add rolesets that the training text has and the list lacks."""
    count: dict[str, Counter[str]] = {key: Counter() for key in ("upos", "tag", "dep", "role")}
    names, index = list(names), {name: place for place, name in enumerate(names)}
    candidates = {key: list(value) for key, value in candidates.items()}
    for sentence in (each for document in documents for each in document):
        for key in ("upos", "tag", "dep"):
            count[key].update(getattr(sentence, key) or [])
        count["role"].update(role for _, _, role in sentence.arguments)
        for lemma, roleset in zip(sentence.lemma or [], sentence.rolesets or [], strict=False):
            if roleset and (roleset not in index or index[roleset] not in candidates.get(lemma.lower(), [])):
                if roleset not in index:
                    index[roleset] = len(names)
                    names.append(roleset)
                candidates.setdefault(lemma.lower(), []).append(index[roleset])
    labels = {key: sorted(label for label, times in counter.items() if key != "role" or times >= 5) for key, counter in count.items()}
    labels["role"] = ["-", *labels["role"]]
    return {**labels, "names": NAMES, "rolesets": names}, {key: sorted(set(value)) for key, value in sorted(candidates.items())}


class Batch:
    """Tensors of several windows and the targets of every head."""

    def __init__(
        self, items: list[tuple[Window, list[Sentence]]], labels: dict[str, dict[str, int]], candidates: dict[str, list[int]]
    ) -> None:
        rows_ids = [row for window, _ in items for row in window.ids]
        rows_shapes = [row for window, _ in items for row in window.shapes]
        width = max(map(len, rows_ids))
        self.ids = torch.tensor([row + [0] * (width - len(row)) for row in rows_ids])
        self.shapes = torch.tensor([row + [0] * (width - len(row)) for row in rows_shapes])
        self.mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows_ids])
        self.sentences: list[Sentence] = []
        self.window: list[int] = []  # of each sentence
        first, last, base = [], [], 0
        for number, (window, sentences) in enumerate(items):
            self.window += [number] * len(window.sentences)
            first += [[(base + place // window.width) * width + place % window.width for place in places] for places in window.first]
            last += [[(base + place // window.width) * width + place % window.width for place in places] for places in window.last]
            self.sentences += [sentences[each] for each in window.sentences]
            base += len(window.ids)
        longest = max(map(len, first))
        self.first = torch.tensor([row + [0] * (longest - len(row)) for row in first])
        self.last = torch.tensor([row + [0] * (longest - len(row)) for row in last])
        self.lengths = torch.tensor([len(row) for row in first])
        self.real = torch.arange(longest)[None] < self.lengths[:, None]
        self._targets(labels, candidates, longest)

    def _targets(self, labels: dict[str, dict[str, int]], candidates: dict[str, list[int]], longest: int) -> None:
        def column(key: str) -> Tensor:
            known = labels.get(key, {})
            rows = []
            for sentence in self.sentences:
                values = getattr(sentence, key)
                row = (
                    [IGNORE] * len(sentence.words)
                    if values is None
                    else [known.get(value, IGNORE) if key != "head" else value for value in values]
                )
                rows.append(row + [IGNORE] * (longest - len(row)))
            return torch.tensor(rows)

        self.target = {key: column(key) for key in ("upos", "tag", "names", "head", "dep")}
        self.predicate = torch.full((len(self.sentences), longest), -1.0)
        where, roles, senses = [], [], []
        index = labels["rolesets"]
        for row, sentence in enumerate(self.sentences):
            if sentence.rolesets is None:
                continue
            targets = {}
            for place, roleset in enumerate(sentence.rolesets):
                self.predicate[row, place] = float(roleset is not None)
                if roleset:
                    targets[place] = [0] * len(sentence.words) + [IGNORE] * (longest - len(sentence.words))
                    choice = candidates.get((sentence.lemma or [])[place].lower(), [])
                    if roleset in index and index[roleset] in choice:
                        senses.append((row, place, choice, choice.index(index[roleset])))
                    else:
                        senses.append((row, place, choice, -1))
            for predicate, head, role in sentence.arguments:
                targets[predicate][head] = labels["role"].get(role, IGNORE)
            where += [(row, place) for place in targets]
            roles += list(targets.values())
        self._meanings()
        self.where = torch.tensor(where).reshape(-1, 2)
        self.roles = torch.tensor(roles).reshape(-1, longest)
        self.senses = senses

    def _meanings(self) -> None:
        """Targets of factuality, and of links: for each mention, which earlier ones of its window are the same entity."""
        factual = [(row, place, value) for row, sentence in enumerate(self.sentences) for place, value in sentence.factual]
        self.factual_at = torch.tensor([each[:2] for each in factual]).reshape(-1, 2)
        self.factual = torch.tensor([each[2] for each in factual])
        mentions: list[tuple[int, int, int, str]] = []
        for row, (window, sentence) in enumerate(zip(self.window, self.sentences, strict=True)):
            seen: set[int] = set()
            for place, entity in sorted(sentence.mentions or ()):
                if place not in seen:
                    seen.add(place)
                    mentions.append((window, row, place, entity))
        self.link_at = torch.tensor([each[1:3] for each in mentions]).reshape(-1, 2)
        window = torch.tensor([each[0] for each in mentions]).reshape(-1)
        entities = {name: number for number, name in enumerate(dict.fromkeys((each[0], each[3]) for each in mentions))}
        entity = torch.tensor([entities[each[0], each[3]] for each in mentions]).reshape(-1)
        order = torch.arange(len(mentions))
        self.link_open = (window[:, None] == window[None]) & (order[None] < order[:, None])
        self.link_same = self.link_open & (entity[:, None] == entity[None])

    def to(self, device: str) -> Batch:
        for key, value in list(vars(self).items()):
            if isinstance(value, Tensor):
                setattr(self, key, value.to(device))
        self.target = {key: value.to(device) for key, value in self.target.items()}
        return self


def word_vectors(model: Grammar, batch: Batch) -> Tensor:
    """Return (2, S, L, hidden): for the tree's heads, and for those of predicates and links."""
    return model.dropout(model.at_words(model.encode(batch.ids, batch.shapes, batch.mask), batch.first, batch.last))


def role_scores(model: Grammar, w: Tensor, where: Tensor) -> Tensor:
    """Scores (predicates, L, roles) of chosen predicates only."""
    predicates = w[where[:, 0], where[:, 1]]
    places = torch.arange(w.shape[1], device=w.device)
    near = (places[None] - where[:, 1:]).clamp(-16, 16) + 16
    p, every = model.argument_predicate(predicates), model.argument_word(w)[where[:, 0]]
    c, a = model.role_weight.shape[0], p.shape[1]
    left = (p @ model.role_weight.permute(1, 0, 2).reshape(a, c * a)).view(-1, c, a)
    bilinear = (left @ every.transpose(1, 2)).transpose(1, 2) * (1 / math.sqrt(a))
    pair = F.relu(model.pair_predicate(predicates)[:, None] + model.pair_word(w)[where[:, 0]] + model.pair_near(near))
    return bilinear + model.pair_role(pair)


def sense_scores(model: Grammar, w: Tensor, senses: list) -> tuple[Tensor, Tensor]:
    """Scores (predicates, most candidates) and targets."""
    rows = torch.tensor([(row, place) for row, place, _, _ in senses])
    most = max(len(choice) for *_, choice, _ in senses)
    choice = torch.tensor([each + [-1] * (most - len(each)) for *_, each, _ in senses])
    matrix = model.sense_matrix()[choice.clamp(min=0)]
    vectors = model.sense(w[rows[:, 0], rows[:, 1]])
    scores = (matrix @ vectors[..., None]).squeeze(-1) + model.roleset_bias[choice.clamp(min=0)]
    return scores.float().masked_fill(choice < 0, -1e4), torch.tensor([target for *_, target in senses])


def losses(model: Grammar, batch: Batch) -> dict[str, Tensor]:
    """Return the loss of every head that this batch has targets for."""
    w, v = word_vectors(model, batch)
    real = batch.real
    flat, deep = w[real], v[real]
    found: dict[str, Tensor] = {}

    def entropy(scores: Tensor, target: Tensor) -> Tensor:
        known = (target != IGNORE).sum().clamp(min=1)
        return F.cross_entropy(scores.float(), target, ignore_index=IGNORE, reduction="sum") / known

    for key, head in (("upos", model.upos), ("tag", model.tag), ("names", model.names)):
        found[key] = entropy(head(flat), batch.target[key][real])
    predicate = batch.predicate[real]
    known = predicate >= 0
    if known.any():
        found["predicate"] = F.binary_cross_entropy_with_logits(model.predicate(deep[known]).float().squeeze(-1), predicate[known])
    arcs = model.arcs(w).float().masked_fill(~real[:, None, :], -1e4)
    heads = batch.target["head"]
    found["arc"] = entropy(arcs[real], heads[real])
    offset = (batch.lengths.cumsum(0) - batch.lengths)[:, None]
    tree = heads[real] != IGNORE
    absolute = (heads.clamp(min=0) + offset)[real][None]
    label = model.labels_at(flat[None], absolute)[0]
    found["label"] = entropy(label[tree], batch.target["dep"][real][tree])
    if len(batch.where):
        scores = role_scores(model, v, batch.where).float()
        total = F.cross_entropy(scores.flatten(0, 1), batch.roles.flatten(), ignore_index=IGNORE, reduction="sum")
        found["role"] = total / len(batch.where)
        senses = [each for each in batch.senses if len(each[2]) > 1 and each[3] >= 0]
        if senses:
            scores, target = sense_scores(model, v, senses)
            found["sense"] = F.cross_entropy(scores, target)
    if len(batch.factual):
        scores = model.factual(v[batch.factual_at[:, 0], batch.factual_at[:, 1]]).float().squeeze(-1)
        weight = batch.factual.abs().clamp(max=1.0)
        found["factual"] = F.binary_cross_entropy_with_logits(scores, (batch.factual > 0).float(), weight=weight)
    if len(batch.link_at) > 1:
        scores = link_scores(model, v, batch)
        right = torch.cat([~batch.link_same.any(1, keepdim=True), batch.link_same], 1)
        found["link"] = (scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)).mean()
    return found


def link_scores(model: Grammar, v: Tensor, batch: Batch) -> Tensor:
    """Return (mentions, 1 + mentions): a new entity first, then every mention; those not before it in its window are shut out."""
    left, right, new = model.link_parts(v[batch.link_at[:, 0], batch.link_at[:, 1]])
    scores = (left @ right.T).float().masked_fill(~batch.link_open, -1e4)
    return torch.cat([new.float()[:, None], scores], 1)


def batches(
    documents: list[Document], vocabulary: Vocabulary, maps: tuple, *, size: int, seed: int | None, names: Names | None = None
) -> list[Batch]:
    """Pack documents into batches of about ``size`` subwords; shuffled, and with names exchanged, where a seed is given."""
    draw = random.Random(seed)
    items = []
    for document in documents:
        limit = draw.randint(100, 220) if seed is not None else 200
        if names is not None:
            document = [names.exchange(sentence, draw, share=0.3) for sentence in document]
        items += [(window, document) for window in windows(vocabulary, [sentence.words for sentence in document], limit=limit)]
    if seed is not None:
        draw.shuffle(items)
    groups, group, count = [], [], 0
    for window, document in items:
        group.append((window, document))
        count += sum(map(len, window.ids))
        if count >= size:
            groups.append(group)
            group, count = [], 0
    if group:
        groups.append(group)
    return groups


def evaluate(model: Grammar, documents: list[Document], vocabulary: Vocabulary, maps: tuple) -> dict[str, float]:
    """Score heads on gold tokens (argmax trees, gold predicates for senses and arguments), percent."""
    model.eval()
    count: Counter[str] = Counter()
    with torch.no_grad():
        for group in batches(documents, vocabulary, maps, size=2000, seed=None):
            batch = Batch(group, *maps)
            w, v = word_vectors(model, batch)
            real = batch.real
            heads = model.arcs(w).masked_fill(~real[:, None, :], -1e4).argmax(-1)
            label = model.labels_at(w, heads).argmax(-1)
            right = (heads == batch.target["head"]) & real
            count["words"] += int(real.sum())
            count["upos"] += int(((model.upos(w).argmax(-1) == batch.target["upos"]) & real).sum())
            count["uas"] += int(right.sum())
            count["las"] += int((right & (label == batch.target["dep"])).sum())
            if len(batch.factual):
                scores = model.factual(v[batch.factual_at[:, 0], batch.factual_at[:, 1]]).squeeze(-1)
                count["f_hit"] += int(((scores > 0) == (batch.factual > 0)).sum())
                count["f_all"] += len(scores)
            if len(batch.link_at) > 1:
                best = link_scores(model, v, batch).argmax(1)
                right = torch.cat([~batch.link_same.any(1, keepdim=True), batch.link_same], 1)
                count["l_hit"] += int(right[torch.arange(len(best)), best].sum())
                count["l_all"] += len(best)
            known = batch.predicate >= 0
            if not len(batch.where):
                continue
            said = (model.predicate(v).squeeze(-1) > 0) & known
            count["p_hit"] += int((said & (batch.predicate > 0)).sum())
            count["p_said"] += int(said.sum())
            count["p_gold"] += int((batch.predicate > 0).sum())
            scores, target = sense_scores(model, v, batch.senses)
            count["s_hit"] += int((scores.argmax(-1) == target).sum())
            count["s_all"] += len(target)
            roles = role_scores(model, v, batch.where)
            roles = roles.argmax(-1).masked_fill(batch.roles == IGNORE, 0)
            gold = batch.roles.clamp(min=0)
            count["a_hit"] += int(((roles == gold) & (gold > 0)).sum())
            count["a_said"] += int((roles > 0).sum())
            count["a_gold"] += int((gold > 0).sum())
    model.train()

    def of(part: str, whole: str) -> float:
        return round(100 * count[part] / max(1, count[whole]), 2)

    def f1(head: str) -> float:
        return round(200 * count[f"{head}_hit"] / max(1, count[f"{head}_said"] + count[f"{head}_gold"]), 2)

    return {
        "upos": of("upos", "words"),
        "uas": of("uas", "words"),
        "las": of("las", "words"),
        "predicate_f1": f1("p"),
        "roleset": of("s_hit", "s_all"),
        "argument_head_f1": f1("a"),
        "factual": of("f_hit", "f_all"),
        "link": of("l_hit", "l_all"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--stop-after", type=int, default=None, help="end early after this epoch (the schedule stays)")
    parser.add_argument("--size", type=int, default=1200)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=2e-3)
    parser.add_argument("--hide", type=float, default=0.05, help="share of subwords shown as unknown, against overfitting")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--average", type=float, default=0.998, help="decay of the running mean of the weights, which is what is kept")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    options.out.mkdir(parents=True, exist_ok=True)

    documents = training_documents(options.data, held_out=held_out())
    names, glosses, candidates = rolesets(options.data / "propbank/propbank_rolesets.tsv")
    labels, candidates = make_labels(documents, names, candidates)
    glosses += [name.split(".")[0] for name in labels["rolesets"][len(glosses) :]]
    maps = ({key: {label: place for place, label in enumerate(values)} for key, values in labels.items()}, candidates)
    save_labels(labels, options.out / "labels.json")
    save_labels(candidates, options.out / "candidates.json")  # type: ignore[arg-type]
    vocabulary = Vocabulary(options.base / "tokenizer.json")
    model = Grammar(Sizes(), labels)
    load_minilm(model, options.base)
    store = options.out / "glosses.pt"
    if not store.exists():
        from tokenizers import Tokenizer

        torch.save(gloss_vectors(model, glosses, Tokenizer.from_file(str(options.base / "tokenizer.json"))), store)
    model.glosses.copy_(torch.load(store))
    model.words.weight.requires_grad_(False)
    model.to(device)
    heads = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith(("layers", "norm", "positions", "kind"))]
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith(("layers", "norm", "positions", "kind"))]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": options.rate}, {"params": heads, "lr": options.head_rate}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    steps = options.epochs * len(batches(documents, vocabulary, maps, size=options.size, seed=0))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.05 * steps)) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, step / steps)))
    )
    known_names = Names()
    average = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(options.average))
    begin, checkpoint = 0, options.out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        model.load_state_dict(state["last"])
        average.module.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        begin = state["epoch"] + 1
    dev = treebank(options.data / "treebank/en_ewt-ud-dev.conllu", options.data / "propbank/en_ewt-propbank-dev.conllup")
    add_factuality(dev, options.data / "factuality/factuality.zip", "dev")
    gum = treebank(options.data / "treebank/en_gum-open-dev.conllu", held_out=held_out())
    model.train()
    for epoch in range(begin, options.epochs):
        clock, mean, seen = time.time(), Counter(), 0
        torch.manual_seed(options.seed * 1000 + epoch)
        groups = batches(documents, vocabulary, maps, size=options.size, seed=options.seed * 1000 + epoch, names=known_names)
        for number, group in enumerate(groups):
            batch = Batch(group, *maps)
            hide = (torch.rand(batch.ids.shape) < options.hide) & (batch.shapes != SPECIAL)
            batch.ids[hide] = vocabulary.unknown
            batch = batch.to(device)
            with torch.autocast(device, dtype=torch.bfloat16):
                found = losses(model, batch)
            total = sum(WEIGHTS[key] * value for key, value in found.items())
            optimizer.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(model)
            mean.update({key: value.item() for key, value in found.items()})
            seen += int(batch.mask.sum())
            if number % 50 == 49:
                print(
                    epoch,
                    number + 1,
                    len(groups),
                    f"{seen / (time.time() - clock):.0f} subwords/s",
                    {key: round(value / (number + 1), 3) for key, value in mean.items()},
                    flush=True,
                )
        torch.save(
            {
                "model": average.module.state_dict(),
                "last": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch,
            },
            checkpoint.with_suffix(".new"),
        )
        checkpoint.with_suffix(".new").replace(checkpoint)
        average.module.to("cpu")
        told = {"epoch": epoch, "seconds": round(time.time() - clock), "ewt": evaluate(average.module, dev, vocabulary, maps)}
        print(json.dumps({**told, "gum": evaluate(average.module, gum, vocabulary, maps)}), flush=True)
        average.module.to(device)
        if options.stop_after is not None and epoch >= options.stop_after:
            break
    sys.stdout.flush()


if __name__ == "__main__":
    main()
