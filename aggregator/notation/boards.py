"""The boards that give age certificates, from `data/certificates.toml`; a new board or wording is added there."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from aggregator.notation.languages import alternation, fold, words

_LOOSE = re.compile(r"[\s.\-_–]")


@dataclass(frozen=True, slots=True)
class System:
    """One board's certificates; `id` is empty for codes that belong to no film board."""

    id: str
    countries: frozenset[str]
    languages: frozenset[str]
    boards: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence that means a certificate; `age` in `code` is where the number goes."""

    pattern: re.Pattern[str]
    code: str
    systems: tuple[str, ...]
    language: str | None
    label: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything the file says, ready for matching."""

    systems: tuple[System, ...]
    phrases: tuple[Phrase, ...]
    none: frozenset[str]
    weak: frozenset[str]
    no_reason: frozenset[str]
    games: frozenset[str]
    reason_start: str
    reason_system: str
    placed: re.Pattern[str]
    """A label with its country in brackets: "Cert (UK):"."""
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    codes: re.Pattern[str]
    places: re.Pattern[str]
    named: dict[str, tuple[str, ...]]
    """Board or country name (folded) -> ids of its systems."""
    name: re.Pattern[str]
    """Any of these names."""


def loose(text: str) -> str:
    """A code without space, dot and dash, in lower case: how spellings are compared."""
    return _LOOSE.sub("", text).lower()


@cache
def tables() -> Tables:
    """The tables, read once."""
    raw = tomllib.loads(files("aggregator.notation").joinpath("data/certificates.toml").read_text("utf-8"))
    systems = tuple(
        System(s["id"], frozenset(s["countries"]), frozenset(s["languages"]), tuple(s["boards"]), tuple(s["codes"]))
        for s in raw["system"]
    )
    named = _named(systems, raw["countries"])
    places = alternation(named)
    labels = alternation({*raw["lead"], *words("labels", "certificate")} | set(named))
    return Tables(
        systems=systems,
        phrases=tuple(_phrase(entry) for entry in raw["phrase"]),
        none=frozenset(raw["none"]),
        weak=frozenset(raw["weak"]),
        no_reason=frozenset(raw["no_reason"]),
        games=frozenset(raw["games"]),
        reason_start=raw["reason_start"],
        reason_system=raw["reason_system"],
        placed=re.compile(rf"({labels})\s*[(\[]\s*({places})\s*[)\]]\s*(?=[:：])"),
        lead=re.compile(rf"({labels})(?![\w+])[\s:：.\-–—|=]*"),
        trail=re.compile(rf"\s*{alternation(raw['trail'])}(?!\w)"),
        codes=_codes(systems, raw["spellings"]),
        places=re.compile(rf"\s*(?:by\s+(?:the\s+)?|[(\[]\s*|[,–-]\s*)?({places})(?!\w)\s*[)\]]?"),
        named=named,
        name=re.compile(rf"(?<!\w){places}(?!\w)"),
    )


@cache
def spellings() -> dict[str, tuple[tuple[str, str], ...]]:
    """Loose spelling -> (code, system id), in the order of the file."""
    raw = tomllib.loads(files("aggregator.notation").joinpath("data/certificates.toml").read_text("utf-8"))
    found: dict[str, list[tuple[str, str]]] = {}
    for system in tables().systems:
        for code in system.codes:
            found.setdefault(loose(code), []).append((code, system.id))
    for spelled, code in raw["spellings"].items():
        for pair in found.get(loose(code), []):
            if pair not in found.setdefault(spelled, []):
                found[spelled].append(pair)
    return {key: tuple(pairs) for key, pairs in found.items()}


def _named(systems: tuple[System, ...], countries: dict[str, str]) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    for system in systems:
        for board in system.boards:
            named[fold(board)] = (*named.get(fold(board), ()), system.id)
    for name, code in countries.items():
        named[name] = tuple(s.id for s in systems if code in s.countries and s.id)
    return named


def _phrase(entry: dict[str, Any]) -> Phrase:
    text = entry["text"].replace("{n}", r"(?P<n>\d{1,2})", 1).replace("{n}", r"(?P<m>\d{1,2})")
    tail = r"(?:\s*[,(–-]?\s*(?P<reason>avec avertissement)\)?)?"
    return Phrase(
        pattern=re.compile(rf"(?:{text}){tail}\.?"),
        code=entry["code"],
        systems=tuple(entry["systems"]),
        language=entry.get("language"),
        label=bool(entry.get("label")),
    )


def _codes(systems: tuple[System, ...], extra: dict[str, str]) -> re.Pattern[str]:
    """Any known code at the start, dashes and spaces optional; nothing that continues it may follow."""
    spelled = {code for system in systems for code in system.codes} | set(extra)
    parts = []
    for code in sorted(spelled, key=lambda c: (-len(c), c)):
        body = "".join(r"[\s\-]?" if char in "- " else re.escape(char) for char in code)
        # PG13 is also written PG-13, MA15+ also MA 15+
        parts.append(re.sub(r"(?<=[A-Za-z])(?=\d)", r"[\\s\\-]?", body))
    return re.compile(rf"({'|'.join(parts)})(?:(?=指定)|(?![\w+/%'’\-]|[.,:]\d|\.\w))", re.IGNORECASE)
