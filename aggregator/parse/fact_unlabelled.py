"""What values without a label are, told by their form and by what stands beside them."""

import re
from collections.abc import Iterator

from aggregator.notation import Hint
from aggregator.notation.certificates import parse_certificate
from aggregator.notation.countries import find_countries
from aggregator.notation.dates import find_dates
from aggregator.notation.people import parse_people
from aggregator.notation.runtimes import parse_runtime
from aggregator.parse.fact_raw import Raw, parted
from aggregator.parse.fact_values import UNIT, beside_runtime, pieces_of, unlabelled
from aggregator.parse.regions import Region

_LONGEST_STRIP = 100
_SHORTEST = 40
"""Minutes from which a time without a label is a film's; less may be how long the text takes to read."""
_MAIN = frozenset((Region.HEAD, Region.BODY, Region.TAIL))
_TELLING = frozenset(("runtime", "certificate", "country", "year"))


def claims(raw: Raw, near: list[Raw], hint: Hint) -> Iterator[tuple[int, int, str]]:
    """What a value without a label may be, with the span of the value that says so."""
    if pairs := list(beside_runtime(raw.value, hint)):
        yield from ((start, end, key) for key, start, end in pairs)
    elif len(parted := list(_in_pieces(raw, hint)) if len(raw.value) <= 80 else []) > 1:
        yield from parted
    elif whole := _kind(raw, near, hint):
        yield 0, len(raw.value), whole
    elif made := find_countries(raw.value):
        yield from _made(made, 0)
    else:
        yield from parted


def _made(found: tuple[tuple[int, int], tuple[int, int] | None], offset: int) -> Iterator[tuple[int, int, str]]:
    """Where and when a film was made: the spans of countries and year."""
    for span, key in zip(found, ("country", "year"), strict=True):
        if span is not None:
            yield offset + span[0], offset + span[1], key


def _in_pieces(raw: Raw, hint: Hint) -> Iterator[tuple[int, int, str]]:
    """What the parts of "(Arrival, EUA, 2016, 116 min)" are; countries count only beside a year or a runtime."""
    found: list[tuple[int, int, str]] = []
    for start, end in pieces_of(raw.value):
        key = unlabelled(raw.value[start:end], hint)
        if key == "year" and _dated(raw.value, hint):
            continue  # the year of "November 14, 2023" is no film's
        if key in ("runtime", "year", "certificate"):
            found.append((start, end, key))
        elif made := find_countries(raw.value[start:end]):
            found += _made(made, start)
    if {"runtime", "year"} & {key for _, _, key in found}:
        countries = [claim for claim in found if claim[2] == "country"]
        told = {key for _, _, key in found}
        yield from (c for c in found if c[2] in ("year", "runtime") or (c[2] == "certificate" and "runtime" in told))
        if countries:
            yield countries[0][0], countries[-1][1], "country"


def _dated(text: str, hint: Hint) -> bool:
    """Whether a text holds a date to the day, as bylines do."""
    return any(len(iso) >= 10 for _, _, iso in find_dates(text, hint.under(None), limit=1))


def _kind(raw: Raw, near: list[Raw], hint: Hint) -> str | None:
    """What a value without a label is; a bare number right beside a runtime ("15 | 137 mins") is a certificate."""
    key = unlabelled(raw.value, hint)
    if key is None and any(other.block is raw.block and unlabelled(other.value, hint) == "runtime" for other in near):
        code = parse_certificate(raw.value, hint.under("certificate"))
        key = "certificate" if code is not None and code.code[-1:].isdigit() else None
    return key


def strip(raws: list[Raw], hint: Hint) -> list[tuple[Raw, str]]:
    """The facts of the one line that holds nothing but facts without a label: "PG-13 | 1h 56m | 2016".

    It must state a running time and one thing more; two such lines are of two films, and neither counts. A list of
    names right beside it is the cast.
    """
    found = [(raw.block.index, facts) for raw in raws if _may_be_strip(raw) and (facts := _strip_of(raw, hint))]
    if len(found) != 1:
        return []
    index, facts = found[0]
    for near in parted(raw for raw in raws if raw.block.index in (index - 1, index + 1)):
        if near.label is None and near.value == near.block.text and unlabelled(near.value, hint) == "cast":
            return [*facts, (near, "cast")]
    return facts


def _may_be_strip(raw: Raw) -> bool:
    """Whether a value is a line of its own, not long, that states a length."""
    block = raw.block
    return raw.whole and raw.region in _MAIN and block.weight <= _LONGEST_STRIP and UNIT.search(block.text) is not None


def _strip_of(whole: Raw, hint: Hint) -> list[tuple[Raw, str]]:
    if whole.block.tag in ("h1", "h2") or _dated(whole.block.text, hint):
        return []
    facts: dict[str, Raw] = {}
    empty = 0
    line = list(parted([whole]))
    for number, raw in enumerate(line):
        said = list(claims(raw, line[max(0, number - 1) : number + 2], hint))
        empty += not said
        for start, end, key in said:
            facts.setdefault(key, raw._replace(start=raw.start + start, end=raw.start + end))
    if "runtime" not in facts or len(_TELLING & facts.keys()) < 2 or empty > 2:
        return []
    if (parse_runtime(facts["runtime"].value, hint.under("runtime")) or 0) < _SHORTEST:
        return []
    return [(raw, key) for key, raw in facts.items()]


_TITLED = re.compile(
    r"(?P<title>[^()（）]{2,70}?)\s*[(（](?:dir(?:\.|ected by)?:?\s*|d:\s*)?(?P<who>[^()（）\d]{5,60}?)[,;/|–—-]\s*"
    r"(?P<year>(?:18[89]|19\d|20\d)\d)(?:\s*[,;/|–—-]\s*(?P<rest>[^()（）]{1,60}))?[)）]\.?"
)


def _is_maker(who: str, hint: Hint) -> bool:
    """Whether what stands before the year is people: of "Drama (Poland, 2013)" it is where that was made."""
    return find_countries(who) is None and parse_people(who, hint.under("director")) is not None


def titled_line(raws: list[Raw], hint: Hint) -> list[tuple[Raw, str]]:
    """The facts of the one line that is "Title (Director, Year, Country, 116m)" and nothing else; [] without one."""
    found: dict[int, tuple[Raw, re.Match[str]]] = {}
    for raw in raws:
        text = raw.block.text
        if raw.region in _MAIN and 12 < len(text) < 160 and text[-1:] in ")）." and raw.block.index not in found:
            match = _TITLED.fullmatch(text)
            if match is not None and _is_maker(match["who"], hint):
                found[raw.block.index] = raw, match
    if len(found) != 1:
        return []
    raw, match = next(iter(found.values()))
    spans = {"title": match.span("title"), "director": match.span("who"), "year": match.span("year")}
    facts = [(raw._replace(start=start, end=end, whole=False), key) for key, (start, end) in spans.items()]
    if match["rest"]:
        rest = raw._replace(start=match.start("rest"), end=match.end("rest"), whole=False)
        whole = raw._replace(start=match.start("year"), end=match.end("rest"), whole=False)
        facts += [
            (whole._replace(start=whole.start + start, end=whole.start + end), key)
            for start, end, key in claims(whole, [rest], hint)
            if key != "year"
        ]
    return facts
