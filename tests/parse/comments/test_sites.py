"""The whole-site fixtures: as many comments as their labels say, and the number their pages print."""

import json
from pathlib import Path
from typing import Any

import pytest

from aggregator.parse.comments import read_comments
from aggregator.parse.document import Document
from aggregator.parse.reading import Reading

SITES = Path(__file__).parents[3] / "fixtures" / "sites"


def labels() -> list[Any]:
    found = []
    for path in sorted(SITES.rglob("expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        for review in expected.get("reviews", [])[:1]:
            if "comments_count" in review:
                name = path.parent.relative_to(SITES).as_posix()
                found.append(pytest.param(path.parent, review, id=name))
    return found


@pytest.mark.parametrize(("folder", "review"), labels())
def test_count(folder: Path, review: dict[str, Any]) -> None:
    path = next(p for p in sorted(folder.glob("page.*")) if p.name != "page.json")
    about = json.loads((folder / "page.json").read_text(encoding="utf-8"))
    thread = read_comments(Reading(Document(path.read_bytes(), about.get("url")), fetched_at=about.get("fetched_at")))
    assert len(thread.comments) == review["comments_count"]
    if "comments_declared" in review:
        assert thread.declared == review["comments_declared"]


def test_both_shapes_of_one_thread_agree() -> None:
    """The blog page as text and as HTML: same people, same words, same replies, same critic."""
    threads = []
    for name in ("never-let-me-go", "never-let-me-go-text"):
        folder = SITES / "wpblog" / name
        path = next(p for p in sorted(folder.glob("page.*")) if p.name != "page.json")
        threads.append(read_comments(Reading(Document(path.read_bytes(), None))))
    html, text = threads
    place = {
        thread: {c["id"]: i for i, c in enumerate(comments)}
        for thread, comments in enumerate((html.comments, text.comments))
    }
    for index, (one, other) in enumerate(zip(html.comments, text.comments, strict=True)):
        assert (one["author"], one["by_critic"], one["parent_missing"]) == (
            other["author"],
            other["by_critic"],
            other["parent_missing"],
        ), index
        assert one["text"] == other["text"]
        parents = [place[t].get(c["parent"]) for t, c in enumerate((one, other))]
        assert parents[0] == parents[1]
    assert sum(c["by_critic"] for c in text.comments) == 6
    assert [c["parent_missing"] for c in text.comments] == [True] + [False] * 10
