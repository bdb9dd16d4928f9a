"""Each review counts once: views of a page, moved sites and reprints are folded, and what is not a copy stays."""

import random
from pathlib import Path
from typing import Any

import pytest

from aggregator.build import build
from aggregator.store import PageRecord, open_store

WORDS = [f"word{number}" for number in range(2000)]
SIGNS = {
    "ja": "映画監督俳優物語家族貧困階段地下室光雨匂演出脚本美術音楽静寂暴力笑緊張見事傑作の様にをはがとで",
    "zh": "这部电影导演演员故事家庭贫穷楼梯地下室阳光雨水气味剧本美术音乐安静暴力笑声紧张精彩杰作的是在有和",
    "ko": "이영화감독배우이야기가족가난계단지하실햇빛비냄새연출각본미술음악고요폭력웃음긴장훌륭걸작은는을를의",
}
HOME = "https://reels.example/2010/moon"
ELSEWHERE = "https://paper.example/arts/moon-review"


def text(seed: int, words: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=words))


def signs(language: str, seed: int, count: int = 400) -> str:
    return "".join(random.Random(seed).choices(SIGNS[language], k=count))


def edited(body: str, share: float, sep: str = " ") -> str:
    """`body` with a share of its words (or signs) replaced."""
    rng = random.Random(7)
    parts = body.split() if sep else list(body)
    return sep.join("變" if rng.random() < share else part for part in parts)


def review(url: str = HOME, **more: Any) -> dict[str, Any]:
    said = {"film": {"title": "Moon", "year": 2009}, "body": text(1), "critics": ["Ann Lee"], "outlet": "Old Reels"}
    return {"id": url, "url": url, "published": "2010-01-05", **said, **more}


def built(folder: Path, *reviews: dict[str, Any], **page: Any) -> list[dict[str, Any]]:
    """The reviews of all films after a build."""
    with open_store(folder) as store:
        for one in reviews:
            record = PageRecord(one["url"], "2026-03-01T06:00:00Z", repr(one), source="s")
            store.stage_page(record, {"page_type": "review", "reviews": [one], **page})
        build(store, folder)
        return [one for film in store.iter_films() for one in film["reviews"]]


VIEWS = [
    f"{HOME}?utm_source=feed&utm_medium=rss",
    f"{HOME}/?fbclid=abc",
    f"{HOME}#comments",
    f"{HOME}/amp/",
    f"{HOME}?amp=1",
    f"{HOME}/print/",
    f"{HOME}?print=1",
    f"{HOME}?view=print",
    f"{HOME}?replytocom=12",
    "http://www.reels.example/2010/moon/index.html",
    "https://m.reels.example/2010/moon",
    "https://amp.reels.example/2010/moon",
    "https://reels-example.cdn.ampproject.org/c/s/reels.example/2010/moon",
]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("body", [None, "cut", "other byline"])
def test_views_of_a_page_are_one_review(tmp_path: Path, view: str, body: str | None) -> None:
    more: dict[str, Any] = {"cut": {"body": text(1)[:900]}, "other byline": {"critics": ["A. Lee"]}}.get(body or "", {})
    (one,) = built(tmp_path, review(), review(view, **more))
    assert one["url"] == HOME
    assert one["copies"] == [{"url": view, "kind": "variant"}]
    assert one["body"] == text(1)


@pytest.mark.parametrize("whole", [f"{HOME}?page=all", f"{HOME}/all", f"{HOME}?singlepage=true"])
def test_a_view_of_all_pages_stands_for_the_first_page_too(tmp_path: Path, whole: str) -> None:
    (one,) = built(
        tmp_path, review(body=text(1)[:600]), review(whole, canonical_url=HOME if "single" in whole else None)
    )
    assert {one["url"], *(copy["url"] for copy in one["copies"])} == {HOME, whole}


def test_pages_of_a_review_are_joined_and_have_one_vote(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        for number, body in enumerate((text(1), text(2), text(3)), 1):
            url = f"{HOME}?page={number}" if number > 1 else HOME
            following = f"{HOME}?page={number + 1}" if number < 3 else None
            record = PageRecord(url, "2026-03-01T06:00:00Z", url, source="s")
            one = review(url, body=body) | ({"critics": []} if number > 1 else {})
            store.stage_page(
                record,
                {"page_type": "review", "reviews": [one], "part_of": HOME if number > 1 else None, "next": following},
            )
        build(store, tmp_path)
        (film,) = store.iter_films()
    (one,) = film["reviews"]
    assert one["body"] == "\n\n".join((text(1), text(2), text(3)))
    assert film["disagreements"] == {}


@pytest.mark.parametrize("change", ["none", "a tenth", "cut", "appended"])
@pytest.mark.parametrize("language", ["en", "ja", "zh", "ko"])
def test_reprints_elsewhere_are_folded_and_have_no_vote(tmp_path: Path, language: str, change: str) -> None:
    sep = " " if language == "en" else ""
    make = text if language == "en" else (lambda seed: signs(language, seed))
    body = make(1)
    copy = {
        "none": body,
        "a tenth": edited(body, 0.1, sep) if language == "en" else edited(body, 0.05, sep),
        "cut": body[: len(body) // 2],
        "appended": body + sep + make(2)[: len(body) // 3],
    }[change]
    other = review(ELSEWHERE, body=copy, outlet="The Paper", published="2010-01-09", film={"title": "Moon"})
    unrelated = review("https://third.example/moon", body=make(3), outlet="Third", critics=["Bo Chu"])
    found = built(tmp_path, other, review(body=body), unrelated)
    assert sorted(len(one["copies"]) for one in found) == [0, 1]
    (kept,) = [one for one in found if one["copies"]]
    assert (kept["url"], kept["copies"]) == (HOME, [{"url": ELSEWHERE, "kind": "syndicated"}])


PLAIN = (
    "This is a small film that does not say a lot, and it is good when it is not sad. The cast is fun, the plot is "
    "thin, and the end of it is one of the best we saw in all of the year. You may see it with a son or two, or on "
    "your own, and go home to say so."
)


@pytest.mark.parametrize("words", [35, 45, 60])
def test_short_reprints_elsewhere_are_folded(tmp_path: Path, words: int) -> None:
    body = " ".join(PLAIN.split()[:words])
    other = review(ELSEWHERE, body=body, outlet="The Paper", published="2010-01-09")
    (one,) = built(tmp_path, other, review(body=body))
    assert (one["url"], one["copies"]) == (HOME, [{"url": ELSEWHERE, "kind": "syndicated"}])


def test_what_a_copy_says_otherwise_has_no_vote(tmp_path: Path) -> None:
    copies = [
        review(f"https://paper{n}.example/moon", film={"title": "Moon", "year": 2010}, outlet=f"Paper {n}")
        for n in range(3)
    ]
    with open_store(tmp_path) as store:
        for one in [review(published="2010-01-01"), *copies]:
            store.stage_page(PageRecord(one["url"], "2026-03-01T06:00:00Z", one["url"], source="s"), {"reviews": [one]})
        build(store, tmp_path)
        (film,) = store.iter_films()
    assert (film["year"], film["disagreements"]) == (2009, {})
    assert len(film["reviews"][0]["copies"]) == 3


@pytest.mark.parametrize("outlet", ["Old Reels", None])
def test_a_site_that_moved_leaves_one_review(tmp_path: Path, outlet: str | None) -> None:
    new = "https://oldreels.example/reviews/moon"
    found = built(tmp_path, review(outlet=outlet), review(new, outlet=outlet))
    assert len(found) == 1
    ((copy,),) = [one["copies"] for one in found]
    assert {found[0]["url"], copy["url"]} == {HOME, new}
    assert copy["kind"] == ("moved" if outlet else "syndicated")


def test_a_page_that_moved_on_its_site_leaves_one_review(tmp_path: Path) -> None:
    new = "https://reels.example/reviews/m/moon"
    (one,) = built(tmp_path, review(), review(new))
    assert [copy["kind"] for copy in one["copies"]] == ["moved"]


SHORT = "A small, sad and clever film about a man who meets himself, and likes him less each day."

TWO = {
    "two critics of one outlet": (review(), review(f"{HOME}-2", critics=["Bo Chu"], body=text(2))),
    "two critics of one outlet with one text": (review(), review(f"{HOME}-2", critics=["Bo Chu"])),
    "two critics of one outlet on two hosts": (
        review(),
        review("https://blog.reels.example/moon", critics=["Bo Chu"], body=text(1)),
    ),
    "one critic years apart": (review(), review(f"{HOME}-again", body=text(2), published="2019-07-20")),
    "one critic years apart who quotes himself": (
        review(),
        review(f"{HOME}-again", body=f"{text(1)[:700]} {text(2)}", published="2019-07-20"),
    ),
    "one critic at the festival and at the release": (review(), review(f"{HOME}-release", body=text(2))),
    "two outlets": (review(), review(ELSEWHERE, body=text(2), outlet="The Paper", critics=["Bo Chu"])),
    "two who quote the same passage": (
        review(body=f"{text(9, 60)} {text(1)}"),
        review(ELSEWHERE, body=f"{text(9, 60)} {text(2)}", outlet="The Paper", critics=["Bo Chu"]),
    ),
    "one text under two films": (review(), review(f"{HOME}-2", film={"title": "Solaris", "year": 2009})),
    "one text under a film and its sequel": (review(), review(f"{HOME}-2", film={"title": "Moon 2", "year": 2009})),
    "two capsules of one critic": (review(body="A short note."), review(f"{HOME}-2", body="Another short note.")),
    "two critics with one capsule": (
        review(body=SHORT),
        review(ELSEWHERE, body=SHORT, outlet="The Paper", critics=["Bo Chu"]),
    ),
}


@pytest.mark.parametrize("name", TWO)
def test_what_is_no_copy_stays(tmp_path: Path, name: str) -> None:
    found = built(tmp_path, *TWO[name])
    assert sorted(one["url"] for one in found) == sorted(one["url"] for one in TWO[name])
    assert all(one["copies"] == [] for one in found)


def test_a_capsule_printed_twice_by_its_critic_is_one(tmp_path: Path) -> None:
    (one,) = built(tmp_path, review(body=SHORT), review("https://reels.example/roundup-2010#moon", body=f"{SHORT}\n"))
    assert len(one["copies"]) == 1


def test_every_address_is_kept_however_many_there_are(tmp_path: Path) -> None:
    (one,) = built(tmp_path, review(), *(review(view) for view in VIEWS), review(ELSEWHERE, outlet="The Paper"))
    assert sorted([one["url"], *(copy["url"] for copy in one["copies"])]) == sorted([HOME, *VIEWS, ELSEWHERE])
