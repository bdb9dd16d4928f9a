"""Reads running times as whole minutes; units of all languages are in `data/runtimes.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aggregator.notation.hint import Hint
from aggregator.notation.languages import alternation, fold, pattern, words

SHORTEST, LONGEST = 1, 900
"""Minutes a film can run; anything else was misread or is no film."""
MAX_TEXT = 200
_MOST_HOURS = 4
_ISO = re.compile(r"p(?:0+d)?t(?=\d)(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,4})(?:\.\d+)?s)?")
_ISO_START = re.compile(r"p(?:\d+d)?t")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::[0-5]\d)?")
_BARE = re.compile(r"(\d{1,3})\s?(?:m|['′’])?")
_SIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SPAN = re.compile(r"\d\s?[-–—~/]\s?\d")


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns built from the table of units."""

    stated: re.Pattern[str]
    onward: re.Pattern[str]
    """What makes a time the first half of a span: "-1h20"."""
    other: re.Pattern[str]
    lead: re.Pattern[str]
    about_before: re.Pattern[str]
    about_behind: re.Pattern[str]
    labels: frozenset[str]


def parse_runtime(text: str, hint: Hint | None = None) -> int | None:
    """Running time in whole minutes (1-900), seconds dropped; None when there is none or it is not clear.

    A bare number, "1:43" and "103'" count only under the label "runtime" (`hint.label`, or in the text itself);
    without it the time must stand apart like a fact, not inside a sentence. Of several times the one outside
    brackets is the film's; two that differ side by side are None.
    """
    if not text or len(text) > MAX_TEXT or (hint is not None and hint.label not in (None, "runtime")):
        return None
    folded = fold(text)
    if _ISO_START.match(folded):
        match = _ISO.fullmatch(folded)
        return _minutes(match[1], match[2], match[3]) if match else None
    table = _table()
    if table.other.search(folded):
        return None
    value, labelled = _unlabel(folded, table)
    labelled = labelled or (hint is not None and hint.label == "runtime")
    if labelled and (bare := _bare(value)) is not None:
        return bare
    main = set(_stated(_SIDE.sub(" ", folded), table, labelled)) or set(_stated(folded, table, labelled))
    return main.pop() if len(main) == 1 else None


def _bare(value: str) -> int | None:
    """A number or clock form that is all there is under a label."""
    if match := _CLOCK.fullmatch(value):
        return _minutes(match[1], match[2])
    if match := _BARE.fullmatch(value):
        return _minutes(None, match[1])
    return None


def _unlabel(text: str, table: _Words) -> tuple[str, bool]:
    """The text behind a label of running time, and whether there was one."""
    for mark in (":", "：", " - ", " – "):
        label, found, value = text.partition(mark)
        if found and label.strip() in table.labels:
            return value.strip(), True
    return text.strip(), False


def _stated(text: str, table: _Words, labelled: bool) -> Iterator[int | None]:
    """Every running time with its unit in a text; None for one that is impossible or half of a span."""
    for match in table.stated.finditer(text):
        hours, minutes = match["h"], match["hm"] or match["m"]
        if not labelled and not _stands_apart(text, match, table):
            continue
        before = hours is None and _SPAN.search(text[max(0, match.start() - 4) : match.start() + 1])
        if before or table.onward.match(text, match.end()):
            yield None
        if labelled or minutes or int(hours) <= _MOST_HOURS:
            yield _minutes(hours, minutes)


def _stands_apart(text: str, match: re.Match[str], table: _Words) -> bool:
    """Whether a time stands between separators, numbers or the ends of the text, or behind its label."""
    before = table.about_before.sub("", text[: match.start()]).rstrip()
    after = table.about_behind.sub("", text[match.end() :]).lstrip()
    if before and before[-1].isalpha() and not table.lead.search(before):
        return False
    return not after or match[0].endswith(".") or not (after[0].isalpha() or after[0] == ":")


def _minutes(hours: str | None, minutes: str | None, seconds: str | None = None) -> int | None:
    if hours is None and minutes is None:
        return None
    if hours is not None and minutes is not None and int(hours) and int(minutes) > 59:
        return None
    total = int(hours or 0) * 60 + int(minutes or 0) + int(seconds or 0) // 60
    return total if SHORTEST <= total <= LONGEST else None


@cache
def _table() -> _Words:
    text = files("aggregator.notation").joinpath("data/runtimes.toml").read_text(encoding="utf-8")
    raw = {key: alternation(values) for key, values in tomllib.loads(text).items()}
    end = r"(?![^\W\d_])"
    hours = rf"(?:{raw['hours']}|(?<=\d)u(?=\d|\s\d\d)){end}\.?"  # the Dutch "1u52"; "4 U" is a title
    minutes = rf"(?:{raw['minutes']}){end}\.?"
    gap = rf"[\s,]*(?:{raw['and']}\s)?\s*"
    tail = rf"(?:{gap}(?P<hm>\d{{1,2}})(?!\d)(?:\s?(?:{minutes}|m{end})|{end}(?!\s?[:/.,]\d)))?"
    number = r"(?<![\d.,:\-–$€£])(?<!\d/)"
    stated = rf"{number}(?:(?P<h>\d{{1,2}})\s?{hours}{tail}|(?P<m>\d{{1,4}})\s?{minutes})"
    return _Words(
        stated=re.compile(stated),
        onward=re.compile(rf"\s?[-–—~]\s?\d{{1,3}}\s?(?:{hours}|{minutes})"),
        other=re.compile(rf"(?<![^\W\d_])(?:{raw['not_running']}|{pattern('words', 'reading_time')})(?![^\W\d_])"),
        lead=re.compile(rf"(?<![^\W\d_]){pattern('labels', 'runtime')}$"),
        about_before=re.compile(rf"(?<![^\W\d_]){raw['about']}\s*$"),
        about_behind=re.compile(rf"^\s*{raw['about']}(?![^\W\d_])"),
        labels=words("labels", "runtime"),
    )
