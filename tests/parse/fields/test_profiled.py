"""A site profile's selectors and hook are read before everything else."""

import pytest

from aggregator.errors import ConfigError
from aggregator.parse import explain
from aggregator.parse.candidate import Candidate, Place
from aggregator.sites import Profile

PAGE = """<html lang="en"><head><title>Saltwater nights | The Pier</title></head><body>
<h1>Saltwater nights</h1>
<p class="x1">1917</p><p class="x2">B. Marsh</p><p class="x3">7</p><p class="x4">03/02/2020</p>
<article><p>The film sends two soldiers across a field, and the film never lets the camera look away from them for
as long as a film can. The actors carry it, the scene in the orchard most of all, and the film knows it; when the
last shot comes round to the first one, what seemed a trick has become the story of the film.</p></article>
</body></html>"""


def read(**profile):
    return explain(PAGE, "https://pier.example/1917-film-review", profile=Profile(name="pier", **profile))


def test_selected_places_win():
    select = {"title": "p.x1", "critics": ".x2", "rating": "p.x3", "published": ".x4"}
    found = read(select=select, date_order="DMY", scale={"best": 10})
    (review,) = found.page.reviews
    assert review.film.title == "1917"
    assert review.critics == ["B. Marsh"]
    assert (review.rating.value, review.rating.score, review.rating.scale_from) == (7, 70, "profile")
    assert review.published == "2020-02-03"
    assert review.evidence["film.title"].rule == "profile.select"
    assert review.evidence["film.title"].tier == "profile"


def test_a_selector_that_finds_nothing_leaves_the_page_to_the_reader():
    assert read(select={"title": "div.gone"}).findings[0].value("title") != "1917"


def propose(reading):
    yield Candidate("year", 2019, "profile.select", Place(fixed="page"), "told by the hook")


def test_a_hook_proposes_candidates():
    assert read(hook=f"{__name__}:propose").findings[0].value("year") == 2019


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ({"select": {"title": "p..x"}}, "no CSS selector"),
        ({"select": {"colour": "p"}}, "select.colour is no field"),
        ({"hook": "nowhere:at_all"}, "hook 'nowhere:at_all' not found"),
        ({"hook": "json:__name__"}, "is no function"),
    ],
)
def test_a_profile_that_cannot_be_followed_says_so(profile, said):
    with pytest.raises(ConfigError, match=said):
        read(**profile)
