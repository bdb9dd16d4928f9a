"""Signs of a row that the page shows dark: text says five stars, the eye sees two."""

import pytest

from aggregator.parse.document import Document


def shown(inner):
    document = Document(f"<html><body><p>{inner}</p></body></html>".encode())
    return " ".join(block.text for block in document.blocks)


ON, OFF, BARE = '<span class="star on">★</span>', '<span class="star off">★</span>', '<span class="star">★</span>'


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (ON * 2 + OFF * 3, "★★☆☆☆"),
        ("Rating: " + ON * 2 + BARE * 3 + " from Anna", "Rating: ★★☆☆☆ from Anna"),
        ('<b class="stars">' + ON + OFF + "</b>", "★☆"),
        (f"{ON} {ON} {OFF}", "★ ★ ☆"),
        ('<span class="filled">★★★</span><span class="text-gray-300">★★</span>', "★★★☆☆"),
        ('<i class="active">★★★</i>★★', "★★★☆☆"),
        ('★★★<span style="color: #ccc">★★</span>', "★★★☆☆"),
        ('★★★<span style="color:lightgray">★★</span>', "★★★☆☆"),
        ('<span class="fas">♥</span><span class="far">♥</span>', "♥♡"),
        (ON + '<span class="star half">★</span>' + OFF, "★⯨☆"),
    ],
)
def test_dark_signs_are_empty_ones(inner, wanted):
    assert shown(inner) == wanted


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (BARE * 5, "★★★★★"),
        (OFF * 4, "★★★★"),
        ('<span class="full-width">★★★</span>★★', "★★★★★"),
        ('<span class="gold">★★★</span>', "★★★"),
        ('<span class="gold">★★★</span> against <span class="gold">★★★★</span>', "★★★ against ★★★★"),
        ('★★★ <a class="off" href="/a">more ★★★</a>', "★★★ more ★★★"),
        ('<span style="color: #c00">★★★</span>★', "★★★★"),
        ("<i>★★★</i> <b>★</b>", "★★★ ★"),
    ],
)
def test_what_says_nothing_of_light_stays(inner, wanted):
    assert shown(inner) == wanted


def test_places_of_other_marks_stay():
    document = Document(f"<p>{ON}{OFF} by <a href='/anna'>Anna</a></p>".encode())
    (block,) = document.blocks
    assert [block.text[mark.start : mark.end] for mark in block.marks if mark.tag == "a"] == ["Anna"]


def test_rows_and_marks_without_end_cost_little():
    nested = '<span class="star">' * 150 + "★" * 600 + "</span>" * 150
    assert len(shown(nested)) == 600
    assert len(shown(ON * 5000)) == 5000
