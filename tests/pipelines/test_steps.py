import dataclasses

import pytest

from aggregator.archive import FetchedPage, Place
from aggregator.model import PageType, ParsedPage, RatingStatus, Review
from pipelines import steps

PAGE = FetchedPage(
    "https://a.example/old", "https://a.example/new", 200,
    (("Content-Type", "text/html"), ("ETag", '"1"'), ("Last-Modified", "Mon, 02 Mar 2026 06:00:00 GMT")),
    b"<p>caf\xe9</p>", "2026-03-02T06:00:00Z", "a.example", "start", (), Place("x.warc.gz", 7),
)  # fmt: skip


def with_type(value, body=PAGE.body):
    return dataclasses.replace(PAGE, headers=(("Content-Type", value),), body=body)


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (PAGE, b"<p>caf\xe9</p>"),
        (with_type("text/html; charset=ISO-8859-1"), "<p>café</p>"),
        (with_type("text/html; charset=rot13"), b"<p>caf\xe9</p>"),
        (with_type("text/html; charset=utf-8"), b"<p>caf\xe9</p>"),
        (with_type("text/html; charset=latin-1", b'<meta charset="utf-8"><p>'), b'<meta charset="utf-8"><p>'),
        (with_type("text/html; charset=latin-1", b"\xef\xbb\xbf<p>"), b"\xef\xbb\xbf<p>"),
        (with_type("text/html; charset=shift_jis", "<p>映画</p>".encode("shift_jis")), "<p>映画</p>"),
    ],
)
def test_the_encoding_of_the_header_counts_when_the_page_names_none(page, wanted):
    assert steps.body_to_parse(page) == wanted


def test_a_page_that_breaks_the_parser_is_a_problem(monkeypatch):
    def broken(*_, **__):
        raise RecursionError("too deep")

    monkeypatch.setattr(steps, "parse", broken)
    parsed = steps.parse_page(PAGE)
    assert steps.broke(parsed)
    assert parsed.page_type is PageType.OTHER
    assert "RecursionError: too deep" in parsed.problems[0].message


def test_reviews_bear_their_source():
    parsed = ParsedPage(page_type=PageType.REVIEW, reviews=[Review(id="1", source=None)])
    (review,) = steps.normalised(PAGE, parsed).reviews
    assert (review.source, review.fetched_at) == ("a.example", PAGE.fetched_at)


def test_what_is_missing_is_counted():
    parsed = ParsedPage(
        page_type=PageType.REVIEW,
        reviews=[Review(id="1", critics=["A"]), Review(id="2", rating_status=RatingStatus.UNREADABLE)],
    )
    missing = steps.missing_fields(parsed)
    assert (missing["critics"], missing["film.title"], missing["rating"]) == (1, 2, 1)


def test_the_row_of_a_page():
    record = steps.page_record(PAGE, ParsedPage(page_type=PageType.OTHER))
    assert (record.url, record.etag, record.archive_file, record.archive_offset) == (
        "https://a.example/new", '"1"', "x.warc.gz", 7,
    )  # fmt: skip
    assert record.digest == steps.digest_of(PAGE.body)
