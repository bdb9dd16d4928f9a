"""Worker processes give what one process gives, in its order, and when they die nothing is lost."""

import multiprocessing
import random
from collections.abc import Iterator
from pathlib import Path

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


def test_workers_that_are_killed_lose_nothing() -> None:
    with Workers(2) as crew:
        answers = crew.each(sorted, numbers())
        found = [next(answers) for _ in range(4)]
        for process in multiprocessing.active_children():
            process.kill()
        assert [*found, *answers] == [sorted(task) for task in numbers()]


def test_what_a_task_raises_is_raised_here() -> None:
    with Workers(2) as crew, pytest.raises(ValueError, match="invalid literal"):
        list(crew.each(int, ["1", "2", "3", "four", "5"]))


def test_any_number_of_workers_builds_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staged, "_TASK", 50_000)
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
