"""The words around a title in a headline ("Review:", "– Film Review", "No. 12"); they are data/titles.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aggregator.notation.dates import parse_date
from aggregator.notation.languages import alternation, fold, load, words

SEPARATOR = r"(?:\s*[:：|｜┃│•»]\s*|\s*[–—‒―]\s+|\s+[–—‒―]\s*|\s+[-~]+\s+|\s*//\s*)"
YEAR = r"(?<!\d)(?:18[89]\d|19\d\d|20\d\d|2100)(?!\d)"
_OPEN, _CLOSE = r"[\[(【［（〔]", r"[\])】］）〕]"
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NUMBER = re.compile(
    r"^\s*(?:(?:#|№)\s*\d{1,5}\s*(?:[:.|–—-]\s*|\s)|(?:no|nr|n°|nº)\.?\s*\d{1,5}\s*[:.|–—-]\s*"
    r"|(?!007\b)0\d{1,5}\s*[|:.–—-]\s*|0\d{3,5}\s+|(?P<plain>\d{1,5})\s*[|｜]\s*)(?=\S)",
    re.IGNORECASE,
)
_ARTICLES = frozenset(("the", "a", "an"))
_COUNTED = r"(?:\s*(?:#|no\.?|nr\.?|n°|№)\s*\d{1,5})?"


@dataclass(frozen=True, slots=True)
class Cut:
    """A headline without the words around its title; `review` whether there were any that say review."""

    text: str
    review: bool
    tagline: str | None = None


@cache
def table(key: str) -> frozenset[str]:
    """The words under a key of data/titles.toml."""
    raw = tomllib.loads(files("aggregator.notation").joinpath("data/titles.toml").read_text("utf-8"))
    return frozenset(raw[key])


@cache
def review_words() -> str:
    """A regex fragment for "review" and its kin in every language; signs without spaces need no word border."""
    every = {word for word in table("review") | words("words", "review") if not word.startswith("the ")}
    spaced = {word for word in every if not _EAST.search(word)}
    return rf"(?:(?<!\w){alternation(spaced)}(?!\w)|{alternation(every - spaced)})"


_NAMES = r"(?-i:[^\W\da-zà-ÿа-яё][\w.'’-]*(?:\s+(?:&\s+)?[^\W\da-zà-ÿа-яё][\w.'’-]*){0,4})"
"""The one to five capitalised words that say whose review it is."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Shapes of a headline with a review word, in the order they are tried; True: what follows may be a sentence."""
    review, sep = review_words(), SEPARATOR
    east = alternation(word for word in table("review") | words("words", "review") if _EAST.search(word))
    where = rf"(?:{_festivals()}\s+)?"
    slash = r"(?:(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\s*[/／]\s*)"
    before = rf"(?:{alternation(table('before_review'))}\s+)?"
    behind = rf"(?:{_festivals()}\s+)?(?:{alternation(table('before_review') - _ARTICLES)}\s+)?"
    of = alternation(table("of"))
    glued = rf"(?={alternation(table('review'))}$)"
    kinds = alternation(word for word in table("review") | words("words", "review") if not word.startswith("the "))
    shapes = (
        (rf"^{_OPEN}\s*{where}{before}{review}\s*{_CLOSE}\s*(?:{sep})?(?P<title>\S.*)$", True),
        (rf"^{_OPEN}(?P<title>[^\])】］）〕]{{1,60}}){_CLOSE}\s*{east}(?:{sep}(?P<tail>.*))?$", False),
        # the title, and of this film a critique: "X: Kritik zur Verfilmung"
        (
            rf"^(?P<title>.*?\S)(?:{sep}|,\s+){before}{review}\s+{alternation(table('of_this'))}\s+(?P<tail>\S.*)$",
            False,
        ),
        (rf"^{before}{review}{_COUNTED}{sep}(?P<title>\S.*)$", True),
        (rf"^{before}{review}\s+{of}\s*[:：]?\s+(?P<title>\S.*)$", True),
        (rf"^(?P<title>.*\S)\s*{_OPEN}\s*{before}{review}\s*{_CLOSE}(?:{sep}(?P<tail>.*))?$", False),
        (
            rf"^(?P<title>.*?\S)(?:{sep}{behind}|\s+|(?<=[』」》〉>»”]))(?P<word>{review})(?:{sep}|{slash})(?P<tail>\S.*)$",
            False,
        ),
        (rf"^(?P<title>.*?\S)(?:{sep}{behind}|\s+|(?<=\W)|{glued})(?P<word>{review})[.!]?$", False),
        (rf"^(?P<title>.*?\S)\s+(?P<word>{review})\s+{alternation(table('whose'))}\s+{_NAMES}$", False),
        # "Review X"; in small letters what follows is what somebody reviews
        (rf"^{kinds}\s+(?-i:(?P<title>[^\Wa-zà-ÿа-яё].*))$", True),
        (rf"^{_OPEN}\s*{alternation(table('film'))}\s*{_CLOSE}\s*(?:{sep})?(?P<title>\S.*)$", True),
        (rf"^{alternation(table('film'))}(?:\s+{alternation(table('of_the_month'))})?{sep}(?P<title>\S.*)$", True),
    )
    return tuple((re.compile(shape, re.IGNORECASE), loose) for shape, loose in shapes)


def cut_number(text: str) -> str:
    """A headline without its running number ("0078 | X", "#12: X"); "1917 | Film Review" keeps its title."""
    match = _NUMBER.match(text)
    if not match:
        return text
    rest = text[match.end() :].strip()
    plain = match.group("plain")
    if plain and (re.fullmatch(YEAR, plain) or is_review_word(rest.split("|")[0])):
        return text
    return rest


_TRAILING_NUMBER = re.compile(r"\s+(?:[-–—|]\s*(?:#\s*)?0\d{1,5}|(?:[-–—|]\s*)?#\s*\d{1,5})$")


@cache
def _kickers() -> re.Pattern[str]:
    running = (
        r"(?:(?:day|week|night|film|movie|no\.?|nr\.?)\s+#?\d{1,4}"
        r"|\d{1,3}\s+(?:days|nights|weeks)\s+of\s+[\w ]{3,25}?)"
    )
    number = r"(?:\s*#?\d{1,4})?"
    kickers = rf"{alternation(table('kicker'))}{number}|{_festivals()}|{running}{number}"
    signs = rf"(?:{kickers})(?:\s*[:：|｜]\s*|\s+[–—-]\s+)"
    return re.compile(rf"^(?:{signs}|{alternation(table('lead_in'))}[:]?\s+)(?P<title>\S.*)$", re.IGNORECASE)


@cache
def _festivals() -> str:
    return rf"{alternation(table('festival'))}(?:\s*(?:(?:19|20)|['’])\d\d|\s\d\d)?"


@cache
def _festival() -> re.Pattern[str]:
    return re.compile(_festivals(), re.IGNORECASE)


def is_section(text: str) -> bool:
    """Whether a heading ends in a word for several reviews, and so names a section or a site."""
    return _section().search(text) is not None


@cache
def _section() -> re.Pattern[str]:
    return re.compile(rf"\w\s+{alternation(table('reviews'))}\W*$", re.IGNORECASE)


@cache
def _seen_behind() -> re.Pattern[str]:
    return re.compile(rf"^(?P<title>.{{2,60}}?)\s*{alternation(table('seen_behind'))}\W*$")


def is_festival(text: str) -> bool:
    """Whether a text names a festival, with or without its year, and nothing else."""
    return _festival().fullmatch(text.strip()) is not None


@cache
def _lead_outs() -> re.Pattern[str]:
    return re.compile(rf"^(?P<title>.{{2,80}}?)[\s,:–—-]+{alternation(table('lead_out'))}[.!]?$", re.IGNORECASE)


def cut_kicker(text: str) -> str | None:
    """The title in a line of a running log: "Seen: X", "Day 5: X", "Thoughts on X", "X revisited"; else None."""
    for pattern in (_kickers(), _lead_outs(), _seen_behind()):
        if found := pattern.match(text):
            title = found["title"].strip()
            return None if _small_words(title) or _pronoun().match(title) else title
    return None


@cache
def _pronoun() -> re.Pattern[str]:
    """A word for the film that does not name it, in small letters: "I finally watched it, Mum"; "It" is a film."""
    return re.compile(rf"{alternation(table('pronoun'))}(?=\s*(?:[^\w\s'’]|$))")


def cut_trailing_number(text: str) -> str:
    """A headline without the running number behind it: "Crew - 0191", "Heat #12"."""
    return _TRAILING_NUMBER.sub("", text) or text


_NUMERIC_DATE = r"(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?(?:(?:19|20)?\d\d)|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2}\.?)"
_TRAILING_DATE = re.compile(
    r"(?<=\S)(?:\s*[,;:|·]\s*|\s+[-–—]\s*|\s*(?P<open>[(\[]))"
    rf"(?P<date>{_NUMERIC_DATE}|[^,()\[\]]{{1,25}}(?:,\s\d{{4}}|\d))(?(open)[)\]])$"
)


def cut_trailing_date(text: str) -> str:
    """A headline without the day behind it, on which the film was seen: "Heat, 13.11.2017", "Heat (3 May 2011)"."""
    found = _TRAILING_DATE.search(text)
    if not found:
        return text
    said = found["date"]
    is_day = re.fullmatch(_NUMERIC_DATE, said) or len(parse_date(said) or "") >= len("2011-05-03")
    return text[: found.start()].rstrip() if is_day else text


def is_of_a_month(text: str) -> bool:
    """Whether a headline ends in a month and its year, as those of diaries do: "Watching Lately: November 2018"."""
    found = _TRAILING_DATE.search(text)
    return found is not None and len(parse_date(found["date"]) or "") == len("2018-11")


def is_review_word(text: str) -> bool:
    """Whether a text says "review" and nothing else."""
    return _review_word().fullmatch(text.strip()) is not None


@cache
def _review_word() -> re.Pattern[str]:
    before = rf"(?:{alternation(table('before_review') - {'the'})}\s+)?"
    return re.compile(rf"\W*{before}{review_words()}\W*", re.IGNORECASE)


def cut_review(text: str) -> Cut:
    """A headline without "Review:" and its kin, and what stood behind them as a tagline."""
    text = _column().sub("", text)
    for pattern, loose in _patterns():
        match = pattern.match(text)
        if match is None:
            continue
        title = match.group("title").strip()
        tail = (match.groupdict().get("tail") or "").strip() or None
        if fold(title).strip(" :-–—|'\"") in {"", *table("before_review"), *table("film")}:
            continue
        if tail and is_festival(title):
            title, tail = tail, None
        title = _article(_STOP.sub("", title), match.groupdict().get("word") or "")
        if loose:
            title, tail = cut_tagline(cut_number(title))
        if shown := _shown_at().match(title):
            title = shown["title"]
        if far := _EASTERN_TAIL.match(title):
            title, tail = far["title"], far["tail"]
        return Cut(title, review=True, tagline=tail)
    return Cut(text, review=False)


_EASTERN_TAIL = re.compile(
    r"(?P<title>[^:：]*[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af][^:：]*)\s*[:：]\s*(?P<tail>[^:：]{12,}?)[┃│\s]*$"
)
"""A colon and more behind it than the second half of any title has."""


_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
"""The full stop of "X. Crítica", which no initial and no row of dots has."""


@cache
def _shown_at() -> re.Pattern[str]:
    return re.compile(rf"^{_festivals()}{SEPARATOR}(?P<title>\S.*)$", re.IGNORECASE)


@cache
def _column() -> re.Pattern[str]:
    """The column of a site before the review word: "Kino: Kritik zu X"."""
    names = alternation(table("film") | table("kicker"))
    return re.compile(rf"^{names}\s*[:：|｜]\s*(?={review_words()}\s)", re.IGNORECASE)


def cut_capitals(text: str) -> str:
    """A title in capitals before a comma and other words: "NEVER LET ME GO, a film to keep"."""
    head, comma, tail = text.partition(", ")
    capitals = head.isupper() and sum(map(str.isalpha, head)) >= _MANY_CAPITALS
    words = tail.split()
    runs_on = bool(words) and len(words[0]) > 1 and words[0].isupper()  # "MONSTERS, INC. is the best"
    small = [word for word in words if not word.isupper()]
    return head if comma and capitals and not runs_on and len(small) >= _FEW_WORDS else text


_MANY_CAPITALS = 8
_FEW_WORDS = 3


def _article(title: str, word: str) -> str:
    """The title when an article stands before the review word: "Not a" + "film review", "X – A" + "review"."""
    match = _ends_in_article().search(title)
    if not word or not match:
        return title
    kind = word.split(maxsplit=1)[0]
    if fold(kind) in ("film", "movie"):
        return f"{title} {kind}"
    return title[: match.start()].strip() or title


@cache
def _ends_in_article() -> re.Pattern[str]:
    return re.compile(rf"(?:{SEPARATOR}|-)(?i:{alternation(_ARTICLES)})$|\s(?:the|a|an|The)$")


def cut_tagline(text: str) -> tuple[str, str | None]:
    """Cut "X – a tender film" in two; a dash or colon within a title ("Mission: Impossible – Fallout") stays."""
    for match in re.finditer(r"\s+[–—-]\s+|\s*:\s+", text):
        head, tail = text[: match.start()].strip(), text[match.end() :].strip()
        if head and tail and _small_words(tail):
            return head, tail
    return text, None


def is_sentence(text: str) -> bool:
    """Whether a text reads as an English sentence rather than a title in any language."""
    small = _small_words(text)
    return any(fold(token) in load("en").stopwords for token in small)


def _small_words(text: str) -> list[str]:
    """The words a title would not write small, if there are so many that the text is no title; else none."""
    tokens = re.findall(r"[^\W\d_][\w'’]*", text)
    small = [token for token in tokens if token[0].islower() and fold(token) not in table("small")]
    return small if len(tokens) >= 3 and len(small) >= 2 and len(small) * 3 >= len(tokens) else []
