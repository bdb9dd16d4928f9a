"""`evaluate pages`: per-field precision, recall and invented values over labelled pages, worst pages first."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aggregator.errors import UsageError
from aggregator.evaluate.compare import Verdict, compare_page
from aggregator.evaluate.labels import LabelledPage, labelled_pages


@dataclass(slots=True)
class FieldScore:
    """Weighted counts of one field."""

    right: float = 0
    wrong: float = 0
    missed: float = 0
    invented: float = 0
    pages: int = 0
    """Number of labels that state a value."""

    def add(self, verdict: Verdict, weight: float) -> None:
        """Count one verdict."""
        self.right += verdict.right * weight
        self.wrong += verdict.wrong * weight
        self.missed += verdict.missed * weight
        self.invented += verdict.invented * weight
        self.pages += int(bool(verdict.right or verdict.missed))

    @property
    def precision(self) -> float | None:
        """Share of the given values that are right; None when none was given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of the stated values that were found; None when none is stated."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    def to_dict(self) -> dict[str, Any]:
        """Figures for --json."""
        figures = {key: round(getattr(self, key), 2) for key in ("right", "wrong", "missed", "invented")}
        ratios = {"precision": self.precision, "recall": self.recall}
        return {
            **{k: None if v is None else round(v, 4) for k, v in ratios.items()},
            **figures,
            "pages": self.pages,
        }


@dataclass(slots=True)
class PagesReport:
    """What `evaluate pages` found; `faults` holds (page, verdicts that are not right)."""

    fields: dict[str, FieldScore] = field(default_factory=dict)
    faults: list[tuple[str, list[Verdict]]] = field(default_factory=list)
    pages: int = 0
    crashes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The report for --json."""
        return {
            "pages": self.pages,
            "fields": {name: score.to_dict() for name, score in sorted(self.fields.items())},
            "worst": [
                {
                    "page": page,
                    "faults": [
                        {"field": v.field, "expected": v.expected, "found": v.found, "invented": v.invented}
                        for v in verdicts
                    ],
                }
                for page, verdicts in self.faults
            ],
            "crashes": self.crashes,
        }


def evaluate_pages(
    folder: Path, parse: Callable[[LabelledPage], dict[str, Any]], half: str | None = None
) -> PagesReport:
    """Parse every labelled page below `folder` with `parse` and compare.

    `parse` gives a ParsedPage as a dict; a page it raises on counts as all missed and as a crash, and so does one
    that it gave up (a problem `crash`).
    """
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; name a folder of labelled pages")
    report = PagesReport()
    for page in labelled_pages(folder, half):
        try:
            parsed = parse(page)
        except Exception as error:  # noqa: BLE001 - one broken page must not hide the figures of the others
            report.crashes.append(f"{page.name}: {type(error).__name__}: {error}")
            parsed = {}
        given_up = (problem for problem in parsed.get("problems", ()) if problem["code"] == "crash")
        report.crashes.extend(f"{page.name}: {problem['message']}" for problem in given_up)
        report.pages += 1
        faults = []
        for verdict in compare_page(page.expected, parsed):
            report.fields.setdefault(verdict.field, FieldScore()).add(verdict, page.weight)
            if verdict.wrong or verdict.missed:
                faults.append(verdict)
        if faults:
            report.faults.append((page.name, faults))
    report.faults.sort(key=lambda item: (-sum(3 * v.invented + 2 * v.wrong + v.missed for v in item[1]), item[0]))
    return report


def check_floors(report: PagesReport, floors: Path) -> list[str]:
    """One line for every figure below its floor; the file is {field: {precision, recall, invented}}."""
    try:
        wanted = json.loads(floors.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{floors}: not readable as JSON ({error}); name a floors file") from error
    broken = [f"{crash} (no floor allows a crash)" for crash in report.crashes]
    for name, limits in wanted.items():
        score = report.fields.get(name, FieldScore())
        for figure in ("precision", "recall"):
            value = getattr(score, figure)
            if figure in limits and (value is None or value < limits[figure]):
                broken.append(f"{name}: {figure} {0 if value is None else value:.3f} is below {limits[figure]}")
        if "invented" in limits and score.invented > limits["invented"]:
            broken.append(f"{name}: {score.invented:g} invented values, at most {limits['invented']} allowed")
    return broken
