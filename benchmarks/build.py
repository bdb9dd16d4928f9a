"""What building a dataset costs: `python -m benchmarks.build [COUNT…]`; COUNT is 2000 and 10000 by default.

Made-up corpora (benchmarks/corpus.py, the same at every run) are staged in a real store, then built and exported by
the commands that users run. Each command is a process of its own, whose wall time, CPU time and greatest memory the
system tells us; the growth is the CPU time a review beside that of the corpus before.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aggregator.store import open_store
from benchmarks.corpus import fill

COUNTS = (2_000, 10_000)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and of CPU, and the most memory held, in MB."""

    wall: float
    cpu: float
    memory: float

    def row(self) -> str:
        """The figures as columns."""
        return f"{self.wall:9.1f}{self.cpu:9.1f}{self.memory:9.0f}"


def cost_of(*arguments: str) -> tuple[Cost, str]:
    """Run `aggregator` with these arguments; gives what it cost and its last line."""
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([sys.executable, "-m", "aggregator", *arguments], stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - started
        said.seek(0)
        lines = said.read().decode(errors="replace").splitlines()
    if process.returncode:
        raise SystemExit(f"benchmarks.build: aggregator {' '.join(arguments)} ended with {lines[-1:]}")
    # kilobytes on Linux, bytes on macOS
    memory = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(wall, used.ru_utime + used.ru_stime, memory), lines[-1] if lines else ""


def measure(count: int, folder: Path) -> list[tuple[str, Cost, str]]:
    """Build a corpus of `count` reviews and export it as JSON, JSON lines and CSV."""
    with open_store(folder) as store:
        fill(store, count)
    data = ("--data", str(folder))
    return [("build", *cost_of("build", *data)), ("export", *cost_of("export", str(folder / "out"), *data))]


def main(arguments: Sequence[str]) -> int:
    """Measure and print a table."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.build", description=__doc__)
    options.add_argument("counts", nargs="*", type=int, default=COUNTS, help="reviews in each corpus")
    chosen = options.parse_args(arguments)
    sys.stdout.write(f"{'reviews':>8} {'step':7}{'wall s':>9}{'cpu s':>9}{'MB':>9}{'growth':>8}\n")
    before: dict[str, tuple[int, Cost]] = {}
    for count in chosen.counts:
        with tempfile.TemporaryDirectory() as folder:
            for step, cost, line in measure(count, Path(folder)):
                growth = ""
                if step in before:
                    fewer, less = before[step]
                    growth = f"{cost.cpu / count / (less.cpu / fewer):.2f}"
                before[step] = (count, cost)
                sys.stdout.write(f"{count:8} {step:7}{cost.row()}{growth:>8}  {line}\n")
                sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
