"""Words that dates are written with, made ready for look-up from the `[dates]` tables of the languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from aggregator.notation.languages import Language, alternation, chosen, codes, fold


@dataclass(frozen=True, slots=True)
class DateWords:
    """Date words of one language and English, or of all languages.

    `sure_months` are those that are hardly anything else, so that a name and a year alone make a month. `before`
    may stand between a weekday or label and the date, `leads` are whole labels ("posted on"). The strings are
    regex alternations.
    """

    months: Mapping[str, int]
    sure_months: Mapping[str, int]
    weekdays: Mapping[str, int | None]
    before: frozenset[str]
    leads: frozenset[str]
    pm: frozenset[str]
    joiners: str
    ordinals: str
    at: str
    halves: str
    clock: str
    year_word: str
    until: str


def base_code(language: str | None) -> str | None:
    """The code without its region ("pt" of "pt-BR") if there is a table of that language, else None."""
    code = (language or "").lower().replace("_", "-").split("-")[0]
    return code if code in codes() else None


@cache
def spoken(code: str | None) -> tuple[Language, ...]:
    """The languages a date may be in: the given one and English, which every site may use; all when None."""
    return chosen(None if code is None else dict.fromkeys((code, "en")))


def order_of(language: str | None) -> str | None:
    """The numeric order a language fixes ("DMY" for German); None when it does not, as English."""
    code = base_code(language)
    return (chosen(code)[0].order or None) if code else None


@cache
def date_words(code: str | None) -> DateWords:
    """The date words of a language and English, or of all when None."""
    languages = spoken(code)
    months, sure = _months(languages, code)
    pm = _all(languages, "pm")
    return DateWords(
        months=months,
        sure_months=sure,
        weekdays=_weekdays(languages),
        before=_all(languages, "articles"),
        leads=_all(languages, "published") | _all(languages, "modified"),
        pm=pm,
        joiners=alternation(_all(languages, "joiners")),
        ordinals=alternation(_all(languages, "ordinals")),
        at=alternation(_all(languages, "at")),
        halves=alternation(_all(languages, "am") | pm),
        clock=alternation(_all(languages, "clock")),
        year_word=alternation(_all(languages, "year_word")),
        until=alternation(_all(languages, "until")),
    )


def _all(languages: tuple[Language, ...], key: str) -> frozenset[str]:
    return frozenset(fold(word) for language in languages for word in language.get("dates", key))


def _months(languages: tuple[Language, ...], code: str | None) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """All month names, and the sure ones: without a known language short foreign names are everyday words."""
    months: dict[str, int] = {}
    sure: dict[str, int] = {}
    for language in languages:
        for number, names in enumerate(language.months, 1):
            for name in names:
                months.setdefault(name, number)
                if code is not None or language.code == "en" or len(name) > 4:
                    sure.setdefault(name, number)
    return MappingProxyType(months), MappingProxyType(sure)


def _weekdays(languages: tuple[Language, ...]) -> Mapping[str, int | None]:
    """Names of days with their number, Monday 0; None for one that is several days."""
    days: dict[str, int | None] = {}
    for language in languages:
        for name, day in _weekdays_of(language).items():
            days[name] = day if days.get(name, day) == day else None
    return MappingProxyType(days)


def _weekdays_of(language: Language) -> dict[str, int | None]:
    """The first seven names of a table are the full ones from Monday on, the others their beginnings."""
    full = language.weekdays[:7]
    days: dict[str, int | None] = {name: number for number, name in enumerate(full)}
    for name in language.weekdays[7:]:
        fits = [number for number, whole in enumerate(full) if whole.startswith(name.rstrip("."))]
        days.setdefault(name.rstrip("."), fits[0] if len(fits) == 1 else None)
    return days
