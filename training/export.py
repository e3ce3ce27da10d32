"""Export a checkpoint to a model folder: ``python training/export.py grammar --run DIR --data DIR --base DIR --out src/dragoman/models/grammar-0.1``."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from data import parts
from model import Grammar, Sizes
from onnxruntime.quantization import QuantType, quantize_dynamic
from ranker import Ranker
from torch import nn

from dragoman.encoder.model import OUTPUTS as GRAMMAR
from dragoman.encoder.ranker import OUTPUTS as RANKER

INPUTS = ("input_ids", "shape_ids", "attention_mask", "first", "last")


def graph(model: nn.Module, path: Path, outputs: Sequence[str]) -> None:
    """Write the fp32 graph."""
    window = torch.randint(5, 100, (2, 24))
    words = torch.arange(18).reshape(3, 6)
    axes = {name: {0: "windows", 1: "subwords"} for name in INPUTS[:3]} | {name: {0: "sentences", 1: "words"} for name in INPUTS[3:]}
    axes |= {name: {0: "sentences", 1: "words"} for name in outputs}
    for name in {"arc", "label", "role"} & set(outputs):
        axes[name][2] = "words"
    arguments = (window, torch.zeros_like(window), torch.ones_like(window), words, words)
    torch.onnx.export(
        model, arguments, str(path), input_names=list(INPUTS), output_names=list(outputs), dynamic_axes=axes, opset_version=17, dynamo=False
    )


def quantise(source: Path, target: Path) -> None:
    """Quantise every product with fixed weights to int8, a channel at a time, and the word table."""
    extra = {"DefaultTensorType": onnx.TensorProto.FLOAT, "MatMulConstBOnly": True}
    quantize_dynamic(
        source,
        target,
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        extra_options=extra,
    )


def write(path: Path, value: object) -> None:
    """Write a value as one line of JSON."""
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def grammar(options: argparse.Namespace, state: dict[str, Any]) -> tuple[Grammar, Sequence[str]]:
    """Load the grammar encoder and write its labels and rolesets; return it and its outputs."""
    labels = json.loads((options.run / "labels.json").read_text())
    model = Grammar(Sizes(), labels)
    model.load_state_dict(state["model"])
    with torch.no_grad():
        matrix = torch.cat([model.sense_matrix(), model.roleset_bias[:, None]], 1).numpy().astype(np.float16)
    np.save(options.out / "rolesets.npy", matrix)
    names = labels.pop("rolesets")
    write(options.out / "labels.json", labels)
    candidates = json.loads((options.run / "candidates.json").read_text())
    told = parts(options.data / "propbank/propbank_rolesets.tsv")
    rolesets = {"names": names, "parts": [told.get(name, "") for name in names], "candidates": candidates}
    write(options.out / "rolesets.json", rolesets)
    return model, GRAMMAR


def ranker(options: argparse.Namespace, state: dict[str, Any]) -> tuple[Ranker, Sequence[str]]:
    """Load the ranker and write its labels; return it and its outputs."""
    model = Ranker(Sizes(), state["labels"])
    model.load_state_dict(state["model"])
    write(options.out / "labels.json", {"type": state["labels"]["type"]})
    return model, RANKER


def main() -> None:
    """Read the command line and write the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=("grammar", "ranker"))
    parser.add_argument("--run", type=Path, required=True, help="folder that holds checkpoint.pt")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", default="0.1")
    parser.add_argument("--card", type=Path, help="training sets and notes for model.toml; cards/<name>.toml when left out")
    parser.add_argument("--float", action="store_true", help="keep 32-bit floats")
    options = parser.parse_args()
    state = torch.load(options.run / "checkpoint.pt", map_location="cpu")
    options.out.mkdir(parents=True, exist_ok=True)
    model, outputs = (grammar if options.name == "grammar" else ranker)(options, state)
    model.eval()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "model.onnx"
        graph(model, source, outputs)
        if options.float:
            (options.out / "model.onnx").write_bytes(source.read_bytes())
        else:
            quantise(source, options.out / "model.onnx")
    tokenizer = json.loads((options.base / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    write(options.out / "tokenizer.json", tokenizer)
    files = sorted(path.name for path in options.out.iterdir() if path.suffix in (".onnx", ".json", ".npy"))
    card = options.card or Path(__file__).parent / "cards" / f"{options.name}.toml"
    head = f'name = "{options.name}"\nversion = "{options.version}"\nepochs = {state["epoch"] + 1}\n'
    sums = "".join(f'"{name}" = "{sha256((options.out / name).read_bytes()).hexdigest()}"\n' for name in files)
    (options.out / "model.toml").write_text(f"{head}{card.read_text(encoding='utf-8')}\n[files]\n{sums}", encoding="utf-8")
    print({path.name: path.stat().st_size for path in sorted(options.out.iterdir())})


if __name__ == "__main__":
    main()
