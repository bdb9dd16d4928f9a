"""The signs of `data/ratings.toml` and the languages' rating words as regex fragments; add signs and words there."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from aggregator.notation import languages
from aggregator.notation.hint import Hint

# one character for one, so that places in the clean text are places in the raw text
_CLEAN: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CLEAN |= dict.fromkeys(map(ord, "\xa0\u2002\u2003\u2009\u200a\u202f\u3000"), " ")
_CLEAN |= {ord("⁄"): "/", ord("∕"): "/", ord("−"): "-", ord("‐"): "-", ord("‑"): "-", ord("，"): ","}
_CLEAN |= dict.fromkeys(map(ord, "‘’‚ʼ´`"), "'") | dict.fromkeys(map(ord, "“”„«»"), '"')


def clean(text: str) -> str:
    """The text with full-width, spaced and curly signs made plain, every sign still at its place."""
    return text.replace("`", "'") if text.isascii() else text.translate(_CLEAN)


@cache
def data() -> Mapping[str, Any]:
    """The parsed `data/ratings.toml`."""
    raw = files("aggregator.notation").joinpath("data/ratings.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(raw))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Regex fragments (case is to be ignored) and look-ups over one choice of languages.

    Made once a choice and told apart by identity, so that patterns can be kept by it.
    """

    numbers: Mapping[str, float]
    number: str
    half: str
    star: str
    point: str
    out_of: str
    counter: str
    full_marks: str
    full_marks_first: str
    either_way: frozenset[str]
    scale: str
    scale_to: str
    half_star: str
    label: str
    critic_label: str
    audience_label: str
    give: str
    doubt: str
    star_labels: frozenset[str]
    thumbs: str
    verdicts: str
    not_units: frozenset[str]
    star_first: str
    triggers: tuple[str, ...]


def cased(word: str) -> bool:
    """Whether the word is of a script that sets its words apart (Latin, Cyrillic), so that its ends count."""
    return word[-1:].lower() != word[-1:].upper()


def bounded(texts: Iterable[str]) -> str:
    """A regex alternation of words; those of scripts with spaces match as whole words only."""
    known = {languages.fold(t) for t in texts if any(c.isalpha() or c == "〇" for c in t)}
    apart = languages.alternation(w for w in known if cased(w))
    joined = languages.alternation(w for w in known if not cased(w))
    return rf"(?:(?<![^\W\d_]){apart}(?![^\W\d_])|{joined})"


def words_for(hint: Hint | None) -> Words:
    """The words of the hinted language and English, or of all languages when none is known."""
    code = (hint.language or "").lower().replace("_", "-").split("-")[0] if hint else ""
    return _words((code, "en") if code in languages.codes() else None)


@cache
def _words(codes: tuple[str, ...] | None) -> Words:
    def of(key: str, section: str = "ratings") -> frozenset[str]:
        return languages.words(section, key, codes)

    numbers = _numbers(codes)
    return Words(
        numbers=numbers,
        number=bounded(numbers),
        half=bounded(of("half")),
        star=bounded(of("stars")),
        point=bounded(of("points")),
        out_of=bounded(of("out_of")),
        counter=bounded(of("counter")),
        full_marks=bounded(of("full_marks")),
        full_marks_first=bounded(of("full_marks_first")),
        either_way=of("full_marks") & of("out_of"),
        scale=bounded(of("scale")),
        scale_to=bounded(of("scale_to")),
        half_star=bounded(of("half_star")),
        label=bounded(_labels(codes) | of("audience_rating", "labels")),
        critic_label=bounded(_labels(codes)),
        audience_label=bounded(of("audience_rating", "labels")),
        give=bounded(of("give")),
        doubt=bounded(of("doubt")),
        star_labels=of("stars"),
        thumbs=bounded(of("thumbs_up") | of("thumbs_down")),
        verdicts=bounded(of("words")),
        not_units=_not_units(),
        star_first=bounded(w for w in of("stars") if not cased(w)),
        triggers=tuple(sorted(of("stars") | of("thumbs_up") | of("thumbs_down"))),
    )


def _numbers(codes: tuple[str, ...] | None) -> Mapping[str, float]:
    """Number words; one that means two numbers in two of the languages ("sex") is left out."""
    found: dict[str, set[float]] = {}
    for language in languages.chosen(codes):
        for word, value in language.numbers.items():
            found.setdefault(word, set()).add(value)
    return MappingProxyType({w: values.pop() for w, values in found.items() if len(values) == 1})


def _labels(codes: tuple[str, ...] | None) -> frozenset[str]:
    extra = data()["labels"]
    known = languages.words("labels", "rating", codes) | frozenset(extra["more"])
    return frozenset(map(languages.fold_label, known)) - frozenset(extra["not"])


@cache
def _not_units() -> frozenset[str]:
    """Nouns of any language that a number counts without being a rating: times, films, comments."""
    found = set(data()["units"]["not"]) | set(data()["tails"]["counts"])
    for language in languages.all_languages():
        found |= language.stopwords
        for names in language.relative.values():
            found.update(names)
        for key in ("review", "film", "tv", "comments", "reply", "reading_time", "list"):
            for phrase in language.get("words", key):
                found.update(phrase.split())
        found.update(language.get("labels", "runtime"))
    return frozenset(found)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern as ratings are read: upper and lower case are one."""
    return re.compile(pattern, re.IGNORECASE)
