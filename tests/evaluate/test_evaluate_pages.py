"""Figures over labelled pages: a page that the reader gives up is a crash, and no floor allows one."""

import json

import pytest

from aggregator.errors import UnreadableInputError
from aggregator.evaluate.pages import check_floors, evaluate_pages


def labelled(folder):
    page = folder / "a" / "one"
    page.mkdir(parents=True)
    (page / "page.html").write_text("<p>Text.</p>", encoding="utf-8")
    (page / "page.json").write_text(json.dumps({"url": "https://a.example/one"}), encoding="utf-8")
    (page / "expected.json").write_text(json.dumps({"page_type": "other"}), encoding="utf-8")
    return folder


def test_a_page_given_up_is_a_crash_though_its_type_is_right(tmp_path):
    given_up = {"page_type": "other", "reviews": [], "problems": [{"code": "crash", "message": "NameError: x"}]}
    report = evaluate_pages(labelled(tmp_path), lambda _: given_up)
    assert report.crashes == ["a/one: NameError: x"]
    floors = tmp_path / "floors.json"
    floors.write_text("{}", encoding="utf-8")
    assert check_floors(report, floors) == ["a/one: NameError: x (no floor allows a crash)"]


def test_a_page_that_was_read_is_none(tmp_path):
    read = {"page_type": "other", "reviews": [], "problems": [{"code": "cut", "message": "cut"}]}
    assert not evaluate_pages(labelled(tmp_path), lambda _: read).crashes


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        ([{"certificates": ["R"]}], "reviews[0].certificates is no list of objects such as"),
        ([{"film": "Moon"}], "reviews[0].film is 'Moon', not an object such as"),
        ([{}, {"credits": {"director": "Anna Holm"}}], "reviews[1].credits is no list of objects"),
        ({"film": {}}, "reviews is a list of objects"),
        ([{"credits": [{"name": "Anna Holm"}]}], "reviews[0].credits is no list of objects such as"),
        ([{"critics": "Anna Holm"}], "reviews[0].critics is 'Anna Holm', not a list of names"),
        (["Moon"], "reviews is a list of objects"),
    ],
)
def test_a_misshapen_label_is_named_with_the_way_out(tmp_path, reviews, said):
    label = labelled(tmp_path) / "a" / "one" / "expected.json"
    label.write_text(json.dumps({"page_type": "review", "reviews": reviews}), encoding="utf-8")
    with pytest.raises(UnreadableInputError) as raised:
        evaluate_pages(tmp_path, lambda _: {})
    assert str(label) in str(raised.value)
    assert said in str(raised.value)
    assert "mend the label" in str(raised.value)


def test_null_says_that_the_page_does_not(tmp_path):
    label = labelled(tmp_path) / "a" / "one" / "expected.json"
    label.write_text(json.dumps({"reviews": [{"film": None, "rating": None, "credits": None}]}), encoding="utf-8")
    assert not evaluate_pages(tmp_path, lambda _: {}).crashes
