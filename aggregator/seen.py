"""What a build keeps of one staged review while it holds all of them; pure, so that worker processes do it too."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from aggregator.dedupe.traits import Staged, Traits, traits_of
from aggregator.dedupe.urls import site_key
from aggregator.model import Review
from aggregator.store import StagedRow

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of a row beside its traits.

    `size` is that of its text in characters; `plain`: the text is in the full form of the contract and can be taken
    as it is. `rated_by` is the source whose scale its rating follows, or its site where no source is named; `rating`
    is without its raw text, save a letter.
    """

    row: int
    place: int
    page_url: str
    status: str
    source: str | None
    size: int
    plain: bool
    has_versions: bool
    rated_by: str
    rating: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A review that the contract accepts.

    `links`: the first page of which its page is a later one, and the page that follows; `line` is what it adds to the
    digest of all inputs.
    """

    held: Held
    traits: Traits
    links: tuple[str | None, str | None]
    line: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A review that the contract refuses, and the field that is to blame."""

    review_id: str
    page_url: str
    field: str


def look(rows: Sequence[tuple[int, StagedRow]]) -> list[Seen | Refused]:
    """Read rows, each under the number by which its review is known."""
    return list(_looked_at(rows))


def _looked_at(rows: Sequence[tuple[int, StagedRow]]) -> Iterator[Seen | Refused]:
    for number, row in rows:
        try:
            review = Review.model_validate_json(row.text)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
            yield Refused(row.review_id, row.page_url, where)
            continue
        plain = review.model_dump_json() == row.text
        staged = as_staged(review.model_dump(mode="json"), row)
        line = [row.page_url, row.part_of, row.next, row.status, row.source, staged.data["fetched_at"], row.digest]
        rated_by, rating = rating_of(staged.data)
        held = Held(
            row.row, row.place, row.page_url, row.status, row.source, len(row.text), plain, bool(row.versions),
            rated_by, rating,
        )  # fmt: skip
        yield Seen(held, traits_of(staged, number), (row.part_of, row.next), json.dumps([*line, row.versions]).encode())


def as_staged(data: Json, row: Held | StagedRow) -> Staged:
    """A Review with what the store knows better: whether it is still there, and whose it is."""
    data["status"] = row.status
    data["source"] = data["source"] or row.source
    return Staged(data, row.page_url, row.place, row.status)


def rating_of(data: Mapping[str, Any]) -> tuple[str, Json | None]:
    """Whose scale the rating of a review follows, and the rating as `Held` has it."""
    rated_by = data["source"] or site_key(data["canonical_url"] or data["url"] or "")
    rating = data["rating"]
    if rating is None:
        return rated_by, None
    raw = rating["raw"] if rating["unit"] == "letter" else ""
    return rated_by, _rating(raw, *(rating[name] for name in ("value", "worst", "best", "unit")))


@lru_cache(maxsize=4096)
def _rating(raw: str, value: float | None, worst: float | None, best: float | None, unit: str) -> Json:
    """Equal ratings as one object."""
    return {"raw": raw, "value": value, "worst": worst, "best": best, "unit": unit}
