"""Facts of a film in every markup and language: one labelled page a way of writing them, nothing missed or made up."""

import json
from pathlib import Path

import pytest

from aggregator import parse
from aggregator.evaluate.compare import compare_page

FIXTURES = Path(__file__).parents[2] / "fixtures" / "facts"
CASES = sorted(path.parent for path in FIXTURES.glob("*/expected.json"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_facts_of_page(folder: Path) -> None:
    about = json.loads((folder / "page.json").read_text())
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    page = parse((folder / "page.html").read_bytes(), about["url"], fetched_at=about["fetched_at"], profile=False)
    faults = [v for v in compare_page(expected, page.model_dump(mode="json")) if v.wrong or v.missed]
    assert not faults
