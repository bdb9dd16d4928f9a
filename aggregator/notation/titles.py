"""The film's title in a headline or under a label, with its year; words around titles are data/titles.toml."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from aggregator.notation.headline import (
    SEPARATOR,
    YEAR,
    cut_capitals,
    cut_kicker,
    cut_number,
    cut_review,
    cut_trailing_date,
    cut_trailing_number,
    is_festival,
    is_of_a_month,
    is_review_word,
    is_sentence,
    review_words,
    table,
)
from aggregator.notation.hint import Hint
from aggregator.notation.languages import all_languages, alternation, fold, words
from aggregator.notation.people import is_name
from aggregator.notation.ratings.rows import row_signs

LONGEST = 300
"""Characters a headline may have."""
_URL = re.compile(r"https?://|^www\.|^\S+@\S+$")
_EMPTY = re.compile(r"[\s|｜–—\-:·•.,;/»\"'_]*|@\w+")
"""No title: signs alone, and the name of an account."""
_SPACE = re.compile(r"\s+")
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_PICTURES = re.compile("^[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\\s]+|[\U0001f000-\U0001faff\\s]+$")
_BRACKET = re.compile(r"\s*[(\[（［【]([^()\[\]（）［］【】]{1,120})[)\]）］】]")
_HAS_YEAR = re.compile(rf"{YEAR}")
_RANGE = re.compile(r"\d{4}\s*[-–—]\s*\d{4}|\d{1,2}\.\d{1,2}\.")
_SIGNS = row_signs().replace(r"\*", "")
_SCORE = re.compile(
    rf"(?:{SEPARATOR}|,\s+|\s+(?=[★*]|[{_SIGNS}]\ufe0f?[{_SIGNS}]))(?:\d+(?:[.,]\d+)?\s*/\s*\d+(?:\s*stars)?|[{_SIGNS}½\ufe0f]+|\*{{1,5}}(?:\s?1/2|½)?|\*(?:\s\*){{1,4}}(?:\s?(?:1/2|½))?"
    r"|\d(?:[.,½]\d?)?\s*stars?|[A-DF][+-])\s*$",
    re.IGNORECASE,
)
_DOUBLE = ("『』", "《》", "«»", "“”", "„“", "„”", '""', "「」", "»«")
_THICK = "【】"
_ANGLE = ("<>", "〈〉", "＜＞", "‹›")
_OPENS = re.compile(r"(?<![\w’'])['‘‚](?=\S)")
_CLOSES = re.compile(r"(?<=\S)['’‘](?![\w’'])")
_FOLDED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_ACCENT = re.compile("[\u0300-\u036f]")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as written and how sure it is.

    `style` is "label" (stood under a label), "quoted" or "brackets" (marked as a title), "year" (a year in brackets
    behind it), "review_word" (beside "Review" and its kin) or "plain": then it is the whole line, and only the
    caller can know whether that is a title. `subtitle` is the headline's own tagline, no part of the title.
    """

    title: str
    year: int | None = None
    original_title: str | None = None
    subtitle: str | None = None
    style: str = "plain"


@lru_cache(maxsize=2048)
def parse_title(text: str, hint: Hint | None = None) -> Title | None:
    """The title in a headline, or under a label with `hint.label == "title"`; None when there is none.

    A year counts only in brackets, behind a bar, or as "X, 2010, dir. …": "1917" and "Blade Runner 2049" are titles.
    Raises nothing.
    """
    hint = hint or Hint()
    line = _SPACE.sub(" ", _MARKS.sub("", unicodedata.normalize("NFC", text[: 2 * LONGEST]))).strip()
    line = _PICTURES.sub("", line).strip()
    if not line or len(line) > LONGEST or _URL.search(line) or _EMPTY.fullmatch(line) or is_review_word(line):
        return None
    line = cut_trailing_number(_SCORE.sub("", cut_number(cut_trailing_date(line))).strip())
    cut = cut_review(_without_noise(_year_behind().sub(r"\1 \3 \2", line)))
    kicked = None if cut.review or hint.label == "title" else cut_kicker(line)
    if kicked and not _goes_on(line, kicked):
        cut = replace(cut_review(kicked), review=True)
    body = cut_capitals(_SCORE.sub("", cut.text).strip())
    body = _EASTERN_FILM.sub("", body) if cut.review else body
    body, year, original = _take_year(body, hint)
    body, original = _take_original(body, hint, original, told=cut.review)
    body, year = _take_bar_year(body, year)
    if (cut.review or year) and (made := _by_somebody().match(body)) and is_name(made["who"]):
        body = made["title"]
    style = "review_word" if cut.review else "year" if year else "plain"
    if marked := _marked(body, told=cut.review or bool(year) or hint.label == "title"):
        body, style = marked
    elif cut.review and (named := _within_sentence(body)):
        body, style = named, "quoted"
    title = _tidy(body)
    if _EMPTY.fullmatch(title) or is_review_word(title) or (kicked and is_of_a_month(title)):
        return None
    if style == "review_word" and not year and is_sentence(title):
        return Title(_tidy(line), style="plain")
    if hint.label == "title":
        style = "label"
    return Title(title, year, original, cut.tagline, style)


def _goes_on(line: str, rest: str) -> bool:
    """Whether what stands behind a lead-in only goes on with its sentence: "Watching lately"."""
    lead = line[: line.rfind(rest)].rstrip()
    bare = lead[-1:].isalpha() and rest.islower() and line[0].isupper()
    return bare and not cut_review(rest).review


@lru_cache(maxsize=4096)
def fold_title(text: str) -> str:
    """The key under which two spellings of a title are equal: case, accents, "&" and punctuation folded."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(_FOLDED).replace("&", " and ")
    folded = re.sub(r"(?<=\w)['’`´](?=\w)", "", folded)
    # accents go; the marks that make ガ of カ stay
    letters = (char for char in folded if not _ACCENT.match(char))
    bare = "".join(char if char.isalnum() or char in "\u3099\u309a" else " " for char in letters)
    recomposed = unicodedata.normalize("NFC", " ".join(bare.split()))
    return recomposed or " ".join(text.casefold().split())


def _take_year(text: str, hint: Hint) -> tuple[str, int | None, str | None]:
    """Text before the bracket that holds a year, that year, and an original title in the same bracket."""
    found = [m for m in _BRACKET.finditer(text) if _HAS_YEAR.search(m.group(1)) and not _RANGE.search(m.group(1))]
    if len(found) != 1 or not text[: found[0].start()].strip():
        return text, None, None
    match = found[0]
    inside = match.group(1)
    parts = [part.strip(" ,;/") for part in re.split(r"[,;/·|]|(?=\b\d{4}\b)", inside) if part.strip(" ,;/")]
    years = [part for part in parts if re.fullmatch(rf"{YEAR}\s*(?:[年년]|film|movie)?", part)]
    others = [part for part in parts if part not in years]
    if len(years) != 1 or any(not belongs(part) for part in others):
        return text, None, None
    original = next((part for part in others if _is_original(part, hint)), None)
    before = text[: match.start()].strip()
    return before, int(years[0][:4]), original


def belongs(part: str) -> bool:
    """Whether a part of the bracket with the year is a name, a country or a title, not "seen in May"."""
    first = next((char for char in part if char.isalpha()), "")
    if fold(part) in table("noise") or fold(part) in _months() or is_festival(part):
        return False
    return bool(first) and (not first.islower() or fold(part).startswith(tuple(table("director"))))


def _is_original(part: str, hint: Hint) -> bool:
    """Whether "X" in "(X, 2010)" is the original title: a name would be the director's, so it must read as none."""
    folded = fold(part)
    if folded in table("countries") or folded.startswith(tuple(table("director"))) or _DIGITS.fullmatch(part):
        return False
    parts = folded.split()
    if _EAST.search(part) or any(word in table("title_words") for word in parts) or re.search(r"[!?:]", part):
        return True
    small = [word for word in part.split() if word[0].islower()]
    if len(parts) >= 3 and small:
        return True
    # one word may be a director's family name in English ("Hitchcock, 1960"); elsewhere it is the title
    return len(parts) == 1 and hint.language not in (None, "en")


_DIGITS = re.compile(r"[\d\s]+")


def _take_original(text: str, hint: Hint, original: str | None, *, told: bool) -> tuple[str, str | None]:
    """Drop brackets that are no part of the title; take "(OT: X)", and under a label "(X)".

    In a review's headline (`told`) a last "(Another Title)" goes, but nobody says which of the two is the original.
    """
    for match in reversed(list(_BRACKET.finditer(text))):
        inside = match.group(1).strip()
        named = _original_label().match(inside)
        if named:
            original = original or named.group(1).strip()
        elif not _is_noise(inside):
            whole = match.end() == len(text) and match.start() > 0
            before = text[: match.start()]
            under_label = hint.label == "title" and hint.language not in (None, "en")
            another = _titled(inside) and (under_label or (told and apart(before, inside)))
            if not (whole and (another or _in_another_script(before, inside))):
                continue
            original = original or (inside if under_label else None)
        text = f"{text[: match.start()]} {text[match.end() :]}".strip() or text
    return text, original


@cache
def _original_label() -> re.Pattern[str]:
    labels = words("labels", "original_title") | {"ot", "orig", "orig.", "original"}
    return re.compile(rf"{alternation(labels)}\s*[:：]\s*(\S.*)$", re.IGNORECASE)


def _without_noise(text: str) -> str:
    """A line without a last bracket that is about the post ("(with spoilers)"), so that the review word ends it."""
    match = re.search(r"\s*[(\[（]([^()\[\]（）]{1,60})[)\]）]$", text)
    if match is None or is_review_word(match[1]):
        return text
    before = text[: match.start()].strip()
    return before if before and (_is_noise(match[1]) or _ends_in_review().search(before)) else text


@cache
def _year_behind() -> re.Pattern[str]:
    """A title, the review word and the year behind it: "X review (2010)"."""
    return re.compile(rf"^(\S.*?)\s+({review_words()})\s*([(\[]{YEAR}[)\]])$", re.IGNORECASE)


@cache
def _ends_in_review() -> re.Pattern[str]:
    return re.compile(rf"\S\s+{review_words()}$", re.IGNORECASE)


_EASTERN_FILM = re.compile(r"^(?:영화|映画|电影|電影)\s+(?=\S)")


@cache
def _by_somebody() -> re.Pattern[str]:
    """A title and who made the film: "Suspiria, de Dario Argento"."""
    return re.compile(rf"(?P<title>\S.*?),\s+{alternation(table('by'))}\s+(?P<who>\S+\s\S.*)$")


def apart(before: str, inside: str) -> bool:
    """Whether a bracket is no part of the title as "Birdman or (…)" and "Dune (Part Two)" have one."""
    kept = table("bracket_kept")
    return fold(before).split()[-1] not in kept and fold(inside).split()[0] not in kept


_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u052f\u0590-\u06ff\u0900-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def _in_another_script(before: str, inside: str) -> bool:
    """Whether what stands in brackets says a title in another script: "ラム（Lamb）", "Parasite (기생충)"."""
    latin, other = _LATIN.search, _OTHER_SCRIPT.search
    if other(before) and not latin(before):
        return inside[:1].isupper() and latin(inside) is not None and not other(inside)
    return latin(before) is not None and not other(before) and other(inside) is not None and not latin(inside)


def _titled(text: str) -> bool:
    return len(text.split()) >= 2 and text[0].isupper() and not re.search(r"\d", text)


def _is_noise(inside: str) -> bool:
    folded = fold(inside).strip(" .!")
    if folded in table("noise") or is_review_word(inside):
        return True
    return _NOTED.fullmatch(folded) is not None or (
        _credit().match(folded) is not None and not _HAS_YEAR.search(folded)
    )


@cache
def _credit() -> re.Pattern[str]:
    """Brackets that open with who made it: "(dir. Anna Holm)"."""
    return re.compile(rf"{alternation(table('director'))}\s*[:.]?\s+[^\W\d]")


_NOTED = re.compile(
    r"[\d.,½]+\s*/\s*\d+|[★☆½⭐\s*]+|\d(?:\.\d)?\s*stars?|[a-df][+-]|seen .{3,20}"
    r"|(?:cert\.?\s*)?(?:u|pg|pg-?13|12a?|15a?|18|r|nc-?17)"
)


def _take_bar_year(text: str, year: int | None) -> tuple[str, int | None]:
    """Cut the year off "X | 2010" and "X, 2010, dir. Y"."""
    if year is not None:
        return text, year
    if match := _BAR_YEAR.match(text):
        title = match.group("title")
        if _DAY.search(title) or _SEVERAL.search(title) or not _months().isdisjoint(fold(title).split()):
            return text, None
        name, _, last = title.rpartition(",")
        return (name, None) if name and is_festival(last) else (title, int(match.group(2)))
    if match := _directed().match(text):
        return match.group("title"), int(match.group(2))
    return text, None


_BAR_YEAR = re.compile(rf"^(?P<title>.+?)(?:\s*[|｜·•]|\s+(?://|[–—/-])|[.,])\s*({YEAR})\s*(?:[|｜].*)?$")
_SEVERAL = re.compile(r"[|｜·•]|\s(?://|[–—/-])\s")
"""What parts a title from something else before the year, as a festival or the site's name."""
_DAY = re.compile(r"(?:^|[\s./])\d{1,2}(?:st|nd|rd|th|\.|º)?$")


@cache
def _months() -> frozenset[str]:
    return frozenset(word for lang in all_languages() for names in lang.months for word in names if len(word) > 2)


@cache
def _directed() -> re.Pattern[str]:
    """A title, its year and who directed it, between commas."""
    who = alternation(table("director"))
    return re.compile(rf"^(?P<title>.+?),\s*({YEAR})\s*(?:,|\()\s*{who}\s.*$", re.IGNORECASE)


_SEEN = re.compile(r"(?:を観|を見|を鑑賞|の?感想|レビュー|鑑賞|について|という映画|観てき)")
"""What says of a title in brackets that somebody has seen it."""


def _marked(text: str, *, told: bool) -> tuple[str, str] | None:
    """A title in quotes or angle brackets: at the start or end of the line, or behind the word "film"."""
    for pair in (*_DOUBLE, *_ANGLE, _THICK):
        opening, closing = pair[0], pair[1]
        start = text.find(opening)
        end = text.find(closing, start + 1)
        if start < 0 or end < 0:
            continue
        inner = text[start + 1 : end].strip(" \xa0")
        eastern = _eastern(pair, text[:start], text[end + 1 :])
        if inner and not is_sentence(inner) and (eastern or _stands_out(text[:start], text[end + 1 :], told=told)):
            return inner, "quoted" if pair in _DOUBLE else "brackets"
    return _single(text, told=told)


def _eastern(pair: str, before: str, after: str) -> bool:
    """Whether the signs of the East mark a title here, where other quotes would not."""
    first = not before.strip() or is_review_word(before)
    if pair in ("『』", "《》"):  # these hold nothing but titles of works
        return first and _EAST.match(after.lstrip(" ：:，,")) is not None
    if pair == _THICK:
        shown = fold(before) in table("film") or _SHOWN.search(before)
        return bool(shown) and not after.strip()
    return first and ((pair == "「」" and _SEEN.match(after) is not None) or _said_review().match(after) is not None)


@cache
def _said_review() -> re.Pattern[str]:
    return re.compile(rf"\s*{review_words()}", re.IGNORECASE)


_SHOWN = re.compile(r"(?:影展|映画祭|영화제)\s*$")
"""A festival, before a title in brackets."""


def _single(text: str, *, told: bool) -> tuple[str, str] | None:
    """A title in single quotes; "Ocean's" opens none, and "Angels' Brigade" closes none while one is to come."""
    opening = _OPENS.search(text)
    if opening is None:
        return None
    again = _OPENS.search(text, opening.end())
    until = again.start() if again else len(text)
    closers = [m.start() for m in _CLOSES.finditer(text, opening.end()) if m.start() < until]
    if not closers:
        return None
    inner = text[opening.end() : closers[-1]].strip()
    if inner and not is_sentence(inner) and _stands_out(text[: opening.start()], text[closers[-1] + 1 :], told=told):
        return inner, "quoted"
    return None


def _stands_out(before: str, after: str, *, told: bool) -> bool:
    if not before.strip() and (re.match(r"\s*[:,–—-]\s", after) or _is_said_of().match(after)):
        return True
    if re.search(r"\w['’]s?\s*$", before) and not after.strip(" .!"):
        return True  # "Michael Mann's 'Heat'"
    before = fold(before).strip(" :：|–—-・")
    after = fold(after).strip(" :：|–—-.!")
    film = before in table("film") or any(_EAST.search(word) and before.endswith(word) for word in table("film"))
    if not before or film:
        return told or film or not after or not re.match(r"\w", after)
    return told and not after


@cache
def _is_said_of() -> re.Pattern[str]:
    """What goes on about a title at the start: "‘X’ is a joy"."""
    return re.compile(rf"\s+{alternation(table('copula'))}\s")


_SAID_OF = re.compile(r"(?:^|\s)(?:“([^“”]{2,60})”|‘([^‘]{2,60})’|'([^']{2,60})'|\"([^\"]{2,60})\")(?=[\s,.:;!?]|$)")


def _within_sentence(text: str) -> str | None:
    """The one name in quotes within what a review's headline says: "Review: In ‘X,’ a Widow Sorts Letters"."""
    found = list(_SAID_OF.finditer(text))
    if len(found) != 1 or found[0].span() == (0, len(text)):
        return None
    name = next(inner for inner in found[0].groups() if inner).strip(" ,.;:")
    return name if name and (name[0].isupper() or name[0].isdigit()) and not is_sentence(name) else None


def _tidy(text: str) -> str:
    """A title without the signs around it; a bracket that belongs to it stays."""
    text = text.strip().strip("|｜–—:：,;/»•").strip()
    for pair in _DOUBLE:
        if text.startswith(pair[0]) and text.endswith(pair[1]) and len(text) > 2:
            text = text[1:-1].strip()
    return re.sub(r"\s+-+$|^-+\s+", "", text).strip()
