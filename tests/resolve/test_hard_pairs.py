"""Pairs of film records that are easily taken for one film, or for two: each has the verdict it must have."""

import csv
from pathlib import Path

import pytest

from aggregator.evaluate.films import evaluate_films, record_facts
from aggregator.resolve.cluster import resolve
from aggregator.resolve.compare import compare

TABLE = Path(__file__).parents[2] / "fixtures" / "films" / "hard.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def side(row: dict[str, str], name: str) -> dict[str, str]:
    return {key.removeprefix(name): value for key, value in row.items() if key.startswith(name)}


@pytest.mark.parametrize("row", ROWS, ids=[f"{place}: {row['case']}" for place, row in enumerate(ROWS, 2)])
def test_each_pair_has_its_verdict(row: dict[str, str]) -> None:
    left, right = record_facts(side(row, "left_")), record_facts(side(row, "right_"))
    found = compare(left, right)
    assert found.verdict == row["verdict"], found.reasons
    assert compare(right, left) == found


def test_none_is_wrong_and_no_film_is_parted() -> None:
    figures = evaluate_films(TABLE).to_dict()
    assert figures["pairs"] >= 250
    assert (figures["wrong_match"], figures["wrongly_parted"], figures["precision"]) == (0, 0, 1.0)


def test_all_together_make_no_film_of_two() -> None:
    """In one corpus: no two records that are known to be two films end up in one, not even through others."""
    reviews = {
        f"{place}{name}": record_facts(side(row, f"{name}_"))
        for place, row in enumerate(ROWS)
        for name in ("left", "right")
    }
    film_of = {review: number for number, ids in enumerate(resolve(reviews).films) for review in ids}
    apart = [place for place, row in enumerate(ROWS) if row["match"] == "0"]
    together = [ROWS[place]["case"] for place in apart if film_of[f"{place}left"] == film_of[f"{place}right"]]
    assert together == []
