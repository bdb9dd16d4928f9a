"""A made-up corpus of reviews for measuring builds: the same count gives the same pages, to the byte.

What pages state is drawn at the rates of saved pages of critics: a year on 31 in a hundred, a director on 38, cast
on 14, a length on 5, a certificate on 4, a rating on 34, a critic on 61, a date on 92; half say nothing but a title.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from aggregator.model import Review
from aggregator.store import PageRecord, Store
from aggregator.store.staging import stage
from benchmarks.corpus_films import Films, MadeFilm
from benchmarks.corpus_text import Prose

SEED = 20_261
REVIEWS_A_FILM = 5
"""On average; the most reviewed film has some hundred times as many, half have one or two."""

COPIES, VIEWS, UPDATES, PARTS = 0.04, 0.03, 0.02, 0.005
"""Share of pages that reprint a review of another outlet, are a view of another page, were changed since, or have
a second page."""

_GROUP = 500


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its one review, in the words of the store; `changed` is the same page as it was fetched later."""

    record: PageRecord
    review: dict[str, Any]
    part_of: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class _Outlet:
    host: str
    name: str
    critics: tuple[str, ...]
    scale: tuple[str, float | None]
    notice: str
    foreign: bool
    unspaced: bool


class Corpus:
    """Pages in the order in which a crawl might meet them."""

    def __init__(self, count: int) -> None:
        self._rng = random.Random(f"{SEED} {count}")
        self._count = count
        self._prose = Prose(self._rng)
        self._films = Films(self._rng).make(max(3, count // REVIEWS_A_FILM))
        self._weights = list(accumulate(1 / (place + 12) ** 0.9 for place in range(len(self._films))))
        self._outlets = [self._outlet(number) for number in range(max(4, count // 150))]
        self._lately: list[Page] = []

    def pages(self) -> Iterator[Page]:
        """Every page; one that was changed comes twice."""
        for number in range(self._count):
            drawn = self._rng.random()
            if drawn < COPIES and self._lately:
                page = self._copy(number, self._rng.choice(self._lately))
            elif drawn < COPIES + VIEWS and self._lately:
                page = self._view(self._rng.choice(self._lately))
            else:
                page = self._own(number)
                self._lately = [*self._lately[-199:], page]
            yield page
            if self._rng.random() < UPDATES:
                yield self._changed(page)
            if page.next:
                yield self._second(page)

    def _outlet(self, number: int) -> _Outlet:
        rng = self._rng
        return _Outlet(
            host=f"https://www.outlet{number}.example",
            name=f"Outlet {number}",
            critics=tuple(f"{self._prose.sentence(2)[:-1].title()}" for _ in range(rng.choice((1, 1, 2, 4, 9)))),
            scale=rng.choice((("stars", 5.0), ("stars", 4.0), ("points", 10.0), ("stars", None), ("letter", None))),
            notice=self._prose.sentence(40) if rng.random() < 0.1 else "",
            foreign=rng.random() < 0.2,
            unspaced=rng.random() < 0.02,
        )

    def _own(self, number: int) -> Page:
        rng = self._rng
        outlet = rng.choice(self._outlets)
        (film,) = rng.choices(self._films, cum_weights=self._weights)
        url = f"{outlet.host}/review/{number}-{film.title.lower().replace(' ', '-')}"
        body = self._prose.text(unspaced=outlet.unspaced)
        said = _Said(url)
        review = said.review | {
            "source": outlet.host[12:], "outlet": outlet.name, "headline": f"{film.title} review", "language": "en",
            "body": f"{body}\n\n{outlet.notice}" if outlet.notice else body, "excerpt": body[:200],
            "comments": [self._comment(place) for place in range(rng.choice((0, 0, 0, 0, 1, 3)))],
        }  # fmt: skip
        self._name_film(review, film, outlet)
        if rng.random() < 0.92:
            late = 0 if rng.random() < 0.8 else rng.randint(1, 30)
            review["published"] = f"{min(2026, film.year + late)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        if rng.random() < 0.61:
            review["critics"] = [rng.choice(outlet.critics)]
        if rng.random() < 0.34:
            review |= {"rating": self._rating(outlet), "rating_status": "rated"}
        said.prove(review)
        onward = f"{url}?page=2" if rng.random() < PARTS else None
        return Page(_record(url, 1, review), review, next=onward)

    def _name_film(self, review: dict[str, Any], film: MadeFilm, outlet: _Outlet) -> None:
        rng = self._rng
        title = film.abroad if film.abroad and outlet.foreign else film.title
        named: dict[str, Any] = {"title": title}
        if film.abroad and outlet.foreign and rng.random() < 0.5:
            named["original_title"] = film.title
        if rng.random() < 0.5:  # a fact box, or a sentence of facts
            if rng.random() < 0.62:
                named["year"] = film.year + rng.choice((0,) * 18 + (-1, 1))
            people = [("director", name) for name in film.directors] if rng.random() < 0.76 else []
            people += [("cast", name) for name in film.cast[: rng.randint(2, 8)]] if rng.random() < 0.28 else []
            review["credits"] = [{"role": role, "name": self._spelled(name)} for role, name in people]
            if rng.random() < 0.1:
                review["runtime_minutes"] = film.runtime + rng.choice((0, 0, 0, 1))
            if rng.random() < 0.08:
                review["certificates"] = [{"raw": film.certificate, "code": film.certificate}]
            if rng.random() < 0.3:
                review["genres"] = [film.genre]
        review["film"] = named

    def _spelled(self, name: str) -> str:
        if self._rng.random() > 0.02:
            return name
        return self._rng.choice(
            (name.upper(), name.replace("a", "á", 1), f"{name[0]}. {name.rsplit(maxsplit=1)[-1]}", name[:-1])
        )

    def _rating(self, outlet: _Outlet) -> dict[str, Any]:
        unit, best = outlet.scale
        if unit == "letter":
            return {"raw": self._rng.choice(("A", "A-", "B+", "B", "C", "D")), "unit": unit}
        value = self._rng.randint(1, 2 * int(best or 5)) / 2
        rating = {"raw": f"{value:g}/{best:g}" if best else f"{value:g} stars", "value": value, "unit": unit}
        return rating | {"best": best, "scale_from": "page" if best else None}

    def _comment(self, place: int) -> dict[str, Any]:
        return {"id": f"c{place}", "author": self._prose.sentence(1)[:-1], "text": self._prose.sentence(30)}

    def _copy(self, number: int, first: Page) -> Page:
        """The same review at another outlet, a little edited."""
        outlet = self._rng.choice(self._outlets)
        url = f"{outlet.host}/syndicated/{number}"
        said = _Said(url)
        review = {**first.review, **said.review, "source": outlet.host[12:], "outlet": outlet.name, "comments": []}
        review["body"] = self._prose.edited(first.review["body"]) + f"\n\nFirst published by {first.review['outlet']}."
        said.prove(review)
        return Page(_record(url, 1, review), review)

    def _view(self, first: Page) -> Page:
        """The same page under another address, which names the first as its canonical one."""
        url = first.record.url + self._rng.choice(("?utm_source=feed", "/amp", "/print", "?replytocom=7"))
        review = first.review | {"url": url}
        return Page(_record(url, 1, review), review)

    def _changed(self, page: Page) -> Page:
        review = page.review | {"body": page.review["body"] + "\n\n" + self._prose.sentence(25)}
        return Page(_record(page.record.url, 2, review), review, page.part_of, page.next)

    def _second(self, first: Page) -> Page:
        said = _Said(str(first.next))
        review = said.review | {"film": {"title": first.review["film"]["title"]}, "body": self._prose.text()}
        review |= {"source": first.review["source"], "outlet": first.review["outlet"]}
        said.prove(review)
        return Page(_record(str(first.next), 1, review), review, part_of=first.record.url)


class _Said:
    """What every review has: an id, its addresses, and a proof for each value."""

    def __init__(self, url: str) -> None:
        self.review: dict[str, Any] = {
            "id": hashlib.sha1(url.encode()).hexdigest()[:16], "url": url, "canonical_url": url,
        }  # fmt: skip

    def prove(self, review: dict[str, Any]) -> None:
        paths = [name for name in ("headline", "published", "critics", "rating.value", "runtime_minutes")
                 if review.get(name.partition(".")[0])]  # fmt: skip
        paths += [f"film.{name}" for name in review["film"]]
        paths += [f"credits[{place}]" for place in range(len(review.get("credits") or []))]
        proof = {"locator": "/html/body/main/article/p[3] text:10-42", "raw": "as on the page", "tier": "marked"}
        review["evidence"] = {path: {"rule": f"{path} made", **proof} for path in [*paths, "body"]}


def _whole(review: dict[str, Any]) -> dict[str, Any]:
    """In the full form in which the pipelines stage a review."""
    return Review.model_validate(review).model_dump(mode="json")


def _record(url: str, day: int, review: dict[str, Any]) -> PageRecord:
    return PageRecord(url, f"2026-03-{day:02}T06:00:00Z", hashlib.sha1(repr(review).encode()).hexdigest(),
                      source=review["source"])  # fmt: skip


def fill(store: Store, count: int) -> int:
    """Stage a corpus of `count` pages as a crawl would, in larger commits; gives the pages staged."""
    corpus = Corpus(count)
    staged = 0
    group: list[Page] = []
    known: set[str | None] = set()
    for page in corpus.pages():
        if page.record.source not in known:
            store.add_source(str(page.record.source))
            known.add(page.record.source)
        group.append(page)
        if len(group) == _GROUP:
            staged += _stage(store, group)
            group = []
    return staged + _stage(store, group)


def _stage(store: Store, group: list[Page]) -> int:
    with store.writing() as connection:
        for page in group:
            parsed = {
                "page_type": "review",
                "reviews": [_whole(page.review)],
                "part_of": page.part_of,
                "next": page.next,
            }
            stage(connection, page.record, parsed)
    return len(group)
