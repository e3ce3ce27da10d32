"""Write the real output of the README's commands and Python into it: ``python tools/readme.py``.

A ``console`` block holds one ``$ dragoman ...`` command and its output; a ``text`` block right after a ``python``
block holds what that prints.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONSOLE = re.compile(r"```console\n\$ (dragoman [^\n]+)\n.*?```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```\n\n```text\n.*?```", re.DOTALL)


def run(*arguments: str) -> str:
    """Run Python in the root of the repository, 80 columns wide, and return what it prints.

    Raises:
        CalledProcessError: where it does not end well.
    """
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True
    ).stdout


def refreshed(text: str) -> str:
    """Return a document with the output of its commands and Python as it is now."""

    def command(found: re.Match[str]) -> str:
        return f"```console\n$ {found[1]}\n{run('-m', *shlex.split(found[1]))}```"

    def program(found: re.Match[str]) -> str:
        return f"```python\n{found[1]}```\n\n```text\n{run('-W', 'ignore', '-c', found[1])}```"

    return PYTHON.sub(program, CONSOLE.sub(command, text))


if __name__ == "__main__":
    path = ROOT / "README.md"
    path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8")
