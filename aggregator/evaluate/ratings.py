"""`evaluate ratings`: rating strings with what they say against what we read, the worst rows first."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.errors import UnreadableInputError, UsageError
from aggregator.model.review import Rating
from aggregator.notation.hint import Hint
from aggregator.notation.ratings import letter_of, parse_rating

VERDICTS = ("wrong", "missed", "open answered", "open", "abstained", "right")
"""Worst first. `abstained`: rightly silent; `open`: nobody knows, and we were silent as well."""
FAULTS = VERDICTS[:3]
_CLOSE = 1e-4


@dataclass(frozen=True, slots=True)
class Truth:
    """What a row says: `value` None when nothing is to be read, `open` when nobody knows.

    `unit` is None where the file has no such column.
    """

    text: str
    value: float | None
    best: float | None
    worst: float | None
    letter: str
    unit: str | None
    count: int
    open: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """One row with our answer and its verdict."""

    truth: Truth
    answer: Rating | None
    verdict: str

    def to_dict(self) -> dict[str, Any]:
        """The row for --json."""
        truth, answer = self.truth, self.answer
        return {
            "text": truth.text,
            "verdict": self.verdict,
            "count": truth.count,
            "expected": _wanted(truth),
            "found": answer.model_dump(exclude_none=True) if answer else None,
        }


@dataclass(frozen=True, slots=True)
class RatingsReport:
    """What `evaluate ratings` found, each string once and weighted by its count."""

    rows: tuple[Judged, ...]

    def figures(self, weighted: bool) -> dict[str, int]:
        """How many strings (or scored reviews, when weighted) fell to each verdict."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            counts[row.verdict] += row.truth.count if weighted else 1
        return {verdict: counts[verdict] for verdict in reversed(VERDICTS)}

    @property
    def faults(self) -> list[Judged]:
        """Rows that are not as they should be, the worst first, then the most frequent."""
        bad = [row for row in self.rows if row.verdict in FAULTS]
        return sorted(bad, key=lambda r: (FAULTS.index(r.verdict), -r.truth.count, r.truth.text))

    def to_dict(self) -> dict[str, Any]:
        """The report for --json."""
        return {
            "strings": {"n": len(self.rows), **_shares(self.figures(False))},
            "weighted": {"n": sum(r.truth.count for r in self.rows), **_shares(self.figures(True))},
            "worst": [row.to_dict() for row in self.faults],
        }

    def lines(self) -> list[str]:
        """The report as plain text, a line each."""
        strings, weighted = self.figures(False), self.figures(True)
        lines = [f"{'':14} {'strings':>8} {'weighted':>9}"]
        lines += [f"{verdict:14} {strings[verdict]:8} {weighted[verdict]:9}" for verdict in strings]
        lines.append(f"{'all':14} {len(self.rows):8} {sum(weighted.values()):9}")
        for row in self.faults:
            said, read = _wanted(row.truth), _read(row.answer)
            lines.append(f"{row.verdict}: {row.truth.text!r} x{row.truth.count}: says {said}, read {read}")
        return lines


def evaluate_ratings(path: Path) -> RatingsReport:
    """Read every string of a TSV as the content of a rating field and compare it with its row.

    Columns: `rating` or `text`, `value`, `best`; optional `letter`, `worst`, `unit`, `count`, and `hint` (empty:
    the string stands alone, with no rating label). `?` as value means open. UsageError for a file that is not
    there or lacks a column, UnreadableInputError for a figure that is none.
    """
    return RatingsReport(tuple(_judge(truth) for truth in _truths(path)))


def _truths(path: Path) -> Iterable[Truth]:
    if not path.is_file():
        raise UsageError(f"{path}: no such file; give a TSV with columns rating (or text), value, best")
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        columns = set(reader.fieldnames or ())
        missing = {"value", "best"} - columns | (set() if columns & {"rating", "text"} else {"rating"})
        if missing:
            there = " ".join(sorted(columns))
            raise UsageError(f"{path}: no column {' or '.join(sorted(missing))}; the columns are {there}")
        for row in reader:
            try:
                yield _truth({key: value or "" for key, value in row.items() if isinstance(key, str)})
            except ValueError as error:
                raise UnreadableInputError(f"{path}, line {reader.line_num}: {error}; mend the row") from None


def _truth(row: Mapping[str, str]) -> Truth:
    def number(key: str) -> float | None:
        cell = row.get(key, "").strip()
        return float(cell) if cell not in ("", "?") else None

    return Truth(
        text=row["rating"] if "rating" in row else row["text"],
        value=number("value"),
        best=number("best"),
        worst=number("worst"),
        letter=row.get("letter", "").strip(),
        unit=row.get("unit"),
        count=int(row.get("count") or 1),
        open=row["value"].strip() == "?",
        known=row.get("hint", "rating") != "",
    )


def _judge(truth: Truth) -> Judged:
    answer = parse_rating(truth.text, Hint(label="rating") if truth.known else None)
    return Judged(truth, answer, _verdict(truth, answer))


def _verdict(truth: Truth, answer: Rating | None) -> str:
    grade = letter_of(answer) if answer else None
    value = answer.value if answer else None
    if truth.open:
        return "open" if value is None and grade is None else "open answered"
    if truth.letter:
        return "missed" if answer is None else "right" if grade == truth.letter else "wrong"
    if truth.value is None:
        return _silent(truth, answer, value is not None or grade is not None)
    if truth.best is not None and truth.value > truth.best:
        return "abstained" if value is None and grade is None else "wrong"
    if answer is None or (value is None and grade is None):
        return "missed"
    if value is None or abs(value - truth.value) > _CLOSE or (truth.unit and answer.unit != truth.unit):
        return "wrong"
    return _ends(truth, answer)


def _silent(truth: Truth, answer: Rating | None, answered: bool) -> str:
    """A row without a value: a sign of some unit where the file says so, else nothing to read."""
    if not truth.unit:
        nothing = answer is None if truth.unit is not None else not answered
        return "abstained" if nothing else "wrong"
    if answer is None:
        return "missed"
    return _ends(truth, answer) if answer.unit == truth.unit and not answered else "wrong"


def _ends(truth: Truth, answer: Rating) -> str:
    """Right when the scale is the stated one; a scale nobody stated is wrong, one not seen is missed."""
    ends = [(truth.best, answer.best)] + ([(truth.worst, answer.worst)] if truth.unit is not None else [])
    if all(want == found for want, found in ends):
        return "right"
    return "missed" if all(found is None or want == found for want, found in ends) else "wrong"


def _shares(figures: dict[str, int]) -> dict[str, Any]:
    """The figures with precision (of what was answered) and recall (of what was to be read)."""
    right, wrong, missed = figures["right"], figures["wrong"], figures["missed"]
    return {
        **figures,
        "precision": round(right / (right + wrong), 4) if right + wrong else None,
        "recall": round(right / (right + wrong + missed), 4) if right + wrong + missed else None,
    }


def _wanted(truth: Truth) -> str:
    return "?" if truth.open else truth.letter or _of(truth.value, truth.best)


def _read(answer: Rating | None) -> str:
    return "nothing" if answer is None else f"{letter_of(answer) or _of(answer.value, answer.best)} {answer.unit}"


def _of(value: float | None, best: float | None) -> str:
    shown = "no value" if value is None else f"{value:g}"
    return shown if best is None else f"{shown} of {best:g}"
