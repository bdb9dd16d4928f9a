"""Whether stored values still follow from the archived bytes: what the same rules read from them today."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

IGNORED = frozenset(("source", "fetched_at", "status", "versions", "copies"))
"""Keys that the crawl sets, not the page."""
GIVEN = frozenset(("decision", "history"))
"""Rules whose values no page states: a person gave them, or the source's other reviews."""
_BY_HISTORY = ("rating.best", "rating.scale_from", "rating.score", "rating.score_profile")


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored value that is not what its page yields now; `rule` is the rule that read it then, or now."""

    review_id: str
    path: str
    stored: Any
    now: Any
    rule: str | None

    def line(self) -> str:
        """The difference in one line."""
        by = f" (rule {self.rule})" if self.rule else ""
        said = f"stored {_short(self.stored)}, the archived page gives {_short(self.now)}"
        return f"{self.review_id} {self.path}: {said}{by}"


def appeared(review_id: str) -> Difference:
    """A review that its page yields now and that is not stored."""
    return Difference(review_id, "review", None, "present", None)


def differences(review_id: str, stored: dict[str, Any], now: dict[str, Any] | None) -> Iterator[Difference]:
    """Every value of a stored review that differs from the same review read again; None: it is not on the page.

    Values that a decision or the source's history gave are passed over: no page can yield them.
    """
    if now is None:
        yield Difference(review_id, "review", "present", None, None)
        return
    proof = {**(now.get("evidence") or {}), **(stored.get("evidence") or {})}
    given = tuple(_given(stored.get("evidence") or {}))
    for path, old, new in _walk(stored, now, ""):
        if _is_given(path.removeprefix("evidence."), given):
            continue
        rule = _rule(proof, path)
        yield Difference(review_id, path, old, new, rule)


def _given(evidence: dict[str, Any]) -> Iterator[str]:
    """The paths whose values, and what follows from them, are not the page's."""
    for path, proof in evidence.items():
        rule = proof.get("rule") if isinstance(proof, dict) else None
        if rule == "history":
            yield from _BY_HISTORY
        elif rule in GIVEN:
            yield path.partition("[")[0]
            if path == "rating":
                yield "rating_status"


def _is_given(path: str, given: tuple[str, ...]) -> bool:
    return any(path == own or path.startswith((f"{own}.", f"{own}[")) for own in given)


def _walk(old: Any, new: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old.keys() | new.keys():
            if path or key not in IGNORED:
                yield from _walk(old.get(key), new.get(key), f"{path}.{key}" if path else key)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _walk(one, other, f"{path}[{index}]")
    elif old != new:
        yield path, old, new


def _rule(proof: dict[str, Any], path: str) -> str | None:
    """The rule behind a path or the closest value around it."""
    while path:
        if path in proof and isinstance(proof[path], dict):
            return str(proof[path].get("rule"))
        path = path.rpartition(".")[0] if "." in path else path.rpartition("[")[0]
    return None


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
