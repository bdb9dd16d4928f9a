"""Ratings inside lines and sentences, precision first; the words that lead up to one stand in the language files."""

import re
from collections.abc import Iterator
from functools import cache

from aggregator.model.review import Rating, Unit
from aggregator.notation import languages
from aggregator.notation.hint import Hint
from aggregator.notation.ratings.amounts import Reading
from aggregator.notation.ratings.forms import bare, dice, letter, on_a_scale, percent, ratio, thumbs, with_unit
from aggregator.notation.ratings.parse import LONGEST, SEPARATOR, build, read_whole
from aggregator.notation.ratings.rows import row_signs
from aggregator.notation.ratings.tables import bounded, clean, compiled, data, tokens_of
from aggregator.notation.ratings.words import Words, words_for

Found = tuple[int, int, Rating]

_LINE = re.compile(r"\n+")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|(?<=[。！？])")
_LONGEST = 1000
"""Characters; a longer sentence is a list or data, and is not read."""
_GALLERY = {4.0, 5.0, 10.0, 100.0}
"""Scales that a line of its own in whole numbers ("4/5") states rather than counts pictures."""
_LARGE = {10.0, 100.0}
_SHORT = 80
"""Characters; a longer line is no label and its value."""
_QUICK = re.compile(rf"[0-9½¼¾{row_signs()}]|[A-DF](?:[-+–](?!\w)|[ -](?:plus|minus)\b)|(?:\ban?|:) ?[A-DF](?!\w)")
_GRADE = re.compile(r"[A-DF](?:[-+–]|[ -](?:plus|minus)\b|[.,;!]?(?:\s|$))")
_MARK = re.compile(rf"[%½¼¾⅓⅔{row_signs()}]|{_GRADE.pattern}")
"""What makes a rating of figures, or is one."""
_GLUE = re.compile(rf"{SEPARATOR}|\s+|(?<=[:：])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NEXT = re.compile(r"\s+([^\W\d_]+)")
_RUNS_ON = re.compile(r"[\w%+/]|[.,:-][0-9]|\s*[-–/]\s*[0-9]")
_MOST_BARE = 10
_SAID = re.compile(r"\s*[.!]?\s*$")
"""What stands behind a mere number that is a mark: not "2, maybe 3 weeks", "9 for gore"."""
_ARTICLES = r"(?:an?|eine?|un|une|una|um|uma|een|en|ett)"
_ARTICLE = re.compile(rf".*\b{_ARTICLES}")
_ONE_ARTICLE = re.compile(rf"\s+{_ARTICLES}")
_OVER = re.compile(r"\s*[)\].!]*\s*")
_SET_OFF = re.compile(r"[–—|(\[]\s*$|\s-\s+$")
_COMMA = re.compile(r",\s*$")
_NOT_WITHIN = rf"(?<![\w.,/:$€£¥#%+*{row_signs()}\ufe0f-])(?<!\s–)"
_FIGURES = re.compile(rf"{_NOT_WITHIN}(?=[0-9½¼¾{row_signs()}]|[.,][0-9])")
"""Places where a rating in figures or signs may begin."""
_SIGNS = frozenset(re.sub(r"\\", "", row_signs()))


def find_ratings(text: str, hint: Hint | None = None) -> list[Found]:
    """Ratings that stand in a text as (start, end, rating), `text[start:end] == rating.raw`, in order.

    Only clear statements: a line or sentence that is nothing but a rating, a number behind a rating label or
    behind words that give one ("I give it"), a row of stars at the edge of its line. A sentence that says two
    different things, speaks of others' votes, or of what might have been given yields nothing.
    """
    plain, words = clean(text), words_for(hint)
    known = hint is not None and hint.label == "rating"
    lower = plain.lower()
    if not known and not _may_state(plain, lower, words):
        return []
    triggers = [word for word in words.triggers if word in lower] if _triggers(words).search(lower) else []
    found = []
    for start, end in _promising_segments(plain, triggers, words):
        segment = plain[start:end]
        for reading in _in_segment(segment, words, known):
            raw = text[start + reading.start : start + reading.end]
            first = start + reading.start + len(raw) - len(raw.lstrip())
            rating = build(text[start:end], reading)
            found.append((first, first + len(rating.raw), rating))
    return found


def _may_state(text: str, lower: str, words: Words) -> bool:
    """Whether a text holds more than figures: a sign, a grade, a unit, a label or words that give a mark."""
    return _MARK.search(text) is not None or words.telling.in_text(lower, tokens_of(lower))


def _promising(segment: str, triggers: list[str], words: Words) -> bool:
    """Whether a segment can hold a rating at all; most do not, and are left at once."""
    if _QUICK.search(segment):
        return True
    if triggers:
        lower = segment.lower()
        if any(word in lower for word in triggers):
            return True
    _, colon, rest = segment.partition(":")
    return bool(colon) and len(rest) < _SHORT and languages.fold(rest).strip(" .!") in words.verdict_words


def _promising_segments(text: str, triggers: list[str], words: Words) -> Iterator[tuple[int, int]]:
    """Spans of the sentences, line by line, that can hold a rating; most lines cannot and are left at once."""
    for start, end in _pieces(text, _LINE, 0, len(text)):
        if _promising(text[start:end], triggers, words):
            for first, last in _pieces(text, _SENTENCE, start, end):
                if last - first <= _LONGEST and _promising(text[first:last], triggers, words):
                    yield first, last


def _pieces(text: str, cut: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans between the cuts, without the space around them, empty ones left out."""
    begin = start
    for match in [*cut.finditer(text, start, end), None]:
        stop = match.start() if match else end
        piece = text[begin:stop]
        if piece and not piece.isspace():
            left = begin + len(piece) - len(piece.lstrip())
            yield left, begin + len(piece.rstrip())
        begin = match.end() if match else end


def _in_segment(segment: str, words: Words, known: bool) -> list[Reading]:
    lower = segment.lower()
    if not known and not _may_state(segment, lower, words):
        return []
    begins = len(segment) <= LONGEST and words.openings.at_start(lower)
    if begins and (whole := read_whole(segment, words, known)):
        found = [whole] if known or whole.start or _stands_alone(whole, segment) else []
    else:
        found = _within(segment, lower, words, known)
    return found if found and (known or not _doubtful(words).search(segment)) else []


def _within(segment: str, lower: str, words: Words, known: bool) -> list[Reading]:
    """The rating inside a sentence of other words; `lower` is the sentence in lower case."""
    tokens = tokens_of(lower)
    starts = _starts(words) if words.spoken.in_text(lower, tokens) else _FIGURES
    cores = [core for m in starts.finditer(segment) if (core := _core(segment, m.end(), words))]
    if (cores or _GRADE.search(segment) or _FIGURES.search(segment)) and words.leads.in_text(lower, tokens):
        led = _unanimous(_led(segment, words))
        if led:
            return led
    if not known and len({(core.value, core.best) for core in cores if core.best}) > 1:
        return []  # a list of films and their marks
    return _unanimous(core for core in cores if known or _at_edge(segment, core) or _is_mine(segment, core))


def _unanimous(readings: Iterator[Reading]) -> list[Reading]:
    """The first of the readings if all say the same; none when they differ."""
    rest = list(readings)
    return rest[:1] if len({(r.value, r.best, r.end if r.sign else 0) for r in rest}) == 1 else []


def _stands_alone(found: Reading, segment: str) -> bool:
    """Whether a line of nothing but this is a rating, not a share, a page number or a heading."""
    if found.unit in (Unit.PERCENT, Unit.WORD):
        return False
    if found.unit is Unit.POINTS and found.whole:
        return found.best in _GALLERY and ("/" in segment or found.best in _LARGE)
    return True


def _led(segment: str, words: Words) -> Iterator[Reading]:
    """Readings behind a label or behind words that give one, at most four words in between."""
    for lead in _leads(words).finditer(segment):
        at = lead.end()
        for _ in range(5):
            glue = _GLUE.match(segment, at)
            if glue is None or _labels_part(segment, lead, glue):
                break
            found = _core(segment, glue.end(), words) or _grade(segment, lead.end(), glue, words)
            if found or (found := _figure(segment, lead, glue, words)):
                if not _by_others().match(segment, found.end):
                    yield found
                break
            word = _WORD.match(segment, glue.end())
            if word is None or word[0].lower() in data()["tails"]["negated"]:
                break
            at = word.end()


def _labels_part(segment: str, lead: re.Match[str], glue: re.Match[str]) -> bool:
    """Whether a colon ends a longer label: "Overall gore: 9/10", not "Rating for Heat: 4/5"."""
    if ":" not in glue[0] or lead["give"] or glue.start() == lead.end():
        return False
    word = _NEXT.match(segment, lead.end())
    return word is not None and word[1].lower() not in _function_words()


@cache
def _by_others() -> re.Pattern[str]:
    """What follows a mark that somebody else gives: "rated 8 out of 10 by his coach"."""
    by = r"(?:by|von|vom|par|por|da|dal|door|av|przez|tarafından)"
    said = bounded(data()["tails"]["said_by"])
    return compiled(rf"\s+{by}\s+(?!{bounded(data()['tails']['me'])})|,?\s+{said}\b")


@cache
def _from_me() -> re.Pattern[str]:
    return compiled(rf"\s*{bounded(data()['tails']['from_me'])}")


def _grade(segment: str, led: int, glue: re.Match[str], words: Words) -> Reading | None:
    """A letter behind its label ("grade: B") or behind an article ("gets a B-")."""
    found = letter(segment, glue.end(), words)
    if found is None or not _ends_clean(segment, found.end, words):
        return None
    return found if ":" in glue[0] or _ARTICLE.fullmatch(segment, led, glue.start()) else None


def _figure(segment: str, lead: re.Match[str], glue: re.Match[str], words: Words) -> Reading | None:
    """A mere number right behind words that name what it is given to ("I rate it 5", "I give it a 7")."""
    behind = glue.start() == lead.end() or _ONE_ARTICLE.fullmatch(segment, lead.end(), glue.start())
    if not behind or len((lead["give"] or "").split()) < 3:
        return None
    found = bare(segment, glue.end(), words)
    if found is None or found.value is None or found.value > _MOST_BARE or not _ends_clean(segment, found.end, words):
        return None
    return found if _SAID.match(segment, found.end) else None


def _is_mine(segment: str, core: Reading) -> bool:
    """Whether a mark says whose it is: "a solid 7/10 from me", "From me, 9 out of 10"."""
    said = _from_me().match(segment)
    return _from_me().match(segment, core.end) is not None or (
        said is not None and not segment[said.end() : core.start].strip(" ,:")
    )


def _at_edge(segment: str, core: Reading) -> bool:
    """Stars and unmistakable ratios at the start or end of a line, or in brackets at its end."""
    if core.start == 0 and _may_begin(segment, core):
        return True
    return _OVER.fullmatch(segment, core.end) is not None and _may_end(segment, core)


def _may_begin(segment: str, found: Reading) -> bool:
    return segment[found.start] in _SIGNS or (not found.whole and found.best is not None)


def _may_end(segment: str, found: Reading) -> bool:
    if segment[found.start] in _SIGNS:
        return True
    if _SET_OFF.search(segment, 0, found.start):
        return not found.whole or found.best in _LARGE
    starry = found.unit is Unit.STARS and found.best is not None
    return starry and _COMMA.search(segment, 0, found.start) is not None


def _core(segment: str, at: int, words: Words) -> Reading | None:
    """A sure reading at this place with a clean end."""
    for form in (dice, on_a_scale, ratio, percent, with_unit, thumbs):
        found = form(segment, at, words)
        row = segment[at] in _SIGNS and not _RUNS_ON.match(segment, found.end) if found else False
        if found and found.sure and (row or _ends_clean(segment, found.end, words)):
            return found
    return None


def _ends_clean(segment: str, at: int, words: Words) -> bool:
    """Whether a rating may end here: no further number or noun belongs to it."""
    if _RUNS_ON.match(segment, at):
        return False
    noun = _NEXT.match(segment, at)
    return noun is None or (noun[1].lower() in _function_words() and compiled(words.out_of).fullmatch(noun[1]) is None)


@cache
def _triggers(words: Words) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words.triggers))


@cache
def _starts(words: Words) -> re.Pattern[str]:
    """Places where a rating may begin."""
    spoken = f"{words.number}|{words.half_star}|{words.thumbs}|{words.scale}|{words.star_first}|{words.dice}"
    return compiled(rf"{_NOT_WITHIN}(?=[0-9½¼¾{row_signs()}]|[.,][0-9]|{spoken})")


@cache
def _leads(words: Words) -> re.Pattern[str]:
    return compiled(rf"(?P<give>{words.give})|{words.critic_label}")


@cache
def _doubtful(words: Words) -> re.Pattern[str]:
    """Others' votes and marks that were not given."""
    counts = bounded(data()["tails"]["counts"])
    others = bounded(data()["others"]["names"])
    return compiled(rf"{words.doubt}|{words.audience_label}|{others}|[0-9]\s+{counts}")


@cache
def _function_words() -> frozenset[str]:
    return frozenset().union(*(language.stopwords for language in languages.all_languages()))
