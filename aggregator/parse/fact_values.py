"""Decides whether a value fits its label, where it ends, and which of a label's meanings it has."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from aggregator.notation import Hint
from aggregator.notation.boards import tables
from aggregator.notation.certificates import parse_certificate
from aggregator.notation.countries import find_countries, is_country
from aggregator.notation.dates import find_dates, parse_date
from aggregator.notation.languages import all_languages, alternation, fold, fold_label, words
from aggregator.notation.people import is_name, parse_people
from aggregator.notation.ratings import parse_rating
from aggregator.notation.runtimes import parse_runtime
from aggregator.parse.fact_labels import table_set

YEAR = re.compile(r"(?<!\d)(?:18[89]\d|19\d\d|20\d\d)(?!\d)")
_ABBREVIATION = frozenset(
    """jr sr dr mr mrs ms st bros inc co ltd corp prof vs vol no ca feat dir prod ed sgt capt lt col gen rev mt ft u.a
    usw jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
_BEFORE_NUMBER = frozenset("hr hrs h std no nr vol ca min st ep godz tim hod ч".split())
_HARD = re.compile(r"\s*[;|｜•●]\s*|(?<=[^\W\d_.])\s*(?=[★☆✩⭐])|\s+[·/]\s+|\s+[–—]\s+|\t+|。")
_STOP = re.compile(r"\.\s+(?=[^\W_a-zß-ÿ])|\.\s*$")
_NONE = re.compile(r"^(?:n/?a|none|unknown|tb[acd]|[-–—?.]+)$", re.IGNORECASE)
UNIT = re.compile(
    r"\d\s*(?:h(?![^\W\d_])|hr|hour|min|m\b|std|stunde|uur|godz|tim|ч|мин|分|분|分鐘|分钟|['’′])", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?]\s+\S+\s+\S+\s+\S+\s+\S+")
_SCORED = re.compile(r"\d|[★☆✩⭐½*%]|^[A-F][+\-–−]?$")


def parts_of(value: str) -> list[tuple[int, int]]:
    """Spans of a value cut at its separators and full stops; the first belongs to the label, the others to nobody."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in sorted([*_HARD.finditer(value), *_stops(value)], key=lambda m: m.start()):
        if match.start() >= start:
            if _inside_brackets(value, match.start()):
                continue
            spans.append((start, match.start()))
            start = match.end()
    spans.append((start, len(value)))
    return [trimmed for span in spans if (trimmed := trim(value, *span)) is not None]


def _stops(value: str) -> Iterator[re.Match[str]]:
    for match in _STOP.finditer(value):
        before = (value[: match.start()].rsplit(None, 1) or [""])[-1].strip("(,")
        last = before.rsplit(".", 1)[-1]
        if len(last) == 1 and last.isupper() and match.end() < len(value):
            continue
        if before.lower() in _ABBREVIATION or last.lower() in _ABBREVIATION:
            continue
        if before.isdigit() and fold(re.match(r"\w*", value[match.end() :]).group()) in _months():  # type: ignore[union-attr]
            continue  # "15. Juli"
        if value[match.end() : match.end() + 1].isdigit() and before.lower() in _BEFORE_NUMBER:
            continue
        yield match


@cache
def _months() -> frozenset[str]:
    return frozenset(name for language in all_languages() for names in language.months for name in names)


def _inside_brackets(text: str, position: int) -> bool:
    before = text[:position]
    return before.count("(") > before.count(")") or before.count("（") > before.count("）")


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span without separators and white space at its ends; None when nothing is left."""
    while start < end and (text[start].isspace() or text[start] in ",;|•·–—:：/。、»~"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;|•·–—:：/。、~"):
        end -= 1
    inside = text[start:end]
    if inside.endswith(("(", "（")):
        return trim(text, start, end - 1)
    if inside.endswith((")", "]")) and inside.count(")") + inside.count("]") > inside.count("(") + inside.count("["):
        return trim(text, start, end - 1)
    if inside.startswith(("(", "[")) and inside.count("(") + inside.count("[") > inside.count(")") + inside.count("]"):
        return trim(text, start + 1, end)
    return (start, end) if end > start else None


@lru_cache(maxsize=4000)
def fits(key: str, value: str, hint: Hint) -> bool:
    """Whether a value can stand under a label of this key."""
    if not value or len(value) > 1500 or _NONE.match(value):
        return False
    if key in table_set("people"):
        return people_fit(key, value, hint)
    check = _CHECKS.get(key, _short)
    return check(value, hint)


def people_fit(key: str, value: str, hint: Hint) -> bool:
    """Whether a value names people, perhaps behind "the novel by"."""
    text = lead_in().sub("", value)
    if find_countries(text) is not None:
        return False  # "Produkcja: USA"
    if parse_people(text, hint.under(key)) is not None:
        return True
    return key in ("author", "story", "writer") and bool(in_sentence(value))


@cache
def lead_in() -> re.Pattern[str]:
    """What may stand between a people label and the names."""
    return re.compile(rf"^(?:from|on|upon)?\s*{alternation(table_set('lead_in'))}\s+", re.IGNORECASE)


def in_sentence(value: str) -> re.Match[str] | None:
    """A name behind "novel by" within a longer value ("Alex Garland, from the novel by X")."""
    return _in_sentence().search(value)


@cache
def _in_sentence() -> re.Pattern[str]:
    how = alternation(table_set("lead_in"))
    return re.compile(rf"(?:^|\W)(?P<how>{how})\s+(?P<who>\S.*)$", re.IGNORECASE)


def _runtime(value: str, hint: Hint) -> bool:
    if any(word in fold(value) for word in words("words", "reading_time")):
        return False
    return len(value) < 80 and parse_runtime(value, hint) is not None


def _certificate(value: str, hint: Hint) -> bool:
    if len(value) > 300:
        return False
    if parse_certificate(value, hint) is not None or is_unrated(value):
        return True
    pieces = certificate_pieces(value)
    return len(pieces) > 1 and all(parse_certificate(piece, hint) is not None for piece in pieces)


def certificate_pieces(value: str) -> list[str]:
    """The certificates of several countries in one value: "12A (UK) / PG-13 (US)", "UK: 15; US: R"."""
    pieces = re.split(r"\s*(?:;|\s/\s|\||,(?=\s*[A-Z]{2,4}\s*[:(])|(?<=\))\s*[,/]?\s+(?=[A-Z\d]))\s*", value)
    return [piece.strip() for piece in pieces if piece.strip()]


def is_unrated(value: str) -> bool:
    """Whether a value says that there is no certificate."""
    return re.match(r"^(?:not (?:yet )?rated|unrated|nr\b|n/a\b|no rating)", fold(value)) is not None


def _date(value: str, hint: Hint) -> bool:
    return 3 < len(value) < 200 and re.search(r"\d", value) is not None and bool(date_in(value, hint))


def date_in(value: str, hint: Hint) -> tuple[str, int, int] | None:
    """The first date of a value as (ISO, start, end), as precise as stated; a bare year counts."""
    found = find_dates(value, hint.under(None), limit=1)
    if found:
        start, end, iso = found[0]
        return iso, start, end
    if (whole := parse_date(value, hint.under(None))) is not None:
        return whole, 0, len(value)
    year = YEAR.findall(value)
    if len(year) == 1 and (match := YEAR.search(value)):
        return match.group(), match.start(), match.end()
    return None


def _year(value: str, _hint: Hint) -> bool:
    return len(YEAR.findall(value)) == 1 and len(value) <= 30


def _rating(value: str, hint: Hint) -> bool:
    if len(value) > 120 or _SENTENCE.search(value):
        return False
    return _SCORED.search(value) is not None or parse_rating(value, hint) is not None


def _short(value: str, _hint: Hint) -> bool:
    return len(value) <= 160 and not _SENTENCE.search(value) and any(char.isalnum() for char in value)


def _title(value: str, hint: Hint) -> bool:
    """What a title may be: short, and no date, which stands behind "Film" as the name of a section."""
    return _short(value, hint) and parse_date(value, hint.under(None)) is None


def _words(value: str, _hint: Hint) -> bool:
    return len(value) <= 120 and not _SENTENCE.search(value) and re.search(r"[^\W\d_]{2}", value) is not None


def _critic(value: str, _hint: Hint) -> bool:
    return len(value) <= 80 and not _SENTENCE.search(value) and re.search(r"[^\W\d_]{2}", value) is not None


def _audience(value: str, _hint: Hint) -> bool:
    return len(value) <= 160 and (re.search(r"\d", value) is not None or "★" in value)


_CHECKS = {
    "title": _title,
    "runtime": _runtime,
    "certificate": _certificate,
    "release": _date,
    "year": _year,
    "rating": _rating,
    "audience_rating": _audience,
    "critic": _critic,
    "country": _words,
    "genre": _words,
    "language": _words,
    "distributor": _words,
}


def choose_key(keys: tuple[str, ...], label: str, value: str, hint: Hint) -> str | None:
    """The meaning of an ambiguous label that its value fits; None when none does."""

    def ok(key: str) -> bool:
        return fits(key, value, hint.under(key))

    if "certificate" in keys and "rating" in keys:
        return "certificate" if _reads_as_certificate(value, hint) else ("rating" if ok("rating") else None)
    if fold_label(label) == "distribution" and "cast" in keys:
        listed = parse_people(value, hint.under("cast")) or []
        return "cast" if len(listed) > 1 else "distributor"
    return next((key for key in keys if ok(key)), None)


def _reads_as_certificate(value: str, hint: Hint) -> bool:
    """Whether the value under "Rating" is a certificate: a code with letters, never a number or a grade."""
    if is_unrated(value):
        return True
    found = parse_certificate(value, hint.under("certificate"))
    if found is None:
        several = [parse_certificate(piece, hint.under("certificate")) for piece in certificate_pieces(value)]
        return len(several) > 1 and all(one and one.systems for one in several)
    if found.code.isdigit():
        # "Rating: 15" on an English page is no score anybody gives, "Rating: 8" may well be one
        known = int(found.code) >= 12 and any(
            s.id in found.systems and hint.language in s.languages for s in tables().systems
        )
        return known or re.search(r"[^\W\d_]", value) is not None
    return len(found.code) > 1 or found.code in "RGUX" or found.reason is not None


@lru_cache(maxsize=4000)
def unlabelled(text: str, hint: Hint) -> str | None:
    """What a piece without a label is, beside labelled facts: runtime, certificate, year or cast."""
    if len(text) > 400:
        return None
    if UNIT.search(text) and len(text) <= 25 and "," not in text and fits("runtime", text, hint.under("runtime")):
        return "runtime"
    if re.fullmatch(rf"{YEAR.pattern}[年년]?(?:製作|制作|公開|作品|제작)?", text):
        return "year"
    if len(text) <= 20 and parse_certificate(text, hint) is not None and not re.fullmatch(r"\W*[A-FM]\W*", text):
        return "certificate"
    if "," in text or "、" in text or " and " in text:
        people = parse_people(text, hint.under("cast"))
        if people and len(people) >= 2 and all(is_name(p.name) and (" " in p.name or _east(p.name)) for p in people):
            return "cast"
    return None


def pieces_of(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the parts of "(2010, UK, 103 min)" between commas, brackets and slashes set apart."""
    start = 0
    for match in re.finditer(r"[,()\[\]（）、／]|\s/\s|(?<=[年分本国])/|$", text):
        if span := trim(text, start, match.start()):
            yield span
        start = match.end()


def beside_runtime(text: str, hint: Hint) -> Iterator[tuple[str, int, int]]:
    """A certificate and a runtime side by side, in brackets or between bars: "(15, 119 mins)", "15 | 137 mins"."""
    for match in _PAIR.finditer(text):
        code, length = match.group("code"), match.group("runtime")
        known = parse_certificate(code, hint.under("certificate"))
        if known is not None and fits("runtime", length, hint.under("runtime")):
            yield "certificate", *match.span("code")
            yield "runtime", *match.span("runtime")


_PAIR = re.compile(
    r"(?:^|[(\[|•·,/]\s*)(?P<code>[A-Z\d][\w+/-]{0,5})(?:\s+cert(?:ificate)?\.?)?\s*[,|•·/]\s*(?P<runtime>\d+\s*[^\W\d]{1,8}\.?(?:\s*\d+\s*[^\W\d]{1,8})?)\s*(?:$|[)\]|•·,/.])"
)


def _east(text: str) -> bool:
    return re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", text) is not None


@cache
def _between_words() -> re.Pattern[str]:
    ands = alternation(words("words", "and"))
    return re.compile(rf"\s*[,/;|•·、，／・\n]\s*|\s+-\s+|\s+{ands}\s+")


def split_words(value: str) -> list[str]:
    """A list of genres, countries or languages as its words, in order."""
    cleaned = [YEAR.sub("", piece).strip(" .()[]–—-:") for piece in _between_words().split(value)]
    return [piece for piece in dict.fromkeys(cleaned) if piece and len(piece) <= 40 and not piece.isdigit()]


def is_listed(value: str) -> bool:
    """Whether a value is made of genres and countries that the tables know."""
    found = split_words(value)
    return bool(found) and all(fold(word) in _genres() or is_country(word) for word in found)


@cache
def _genres() -> frozenset[str]:
    return words("words", "film_kind") | words("words", "genre_names")
