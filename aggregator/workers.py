"""Worker processes for what is done to each review alone: the outcome is that of one process, whoever did the work."""

import gc
import logging
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from multiprocessing import connection
from typing import Self, TypeVar

Task = TypeVar("Task")
Answer = TypeVar("Answer")
log = logging.getLogger(__name__)

_ALONE = 64
"""Tasks that we do ourselves before a worker is started: it takes as long to start."""
_AHEAD = 3
"""Tasks a worker has waiting, so that it need not wait itself."""


def cores() -> int:
    """How many processes can work at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workers:
    """So many processes that do tasks for us, in `with`; with one we do them ourselves.

    As we do, with a warning, when workers cannot run or die. They end when we do, however that comes about.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self._tried = False
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def each(self, work: Callable[[Task], Answer], tasks: Iterable[Task]) -> Iterator[Answer]:
        """`work` on every task, answers in the order of the tasks; few tasks are held at any time.

        `work` is a function of a module. What it raises is raised here.
        """
        waiting: deque[tuple[Task, Future[Answer] | None]] = deque()
        for number, task in enumerate(tasks):
            if number == _ALONE:
                self._start()
            waiting.append((task, self._handed_out(work, task)))
            if len(waiting) > _AHEAD * self._count or self._pool is None:
                yield self._answer(work, *waiting.popleft())
        while waiting:
            yield self._answer(work, *waiting.popleft())

    def _start(self) -> None:
        if self._count > 1 and not self._tried:
            self._tried = True
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin)
            self._open.callback(self._pool.shutdown, cancel_futures=True)

    def _handed_out(self, work: Callable[[Task], Answer], task: Task) -> Future[Answer] | None:
        try:
            return None if self._pool is None else self._pool.submit(work, task)
        except BrokenProcessPool:
            return None

    def _answer(self, work: Callable[[Task], Answer], task: Task, promised: Future[Answer] | None) -> Answer:
        try:
            return work(task) if promised is None else promised.result()
        except BrokenProcessPool:  # killed, or this program cannot be started twice: nothing is lost but time
            if self._pool is not None:
                log.warning("worker processes do not run or were killed: going on without them")
            self._pool = None
            return work(task)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    gc.disable()


def _end_with_parent() -> None:
    """End this process once its parent is no more, of which it would not hear while it waits for tasks."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
