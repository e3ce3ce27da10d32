"""The house: layers, sizes, names, and an import that does no work."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dragoman

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "dragoman"
MODULES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
IMPORT_LIMIT = 0.150  # seconds, the best of several
IDS = [str(path.relative_to(SOURCE)) for path in MODULES]


def functions(path: Path) -> list[tuple[ast.FunctionDef | ast.AsyncFunctionDef, bool]]:
    """Return the functions of a module, each with whether it is a method."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    methods = {child for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for child in node.body}
    return [(node, node in methods) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_modules_are_short_named_and_described(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 500
    assert path.stem not in FORBIDDEN
    assert not text or ast.get_docstring(ast.parse(text)), "a module says what it is for"
    machine_paths = re.findall(r"""["'\s](/home/|/root/|/Users/)""", text)
    assert not machine_paths


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_functions_are_short_with_few_positional_arguments(path: Path) -> None:
    is_command = path.name == "cli.py"
    for function, is_method in functions(path):
        where = f"{path.name}:{function.lineno} {function.name}"
        lines = (function.end_lineno or function.lineno) - function.lineno + 1
        assert lines <= 60, where
        static = any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in function.decorator_list)
        positional = len(function.args.posonlyargs) + len(function.args.args) - (is_method and not static)
        assert positional <= (6 if function.name.startswith("_") else 3) or (is_command and function.decorator_list), where


@pytest.mark.parametrize("path", MODULES, ids=IDS)
def test_public_functions_and_classes_are_described(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}:{node.lineno} {node.name}"


def test_layers_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_public_names_are_sorted_and_there() -> None:
    assert dragoman.__all__ == sorted(dragoman.__all__)
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        dragoman.raed  # noqa: B018


def test_import_is_quick_and_does_no_work() -> None:
    code = (
        "import sys, time; begin = time.perf_counter(); import dragoman; end = time.perf_counter();"
        "print(end - begin, *({'numpy', 'onnxruntime', 'typer', 'rich', 'msgspec', 'dragoman.types'} & set(sys.modules)))"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() for _ in range(5)]
    assert all(len(run) == 1 for run in runs), runs[0]
    assert min(float(run[0]) for run in runs) < IMPORT_LIMIT


def test_no_module_reads_a_clock_or_rolls_dice() -> None:
    pattern = re.compile(r"\b(import random|from random|datetime\.now|date\.today|time\.time\(|uuid)\b")
    for path in MODULES:
        assert not pattern.search(path.read_text(encoding="utf-8")), path


def test_every_data_file_names_its_source() -> None:
    import tomllib

    told = {each["path"] for each in tomllib.loads((SOURCE / "data" / "SOURCES.toml").read_text(encoding="utf-8"))["file"]}
    made = {"compiled.msgpack"}
    files = {str(path.relative_to(SOURCE / "data")) for path in (SOURCE / "data").rglob("*") if path.is_file() and path.name not in made}
    assert files - told - {"SOURCES.toml"} == set(), "data files without an entry in SOURCES.toml"
    assert told - files == set(), "entries of SOURCES.toml without a file"
