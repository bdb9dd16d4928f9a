"""What people call reviews of two films is parted, under every name, and with it the views of either."""

from itertools import combinations

import pytest

from aggregator.dedupe.parted import parted
from aggregator.dedupe.traits import Staged, traits_of
from aggregator.resolve.decisions import Decision

A, B, C = "https://a.example/moon", "https://b.example/luna", "https://c.example/reprint"
GONE = "https://old.example/moon"


def page(url: str, place: int = 0, title: str = "Moon", **data: object) -> Staged:
    said = {"id": f"r-{url.rsplit('/', 1)[1]}-{place}", "url": url, "film": {"title": title}}
    return Staged({**said, **data}, url, place)


def pairs(names: list[str], *pages: Staged) -> list[tuple[str, str]]:
    """The parted pairs, each by the addresses of its pages and their places."""
    traits = {number: traits_of(one, number) for number, one in enumerate(pages)}
    found = parted(traits, [Decision("different", tuple(names))])
    called = [f"{one.page_url} {one.place}" if one.place else one.page_url for one in pages]
    return [
        (called[one], called[other])
        for one, other in combinations(range(len(pages)), 2)
        if frozenset((one, other)) in found
    ]


@pytest.mark.parametrize("name", [A, "r-moon-0", "http://www.a.example/moon/", f"{A}?print=1"])
def test_a_review_is_known_by_its_id_and_every_form_of_its_address(name: str) -> None:
    assert pairs([name, B], page(A), page(B), page(C)) == [(A, B)]


def test_a_review_is_known_by_the_address_that_it_names_as_canonical_or_was_copied_to() -> None:
    assert pairs([GONE, B], page(A, canonical_url=GONE), page(B)) == [(A, B)]
    assert pairs([GONE, B], page(A, copies=[{"url": GONE, "kind": "moved"}]), page(B)) == [(A, B)]
    assert pairs([A, B], page(A), page(C, copies=[{"url": B, "kind": "moved"}])) == [(A, C)]


def test_what_says_to_be_a_view_of_one_is_parted_from_the_other() -> None:
    assert pairs([A, B], page(A), page(B), page(C, canonical_url=B)) == [(A, B), (A, C)]
    assert pairs([A, B], page(A), page(B), page(C, copies=[{"url": B, "kind": "moved"}])) == [(A, B), (A, C)]
    assert pairs([A, B], page(A), page(f"{B}?print=1"), page(B)) == [(A, f"{B}?print=1"), (A, B)]
    assert pairs([A, B], page(A), page(B, canonical_url=A), page(C, canonical_url=A)) == [(A, B), (B, C)]


def test_an_id_means_the_page_that_is_not_a_copy() -> None:
    copy = page(B, id="r-moon-0", canonical_url=A)
    assert pairs(["r-moon-0", B], page(A), copy) == [(A, B)]


def test_a_name_of_several_reviews_parts_none() -> None:
    roundups = [page(url, place, title) for url in (A, B) for place, title in enumerate(["Moon", "Solaris"])]
    assert pairs([A, B], *roundups) == []
    assert pairs(["r-moon-1", "r-luna-1"], *roundups) == [(f"{A} 1", f"{B} 1")]
    home = [page(f"https://a.example/{n}", title=n, canonical_url="https://a.example/") for n in ("One", "Two")]
    assert pairs(["https://a.example/", B], *home, page(B)) == []
    assert pairs([A, "r-none"], page(A), page(B)) == []
