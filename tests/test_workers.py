"""Worker processes give what one process gives, in its order, and when they die nothing is lost."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from aggregator import staged, workers
from aggregator.build import build
from aggregator.export import export
from aggregator.resolve.ledger import FILE_NAME
from aggregator.store import PageRecord, open_store
from aggregator.workers import Workers
from benchmarks.corpus import fill


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_ALONE", 1)


def numbers() -> Iterator[list[int]]:
    for seed in range(20):
        yield random.Random(seed).sample(range(1000), 50)


def test_answers_come_in_the_order_of_their_tasks() -> None:
    with Workers(2) as crew:
        assert list(crew.each(sorted, numbers())) == [sorted(task) for task in numbers()]
        assert len(multiprocessing.active_children()) == 2
        assert list(crew.each(len, numbers())) == [50] * 20
    assert not multiprocessing.active_children()


def test_one_worker_is_no_process() -> None:
    with Workers(1) as crew:
        assert list(crew.each(sorted, numbers())) == [sorted(task) for task in numbers()]
        assert not multiprocessing.active_children()


def test_workers_that_are_killed_lose_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with Workers(2) as crew:
        answers = crew.each(sorted, numbers())
        found = [next(answers) for _ in range(4)]
        for process in multiprocessing.active_children():
            process.kill()
        assert [*found, *answers] == [sorted(task) for task in numbers()]
    assert len(caplog.records) == 1


_PARENT = """
import multiprocessing, os, time
from aggregator import workers
if __name__ == "__main__":
    workers._ALONE = 1
    with workers.Workers(2) as crew:
        list(crew.each(abs, range(20)))
        print(*(process.pid for process in multiprocessing.active_children()), flush=True)
        time.sleep(60)
"""


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")  # one that has ended may wait for somebody to ask how
    return not status.exists() or status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes by signal")
@pytest.mark.parametrize("how", ["SIGTERM", "SIGKILL"])
def test_workers_end_with_a_build_that_is_killed(tmp_path: Path, how: str) -> None:
    program = tmp_path / "parent.py"
    program.write_text(_PARENT)
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.Signals[how])
    assert len(pids) == 2
    until = time.monotonic() + 20
    while (left := [pid for pid in pids if runs(pid)]) and time.monotonic() < until:
        time.sleep(0.1)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


class Counted(ProcessPoolExecutor):
    """A pool of processes that counts its tasks."""

    tasks = 0

    def submit(self, *args: Any, **more: Any) -> Any:
        Counted.tasks += 1
        return super().submit(*args, **more)


def test_what_a_task_raises_is_raised_here() -> None:
    with Workers(2) as crew, pytest.raises(ValueError, match="invalid literal"):
        list(crew.each(int, ["1", "2", "3", "four", "5"]))


def test_any_number_of_workers_builds_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(staged, "_TASK", 50_000)
    monkeypatch.setattr(workers, "ProcessPoolExecutor", Counted)
    outcomes = {}
    for count in (1, 2):
        folder = tmp_path / str(count)
        with open_store(folder) as store:
            fill(store, 120)
            store.add_source("critics")
            bad = {"id": "r-bad", "url": "https://z.example/bad", "runtime_minutes": -4}
            store.stage_page(PageRecord("https://z.example/bad", "2026-03-01T06:00:00Z", "bad"), {"reviews": [bad]})
            result = build(store, folder, workers=count)
        assert result.invalid == 1
        export(folder, folder / "out")
        files = {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}
        outcomes[count] = (result, files, (folder / FILE_NAME).read_bytes())
    assert outcomes[1] == outcomes[2]
    assert Counted.tasks > 2
    assert not [record for record in caplog.records if record.name == workers.log.name]
