"""The link to further comments of the same article."""

import pytest

from aggregator.parse.comments import Thread
from tests.parse.comments.pages import URL, page, thread

ITEM = '<li class="comment"><cite class="fn">P</cite><div class="comment-content">x</div></li>'


def linked(own: str, *links: str) -> Thread:
    anchors = " ".join(f'<a href="{link}">page</a>' for link in links)
    markup = f'<div id="comments"><ol class="commentlist">{ITEM}</ol><p>{anchors}</p></div>'
    head = f'<link rel="canonical" href="{URL}">'
    return thread(page(markup, head=head), own)


@pytest.mark.parametrize(
    ("own", "links", "expected"),
    [
        (URL, [f"{URL}comment-page-1/#comments"], f"{URL}comment-page-1/"),
        (URL, [f"{URL}comment-page-1/#comments", f"{URL}comment-page-2/#comments"], f"{URL}comment-page-2/"),
        (URL, [f"{URL}comment-page-2/#comments"], f"{URL}comment-page-2/"),
        (f"{URL}comment-page-2/", [f"{URL}comment-page-1/#comments"], f"{URL}comment-page-1/"),
        (f"{URL}comment-page-2/", [f"{URL}#comments", f"{URL}comment-page-3/#comments"], f"{URL}comment-page-3/"),
        (f"{URL}comment-page-1/", [f"{URL}comment-page-2/#comments"], f"{URL}comment-page-2/"),
        (URL, [f"{URL}?commentPage=2#comments"], f"{URL}?commentPage=2"),
        (URL, ["https://stairwell.example/2011/ladders/comment-page-2/#comments"], None),
        (URL, [f"{URL}#comment-12"], None),
    ],
)
def test_next_page(own: str, links: list[str], expected: str | None) -> None:
    found = linked(own, *links)
    assert found.next_page == expected
    assert found.complete is (expected is None)
