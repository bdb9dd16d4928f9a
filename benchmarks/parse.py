"""What reading a page costs, as a multiple of a bare lxml parse: `python -m benchmarks.parse [FOLDER] [--rounds N]`.

Figures are ratios of CPU time taken in one run on the same pages, because seconds say more about the machine than
about the code. A stage is a row of benchmarks.stages.STAGES, another library to compare with one of peers.PEERS.
"""

import argparse
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from aggregator.inputs import Input, read_inputs
from aggregator.parse import parse
from benchmarks.peers import PEERS
from benchmarks.stages import Clock, timed_stages

FIXTURES = Path(__file__).parent.parent / "fixtures" / "sites"
LARGE = 100_000
"""Bytes from which a page counts as large."""


@dataclass(slots=True)
class Timing:
    """CPU seconds of one page: the bare parse, ours, and each peer's."""

    name: str
    size: int
    bare: float
    ours: float
    peers: dict[str, float]

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the bare parse."""
        return self.ours / self.bare


def bare_parse(body: bytes) -> None:
    """The least any reader of HTML pays: one lxml tree."""
    etree.fromstring(body, etree.HTMLParser(huge_tree=True))


def cpu(action: Callable[[], object], rounds: int) -> float:
    """The least CPU seconds of `rounds` runs."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        action()
        best = min(best, time.process_time() - started)
    return best


def measure(pages: list[Input], rounds: int, peers: dict[str, Callable[[bytes, str | None], object]]) -> list[Timing]:
    """Every page with the bare parse, with ours and with every peer."""
    found = []
    for page in pages:
        bare = cpu(lambda body=page.body: bare_parse(body), max(5, rounds))
        ours = cpu(lambda page=page: parse(page.body, page.url, fetched_at=page.fetched_at), rounds)
        others = {name: cost for name, run in peers.items() if (cost := _peer(run, page)) is not None}
        found.append(Timing(page.path, len(page.body), max(bare, 1e-6), ours, others))
    return found


def _peer(run: Callable[[bytes, str | None], object], page: Input) -> float | None:
    """CPU seconds of a peer; None for a page that it breaks on."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return cpu(lambda: run(page.body, page.url), 1)
    except Exception:  # noqa: BLE001 - other people's errors are of every kind
        return None


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def report(timings: list[Timing], clock: Clock) -> Iterator[str]:
    """The lines of the report."""
    yield from _ratios("all pages", timings)
    yield from _ratios(f"pages over {LARGE // 1000} KB", [timing for timing in timings if timing.size > LARGE])
    total = sum(clock.seconds.values())
    yield f"{'stage':28}{'share':>8}{'x bare':>9}{'worst page ms':>15}"
    bare = sum(timing.bare for timing in timings)
    for stage, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        worst, where = clock.worst[stage]
        yield f"{stage:28}{seconds / total:8.1%}{seconds / bare:9.2f}{worst * 1e3:15.1f}  {where}"
    for name in PEERS:
        yield f"{name}: {_beside(name, timings)}"
    yield "dearest pages, as a multiple of their bare parse:"
    for timing in sorted(timings, key=lambda timing: -timing.ours)[:8]:
        yield f"  {timing.ratio:7.1f}  {timing.ours * 1e3:7.1f} ms  {timing.size:8} bytes  {timing.name}"


def _beside(name: str, timings: list[Timing]) -> str:
    """What a peer costs at the median page, in bare parses and in our own: of large pages where there are any."""
    large = [timing for timing in timings if timing.size > LARGE] or timings
    read = [timing for timing in large if name in timing.peers]
    if not read:
        return "not installed, not compared"
    bare = statistics.median(timing.peers[name] / timing.bare for timing in read)
    ours = statistics.median(timing.peers[name] / timing.ours for timing in read)
    broken = f", {len(large) - len(read)} pages broke it" if len(read) < len(large) else ""
    return f"{bare:.1f} times a bare parse, {ours:.1f} times ours at the median of {len(read)} pages{broken}"


def thread(count: int) -> bytes:
    """A made-up review with so many dated comments, in the markup of WordPress."""
    item = (
        "<li class='comment' id='comment-{n}'><div class='comment-author'><cite class='fn'>Reader {n}</cite></div>"
        "<div class='comment-meta'><a href='#comment-{n}'>March {d}, 2019 at {h}:{m:02} pm</a></div>"
        "<div class='comment-content'><p>I saw it on a wet Tuesday, {n} of us in the row, and liked the last half hour."
        "</p></div></li>"
    )
    comments = "".join(item.format(n=n, d=n % 28 + 1, h=n % 11 + 1, m=n % 60) for n in range(count))
    text = "<p>The film moves slowly, and its widow is played with a patience that few actors have.</p>" * 6
    head = "<title>Moon review</title><h1>Moon (2009)</h1>"
    return f"{head}<article>{text}</article><ol class='commentlist'>{comments}</ol>".encode()


def _ratios(title: str, timings: list[Timing]) -> Iterator[str]:
    if not timings:
        yield f"{title}: none"
        return
    ratios = [timing.ratio for timing in timings]
    middle, high = statistics.median(ratios), percentile(ratios, 0.9)
    whole = sum(timing.ours for timing in timings) / sum(timing.bare for timing in timings)
    size = statistics.median(timing.size for timing in timings) / 1000
    yield (
        f"{title}: {len(timings)} pages, median {size:.0f} KB: "
        f"median {middle:.1f}, p90 {high:.1f}, in all {whole:.1f} times a bare parse"
    )


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when there is no page to read."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.parse", description=__doc__)
    options.add_argument("folder", nargs="*", default=[str(FIXTURES)], help="pages to measure on")
    options.add_argument("--rounds", type=int, default=1, help="runs a page, of which the quickest counts")
    chosen = options.parse_args(arguments)
    pages = [item for item in read_inputs(chosen.folder) if not item.error]
    if not pages:
        sys.stderr.write(f"benchmarks.parse: no page in {' '.join(chosen.folder)}\n")
        return 1
    if chosen.folder == [str(FIXTURES)]:
        sys.stdout.write("measured on the fixtures, which are small: fixed costs weigh more than on pages of the web\n")
    first = cpu(lambda: parse(pages[0].body, pages[0].url), 1)
    for page in pages:
        parse(page.body, page.url)  # tables and patterns are made once a process and language
    available = {name: run for name, load in PEERS.items() if (run := load()) is not None}
    timings = measure(pages, chosen.rounds, available)
    with timed_stages() as clock:
        for page in pages:
            clock.page = Path(page.path).parent.name
            parse(page.body, page.url, fetched_at=page.fetched_at)
    made_up = Input("thread", thread(500), "http://moon.example/2019/moon/")
    cost = measure([made_up], max(3, chosen.rounds), {})[0]
    sys.stdout.write(f"a made-up page of 500 dated comments: {cost.ratio:.1f} times a bare parse\n")
    sys.stdout.write(f"the first page of a process costs {first * 1e3:.0f} ms (tables, patterns)\n")
    for line in report(timings, clock):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
