"""`film`, `films` and `critics`: what people read of a built dataset."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from aggregator.build import build
from aggregator.cli.build import build as build_command
from aggregator.cli.critics import critics
from aggregator.cli.film import film
from aggregator.cli.films import films
from aggregator.errors import UsageError
from aggregator.model import Film
from aggregator.store import PageRecord, open_store

app = typer.Typer()
for function in (film, films, critics):
    app.command()(function)
app.command("build")(build_command)


def review(name: str, title: str, year: int, grade: str, **more: Any) -> dict[str, Any]:
    rating = {"raw": grade, "unit": "letter"}
    people = [{"role": "director", "name": more.pop("director", "Dario Argento")}]
    return {"id": name, "url": f"https://{name}.example/x", "film": {"title": title, "year": year}, "rating": rating,
            "rating_status": "rated", "critics": [f"Critic\x1b[2J {name}"], "credits": people, **more}  # fmt: skip


REVIEWS = [
    review("a", "Suspiria", 1977, "A", runtime_minutes=98, body=" ".join(f"word{n}" for n in range(100))),
    review("b", "Suspiria", 1977, "B", runtime_minutes=101),
    review("c", "Suspiria", 1978, "C"),
    review("d", "Suspiria", 2018, "B", director="Luca Guadagnino"),
    review("e", "Inferno", 1980, "B"),
]
COPY = REVIEWS[0] | {"id": "copy", "url": "https://copy.example/x", "rating": None, "rating_status": "unrated"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_store(tmp_path) as store:
        for one in [*REVIEWS, COPY]:
            record = PageRecord(one["url"], "2026-03-02T06:00:00Z", one["id"], source=f"source-{one['id']}")
            store.stage_page(record, {"reviews": [one]})
        build(store, tmp_path)
    return tmp_path


def run(*words: str | Path) -> tuple[str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr.strip()


def test_a_film_shows_who_says_what(data: Path) -> None:
    out, last = run("film", "inferno", "--data", data)
    assert out.startswith("Inferno (1980)  f-")
    assert "too few scored reviews" in out
    assert last == "reviews 1"
    (row,) = [json.loads(line) for line in run("films", "suspiria", "--data", data, "--json")[0].splitlines()][:1]
    out, _ = run("film", row["id"], "--data", data)
    assert "reviews disagree on year: 1977 (2); 1978 (1)" in out
    assert "reviews disagree on runtime_minutes" in out
    assert "https://copy.example/x" in out
    assert "\x1b" not in out
    assert "score 75.0 (linear-v1)  mean 75.0  median 75.0  positive 67%" in out


def test_a_build_scores_by_option_then_by_configuration(data: Path) -> None:
    (data / "aggregator.toml").write_text('score = "median-v1"\n', encoding="utf-8")
    for option, profile in (((), "median-v1"), (("--score", "school-v1"), "school-v1")):
        run("build", "--data", data, *option)
        with open_store(data) as store:
            made = store.generated_from()
            scores = [film["score"] for film in store.iter_films() if film["score"]]
        assert made is not None
        assert made["versions"]["score"] == profile
        assert {score["profile"] for score in scores} == {profile}
    with pytest.raises(UsageError, match="no score profile 'best': known are bayesian-v1"):
        run("build", "--data", data, "--score", "best")
    with open_store(data) as store:
        assert (store.generated_from() or {})["versions"]["score"] == "school-v1"  # the last build stands


def test_the_score_can_be_made_anew(data: Path) -> None:
    ids = [json.loads(line)["id"] for line in run("films", "suspiria", "--data", data, "--json")[0].splitlines()]
    out = json.loads(run("film", ids[0], "--data", data, "--score", "bayesian-v1", "--json")[0])
    Film.model_validate(out)
    assert out["score"]["profile"] == "bayesian-v1"
    assert out["score"]["mean"] == 75.0  # 100, 75 and 50 drawn to 75, the mean of all
    school = json.loads(run("film", ids[0], "--data", data, "--score", "school-v1", "--json")[0])
    assert {one["rating"]["score_profile"] for one in school["reviews"]} == {"school"}
    table, _ = run("films", "suspiria", "--data", data, "--score", "median-v1")
    assert "75.0" in table
    with pytest.raises(UsageError, match="no score profile"):
        run("films", "--data", data, "--score", "best")


def test_a_name_that_fits_several_films_lists_them(data: Path) -> None:
    with pytest.raises(UsageError, match="2 films, name one by its id: f-"):
        run("film", "suspiria", "--data", data)
    with pytest.raises(UsageError, match="no film of that id or title"):
        run("film", "moon", "--data", data)


def test_critics(data: Path) -> None:
    out, last = run("critics", "--data", data)
    assert len(out.splitlines()) == 6
    assert "\x1b" not in out
    assert last == "5 critics"
    rows = [json.loads(line) for line in run("critics", "source-d", "--data", data, "--json")[0].splitlines()]
    assert [row["review_ids"] for row in rows] == [["d"]]
    assert run("critics", "--least", "2", "--data", data) == ("", "0 critics")


def test_every_command_shows_an_example() -> None:
    for name in ("film", "films", "critics"):
        assert "Example: aggregator" in run(name, "--help")[0]
