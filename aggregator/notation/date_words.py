"""Words that dates are written with, made ready for look-up from the `[dates]` tables of the languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from aggregator.notation.languages import Language, alternation, chosen, codes, fold

ZONES: Mapping[str, str] = MappingProxyType(
    {"z": "Z", "utc": "Z", "gmt": "Z", "est": "-05:00", "edt": "-04:00", "pst": "-08:00", "pdt": "-07:00"}
    | {"mst": "-07:00", "mdt": "-06:00", "cet": "+01:00", "cest": "+02:00", "mez": "+01:00", "mesz": "+02:00"}
    | {"jst": "+09:00", "kst": "+09:00", "msk": "+03:00"}
)
"""Zone names that mean one offset wherever they are written; CST, IST and BST mean several and are left out."""


@dataclass(frozen=True, slots=True)
class DateWords:
    """Date words of one language and English, or of all languages.

    `safe_months` are those that are hardly anything else, so that a name and a year alone make a month.
    """

    months: Mapping[str, int]
    safe_months: Mapping[str, int]
    weekdays: Mapping[str, int | None]
    before: frozenset[str]
    labels: frozenset[str]
    am: frozenset[str]
    pm: frozenset[str]
    joiners: str
    ordinals: str
    at: str
    halves: str
    clock: str
    year_word: str


def base_code(language: str | None) -> str | None:
    """ "pt" of "pt-BR" if there is a table of that language, else None."""
    code = (language or "").lower().replace("_", "-").split("-")[0]
    return code if code in codes() else None


@cache
def date_words(code: str | None) -> DateWords:
    """The date words of a language (and English, which every site may use), or of all when None."""
    languages = chosen(None if code is None else dict.fromkeys((code, "en")))
    months: dict[str, int] = {}
    safe: dict[str, int] = {}
    for language in languages:
        for number, names in enumerate(language.months, 1):
            for name in names:
                months.setdefault(name, number)
                if code is not None or len(name) > 3 or language.code == "en":
                    safe.setdefault(name, number)
    weekdays: dict[str, int | None] = {}
    for language in languages:
        for name, day in _weekdays(language).items():
            weekdays[name] = day if weekdays.get(name, day) == day else None
    am, pm = (_all(languages, key) for key in ("am", "pm"))
    return DateWords(
        months=MappingProxyType(months),
        safe_months=MappingProxyType(safe),
        weekdays=MappingProxyType(weekdays),
        before=_all(languages, "articles"),
        labels=_all(languages, "published") | _all(languages, "modified"),
        am=am,
        pm=pm,
        joiners=alternation(_all(languages, "joiners")),
        ordinals=alternation(_all(languages, "ordinals")),
        at=alternation(_all(languages, "at")),
        halves=alternation(am | pm),
        clock=alternation(_all(languages, "clock")),
        year_word=alternation(_all(languages, "year_word")),
    )


def order_of(language: str | None) -> str | None:
    """The numeric order a language fixes ("DMY" for German); None when it does not, as English."""
    code = base_code(language)
    return chosen(code)[0].order or None if code else None


def _all(languages: tuple[Language, ...], key: str) -> frozenset[str]:
    return frozenset(fold(word) for language in languages for word in language.get("dates", key))


def _weekdays(language: Language) -> dict[str, int | None]:
    """Names with their day, Monday 0: the first seven are the full ones, the others their beginnings."""
    full = language.weekdays[:7]
    days: dict[str, int | None] = {name: number for number, name in enumerate(full)}
    for name in language.weekdays[7:]:
        fits = [number for number, whole in enumerate(full) if whole.startswith(name.rstrip("."))]
        days.setdefault(name.rstrip("."), fits[0] if len(fits) == 1 else None)
    return days


WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*\.?")
