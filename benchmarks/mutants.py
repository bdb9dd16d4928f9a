"""Mutated pages: nothing may break, and what is read may be missing but not wrong. `python -m benchmarks.mutants [N]`.

Each labelled page of the folder (default fixtures/sites) is changed in every way of benchmarks.mutations in turn; the
report counts, per way, the right values that were lost and the wrong ones that the page as it was does not have.
"""

import argparse
import json
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from aggregator.evaluate.compare import DATES, Verdict, compare_page
from aggregator.evaluate.labels import LabelledPage, fold, labelled_pages
from aggregator.parse import explain
from benchmarks.mutations import MUTATIONS

_COUNTS = ("comments_count", "comments_declared")
FIXTURES = Path(__file__).parent.parent / "fixtures" / "sites"


@dataclass(slots=True)
class Fault:
    """A wrong value that the page as it was does not have."""

    kind: str
    page: str
    seed: int
    field: str
    expected: str
    found: str


@dataclass(slots=True)
class Tally:
    """What became of the mutants of one kind."""

    pages: int = 0
    crashes: int = 0
    slowest: float = 0.0
    before: int = 0
    """Right values of the pages as they were."""
    after: int = 0
    wrong: int = 0


@dataclass(slots=True)
class Report:
    """All tallies by kind, the new wrong values, the crashes and the slowest page."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    faults: list[Fault] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")


def mutants(pages: list[LabelledPage], count: int, seed: int = 0) -> Iterator[tuple[str, LabelledPage, int, bytes]]:
    """`count` mutants: (kind, page, seed, bytes); the same numbers give the same mutants."""
    kinds = list(MUTATIONS)
    for number, page in enumerate(islice(cycle(pages), count)):
        # as many kinds as pages would pair each kind with one page for ever
        kind = kinds[(number + number // len(pages)) % len(kinds)]
        own = seed * 1_000_003 + number
        yield kind, page, own, MUTATIONS[kind](Random(own), page.path.read_bytes())


def run(pages: list[LabelledPage], count: int, seed: int = 0) -> Report:
    """Read `count` mutants and compare each with its page as it was."""
    report = Report()
    known = {page.name: _verdicts(page, page.path.read_bytes()) for page in pages}
    for kind, page, own, body in mutants(pages, count, seed):
        tally = report.tallies[kind]
        tally.pages += 1
        started = time.process_time()
        try:
            found = _verdicts(page, body)
        except Exception:  # noqa: BLE001 - a crash is what is looked for
            tally.crashes += 1
            report.crashes.append(f"{kind}, {page.name}, seed {own}: {traceback.format_exc(limit=-3)}")
            continue
        finally:
            took = time.process_time() - started
            tally.slowest = max(tally.slowest, took)
            report.slowest = max(report.slowest, (took, f"{kind}, {page.name}, seed {own}"))
        tally.before += sum(verdict.right for verdict in known[page.name])
        tally.after += sum(verdict.right for verdict in found)
        old = Counter(wrong for verdict in known[page.name] for wrong in _wrongs(verdict))
        for wrong in (Counter(w for verdict in found for w in _wrongs(verdict)) - old).elements():
            tally.wrong += 1
            report.faults.append(Fault(kind, page.name, own, *wrong))
    return report


def _verdicts(page: LabelledPage, body: bytes) -> list[Verdict]:
    parsed = explain(body, page.url, fetched_at=page.fetched_at).page.model_dump(mode="json")
    json.dumps(parsed, allow_nan=False)
    if page.expected.get("reviews") and not parsed["reviews"]:
        # nothing read at all: every value is missing, none is wrong, whatever the page was taken for
        return []
    return list(compare_page(page.expected, parsed))


def _wrongs(verdict: Verdict) -> Iterator[tuple[str, str, str]]:
    """Each wrong value of a verdict as (field, expected, found); what only says that something is missing is none."""
    if verdict.field in _COUNTS or (verdict.field == "page_type" and not verdict.invented):
        return
    if verdict.field == "rating_status" and verdict.found in ("unrated", "unreadable"):
        return
    if verdict.field in DATES and str(verdict.found)[:16] == str(verdict.expected)[:16]:
        return
    values = verdict.found if isinstance(verdict.found, list) else [verdict.found]
    for value in values[: verdict.wrong]:
        yield verdict.field, _short(verdict.expected), _short(value)


def _short(value: Any) -> str:
    return fold(str(value))[:80]


def lines(report: Report, examples: int = 3) -> Iterator[str]:
    """The report: a row a kind, the worst first, then the commonest wrong values with a seed that shows them."""
    head = ("pages", "crashes", "slowest", "right", "kept", "lost", "wrong", "per page")
    yield f"{'kind':18}" + "".join(f"{name:>10}" for name in head)
    for kind, tally in sorted(report.tallies.items(), key=lambda item: -item[1].wrong / item[1].pages):
        lost = 1 - tally.after / (tally.before or 1)
        yield (
            f"{kind:18}{tally.pages:10}{tally.crashes:10}{tally.slowest:10.2f}{tally.before:10}{tally.after:10}{lost:10.1%}"
            f"{tally.wrong:10}{tally.wrong / tally.pages:10.2f}"
        )
    yield f"slowest page {report.slowest[0]:.2f} s: {report.slowest[1]}"
    for name, amount in Counter(fault.field for fault in report.faults).most_common():
        yield f"{name}: {amount} new wrong values"
        common = Counter((fault.kind, fault.expected, fault.found) for fault in report.faults if fault.field == name)
        for (kind, expected, found), times in common.most_common(examples):
            one = next(f for f in report.faults if (f.field, f.kind, f.found) == (name, kind, found))
            yield f"  {times} x {kind}: {found!r} instead of {expected!r} ({one.page}, seed {one.seed})"
    yield from report.crashes[:20]


def main(arguments: list[str]) -> int:
    """Run and print; 1 when a mutant broke the parser."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    options.add_argument("count", nargs="?", type=int, default=1000)
    options.add_argument("--pages", type=Path, default=FIXTURES, help="folder of labelled pages")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--examples", type=int, default=3, help="wrong values shown a field")
    options.add_argument("--save", nargs=2, metavar=("SEED", "FILE"), help="write the mutant of this seed to a file")
    chosen = options.parse_args(arguments)
    pages = list(labelled_pages(chosen.pages))
    if chosen.save:
        wanted, file = int(chosen.save[0]), Path(chosen.save[1])
        for _, _, own, body in mutants(pages, chosen.count, chosen.seed):
            if own == wanted:
                file.write_bytes(body)
        return 0
    report = run(pages, chosen.count, chosen.seed)
    for line in lines(report, chosen.examples):
        sys.stdout.write(line + "\n")
    return 1 if report.crashes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
