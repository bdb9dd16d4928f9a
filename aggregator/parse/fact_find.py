"""Finds the labels in a line of a page, however they are set off: colon, bold, dash, or none of these."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from aggregator.notation.languages import alternation
from aggregator.parse.blocks import Block
from aggregator.parse.fact_labels import (
    EAST,
    LONGEST,
    WORK_OF,
    Parts,
    Vocabulary,
    lookup,
    may_begin,
    table_set,
    vocabulary,
    weak,
)

_COLON = re.compile(r"[:：](?!//)")
_SPACE = re.compile(r"[\s(（\[–—•·]*(?=\w)")
_SEPARATED = re.compile(rf"[.;|•·●,(（\[–—/。、；”»]{_SPACE.pattern}")
_IN_BRACKETS = re.compile(r"(?:[【［〔]|(?:^|(?<=\s))\[)([^【】［］〔〕\[\]]{1,20})[】］〕\]]\s*[:：]?\s*(?=\S)")
_LEADER = re.compile(r"[ \t\u3000]*(?:(?:\.[ ]?){3,}|…+|_{3,}|-{3,})?[ \t\u3000]*")
_YEAR_FIRST = re.compile(r"^(?:18|19|20)\d\d\s+(?=[^\W\d_])")
_RUN_ON = re.compile(r"(?:^|(?<=\s))(?=[^\W\d_a-zß-ÿ])")
_SENTENCE = re.compile(r"(?:^|[.!?:;|]\s)(?P<head>[^.!?:;|]*)$")
_SMALL = re.compile(r"\b[a-zß-ÿ]{2,}\b")
_EAST_BARE = frozenset(("director", "cast", "writer", "runtime"))
"""What East Asian labels without a colon may stand for: "감독 봉준호 / 출연 송강호"."""
_LONGEST_BARE = 1500
"""Letters of a line above which only a colon or bold type makes a label."""
_MOST_SMALL = 6
"""Words in lower case before a label within its sentence, from which the sentence is prose and no line of facts."""
_DASHED = re.compile(r"^(.{2,45}?)(?:\s*(?:[–—=→|｜]|\.{3,}|…)\s*|\s+-+\s+|\t+)(?=\S)")
_LABEL_TAGS = frozenset(("b", "strong", "span", "em", "i", "u", "label", "small", "font"))
_ORDER = {"colon": 0, "bold": 1, "dash": 2, "bare": 3, "loose": 4}


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line: `start` to `end` is the label itself, its value begins at `value`.

    `form` says how it stands: line (nothing else in the line), colon, bold, dash, bare ("Directed by X"), loose
    ("Runtime 103 minutes").
    """

    start: int
    end: int
    value: int
    parts: Parts
    text: str
    form: str


def find(block: Block, language: str | None) -> list[Label]:
    """All labels in a line, in order, none inside another's label."""
    text = block.text
    begins = may_begin(text, language)
    if begins and (whole := _whole(text, language)):
        return [whole]
    found = [
        *(_colons(block, language) if ":" in text or "：" in text else ()),
        *_bracketed(text, language),
        *(_marked(block, language) if block.spans else ()),
        *(_bare(block, language) if len(text) <= _LONGEST_BARE else ()),
        *_work_of(text, language),
    ]
    if begins and not any(label.start == 0 for label in found):
        found += _dashed(text, language) or _run_on(text, language) or _loose(text, language)
    found.sort(key=lambda label: (label.start, _ORDER[label.form], -label.end))
    kept: list[Label] = []
    for label in found:
        if kept and label.form == "bare" and _in_note(text, kept[-1].value, label.start):
            continue
        if not kept or label.start >= kept[-1].value:
            kept.append(label)
    return kept


def may_hold(block: Block, language: str | None) -> bool:
    """Whether a line can hold a label, by its words: most cannot, and need not be searched by `find`."""
    if not vocabulary(language).cues.isdisjoint(block.words):
        return True
    if not block.text.isascii() and EAST.search(block.text):
        return True
    # "<b>Director</b>Anna Weber": the words of the line do not show the label
    return any(tag in _LABEL_TAGS and _within_word(block.text, start, end) for start, end, tag, _ in block.spans)


def _within_word(text: str, start: int, end: int) -> bool:
    """Whether a span begins or ends between two letters."""
    return (start > 0 and text[start - 1 : start + 1].isalpha()) or (
        end < len(text) and text[end - 1 : end + 1].isalpha()
    )


def _in_note(text: str, since: int, position: int) -> bool:
    """Whether a place lies in a bracket opened behind `since`: "Alex Garland (from the novel by X)" is one value."""
    before = text[since:position]
    return before.count("(") + before.count("（") > before.count(")") + before.count("）")


def _whole(text: str, language: str | None) -> Label | None:
    if len(text) > LONGEST + 2:
        return None
    parts = lookup(text, language)
    return Label(0, len(text), len(text), parts, text.strip(" :："), "line") if parts else None


def _colons(block: Block, language: str | None) -> Iterator[Label]:
    """Labels before a colon; in mid-line the longest that a separator or a capital letter sets off."""
    text, last = block.text, 0
    for match in _COLON.finditer(text):
        at = match.start()
        if at and text[at - 1].isdigit() and text[at + 1 : at + 2].isdigit():
            continue
        offset = max(last, at - LONGEST)
        head = text[offset:at]
        for start in _starts(head):
            sub = head[start:]
            parts = lookup(sub, language)
            if len(parts or ()) > 1 and text[: offset + start].rstrip()[-1:].isdigit():
                continue  # "162 Min. · R: X": the unit of the value before is no part of the label
            if parts and _set_off(block, offset + start, sub, first=last == 0):
                begin = offset + start + len(sub) - len(sub.lstrip(" \t(（[•·–—*|/,.;、"))
                yield Label(begin, at, _after(text, match.end()), parts, sub.strip(" \t·•|/,;"), "colon")
                last = match.end()
                break


def _starts(head: str) -> list[int]:
    """Where a label before a colon may begin, longest first: at words, and between scripts without spaces."""
    starts = {0} | {m.end() for m in re.finditer(r"[\s(（\[|/;,.、。；・•]+", head)}
    if not head.isascii():
        starts |= {i for i, (a, b) in enumerate(pairwise(head), start=1) if bool(EAST.match(a)) != bool(EAST.match(b))}
    return sorted(start for start in starts if start < len(head))


def _set_off(block: Block, start: int, label: str, *, first: bool) -> bool:
    """Whether a label begins where one may: at the start, behind a separator, or with a capital behind a value.

    "Assistant Director: X" names no director, so words before the first label must be set off by markup.
    """
    before = block.text[:start].rstrip(" \t")
    if not before or before[-1] in ".;|•·●,(（[–—-/\n:：。、；）)】*】」』":
        return True
    if label.lstrip(" (（[")[:1].islower() or (first and weak(label)):
        return False
    return not first or before[-1].isdigit() or any(mark.end in (start, len(before)) for mark in block.marks)


def _after(text: str, position: int) -> int:
    """Where the value begins behind a label: past spaces and a leader of dots."""
    match = _LEADER.match(text, position)
    return match.end() if match else position


def _bracketed(text: str, language: str | None) -> Iterator[Label]:
    """Labels in brackets of their own: "【監督】是枝裕和", "[Regie] Maren Ade"."""
    for match in _IN_BRACKETS.finditer(text) if "【" in text or "[" in text or "［" in text or "〔" in text else ():
        if parts := lookup(match.group(1), language):
            yield Label(match.start(), match.end(1) + 1, match.end(), parts, match.group(1).strip(), "colon")


_PAST_LABEL = re.compile(r"^[-–—]?(?:[ :：=|]|[-–—](?!\d))*")
"""What stands between a label and its value; "-1" is below nothing."""


def _marked(block: Block, language: str | None) -> Iterator[Label]:
    """Labels in bold or in an element of their own, without a colon."""
    text = block.text
    for mark in block.marks:
        if mark.tag not in _LABEL_TAGS or not 1 < mark.end - mark.start <= LONGEST:
            continue
        inside = text[mark.start : mark.end]
        parts = lookup(inside, language)
        rest = _PAST_LABEL.sub("", text[mark.end :], count=1)
        short = inside.strip().lower() in table_set("bare")  # "Dir." keeps its point
        if parts and rest and (short or not inside.rstrip().endswith((",", "."))):
            start = mark.start + len(inside) - len(inside.lstrip())
            yield Label(start, mark.end, len(text) - len(rest), parts, inside.strip(" :："), "bold")


def _bare(block: Block, language: str | None) -> Iterator[Label]:
    """Labels that need no colon, at the start of the line or behind a separator."""
    text, known = block.text, vocabulary(language)
    if known.bare_cues.isdisjoint(block.words) and (text.isascii() or not EAST.search(text)):
        return
    for end_before, begin in _openings(text):
        if not may_begin(text, language, begin) or _mid_sentence(text, begin):
            continue
        tokens = text[begin : begin + 60].split(" ")[:7]
        if not _may_be_bare(tokens, known):
            continue
        last = len(tokens) - (begin + 60 >= len(text))  # behind the label must stand a value
        ends_list = text[:end_before].rstrip()[-1:] in (";", ".", "")
        for count in range(last, 0, -1):
            label = " ".join(tokens[:count])
            parts = _bare_parts(label, language) or (_before_comma(label, language) if ends_list else None)
            if len(label) <= LONGEST and parts:
                end = begin + len(label)
                yield Label(begin, end, _after(text, end), parts, label, "bare")
                break


def _may_be_bare(tokens: list[str], known: Vocabulary) -> bool:
    """Whether words may begin with what `_bare_parts` or `_before_comma` finds: a quick look before those."""
    folded = [token.lower().replace("’", "'") for token in tokens]
    if folded[0] in known.bare_firsts or not table_set("by").isdisjoint(folded):
        return True
    return any(token.endswith(",") for token in tokens) or EAST.match(folded[0]) is not None


def _work_of(text: str, language: str | None) -> Iterator[Label]:
    """What opens a line with the director in it: "Film américain de X, avec Y, Z (1h56)"."""
    if language not in WORK_OF or "," not in text[:120]:
        return
    if match := _work().match(text):
        yield Label(0, match.end("by"), match.end(), (("director",),), match.group().strip(), "bare")


@cache
def _work() -> re.Pattern[str]:
    """A noun for a film with its country, and the preposition before the name."""
    nouns = alternation(table_set("work_nouns"))
    return re.compile(
        rf"(?:[Uu]n[ae]?\s+)?(?i:{nouns})\b(?:\s+[^\W\d_A-ZÀ-Ý][\w’'-]*){{0,4}}?\s+(?P<by>de|di|d['’]|del?)\s*(?=[^\W\d_a-zß-ÿ])"
        r"(?=[^.:;()]{3,60},\s+(?:avec|con|com)\b)"
    )


def _openings(text: str) -> Iterator[tuple[int, int]]:
    """Where a label may begin: at the start, behind a year there, behind separators; first, where that begins."""
    if year := _YEAR_FIRST.match(text):
        yield 0, year.end()
    at = 0
    if first := _SPACE.match(text):
        at = first.end()
        yield 0, at
    for match in _SEPARATED.finditer(text, at):
        yield match.start() + 1, match.end()


def _mid_sentence(text: str, begin: int) -> bool:
    """Whether a label behind a comma stands in running text: "I had seen Solaris again, directed by X"."""
    if not begin or text[:begin].rstrip()[-1:] not in (",", "(", "–", "—"):
        return False
    head = _SENTENCE.search(text, max(0, begin - 300), begin)
    return head is not None and len(_SMALL.findall(head["head"])) >= _MOST_SMALL


def _before_comma(label: str, language: str | None) -> Parts | None:
    """A label of two words or more before a comma: "director of photography, Bradford Young"."""
    if not label.endswith(",") or " " not in label or weak(label[:-1]):
        return None
    parts = lookup(label[:-1], language)
    return parts if parts and any(table_set("people") & set(keys) for keys in parts) else None


def _bare_parts(label: str, language: str | None) -> Parts | None:
    """What a label without a colon stands for: known as it is, or glued of such ("written and directed by")."""
    folded = label.lower().replace("’", "'")
    if EAST.match(folded) and len(folded) > 1 and (parts := lookup(label, language)):
        return parts if any(_EAST_BARE & set(keys) for keys in parts) else None
    if folded in vocabulary(language).bare:
        return lookup(label, language) or lookup(label.rsplit(None, 1)[0], language)
    if folded.rsplit(" ", maxsplit=1)[-1] in table_set("by") and (parts := lookup(label, language)) and len(parts) > 1:
        return parts
    return None


def _dashed(text: str, language: str | None) -> list[Label]:
    match = _DASHED.match(text)
    if match and (parts := lookup(match.group(1), language)):
        return [Label(0, match.end(1), match.end(), parts, match.group(1).strip(), "dash")]
    return []


def _run_on(text: str, language: str | None) -> list[Label]:
    """Labels and values with nothing between them at all: "Director X Starring Y, Z Cert 12A Runtime 116 mins"."""
    if len(text) > 400:
        return []
    found: list[Label] = []
    for match in _RUN_ON.finditer(text):
        begin = match.end()
        if begin and not found:
            return []  # a line of facts opens with a label
        if (found and begin < found[-1].value) or not may_begin(text, language, begin):
            continue
        tokens = text[begin : begin + 40].split(" ")[:4]
        for count in range(len(tokens) - 1, 0, -1):
            label = " ".join(tokens[:count])
            if not weak(label) and not label.endswith(",") and (parts := lookup(label, language)):
                end = begin + len(label)
                found.append(Label(begin, end, _after(text, end), parts, label, "loose"))
                break
    return found if len(found) >= 3 else []


def _loose(text: str, language: str | None) -> list[Label]:
    """A label and its value with nothing between: only short lines, longest label first."""
    if len(text) > 160 or not (text[:1].isupper() or EAST.match(text)):
        return []
    ends = [m.start() for m in re.finditer(r"\s", text[: LONGEST + 1])][:5]
    for end in reversed(ends):
        if (parts := lookup(text[:end], language)) and text[end:].strip() and not weak(text[:end]):
            return [Label(0, end, _after(text, end), parts, text[:end], "loose")]
    return []
