"""Figures over labelled pages: a page that the reader gives up is a crash, and no floor allows one."""

import json

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
