"""Is this installation whole? Each check names what it looked at, and what to do where something is wrong."""

from __future__ import annotations

import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dragoman.config import Config
from dragoman.errors import DragomanError, LexiconError, ModelError

PACKAGES = ("numpy", "onnxruntime", "tokenizers", "ahocorasick-rs", "msgspec", "rich", "typer")
INSTRUCTIONS = ("avx512_vnni", "avx_vnni", "avx512f", "avx2", "asimddp", "asimd", "sse4_2")  # best first
SENTENCE = "The president of Kenya met the president of Uganda in Kampala on Monday."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what, whether it is well, and what was found."""

    name: str
    ok: bool
    found: str


def examine(config: Config) -> Iterator[Check]:
    """Yield every check, in a fixed order; one that fails does not stop the next."""
    for name, look in _CHECKS:
        try:
            yield Check(name, True, look(config))
        except DragomanError as error:
            yield Check(name, False, str(error))
        except Exception as error:  # whatever is broken, the other checks are still worth seeing
            yield Check(name, False, f"{type(error).__name__}: {error}; reinstall dragoman")


def _versions(config: Config) -> str:
    from dragoman import __version__

    return f"dragoman {__version__}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _packages(config: Config) -> str:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError as error:
            raise ImportError(f"package {name} is missing") from error
    return ", ".join(found)


def _instructions(config: Config) -> str:
    """Name the best instruction set for int8: bytes are promised per model, instruction set and provider."""
    try:
        flags = set(re.findall(r"\w+", Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")))
    except OSError:
        flags = set()
    known = [name for name in INSTRUCTIONS if name in flags]
    return known[0] if known else f"{platform.machine()} (no further detail)"


def _provider(config: Config) -> str:
    import onnxruntime

    available = onnxruntime.get_available_providers()
    if "CPUExecutionProvider" not in available:
        raise ModelError("ONNX Runtime has no CPUExecutionProvider; reinstall onnxruntime")
    return "CPUExecutionProvider"


def _model(config: Config) -> str:
    from dragoman.encoder.model import Model, find

    model = Model(find(config.model), threads=config.threads)
    return f"{model.name}, checksums right"


def _lexicons(config: Config) -> str:
    from dragoman import lexicon

    if not lexicon.is_fresh(config.lang):
        raise LexiconError(f"the compiled lexicons of {config.lang!r} are older than their YAML; run 'make lexicons'")
    return f"{config.lang}: {len(lexicon.sources(config.lang))} files, index fresh"


def _ontology(config: Config) -> str:
    from dragoman import registry

    ontology = registry.find("ontology", config.ontology)(config)
    return f"{ontology.name} {ontology.version}: {len(ontology.types)} types, {len(ontology.contexts)} contexts"


def _reading(config: Config) -> str:
    from dragoman.pipeline import read

    reading = read(SENTENCE, published=date(2024, 2, 28), config=config)
    types = [claim.type for claim in reading.claims]
    if types != ["CONSULT"]:
        raise ModelError(f"a test sentence gave {types} instead of CONSULT; reinstall dragoman")
    return f"a test sentence gave CONSULT ({reading.coder})"


_CHECKS: tuple[tuple[str, Callable[[Config], str]], ...] = (
    ("versions", _versions),
    ("packages", _packages),
    ("instruction set", _instructions),
    ("provider", _provider),
    ("model", _model),
    ("lexicons", _lexicons),
    ("ontology", _ontology),
    ("test reading", _reading),
)
