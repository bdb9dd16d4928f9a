"""`evaluate films`: pairs of film records with what a person says of them against our verdict, the worst first."""

import csv
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.errors import UnreadableInputError, UsageError
from aggregator.resolve.compare import Comparison, compare
from aggregator.resolve.facts import FilmFacts, facts

SIDES = ("left_", "right_")
REAL_RATES = {"year": 0.69, "directors": 0.62, "cast": 0.86, "runtime": 0.95}
"""Share of critics' own review pages (of 79 looked at) that do not state a field; for --hide without rates."""

FAULTS = ("wrong match", "wrongly parted", "open answered", "missed")
"""Worst first: two films made one; one film kept apart for good; an answer nobody can give; left open."""

_COLUMNS = {"year": "year", "directors": "directors", "cast": "cast", "runtime": "runtime_minutes"}
_TRUTHS = {"1": True, "0": False, "?": None}


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the file: two records as columns without their side, and whether they are one film (null: open)."""

    place: int
    case: str
    sides: tuple[Mapping[str, str], Mapping[str, str]]
    same: bool | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair, perhaps with fields hidden, and our verdict."""

    pair: Pair
    shown: tuple[Mapping[str, str], Mapping[str, str]]
    found: Comparison

    @property
    def fault(self) -> str | None:
        """What is wrong with the verdict; null when nothing is."""
        same, verdict = self.pair.same, self.found.verdict
        if same is None:
            return "open answered" if verdict == "match" else None
        if same:
            return {"match": None, "distinct": "wrongly parted", "undecided": "missed"}[verdict]
        return "wrong match" if verdict == "match" else None

    def to_dict(self) -> dict[str, Any]:
        """The pair for --json."""
        return {
            "fault": self.fault,
            "case": self.pair.case,
            "verdict": self.found.verdict,
            "reasons": list(self.found.reasons),
            "left": {key: value for key, value in self.shown[0].items() if value},
            "right": {key: value for key, value in self.shown[1].items() if value},
        }


@dataclass(frozen=True, slots=True)
class FilmsReport:
    """What `evaluate films` found; with fields hidden each pair is judged once a round."""

    pairs: int
    rows: tuple[Judged, ...]

    @property
    def faults(self) -> list[Judged]:
        """Verdicts that are not as they should be, the worst first."""
        bad = [row for row in self.rows if row.fault]
        return sorted(bad, key=lambda row: (FAULTS.index(row.fault or ""), row.pair.place))

    def lines(self) -> list[str]:
        """The report as plain text, a line each."""
        figures = self.to_dict()
        lines = [f"{name:16}{figures[name]!s:>8}" for name in figures if name != "worst"]
        for row in figures["worst"]:
            lines.append(f"\n{row['fault']}: {row['case'] or 'pair'} ({row['verdict']}: {' '.join(row['reasons'])})")
            lines += [f"  {' | '.join(row[side].values())}" for side in ("left", "right")]
        return lines

    def to_dict(self) -> dict[str, Any]:
        """Precision of matches, recall of pairs that are one film, undecided and the other counts, faults."""
        faults = Counter(row.fault for row in self.rows)
        matched = sum(1 for row in self.rows if row.found.verdict == "match" and row.pair.same)
        same = sum(1 for row in self.rows if row.pair.same)
        return {
            "pairs": self.pairs,
            "judged": len(self.rows),
            "precision": _share(matched, matched + faults["wrong match"]),
            "recall": _share(matched, same),
            "matched": matched,
            "undecided": sum(1 for row in self.rows if row.found.verdict == "undecided"),
            **{name.replace(" ", "_"): faults[name] for name in FAULTS},
            "worst": [row.to_dict() for row in self.faults],
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def evaluate_films(path: Path, hide: Mapping[str, float] | None = None, *, rounds: int = 1) -> FilmsReport:
    """Judge every pair of a CSV; `hide` is the share (0..1) of records that lose a field, drawn anew each round.

    Columns: left_title, right_title, match (1, 0, or ? when nobody can tell); optional for either side: year,
    directors, cast, runtime_minutes, original_title, alternative_titles, same_as (several parted by ";"),
    published; optional `case`. The draw is the same on every machine. UsageError for a file that is not there or
    lacks a column, UnreadableInputError for a row that cannot be read.
    """
    pairs = list(_pairs(path))
    if not pairs:
        raise UsageError(f"{path}: holds no pairs; give a CSV with left_title, right_title and match")
    shown = [(pair, _hidden(pair, hide or {}, turn)) for turn in range(rounds if hide else 1) for pair in pairs]
    return FilmsReport(len(pairs), tuple(Judged(pair, sides, _verdict(path, pair, sides)) for pair, sides in shown))


def parse_hide(text: str) -> dict[str, float]:
    """Rates from "year,cast=0.5": a field without a rate has its REAL_RATES; UsageError for any other field."""
    rates = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, _, rate = part.partition("=")
        try:
            rates[name.strip()] = float(rate) if rate else REAL_RATES[name.strip()]
        except (KeyError, ValueError):
            rates[name] = -1.0
        if name.strip() not in REAL_RATES or not 0 <= rates[name.strip()] <= 1:
            raise UsageError(f"--hide {part}: write fields of {' '.join(REAL_RATES)}, with a rate from 0 to 1 or none")
    return rates


def check_floors(report: FilmsReport, floors: Path) -> list[str]:
    """One line for every share below its floor; the file is {"precision": 1.0, "recall": 0.9}."""
    figures = report.to_dict()
    try:
        limits = {name: float(least) for name, least in json.loads(floors.read_text(encoding="utf-8")).items()}
        held = {name: figures[name] or 0.0 for name in limits}
    except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise UsageError(f'{floors}: no floors of film pairs ({error}); write {{"precision": 1.0}}') from error
    return [f"{name} {held[name]:.4f} is below {least}" for name, least in limits.items() if held[name] < least]


def _pairs(path: Path) -> Iterator[Pair]:
    if not path.is_file():
        raise UsageError(f"{path}: no such file; give a CSV with left_title, right_title and match")
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        missing = {"left_title", "right_title", "match"} - set(reader.fieldnames or ())
        if missing:
            raise UsageError(f"{path}: no column {min(missing)}; pairs have left_title, right_title and match")
        for place, row in enumerate(reader):
            if row["match"] not in _TRUTHS:
                raise UnreadableInputError(f"{path}, line {reader.line_num}: match {row['match']!r}; write 1, 0 or ?")
            left, right = (_side(row, side) for side in SIDES)
            yield Pair(place, row.get("case") or "", (left, right), _TRUTHS[row["match"]])


def _side(row: Mapping[str, str | None], side: str) -> dict[str, str]:
    return {key.removeprefix(side): (value or "").strip() for key, value in row.items() if key and key.startswith(side)}


def _hidden(pair: Pair, hide: Mapping[str, float], turn: int) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Both sides with fields lost by the draw of this round."""
    left, right = (
        {**held, **{_COLUMNS[name]: "" for name, rate in hide.items() if _draw(turn, pair.place, side, name) < rate}}
        for side, held in zip(SIDES, pair.sides, strict=True)
    )
    return left, right


def _draw(*key: object) -> float:
    return random.Random("|".join(map(str, key))).random()


def _verdict(path: Path, pair: Pair, sides: Iterable[Mapping[str, str]]) -> Comparison:
    try:
        left, right = (record_facts(side) for side in sides)
    except ValueError as error:
        raise UnreadableInputError(f"{path}, pair {pair.place + 1}: {error}; mend the row") from error
    return compare(left, right)


def record_facts(record: Mapping[str, str]) -> FilmFacts:
    """Facts of a record given as text columns; ValueError for a year or runtime that is no number."""
    published = record.get("published") or ""
    return facts(
        titles=[record["title"], record.get("original_title"), *_several(record.get("alternative_titles"))],
        year=int(record["year"]) if record.get("year") else None,
        directors=_several(record.get("directors")),
        cast=_several(record.get("cast")),
        runtime=int(record["runtime_minutes"]) if record.get("runtime_minutes") else None,
        same_as=_several(record.get("same_as")),
        known_by=int(published[:4]) if published else None,
    )


def _several(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(";") if part.strip()]
