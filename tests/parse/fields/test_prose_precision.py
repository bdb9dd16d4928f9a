"""Whom running text credits with this film, and whose name stands there for another."""

import json

import pytest

from aggregator import parse
from tests.parse.fields.test_credits import FILLER, page, people, said

TITLE = "Never Let Me Go"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("French-Canadian director Mark Romanek has made his best film.", {("director", "Mark Romanek", None)}),
        (
            "Cinematographer Adam Kimmel and composer Rachel Portman do wonders here.",
            {("cinematographer", "Adam Kimmel", None), ("composer", "Rachel Portman", None)},
        ),
    ],
)
def test_a_sentence_that_opens_with_who_made_it(sentence, expected):
    assert said(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "<em>Never Let Me Go</em> (dir. Mark Romanek, 2010) is long and does not waste one of its many minutes.",
        "Never Let Me Go (2010, directed by Mark Romanek) is long and does not waste one of its many minutes.",
        "“Never Let Me Go” (dir. Mark Romanek) is long and does not waste one of its many quiet minutes.",
    ],
)
def test_the_bracket_behind_a_title_that_opens_a_paragraph(sentence):
    assert said(sentence) == {("director", "Mark Romanek", None)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Hidden (dir. Michael Haneke, 2005) was colder, and it had an ending that nobody has forgotten since.",
        "Not since <em>Hidden</em> (dir. Michael Haneke, 2005) has a film been so cold to those who watch it.",
        "Like director Michael Haneke before him he waits.",
        "Director Michael Haneke's Hidden was colder.",
        "Contact, written by Carl Sagan and starring Jodie Foster as Ellie, is closer.",
        "Interstellar (Christopher Nolan, 2014) was shown again, with Anne Hathaway, directed by Christopher Nolan.",
        "In Hidden, directed by Michael Haneke, nobody speaks either.",
        "I had seen it in the week after the storm, with Anne Hathaway, directed by somebody I forgot.",
    ],
)
def test_people_of_other_films(sentence):
    assert said(sentence) == set()


def test_parts_behind_von():
    text = "Es ist die Geschichte von Winfried (Peter Simonischek) und seiner Tochter Ines (Sandra Hüller)."
    german = (
        "Der Film ist lang, und das ist gut so, denn er hat viel zu sagen, und er sagt es mit Ruhe und mit Witz. " * 3
    )
    assert people(page(f"<p>{text} {german}</p>", "Toni Erdmann", "de")) == {
        ("cast", "Peter Simonischek", "Winfried"),
        ("cast", "Sandra Hüller", "Ines"),
    }


KOREAN = "이 영화는 천천히 시작하지만 끝까지 눈을 뗄 수 없게 만들고, 그것이 가장 좋은 점이라고 생각한다. 비가 왔다. "
JAPANESE = "この映画はゆっくり始まるが、最後まで目が離せない。それがいちばんよいところだと思う。雨の降る日に見た。"


def east(sentence, language):
    filler = {"ko": KOREAN, "ja": JAPANESE}[language] * 6
    markup = f"<p>{sentence}{filler}</p>"
    return {name for role, name, _ in people(page(markup, "기생충" if language == "ko" else "万引き家族", language))}


@pytest.mark.parametrize(
    ("sentence", "language", "director"),
    [
        ("봉준호 감독의 신작은 여전히 날카롭다. ", "ko", {"봉준호"}),
        ("是枝裕和監督の新作は静かだ。", "ja", {"是枝裕和"}),
        ("クリストファー・ノーラン監督の新作だ。", "ja", {"クリストファー・ノーラン"}),
        ("유명한 감독의 영화다. 한국인 감독이 만들었다. ", "ko", set()),
        ("봉준호 감독과 박찬욱 감독은 다르다. ", "ko", set()),
        ("박찬욱 감독의 <올드보이>와는 다르다. ", "ko", set()),
        ("若手監督の新作だ。日本人監督らしい。", "ja", set()),
        ("黒澤明監督の『生きる』とは違う。", "ja", set()),
    ],
)
def test_directors_in_japanese_and_korean(sentence, language, director):
    assert east(sentence, language) == director


def test_data_taken_for_a_name():
    broken = {"@type": "Person", "name": json.dumps({"@type": "Person", "name": "Mark Romanek"})}
    film = {"@context": "https://schema.org", "@type": "Movie", "name": TITLE, "director": broken}
    data = json.dumps({**film, "actor": ["Carey Mulligan"]})
    script = f'<script type="application/ld+json">{data}</script>'
    markup = f"<html lang=en><h1>{TITLE}</h1>{script}<p>{FILLER}</p><p>{FILLER}</p><p>4/5</p></html>"
    names = [credit.name for review in parse(markup, profile=False).reviews for credit in review.credits]
    assert names == ["Carey Mulligan"]
