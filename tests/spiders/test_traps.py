import pytest

from aggregator.store import Link
from spiders.targets import Queue, absolute
from spiders.traps import Traps, shape


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/calendar/2024/05", "/calendar/1999/12", True),
        ("/calendar?month=3&year=2024", "/calendar?year=1&month=99", True),
        ("/list?colour=red", "/list?colour=blue", True),
        ("/list?colour=red", "/list?size=3", False),
        ("/reviews/moon", "/reviews/1917-film", True),
        ("/reviews/moon", "/calendar/moon", False),
        ("/reviews/page/2/", "/reviews/moon/", False),
        ("/blog/", "/blog/page/2/", False),
    ],
)
def test_shapes(one, other, same):
    assert (shape(f"https://a.example{one}") == shape(f"https://a.example{other}")) is same


def test_a_shape_that_leads_only_to_itself_comes_to_its_limit():
    traps = Traps({"shape": 3})
    days = [f"https://a.example/day/{n}" for n in range(9)]
    for number in range(3):
        assert traps.limit_for(days[number]) is None
        traps.seen(days[number], days[number + 1 : number + 2])
    assert traps.limit_for(days[4]) == "same_shape"
    traps.seen(days[4], ["https://a.example/reviews/moon"])  # one that was asked for before the limit
    assert traps.limit_for(days[5]) is None


def test_reviews_keep_a_shape_alive():
    traps = Traps({"shape": 2, "fruitless": 4})
    for number in range(9):
        url = f"https://a.example/?p={number}"
        assert traps.limit_for(url) is None
        traps.seen(url, [])
        traps.review(url)
    for number in range(4):
        assert not traps.fruitless
        traps.seen(f"https://a.example/{number}/x", [])
    assert traps.fruitless


def test_a_path_that_repeats_itself():
    assert Traps({}).limit_for("https://a.example/a/b/a/b/a/b/a/b/") == "repeating_path"
    assert Traps({}).limit_for("https://a.example/a/b/a/") is None


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("/moon?PHPSESSID=a1b2c3", "/moon"),
        ("/moon;jsessionid=0F?x=1", "/moon?x=1"),
        ("/moon?sid=9&p=3&utm_source=feed", "/moon?p=3"),
        ("/moon?outside=1&p=3", "/moon?outside=1&p=3"),
    ],
)
def test_session_ids_are_taken_off(link, wanted):
    assert absolute("https://a.example/", link) == f"https://a.example{wanted}"


def test_the_queue_gives_the_best_link_first():
    links = [
        Link("a", 2, None, "page", 18, 1), Link("b", 1, None, "page", 0, 2), Link("c", 1, None, "page", 18, 3),
        Link("d", 1, None, "page", 18, 4), Link("e", 0, None, "sitemap", 900, 5),
    ]  # fmt: skip
    queue = Queue()
    queue.push(links)
    assert [queue.pop().url for _ in range(len(queue))] == ["e", "c", "d", "a", "b"]
    assert queue.first() is None
