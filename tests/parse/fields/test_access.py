"""What a page says of the rest of its text: behind a wall, or elsewhere."""

import pytest

from aggregator import parse

TEXT = (
    "<p>The lift stops between two floors, and the old man tells the girl what he saw in the war. I was moved by how"
    " little the film explains, and by the way it listens to him breathing.</p>"
) * 2


def access(behind):
    page = parse(f"<article><h1>The Lodger (2010) review</h1>{TEXT}{behind}</article>", profile=False)
    (review,) = page.reviews
    return review.access


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("", "full"),
        ("<p>And then the lights go out and nobody in the house can say why. […]</p>", "full"),
        (
            "<p>And then the lights go out […]</p><p><a href='https://paper.example/'>Read the full review</a></p>",
            "excerpt",
        ),
        (
            "<p>Und dann geht im ganzen Haus das Licht aus …</p><p><a href='/lodger/'>Weiterlesen</a></p>",
            "excerpt",
        ),
        ("<p>And then it ends.</p><p><a href='/moon/'>Continue reading: our review of Moon</a></p>", "full"),
        ("<div><p>This article is for subscribers only. Subscribe now to continue reading.</p></div>", "paywalled"),
    ],
)
def test_access(behind, expected):
    assert access(behind) == expected


def test_the_excerpt_stops_before_a_warning_set_as_a_heading():
    page = parse(
        f"<article><h1>The Lodger (2010) review</h1>{TEXT}<h3>Spoilers ahead</h3><p>The old man is her father, and he"
        " has been dead since the third scene, which explains the shoes.</p></article>",
        profile=False,
    )
    (review,) = page.reviews
    assert review.spoilers is True
    assert "father" in (review.body or "")
    assert "father" not in (review.excerpt or "")
