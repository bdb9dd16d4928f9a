"""What titles are as words: the key two spellings share, how a text mentions one, what is no title at all."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import unquote, urlsplit

from aggregator.notation.countries import is_country
from aggregator.notation.languages import all_languages, alternation, fold, label_roles, words
from aggregator.notation.titles import fold_title

_SLUG_EXTENSION = re.compile(r"\.(html?|php|aspx?|shtml)$")


def key(title: str) -> str:
    """The form in which titles support each other."""
    return fold_title(title)


@cache
def general_words() -> frozenset[str]:
    """Words that stand in bold or quotes everywhere and name no film: MOVIE, Review, Director."""
    kinds = ("film", "review", "about", "related")
    return frozenset(word for kind in kinds for word in words("words", kind)) | frozenset(label_roles())


def like_title(text: str) -> bool:
    """Whether a phrase can be a title: short, and written as a name."""
    if fold(text) in general_words():
        return False
    parts = text.split()
    return len(parts) <= 10 and (text[0].isupper() or text[0].isdigit() or ord(text[0]) > 0x2E80 or text == "xXx")


def is_day(text: str) -> bool:
    """Whether a text is the name of a day or month, as headings of diaries are."""
    return fold(text) in _days()


_DAY = re.compile(
    r"(?:\w+,?\s+)?(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?P<month>[^\W\d]{3,10})\.?|(?P<month2>[^\W\d]{3,10})\.?\s+\d{1,2}(?:st|nd|rd|th)?)"
    r"(?:,?\s+\d{4})?\s*[:–—-]\s+"
)


def behind_day(text: str) -> int:
    """Where a line goes on behind the day that opens it ("3 March: Heat"); 0 when none does."""
    day = _DAY.match(text)
    return day.end() if day and is_day(day["month"] or day["month2"]) else 0


@cache
def _days() -> frozenset[str]:
    return frozenset(
        word for lang in all_languages() for names in (*lang.months, lang.weekdays) for word in names if len(word) > 2
    )


def is_kind(text: str, language: str | None) -> bool:
    """Whether a text says what kind of film it is, where it was made or who directed it, and so names none."""
    folded = fold(text)
    return _kinds(language).fullmatch(folded) is not None or is_country(text)


@cache
def _kinds(language: str | None) -> re.Pattern[str]:
    used = {language or "en", "en"}
    kinds = alternation(words("words", "film_kind", used) | words("words", "genre_names", used))
    directed = alternation(words("labels", "director", used) | words("prose", "director", used))
    return re.compile(
        rf"(?:[\w-]+\s)?{kinds}(?:[\s-]{kinds})?(?:\s{alternation(words('words', 'film', used))})?|{directed}\b.*"
    )


def is_sentence(text: str) -> bool:
    """Five words or more, most of them small: a sentence about a film, not its title."""
    parts = [part for part in text.split() if part[0].isalpha()]
    return len(parts) >= 5 and sum(part[0].islower() for part in parts) > len(parts) / 2


def script_of(text: str) -> str:
    """Latin, east or other, by the first letter that tells."""
    for char in text:
        if char.isalpha():
            return "latin" if char < "\u0250" else "east" if char > "\u2e80" else "other"
    return "latin"


def mentions(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Spans of `text` that name this title: whole words, one kind of apostrophe, declined endings in Russian.

    A shouted headline ("AMERICAN PSYCHO") is found in any case.
    """
    text, name = _plain(text), " ".join(_plain(name).split())
    if name.isupper() and len(name) > 4:
        text, name = text.lower(), name.lower()
    elif name[:1].islower() and len(name) > 2:
        # "mother!" opens a sentence with a capital
        yield from mentions(name[0].upper() + name[1:], text)
    stem = _stem(name)
    start = text.find(stem)
    while start >= 0:
        end = start + len(stem)
        if _declines(name):
            end = _DECLINED.match(text, end).end()  # type: ignore[union-attr]
        if not _continues(text, start - 1) and not _continues(text, end):
            yield start, end
        start = text.find(stem, start + 1)


@lru_cache(maxsize=64)
def _plain(text: str) -> str:
    """The text with one kind of apostrophe."""
    return text.replace("’", "'").replace("‘", "'")


_DECLINED = re.compile(r"[а-яё]{0,3}")


def _continues(text: str, at: int) -> bool:
    """Whether the sign at `at` makes what stands beside it part of a longer word; East Asian scripts part no words."""
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_") and not "\u3040" <= text[at] <= "\ud7a3"


def _declines(name: str) -> bool:
    """Whether a title's last word may end otherwise in running text: Russian titles are declined."""
    return len(name) > 4 and "а" <= name[-1].lower() <= "я"


def _stem(name: str) -> str:
    """A title without the vowel that its last word loses when it is declined."""
    return name[:-2] if _declines(name) and name[-1].lower() in "аеиоуыьюяй" else name


def slug_of(url: str | None) -> str:
    """The last telling part of an address, letters and dashes."""
    path = unquote(urlsplit(url or "").path).rstrip("/")
    parts = [_SLUG_EXTENSION.sub("", part).lower() for part in path.split("/") if part]
    words = [part for part in parts if re.search(r"[^\W\d_]", part)]
    return re.sub(r"[^\w]+", "-", words[-1]) if words else ""
