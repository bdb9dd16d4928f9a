"""The critic's own rating on a page, in every form, told apart from readers', other films' and other people's."""

import pytest

from aggregator.parse import parse
from tests.parse.fields.night_train import BODY, DE, page

GERMAN = {"lang": "de", "title": "Kritik: Nachtzug", "body": DE}


def ending(text):
    return {"body": BODY.replace("ticket.</p>", f"ticket. {text}</p>")}


def saying(text):
    return {"body": BODY.replace("<p>It\nis a", f"<p>{text} It is a")}


EMPTY = '<svg><use href="#star-empty"/></svg></div>'
RATED = {
    "given at the end": (ending("I'd give it 4 out of 5."), (4, 5)),
    "in words": (ending("Three and a half stars out of four."), (3.5, 4)),
    "from me": (ending("A solid 7/10 from me."), (7, 10)),
    "with the title": (ending("I rate Night Train 4 out of 5 stars."), (4, 5)),
    "signs": ({"post": "<p>★★★☆☆</p>"}, (3, 5)),
    "sup and sub": ({"post": "<p>Rating: 3<sup>1</sup>/<sub>2</sub> stars</p>"}, (3.5, None)),
    "an image's text": ({"post": '<img src="/r.png" alt="3.5 out of 5 stars">'}, (3.5, 5)),
    "an image's name": ({"post": '<img src="/img/4stars.gif">'}, (4, None)),
    "an image's name in one word": ({"post": '<img src="/img/3andahalfstars.gif">'}, (3.5, None)),
    "an image's name in words": ({"post": '<img src="/img/threestars.gif">'}, (3, None)),
    "an image's name with the scale": ({"post": '<img src="/img/4_out_of_5.png">'}, (4, 5)),
    "images that say a sign each": (
        {"post": '<p class="stars">' + '<img src="/star.gif" alt="*">' * 4 + "</p>"},
        (4, None),
    ),
    "images that say a sign each, with a half": (
        {"post": '<img src="/star.gif" alt="★">' * 3 + '<img src="/starhalf.gif" alt="½">'},
        (3.5, None),
    ),
    "an image whose text is signs": ({"post": '<img src="/x.png" alt="****">'}, (4, None)),
    "said in the text": (saying("I give it a 7 out of 10."), (7, 10)),
    "repeated images": (
        {"post": '<p><img src="/star.png"><img src="/halfstar.png"><img src="/emptystar.png"></p>'},
        (1.5, 3),
    ),
    "icons on and off": (
        {"post": "<div>" + "<i class='fas fa-star'></i>" * 2 + "<i class='far fa-star'></i></div>"},
        (2, 3),
    ),
    "icons by reference": (
        {
            "post": "<div class=stars>"
            + '<svg><use href="#star-full"/></svg>' * 4
            + '<svg><use href="#star-empty"/></svg></div>'
        },
        (4, 5),
    ),
    "a width": ({"post": '<div class="star-rating"><span style="width:80%"></span></div>'}, (80, 100)),
    "an attribute": ({"post": '<div class="rating" aria-label="Rated 4 out of 5 stars"></div>'}, (4, 5)),
    "the title before it": (
        {"post": "<p>Some others: The Sea 2 (6/10), The Sea 3 (4/10).</p><p>Night Train: 8/10</p>"},
        (8, 10),
    ),
    "in the headline": ({"title": "Night Train - 4/5"}, (4, 5)),
    "behind facts": ({"pre": "<p>(2011, dir. Carl Ott) ***1/2</p>"}, (3.5, None)),
    "the whole, not its parts": ({"post": "<p>Story: 8/10<br>Acting: 9/10<br>Overall: 7.5/10</p>"}, (7.5, 10)),
    "things of the house": ({"post": "<p>3/5 popcorn buckets</p>"}, (3, 5)),
    "a decimal comma": ({**GERMAN, "post": "<p>Bewertung: 6,5 / 10</p>"}, (6.5, 10)),
    "in German": ({**GERMAN, "post": "<p>Ich gebe dem Film 4 von 5 Sternen.</p>"}, (4, 5)),
    "a school mark, of which one is the best": ({**GERMAN, "post": "<p>Schulnote: 2/6</p>"}, (None, None)),
    "a school mark in words": ({**GERMAN, "post": "<p>Note: 2 von 6</p>"}, (None, None)),
    "a school mark among words": ({**GERMAN, "post": "<p>Der Film hat die Schulnote 2/6 verdient.</p>"}, None),
    "a bare number that is given": ({"post": "<p>I give it a 7.</p>"}, (7, None)),
    "a verdict before it": ({"post": "<p>In short, 8/10.</p>"}, (8, 10)),
    "in short": ({"post": "<p>TL;DR: 7/10</p>"}, (7, 10)),
    "the title before stars": ({"post": "<p>Night Train - 4 stars</p>"}, (4, None)),
    "asterisks in the headline": ({"title": "Night Train (2011) ****"}, (4, None)),
    "an image's name in one word with the scale": ({"post": '<img src="/img/4outof5.png">'}, (4, 5)),
    "a piece of a line": (
        {"pre": "<div>Directed by Carl Ott <span class=rating>★★★★☆ <small>Jane's rating</small></span></div>"},
        (4, 5),
    ),
    "zero": ({"post": "<p>Rating: 0/5</p>"}, (0, 5)),
}
UNRATED = {
    "at most": ending("I won't rate it more than 2 out of 5."),
    "in the story": saying("The hero is rated 8 out of 10 by his coach."),
    "a share": saying("Nine out of ten miners never see the sun."),
    "another film": saying("His last film got 2 out of 5 from me."),
    "another site": {"post": "<p>IMDb: 7.4/10</p>"},
    "readers": {"post": '<div class="user-rating"><span style="width:80%"></span></div>'},
    "votes": {"post": '<div class="post-ratings">★★★★☆ (12 votes, average: 4.1 out of 5)</div>'},
    "other films": {"post": "<h4>Other reviews</h4><ul><li>The Wall: 5/10</li></ul>"},
    "parts alone": {"post": "<p>Story: 8/10<br>Acting: 9/10<br>Music: 5/10</p>"},
    "a quoted critic": {"post": '<blockquote>"A marvel" — Carl Ott, The Paper ★★★★★</blockquote>'},
    "below nothing": {"post": "<p>Rating: -1/10</p>"},
    "below nothing behind a label in bold": {"post": "<p><b>Rating</b> -2/5</p>"},
    "below nothing in a sentence": ending("I give it -2 out of 5."),
    "photos": {"post": "<p>1 of 4 photos</p>"},
    "pages": {"post": "<p>2/5 pages</p>"},
    "a chance": {"post": "<p>3/5 chance of rain.</p>"},
    "things of something": {"post": "<p>3/5 tales of woe</p>"},
    "a certificate": {"post": "<p>Rated PG-13 for violence. 102 min.</p>"},
    "another film in a last line": {"post": "<p>The Wall: three stars out of four.</p>"},
    "another film in a sentence": {"post": "<p>Next week, The Wall, 8/10.</p>"},
    "one part alone": {"post": "<p>Rewatchability: 8/10</p>"},
    "a share of lists": {"post": "<p>It is on 4 out of 5 lists.</p>"},
    "a share of cases": {"post": "<p>That trick works in 9 cases out of 10.</p>"},
    "readers, by a class beside": {"post": '<div class="stars stars-4 user-stars"></div>'},
    "an image in a folder by month": {"post": '<img src="/2012/05/4.jpg">'},
    "a headline of asterisks around a word": {"title": "Night Train ***SPOILERS***"},
    "a part, by its number behind the headline's year": {"title": "Night Train (2011) 1/4"},
    "another site in a line before": {"post": "<p>IMDb</p><p>8.1/10</p>"},
    "a piece of a line for readers": {"pre": "<div>Carl Ott <span class=user-rating>★★★★☆</span></div>"},
    "a certificate as a piece of a line": {"pre": "<div>Directed by Carl Ott <span class=rating>PG-13</span></div>"},
    "a teaser": {"tail": '<aside class="related"><p>The Wall ★★★★</p></aside>'},
}


def rating(options):
    (review,) = parse(page(**options), "https://laterow.example/2012/night-train").reviews
    return review.rating


@pytest.mark.parametrize("what", RATED)
def test_the_critic_s_rating_is_read(what):
    options, wanted = RATED[what]
    found = rating(options)
    assert (found and (found.value, found.best)) == wanted


@pytest.mark.parametrize("what", UNRATED)
def test_what_is_not_the_critic_s_rating_is_none(what):
    assert rating(UNRATED[what]) is None


CLOSING = """<!doctype html><html lang="en"><head><title>Night Ferry</title></head><body><article><h1>Night Ferry</h1>
<p>Film review</p><p>The director lets the film breathe, and its two actors do the rest. I loved every scene of Night
Ferry, a film that never once raises its voice, and whose plot is told in looks. {}</p></article></body></html>"""


@pytest.mark.parametrize(
    ("end", "value", "best"),
    [
        ("One of the greatest, 10/10.", 10, 10),
        ("See it on a ship – 4/5", 4, 5),
        ("It opens on 10/10 in every town.", None, None),
        ("They count the boats: 12/10.", None, None),
    ],
)
def test_a_fraction_that_ends_the_text_is_the_mark(end, value, best):
    (review,) = parse(CLOSING.format(end)).reviews
    assert (review.rating and review.rating.value, review.rating and review.rating.best) == (value, best)


SCALED = {
    "stars, of which the foot says how many": (
        {"post": "<p>Rating: 3 stars</p>"},
        "All films are rated out of five stars.",
    ),
    "points": ({"post": "<p>Rating: 3</p>"}, "(Ratings are out of 5)"),
    "a scale": ({"post": "<p>Rating: 3</p>"}, "Films are judged on a scale from 1 to 5."),
    "a system": ({"post": "<p>Rating: ***</p>"}, "We use a five-star scale for our reviews."),
    "what the signs mean": (
        {"post": "<p>Rating: ***</p>"},
        "***** = a marvel; **** = good; *** = so so; ** = weak; * = awful",
    ),
}
UNSCALED = {
    "another film's mark": "It was rated three out of five when it was first shown.",
    "readers": "Readers' votes are out of five stars.",
    "another site": "The IMDb rates films out of 5.",
    "two scales": "Films are rated out of five. Books are rated out of ten.",
    "less than the mark": "Films are rated out of four, and rightly so.",
    "no rating at all": "Two out of five trains are late.",
    "a thing in the story": "The pain was on a scale of 1 to 10 an eleven.",
    "a hotel's stars": "The hotel in the film has a ten-star system.",
    "in the film": "In the film everybody is rated out of ten.",
    "books": "Books are rated out of 10 by my sister.",
    "somebody's": "Films are rated out of 10 by my sister.",
    "a scale whose best is one": "Films are rated on a scale of 1 to 6, 1 being the best.",
    "a scale for nothing": "We use a ten-point scale.",
}


def rated(options, foot):
    (review,) = parse(page(**options, tail=f"<footer><p>{foot}</p></footer>")).reviews
    return review.rating.value, review.rating.best


@pytest.mark.parametrize("what", SCALED)
def test_the_scale_may_stand_apart_from_the_rating(what):
    assert rated(*SCALED[what]) == (3, 5)


@pytest.mark.parametrize("what", UNSCALED)
def test_a_scale_that_is_not_the_rating_s_is_not_taken(what):
    assert rated({"post": "<p>Rating: 5 stars</p>"}, UNSCALED[what]) == (5, None)


@pytest.mark.parametrize("said", ["The pain was on a scale of 1 to 10 an eleven.", "Films are rated out of ten."])
def test_a_row_of_signs_is_none_of_ten(said):
    (review,) = parse(page(post="<p>★★½</p>", tail=f"<footer><p>{said}</p></footer>")).reviews
    assert (review.rating.value, review.rating.best) == (2.5, None)


def test_running_text_states_no_scale():
    said = "Films are rated out of ten. My sister, who was in the row behind us, said so, and then she left for good."
    (review,) = parse(page(post="<p>Rating: 4</p>", body=f"{BODY}<p>{said}</p>{BODY}")).reviews
    assert (review.rating.value, review.rating.best) == (4, None)


def test_a_mark_outside_its_own_scale_cannot_be_read():
    stated = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Review",
    "itemReviewed": {"@type": "Movie", "name": "Night Train"},
    "reviewRating": {"@type": "Rating", "ratingValue": "12", "bestRating": "10"}}</script>"""
    (review,) = parse(page(head=stated)).reviews
    assert review.rating_status == "unreadable"
    assert review.rating.value is None


def test_the_readers_are_counted_and_not_their_scale():
    (review,) = parse(page(post="<section><p>Reader score: 4.7/5 from 212 votes.</p></section>")).reviews
    assert (review.audience_rating.value, review.audience_rating.count) == (4.7, 212)
