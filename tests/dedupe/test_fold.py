import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.dedupe import fold as folding
from aggregator.dedupe.judge import is_apart, may_be_copies
from aggregator.dedupe.texts import Texts
from aggregator.dedupe.traits import Staged, Traits, traits_of

WORDS = [f"word{number}" for number in range(3000)]


def text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def page(url: str, body: str = "", place: int = 0, status: str = "live", **data: Any) -> Staged:
    film = {"title": data.pop("title", "Moon"), "year": data.pop("year", None)}
    canonical = data.get("canonical_url") or url
    review = {"id": data.pop("id", f"{canonical}#{place}"), "url": url, "body": body, "film": film, **data}
    return Staged(review, url, place, status)


@dataclass(frozen=True)
class Whole:
    data: dict[str, Any]
    witness: Mapping[str, Any]
    keys: tuple[str, ...]
    kept: Staged


def texts_of(items: Sequence[Staged]) -> Texts:
    return Texts(lambda numbers: [(number, items[number].data["body"]) for number in numbers])


def fold(items: Sequence[Staged]) -> list[Whole]:
    found = []
    for one in folding.fold([traits_of(item, number) for number, item in enumerate(items)], texts_of(items)):
        made = folding.folded(one, {review.number: items[review.number] for review in one.members})
        found.append(Whole(made.data, made.witness, one.keys, items[one.kept.number]))
    return found


def shape(folded: list[Whole]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(one.data["url"], [(copy["url"], copy["kind"]) for copy in one.data["copies"]]) for one in folded]


A, B = "https://a.example/moon", "https://b.example/film/moon"


def test_print_and_amp_views_are_variants_and_the_plain_address_stands() -> None:
    views = [page(A + "?print=1", text(1)), page(A, text(1)), page(A + "/amp", text(1), canonical_url=A)]
    assert shape(fold(views)) == [(A, [(A + "/amp", "variant"), (A + "?print=1", "variant")])]


def test_the_newest_view_is_kept() -> None:
    old = page(A, text(1), modified="2020-01-01")
    new = page(A + "?print=1", text(1) + " Updated.", modified="2021-01-01")
    (one,) = fold([old, new])
    assert one.data["body"].endswith("Updated.")
    assert one.keys == tuple(sorted({old.data["id"], new.data["id"]}))


def test_a_syndicated_text_is_folded_into_the_earliest() -> None:
    copies = [
        page(B, text(1) + " Originally published at A.", critics=["Ann Lee"]),
        page(A, text(1), critics=["Ann Lee"]),
    ]
    assert shape(fold(copies)) == [(A, [(B, "syndicated")])]
    dated = [page(B, text(1), published="2020-01-02"), page(A, text(1), published="2020-01-03")]
    assert shape(fold(dated)) == [(B, [(A, "syndicated")])]


def test_a_canonical_address_on_another_site_is_syndication() -> None:
    assert shape(fold([page(B, text(1), canonical_url=A), page(A, text(1))])) == [(A, [(B, "syndicated")])]


def test_a_moved_review_keeps_its_live_address() -> None:
    old, new = page(A, text(1), status="gone"), page("https://a.example/2024/moon-review", text(1))
    assert shape(fold([old, new])) == [(new.page_url, [(A, "moved")])]


def test_the_stars_that_a_reprint_leaves_out_come_from_the_copy() -> None:
    stars = {"raw": "★★★★☆", "value": 4.0, "best": 5.0, "unit": "stars"}
    proof = {"rule": "stars", "locator": "/html", "raw": "★★★★☆", "tier": "visible"}
    rated = page(A, text(1), rating=stars, rating_status="rated", evidence={"rating.value": proof})
    (one,) = fold([page(B, text(1), published="2010", rating=None, rating_status="unrated"), rated])
    assert one.data["url"] == B
    assert (one.data["rating"], one.data["rating_status"]) == (stars, "rated")
    assert one.data["evidence"]["rating.value"]["rule"] == f"stars @ {A}"


def test_nothing_is_taken_over_a_refusal_to_rate() -> None:
    stars = {"raw": "3", "value": 3.0, "best": 4.0, "unit": "stars"}
    refused = page(B, text(1), published="2010", rating=None, rating_status="refused")
    (one,) = fold([refused, page(A, text(1), rating=stars, rating_status="rated")])
    assert one.data["url"] == B
    assert (one.data["rating"], one.data["rating_status"]) == (None, "refused")


def test_what_only_a_copy_says_about_the_film_counts_as_one_witness() -> None:
    rich = page(A, text(1), year=2009, credits=[{"role": "director", "name": "Duncan Jones"}])
    (one,) = fold([page(B, text(1), published="2010"), rich])
    assert one.data["film"]["year"] is None
    assert one.witness["film"]["year"] == 2009
    assert [credit["name"] for credit in one.witness["credits"]] == ["Duncan Jones"]


def test_a_reprint_whose_headline_was_read_as_its_title_is_a_copy() -> None:
    people = [{"role": "director", "name": "Duncan Jones"}]
    first = page(A, text(1), credits=people, published="2010-01-01")
    again = page(B, text(1), credits=people, published="2010-01-02", title="Moon keeps one man company")
    assert shape(fold([again, first])) == [(A, [(B, "syndicated")])]
    notice = page(A + "-2", text(1), credits=people, title="Source Code")
    assert len(fold([first, notice])) == 2


def test_unspaced_scripts_fold_too() -> None:
    body = "".join(random.Random(5).choices("月面基地一人働男主公静映画三年間採掘夢見宇宙船声電脳孤独", k=300))
    assert len(fold([page(A, body), page(B, "転載：" + body)])) == 1


@pytest.mark.parametrize(
    "pair",
    [
        # two critics at one outlet, however alike their texts
        (page(A, text(1), critics=["Ann Lee"]), page(A + "-2", text(1), critics=["Bo Chu"])),
        (page(A, text(1), critics=["Ann Lee"], outlet="The A"), page(B, text(1), critics=["Bo Chu"], outlet="the a")),
        # one critic, two reviews, years apart; the second quotes the first
        (page(A, text(1), critics=["Ann Lee"], published="2009-07-01"),
         page(A + "-again", text(1) + " " + text(2), critics=["Ann Lee"], published="2019-07-01")),
        # another film
        (page(A, text(1), title="Suspiria", year=1977), page(B, text(1), title="Suspiria", year=2018)),
        (page(A, text(1)), page(B, text(1), title="Solaris")),
        # two reviews on one page
        (page(A, text(1), 0), page(A, text(1), 1)),
        # too short to tell
        (page(A, "A fine film."), page(B, "A fine film.")),
        # a short post that quotes another at length
        (page(A, text(1), critics=["Ann Lee"]), page(B, text(1)[:400] + text(3, 50), critics=["Bo Chu"])),
        # two texts at two outlets by one critic
        (page(A, text(1), critics=["Ann Lee"]), page(B, text(2), critics=["Ann Lee"])),
    ],
)  # fmt: skip
def test_what_is_not_a_copy_stays(pair: tuple[Staged, Staged]) -> None:
    assert len(fold(pair)) == 2


def test_a_site_that_names_its_home_page_canonical_loses_nothing() -> None:
    home = "https://a.example/"
    pages = [
        page(f"https://a.example/{n}", text(n), canonical_url=home, id="same", title=f"Film {n}") for n in range(4)
    ]
    folded = fold(pages)
    assert len(folded) == 4
    assert len({one.data["id"] for one in folded}) == 4
    assert sorted(one.data["body"] for one in folded) == sorted(text(n) for n in range(4))


def test_a_canonical_page_of_many_pairs_nobody_but_texts_and_addresses_do(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def count(one: Traits, other: Traits) -> bool:
        nonlocal compared
        compared += 1
        return may_be_copies(one, other)

    monkeypatch.setattr(folding, "may_be_copies", count)
    home = "https://a.example/"
    pages = [page(f"{home}{n}", text(n), canonical_url=home, title=f"Film {n}") for n in range(200)]
    printed = page(f"{home}0?print=1", "", canonical_url=home, title="Film 0")
    moved = page(f"{home}old/1", text(1), canonical_url=home, title="Film 1")
    found = fold([*pages, printed, moved])
    assert len(found) == 200
    assert compared < 1000


def test_places_of_a_roundup_fold_with_the_same_places_of_its_print_view() -> None:
    films = [("Moon", text(1)), ("Solaris", text(2))]
    plain = [page(A, body, place, title=title) for place, (title, body) in enumerate(films)]
    printed = [page(A + "/print", body, place, title=title) for place, (title, body) in enumerate(films)]
    assert shape(fold(plain + printed)) == [(A, [(A + "/print", "variant")])] * 2


corpora = st.lists(
    st.builds(
        page,
        st.sampled_from([A, A + "?print=1", A + "/amp", A + "-2", B, "https://www.b.example/x", "https://c.example/y"]),
        st.sampled_from(["", text(1), text(1)[:600], text(2), text(1) + " " + text(2)]),
        critics=st.sampled_from([[], ["Ann Lee"], ["Bo Chu"]]),
        published=st.sampled_from([None, "2009", "2009-07-01", "2019-07-01"]),
        title=st.sampled_from(["Moon", "Moon", "Solaris", None]),
        status=st.sampled_from(["live", "live", "gone"]),
        canonical_url=st.sampled_from([None, None, A, "https://a.example/"]),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda item: (item.page_url, item.data["id"]),
)


@settings(max_examples=150)
@given(corpora, st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_matter(items: list[Staged], rng: random.Random) -> None:
    shuffled = list(items)
    rng.shuffle(shuffled)
    assert fold(shuffled) == fold(items)


@settings(max_examples=150)
@given(corpora)
def test_nothing_is_lost_and_nothing_that_is_apart_is_folded(items: list[Staged]) -> None:
    folded = fold(items)
    assert len({one.data["id"] for one in folded}) == len(folded)
    shown = {one.data["url"] for one in folded} | {copy["url"] for one in folded for copy in one.data["copies"]}
    assert shown == {item.page_url for item in items}
    texts = texts_of(items)
    texts.prepare(range(len(items)))
    traits = [traits_of(item, number) for number, item in enumerate(items)]
    for one in folded:
        kept = traits[items.index(one.kept)]
        for copy in one.data["copies"]:
            assert any(not is_apart(kept, other, texts) for other in traits if other.page_url == copy["url"])
