"""A model folder: ONNX graph, tokenizer, labels and rolesets; checksums are verified at load."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman import resources
from dragoman.encoder.window import Vocabulary, Window, windows
from dragoman.errors import ModelError

OUTPUTS = ("upos", "tag", "names", "predicate", "arc", "label", "sense", "role")
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What one run says of a window: S sentences of at most L words.

    upos, tag, names: (S, L, labels); predicate: (S, L); arc: (S, L dependents, L heads); label: (S, L, L, labels);
    sense: (S, L, width); role: (S, L predicates, L words, roles).
    """

    upos: Floats
    tag: Floats
    names: Floats
    predicate: Floats
    arc: Floats
    label: Floats
    sense: Floats
    role: Floats


class Network:
    """A loaded model folder; ``run`` may be called from several threads."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        import onnxruntime

        self.folder = folder
        self.card = _card(folder)
        self.name = f"{self.card['name']}-{self.card['version']}"
        self.labels: dict[str, list[str]] = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.vocabulary = Vocabulary(folder / "tokenizer.json")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            self._session: Any = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        except Exception as error:
            raise ModelError(f"{folder / 'model.onnx'}: ONNX Runtime cannot load it ({error}); reinstall dragoman") from error

    def windows(self, sentences: Sequence[Sequence[str]]) -> list[Window]:
        """Pack the words of a report's sentences."""
        return windows(self.vocabulary, sentences)

    def outputs(self, window: Window, names: Sequence[str]) -> list[Floats]:
        """Run one window and return the outputs ``names``; they depend on nothing else."""
        rows, width = len(window.ids), window.width
        ids = np.zeros((rows, width), np.int64)
        shapes = np.zeros((rows, width), np.int64)
        mask = np.zeros((rows, width), np.int64)
        for row, (codes, kinds) in enumerate(zip(window.ids, window.shapes, strict=True)):
            ids[row, : len(codes)] = codes
            shapes[row, : len(kinds)] = kinds
            mask[row, : len(codes)] = 1
        longest = max(map(len, window.first))
        first = np.zeros((len(window.first), longest), np.int64)
        last = np.zeros((len(window.first), longest), np.int64)
        for number, (begin, end) in enumerate(zip(window.first, window.last, strict=True)):
            first[number, : len(begin)] = begin
            last[number, : len(end)] = end
        feed = {"input_ids": ids, "shape_ids": shapes, "attention_mask": mask, "first": first, "last": last}
        found: list[Floats] = self._session.run(list(names), feed)
        return found


class Model(Network):
    """The grammar encoder's model, with the rolesets among which it ranks."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        super().__init__(folder, threads=threads)
        rolesets = json.loads((folder / "rolesets.json").read_text(encoding="utf-8"))
        self.rolesets: list[str] = rolesets["names"]
        self.parts: list[str] = rolesets["parts"]
        self.candidates: dict[str, list[int]] = rolesets["candidates"]
        matrix = np.load(folder / "rolesets.npy", allow_pickle=False)
        self.roleset_matrix: Floats = matrix[:, :-1]  # float16 (rolesets, width); widened where it is used
        self.roleset_bias: Floats = matrix[:, -1]

    def run(self, window: Window) -> Scores:
        """Run one window; the result depends on nothing else."""
        return Scores(*self.outputs(window, OUTPUTS))


def find(name: str) -> Path:
    """Return the folder of the newest shipped version of a model, or the folder that ``name`` is a path of.

    Raises:
        ModelError: naming the known models.
    """
    if Path(name).is_dir():
        return Path(name)
    found = sorted(resources.MODELS.glob(f"{name}-*/model.toml"), key=lambda path: _version(path.parent.name))
    if not found:
        known = sorted(path.parent.name for path in resources.MODELS.glob("*/model.toml"))
        raise ModelError(f"no model {name!r}; known: {', '.join(known) or 'none'}; reinstall dragoman or give the folder of a model")
    return found[-1].parent


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.rsplit("-", 1)[1].split(".") if part.isdecimal())


def _card(folder: Path) -> dict[str, Any]:
    """Read ``model.toml`` and verify the checksum of every file that it names."""
    try:
        card = tomllib.loads((folder / "model.toml").read_text(encoding="utf-8"))
        for name, expected in card["files"].items():
            if sha256((folder / name).read_bytes()).hexdigest() != expected:
                raise ModelError(f"{folder / name}: altered (its SHA-256 is not the one in model.toml); reinstall dragoman")
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{folder}: {error}; reinstall dragoman or give another model folder") from error
    return card
