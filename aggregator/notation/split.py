"""Cuts a list of names into pieces, each with what stood in brackets behind it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from aggregator.notation.hint import Hint
from aggregator.notation.languages import alternation, fold, words

Table = Callable[[str], frozenset[str]]
_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］", "【": "】"}
_JAPANESE = re.compile(r"[\u3040-\u309f\u3400-\u9fff々]")
_HAN = re.compile(r"[\u3400-\u9fff々]")
_EAST_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々=＝]{2,16}|[\uac00-\ud7af]{2,4}")
_KOREAN_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진엄채원천"
    "방공현함변염여추도소석선설마길연위표명기반왕금옥"
)
_KOREAN_NAME = rf"[{''.join(sorted(_KOREAN_FAMILIES))}][\uac00-\ud7af]{{2}}"
_KOREAN_LIST = re.compile(rf"(?<![\uac00-\ud7af]){_KOREAN_NAME}(?:[·・]{_KOREAN_NAME})+(?![\uac00-\ud7af])")
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

_EAST_OTHERS = re.compile(r"(?:\s*(?:ほか|など)|\s+(?:他|外|외|等|등)|(?<=[\u3400-\u9fff])等|(?<=[\u30a0-\u9fff])他)$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One entry of a list and the texts in brackets behind it."""

    text: str
    notes: tuple[str, ...] = ()


def pieces(text: str, hint: Hint, table: Table) -> Iterator[Piece]:
    """The entries of a list of names, in order; brackets are never cut open."""
    flat, notes = _lift_brackets(text)
    for chunk in _commas(flat, table):
        for part in _ands(chunk, hint, table):
            for entry in _noted_apart(part):
                for single in _wide_spaces(entry):
                    yield _lower(_undone(single, table), notes)


_NOTED = re.compile(r"(?<=[\U000f0000-\U000f0fff])\s+(?=\S)")
"""The gap behind a note."""


def _noted_apart(text: str) -> list[str]:
    """Entries that nothing but their notes parts: "Su Li (story) Lena Okafor (script)"."""
    entries = _NOTED.split(text.strip())
    whole = all(len(entry.split()) > 1 and 0xF0000 <= ord(entry[-1]) < 0xF1000 for entry in entries)
    return entries if whole else [text]


def _undone(text: str, table: Table) -> str:
    """A name in Eastern signs without the profession behind it: "김민수 감독"."""
    bare = text.rstrip()
    word = next((word for word in table("professions_behind") if bare.endswith(word)), "")
    return bare[: -len(word)].rstrip() if word and len(bare) > len(word) + 1 else text


def _lift_brackets(text: str) -> tuple[str, list[str]]:
    """Text with each bracket replaced by a private sign, and the contents by number."""
    out: list[str] = []
    notes: list[str] = []
    stack: list[str] = []
    start = 0
    for index, char in enumerate(text):
        if char in _BRACKETS:
            if not stack:
                start = index
            stack.append(_BRACKETS[char])
        elif stack and char == stack[-1]:
            stack.pop()
            if not stack:
                out.append(_sign(len(notes)))
                notes.append(text[start + 1 : index])
        elif not stack:
            out.append(char)
    if stack:  # never closed: whatever follows, it is no part of the name before
        out.append(_sign(len(notes)))
        notes.append(text[start + 1 :])
    return "".join(out), notes


def _sign(number: int) -> str:
    return chr(0xF0000 + number)


def _lower(text: str, notes: list[str]) -> Piece:
    inside = []
    kept = []
    for char in text:
        number = ord(char) - 0xF0000
        if 0 <= number < len(notes):
            inside.append(" ".join(notes[number].split()))
        else:
            kept.append(char)
    return Piece(" ".join("".join(kept).split()), tuple(note for note in inside if note))


def _commas(text: str, table: Table) -> Iterator[str]:
    """Parts between commas, slashes, bullets and lines; "Robert Downey, Jr." stays whole."""
    parts = re.split(r"[,;\n\r•‧●▪|、，；／/×]|\s[·・∙-](?=\s)|(?<=\s)[–—]\s*$", _dots(text))
    suffixes = table("suffixes")
    merged: list[str] = []
    for part in parts:
        head, _, rest = part.strip().partition(" ")
        goes_on = not rest or fold(rest).partition(" ")[0] in table("and")
        if merged and fold(head).strip(".") in suffixes and goes_on and merged[-1].strip():
            merged[-1] += "," + part
        else:
            merged.append(part)
    return iter(merged)


def _dots(text: str) -> str:
    """A dot between names parts them in Korean and, where it stands in no katakana name, in Japanese."""
    out = list(text)
    for index, char in enumerate(text):
        if char == "・" and 0 < index < len(text) - 1:
            before, after = text[index - 1], text[index + 1]
            if _JAPANESE.match(before) and _JAPANESE.match(after):
                out[index] = "、"
    return _KOREAN_LIST.sub(lambda match: re.sub("[·・]", "、", match[0]), "".join(out))


@lru_cache(maxsize=64)
def _and_pattern(language: str | None, table: Table) -> re.Pattern[str]:
    own = words("words", "and", language) if language else frozenset()
    return re.compile(rf"\s+{alternation(table('and') | own)}\s+(?!&)|\s*&\s*", re.IGNORECASE)


@lru_cache(maxsize=8)
def _short_pattern(table: Table) -> re.Pattern[str]:
    return re.compile(rf"\s+{alternation(table('and_short'))}\s+")


@lru_cache(maxsize=8)
def _others_pattern(table: Table) -> re.Pattern[str]:
    return re.compile(rf"(?<=\S)\s+{alternation(table('others_behind'))}\.?\s*$|\s*(?:…|\.{{2,}})\s*$", re.IGNORECASE)


def _ands(text: str, hint: Hint, table: Table) -> list[str]:
    """Parts between the words for "and"; "Lana and Lilly Wachowski" stays one entry except among actors."""
    text = _others_pattern(table).sub("", text)
    if (
        _shared_family_name(text, hint, table)
        or _both_family_names(text, hint, table)
        or fold(text).strip(" .") in table("others")
    ):
        return [text]
    out = []
    for part in _and_pattern(hint.language, table).split(text.strip()):
        halves = _short_pattern(table).split(part)
        out += halves if len(halves) > 1 and all(len(half.split()) > 1 for half in halves) else [part]
    return [part for part in out if part.strip()]


def _shared_family_name(text: str, hint: Hint, table: Table) -> bool:
    if hint.label in ("cast", "narrator", None):
        return False
    halves = _and_pattern(hint.language, table).split(text.strip())
    return len(halves) == 2 and len(halves[0].split()) == 1 and len(halves[1].split()) == 2 and halves[0][:1].isupper()


def _both_family_names(text: str, hint: Hint, table: Table) -> bool:
    """Whether "y" joins the two family names of one person: "José Linde y Soto"."""
    if hint.label in ("cast", "narrator", None):
        return False
    halves = _short_pattern(table).split(text.strip())
    return len(halves) == 2 and len(halves[0].split()) > 1 and len(halves[1].split()) == 1


def _wide_spaces(text: str) -> list[str]:
    """Names in East Asian signs parted by spaces only, where each is long enough to be a whole name."""
    tokens = text.split()
    bare = ["".join(c for c in token if ord(c) < 0xF0000) for token in tokens]
    if len(tokens) < 2 or not all(_EAST_TOKEN.fullmatch(t) for t in bare):
        return [_strip_others(text)]
    noted = all(name != token for name, token in zip(bare[:-1], tokens[:-1], strict=True))
    whole = all(len(t) > 2 for t in bare) and (any(_HAN.search(t) for t in bare) or all("・" in t for t in bare))
    if noted or whole or all(len(t) == 3 and t[0] in _KOREAN_FAMILIES for t in bare):
        return tokens
    return [_strip_others(text)]


def _strip_others(text: str) -> str:
    """A last name without the sign for "and others" glued to it."""
    stripped = text.rstrip()
    return _EAST_OTHERS.sub("", stripped) if _EAST.search(stripped) else text
