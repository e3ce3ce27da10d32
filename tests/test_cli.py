"""The command: what is printed where, exit codes, and what it does with what cannot be read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import hand
import pytest

from dragoman import __version__, cli, pipeline
from dragoman.errors import ModelError, ReportError
from dragoman.types import Reading

ABOUT = ("--published", "2024-02-28", "--publisher", "Lakeside News Agency")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the one stage be the reading made by hand."""
    monkeypatch.setattr(pipeline, "engine", lambda config: (lambda reading: hand.reading(reading.report),))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("DRAGOMAN_DEBUG", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and return exit code, output and errors."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            cli.main(list(arguments))
        out, err = capsys.readouterr()
        return int(str(left.value.code)), out, err

    return call


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_bytes(hand.TEXT.encode())
    return str(path)


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (0, f"dragoman {__version__}\n", "")
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    for command in ("read", "why", "doctor"):
        assert command in out
        assert run(command, "--help")[0] == 0
    assert run()[:2] == (0, out)


def test_the_sheet_is_what_is_printed_without_a_format(run: Run, file: str) -> None:
    code, out, err = run("read", file, *ABOUT)
    assert (code, err) == (0, "")
    assert "What happened (2)" in out
    assert "[met]" in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert all(line == line.rstrip() for line in out.splitlines())


def test_json_is_one_reading_a_line_in_the_order_given(run: Run, file: str, tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text("Nothing happened.")
    code, out, err = run("read", "--json", file, str(other), file, *ABOUT)
    records = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [len(record["claims"]) for record in records] == [2, 0, 2]
    assert records[0] == records[2]
    assert records[0]["report"]["id"] == hand.report().id
    assert records[0]["report"]["published"] == "2024-02-28"
    assert run("read", "--format", "json", file, str(other), file, *ABOUT)[1] == out


def test_what_else_is_read_changes_no_byte(run: Run, file: str, tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text("Nothing happened.")
    alone = run("read", "--json", file)[1]
    assert run("read", "--json", str(other), file)[1].splitlines(keepends=True)[1] == alone


def test_plover_is_one_event_a_line(run: Run, file: str) -> None:
    _, out, _ = run("read", "--format", "plover", file, *ABOUT)
    assert [json.loads(line)["event"] for line in out.splitlines()] == ["CONSULT", "COERCE"]


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(hand.TEXT.encode())))
    code, out, _ = run("read", "-", "--json", *ABOUT)
    assert code == 0
    assert json.loads(out)["report"]["id"] == hand.report().id
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"")))
    code, out, err = run("read", "-")
    assert (code, out) == (2, "")
    assert err.startswith("dragoman: standard input: empty")


def test_a_report_that_cannot_be_read_is_named_and_the_rest_goes_on(run: Run, file: str, tmp_path: Path) -> None:
    bad, none = tmp_path / "bad.txt", tmp_path / "none.txt"
    bad.write_bytes(b"\xff\xfeT\0")
    code, out, err = run("read", "--json", str(bad), file, str(none), str(tmp_path), file)
    assert code == 2
    assert len(out.splitlines()) == 2
    lines = err.splitlines()
    assert [line.partition(": ")[2].partition(": ")[0] for line in lines] == [str(bad), str(none), str(tmp_path)]
    assert all(line.startswith("dragoman: ") for line in lines)


def test_a_fault_of_ours_is_one_line_that_names_the_report(run: Run, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def stage(reading: Reading) -> Reading:
        calls.append(reading)
        if len(calls) == 1:
            raise ZeroDivisionError("oh\nno")
        if len(calls) == 2:
            raise ReportError("too odd; leave it out")
        return hand.reading(reading.report)

    monkeypatch.setattr(pipeline, "engine", lambda config: (stage,))
    code, out, err = run("read", "--json", file, file, file)
    assert (code, len(out.splitlines())) == (2, 1)
    first, second = err.splitlines()
    assert first.startswith(f"dragoman: {file}: a fault of dragoman, ZeroDivisionError: oh no;")
    assert second == f"dragoman: {file}: too odd; leave it out"


def test_the_trace_is_there_for_those_who_ask(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stage(reading: Reading) -> Reading:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "engine", lambda config: (stage,))
    monkeypatch.setenv("DRAGOMAN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main(["read", file])


def test_what_ails_the_installation_stops_before_work_starts(run: Run, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(config: object) -> None:
        raise ModelError("models/x: altered; reinstall")

    monkeypatch.setattr(pipeline, "engine", broken)
    assert run("read", file, file) == (2, "", "dragoman: models/x: altered; reinstall\n")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("read",), "FILE"),
        (("raed", "x"), "No such command"),
        (("read", "x", "--colour"), "No such option"),
        (("read", "x", "--published", "yesterday"), "YYYY-MM-DD"),
        (("read", "x", "--format", "icews"), "known: json, plover"),
        (("read", "x", "--json", "--format", "plover"), "exclude each other"),
        (("read", "x", "y", "--title", "T"), "one FILE"),
        (("read", "x", "--config", "none.toml"), "none.toml"),
        (("why", "abcd"), "FILE"),
    ],
)
def test_wrong_use_is_one_line_and_2(run: Run, arguments: tuple[str, ...], reason: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("dragoman: ")
    assert reason in err
    assert err.count("\n") == 1


def test_config_is_handed_on(run: Run, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(pipeline, "engine", lambda config: seen.append(config) or (lambda reading: reading,))  # type: ignore[func-returns-value]
    options = tmp_path / "dragoman.toml"
    options.write_text("threshold = 0.9\n")
    assert run("read", file, "--config", str(options))[0] == 0
    assert {config.threshold for config in seen} == {0.9}


def test_why_names_words_and_rules(run: Run, file: str) -> None:
    claim = hand.reading().claims[0]
    code, out, err = run("why", claim.id[:5], file, *ABOUT)
    assert (code, err) == (0, "")
    assert out.startswith(f"claim {claim.id}")
    assert "rule consult.meet" in out
    for item in (hand.reading().attributions[0], hand.reading().labels[0], hand.reading().relations[0], hand.reading().consequences[0]):
        assert run("why", item.id, file, *ABOUT)[0] == 0


def test_why_of_an_unknown_id(run: Run, file: str) -> None:
    code, out, err = run("why", hand.reading().claims[0].id, file)
    assert (code, out) == (2, "")
    assert err.startswith(f"dragoman: {file}: unknown id")
    assert "--published" in err
    assert err.count("\n") == 1


def test_doctor_says_what_is_well_and_what_is_not(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, _ = run("doctor")
    assert code == 2, "two claims from one sentence are not what the test reading expects"
    assert "FAIL test reading" in out
    assert f"ok   versions: dragoman {__version__}" in out
    assert len(out.splitlines()) == 8


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests'); import hand; from dragoman import cli, pipeline;"
        "pipeline.engine = lambda config: (lambda reading: hand.reading(reading.report),); cli.main(sys.argv[1:])"
    )
    file = tmp_path / "report.txt"
    file.write_bytes(hand.TEXT.encode())
    root = Path(__file__).parents[1]
    for option in ("--json", "--format=plover", "--url=u"):
        files = [str(file)] * (300 if option != "--url=u" else 1)
        reader, writer = os.pipe()
        os.close(reader)
        try:
            done = subprocess.run(
                [sys.executable, "-c", script, "read", option, *files], cwd=root, stdout=writer, stderr=subprocess.PIPE, check=False
            )
        finally:
            os.close(writer)
        assert (done.returncode, done.stderr) == (0, b"")


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "dragoman", "read", "--json", "n\u00f6.txt"], env=environment, cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert done.stderr.decode("utf-8").startswith("dragoman: ")


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom dragoman import cli\ntry:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'onnxruntime', 'tokenizers', 'msgspec', 'rich', 'dragoman.pipeline'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
