"""Worker processes that read archived pages under hard limits; limits are the constants below."""

import gc
import logging
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from aggregator.archive import FetchedPage, Place, read
from aggregator.errors import AggregatorError
from aggregator.model import PageType, ParsedPage, Problem
from aggregator.parse import parse
from aggregator.store import Capture
from pipelines import steps
from pipelines.profiles import Profiles

SECONDS = 30.0
"""Wall clock that one page may take."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that reading one page may add to a worker."""
_GRACE = 5.0
"""Seconds that a worker has to come to an end by itself after that; then it is killed."""
_START = 120.0
"""Seconds in which a new worker must be ready to read."""
_BATCH = 16
"""Pages handed to a worker at once: it reads them from the archive itself."""
_FIRST = b"<!doctype html><title>First</title><p>Directed by nobody, 2001.</p>"


@dataclass(frozen=True, slots=True)
class Reread:
    """One page read anew, or why it could not be; `index` is its place in the order of the archive's index."""

    index: int
    page: FetchedPage | None
    error: str | None = None


@dataclass(slots=True)
class _Worker:
    process: Any
    tasks: Connection
    results: Connection
    todo: deque[tuple[int, Capture]] = field(default_factory=deque)
    overdue: float = 0.0
    ready: bool = False


class Pool:
    """Workers that read pages from the archive and parse them; one that hangs or dies is replaced."""

    def __init__(self, archive: Path, profiles: Mapping[str, Any], wanted: list[Capture], workers: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._archive = archive
        self._profiles = profiles
        self._left = deque(enumerate(wanted))
        self._wanted = wanted
        self._workers = [self._started() for _ in range(max(1, min(workers, len(wanted) // 8 + 1)))]

    def _started(self) -> _Worker:
        # two pipes of one way each: no sockets where no network is wanted
        take_tasks, tasks = self._context.Pipe(duplex=False)
        results, give_results = self._context.Pipe(duplex=False)
        told = (take_tasks, give_results, self._archive, self._profiles)
        process = self._context.Process(target=_work, args=told, daemon=True)
        process.start()
        take_tasks.close()
        give_results.close()
        return _Worker(process, tasks, results, overdue=time.monotonic() + _START)

    def results(self) -> Iterator[Reread]:
        """What the workers give, in the order they give it."""
        while self._left or any(worker.todo for worker in self._workers):
            for worker in self._workers:
                self._feed(worker)
            busy = {worker.results: worker for worker in self._workers if worker.todo}
            for connection in wait(list(busy), timeout=0.5):
                assert isinstance(connection, Connection)
                yield from self._received(busy[connection])
            for worker in list(busy.values()):
                if worker.todo and time.monotonic() > worker.overdue:
                    yield self._lost(worker, f"took more than {SECONDS:.0f} s")

    def _feed(self, worker: _Worker) -> None:
        if worker.todo or not self._left:
            return
        batch = [self._left.popleft() for _ in range(min(_BATCH, len(self._left)))]
        worker.todo.extend(batch)
        worker.overdue = max(worker.overdue, time.monotonic() + SECONDS + _GRACE)
        worker.tasks.send(batch)

    def _received(self, worker: _Worker) -> Iterator[Reread]:
        try:
            done: Reread | None = worker.results.recv()
        except (EOFError, OSError) as error:
            if not worker.ready:  # no page is to blame
                raise AggregatorError("a process that reads pages could not start; see the lines above") from error
            yield self._lost(worker, "its process died")
            return
        worker.ready = True
        worker.overdue = time.monotonic() + SECONDS + _GRACE
        if done is not None:
            worker.todo.popleft()
            yield done

    def _lost(self, worker: _Worker, why: str) -> Reread:
        """Give up the page at hand, and hand the others of the batch to a new worker."""
        self._end(worker)
        index, capture = worker.todo.popleft()
        self._left.extendleft(reversed(worker.todo))
        fresh = self._started()
        worker.process, worker.tasks, worker.results = fresh.process, fresh.tasks, fresh.results
        worker.overdue, worker.ready = fresh.overdue, False
        worker.todo.clear()
        try:
            page = read(self._archive, Place(capture.archive_file, capture.archive_offset))
        except AggregatorError as error:
            return Reread(index, None, str(error))
        problem = Problem(code=steps.PARSER_BROKE, message=f"reading it {why}")
        parsed = ParsedPage(url=page.final_url, page_type=PageType.OTHER, partial=True, problems=[problem])
        return Reread(index, replace(page, parsed=parsed))

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            self._end(worker)

    def _end(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.process.close()
        worker.tasks.close()
        worker.results.close()


def _work(tasks: Connection, results: Connection, archive: Path, by_source: Mapping[str, Any]) -> None:
    """What a worker does until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    logging.getLogger().addHandler(logging.NullHandler())
    profiles = Profiles(by_source)
    parse(_FIRST, "https://first.example/")  # tables are loaded now, not in the time of the first page
    gc.freeze()  # they stay, and are not to be gone through again and again
    _limit_memory()
    results.send(None)
    while True:
        try:
            batch: list[tuple[int, Capture]] = tasks.recv()
        except (EOFError, OSError):
            return
        for index, capture in batch:
            results.send(_reread(index, capture, archive, profiles))


def _reread(index: int, capture: Capture, archive: Path, profiles: Profiles) -> Reread:
    try:
        page = read(archive, Place(capture.archive_file, capture.archive_offset))
        with _in_time():
            return Reread(index, steps.with_reading(page, profiles.of(page)))
    except AggregatorError as error:
        return Reread(index, None, str(error))


class _in_time:  # noqa: N801 - used like a function
    """Raises TimeoutError in the parser after SECONDS; what the parser makes of it is a crash of that page."""

    def __enter__(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._over)
            signal.setitimer(signal.ITIMER_REAL, SECONDS)

    def __exit__(self, *_: object) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _over(self, *_: object) -> None:
        raise TimeoutError(f"took more than {SECONDS:.0f} s")


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the wall clock still holds
        return
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if _has_proc() else 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, hard))


def _has_proc() -> bool:
    return Path("/proc/self/statm").exists()
