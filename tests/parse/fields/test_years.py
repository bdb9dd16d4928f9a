"""The film's year where the text says it, and years that are something else's."""

import pytest

from aggregator.parse import parse

TEXT = """<p>{} The director hardly lets us out of the train for two hours, and the camera finds room where there is
none. Anna Weber and Karl Otto are excellent.</p><p>It is a beautiful film, slow in the middle and very moving at the
end. The screenplay trusts silence, the score does not. Night Train is worth the ticket.</p>"""
YEARS = {
    "Night Train is a 2019 film that nobody saw.": 2019,
    "Night Train is a quiet 2019 Shudder exclusive film.": 2019,
    "Night Train, the 2019 thriller by Anna Holm, is small.": 2019,
    "The 2019 film “Night Train” is small.": 2019,
    "The 2019 film <i>Night Train</i> is small.": 2019,
    "2019’s Night Train is small.": 2019,
    "This 2019 novel became the film Night Train.": None,
    "A 2019 film is no match for Night Train.": None,
    "Night Train (2019) is small.": 2019,
    "Night Train (Nachtzug, 2019) is small.": 2019,
    "Night Train (Germany/Austria 2019) is small.": 2019,
    "Night Train (dir: Anna Holm; 2019) is small.": 2019,
    "Night Train (2019 film) is small.": 2019,
    "Night Train was released in 2019, long before the remake.": None,
    "Night Train was re-released in 2019.": None,
    "Night Train (seen at home, Christmas 2019) is small.": None,
    "Night Train (Cannes 2019) is small.": None,
    "They remade Night Train in 2019.": None,
    "Night Train is a remake of the 1973 film.": None,
    "Night Train is based on a 2001 novel, and no film is like it.": None,
    "Night Train is set in 1944, and it is a film of winter.": None,
    "Unlike the 2017 film Night Train stays on its rails.": None,
    "Unlike the 2017 film, Night Train stays on its rails.": None,
    "Night Train follows the 1999 film Day Train.": None,
    "I saw Night Train in 2020, a year for no film.": None,
    "Unlike this 1995 film, Night Train is slow.": None,
    "Remember The Getaway? This 1972 film had everything that Night Train lacks.": None,
    "This 1973 thriller was remade last year as Night Train.": None,
    "This 2019 film festival opened with Night Train.": None,
    "Based on this 1995 film noir novel, Night Train is slow.": None,
    "A 1972 film directed by Sam Peckinpah inspired Night Train.": None,
    "1972 thriller director Sam Peckinpah would have loved Night Train.": None,
    "Night Train came out in 2021 on Blu-ray.": None,
    "Night Train was released in 2021 on DVD by Arrow.": None,
    "Night Train was released in 2005 in the UK, two years late.": None,
    "The original Night Train came out in 1973 and this is the new version.": None,
    "Oscar Peterson's Night Train came out in 1963.": None,
    "Released in 2001, Night Train 2 was a flop.": None,
    "Night Train made in 1944 uniforms look good.": None,
    "Night Train kam 2021 auf Blu-ray heraus.": None,
    "Night Train kam 2005 in die deutschen Kinos.": None,
    "Night Train erschien 1973, und diese Neuverfilmung ist besser.": None,
    "Night Train est sorti en 2021 en DVD.": None,
    "Night Train beats a 2017 film by miles.": None,
    "Night Train or the 1973 thriller, which is better?": None,
    "Unlike Night Train, the 2017 film Day Train is fast.": None,
    "Night Train director Anna Holm, whose last work came out in 2014, is back.": None,
    "Night Train, directed by Anna Holm, who won in Cannes in 2014, is small.": None,
    "Night Train, directed by Anna Holm in 2019, is small.": 2019,
    "A remake of Night Train (1973), this is small.": None,
    "The original Night Train (1973) was better.": None,
    "The album Night Train (1963) plays.": None,
    "Night Train (Cannes, 2019) is small.": None,
    "Night Train (Blu-ray, 2021) is small.": None,
    "Night Train (novel, 1999) is better than this.": None,
    "Like Night Train, a 1973 thriller, this film is slow.": None,
    "Holm, director of Night Train (2015), is back.": None,
    "Night Train is the best 2019 film festival entry.": None,
    "Night Train (published, 2021) is small.": None,
    "Night Train (released on disc, 2021) is small.": None,
    "Night Train (UK release 2021) is small.": None,
    "Night Train (Germany, seen in 2021) is small.": None,
    "Night Train (in cinemas 2021) is small.": None,
    "Anna Holm (Night Train, 2015) is back.": None,
    "Night Train: Reloaded (2021) is worse.": None,
}


def page(first, lead="", headline="Night Train"):
    return parse(
        f"""<html lang="en"><head><title>{headline} | Tide</title></head><body><article><h1>{headline}</h1>{lead}
        {TEXT.format(first)}</article></body></html>""",
        "https://a.example/p/8721",
    )


@pytest.mark.parametrize("first", YEARS)
def test_a_year_in_the_text(first):
    (review,) = page(first).reviews
    assert (review.film.title, review.film.year) == ("Night Train", YEARS[first])


@pytest.mark.parametrize(
    "lead",
    [
        "<p>Night Train (2019)</p>",
        "<p>Night Train (Nachtzug, 2019, Germany)</p>",
        "<p>Night Train, 2019, dir. Anna Holm</p>",
        "<p><b>Night Train (2019), directed by Anna Holm</b></p>",
    ],
)
@pytest.mark.parametrize("headline", ["Night Train", "Off the Rails", "How I learned to love the slow and the late"])
def test_a_line_below_the_headline_names_film_and_year(lead, headline):
    (review,) = page("A wall falls.", lead, headline).reviews
    assert (review.film.title, review.film.year) == ("Night Train", 2019)


@pytest.mark.parametrize(
    "kicker", ["Film review · 2019 · Thriller", "Movies | 2019", "2019 / Germany / 97 min", "Thriller, 2019"]
)
@pytest.mark.parametrize("tag", ["p", "h2", "span class=kicker"])
def test_a_kicker_with_a_year_is_no_title(tag, kicker):
    found = parse(
        f"""<html lang="en"><head><title>Night Train | Tide</title></head><body><article>
        <{tag}>{kicker}</{tag.split()[0]}><h1>Night Train</h1>{TEXT.format("Night Train.")}</article></body></html>""",
        "https://a.example/p/8721",
    )
    assert [(review.film.title, review.film.year) for review in found.reviews] in (
        [("Night Train", 2019)],
        [("Night Train", None)],
    )


FACTS = [
    "Thriller · 2019 · Rated R",
    "2019 · 97 min",
    "~ 2019 · Directed by Anna Holm · Rated R ~",
    "Germany 2019",
    "(2019) dir. Anna Holm",
    "Anna Holm | 2019 | Germany",
    "Night Train, Germany 2019",
    "Released: 2019",
    "First released in 2019",
    "D 2019, R: Anna Holm",
    "Drama, Germany 2019",
    "Year 2019. Germany. Director Anna Holm.",
    "2019年製作/97分/ドイツ",
    "Night Train: Germany/2019/97 mins",
    "Released in 2019 | Directed by Anna Holm",
]
NO_FACTS = [
    "Drama (2019)",
    "Film review · 2019 · Thriller",
    "Reviews / Drama / 2019",
    "Reviews / Germany / 2019",
    "Mia Torres | Horror | 2019",
    "2019 · 4 min",
    "12 | 2019",
    "Movies | 2019",
    "2019",
    "By Mia Torres, 2019",
    "Mia Torres | Movies | 2019",
    "May 2019",
    "Best of 2019",
    "Posted in Drama, 2019",
    "© Germany 2019",
    "Release date: May 3, 2019",
    "DVD, Corner Seat, 2019, 97 min",
    "Anna Holm, 2019",
    "Berlin, 2019",
    "First published in The Lantern, 2019",
    "(2019)",
    "[2019]",
    "(Mia Torres, 2019)",
    "[Mia Torres, 2019]",
    "Night Train - 2019 - Mia Torres",
    "D | 2019",
    "Blu-ray, Germany 2019",
    "Day Train, Germany 2019",
    "Thriller / 2019 / Cannes",
    "2019 · 4K · 97 min",
]


@pytest.mark.parametrize("line", FACTS + NO_FACTS)
@pytest.mark.parametrize("where", ["above", "below", "behind"])
def test_a_line_of_facts_without_labels(line, where):
    headline, text = "<h1>Night Train</h1>", TEXT.format("Night Train is small.")
    parts = {"above": (line, headline, text), "below": (headline, line, text), "behind": (headline, text, line)}[where]
    body = "".join(part if part[0] == "<" else f"<p>{part}</p>" for part in parts)
    source = (
        f'<html lang="en"><head><title>Night Train | Tide</title></head><body><article>{body}</article></body></html>'
    )
    (review,) = parse(source, "https://a.example/p/8721").reviews
    assert (review.film.title, review.film.year) == ("Night Train", 2019 if line in FACTS else None)


def test_the_year_of_a_byline_is_the_review_s():
    lead = "<p class=byline>By Mia Torres</p><p>Mia Torres | Germany | 2019</p>"
    (review,) = page("Night Train is small.", lead).reviews
    assert (review.critics, review.film.year) == (["Mia Torres"], None)


def test_the_title_of_the_page_has_the_year_that_the_headline_leaves_out():
    source = f"""<html lang="en"><head><title>:: Tide and Time :: Night Train (2019) ::</title></head><body><article>
        <h1>Night Train</h1>{TEXT.format("Night Train is small.")}</article></body></html>"""
    (review,) = parse(source).reviews
    assert (review.film.title, review.film.year) == ("Night Train", 2019)


def test_a_date_in_the_place_of_the_headline_is_none():
    source = f"""<html lang="en"><head><title>Night Train · Tide</title></head><body><main><h1>19 Jan 2008, 22:57</h1>
        <div><a href="/night-train/">Night Train</a></div>{TEXT.format("A wall falls.")}</main></body></html>"""
    (review,) = parse(source, "https://a.example/2008/01/night-train/").reviews
    assert (review.film.title, review.headline, review.published) == (
        "Night Train",
        "Night Train",
        "2008-01-19T22:57",
    )


HEADLINES = {
    "Night Train (2019 film)": 2019,
    "2019's Night Train": 2019,
    "Night Train – Anna Holm (2019)": 2019,
    "Night Train, Anna Holm (2019)": 2019,
    "Night Train / 2019": 2019,
    "Night Train // 2019": 2019,
    "Night Train · 2019": 2019,
    "Night Train - Anna Holm": None,
    "Classic film review: Night Train (2019)": 2019,
    "Night Train - Mia Torres - 2019": None,
    "Night Train - Blu-ray 2019": None,
    "Night Train '19": None,
    "Night Train / TIFF / 2021": None,
    "Night Train · FrightFest · 2021": None,
    "Night Train // Tide // 2021": None,
    "Night Train - TIFF - 2021": None,
    "Night Train, Cannes, 2021": None,
    "Night Train (TIFF, 2021)": None,
    "Night Train (TIFF 2021)": None,
    "Night Train (Blu-ray, 2021)": None,
    "1980's Horror: Night Train": None,
    "1980s Horror: Night Train": None,
    "2000's Best: Night Train": None,
    "2021: Night Train": None,
    "Best of 2021: Night Train": None,
    "Halloween 2021: Night Train": None,
    "Oscars 2021: Night Train": None,
    "Issue 4, 2021: Night Train": None,
    "Night Train (Oktober 2021)": None,
    "Night Train (rewatch, 2021)": None,
    "Night Train [2021 rewatch]": None,
    "Night Train <span class=date>2021</span>": None,
    "Night Train <span class=posted>2021</span>": None,
    "Night Train - 2021 - Anna Holm": None,
}


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_with_year_and_maker(headline):
    (review,) = page("Night Train is small.", "<p class=byline>By Mia Torres</p>", headline).reviews
    assert (review.film.title, review.film.year) == ("Night Train", HEADLINES[headline])


@pytest.mark.parametrize("headline", ["Good Luck to You, Leo Grande", "Mad Max: Max Rockatansky"])
def test_a_name_that_the_text_says_with_the_rest_is_part_of_the_title(headline):
    (review,) = page(f"{headline} is small. So is {headline} of old.", "", f"{headline} (2019)").reviews
    assert (review.film.title, review.film.year) == (headline, 2019)


@pytest.mark.parametrize("slug", ["night-train-2021", "night-train-2021-dvd-review"])
@pytest.mark.parametrize("alt", ["Night Train (1973)", "Night Train (1999) novel cover", "Night Train (2021) Blu-ray"])
def test_address_and_images_say_no_year(slug, alt):
    source = f"""<html lang="en"><head><title>Night Train | Tide</title></head><body><article><h1>Night Train</h1>
        <p><img src="/i/1.jpg" alt="{alt}"></p>{TEXT.format("This remake of the Italian film is small.")}</article>
        </body></html>"""
    (review,) = parse(source, f"https://a.example/{slug}/").reviews
    assert (review.film.title, review.film.year) == ("Night Train", None)


def test_the_year_within_a_title_of_structured_data():
    data = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Review",
        "itemReviewed": {"@type": "Movie", "name": "Night Train (2019)"}}</script>"""
    (review,) = page("Night Train is small.", data).reviews
    assert (review.film.title, review.film.year) == ("Night Train", 2019)


def test_a_genre_with_country_and_year_is_no_title():
    (review,) = page("Night Train is small.", "<p><em>Drama (Germany, 2019)</em></p>").reviews
    assert (review.film.title, review.film.year) == ("Night Train", 2019)


@pytest.mark.parametrize("headline", ["Blade Runner 2049", "2049: Blade Runner"])
def test_a_number_that_the_text_says_with_the_title_is_no_year(headline):
    (review,) = page("Blade Runner 2049 is small. Blade Runner, of old, was smaller than 2049.", "", headline).reviews
    assert review.film.year is None


@pytest.mark.parametrize(
    ("line", "original"),
    [
        ("Night Train (Original title: Nacht Zug, 2019)", "Nacht Zug"),
        ("Night Train (original title Nachtzug)", None),
        ("Night Train (original title track by Moby)", None),
        ("Night Train (Original title track by Moby)", None),
        ("Night Train (original Polish title: Pociag, 1959)", None),
        ("Night Train (Original Polish title: Pociag)", None),
        ("Night Train (Polish title: Pociag, 1959)", None),
        ("Night Train (seen in Germany 2019)", None),
        ("Night Train (Seen in Germany 2019)", None),
        ("Night Train (Berlinale 2019)", None),
        ("Night Train (Restored)", None),
        ("Night Train (UK release 2021)", None),
        ("Night Train (No spoilers)", None),
        ("Night Train (Director's cut)", None),
        ("Night Train (Film of the week)", None),
        ("Night Train (Original score: Moby)", None),
        ("Night Train (Watch the trailer)", None),
        ("Night Train (Le train de nuit, 2019)", "Le train de nuit"),
        ("Night Train (a.k.a. Night Line)", None),
        ("Night Train (also known as The Night Line)", None),
    ],
)
def test_the_original_title_in_brackets_is_without_its_label(line, original):
    (review,) = page("Night Train is small.", f"<p>{line}</p>").reviews
    assert review.film.original_title == original


GENRES = {
    "<h4>Genre</h4><div><span>Drama</span> <span>History</span></div>": ["Drama", "History"],
    "<p>Genre: <a href='/g/drama'>Drama</a> <a href='/g/history'>History</a></p>": ["Drama", "History"],
    "<p>Genre: <a href='/g/drama'>Drama</a>, <a href='/g/history'>War, History</a></p>": ["Drama", "War", "History"],
    "<p>Genre: <span>Science Fiction</span></p>": ["Science Fiction"],
    "<p>Genre: a <a href='/g/drama'>slow</a> <a href='/g/history'>western</a></p>": ["a slow western"],
    "<dl><dt>Genre</dt><dd>Drama</dd><dd>History</dd></dl>": ["Drama", "History"],
    "<p>Genre</p><ul><li>Drama</li><li>History</li></ul>": ["Drama", "History"],
    "<dl><dt>Genre</dt><dd>Drama</dd><dt>Country</dt><dd>Germany</dd></dl>": ["Drama"],
    "<ul><li>Genre</li><li>Thriller</li><li>Anna Holm</li><li>97 min</li></ul>": ["Thriller"],
    "<h4>Genre</h4><ul><li>Drama</li><li>Share on Facebook</li><li>Print this page</li></ul>": ["Drama"],
    "<p>Genre: <span>Science</span> <span>Fiction</span></p>": ["Science Fiction"],
    "<p>Genre: <a href='/a'>Black</a> <a href='/b'>Comedy</a></p>": ["Black Comedy"],
    "<p>Genre: <a href='/a'>Drama</a> <a href='/b'>Read more</a></p>": ["Drama"],
}


@pytest.mark.parametrize("box", GENRES)
def test_genres_that_only_markup_parts(box):
    (review,) = page("Night Train is small.", f"{box}<p>Director: Anna Holm</p>").reviews
    assert list(review.genres) == GENRES[box]


COUNTRIES = {
    "<p>Country</p><ul><li>Germany</li><li>2019</li><li>97 min</li></ul>": ["Germany"],
    "<p>Country</p><ul><li>Germany</li><li>France</li><li>Anna Holm</li></ul>": ["Germany", "France"],
    "<p>Country: <span>United</span> <span>States</span></p>": ["United States"],
    "<p>Country: <span>South</span> <span>Korea</span></p>": ["South Korea"],
    "<p>Country: <a href='/a'>Germany</a> <a href='/b'>Edit</a></p>": ["Germany"],
    "<p>Country: <span>Germany</span> <span>France</span></p>": ["Germany", "France"],
}


@pytest.mark.parametrize("box", COUNTRIES)
def test_countries_that_only_markup_parts(box):
    (review,) = page("Night Train is small.", f"{box}<p>Director: Anna Holm</p>").reviews
    assert list(review.countries) == COUNTRIES[box]
