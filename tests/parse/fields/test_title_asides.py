"""Titles beside a headline that names no film: what address, tag, caption and text say of it."""

import pytest

from aggregator.parse import parse

TEXT = """<p>Two hours of quiet dread, beautifully acted by a cast that never puts a foot wrong. The director keeps his
camera at a distance and lets the film breathe, and the performances are superb from beginning to end.</p><p>The script
is sharp, the score haunting and the ending, which I will not give away, one of the best scenes of the year. A film to
see on the largest screen you can find, though the middle drags a little.</p>"""
TAG = "<div class=tags><a rel=tag href='/tag/x'>{}</a></div>"
CAPTION = "<figure><img src=x.jpg><figcaption>{}</figcaption></figure>"
POST = "https://corner.example/2021/05/14/off-the-rails/"


def titles(headline, body, url=POST):
    made = f"<html lang=en><head><title>{headline}</title></head><body><h1>{headline}</h1>{body}</body></html>"
    return [review.film.title for review in parse(made, url).reviews]


FILMS = {
    "an address that is a tag": (TEXT + TAG.format("Contagion"), "https://corner.example/2011/09/contagion/"),
    "a caption of which the text speaks": (
        CAPTION.format("Anna Holm boards the train in <i>Salt Lake</i>") + TEXT + "<p>I saw Salt Lake at noon.</p>",
        POST,
    ),
    "an address that the text calls a film": (
        TEXT + "<p>Salt Lake is a film by Mia Gray.</p>",
        "https://corner.example/2021/salt-lake/",
    ),
    "what somebody acts in": (
        (
            "<p>Leo Orrin eats a raw liver in The Trapper. He also sleeps inside a "
            "horse, walks for a week with a broken leg, and is beautiful to look at while he does, as few are.</p>"
            f"{TEXT}<p>But The Trapper wants to be more than a chase, and this film is.</p><p>Rating: 4/5</p>"
        ),
        POST,
    ),
}


@pytest.mark.parametrize("what", FILMS)
def test_the_film_beside_the_headline(what):
    assert titles("Dread and circuses", *FILMS[what])[0] in ("Contagion", "Salt Lake", "The Trapper")


NONE = {
    "a caption of another film": (
        CAPTION.format("Anna Holm as she was in <i>Fargo</i>")
        + TEXT
        + "<p>The star of Fargo is back in this film.</p>",
        POST,
    ),
    "a tag that is a director": (TEXT + TAG.format("Quentin Tarantino"), "https://corner.example/quentin-tarantino/"),
    "a tag that is a movement": (TEXT + TAG.format("French New Wave"), "https://corner.example/french-new-wave/"),
    "a section": (
        TEXT + "<p>It is one of the New Releases of this week. The New Releases are dull.</p>",
        "https://corner.example/new-releases/",
    ),
    "a director in the address": (
        TEXT + "<p>Mia Hansen Love made this film. Mia Hansen Love is a star.</p>",
        "https://corner.example/2021/mia-hansen-love/",
    ),
    "a studio": (
        (
            f"<p>The House of Mouse has made another film, and I watched it in a full hall.</p>{TEXT}"
            "<p>So The House of Mouse did it again, and I am glad that the House of Mouse still takes risks.</p>"
        ),
        POST,
    ),
    "a paper": (
        (
            f"<p>Writing in The Guardian last week a critic called this film dull.</p>{TEXT}"
            "<p>I side with The Guardian on this one, and so will you.</p>"
        ),
        POST,
    ),
    "a band": (
        (
            f"<p>A young man who loves The Beatles leaves home, and this film follows him.</p>{TEXT}"
            "<p>The songs of The Beatles help, as The Beatles always do.</p>"
        ),
        POST,
    ),
    "a jury": (
        (
            f"<p>It took the Palme in Cannes and the Jury of Young Critics liked it.</p>{TEXT}"
            "<p>The Jury of Young Critics was right, as the Jury of Young Critics so often is.</p>"
        ),
        POST,
    ),
}


@pytest.mark.parametrize("what", NONE)
def test_another_name_beside_the_headline(what):
    assert titles("Dread and circuses", *NONE[what]) in ([], ["Dread and circuses"])


@pytest.mark.parametrize(
    ("year", "text", "found"),
    [
        ("2012", "2012 is a disaster film by Roland Emmerich. I watched 2012 twice.", ["2012"]),
        ("2010", "2010 is the sequel to Odyssey, and a fine film. The film 2010 is slow.", ["2010"]),
        ("2012", "2012 was a great year for film. I watched many.", []),
        ("2012", "2012 is a disaster film. In 2012 the Odeon closed.", []),
    ],
)
def test_a_year_is_a_title_where_the_text_calls_it_a_film(year, text, found):
    assert titles(year, f"{TEXT}<p>{text}</p>", f"https://corner.example/{year}-review/") == found


def test_names_without_end_are_not_each_looked_for_in_the_whole_text():
    names = ", ".join(f"Alpha{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(8000))
    assert titles("Dread and circuses", f"<p>Films: {names}.</p>{TEXT}") in ([], ["Dread and circuses"])
