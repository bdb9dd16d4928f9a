"""The published schemas: equal to the models, and real output is valid under them."""

import json
from pathlib import Path

import jsonschema
import pytest

from aggregator.build import build
from aggregator.evaluate.labels import labelled_pages
from aggregator.export import export
from aggregator.model.schemas import SCHEMAS, schema_text
from aggregator.parse import parse
from aggregator.store import PageRecord, open_store

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "schemas"
PAGES = list(labelled_pages(ROOT / "fixtures" / "sites"))


def validator(name):
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    kind = jsonschema.Draft202012Validator
    kind.check_schema(schema)
    return kind(schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_the_model(name):
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name), "run `make docs`"
    assert {path.name.removesuffix(".schema.json") for path in FOLDER.iterdir()} == set(SCHEMAS)


def read(page):
    return parse(page.path.read_bytes(), page.url, fetched_at=page.fetched_at).model_dump(mode="json")


def test_every_page_we_have_is_valid():
    check = validator("page")
    for page in PAGES:
        check.validate(read(page))


def test_the_export_is_valid(tmp_path):
    with open_store(tmp_path / "data") as store:
        for page in PAGES:
            record = PageRecord(page.url or f"https://example.test/{page.name}", "2026-03-02T06:00:00Z", page.name)
            store.stage_page(record, read(page))
        build(store, tmp_path / "data")
    export(tmp_path / "data", tmp_path / "out", ["json", "jsonl"])
    films = json.loads((tmp_path / "out" / "films.json").read_text(encoding="utf-8"))
    assert len(films["films"]) >= 8
    validator("films").validate(films)
    check = validator("review")
    for line in (tmp_path / "out" / "reviews.jsonl").read_text(encoding="utf-8").splitlines():
        review = json.loads(line)
        assert "film_id" in review
        del review["film_id"]
        check.validate(review)


@pytest.mark.parametrize(
    ("name", "spoilt"),
    [
        ("page", {"page_type": "review", "reviews": [{"id": "r", "rating": {"raw": "5", "unit": "hats"}}]}),
        ("page", {"page_type": "poster"}),
        ("review", {"id": "r", "published": "2 March 2019"}),
        ("review", {"id": "r", "invented": 1}),
        ("films", {"films": [{"id": "f"}], "generated_from": {}}),
    ],
)
def test_what_breaks_the_contract_is_refused(name, spoilt):
    with pytest.raises(jsonschema.ValidationError):
        validator(name).validate(spoilt)
