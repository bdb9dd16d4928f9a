"""Bytes to text, once: byte order mark, declared charset, UTF-8, then the other encodings of the web.

What the text of an encoding looks like is data/encodings.toml; an encoding that is to be guessed is a row there.
"""

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

# resolve_encoding maps names as browsers do, but knows every codec of Python; only these are text of the web, so that
# `rot13` or `zlib` do nothing
_WEB_ENCODINGS = frozenset(
    """ascii utf-8 utf-16 utf-16-le utf-16-be cp932 shift_jis euc_jp iso2022_jp euc_kr cp949 gb18030 gbk gb2312
    big5 big5hkscs koi8-r koi8-u cp866 cp874 mac-roman macintosh mac_roman mac_cyrillic tis-620
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 hz iso8859-1 iso8859-2 iso8859-3 iso8859-4
    iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16
    latin_1 koi8_r koi8_u""".split()
)
_WESTERN = frozenset(("cp1252", "iso8859-1", "iso8859-15", "latin_1", "ascii"))
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = bytes(range(128))
_SAMPLE = 30_000
"""Bytes from the first one beyond ASCII that a guess is made on."""
_PART = 500
"""Letters of one place of a page."""
_LEAST = 0.2
_SURE = 0.5
"""Scores below which nothing is guessed, and nothing of one byte a letter but Western text."""


@dataclass(frozen=True, slots=True)
class _Looks:
    """What text of one encoding looks like; `languages` for one byte a letter, `scripts` for several."""

    name: str
    languages: tuple[frozenset[str], ...] = ()
    scripts: tuple[tuple[re.Pattern[str], float], ...] = ()


def clean(text: str) -> str:
    """`text` without control signs, lone surrogates and non-characters, which neither lxml nor the store can hold."""
    return _UNSAFE.sub("", text) if _UNSAFE.search(text) else text


_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})


def _is_clean(utf8: bytes) -> bool:
    """Whether valid UTF-8 holds nothing that `clean` takes out; bytes are looked through faster than letters."""
    no_letters = 0xEF in utf8 and (b"\xef\xbf\xbe" in utf8 or b"\xef\xbf\xbf" in utf8)
    return not no_letters and len(utf8.translate(None, _CONTROLS)) == len(utf8)


def declared_encoding(body: bytes, content_type: str | None = None) -> str | None:
    """The Python name of the encoding the HTTP header or the page declares, if it is one of the web's."""
    names = []
    if content_type and (found := re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)):
        names.append(resolve_encoding(found.group(1)))
    within = html_body_declared_encoding(body[:4096])
    # a declaration that can be read as ASCII is not written in UTF-16
    names.append("utf-8" if within and within.lower().startswith("utf-16") else within)
    return next((name for name in names if name and name.lower() in _WEB_ENCODINGS), None)


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str, bool]:
    """Text of a page, the encoding used, and whether that contradicts the declared one."""
    bom, mark = read_bom(body)
    if bom and mark and bom.lower() in _WEB_ENCODINGS:
        return clean(body[len(mark) :].decode(bom, "replace")), bom, False
    declared = declared_encoding(body, content_type)
    for name in (_by_shape(body, declared), "utf-8", declared):
        if name and (text := _strict(body, name)) is not None and not (name == declared and _misread(body, name)):
            return (
                text if name == "utf-8" and _is_clean(body) else clean(text),
                name,
                declared is not None and name != declared and not body.isascii(),
            )
    if declared in (None, "utf-8") or _misread(body, declared) or _mostly_wrong(body, declared):
        used = _guess(body) or declared or "cp1252"
    else:
        used = declared
    return clean(body.decode(used, "replace")), used, declared is not None and used != declared


def _by_shape(body: bytes, declared: str | None) -> str | None:
    """Encodings that can be told by their bytes alone: those of seven bits, and UTF-16 without a mark."""
    if 0x1B in body and b"\x1b$" in body and (declared == "iso2022_jp" or body.isascii()):
        return "iso2022_jp"
    if declared == "hz" and b"~{" in body:
        return "hz"
    head = body[:2000]
    for order, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(head) > 3 and head[order::2].count(0) > 0.4 * len(head) / 2 and head[1 - order :: 2].count(0) == 0:
            return name
    return None


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _misread(body: bytes, name: str) -> bool:
    """Whether bytes declared as Western text, which any bytes are, are letters of another encoding."""
    sample = _sample(body) if name in _WESTERN else b""
    if not sample:
        return False
    scores = _scores(sample)
    return max(scores.values(), default=0.0) > scores.get("cp1252", 0.0) + 0.25


def _mostly_wrong(body: bytes, name: str) -> bool:
    sample = _sample(body)
    return sample.decode(name, "replace").count("\ufffd") > 0.02 * _high(sample)


def _sample(body: bytes) -> bytes:
    first = _HIGH.search(body)
    return body[first.start() : first.start() + _SAMPLE] if first else b""


def _high(body: bytes) -> int:
    return len(body.translate(None, _ASCII))


def _runs(sample: bytes) -> float:
    """Share of the bytes beyond ASCII that stand together: small where accents are strewn over Latin words, 0..1."""
    return sum(map(len, _RUN.findall(sample))) / (_high(sample) or 1)


@cache
def _looks() -> tuple[_Looks, ...]:
    raw = tomllib.loads(resources.files("aggregator.parse").joinpath("data/encodings.toml").read_text("utf-8"))
    common = frozenset(raw["common"]["signs"])
    several = [
        _Looks(name, scripts=tuple((re.compile(f"[{row['letters']}]"), float(row["weight"])) for row in rows))
        for name, rows in raw["scripts"].items()
    ]
    single = [
        _Looks(name, languages=tuple(frozenset(letters) | common for letters in rows))
        for name, rows in raw["letters"].items()
    ]
    return (*several, *single)


def _guess(body: bytes) -> str | None:
    """The encoding whose text looks most like a written language; None if all look wrong.

    A page cut in the middle of a character, or with one bad byte, must not lose its encoding, so a few
    replacement characters are allowed.
    """
    if _damaged_utf8(body):
        return "utf-8"
    scores = _scores(_sample(body))
    best = max(scores, key=lambda name: round(scores[name], 2), default=None)
    return best if best and scores[best] > _LEAST else None


def _damaged_utf8(body: bytes) -> bool:
    """Whether the bytes are UTF-8 but for a few bad ones, or for one place where something else stands."""
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") * 10 <= _high(body):
        return True
    # what is in another encoding is wrong all over
    parts = [text[at : at + _PART] for at in range(0, len(text), _PART)]
    wrong = sum("\ufffd" in part for part in parts)
    right = sum(not part.isascii() for part in parts) - wrong
    return right > wrong


def _scores(sample: bytes) -> dict[str, float]:
    """How much the text looks like what each encoding is for, about 0..1, in the order of the table."""
    high = sample.translate(None, _ASCII)
    runs = _runs(sample)
    found: dict[str, float] = {}
    for looks in _looks():
        text = (sample if looks.scripts else high).decode(looks.name, "replace")
        if text.count("\ufffd") <= 0.02 * len(high):
            score = _score(text, looks, runs)
            sure = looks.scripts or looks.name in _WESTERN or (score >= _SURE and len(high) >= 8)
            found[looks.name] = score if sure else 0.0
    return found


def _score(text: str, looks: _Looks, runs: float) -> float:
    if looks.scripts:
        foreign = len(text) - len(text.encode("ascii", "ignore")) or 1
        return sum(weight * len(letters.findall(text)) for letters, weight in looks.scripts) / foreign
    letters = Counter(text)
    best = max(sum(count for char, count in letters.items() if char in own) for own in looks.languages)
    share = best / (len(text) or 1)
    # Cyrillic words are all beyond ASCII, accents are strewn over Latin ones
    return 1.45 * share * runs if _is_cyrillic(looks) else share * (1 - runs)


def _is_cyrillic(looks: _Looks) -> bool:
    return any("о" in own for own in looks.languages)
