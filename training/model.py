"""The grammar encoder in PyTorch: a small BERT with letter case and shape, and one head a layer of grammar.

The signature that training, export and runtime share (S sentences, L words of the longest, B windows of T subwords):

- ``input_ids`` and ``shape_ids``, int64 (B, T): subword and letter-shape of each position; ``attention_mask`` (B, T);
- ``first`` and ``last``, int64 (S, L): position of each word's first and last subword in the flattened (B * T) windows, 0 as padding.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F


@dataclass
class Sizes:
    """Widths of the encoder (MiniLM-L6) and of the heads."""

    vocab: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    shapes: int = 32
    arc: int = 256
    label: int = 96
    sense: int = 192
    argument: int = 192
    link: int = 96
    dropout: float = 0.1
    head_dropout: float = 0.25


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT, without dropout inside (which costs half the time of a step on a CPU)."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads = sizes.heads
        self.qkv = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.out = nn.Linear(sizes.hidden, sizes.hidden)
        self.norm1 = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.up = nn.Linear(sizes.hidden, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.hidden)
        self.norm2 = nn.LayerNorm(sizes.hidden, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-1, -2) * (1 / math.sqrt(h // self.heads)) + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, t, h)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


def mlp(inner: int, outer: int, dropout: float) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inner, outer), nn.ReLU(), nn.Dropout(dropout))


class Body(nn.Module):
    """The small BERT with letter shapes, without heads."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        h = sizes.hidden
        self.words = nn.Embedding(sizes.vocab, h)
        self.positions = nn.Embedding(sizes.positions, h)
        self.shapes = nn.Embedding(sizes.shapes, h)
        self.kind = nn.Parameter(torch.zeros(h))
        self.norm = nn.LayerNorm(h, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        self.dropout = nn.Dropout(sizes.dropout)
        nn.init.normal_(self.shapes.weight, std=0.005)

    def layered(self, input_ids: Tensor, shape_ids: Tensor, attention_mask: Tensor) -> Iterator[Tensor]:
        """Yield what each layer says, (B, T, hidden)."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.words(input_ids) + self.positions(places) + self.shapes(shape_ids) + self.kind
        x = self.dropout(self.norm(x))
        mask = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
            yield x


class Grammar(Body):
    """Encoder and heads; ``forward`` gives the scores of every head."""

    def __init__(self, sizes: Sizes, labels: dict[str, list[str]]) -> None:
        super().__init__(sizes)
        h, d = sizes.hidden, sizes.head_dropout
        self.mix = nn.Parameter(torch.zeros(2, sizes.layers))  # how much of each layer the tree's heads, and the predicates', see
        with torch.no_grad():
            self.mix[:, -1] = 3.0
        self.upos = nn.Linear(h, len(labels["upos"]))
        self.tag = nn.Linear(h, len(labels["tag"]))
        self.names = nn.Sequential(mlp(h, 128, d), nn.Linear(128, len(labels["names"])))
        self.predicate = nn.Sequential(mlp(h, 128, d), nn.Linear(128, 1))
        self.arc_dep, self.arc_head = mlp(h, sizes.arc, d), mlp(h, sizes.arc, d)
        self.arc_weight = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.label_dep, self.label_head = mlp(h, sizes.label, d), mlp(h, sizes.label, d)
        self.label_weight = nn.Parameter(torch.zeros(len(labels["dep"]), sizes.label + 1, sizes.label + 1))
        self.sense = mlp(h, sizes.sense, d)
        self.rolesets = nn.Embedding(len(labels["rolesets"]), sizes.sense)
        self.gloss = nn.Linear(h, sizes.sense, bias=False)
        self.roleset_bias = nn.Parameter(torch.zeros(len(labels["rolesets"])))
        a = sizes.argument
        self.argument_predicate, self.argument_word = mlp(h, a, d), mlp(h, a, d)
        self.pair_predicate, self.pair_word = nn.Linear(h, a), nn.Linear(h, a)
        self.pair_near = nn.Embedding(33, a)
        self.pair_role = nn.Linear(a, len(labels["role"]))
        self.role_weight = nn.Parameter(torch.zeros(len(labels["role"]), a, a))
        self.factual = nn.Sequential(mlp(h, 128, d), nn.Linear(128, 1))
        self.anaphor, self.antecedent = mlp(h, sizes.link, d), mlp(h, sizes.link, d)
        self.link_weight = nn.Parameter(torch.zeros(sizes.link + 1, sizes.link + 1))
        self.link_new = nn.Linear(h, 1)
        for weight in (self.label_weight, self.role_weight, self.link_weight):
            nn.init.normal_(weight, std=0.02)
        nn.init.zeros_(self.rolesets.weight)
        nn.init.zeros_(self.pair_near.weight)
        nn.init.xavier_uniform_(self.arc_weight)
        self.register_buffer("glosses", torch.zeros(len(labels["rolesets"]), h))

    def encode(self, input_ids: Tensor, shape_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Return (2, B, T, hidden): what the heads of the tree see, and what those of predicates and links see."""
        share = self.mix.softmax(-1)
        layers = enumerate(self.layered(input_ids, shape_ids, attention_mask))
        mixed: Tensor = sum(share[:, number, None, None, None] * x[None] for number, x in layers)  # type: ignore[assignment]
        return mixed

    def at_words(self, x: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return (2, S, L, hidden): the mean of each word's first and last subword."""
        flat = x.reshape(x.shape[0], -1, x.shape[-1])
        return (flat[:, first] + flat[:, last]) * 0.5

    def arcs(self, w: Tensor) -> Tensor:
        """Return (S, L dependents, L heads); a word as its own head is the root."""
        dep = self.arc_dep(w)
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        return (dep @ self.arc_weight) @ self.arc_head(w).transpose(1, 2) * (1 / math.sqrt(self.sizes.arc))

    def label_parts(self, w: Tensor) -> tuple[Tensor, Tensor]:
        dep, head = self.label_dep(w), self.label_head(w)
        one = torch.ones_like(dep[..., :1])
        return torch.cat([dep, one], -1), torch.cat([head, one], -1)

    def labels_at(self, w: Tensor, heads: Tensor) -> Tensor:
        """Return (S, L, labels) for given heads (S, L)."""
        dep, head = self.label_parts(w)
        head = head.gather(1, heads[..., None].expand(-1, -1, head.shape[-1]))
        left = torch.einsum("sld,cde->slce", dep, self.label_weight)
        return (left @ head[..., None]).squeeze(-1)

    def labels_all(self, w: Tensor) -> Tensor:
        """Return (S, L dependents, L heads, labels)."""
        dep, head = self.label_parts(w)
        s, n, d = dep.shape
        left = (dep.reshape(s * n, d) @ self.label_weight.permute(1, 0, 2).reshape(d, -1)).view(s, n * self.label_weight.shape[0], d)
        return (left @ head.transpose(1, 2)).view(s, n, self.label_weight.shape[0], n).transpose(2, 3)

    def roles(self, predicates: Tensor, words: Tensor, near: Tensor) -> Tensor:
        """Return (N, P, L, roles): P predicate vectors against the L words of the same row; ``near`` (.., P, L) in 0..32."""
        c = self.role_weight.shape[0]
        p, w = self.argument_predicate(predicates), self.argument_word(words)
        n, rows, a = p.shape
        left = (p.reshape(n * rows, a) @ self.role_weight.permute(1, 0, 2).reshape(a, c * a)).view(n, rows * c, a)
        bilinear = (left @ w.transpose(1, 2)).view(n, rows, c, -1).transpose(2, 3) * (1 / math.sqrt(a))
        pair = F.relu(self.pair_predicate(predicates)[:, :, None] + self.pair_word(words)[:, None] + self.pair_near(near))
        return bilinear + self.pair_role(pair)

    def link_parts(self, w: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the vectors whose products say that a word takes up an earlier one, (.., link + 1) each, and the score of a new entity."""
        anaphor, antecedent = self.anaphor(w), self.antecedent(w)
        one = torch.ones_like(anaphor[..., :1])
        left = torch.cat([anaphor, one], -1) @ self.link_weight
        return left, torch.cat([antecedent, one], -1), self.link_new(w).squeeze(-1)

    def sense_matrix(self) -> Tensor:
        """Return (rolesets, sense): a learnt vector plus what the gloss says."""
        return self.rolesets.weight + self.gloss(self.glosses)

    def forward(self, input_ids: Tensor, shape_ids: Tensor, attention_mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Return all scores, as exported: upos, tag, names, predicate, arc, label, sense vectors, roles.

        Factuality and links are trained beside them and stay here until a stage reads them.
        """
        w, v = self.at_words(self.encode(input_ids, shape_ids, attention_mask), first, last)
        n = torch.arange(first.shape[1], device=first.device)
        near = (n[None, :] - n[:, None]).clamp(-16, 16) + 16
        return (
            self.upos(w),
            self.tag(w),
            self.names(w),
            self.predicate(v).squeeze(-1),
            self.arcs(w),
            self.labels_all(w),
            self.sense(v),
            self.roles(v, v, near[None]),
        )


def load_minilm(model: Body, folder: Path) -> None:
    """Copy the weights of all-MiniLM-L6-v2 into the encoder."""
    from safetensors.torch import load_file

    source = load_file(str(folder / "model.safetensors"))
    source = {key.removeprefix("bert."): value for key, value in source.items()}
    take = source.__getitem__
    with torch.no_grad():
        model.words.weight.copy_(take("embeddings.word_embeddings.weight"))
        model.positions.weight.copy_(take("embeddings.position_embeddings.weight"))
        model.kind.copy_(take("embeddings.token_type_embeddings.weight")[0])
        model.norm.weight.copy_(take("embeddings.LayerNorm.weight"))
        model.norm.bias.copy_(take("embeddings.LayerNorm.bias"))
        for index, layer in enumerate(model.layers):
            at = f"encoder.layer.{index}."
            for part in ("weight", "bias"):
                layer.qkv.get_parameter(part).copy_(
                    torch.cat([take(f"{at}attention.self.{name}.{part}") for name in ("query", "key", "value")])
                )
                layer.out.get_parameter(part).copy_(take(f"{at}attention.output.dense.{part}"))
                layer.norm1.get_parameter(part).copy_(take(f"{at}attention.output.LayerNorm.{part}"))
                layer.up.get_parameter(part).copy_(take(f"{at}intermediate.dense.{part}"))
                layer.down.get_parameter(part).copy_(take(f"{at}output.dense.{part}"))
                layer.norm2.get_parameter(part).copy_(take(f"{at}output.LayerNorm.{part}"))


def gloss_vectors(model: Grammar, glosses: list[str], tokenizer: object) -> Tensor:
    """Embed glosses with the raw encoder (mean over subwords, unit length), (rolesets, hidden)."""
    model.eval()
    found = []
    with torch.no_grad():
        for start in range(0, len(glosses), 64):
            codes = tokenizer.encode_batch(glosses[start : start + 64])  # type: ignore[attr-defined]
            width = min(48, max(len(code.ids) for code in codes))
            ids = torch.zeros(len(codes), width, dtype=torch.long)
            mask = torch.zeros(len(codes), width, dtype=torch.long)
            for row, code in enumerate(codes):
                n = min(width, len(code.ids))
                ids[row, :n] = torch.tensor(code.ids[:n])
                mask[row, :n] = 1
            shapes = torch.zeros_like(ids)
            kept, model.shapes.weight.data = model.shapes.weight.data, torch.zeros_like(model.shapes.weight.data)
            x = model.encode(ids, shapes, mask)
            model.shapes.weight.data = kept
            found.append(F.normalize((x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1))
    return torch.cat(found)


def save_labels(labels: dict[str, list[str]], path: Path) -> None:
    path.write_text(json.dumps(labels, ensure_ascii=False, indent=0), encoding="utf-8")
