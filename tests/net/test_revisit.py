from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.net.revisit import next_visit

CHECKED = "2026-03-02T06:00:00Z"


def page(**facts):
    empty = dict.fromkeys(("first_seen", "fetched_at", "checked_at", "changed_at", "published"))
    return empty | {"status": "live", "checked_at": CHECKED} | facts


def days(facts):
    return (next_visit(facts) - datetime(2026, 3, 2, 6, tzinfo=UTC)) / timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"published": "2026-03-01", "changed_at": CHECKED}, 0.5),  # new
        ({"published": "2026-02-20", "changed_at": "2026-02-20T00:00:00Z"}, 1),
        ({"published": "2019", "changed_at": "2026-01-20T00:00:00Z"}, 7),
        ({"published": "2019-05", "changed_at": "2025-10-01T00:00:00Z"}, 30),
        ({"published": "2009-05-12", "changed_at": "2020-01-01T00:00:00Z"}, 120),  # old and quiet
        ({"published": "2009-05-12", "changed_at": "2026-03-01T23:00:00Z"}, 0.5),  # old, and its thread grows
        ({"published": "soon", "changed_at": "2020-01-01T00:00:00Z"}, 120),
        ({"fetched_at": "2020-01-01T00:00:00Z"}, 7),  # an archive page that never changes
        ({"fetched_at": "2026-03-02T05:00:00Z"}, 0.5),  # a home page that does
        ({"status": "gone", "changed_at": CHECKED, "published": "2026-03-01"}, 60),
        ({"published": "2027-01-01", "changed_at": CHECKED}, 0.5),
    ],
)
def test_young_and_growing_often_old_and_quiet_rarely(facts, wanted):
    assert days(page(**facts)) == wanted


def test_a_page_never_answered_is_due_at_once():
    assert next_visit(page(checked_at=None)) < datetime(2000, 1, 1, tzinfo=UTC)


SECONDS = st.integers(
    int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2026, 3, 2, tzinfo=UTC).timestamp())
)
TIMES = st.none() | SECONDS.map(lambda one: f"{datetime.fromtimestamp(one, UTC):%Y-%m-%dT%H:%M:%SZ}")


@given(TIMES, TIMES, TIMES, TIMES, TIMES)
def test_never_sooner_than_half_a_day_nor_later_than_four_months(first, fetched, changed, published, more):
    facts = page(first_seen=first, fetched_at=fetched, changed_at=changed, published=published)
    assert 0.5 <= days(facts) <= 120
    if changed and more and more >= changed:
        assert days(facts | {"changed_at": more}) <= days(facts)  # what moved later is asked no later
