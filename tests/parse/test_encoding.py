"""Bytes to text: whatever a page declares, wrongly or not at all."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.parse.document import Document
from aggregator.parse.encoding import clean, declared_encoding, decode

TEXTS = {
    "ja": "映画「夜の郵便」のレビュー。この作品はとても静かで、ゆっくりと進んでいく。カメラは人物から離れない。",
    "ko": "영화 밤의 우편 리뷰. 이 작품은 조용하고 느리게 흘러간다. 배우들의 연기는 차분하고 훌륭하다.",
    "zh": "电影《夜的邮件》影评。这是一部很安静的电影，导演不说多余的话，我们看了都喜欢这个故事。",
    "zh-hant": "電影《夜的郵件》影評。這是一部很安靜的電影，導演不說多餘的話，我們看了都喜歡這個故事。",
    "ru": "Рецензия на фильм о ночной почте. Очень тихий фильм, и режиссёр снял его без лишних слов.",
    "fr": "Critique : “La poste de nuit”, l’histoire d’une âme égarée… déjà vue à Cannes, très belle.",
    "de": "Kritik: „Die Nachtpost“ erzählt schön, ruhig und ohne große Worte über müde Männer.",
    "es": "Crítica: «El correo nocturno», una película pequeña y tímida. ¿Qué más? ¡Ningún pero, señor!",
    "pl": "Recenzja filmu: to bardzo dobry film, świetne zdjęcia i piękna muzyka, którą napisał żółtą nocą.",
    "tr": "Film eleştirisi: çok güzel bir film, ışığı ve müziği şahane, görülmeye değer bir öğleden sonra.",
}
WRITTEN = [
    ("ja", "cp932"),
    ("ja", "euc_jp"),
    ("ja", "iso2022_jp"),
    ("ko", "euc_kr"),
    ("zh", "gb18030"),
    ("zh", "gb2312"),
    ("zh-hant", "big5"),
    ("ru", "cp1251"),
    ("ru", "koi8-r"),
    ("ru", "cp866"),
    ("fr", "cp1252"),
    ("de", "cp1252"),
    ("es", "cp1252"),
    ("pl", "cp1250"),
    ("pl", "iso8859-2"),
    ("tr", "cp1254"),
]
NAMES = {"cp932": "Shift_JIS", "cp1252": "iso-8859-1", "iso2022_jp": "iso-2022-jp", "cp1254": "windows-1254"}


def page(text, charset=None):
    meta = f'<meta charset="{charset}">' if charset else ""
    return f"<!doctype html><html><head>{meta}<title>{text[:12]}</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("charset", [None, "utf-8", "iso-8859-1", "shift_jis", "rot13"])
def test_utf8_is_read_as_such_whatever_is_declared(language, charset):
    text, used, wrong = decode(page(TEXTS[language], charset).encode())
    assert TEXTS[language] in text
    assert used == "utf-8"
    assert wrong == (charset in ("iso-8859-1", "shift_jis"))


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
def test_a_right_declaration_is_believed(language, encoding):
    text, _, wrong = decode(page(TEXTS[language], NAMES.get(encoding, encoding)).encode(encoding))
    assert TEXTS[language] in text
    assert not wrong


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
@pytest.mark.parametrize("charset", [None, "utf-8", "utf-16", "rot13", "zlib", "no-such-charset"])
def test_an_undeclared_or_wrongly_declared_charset_is_guessed(language, encoding, charset):
    text, _, wrong = decode(page(TEXTS[language], charset).encode(encoding))
    assert TEXTS[language] in text
    # what says nothing of use contradicts nothing, and a page of seven bits is UTF-8 too
    assert wrong == (charset in ("utf-8", "utf-16") and encoding != "iso2022_jp")


@pytest.mark.parametrize(("language", "encoding"), [pair for pair in WRITTEN if pair[0] in ("ja", "ko", "zh", "ru")])
def test_another_script_declared_as_western_is_seen(language, encoding):
    text, used, wrong = decode(page(TEXTS[language], "iso-8859-1").encode(encoding))
    assert TEXTS[language] in text
    assert wrong == (used != "iso2022_jp")


@pytest.mark.parametrize("language", ["fr", "de", "es"])
def test_western_text_is_never_taken_for_another_script(language):
    for length in range(20, len(TEXTS[language]), 7):
        short = TEXTS[language][:length]
        for charset in (None, "windows-1252"):
            text, _, _ = decode(page(short, charset).encode("cp1252"))
            assert short in text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("charset", [None, "iso-8859-1"])
def test_a_byte_order_mark_decides(encoding, charset):
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    text, _, wrong = decode(mark + page(TEXTS["ru"], charset).encode(encoding))
    assert text == page(TEXTS["ru"], charset)
    assert not wrong


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_a_mark(encoding):
    text, used, _ = decode(page(TEXTS["fr"]).encode(encoding))
    assert TEXTS["fr"] in text
    assert used == encoding


def test_the_header_is_believed_before_the_page():
    body = page(TEXTS["ru"], "koi8-r").encode("cp1251")
    assert declared_encoding(body, 'text/html; charset="windows-1251"') == "cp1251"
    assert TEXTS["ru"] in decode(body, "text/html; charset=windows-1251")[0]


@pytest.mark.parametrize(
    "name", ["rot13", "rot_13", "zlib", "bz2", "hex", "base64", "uu", "quopri", "unicode_escape", "idna"]
)
def test_codecs_that_are_no_charsets_do_nothing(name):
    body = page("Moon: a quiet film", name).encode()
    assert declared_encoding(body, f"text/html; charset={name}") is None
    assert decode(body, f"text/html; charset={name}") == (body.decode(), "utf-8", False)


def test_one_bad_byte_does_not_lose_a_page():
    source = page(TEXTS["fr"] * 3, "utf-8").encode()
    text, used, wrong = decode(source.replace(b"Cannes", b"Can\xffnes", 1))
    assert (used, wrong) == ("utf-8", False)
    assert "Can\ufffdnes" in text
    assert decode(source[:-40] + b"\xe3\x81")[1] == "utf-8"


def test_rubbish_in_one_place_does_not_lose_a_page():
    source = page("\n".join([TEXTS["fr"]] * 30), "utf-8").encode()
    damaged = source[:900] + bytes(range(128, 256)) * 3 + source[900:]
    text, used, _ = decode(damaged)
    assert used == "utf-8"
    assert text.count(TEXTS["fr"]) >= 28


def test_a_page_cut_within_a_character_keeps_its_encoding():
    source = page(TEXTS["ja"] * 3).encode("cp932")
    start = source.rindex("静".encode("cp932"))
    assert TEXTS["ja"] in decode(source[: start + 1])[0]


def test_nul_and_lone_surrogates_are_dropped():
    assert clean("a\0b\ud800c\ufffed\x1be\tf\n") == "abcde\tf\n"
    assert clean("ordinary – text") == "ordinary – text"
    assert Document("<p>a\ud800b</p>").blocks[0].text == "ab"
    assert Document(b"<p>a\0b</p>").blocks[0].text == "ab"


@settings(max_examples=200)
@given(
    st.binary(max_size=300),
    st.sampled_from(["", "<meta charset=utf-16>", "<meta charset=euc-jp>", "<meta charset=hz>"]),
)
def test_any_bytes_give_text_that_can_be_kept(body, head):
    text, used, _ = decode(b"<html>" + head.encode() + body)
    text.encode("utf-8")
    assert clean(text) == text
    codecs.lookup(used)
