"""Measure speed, cold start and memory on the example reports.

    python bench/run.py [--seconds N] [--threads N] [--json]

Words are those of the splitter. Every figure comes from a process of its own: *cold start* runs from the
start of the interpreter to the first claims; *one by one* reads report after report, the model on N
threads; *side by side* reads N reports at a time, the model on one thread each. *Encoder alone* parses
the same reports, already split. Peak memory is the largest resident set of the process that reads one by
one. Each speed is the median over the passes that fit into the seconds given, after one pass to warm up.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
COLD = "import sys, dragoman; dragoman.read(open(sys.argv[1], encoding='utf-8').read(), published='2024-05-01')"


def texts() -> list[str]:
    """Return the example reports in the order of their names."""
    return [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]


def speed(once: Callable[[], int], seconds: float) -> float:
    """Return the median of words a second over passes; ``once`` makes a pass and returns its words."""
    once()
    passes: list[float] = []
    began = time.perf_counter()
    while not passes or time.perf_counter() - began < seconds:
        start = time.perf_counter()
        words = once()
        passes.append(words / (time.perf_counter() - start))
    return statistics.median(passes)


def one_by_one(threads: int, seconds: float) -> dict[str, float]:
    """Measure the whole pipeline, its stages and memory, report after report."""
    from dragoman import pipeline
    from dragoman.config import Config
    from dragoman.types import Reading, Report

    stages = dict(zip(pipeline.STAGES, pipeline.engine(Config(threads=threads)), strict=True))
    spent = dict.fromkeys(stages, 0.0)
    reports = [Report(text) for text in texts()]

    def once() -> int:
        words = 0
        for report in reports:
            reading = Reading(report=report)
            for name, stage in stages.items():
                start = time.perf_counter()
                reading = stage(reading)
                spent[name] += time.perf_counter() - start
            words += len(reading.split.start)
        return words

    rate = speed(once, seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    total = sum(spent.values())
    return {"words_per_second": rate, "peak_mib": peak, **{f"share_{name}": 100 * each / total for name, each in spent.items()}}


def side_by_side(threads: int, seconds: float) -> dict[str, float]:
    """Measure the whole pipeline, several reports at a time."""
    from concurrent.futures import ThreadPoolExecutor

    from dragoman.config import Config
    from dragoman.pipeline import read_report
    from dragoman.types import Report

    config = Config(threads=1)
    reports = [Report(text) for text in texts()]
    with ThreadPoolExecutor(threads) as pool:

        def once() -> int:
            return sum(len(reading.split.start) for reading in pool.map(lambda report: read_report(report, config=config), reports))

        return {"words_per_second": speed(once, seconds)}


def encoder_alone(threads: int, seconds: float) -> dict[str, float]:
    """Measure the encoder on reports that are already split."""
    from dragoman.encoder import Encoder
    from dragoman.stages.split import Splitter

    encoder, splitter = Encoder(threads=threads), Splitter("en")
    ready = [(text, splitter.split(text)) for text in texts()]

    def once() -> int:
        for text, split in ready:
            encoder.parse(text, split)
        return sum(len(split.start) for _, split in ready)

    return {"words_per_second": speed(once, seconds)}


PARTS = {"one_by_one": one_by_one, "side_by_side": side_by_side, "encoder_alone": encoder_alone}


def cold_start(times: int = 3) -> float:
    """Return the median seconds of a new process that reads one report."""
    spent = []
    first = sorted(EXAMPLES.glob("*.txt"))[0]
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", COLD, str(first)], check=True)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def measure(threads: int, seconds: float) -> dict[str, float | int | str]:
    """Run every part in its own process and gather the figures."""
    found: dict[str, dict[str, float]] = {}
    for part in PARTS:
        words = [sys.executable, __file__, "--part", part, "--threads", str(threads), "--seconds", str(seconds)]
        found[part] = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)
    rate, alone = found["one_by_one"]["words_per_second"], found["encoder_alone"]["words_per_second"]
    return {
        "reports": len(texts()),
        "threads": threads,
        "words_per_second": round(rate),
        "words_per_second_side_by_side": round(found["side_by_side"]["words_per_second"]),
        "words_per_second_encoder_alone": round(alone),
        "time_over_encoder_alone": round(alone / rate, 2),
        "cold_start_seconds": round(cold_start(), 2),
        "peak_memory_mib": round(found["one_by_one"]["peak_mib"]),
        **{f"percent_{key[6:]}": round(value, 1) for key, value in found["one_by_one"].items() if key.startswith("share_")},
        "machine": f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}",
    }


def main() -> None:
    """Read the command line and print a table or one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10.0, help="time for each speed")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="one JSON line")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part](options.threads, options.seconds)))
        return
    figures = measure(options.threads, options.seconds)
    if options.json:
        print(json.dumps(figures))
        return
    for key, value in figures.items():
        print(f"{key.replace('_', ' '):32}{value:>12,}" if not isinstance(value, str) else f"{key:32}{value}")


if __name__ == "__main__":
    main()
