import csv
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import frictionless
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings

import aggregator
from aggregator.build import build
from aggregator.errors import ExportError, UsageError
from aggregator.export import FORMATS, export
from aggregator.export.csv_cells import RUN_BY_SPREADSHEETS, cell, guarded, original
from aggregator.export.tables import tables
from aggregator.model import SCHEMA_VERSION, Dataset, Film, Review
from aggregator.store import Built, PageRecord, open_store
from tests.export.made_up import builds, texts

CSV_FILES = {f"{table.name}.csv" for table in tables()}
ALL_FILES = {"films.json", "reviews.jsonl", "datapackage.json", *CSV_FILES}
REVIEW = {
    "id": "r-1", "url": "https://a.example/moon", "headline": "=HYPERLINK(\"https://evil.example\")",
    "critics": ["Ann Lee"], "film": {"title": "Moon", "year": 2009}, "body": "@home",
    "rating": {"raw": "-1", "value": -1.0, "best": 4.0, "unit": "stars"}, "rating_status": "rated",
    "credits": [{"role": "director", "name": "Duncan Jones"}],
    "comments": [{"id": "1", "text": "+1"}, {"id": "2", "text": "ja", "parent": "1"}],
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    with open_store(folder) as store:
        page = PageRecord("https://a.example/moon", "2026-03-02T06:00:00Z", "d", source="a")
        store.stage_page(page, {"reviews": [REVIEW]})
        build(store, folder)
    return folder


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_everything_is_written_and_twice_is_the_same_bytes(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    result = export(data, out)
    assert set(result.files) == ALL_FILES
    assert (result.films, result.reviews) == (1, 1)
    first = contents(out)
    assert set(first) == {*ALL_FILES, "export.json"}
    export(data, out)
    assert contents(out) == first
    with open_store(data) as store:
        build(store, data)
    export(data, tmp_path / "other")
    assert contents(tmp_path / "other") == first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_films_json_is_the_contract_in_its_order(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out", ["json"])
    whole = json.loads((tmp_path / "out" / "films.json").read_text(encoding="utf-8"))
    assert list(whole) == ["schema_version", "generated_from", "films"]
    assert whole["schema_version"] == SCHEMA_VERSION
    (film,) = whole["films"]
    assert list(film) == list(Film.model_fields)
    assert list(film["reviews"][0]) == list(Review.model_fields)
    jsonschema.validate(whole, Dataset.model_json_schema(mode="serialization"))


def test_reviews_jsonl_has_the_film_id_in_front(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out")
    (line,) = (tmp_path / "out" / "reviews.jsonl").read_text(encoding="utf-8").splitlines()
    review = json.loads(line)
    film = json.loads((tmp_path / "out" / "films.json").read_text(encoding="utf-8"))["films"][0]
    assert next(iter(review)) == "film_id"
    assert review == {"film_id": film["id"], **film["reviews"][0]}


def test_no_cell_is_a_formula_and_numbers_stay_numbers(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out", ["csv"])
    (review,) = read_csv(tmp_path / "out" / "reviews.csv")
    assert review["headline"] == "'" + str(REVIEW["headline"])
    assert review["body"] == "'@home"
    (rating,) = read_csv(tmp_path / "out" / "ratings.csv")
    assert (rating["raw"], rating["value"], rating["best"]) == ("'-1", "-1.0", "4.0")
    assert [comment["text"] for comment in read_csv(tmp_path / "out" / "comments.csv")] == ["'+1", "ja"]


def test_tables_refer_to_each_other(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out", ["csv"])
    rows = {table.name: read_csv(tmp_path / "out" / f"{table.name}.csv") for table in tables()}
    for table in tables():
        assert table.header[0] == "id"
        assert list(rows[table.name][0]) == table.header
    (film,) = rows["films"]
    assert {row["film_id"] for name in ("reviews", "credits", "comments", "ratings") for row in rows[name]} == {
        film["id"]
    }
    assert [row["parent"] for row in rows["comments"]] == ["", rows["comments"][0]["id"]]


def is_clean(out: Path) -> None:
    report = frictionless.validate(str(out / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])


def test_frictionless_accepts_the_package(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out", ["csv"])
    is_clean(tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert "has a ' in front" in package["description"]


def test_frictionless_would_notice_a_broken_key(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out", ["csv"])
    path = tmp_path / "out" / "reviews.csv"
    path.write_bytes(path.read_bytes().replace(b"r-1,f-", b"r-1,g-"))
    assert not frictionless.validate(str(tmp_path / "out" / "datapackage.json")).valid


@given(texts)
def test_the_rule_can_be_taken_back_and_leaves_no_formula(text: str) -> None:
    assert original(guarded(text)) == text
    assert guarded(text)[:1] == "" or guarded(text)[0] not in RUN_BY_SPREADSHEETS


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (True, "true"), (-1, "-1"), (-1.5, "-1.5"), (["=a", "b"], "'=a | b"), ([], ""), ("'tis", "'tis")],
)
def test_cells(value: Any, shown: str) -> None:
    assert cell(value) == shown


def test_nan_is_never_a_cell() -> None:
    for value in (float("nan"), float("inf"), float("-inf")):
        with pytest.raises(ExportError):
            cell(value)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(builds)
def test_any_build_survives_the_round_trip(tmp_path_factory: pytest.TempPathFactory, built: Built) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_store(folder / "data") as store:
        store.save_build(built)
    export(folder / "data", folder / "out")
    whole = json.loads((folder / "out" / "films.json").read_text(encoding="utf-8"))
    assert whole["films"] == list(built.films)
    Dataset.model_validate(whole)
    lines = (folder / "out" / "reviews.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    reviews = [review for film in built.films for review in film["reviews"]] + list(built.without_film)
    assert [{key: value for key, value in json.loads(line).items() if key != "film_id"} for line in lines] == reviews
    rows = read_csv(folder / "out" / "reviews.csv")
    for row, review in zip(rows, reviews, strict=True):
        for name in ("id", "url", "headline", "body"):
            assert original(row[name]) == (review[name] or "")
        assert original(row["critics"]) == " | ".join(review["critics"])
    comments = [comment for review in reviews for comment in review["comments"]]
    assert [original(row["text"]) for row in read_csv(folder / "out" / "comments.csv")] == [
        one["text"] for one in comments
    ]
    for path in (folder / "out").glob("*.csv"):
        ids = [row["id"] for row in read_csv(path)]
        assert len(set(ids)) == len(ids)
        with path.open(encoding="utf-8", newline="") as file:
            bad = [value for row in csv.reader(file) for value in row if value[:1] in set("=+@\t\r＝＋－＠")]
            assert bad == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(builds)
def test_frictionless_accepts_any_build(tmp_path_factory: pytest.TempPathFactory, built: Built) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_store(folder / "data") as store:
        store.save_build(built)
    export(folder / "data", folder / "out", ["csv"])
    is_clean(folder / "out")


def test_formats_may_come_one_by_one_from_one_build(data: Path, tmp_path: Path) -> None:
    for name in FORMATS:
        result = export(data, tmp_path / "out", [name])
    assert set(contents(tmp_path / "out")) == {*ALL_FILES, "export.json"}
    assert result.kept == tuple(sorted(set(FORMATS) - {name}))
    all_at_once = export(data, tmp_path / "other").out
    assert contents(tmp_path / "out") == contents(all_at_once)


def test_an_export_never_mixes_two_builds(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out", ["csv"])
    with open_store(data) as store:
        page = PageRecord("https://b.example/x", "2026-03-03T06:00:00Z", "d", source="a")
        store.stage_page(page, {"reviews": [{"id": "r-2", "film": {"title": "Solaris"}}]})
        build(store, data)
    export(data, tmp_path / "out", ["json"])
    assert set(contents(tmp_path / "out")) == {"films.json", "export.json"}


def test_a_changed_file_is_not_kept_as_if_we_had_written_it(data: Path, tmp_path: Path) -> None:
    export(data, tmp_path / "out", ["jsonl"])
    (tmp_path / "out" / "reviews.jsonl").write_text("mine")
    assert export(data, tmp_path / "out", ["json"]).kept == ()


def test_other_peoples_files_are_never_replaced(data: Path, tmp_path: Path) -> None:
    for out, name in ((data, "ids.jsonl"), (tmp_path / "home", "letter.txt")):
        out.mkdir(exist_ok=True)
        (out / name).touch()
        before = contents(out)
        with pytest.raises(ExportError, match="which no export wrote"):
            export(data, out)
        assert contents(out) == before
    export(data, tmp_path / "out")
    (tmp_path / "out" / "notes.txt").touch()
    with pytest.raises(ExportError, match=r"holds notes\.txt"):
        export(data, tmp_path / "out")
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="is a file"):
        export(data, tmp_path / "file")


def test_an_empty_folder_is_taken_and_keeps_the_usual_rights(data: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    export(data, tmp_path / "out")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_unwritable_place_is_one_line(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path / "file" / "out", Path("/proc/out")):
        with pytest.raises(ExportError, match="cannot write the export") as caught:
            export(data, out)
        assert "\n" not in str(caught.value)


def test_unknown_formats_and_missing_builds_are_named(data: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'xml': known are json jsonl csv"):
        export(data, tmp_path / "out", ["xml"])
    open_store(tmp_path / "fresh").close()
    with pytest.raises(ExportError, match="nothing is built yet"):
        export(tmp_path / "fresh", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_a_killed_export_left_is_cleared(data: Path, tmp_path: Path) -> None:
    left, running = tmp_path / ".out.new-999999999", tmp_path / f".out.new-{os.getppid()}"
    for folder in (left, running):
        folder.mkdir()
        (folder / "films.json").touch()
    export(data, tmp_path / "out")
    assert not left.exists()
    assert running.exists()


FULL = """
import sys
from aggregator.errors import ExportError
from aggregator.export import export
try:
    export(sys.argv[1], sys.argv[2])
except ExportError as error:
    print(error)
    sys.exit(1)
"""


def test_a_full_disk_leaves_the_old_export(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(data, out)
    before = contents(out)
    with open_store(data) as store:
        page = PageRecord("https://b.example/x", "2026-03-03T06:00:00Z", "d", source="a")
        store.stage_page(page, {"reviews": [{"id": "r-2", "film": {"title": "Solaris"}, "body": "x" * 100_000}]})
        build(store, data)

    def small_files_only() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))

    done = subprocess.run(
        [sys.executable, "-c", FULL, str(data), str(out)],
        preexec_fn=small_files_only, capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": str(Path(aggregator.__file__).parents[1]), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "what stood there is untouched" in done.stdout
    assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
