"""Dates are compared at the label's precision, and moments however they are written."""

import pytest

from aggregator.evaluate.compare import date


@pytest.mark.parametrize(
    ("want", "found", "right"),
    [
        ("2019-05-10", "2019-05-10T12:00:00Z", True),
        ("2019-05-10T12:00:00Z", "2019-05-10T12:00Z", True),
        ("2019-05-10T12:00:00+02:00", "2019-05-10T10:00:00Z", True),
        ("2019-05-10T12:00:00Z", "2019-05-10T13:00:00Z", False),
        ("2019-05-10", "2019-05-11", False),
    ],
)
def test_one_moment_written_in_two_ways_is_one(want, found, right):
    assert bool(date("published", want, found).right) is right
