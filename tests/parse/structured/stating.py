"""What the structured data of a page states, as plain values, for tests of its syntaxes."""

from aggregator.parse.document import Document
from aggregator.parse.structured import read

URL = "https://lantern.example/ferry"


def stated(page: str) -> dict:
    """What the one review of a page says, as plain values."""
    reviews = read(Document(f"<!doctype html><html><body>{page}</body></html>", URL)).reviews
    assert len(reviews) == 1
    review = reviews[0]
    film = review.movie
    assert film is not None

    def text(fact):
        return fact.value if fact else None

    return {
        "title": text(film.title),
        "year": text(film.year),
        "directors": [person.name.value for person in film.directors],
        "same_as": [fact.value for fact in film.same_as],
        "critics": [person.name.value for person in review.critics],
        "published": text(review.published),
        "value": text(review.rating_value),
        "best": text(review.rating_best),
        "worst": text(review.rating_worst),
        "name": text(review.name),
        "body": text(review.body),
    }


def ld(*blocks: str) -> str:
    return "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
