"""Threads in saved text files."""

from aggregator.parse.comments import Thread
from tests.parse.comments.pages import thread

REVIEW = """The Lodger

The lodger of the title arrives with one suitcase and pays in coins, and for an hour nothing else happens that you
could swear to in court. It is the best hour of the winter.

"""


def read(tail: str) -> Thread:
    return thread(REVIEW + tail, None)


def rows(found: Thread) -> list[tuple[str | None, str, str | None, bool]]:
    return [(c["author"], c["text"], c["parent"], c["parent_missing"]) for c in found.comments]


def test_bullets_without_indentation_answer_numbers() -> None:
    found = read(
        "2 comments\n\n1. Ann\n\nHello there.\n\n• Bob\n\nHello Ann.\n\n2. Cy\n\nBye.\n\nLeave a Reply\n\nName\n"
    )
    assert rows(found) == [
        ("Ann", "Hello there.", None, False),
        ("Bob", "Hello Ann.", "c1", False),
        ("Cy", "Bye.", None, False),
    ]
    assert found.place is not None
    assert found.place.locator() == "text:8"


def test_deeper_and_shallower() -> None:
    found = read(
        "Comments\n\n* Ann\n  one\n    * Bob\n      two\n        * Ann\n          three\n    * Cy\n      four\n"
    )
    assert rows(found) == [
        ("Ann", "one", None, False),
        ("Bob", "two", "c1", False),
        ("Ann", "three", "c2", False),
        ("Cy", "four", "c1", False),
    ]


def test_date_behind_the_name_or_below_it() -> None:
    found = read(
        "2 Kommentare\n\n1. Ann | 5. Mai 2012 um 14:12\n\n   eins\n\n2. Bob\n   6. Mai 2012 um 9:30\n\n   zwei\n"
    )
    assert [(c["author"], c["published"], c["text"]) for c in found.comments] == [
        ("Ann", "2012-05-05T14:12", "eins"),
        ("Bob", "2012-05-06T09:30", "zwei"),
    ]


def test_a_numbered_list_in_a_comment_stays_text() -> None:
    found = read("1 comment\n\n  1. Ann\n\n     My list:\n     It is long, and I mean it.\n")
    assert rows(found) == [("Ann", "My list:\n\nIt is long, and I mean it.".replace("\n\n", "\n"), None, False)]


def test_lists_of_the_article_are_no_comments() -> None:
    assert read("Further reading\n\n1. Ladders\n2. Lifts\n\n• Bring a torch\n").comments == []
    assert read("One reply to this is that nobody asked.\n\n1. Ladders\n\n   They go up.\n").comments == []


def test_none_declared() -> None:
    found = read("No comments\n\n1. Ladders\n\n   They go up.\n")
    assert (found.comments, found.declared) == ([], 0)
