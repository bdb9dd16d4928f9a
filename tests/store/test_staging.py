from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.store import Link, PageRecord, Store, Validators, Visit, open_store
from tests.store.store_rows import rows

URL = "https://critic.example/moon"
DAY = "2026-03-{:02d}T06:00:00Z"


def record(day: int, digest: str, url: str = URL, **more: Any) -> PageRecord:
    return PageRecord(url=url, fetched_at=DAY.format(day), digest=digest, source="critic", **more)


def parsed(*reviews: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"page_type": "review", "reviews": list(reviews), **more}


def review(name: str = "r1", **more: Any) -> dict[str, Any]:
    return {"id": name, "headline": "Moon", "body": "Alone.", "fetched_at": "2020-01-01", **more}


def data(store: Store) -> list[dict[str, Any]]:
    return [item.data for item in store.iter_reviews()]


def test_same_content_again_touches_nothing_but_the_run_log(store: Store) -> None:
    run = store.start_run("crawl", "critic")
    first = record(1, "a", etag='"1"', archive_file="w.warc", archive_offset=10)
    assert store.stage_page(first, parsed(review()), run_id=run) == "new"
    before = rows(store)
    again = record(2, "a", etag='"1"', archive_file="w.warc", archive_offset=900)
    assert store.stage_page(again, parsed(review()), run_id=run) == "same"
    store.page_stands(URL, fetched_at=DAY.format(3), run_id=run)
    assert rows(store) == before
    assert len(rows(store, without=set())["fetches"]) == 3


def test_fetched_at_is_when_this_content_was_first_seen(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review()))
    store.stage_page(record(2, "a"), parsed(review()))
    assert data(store)[0]["fetched_at"] == DAY.format(1)
    store.stage_page(record(3, "b"), parsed(review(body="Together.")))
    assert data(store)[0]["fetched_at"] == DAY.format(3)


def test_a_changed_text_keeps_the_older_version(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review()))
    assert store.stage_page(record(2, "b"), parsed(review(body="Together."))) == "updated"
    (held,) = store.iter_reviews()
    assert held.data["body"] == "Together."
    assert [(seen, old["body"]) for seen, old in held.versions] == [(DAY.format(1), "Alone.")]


@pytest.mark.parametrize("change", [{"comments": [{"id": "c", "text": "!"}]}, {"evidence": {"headline": {}}}])
def test_a_new_comment_or_layout_is_no_version_of_the_review(store: Store, change: dict[str, Any]) -> None:
    store.stage_page(record(1, "a"), parsed(review()))
    assert store.stage_page(record(2, "b"), parsed(review(**change))) == "updated"
    (held,) = store.iter_reviews()
    assert held.versions == ()
    assert held.data.items() >= change.items()


def test_other_bytes_around_the_same_review_are_no_update(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review()))
    assert store.stage_page(record(2, "b"), parsed(review())) == "same"
    page = store.get_page(URL)
    assert page is not None
    assert (page["digest"], page["fetched_at"]) == ("b", DAY.format(2))
    assert data(store)[0]["fetched_at"] == DAY.format(1)


def test_a_better_reading_of_the_same_bytes_replaces_without_a_version(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review(), review("r2")))
    assert store.stage_page(record(1, "a"), parsed(review(headline="Moon (2009)"))) == "updated"
    (held,) = store.iter_reviews()
    assert held.data["headline"] == "Moon (2009)"
    assert held.data["fetched_at"] == DAY.format(1)
    assert held.versions == ()


def test_an_older_content_from_the_archive_does_not_replace_a_newer(store: Store) -> None:
    store.stage_page(record(5, "b"), parsed(review(body="Together.")))
    before = rows(store)
    assert store.stage_page(record(1, "a"), parsed(review())) == "same"
    assert rows(store) == before


def test_a_review_taken_off_its_page_is_gone_and_may_come_back(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review("r1"), review("r2")))
    store.stage_page(record(2, "b"), parsed(review("r1")))
    assert {item.review_id: item.status for item in store.iter_reviews()} == {"r1": "live", "r2": "gone"}
    store.stage_page(record(3, "a"), parsed(review("r1"), review("r2")))
    assert {item.status for item in store.iter_reviews()} == {"live"}


def test_a_page_that_can_no_longer_be_read_does_not_make_its_review_gone(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review()))
    silent = {"page_type": "other", "reviews": [], "problems": [{"code": "nothing", "message": "m"}]}
    assert store.stage_page(record(2, "b"), silent) == "updated"
    before = rows(store)
    assert store.stage_page(record(3, "b"), silent) == "same"
    assert rows(store) == before
    assert [item.status for item in store.iter_reviews()] == ["live"]


def test_a_gone_page_keeps_its_data_and_a_replay_does_not_revive_it(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review()))
    gone = {"http_status": 410, "fetched_at": DAY.format(2)}
    assert store.page_gone(URL, **gone)
    before = rows(store)
    assert not store.page_gone(URL, **gone)
    assert store.stage_page(record(1, "a"), parsed(review())) == "same"
    assert rows(store) == before
    assert [(item.status, item.data["body"]) for item in store.iter_reviews()] == [("gone", "Alone.")]
    assert store.stage_page(record(4, "a"), parsed(review())) == "updated"
    assert [item.status for item in store.iter_reviews()] == ["live"]


def test_two_addresses_may_hold_the_same_review_id(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review()))
    store.stage_page(record(1, "p", url=URL + "?print=1"), parsed(review()))
    before = rows(store)
    store.stage_page(record(2, "a"), parsed(review()))
    store.stage_page(record(2, "p", url=URL + "?print=1"), parsed(review()))
    assert rows(store) == before
    assert [item.review_id for item in store.iter_reviews()] == ["r1", "r1"]


def test_two_reviews_of_a_page_with_one_id_are_both_kept(store: Store) -> None:
    store.stage_page(record(1, "a"), parsed(review(), review(body="Other.")))
    assert [item.review_id for item in store.iter_reviews()] == ["r1", "r1-2"]


def test_nul_and_lone_surrogates_are_replaced(store: Store) -> None:
    bad = "a\x00b\ud800c"
    store.stage_page(
        record(1, "a", url=URL + bad, etag=bad),
        parsed(review(body=bad, comments=[{"id": "1", "text": bad}]), problems=[{"code": bad}]),
    )
    (held,) = store.iter_reviews()
    assert held.data["body"] == held.data["comments"][0]["text"] == "a\ufffdb\ufffdc"
    assert store.validators(URL + bad) == Validators("a\ufffdb\ufffdc", None, "a", record(1, "a").fetched_at)


def test_an_address_longer_than_an_index_entry_is_kept(store: Store) -> None:
    url = URL + "?" + "x" * 20_000
    store.frontier_add("critic", [Link(url)])
    store.stage_page(record(1, "a", url=url), parsed(review()), visit=Visit("critic", (url,)))
    assert store.get_page(url) is not None
    assert store.frontier_pending("critic") == []


contents = st.lists(
    st.tuples(
        st.sampled_from([URL, URL + "2"]),
        st.lists(st.tuples(st.sampled_from("rst"), st.sampled_from("xyz")), max_size=3, unique_by=lambda x: x[0]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40)
@given(contents)
def test_replaying_what_was_staged_changes_nothing_and_a_fresh_store_ends_equal(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, list[tuple[str, str]]]]
) -> None:
    def stage(into: Store, day: int, url: str, found: list[tuple[str, str]]) -> str:
        page = parsed(*(review(name, body=body) for name, body in found))
        return into.stage_page(record(day, repr(found), url=url), page)

    with open_store(tmp_path_factory.mktemp("a")) as one, open_store(tmp_path_factory.mktemp("b")) as two:
        last = {}
        for day, (url, found) in enumerate(history, 1):
            stage(one, day, url, found)
            last[url] = found
            stage(two, day, url, found)
            before = rows(two)
            for seen_url, seen in last.items():  # an unkilled run and one that fetched a page again end equal
                assert stage(two, day, seen_url, seen) == "same"
            assert rows(two) == before
        kept = {"pages", "reviews", "review_versions", "frontier"}
        assert {k: v for k, v in rows(one).items() if k in kept} == {k: v for k, v in rows(two).items() if k in kept}
