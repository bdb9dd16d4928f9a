"""Every candidate of every field: winner and losers, with rule, weight and place, as rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Candidate
from aggregator.parse.engine import Explained
from aggregator.parse.rank import rule


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate: `mark` is `*` for the winner, `+` for a value kept in a list, empty for a loser."""

    review: int
    field: str
    mark: str
    value: str
    rule: str
    tier: str
    weight: float
    locator: str
    raw: str


def rows(explained: Explained) -> Iterator[Row]:
    """Rows of all reviews of a page, fields in the order of the contract, best first."""
    return (row for row, _ in placed_rows(explained))


def placed_rows(explained: Explained) -> Iterator[tuple[Row, Element | None]]:
    """The rows, each with the element of the page's tree that its value stood in, if it stood in one."""
    for number, found in enumerate(explained.findings):
        for name, choice in found.choices.items():
            for candidate, weight in choice.weighed:
                mark = "*" if candidate is choice.winner else ""
                yield _row(number, name, candidate, weight, mark), candidate.place.node
        for name, candidates in found.lists.items():
            for candidate in candidates:
                weight = rule(candidate.field, candidate.rule).weight
                yield _row(number, name, candidate, weight, "+"), candidate.place.node


def _row(number: int, name: str, candidate: Candidate, weight: float, mark: str) -> Row:
    tier = rule(candidate.field, candidate.rule).tier
    locator = candidate.place.locator()
    return Row(number, name, mark, shown(candidate.value), candidate.rule, tier, weight, locator, candidate.raw[:120])


def shown(value: Any) -> str:
    """A value in a few words."""
    if hasattr(value, "raw") and hasattr(value, "unit"):
        scale = f" of {value.best:g}" if value.best is not None else ""
        return f"{value.raw if value.value is None else f'{value.value:g}'}{scale} ({value.unit})"
    if isinstance(value, dict):
        return _record(value)
    if isinstance(value, tuple | list):
        return "; ".join(str(entry) for entry in value)
    return str(value)


def _record(value: dict[str, Any]) -> str:
    """A record as one would say it: who did what, a certificate as written, else its values."""
    if "role" in value:
        character = f" as {value['character']}" if value.get("character") else ""
        return f"{value['role']}: {value['name']}{character}"
    if value.get("raw"):
        return str(value["raw"])
    return ", ".join(shown(entry) for entry in value.values() if entry not in (None, [], ""))


def lines(explained: Explained) -> Iterator[str]:
    """The table as plain lines: page type with its points, then every candidate."""
    verdict = explained.verdict
    yield f"page_type {verdict.page_type} ({verdict.total:+.1f} points)"
    for point in verdict.points:
        yield f"  {point.points:+5.1f}  {point.name:24} {point.raw[:80]}"
    field = ""
    for row in rows(explained):
        if row.field != field:
            field = row.field
            label = f" (review {row.review + 1})" if len(explained.findings) > 1 else ""
            yield f"{field}{label}"
        yield f"  {row.mark or '-':1} {row.weight:.2f} {row.rule:22} {row.value[:60]:60} {row.locator}"
    for problem in explained.page.problems:
        yield f"problem {problem.code}{f' ({problem.field})' if problem.field else ''}: {problem.message}"
