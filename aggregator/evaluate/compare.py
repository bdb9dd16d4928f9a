"""One parsed page against its label: a verdict per field, none for what the label does not mention."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aggregator.evaluate.labels import fold

FILM_KEYS = ("title", "original_title", "year")
RATING_KEYS = ("value", "best", "worst", "unit")
AUDIENCE_KEYS = ("value", "best", "count")
SCALARS = (
    "headline",
    "outlet",
    "language",
    "rating_status",
    "runtime_minutes",
    "spoilers",
    "access",
    "comments_declared",
)
DATES = ("published", "modified")
LISTS = ("critics", "genres", "countries")
PARTS = {"certificates": "code", "releases": "date"}
"""Lists of records and the part of each that is compared."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was expected and found of one field of one review: counts of right, wrong, missed, invented values.

    A wrong value where another was expected is both wrong and missed; a value where the page says nothing is
    wrong and invented.
    """

    field: str
    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    abstained: int = 0
    expected: Any = None
    found: Any = None


def compare_page(expected: dict[str, Any], parsed: dict[str, Any]) -> Iterator[Verdict]:
    """Verdicts over one page; `parsed` is a ParsedPage as a plain dict."""
    yield from _page_type(expected, parsed)
    if "language" in expected:
        yield scalar("language", expected["language"], parsed.get("language"))
    optional = set(expected.get("optional") or ())
    wanted = expected.get("reviews") or []
    for want, have in pair_reviews(wanted, parsed.get("reviews") or []):
        yield from compare_review(want, have, optional)


def _page_type(expected: dict[str, Any], parsed: dict[str, Any]) -> Iterator[Verdict]:
    found = parsed.get("page_type")
    if "page_type" in expected:
        want = expected["page_type"]
        false_review = found in ("review", "roundup") and want not in ("review", "roundup")
        yield Verdict(
            "page_type",
            int(found == want),
            int(found != want),
            int(found != want),
            int(false_review),
            0,
            want,
            found,
        )
    elif "page_type_not" in expected:
        bad = found in expected["page_type_not"]
        yield Verdict("page_type", int(not bad), int(bad), 0, int(bad), 0, f"not {expected['page_type_not']}", found)


def pair_reviews(
    wanted: list[dict[str, Any]], have: list[dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Pair expected with found reviews: by title where several stand on a page, else in order."""
    left = list(have)
    for want in wanted:
        title = fold(str((want.get("film") or {}).get("title") or ""))
        match = next((r for r in left if fold(str((r.get("film") or {}).get("title") or "")) == title), None)
        if match is None and left and (len(wanted) == 1 or len(wanted) == len(have)):
            match = left[0]
        if match is not None:
            left.remove(match)
        yield want, match or {}


def compare_review(want: dict[str, Any], have: dict[str, Any], optional: set[str]) -> Iterator[Verdict]:
    """Verdicts of every field the label mentions."""
    for group, keys in (("film", FILM_KEYS), ("rating", RATING_KEYS), ("audience_rating", AUDIENCE_KEYS)):
        if group in want:
            yield from _group(group, keys, want[group], have.get(group) or {})
    for key in want.keys() & set(SCALARS):
        yield scalar(key, want[key], have.get(key))
    for key in want.keys() & set(DATES):
        yield date(key, want[key], have.get(key))
    for key in want.keys() & set(LISTS):
        yield names(key, want[key], have.get(key))
    for key, part in PARTS.items():
        if key in want:
            yield names(key, *([str(entry.get(part)) for entry in side.get(key) or []] for side in (want, have)))
    if "comments_count" in want:
        yield scalar("comments_count", want["comments_count"], len(have.get("comments") or []))
    if "credits" in want:
        yield from credits_of(want["credits"] or [], have, optional="credits" in optional)


def _group(
    group: str, keys: tuple[str, ...], wanted: dict[str, Any] | None, found: dict[str, Any]
) -> Iterator[Verdict]:
    for key in keys:
        if wanted is None or key in wanted:
            yield scalar(f"{group}.{key}", (wanted or {}).get(key), found.get(key))


def scalar(field: str, want: Any, found: Any) -> Verdict:
    """Verdict of a single value; text is folded, numbers compared as numbers."""
    if found is None:
        return Verdict(field, missed=int(want is not None), abstained=int(want is None), expected=want)
    if want is None:
        return Verdict(field, wrong=1, invented=1, found=found)
    if _same(want, found):
        return Verdict(field, right=1, expected=want, found=found)
    return Verdict(field, wrong=1, missed=1, expected=want, found=found)


def _same(want: Any, found: Any) -> bool:
    if isinstance(want, str) and isinstance(found, str):
        return fold(want) == fold(found)
    if isinstance(want, int | float) and isinstance(found, int | float):
        return abs(float(want) - float(found)) < 1e-6
    return bool(want == found)


def date(field: str, want: str | None, found: str | None) -> Verdict:
    """Verdict of a date at the label's precision."""
    if want and found and found.startswith(want[: len(found)]) and len(found) >= min(len(want), 10):
        return Verdict(field, right=1, expected=want, found=found)
    if want and found and "T" in want and _instant(want) is not None and _instant(want) == _instant(found):
        return Verdict(field, right=1, expected=want, found=found)
    return scalar(field, want, found)


def _instant(iso: str) -> datetime | None:
    """The moment a time stamp means, to the minute: 12:00Z, 12:00:00+00:00 and 13:00+01:00 are one."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(second=0, microsecond=0) if moment.tzinfo else None


def names(field: str, want: list[str] | None, found: list[str] | None) -> Verdict:
    """Verdict of a list of names, compared as sets."""
    wanted = {fold(str(name)) for name in want or []}
    have = {fold(str(name)) for name in found or []}
    wrong = have - wanted
    return Verdict(
        field,
        right=len(wanted & have),
        wrong=len(wrong),
        missed=len(wanted - have),
        invented=len(wrong) if not wanted else 0,
        abstained=int(not wanted and not have),
        expected=sorted(wanted - have) or want,
        found=sorted(wrong) or found,
    )


def credits_of(want: list[dict[str, Any]], have: dict[str, Any], *, optional: bool) -> Iterator[Verdict]:
    """Verdicts of credits by role; people found in prose beyond the label are neither right nor wrong."""
    proof = have.get("evidence") or {}
    prose = set()
    found: dict[str, set[str]] = {}
    for index, credit in enumerate(have.get("credits") or []):
        found.setdefault(str(credit["role"]), set()).add(fold(credit["name"]))
        if (proof.get(f"credits[{index}]") or {}).get("tier") == "prose":
            prose.add((str(credit["role"]), fold(credit["name"])))
    wanted: dict[str, set[str]] = {}
    for credit in want:
        wanted.setdefault(str(credit["role"]), set()).add(fold(credit["name"]))
    for role in sorted(found.keys() | wanted.keys()):
        expected, got = wanted.get(role, set()), found.get(role, set())
        wrong = {name for name in got - expected if (role, name) not in prose}
        missed = set() if optional else expected - got
        yield Verdict(
            f"credits.{role}",
            right=len(expected & got),
            wrong=0 if optional else len(wrong),
            missed=len(missed),
            invented=len(wrong) if not want and not optional else 0,
            expected=sorted(missed) or None,
            found=sorted(wrong) or None,
        )
