"""Documents: what they show is what happens, and what there is they name."""

from __future__ import annotations

import dataclasses
import difflib
import inspect
import re
import sys
import tomllib
from pathlib import Path

import pytest
import typer.main

from dragoman import __version__, cli, config, errors
from dragoman.readers.text import read

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import readme  # noqa: E402

README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LIKENESS = 0.9  # another processor may score a word another way; more than that is a stale README


def test_readme_shows_what_its_commands_print() -> None:
    assert len(readme.CONSOLE.findall(README)) >= 2
    assert len(readme.PYTHON.findall(README)) == 1
    shown, real = README.splitlines(), readme.refreshed(README).splitlines()
    same = difflib.SequenceMatcher(None, shown, real, autojunk=False).ratio()
    changed = "\n".join(difflib.unified_diff(shown, real, lineterm="", n=0))
    assert same >= LIKENESS, f"run python tools/readme.py\n{changed}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_python_in_documents_runs(path: Path) -> None:
    for block in re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
        readme.run("-W", "ignore", "-c", block)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_command_and_option_is_documented() -> None:
    group = typer.main.get_command(cli.app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"### `dragoman {name}" in REFERENCE
        for option in (each for parameter in command.params for each in parameter.opts if each.startswith("--")):
            assert f"`{option}" in REFERENCE, f"{name} {option}"


def test_every_documented_option_is_one() -> None:
    group = typer.main.get_command(cli.app)
    real = {each for command in group.commands.values() for parameter in command.params for each in parameter.opts}  # type: ignore[attr-defined]
    assert set(re.findall(r"`(--[a-z]+)", REFERENCE + README)) <= real


def test_every_error_and_key_is_documented() -> None:
    children = [name for name, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, errors.DragomanError)]
    assert len(children) == 8
    for name in children:
        assert f"`{name}`" in REFERENCE
    assert errors.__doc__ is not None
    assert all(name in errors.__doc__ for name in children)
    for field in dataclasses.fields(config.Config):
        default = f'"{field.default}"' if isinstance(field.default, str) else field.default
        assert f"| `{field.name}` | `{default}` |" in REFERENCE


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test", "check", "lint", "lexicons", "eval", "bench", "train"} <= targets
    named = {
        target
        for path in [*DOCUMENTS, *(ROOT / "src").rglob("*.py")]
        for target in re.findall(r"[`'\n]make ([a-z]+)", path.read_text(encoding="utf-8"))
    }
    assert named <= targets


def test_version_is_told_once_and_the_same() -> None:
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_examples_are_all_listed_and_readable() -> None:
    listed = tomllib.loads((ROOT / "examples" / "reports.toml").read_text(encoding="utf-8"))["report"]
    assert [each["file"] for each in listed] == sorted(path.name for path in (ROOT / "examples").glob("*.txt"))
    assert len(listed) >= 12
    for each in listed:
        report = read(ROOT / "examples" / each["file"], published=each["published"], publisher=each["publisher"])
        assert report.publisher


def test_demo_tells_date_and_publisher_as_the_list_does() -> None:
    listed = {each["file"]: each for each in tomllib.loads((ROOT / "examples" / "reports.toml").read_text(encoding="utf-8"))["report"]}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    calls = re.findall(r"read examples/(\S+) --published (\S+) --publisher '([^']+)'", makefile + README)
    assert len(calls) >= 4
    for file, published, publisher in calls:
        assert (published, publisher) == (listed[file]["published"], listed[file]["publisher"])
