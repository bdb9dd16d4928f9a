"""Crawls several sources at once, each group of sources that share a host in a process of its own."""

import multiprocessing
import signal
from collections import Counter
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from typing import Any

from aggregator.archive import FolderLock
from aggregator.cli.running import CrawlOptions, run_crawl
from aggregator.cli.summary import Summary
from aggregator.cli.targets import Plan, for_one
from aggregator.errors import AggregatorError
from aggregator.net.addresses import endpoint
from pipelines.folder import DataFolder, FolderOptions
from pipelines.profiles import Profiles
from spiders.base import Aim


def groups(aims: Sequence[Aim]) -> list[list[Aim]]:
    """The aims in groups that share no host (with and without `www.`) and no name, in the order given."""
    found: list[tuple[set[str], list[Aim]]] = []
    for aim in aims:
        own = {f"host {endpoint(aim.start).key.removeprefix('www.')}", f"name {aim.name}"}
        joined = [group for group in found if group[0] & own]
        rest = [group for group in found if not group[0] & own]
        keys = own.union(*(group[0] for group in joined))
        members = [one for group in joined for one in group[1]] + [aim]
        found = [*rest, (keys, members)]
    order = {id(aim): number for number, aim in enumerate(aims)}
    return sorted((members for _, members in found), key=lambda members: order[id(members[0])])


def run_parallel(plan: Plan) -> Summary:
    """Crawl each group in a process of its own, `plan.jobs` at a time; then build, if the plan says so.

    One group's failure, even the death of its process, leaves the others alone and is named.
    """
    options = plan.options
    with FolderLock(options.data):
        _mend(options)
        waiting = groups(plan.aims)
        running: dict[Any, tuple[Any, list[Aim]]] = {}
        counts: Counter[str] = Counter()
        reasons: list[str] = []
        context = multiprocessing.get_context("spawn")
        with _signals_passed_on(running):
            while waiting or running:
                while waiting and len(running) < plan.jobs:
                    group = waiting.pop(0)
                    ours, theirs = context.Pipe(duplex=False)
                    part = for_one(plan, group, shared=True, build=False)
                    process = context.Process(target=_crawl, args=(part, theirs), daemon=False)
                    process.start()
                    theirs.close()
                    running[ours] = (process, group)
                for connection in wait(list(running)):
                    assert isinstance(connection, Connection)
                    process, group = running.pop(connection)
                    _take(connection, process, group, counts, reasons)
        _mend(options)  # the archive of a process that died
        if options.build:
            reasons += _build(options)
    return Summary(dict(counts), reasons)


class _signals_passed_on:  # noqa: N801 - used like a function
    """Ctrl-C ends the children, which end cleanly; the parent waits for them."""

    def __init__(self, running: dict[Any, Any]) -> None:
        self._running = running
        self._before: dict[int, Any] = {}

    def __enter__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._pass_on)

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _pass_on(self, *_: object) -> None:
        for process, _group in list(self._running.values()):
            process.terminate()


def _take(connection: Connection, process: Any, group: list[Aim], counts: Counter[str], reasons: list[str]) -> None:
    names = ", ".join(str(aim.name) for aim in group)
    try:
        found: Summary | str = connection.recv()
    except EOFError:
        found = ""
    connection.close()
    process.join()
    if isinstance(found, Summary):
        counts.update(found.counts)
        reasons += [f"{names}: {reason}" for reason in found.reasons]
    else:
        reasons.append(f"{names}: {found or f'its process died ({process.exitcode})'}")


def _crawl(plan: Plan, connection: Connection) -> None:
    """What a child does."""
    try:
        found: Summary | str = run_crawl("site", {"targets": plan.aims}, plan.options)
    except AggregatorError as error:
        found = str(error)
    connection.send(found)
    connection.close()


def _mend(options: CrawlOptions) -> None:
    """Take over what broken-off runs archived and did not store."""
    told = FolderOptions("mend", options.store, options.archive)
    folder = DataFolder(options.data, told, Profiles(options.readings))
    folder.close("finished", {"archive/adopted": folder.adopted["pages"]})


def _build(options: CrawlOptions) -> list[str]:
    from aggregator.build import build
    from aggregator.score.film import DEFAULT
    from aggregator.store import open_store

    try:
        with open_store(options.store or options.data) as store:
            build(store, options.data, profile=options.score or DEFAULT)
    except AggregatorError as error:
        return [f"build failed: {error}"]
    return []
