"""A small staged corpus, and what the tests of a build ask of it."""

import random
from typing import Any

import sqlalchemy as sa

from aggregator.store import PageRecord, Store
from aggregator.store.schema import metadata

WORDS = [f"word{number}" for number in range(3000)]
BUILT = ("films", "film_reviews", "build_notes", "builds")


def text(seed: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=150))


def review(
    url: str, title: str | None, year: int | None = None, director: str | None = None, **more: Any
) -> dict[str, Any]:
    people = [{"role": "director", "name": director}] if director else []
    return {"id": "r-" + url.rsplit("/", 1)[1], "url": url, "canonical_url": url, "credits": people,
            "film": {"title": title, "year": year}, **more}  # fmt: skip


def stars(value: float, best: float | None = None) -> dict[str, Any]:
    rating = {"raw": "*", "value": value, "best": best, "unit": "stars", "scale_from": "page" if best else None}
    return {"rating": rating, "rating_status": "rated"}


CORPUS = [
    review("https://a.example/suspiria", "Suspiria", 1977, "Dario Argento", body=text(1), **stars(4, 5)),
    review("https://b.example/argento", "Suspiria", 1978, "Dario Argento", body=text(2), **stars(3.5)),
    review("https://c.example/new", "Suspiria", 2018, "Luca Guadagnino", body=text(3), **stars(2, 4)),
    review("https://d.example/moon", "Moon", 2009, "Duncan Jones", body=text(4), critics=["Ann Lee"], **stars(4, 5)),
    review("https://e.example/moon-syndicated", "Moon", body=text(4), critics=["Ann Lee"], published="2010-01-01"),
    review("https://f.example/moon-bare", "Moon", published="2010-02-01", body=text(5), **stars(3, 4)),
    review("https://g.example/unnamed", None, body=text(6)),
]


def stage(store: Store, reviews: list[dict[str, Any]], day: int = 1, **page: Any) -> None:
    for one in reviews:
        record = PageRecord(one["url"], f"2026-03-{day:02d}T06:00:00Z", repr(one), source="critics")
        store.stage_page(record, {"page_type": "review", "reviews": [one], **page})


def films(store: Store) -> dict[tuple[str, int | None], dict[str, Any]]:
    return {(film["title"], film["year"]): film for film in store.iter_films()}


def built_rows(store: Store) -> list[Any]:
    with store.reading() as connection:
        tables = [metadata.tables[name] for name in BUILT]
        return [connection.execute(sa.select(table).order_by(table.c.id)).all() for table in tables]
