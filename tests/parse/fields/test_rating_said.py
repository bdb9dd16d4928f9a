"""Marks that a text states in its first or last lines or only in its description, and others beside them."""

import pytest

from aggregator.parse import parse
from tests.parse.fields.night_train import BODY, DE, page


def rating(html):
    (review,) = parse(html).reviews
    return (review.rating.value, review.rating.best) if review.rating else None


def opening(text, lang="en"):
    """A page whose first paragraph begins with this."""
    body = BODY if lang == "en" else DE
    return page(body=body.replace("<p>", f"<p>{text} ", 1), lang=lang)


def ending(text):
    return page(post=f"<p>{text}</p>")


def described(text):
    return page(head=f'<meta name="description" content="{text}">')


@pytest.mark.parametrize(
    ("html", "value", "best"),
    [
        (opening("TL;DR: 9/10. Nice film about learning to wait."), 9, 10),
        (opening("TLDR: 4/5! See it."), 4, 5),
        (opening("In short: 7/10. Worth the trip."), 7, 10),
        (opening("In short, 7.5/10. Worth the trip."), 7.5, 10),
        (opening("Bottom line – 8 out of 10. Go."), 8, 10),
        (opening("Kurz und knapp: 8/10. Sehenswert.", "de"), 8, 10),
        (opening("Fazit: 4 von 5 Sternen. Sehenswert.", "de"), 4, 5),
        (ending("Rating: 5 lanterns out of 5. Seen with one aunt, who fell asleep in the tram on the way home."), 5, 5),
        (ending("Late Row rating: 4 tickets out of 5. Seen with one aunt, who fell asleep in the tram then."), 4, 5),
        (ending("Our score - 3.5 lanterns out of 5! Seen with one aunt, who fell asleep in the tram."), 3.5, 5),
        (described("A train in the snow, two hours that are well spent, and no ending at all. **6 / 10**."), 6, 10),
        (described("TL;DR: 9/10. A train in the snow, and two hours well spent."), 9, 10),
    ],
)
def test_a_mark_said_in_passing_is_read(html, value, best):
    assert rating(html) == (value, best)


@pytest.mark.parametrize(
    "html",
    [
        opening("TL;DR: 9/10 of it is snow."),
        opening("In short: 9 out of 10 people will leave happy."),
        opening("TL;DR: 9/10. The first one was 5/10."),
        opening("In short, 1/4 of the audience left."),
        opening("In short, the first part was an 8/10. This is less."),
        opening("(1/2) This is the first of two posts."),
        opening("(3/10) This is the third of ten posts in a series."),
        opening("TL;DR: IMDb says 7/10. So what."),
        opening("TL;DR: 9/11 is what it is about."),
        opening("In short: 3/8. That is how far the train gets."),
        opening("In short: 90%. That is how much of it is snow."),
        ending("Gore rating: 4 skulls out of 5. Seen with one aunt, who fell asleep in the tram on the way home."),
        ending("Rating: 3 chapters out of 5. Seen with one aunt, who fell asleep in the tram on the way home then."),
        ending("Audience rating: 3 tomatoes out of 5. My aunt fell asleep in the tram on the way home, as she does."),
        described("A train in the snow. It has 7.2/10 on IMDb. User rating 7/10."),
        described("A train in the snow, part 3/10"),
        described("Season two, reviewed at last, and all that we know about the cast and the long journey. 3/10"),
        described("Half of the cast, 5/10, is snow."),
        described("The film of 9/10."),
        described("Reviews of films from the last row, each with a mark from 1/10 to 10/10."),
    ],
)
def test_a_fraction_that_is_no_mark_is_none(html):
    assert rating(html) is None


def test_a_mark_on_the_page_counts_before_its_description():
    html = page(
        post="<p>Rating: 3/5</p>", head='<meta name="description" content="TL;DR: 8/10. Two hours well spent.">'
    )
    assert rating(html) == (3, 5)
