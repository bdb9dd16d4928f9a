"""Lists of countries with and without a year."""

import pytest

from aggregator.notation.countries import find_countries


@pytest.mark.parametrize(
    ("text", "countries", "year"),
    [
        ("Deutschland/Österreich 2016", "Deutschland/Österreich", "2016"),
        ("D/Ö 2016", "D/Ö", "2016"),
        ("2018年／日本", "日本", "2018"),
        ("US, Canada", "US, Canada", None),
        ("Italia, Francia, 2018,", "Italia, Francia", "2018"),
        ("U.S.A. 2010", "U.S.A.", "2010"),
        ("Bosnia and Herzegovina", "Bosnia and Herzegovina", None),
        ("EE.UU.", "EE.UU.", None),
    ],
)
def test_countries(text: str, countries: str, year: str | None) -> None:
    found = find_countries(text)
    assert found is not None
    assert text[slice(*found[0])] == countries
    assert (text[slice(*found[1])] if found[1] else None) == year


@pytest.mark.parametrize("text", ["I", "A", "Drama", "2016", "Amy Adams, Canada", "Paris 1900 London", "", "D, F"])
def test_no_countries(text: str) -> None:
    assert find_countries(text) is None
