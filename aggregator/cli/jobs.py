"""Crawls several sources at once, each group of sources that share a host in a process of its own."""

import multiprocessing
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import reduction
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
    with FolderLock(options.data) as lock:
        _mend(options)
        crew = _Crew(plan, _Hold(lock.descriptor))
        with crew.ended_by_signals():
            crew.work()
        _mend(options)  # the archive of a process that died
        if options.build:
            crew.reasons += _build(options)
    return Summary(dict(crew.counts), crew.reasons)


class _Crew:
    """The processes under way, and what they came to."""

    def __init__(self, plan: Plan, hold: "_Hold") -> None:
        self.counts: Counter[str] = Counter()
        self.reasons: list[str] = []
        self._plan = plan
        self._hold = hold
        self._waiting = groups(plan.aims)
        self._running: dict[Connection, tuple[Any, list[Aim]]] = {}
        self._context = multiprocessing.get_context("spawn")

    def work(self) -> None:
        """Until every group is done."""
        while self._waiting or self._running:
            while self._waiting and len(self._running) < self._plan.jobs:
                self._begin(self._waiting.pop(0))
            for connection in wait(list(self._running)):
                assert isinstance(connection, Connection)
                self._take(connection, *self._running.pop(connection))

    def _begin(self, group: list[Aim]) -> None:
        ours, theirs = self._context.Pipe(duplex=False)
        part = for_one(self._plan, group, shared=True, build=False)
        process = self._context.Process(target=_crawl, args=(part, theirs, self._hold), daemon=False)
        process.start()
        theirs.close()
        self._running[ours] = (process, group)

    def _take(self, connection: Connection, process: Any, group: list[Aim]) -> None:
        try:
            found: Summary | str = connection.recv()
        except EOFError:
            found = ""
        connection.close()
        process.join()
        if isinstance(found, Summary):
            self.counts.update(found.counts)
            self.reasons += [f"{_names(group)}: {reason}" for reason in found.reasons]
        else:
            self.reasons.append(f"{_names(group)}: {found or f'its process died ({process.exitcode})'}")

    @contextmanager
    def ended_by_signals(self) -> Iterator[None]:
        """Ctrl-C ends the children, which end cleanly; we wait for them and begin no other."""
        before = {number: signal.signal(number, self._end) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, *_: object) -> None:
        self.reasons += [f"{_names(group)}: not begun, the run was interrupted" for group in self._waiting]
        self._waiting.clear()
        for process, _group in list(self._running.values()):
            process.terminate()


def _names(group: list[Aim]) -> str:
    return ", ".join(str(aim.name) for aim in group)


class _Hold:
    """Keeps the folder's lock held as long as any process lives that was given this, whatever became of us."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def __reduce__(self) -> tuple[Any, ...]:
        if os.name == "nt":
            return _Hold, (-1,)
        return _taken_over, (reduction.DupFd(self.descriptor),)


def _taken_over(duplicate: Any) -> _Hold:
    return _Hold(duplicate.detach())


def _crawl(plan: Plan, connection: Connection, _: _Hold) -> None:
    """What a child does."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # Ctrl-C goes to the parent, which passes it on once
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        found: Summary | str = run_crawl("site", {"targets": plan.aims}, plan.options)
    except AggregatorError as error:
        found = str(error)
    with suppress(OSError):  # nobody is left to hear it when the parent was killed
        connection.send(found)
    connection.close()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def _mend(options: CrawlOptions) -> None:
    """Take over what broken-off runs archived and did not store."""
    told = FolderOptions("mend", options.store, options.archive)
    folder = DataFolder(options.data, told, Profiles(options.readings))
    folder.close("finished", {"archive/adopted": folder.adopted["pages"]})


def _build(options: CrawlOptions) -> list[str]:
    from aggregator.build import build
    from aggregator.score.film import DEFAULT
    from aggregator.store import open_store
    from aggregator.workers import cores

    try:
        with open_store(options.store or options.data) as store:
            build(store, options.data, profile=options.score or DEFAULT, workers=cores())
    except AggregatorError as error:
        return [f"build failed: {error}"]
    return []
