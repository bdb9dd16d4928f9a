import json
import sqlite3
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from aggregator.cli.build import build
from aggregator.cli.export import export
from aggregator.cli.films import films
from aggregator.cli.status import status
from aggregator.cli.store import app as store_app
from aggregator.errors import StoreError
from aggregator.store import PageRecord, open_store

app = typer.Typer()
for function in (build, export, films, status):
    app.command()(function)
app.add_typer(store_app, name="store")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with open_store(folder) as store:
        run = store.start_run("crawl", at="2026-03-02T06:00:00Z")
        for name, film in {
            "moon": {"title": "Moon", "year": 2009},
            "solaris": {"title": "Solaris\x1b[2J\nfilms 99"},
        }.items():
            page = PageRecord(f"https://a.example/{name}", "2026-03-02T06:00:00Z", name, source="critic")
            problems = [{"code": "no_rating", "message": "m"}]
            store.stage_page(page, {"reviews": [{"id": f"r-{name}", "film": film}], "problems": problems}, run_id=run)
    return folder


def run(*words: str | Path, code: int = 0) -> tuple[str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout, done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ""


def test_build_then_export(data: Path, tmp_path: Path) -> None:
    out, last = run("build", "--data", data)
    assert out == ""
    assert last.startswith("films 2  reviews 2")
    out, last = run("export", tmp_path / "out", "--data", data, "--format", "json")
    assert (out, last) == ("", "films 2  reviews 2  files 1")
    assert (tmp_path / "out" / "films.json").exists()


def test_films_can_be_searched_and_forge_no_lines(data: Path) -> None:
    run("build", "--data", data)
    out, last = run("films", "--data", data)
    assert len(out.splitlines()) == 3
    assert "\x1b" not in out
    assert last == "2 films"
    out, last = run("films", "MOON", "--data", data, "--json")
    assert json.loads(out)["year"] == 2009
    assert last == "1 films"
    found, _ = run("films", json.loads(out)["id"], "--data", data)
    assert "Moon" in found
    assert run("films", "nothing", "--data", data) == ("", "0 films")


def test_status_shows_sources_runs_and_problems(data: Path) -> None:
    run("build", "--data", data)
    out, last = run("status", "--data", data)
    lines = [line.split() for line in out.splitlines()]
    assert ["critic", "2", "2", "0", "2", "0", "0"] in lines
    assert ["no_rating", "2"] in lines
    assert "broken off or running" in out
    assert "finished" in out
    assert last == "sources 1  pages 2  reviews 2  films 2"


def test_an_invalid_review_makes_the_build_no_success(data: Path) -> None:
    with open_store(data) as store:
        page = PageRecord("https://a.example/bad", "2026-03-02T06:00:00Z", "bad", source="critic")
        store.stage_page(page, {"reviews": [{"id": "r-bad", "nonsense": 1}]})
    assert "invalid 1" in run("build", "--data", data, code=1)[1]


def test_store_path_and_check(data: Path) -> None:
    assert run("store", "path", "--data", data)[0].strip() == str(data / "store.sqlite")
    out, last = run("store", "check", "--data", data)
    assert "sound" in out
    assert "pages 2" in last


def test_store_check_finds_a_broken_reference(data: Path) -> None:
    connection = sqlite3.connect(data / "store.sqlite")
    connection.execute("DELETE FROM pages")
    connection.commit()
    connection.close()
    assert "damaged" in run("store", "check", "--data", data, code=1)[0]


def test_without_a_store_the_way_out_is_named(tmp_path: Path) -> None:
    for words in (("build",), ("films",), ("status",), ("export", tmp_path / "out"), ("store", "check")):
        with pytest.raises(StoreError, match="no store there"):
            run(*words, "--data", tmp_path / "none")


def test_every_command_shows_an_example() -> None:
    for name in ("build", "export", "films", "status", "store check", "store path"):
        assert "Example: aggregator" in run(*name.split(), "--help")[0]
