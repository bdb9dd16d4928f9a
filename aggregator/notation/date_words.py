"""Words that dates are written with, made ready for look-up from the `[dates]` tables of the languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from aggregator.notation.languages import Language, alternation, chosen, codes, fold, words


@dataclass(frozen=True, slots=True)
class DateWords:
    """Date words for pages of one language, or of any.

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
    """The date words of a language and English first, then of the others: blogs keep foreign date formats."""
    near = spoken(code)
    wide = near + tuple(language for language in chosen() if language not in near)
    pm = _all(near, "pm")
    return DateWords(
        months=_months(wide, near),
        sure_months=_sure_months(near, code),
        weekdays=_weekdays(wide, ("en", code or "en")),
        before=_all(wide, "articles"),
        leads=_all(wide, "published") | _all(wide, "modified"),
        pm=pm,
        joiners=alternation(_all(wide, "joiners")),
        ordinals=alternation(_all(wide, "ordinals")),
        at=alternation(_all(wide, "at")),
        halves=alternation(_all(near, "am") | pm),
        clock=alternation(_all(wide, "clock")),
        year_word=alternation(_all(wide, "year_word")),
        until=alternation(_all(wide, "until") | words("words", "and")),
    )


def _all(languages: tuple[Language, ...], key: str) -> frozenset[str]:
    return frozenset(fold(word) for language in languages for word in language.get("dates", key))


def _months(wide: tuple[Language, ...], near: tuple[Language, ...]) -> Mapping[str, int]:
    """Month names with their number; short ones of other languages are everyday words of this one ("out")."""
    months: dict[str, int] = {}
    for language in wide:
        for number, names in enumerate(language.months, 1):
            for name in names:
                if language in near or len(name) > 3:
                    months.setdefault(name, number)
    return MappingProxyType(months)


def _sure_months(near: tuple[Language, ...], code: str | None) -> Mapping[str, int]:
    """The names that make a month with a year alone: all of a known language, else the English and long ones."""
    sure: dict[str, int] = {}
    for language in near:
        for number, names in enumerate(language.months, 1):
            for name in names:
                if code is not None or language.code == "en" or len(name) > 4:
                    sure.setdefault(name, number)
    return MappingProxyType(sure)


def _weekdays(wide: tuple[Language, ...], sure: tuple[str, ...]) -> Mapping[str, int | None]:
    """Names of days with their number, Monday 0; None for one that is several days.

    Short names count in the `sure` languages only: Swedish "on" is Wednesday.
    """
    days: dict[str, int | None] = {}
    for language in wide:
        for name, day in _weekdays_of(language).items():
            if language.code in sure or len(name) > 3 or name > "\u3000":
                days[name] = day if days.get(name, day) == day else None
    return MappingProxyType(days)


def _weekdays_of(language: Language) -> dict[str, int | None]:
    """The first seven names of a table are the full ones from Monday on, the others their beginnings."""
    full = language.weekdays[:7]
    days: dict[str, int | None] = {name: number for number, name in enumerate(full)}
    for name in (word.strip("()（）.") for word in language.weekdays[7:]):
        fits = [number for number, whole in enumerate(full) if whole.startswith(name)]
        days.setdefault(name, fits[0] if len(fits) == 1 else None)
    return days
