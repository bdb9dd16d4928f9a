import pytest

from aggregator.cli.summary import summarise

DONE = {"finish_reason": "finished", "pages/fetched": 3, "staged/new": 3, "reviews/a": 2}


def test_a_good_run():
    summary = summarise(DONE, ["a"])
    assert summary.exit_code == 0
    assert summary.line.endswith("; 2 reviews")


@pytest.mark.parametrize(
    "harmless", ["pages/robots", "pages/gone", "pages/unmodified", "budget/max_pages", "pages/not_html",
                 "pages/noindex",
                 "pages/offsite", "pages/not_found"],
)  # fmt: skip
def test_what_is_no_failure(harmless):
    assert summarise(DONE | {harmless: 5}, ["a"]).exit_code == 0


@pytest.mark.parametrize(
    "failure", ["pages/failed", "discovery/failed", "problems/parser", "problems/partial", "problems/not_stored",
                "build/failed", "budget/depth", "budget/pages_per_source", "spider_exceptions/count"],
)  # fmt: skip
def test_what_is_a_failure(failure):
    assert summarise(DONE | {failure: 1}, ["a"]).exit_code == 1


def test_reasons_are_named():
    summary = summarise(DONE | {"pages/failed": 2, "pages/failed/http_503": 1, "pages/failed/timeout": 1}, [])
    assert summary.reasons == ["2 pages not read (http_503 1, timeout 1)"]


def test_no_reviews_from_a_new_source():
    assert summarise(DONE, ["a", "b"]).reasons == ["no reviews from b"]
    assert summarise({"finish_reason": "finished"}, []).exit_code == 0


@pytest.mark.parametrize("finished", ["shutdown", "archive_error", None])
def test_a_run_cut_short(finished):
    assert summarise(DONE | {"finish_reason": finished}, ["a"]).exit_code == 1
