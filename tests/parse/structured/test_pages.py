"""What small pages of each syntax state; add a page and its .json to fixtures/structured, no code here."""

import dataclasses
import json
from pathlib import Path

import pytest

from aggregator.parse.document import Document
from aggregator.parse.structured import Fact, StructuredPerson, read

ROOT = Path(__file__).parents[3] / "fixtures" / "structured"
PAGES = sorted((ROOT / "pages").glob("*.html"))
SAME = [(folder, page) for folder in ("same", "same_microformats") for page in sorted((ROOT / folder).glob("*.html"))]
# told apart by tests of their own
SILENT = {"place", "syntax"}


def document(path: Path) -> Document:
    return Document(path.read_bytes(), "https://lantern.example/page")


def shown(value):
    """A record as plain JSON without empty fields."""
    if isinstance(value, Fact):
        return value.value
    if isinstance(value, StructuredPerson):
        role = f" ({value.role.value})" if value.role else ""
        character = f" as {value.character.value}" if value.character else ""
        return value.name.value + character + role + (" (organization)" if value.is_organization else "")
    if dataclasses.is_dataclass(value):
        fields = {field.name: shown(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {name: shown for name, shown in fields.items() if name not in SILENT and shown not in (None, [], {})}
    if isinstance(value, tuple) and value and isinstance(value[0], str) and not isinstance(value[-1], str):
        return f"{value[0]}: {value[1].value}"
    if isinstance(value, (tuple, list)):
        return [shown(inner) for inner in value]
    return value


def found(path: Path, key: str):
    data = read(document(path))
    if key == "problems":
        return [f"{problem.code} {problem.message.split()[2]}" for problem in data.problems]
    records = shown(getattr(data, key))
    if key == "reviews":
        for record in records:
            # the item is repeated as movie when it may be one
            if "movie" in record and record.get("item") == record["movie"]:
                del record["item"]
    return records


def expectations(path: Path):
    return list(json.loads(path.read_text(encoding="utf-8")).items())


CASES = [(page, key, value) for page in PAGES for key, value in expectations(page.with_suffix(".json"))] + [
    (page, key, value) for folder, page in SAME for key, value in expectations(ROOT / folder / "expected.json")
]


@pytest.mark.parametrize(("page", "key", "expected"), CASES, ids=[f"{case[0].stem}-{case[1]}" for case in CASES])
def test_page_states(page, key, expected):
    assert found(page, key) == expected


@pytest.mark.parametrize("page", PAGES + [page for _, page in SAME], ids=lambda page: page.stem)
def test_every_fact_knows_its_place(page):
    doc = document(page)
    data = read(doc)
    facts = list(every_fact(data))
    assert facts
    for fact in facts:
        if fact.syntax == "jsonld":
            assert fact.locator.startswith("jsonld:")
        else:
            assert len(doc.root.xpath(fact.locator)) == 1


def every_fact(value):
    if isinstance(value, Fact):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from every_fact(getattr(value, field.name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from every_fact(inner)


def test_syntaxes_are_named():
    stated = {fact.syntax for page in PAGES for fact in every_fact(read(document(page)))}
    stated |= {fact.syntax for _, page in SAME for fact in every_fact(read(document(page)))}
    assert stated == {
        "jsonld", "microdata", "rdfa", "hreview", "hatom", "mf2", "opengraph", "twitter", "dublincore", "citation",
        "parsely", "meta",
    }  # fmt: skip


def test_all_types_of_the_page_are_listed():
    assert {"Book", "TVSeries", "VideoGame", "Restaurant", "Movie", "Review"} <= read(
        document(ROOT / "pages/kinds.html")
    ).types
