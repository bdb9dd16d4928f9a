"""Takes back values that a person has called wrong, before anything is made of them; fields are listed in FIELDS."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from aggregator.model import Review

FIELDS = frozenset(
    "film.title film.original_title film.alternative_titles film.year film.same_as published modified language outlet "
    "headline critics rating rating.value rating.best credits certificates runtime_minutes releases genres "
    "countries".split()
)
"""What may be called wrong; of a list one item."""

_LISTS = frozenset(
    "film.alternative_titles film.same_as critics credits certificates releases genres countries".split()
)


def problem_of(field: str, value: Any) -> str | None:
    """Why a value cannot stand in a field of a Review; null when it can."""
    held: Any = [value] if field in _LISTS else value
    *outer, last = field.split(".")
    data: dict[str, Any] = {"id": "x"}
    inside = data
    if outer:
        inside = data[outer[0]] = {"raw": "x", "unit": "other"} if outer[0] == "rating" else {}
    inside[last] = held
    try:
        Review.model_validate(data)
    except ValidationError as error:
        return str(error.errors()[0]["msg"])
    return None


def corrected(data: Mapping[str, Any], field: str, value: Any, instead: Any) -> dict[str, Any] | None:
    """A copy of a Review whose `field` is no longer `value` but `instead`; null when it does not hold `value`.

    The evidence of what is taken back goes with it; a new value has the decision as its evidence.
    """
    *outer, last = field.split(".")
    changed = dict(data)
    inside = changed
    if outer:
        if not data.get(outer[0]):
            return None
        inside = changed[outer[0]] = dict(data[outer[0]])
    held = inside.get(last)
    items = list(enumerate(held or [])) if field in _LISTS else [(0, held)]
    kept = [(place, item) for place, item in items if item is None or not _meant(item, value)]
    if len(kept) == len(items):
        return None
    if field in _LISTS:
        inside[last] = [item for _, item in kept] + ([] if instead is None else [_item(field, instead)])
    else:
        inside[last] = instead
    if field == "rating":
        changed["rating_status"] = "unreadable" if instead is None else "rated"
    changed["evidence"] = _moved(data, field, [place for place, _ in kept])
    if instead is not None:
        path = f"{field}[{len(kept)}]" if field in _LISTS else field
        changed["evidence"][path] = {
            "rule": "decision",
            "locator": "decisions.toml",
            "raw": str(value),
            "tier": "human",
        }
    return Review.model_validate(changed).model_dump(mode="json")


def _meant(item: Any, value: Any) -> bool:
    """Whether an item is the one that a decision names: by its keys, or by its name, code or raw text."""
    if isinstance(item, Mapping):
        if isinstance(value, Mapping):
            return all(item.get(key) == held for key, held in value.items())
        return value in [item[key] for key in ("name", "code", "raw", "date") if item.get(key)]
    return bool(item == value)


def _item(field: str, value: Any) -> Any:
    return {"role": "other", **value} if field == "credits" and isinstance(value, Mapping) else value


def _moved(data: Mapping[str, Any], field: str, kept: Sequence[int]) -> dict[str, Any]:
    """The evidence without what proved the value; the items of a list that stay have moved up."""
    place_of = {f"{field}[{old}]": f"{field}[{new}]" for new, old in enumerate(kept)} if field in _LISTS else {}
    found = {}
    for path, proof in (data.get("evidence") or {}).items():
        item, bracket, rest = path.partition("]")
        if path.startswith(f"{field}[") and bracket:
            if item + bracket in place_of:
                found[place_of[item + bracket] + rest] = proof
        elif path != field and not path.startswith(f"{field}."):
            found[path] = proof
    return found
