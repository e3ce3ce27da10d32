"""The ``dragoman`` command: options in, text out; all that is known stands in the modules below.

Exit codes: 0; 2 for an error, named in one line on standard error. Heavy imports wait until a command needs them.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman import __version__
from dragoman.errors import DragomanError, ReportError, UnknownName

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from dragoman.config import Config
    from dragoman.types import Reading, Report

FAILED = 2
STDIN = "-"

app = typer.Typer(
    name="dragoman",
    help="Read news-wire reports: who did what to whom, when and where, and who says so, with the words that prove it.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Reports as UTF-8 text, one a file; - is standard input.")]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="Date of publication, YYYY-MM-DD; 'on Monday' counts from it.")]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="The outlet that published the report.")]
Title = Annotated[str | None, typer.Option(metavar="TEXT", help="The headline, where the text lacks it; for one FILE.")]
Url = Annotated[str | None, typer.Option(metavar="URL", help="Where the report stands; for one FILE.")]
Options = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Options of the run, as TOML.")]


@dataclass(frozen=True, slots=True)
class _About:
    """What goes with the text of a report."""

    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None


@app.command()
def read(
    files: Files,
    json: Annotated[bool, typer.Option("--json", help="One Reading a line, as JSON; the same as --format json.")] = False,
    format_: Annotated[str | None, typer.Option("--format", metavar="NAME", help="json or plover; without it a sheet to read.")] = None,
    published: Published = None,
    publisher: Publisher = None,
    title: Title = None,
    url: Url = None,
    config: Options = None,
) -> None:
    """Read reports and print what they say, in the order given.

    A report that cannot be read is named on standard error, the rest goes on, and the exit code is 2.
    """
    if json and format_ not in (None, "json"):
        raise typer.BadParameter("--json and --format exclude each other; give one of them")
    if (title or url) and len(files) > 1:
        raise typer.BadParameter("--title and --url tell of one report; give one FILE with them")
    about = _About(published, publisher, title, url)
    show = _writer("json" if json else format_)
    options = _prepared(config, published)
    failed = False
    for file in files:
        try:
            reading = _read(file, about, options)
        except ReportError as error:
            _complain(str(error))
            failed = True
        else:
            show(reading)
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def why(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Id of a claim, attribution, label, relation or consequence, or its beginning.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The report that it was read from; - is standard input.")],
    published: Published = None,
    publisher: Publisher = None,
    title: Title = None,
    url: Url = None,
    config: Options = None,
) -> None:
    """Name the words and the rule behind every field of one thing that was read.

    Ids depend on the text, --published and --publisher: give these as they were.
    """
    from dragoman import proof
    from dragoman.sheet import Sheet

    reading = _read(file, _About(published, publisher, title, url), _prepared(config, published))
    try:
        item = proof.find(reading, id_)
    except UnknownName as error:
        name = _name(file)
        raise ReportError(f"{name}: {error}; give --published and --publisher as they were when it was read") from error
    console = _console()
    _print(console, Sheet(reading, width=console.width, plain=_is_plain(console)).proof(item))


@app.command()
def who(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help='A name, or a noun phrase such as "Mali\'s head of diplomacy".')],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, YYYY-MM-DD: offices and names as of then.")] = None,
    lexicon: Annotated[Path | None, typer.Option(metavar="DIR", help="A folder of your own knowledge of actors.")] = None,
    config: Options = None,
) -> None:
    """Say whom a phrase means: country and sectors, and the words and rules that say so."""
    from dragoman.readers.text import day
    from dragoman.who import lines
    from dragoman.who import who as find

    try:
        date = day(on)
    except ReportError as error:
        raise typer.BadParameter(str(error)) from error
    options = _config(config)
    options = replace(options, lexicon=str(lexicon)) if lexicon else options
    _warn_of_lexicon(options)
    for line in lines(find(phrase, on=date, config=options), phrase):
        typer.echo(line)


@app.command()
def doctor(config: Options = None) -> None:
    """Check the installation: versions, model, lexicons, ontology, and a test reading."""
    from dragoman.doctor import examine

    well = True
    for check in examine(_config(config)):
        well = well and check.ok
        typer.echo(f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.found}")
    if not well:
        raise typer.Exit(FAILED)


@app.command()
def score(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Annotated texts: a YAML file, or a folder of them.")],
    readings: Annotated[
        Path | None, typer.Argument(metavar="[READINGS]", help="Lines of dragoman read --json; without them each text is read now.")
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where texts that the gold only names stand, as DIR/<document>.txt.")
    ] = None,
    part: Annotated[str | None, typer.Option(metavar="NAME", help="Only this part: train, dev or test.")] = None,
    misses: Annotated[int, typer.Option(metavar="N", help="Up to N misses of each kind, with their words.", min=0)] = 0,
    json: Annotated[bool, typer.Option("--json", help="All figures as one line of JSON.")] = False,
    config: Options = None,
) -> None:
    """Measure readings against annotated texts, per layer and field, in percent."""
    from dragoman import gold as gold_
    from dragoman import score as scoring

    chosen = [each for each in gold_.read(gold, texts=scoring.folder(texts)) if part in (None, each.part)]
    if not chosen:
        raise typer.BadParameter(f"{gold}: no annotated text to score; give --texts for texts that stand elsewhere, and check --part")
    if readings is None:
        from dragoman.pipeline import read_report

        options = _prepared(config, None)
        found = scoring.score(chosen, lambda each: scoring.of_reading(read_report(each.report, config=options)))
    else:
        told = scoring.answers(readings)
        found = scoring.score(chosen, lambda each: told.get(each.report.id))
        lacking = sum(each.report.id not in told for each in chosen)
        if lacking:
            _complain(f"{readings}: no reading of {lacking} of the {len(chosen)} texts; everything in them counts as missed")
    if json:
        from json import dumps

        typer.echo(dumps(found.record()))
        return
    from dragoman.score.table import tables

    _print(_console(), *tables(found, misses=misses))


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    """Read news-wire reports: who did what to whom, when and where, and who says so, with the words that prove it."""
    if version:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave the process with 0 or 2, 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    code = _run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    sys.exit(code)


def _run(arguments: list[str] | None) -> int:
    """Run the command; return its exit code, every error told in one line."""
    try:
        code = app(arguments, standalone_mode=False)
    except DragomanError as error:
        _complain(str(error))
    except (BrokenPipeError, SystemExit):  # the latter is how typer leaves when nobody reads the pipe any more
        _drop_output()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        _complain("interrupted")
        return 130
    except Exception as error:
        if hasattr(error, "format_message"):
            _complain(f"{error.format_message().rstrip('.')}; see dragoman --help")
        elif _debugging():
            raise
        else:
            _complain(_fault(error))
    else:
        return code if isinstance(code, int) else 0
    return FAILED


def _prepared(path: Path | None, published: str | None) -> Config:
    """Check the options and load all that a reading needs, before any report is opened."""
    from dragoman.pipeline import engine
    from dragoman.readers.text import day

    try:
        day(published)
    except ReportError as error:
        raise typer.BadParameter(str(error)) from error
    config = _config(path)
    engine(config)
    _warn_of_lexicon(config)
    return config


def _warn_of_lexicon(config: Config) -> None:
    """Name each line of the user's own dictionaries that could not be read."""
    if config.lexicon:
        from dragoman.stages.actor.knowledge import load

        for problem in load(config.lang, config.lexicon).problems:
            _complain(problem)


def _config(path: Path | None) -> Config:
    from dragoman import config

    return config.load(path) if path else config.Config()


def _read(file: str, about: _About, config: Config) -> Reading:
    """Read one report; whatever goes wrong in it is a ReportError that names the file."""
    from dragoman.pipeline import read_report

    report = _report(file, about)
    try:
        return read_report(report, config=config)
    except ReportError as error:
        raise ReportError(f"{_name(file)}: {error}") from error
    except DragomanError:
        raise
    except Exception as error:
        if _debugging():
            raise
        raise ReportError(f"{_name(file)}: {_fault(error)}") from error


def _report(file: str, about: _About) -> Report:
    from dragoman.readers.text import LIMIT
    from dragoman.readers.text import read as read_file

    source = sys.stdin.buffer.read(LIMIT + 1) if file == STDIN else Path(file)
    return read_file(source, name=_name(file), published=about.published, publisher=about.publisher, title=about.title, url=about.url)


def _name(file: str) -> str:
    return "standard input" if file == STDIN else file


def _writer(format_: str | None) -> Callable[[Reading], None]:
    """Return what prints a reading: lines of a registered format, or the sheet."""
    if format_ is None:
        return _sheets()
    from dragoman import registry

    lines: Callable[[Reading], Iterator[str]] = registry.find("export", format_)

    def write(reading: Reading) -> None:
        for line in lines(reading):
            sys.stdout.write(line + "\n")
        sys.stdout.flush()

    return write


def _sheets() -> Callable[[Reading], None]:
    """Return what prints readings as sheets, a rule between two."""
    from rich.rule import Rule

    from dragoman.sheet import Sheet

    console, printed = _console(), False

    def write(reading: Reading) -> None:
        nonlocal printed
        if printed:
            _print(console, "", Rule(style="dim", characters="─"), "")
        printed = True
        _print(console, Sheet(reading, width=console.width, plain=_is_plain(console)).whole())

    return write


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def _is_plain(console: Console) -> bool:
    return console.color_system is None or console.no_color


def _print(console: Console, *parts: RenderableType) -> None:
    """Print through the plain stream, so that a closed pipe is ours to handle."""
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    rows = captured.get().split("\n")[:-1]
    sys.stdout.write("".join(row.rstrip(" ") + "\n" for row in rows))
    sys.stdout.flush()


def _complain(message: str) -> None:
    """Say what is wrong in one line."""
    from dragoman.text import shown

    print(f"dragoman: {shown(message)}", file=sys.stderr)


def _fault(error: Exception) -> str:
    return f"a fault of dragoman, {type(error).__name__}: {error}; please report it with the trace that DRAGOMAN_DEBUG=1 shows"


def _debugging() -> bool:
    return bool(os.environ.get("DRAGOMAN_DEBUG"))


def _drop_output() -> None:
    """Let nothing more be written to a pipe that nobody reads."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
