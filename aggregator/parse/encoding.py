"""Bytes to text, once: byte order mark, declared charset, UTF-8, then the other encodings of the web."""

import re

from w3lib.encoding import html_body_declared_encoding, read_bom, resolve_encoding

# resolve_encoding maps names as browsers do and knows only text encodings, so `rot13` or `zlib` do nothing;
# these are the ones a browser may meet beyond the declared one, most telling (hardest to satisfy by accident) first.
FALLBACKS = ("euc_jp", "cp932", "euc_kr", "gb18030", "big5hkscs", "cp1251", "cp1252")
_WEB_ENCODINGS = frozenset(
    """ascii utf-8 utf-16 utf-16-le utf-16-be cp932 shift_jis euc_jp iso2022_jp euc_kr cp949 gb18030 gbk gb2312
    big5 big5hkscs koi8-r koi8-u cp866 cp874 mac-roman macintosh mac_roman mac_cyrillic tis-620
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 hz iso8859-1 iso8859-2 iso8859-3 iso8859-4
    iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16
    latin_1 koi8_r koi8_u""".split()
)
_UNSAFE = re.compile("[\x00\ud800-\udfff\ufffe\uffff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# the commonest signs of Chinese, simplified and traditional: real text is full of them, wrongly decoded bytes are not
_CHINESE = re.compile(
    "[的一是在不了有人我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年过過发發后後作里用道行所然家]"
)
_CYRILLIC = re.compile(r"[\u0430-\u044f]")


def clean(text: str) -> str:
    """`text` without NUL, lone surrogates and non-characters, which neither lxml nor the store can hold."""
    return _UNSAFE.sub("", text) if _UNSAFE.search(text) else text


def declared_encoding(body: bytes, content_type: str | None = None) -> str | None:
    """The Python name of the encoding the HTTP header or the page declares, if it is one of the web's."""
    names = []
    if content_type and (found := re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.IGNORECASE)):
        names.append(resolve_encoding(found.group(1)))
    names.append(html_body_declared_encoding(body[:4096]))
    return next((name for name in names if name and name.lower() in _WEB_ENCODINGS), None)


def decode(body: bytes, content_type: str | None = None) -> tuple[str, str, bool]:
    """Text of a page, the encoding used, and whether that contradicts the declared one."""
    bom, _ = read_bom(body)
    if bom and bom.lower() in _WEB_ENCODINGS:
        return clean(body.decode(bom, "replace").lstrip("\ufeff")), bom, False
    declared = declared_encoding(body, content_type)
    for name in ("utf-8", declared):
        if name and (text := _strict(body, name)) is not None:
            wrong = declared is not None and name != declared and not body.isascii()
            return clean(text), name, wrong and declared != "ascii"
    guess = _guess(body) if declared in (None, "utf-8") or _mostly_wrong(body, declared) else None
    used = guess or declared or "cp1252"
    return clean(body.decode(used, "replace")), used, used != declared


def _strict(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _mostly_wrong(body: bytes, name: str) -> bool:
    text = body.decode(name, "replace")
    return text.count("\ufffd") > 0.02 * sum(byte > 127 for byte in body)


def _guess(body: bytes) -> str | None:
    """The fallback whose text looks most like a written language; None if all look wrong.

    A page cut in the middle of a character, or with one bad byte, must not lose its encoding, so a few
    replacement characters are allowed.
    """
    high = sum(byte > 127 for byte in body)
    utf8 = body.decode("utf-8", "replace")
    if utf8.count("\ufffd") * 10 <= high:
        return "utf-8"
    best, best_score = None, 0.0
    for name in FALLBACKS:
        text = body.decode(name, "replace")
        if text.count("\ufffd") > 0.02 * high:
            continue
        score = _plausibility(text, name)
        if score > best_score:
            best, best_score = name, score
    return best


def _plausibility(text: str, name: str) -> float:
    foreign = sum(ord(char) > 127 for char in text) or 1
    if name in ("cp932", "euc_jp"):
        return len(_KANA.findall(text)) / foreign + 0.3 * len(_HAN.findall(text)) / foreign
    if name == "euc_kr":
        return len(_HANGUL.findall(text)) / foreign
    if name in ("gb18030", "big5hkscs"):
        return 2.5 * len(_CHINESE.findall(text)) / foreign
    if name == "cp1251":
        return 0.9 * len(_CYRILLIC.findall(text)) / foreign
    return 0.4 if foreign < 0.2 * len(text) else 0.1
