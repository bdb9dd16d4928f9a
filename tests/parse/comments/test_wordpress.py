"""Comments as WordPress's REST interface gives them."""

import json
from typing import Any

import pytest

from aggregator.errors import UnreadableInputError
from aggregator.parse.comments import MAX_COMMENTS, from_wordpress_json


def entry(number: int, parent: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "id": number,
        "post": 1,
        "parent": parent,
        "author_name": f"P{number}",
        "date": f"2012-05-05T10:{number % 60:02d}:00",
        "content": {"rendered": f"<p>words {number}</p>\n"},
        "type": "comment",
        **more,
    }


def test_newest_first_becomes_oldest_first_with_parents() -> None:
    thread = from_wordpress_json(json.dumps([entry(3, 2), entry(2), entry(4, 99)]))
    assert [(c["id"], c["parent"], c["parent_missing"]) for c in thread.comments] == [
        ("comment-2", None, False),
        ("comment-3", "comment-2", False),
        ("comment-4", None, True),
    ]
    assert thread.comments[0]["published"] == "2012-05-05T10:02:00"
    assert thread.comments[0]["text"] == "words 2"


def test_pingbacks_are_left_out() -> None:
    assert (
        from_wordpress_json(json.dumps([entry(1, type="pingback"), entry(2)]).encode()).comments[0]["id"] == "comment-2"
    )


def test_a_post_with_embedded_replies() -> None:
    body = {"id": 1, "_embedded": {"replies": [[entry(1), entry(2, 1)]]}}
    assert len(from_wordpress_json(json.dumps(body)).comments) == 2


def test_two_that_answer_each_other() -> None:
    parents = {c["id"]: c["parent"] for c in from_wordpress_json(json.dumps([entry(1, 2), entry(2, 1)])).comments}
    assert list(parents.values()).count(None) == 1


def test_too_many() -> None:
    thread = from_wordpress_json(json.dumps([entry(n) for n in range(1, MAX_COMMENTS + 3)]))
    assert len(thread.comments) == MAX_COMMENTS
    assert thread.truncated
    assert not thread.complete


@pytest.mark.parametrize("body", ["", "{", '{"code": "rest_no_route"}', "[1]", '[{"a": 1}]', "null", b"\xff\xfe\x00"])
def test_not_an_answer(body: str | bytes) -> None:
    with pytest.raises(UnreadableInputError, match="WordPress comments"):
        from_wordpress_json(body)


@pytest.mark.parametrize("odd", [{"content": None}, {"date": 7}, {"author_name": None}, {"parent": "x"}, {"id": "1"}])
def test_odd_entries_do_not_break_the_rest(odd: dict[str, Any]) -> None:
    thread = from_wordpress_json(json.dumps([entry(1, **odd), entry(2)]))
    assert thread.comments[-1]["id"] == "comment-2"
