"""Each family of markup: one small page, and every comment of it."""

import json
from pathlib import Path

import pytest

from aggregator.model import Comment
from aggregator.parse.comments import Thread, read_comments
from aggregator.parse.document import Document
from aggregator.parse.reading import Reading

FIXTURES = Path(__file__).parents[3] / "fixtures" / "comments"
CASES = sorted(path.parent for path in FIXTURES.glob("*/expected.json"))


def read(folder: Path) -> Thread:
    page = next(path for path in sorted(folder.glob("page.*")) if path.name != "page.json")
    about = json.loads((folder / "page.json").read_text())
    return read_comments(Reading(Document(page.read_bytes(), about["url"]), fetched_at=about["fetched_at"]))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_family(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    thread = read(folder)
    assert thread.comments == expected["comments"]
    assert thread.declared == expected["declared"]
    assert thread.next_page == expected["next_page"]
    assert thread.complete is expected["complete"]
    assert not thread.truncated
    for comment in thread.comments:
        Comment(**comment)
