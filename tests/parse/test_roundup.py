"""Several reviews on one page: each section is one review with its own title and rating; doubt leaves none."""

from itertools import product

import pytest

from aggregator.model import PageType
from aggregator.parse import parse
from aggregator.parse.document import Document
from aggregator.parse.fields import rating_scale
from aggregator.parse.roundup import Part, _noted

MOON = """I liked this one a lot. Sam Rockwell is wonderful and lonely, the film never hurries, and the ending
stayed with me for days."""
RED = """Too long and too red for me, but the dancing is superb. I was never bored by this film and the score is
gorgeous."""
SNOW = """The snow, the kids, the pool: a beautiful and quiet horror movie that I will recommend to anyone. Maybe
the best I saw this year."""
SEEN = (("Moon", MOON, 4.0), ("Suspiria", RED, 3.0), ("Let Me In", SNOW, 4.5))


def page(headline, body, byline='By <a rel="author" href="/author/mia">Mia Torres</a>, March 3, 2019'):
    return parse(
        f"""<html lang="en"><head><title>{headline} | Corner Seat</title></head><body><header><a href="/">Corner
        Seat</a></header><main><article><h1>{headline}</h1><p class="byline">{byline}</p><div>{body}</div></article>
        </main><footer>© 2024 Corner Seat</footer></body></html>""",
        "https://blog.example.org/2019/03/notes/",
    )


def test_the_scale_of_a_page_is_looked_for_once_for_all_its_sections(monkeypatch):
    asked = []
    monkeypatch.setattr(rating_scale, "_scale_of_page", asked.append)
    found = page("Films I saw", notes("<h2>{title}</h2><p>{text}</p><p>Rating: {mark} stars</p>"))
    assert [review.rating.value for review in found.reviews] == [4.0, 3.0, 4.5]
    assert len(asked) == 1


def notes(form, seen=SEEN):
    return "".join(form.format(title=title, text=text, mark=mark) for title, text, mark in seen)


def told(found):
    return [(review.film.title, review.rating.value if review.rating else None) for review in found.reviews]


@pytest.mark.parametrize(
    ("headline", "form"),
    [
        ("Movie Reviews!", "<h2>{title}</h2><p>{text}</p><p>review: {mark}/5 stars!</p>"),
        ("Movie Review", "<p><b>{title}</b></p><p>{text}</p><p>Rating: {mark}/5</p>"),
        ("Three in a row", "<p><strong>{title}</strong><br>{text}<br>Rating: {mark}/5</p>"),
        ("March in the dark", "<h3>{title}</h3><p>Director: Anna Weber<br>Rating: {mark}/5</p><p>{text}</p>"),
        ("3 March 2019", "<h4>{title} (2010)</h4><p>{text} {mark}/5</p>"),
        ("Film reviews", "<h3>{title} – {mark}/5</h3><p>{text}</p>"),
        ("March in the dark", "<h3>{title}, 13.03.2019</h3><p>{text} {mark}/5</p><p><a href='/t'>Trailer</a></p>"),
        ("Film reviews", '<h3><a href="https://www.imdb.com/title/tt118/">{title}</a></h3><p>{text} {mark}/5</p>'),
    ],
)
def test_every_note_is_a_review_with_its_own_rating_and_the_critic_and_date_of_the_page(headline, form):
    found = page(headline, notes(form))
    assert found.page_type is PageType.ROUNDUP
    assert told(found) == [(title, mark) for title, _, mark in SEEN]
    assert {tuple(review.critics) for review in found.reviews} == {("Mia Torres",)}
    assert {review.published for review in found.reviews} == {"2019-03-03"}
    assert [review.body.split()[0] for review in found.reviews] == [text.split()[0] for _, text, _ in SEEN]


@pytest.mark.parametrize(
    "form",
    [
        "<li><b>{title}</b> – {text} {mark}/5</li>",
        "<p><b>{title}</b> (2009) {text} {mark}/5</p>",
        "<p><b>{title} ({mark}/5)</b> {text}</p>",
        "<p><b>{title}</b> {mark}/5<br>{text}</p>",
        "<p><strong>{title}:</strong> {text} <b>{mark}/5</b></p>",
        "<p><em>{title}</em> (Duncan Jones, 2009): {text} {mark}/5</p>",
        "<p><i>{title}</i>. {text} Rating: {mark}/5</p>",
        "<p>{title} (2009). {text} {mark}/5</p>",
        "<p>1. {title} (2009) – {text} {mark}/5</p>",
        "<li>{title} (2009)<br>{text}<br>{mark}/5</li>",
        "<p>{title} – {mark}/5<br>{text}</p>",
        "{title} ({mark}/5)<br>{text}<br><br>",
        "<hr><p>{title}</p><p>{text}</p><p>{mark}/5</p>",
        "<p>{title} (2009)</p><p>{text}</p><p>Rating: {mark} out of 5</p>",
        "<tr><td>{title}</td><td>{text}</td><td>{mark}/5</td></tr>",
        '<p><a href="https://www.imdb.com/title/tt118/">{title}</a> (2009): {text} {mark}/5</p>',
    ],
)
@pytest.mark.parametrize("headline", ["Movie reviews", "Films seen in March"])
def test_notes_without_headings(headline, form):
    body = notes(form)
    found = page(headline, f"<table>{body}</table>" if "<tr>" in form else body)
    assert told(found) == [(title, mark) for title, _, mark in SEEN]
    assert [review.body.split()[0] for review in found.reviews] == [text.split()[0] for _, text, _ in SEEN]
    assert {tuple(review.critics) for review in found.reviews} == {("Mia Torres",)}


@pytest.mark.parametrize(
    "form",
    [
        "<li>{title} (2009) – {text} {mark}/5</li>",
        "<li><i>{title}</i>: {text} {mark}/5</li>",
        "<p>3 March: <b>{title}</b>. {text} {mark}/5</p>",
    ],
)
def test_a_diary_of_films_with_one_line_each(form):
    seen = [
        ("Moon", "A lonely and lovely little film.", 4.0),
        ("Suspiria", "Too red for me, I fear.", 3.0),
        ("Let Me In", "The snow! And that pool.", 4.5),
        ("Heat", "Never gets old, this one.", 5.0),
    ]
    found = page("Films seen in March", f"<ul>{notes(form, seen)}</ul>")
    assert told(found) == [(title, mark) for title, _, mark in seen]


def test_notes_without_ratings_under_film_titles_with_their_directors():
    body = notes('<li><a href="https://www.imdb.com/title/tt118/">{title}</a> (Anna Holm)<br>{text}</li>')
    found = page("Harbour Festival 2010", f"<p>A recap of the three movies we saw this year:</p><ul>{body}</ul>")
    assert told(found) == [(title, None) for title, _, _ in SEEN]


UNRATED = [
    "<h2>{title} (2009)</h2><p>{text}</p>",
    "<h2>{title}</h2><p>{text}</p>",
    "<h2>1. {title}</h2><p>{text}</p>",
    "<h3>{title} (dir. Anna Holm)</h3><p>{text}</p>",
    "<h3>March 3 – {title}</h3><p>{text}</p>",
    "<li><strong>{title}</strong>: {text}</li>",
    "<li><em>{title}</em> – {text}</li>",
    "<p><strong>{title}</strong><br>{text}</p>",
    "<dl><dt>{title} (2009)</dt><dd>{text}</dd></dl>",
    "<div><div>{title}</div><div>2009</div><p>{text}</p></div>",
    "<table><tr><td>{title}</td><td>2009</td><td>★★★★</td><td>{text}</td></tr></table>",
    "<details><summary>{title} (2009)</summary><p>{text}</p></details>",
]


DATED = [form for form in UNRATED if "2009" in form]


@pytest.mark.parametrize(
    ("headline", "form"),
    [
        *product(["Movies I watched in March", "Recently watched", "Mini reviews"], UNRATED),
        *product(["March 2019", "Notes: what I watched"], DATED),
    ],
)
def test_opinions_without_ratings_under_a_headline_that_says_what_was_seen(headline, form):
    found = page(headline, f"<p>Here is what I saw lately, some of it very good.</p>{notes(form)}")
    assert [review.film.title for review in found.reviews] == [title for title, _, _ in SEEN]


PAIR = """<p>Last week I saw two films, Moon and Let Me In, and they have a lot in common.</p><p>Moon is set on the far
side of the moon. I liked this film a lot, it never hurries, and Sam Rockwell is wonderful and lonely.</p><p>The ending
stayed with me for days.</p><p>Let Me In is a horror film of snow. The kids and the pool are beautiful, and I will
recommend it to anyone.</p><p>It is the best remake I saw this year.</p>"""


@pytest.mark.parametrize("headline", ["Moon and Let Me In", "Review: Moon & Let Me In", "“Moon” and “Let Me In”"])
def test_two_films_under_one_headline(headline):
    found = page(headline, PAIR)
    assert told(found) == [("Moon", None), ("Let Me In", None)]
    assert [review.body.split()[:2] for review in found.reviews] == [["Moon", "is"], ["Let", "Me"]]


@pytest.mark.parametrize("headline", ["Pride and Prejudice", "Fast & Furious", "Batman v Superman"])
def test_one_film_of_two_names(headline):
    text = f"<p>{headline} is a film I liked. {MOON}</p><p>{headline} is worth the ticket. {RED}</p>"
    assert [review.film.title for review in page(headline, text).reviews] == [headline]


def test_a_place_within_a_line_is_where_the_note_stands():
    found = page("Movie reviews", notes("<p><b>{title}</b> (2009) {text} {mark}/5</p>"))
    proof = found.reviews[1].evidence["film.year"]
    assert "(2009)" in proof.raw
    assert proof.locator.startswith("/html/body/main/article/div/p[2]")


def test_under_a_headline_that_says_reviews_notes_need_no_ratings():
    assert told(page("Movie Reviews", notes("<h3>{title}</h3><p>{text}</p>"))) == [(t, None) for t, _, _ in SEEN]


def test_a_note_without_a_rating_gets_none_of_its_neighbours():
    body = notes("<h3>{title}</h3><p>{text}</p><p>{mark}/5</p>").replace("<p>3.0/5</p>", "")
    assert told(page("Movie reviews", body)) == [("Moon", 4.0), ("Suspiria", None), ("Let Me In", 4.5)]


def test_headings_that_say_when_each_film_was_seen_head_notes():
    form = "<h2>{title}, 13.03.2019</h2><p>{text}</p><p>To the <a href='/t'>trailer</a></p>"
    found = page("Movies in March", "<p>The list of movies I watched this month:</p>" + notes(form))
    assert told(found) == [(title, None) for title, _, _ in SEEN]


def test_very_short_notes_and_long_titles():
    body = """<h3>The Assassination of Jesse James by the Coward Robert Ford</h3><p>Pretty film, and far too long for
    a Tuesday. 2/5</p><h3>Us</h3><p>Loved it. I never got bored with the rabbits. 5/5</p>"""
    titles = ["The Assassination of Jesse James by the Coward Robert Ford", "Us"]
    assert told(page("Movie Reviews!", body)) == [(titles[0], 2.0), (titles[1], 5.0)]


@pytest.mark.parametrize("tag", ["h3", "b"])
def test_a_film_called_like_a_person_is_no_critic(tag):
    names = [("Annie Hall", MOON, ""), ("Vera Drake", RED, ""), ("Erin Brockovich", SNOW, "")]
    found = page("Movie Reviews", notes(f"<p><{tag}>{{title}}</{tag}></p><p>{{text}}</p>", names), byline="")
    assert [(review.film.title, review.critics) for review in found.reviews] == [(name, []) for name, _, _ in names]


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Watched</h2>{rated}<h2>Want to see</h2>{wished}",
        "{rated}<h3>Still to see</h3>{wished}",
        """{rated}<h3>Next month</h3><p>I will be away. Have a good spring, and never trust a trailer; they are the best
        lies we know, and I love them.</p>""",
    ],
)
def test_what_is_only_wished_for_or_said_at_the_end_is_no_review(body):
    rated = notes("<h3>{title}</h3><p>{text} {mark}/5</p>", SEEN[:2])
    wished = """<h3>Solaris</h3><p>Everybody I know who has seen it says it is superb and very long, and the ocean is
    gorgeous. I will go.</p><h3>Under the Skin</h3><p>Never got round to this one, and it looks great on the shelf. The
    best of them, they say.</p>"""
    found = page("Movie reviews", body.format(rated=rated, wished=wished))
    assert told(found) == [("Moon", 4.0), ("Suspiria", 3.0)]


QUOTES = (("The Courier", "Night Post is a beautiful film and never boring.", 4), ("Daily Tide", "A dull film.", 2))
PEOPLE = (("Anna Weber", MOON, 4), ("Karl Otto", RED, 3), ("Vera Holm", SNOW, 5))
ASPECTS = (("Story", MOON, 4), ("Acting", RED, 3), ("Music", SNOW, 5))
LATE = ((3, "Moon"), (9, "Suspiria"), (21, "Harbour"))
NO_ROUNDUPS = {
    "a list": ("10 films to see this autumn", notes("<h3>{title}</h3><p>{text}</p>")),
    "an index of links": ("Film reviews", notes('<h2><a href="/{mark}">{title}</a></h2><p>{text} {mark}/5</p>')),
    "an index with excerpts": ("Film reviews", notes('<h2>{title}</h2><p>{text} <a href="/{mark}">Read more</a></p>')),
    "a programme": (
        "The programme of the Harbour Film Festival",
        notes("<h3>{title} (2009)</h3><p>Director: Anna Weber. A man works alone on the moon. Saturday, 8 pm.</p>"),
    ),
    "episodes": ("The Kingdom: season two", notes("<h3>Episode {mark}: The Gate</h3><p>{text} {mark}/5</p>")),
    "albums": (
        "Reviews: three new albums",
        notes("<h3>{title}</h3><p>The songs of this album are superb, the guitar is loud, the band good. {mark}/5</p>"),
    ),
    "places": (
        "Three days in Harbour Town",
        notes("<h3>The {title} Café</h3><p>Good coffee, slow waiters, a film poster, superb cake. {mark}/5</p>"),
    ),
    "people": ("Film review: how we chose", notes("<h3>Anna Holm</h3><p>{text}</p>")),
    "an evening": (
        "A night at the Corinth",
        """<h3>The doors open</h3><p>We stood in the rain for an hour, and I loved every minute; the bar was great.</p>
        <h3>The film</h3><p>They showed Moon, and we liked it. The film broke twice, a beautiful mess.</p>""",
    ),
    "people in bold": (
        "Night Post: the cast",
        notes("<p><b>{title}</b> is superb in this film, and I loved every scene. {text}</p>", PEOPLE),
    ),
    "aspects in bold": ("Night Post review", notes("<p><b>{title}:</b> {text} {mark}/5</p>", ASPECTS)),
    "a programme in lines": (
        "The programme of the Harbour Film Festival",
        notes("<li><b>{title}</b> (2009) – A man works alone on the moon. With Anna Weber. Saturday, 8 pm.</li>"),
    ),
    "news in lines": (
        "This week in film",
        notes("<p><b>{title}</b> – The studio announced that filming of the movie begins in May. More soon.</p>"),
    ),
    "other films of a director in italics": (
        "Night Post review",
        "<p>Night Post is a film by Anna Holm, and I loved it. The film is superb.</p>"
        + notes("<p><i>{title}</i> was her best film, and I loved that one too. {text}</p>"),
    ),
    "a diary of names and marks, few with a word behind them": (
        "Diary: every film of the year",
        "<p>Everything I saw, newest first. I loved the films of this year, and never wrote of them.</p><ol>"
        + "".join(f"<li>{day} Dec Film Number {day} (2021) ★★★</li>" for day in range(2, 28))
        + "".join(f"<li>{day} Nov {film} (2021) ★★★★ (on the television, with ironing)</li>" for day, film in LATE)
        + "</ol>",
    ),
    "what critics said": ("What they said about Night Post", notes("<h3>{title}</h3><p>{text} {mark}/5</p>", QUOTES)),
}


@pytest.mark.parametrize("what", NO_ROUNDUPS)
def test_what_is_built_like_a_roundup_and_is_none(what):
    headline, body = NO_ROUNDUPS[what]
    assert page(headline, body).page_type is not PageType.ROUNDUP


@pytest.mark.parametrize(
    ("headline", "parts"),
    [
        ("Night Post review", ("Plot", "Acting", "Verdict")),
        ("Night Post (2011)", ("The Long Road Home", "A Cello in the Dark", "Worth the Stamp")),
    ],
)
def test_a_review_in_parts_stays_one_review(headline, parts):
    text = """Night Post is a beautiful film, although its last act is too long. Anna Weber is superb in it, and I was
    never bored. 8/10"""
    intro = "<p>Night Post is a film about a widow who sorts letters, and I liked this film more than I had feared.</p>"
    found = page(headline, intro + "".join(f"<h3>{part}</h3><p>{text}</p>" for part in parts))
    assert (found.page_type, [review.film.title for review in found.reviews]) == (PageType.REVIEW, ["Night Post"])


def test_rated_aspects_of_a_film_whose_name_and_facts_the_page_states_are_no_reviews():
    """The sections never say the film's name, and their headings could all be titles."""
    rows = (("Title", "Night Post"), ("Director", "Anna Holm"), ("Cast", "Anna Weber, Karl Otto"))
    facts = f"<table>{''.join(f'<tr><th>{label}</th><td>{value}</td></tr>' for label, value in rows)}</table>"
    body = notes("<h2>{title}</h2><p>{text}</p><p>{mark}/5</p>", (("Dread", MOON, 2.0), ("Gore", RED, 3.0)))
    found = page("Night Post", f"<p>A movie for a quiet night. I liked Night Post.</p>{body}{facts}")
    assert found.page_type is not PageType.ROUNDUP
    assert [review.film.title for review in found.reviews] in ([], ["Night Post"])


def test_lines_that_open_with_names_are_no_notes_below_the_name_of_one_film():
    document = Document(f"<p>Night Post - {MOON}</p><p>Tide (2019): {RED}</p>".encode())
    lines = document.blocks
    parts = [
        Part(
            head,
            title,
            [head],
            0,
            300,
            rated=False,
            marked=True,
            filed=False,
            judged=True,
            telling=2,
            away=False,
            mark=None,
        )
        for head, title in zip(lines, ("Night Post", "Tide"), strict=True)
    ]
    signs = {"section_film_review", "film_words", "this_film", "seen_films"}
    assert _noted(parts, signs, None) == parts
    assert _noted(parts, signs | {"headline_is_title"}, "Night Post") == []


@pytest.mark.parametrize(
    ("one", "other"), [("Thelma", "Louise"), ("Harold", "Maude"), ("Turner", "Hooch"), ("Heat", "Dust")]
)
@pytest.mark.parametrize("head", ["{} and {} (1991) review", "{} & {}", "{} and {} review"])
def test_a_film_called_after_two_is_one(one, other, head):
    name = head.split(" (")[0].removesuffix(" review").format(one, other)
    body = f"""<p>{name} is a 1991 film directed by Anna Holm, and I loved this movie from its first minute on.</p>
    <p>{one} keeps house in a small town. With her, {one} laughs and we laugh with {one}; the film is superb here.</p>
    <p>{other} waits on tables, and {other} is bored. Then {other} drives, and the film drives. A great movie.</p>
    <p>Then {other} sings a song that I will not forget, and the camera loves {other} for it.</p><p>Rating: 4/5</p>"""
    found = page(head.format(one, other), body)
    assert found.page_type is PageType.REVIEW
    assert [review.film.title for review in found.reviews] == [name]


GRADES = (("Heat", "B+"), ("Casino", "A"), ("Sliver", "C-"), ("Fargo", "D"))


@pytest.mark.parametrize(
    "form",
    [
        "<p>{mark} <b>{title}</b> (1995) {text}</p>",
        "<p>[{mark}] {title} (1995) - {text}</p>",
        "<p>{title} (1995) {mark}<br>{text}</p>",
        "<h3>{title} (1995)</h3><p>{mark}</p><p>{text}</p>",
        "<h3>{title} (1995)</h3><p>{text} {mark}</p>",
    ],
)
def test_grades_are_known_by_the_place_they_share(form):
    body = "".join(form.format(title=title, text=MOON, mark=mark) for title, mark in GRADES)
    found = page("Film log", body)
    assert [(review.film.title, review.rating.raw) for review in found.reviews] == list(GRADES)


def test_an_article_and_a_last_letter_are_no_grades():
    forms = ("<p>A {title} (1995) {text}</p>", "<h3>Hall A</h3><p>{text}</p>", "<p><b>{title}</b> {text} Part B</p>")
    for form in forms:
        body = "".join(form.format(title=title, text=MOON) for title, _ in GRADES)
        assert not any(review.rating for review in page("Film log", body).reviews)


def test_a_single_asterisk_is_a_bullet_unless_others_have_more():
    line = "<p>{mark} {title} (1995) - {text}</p>"
    bullets = "".join(line.format(title=title, text=MOON, mark="*") for title, _ in GRADES)
    assert not any(review.rating for review in page("Film log", bullets).reviews)
    rows = "".join(line.format(title=title, text=MOON, mark="*" * size) for size, (title, _) in enumerate(GRADES, 1))
    assert [review.rating.value for review in page("Film log", rows).reviews] == [1, 2, 3, 4]


def test_the_full_row_has_the_scale_of_those_that_show_what_is_missing():
    rows = ("★★★★★", "★★★☆☆", "★☆☆☆☆")
    body = "".join(f"<h3>{title}</h3><p>{row}</p><p>{MOON}</p>" for (title, _), row in zip(GRADES, rows, strict=False))
    found = page("Film reviews", body)
    assert [(review.rating.value, review.rating.best) for review in found.reviews] == [(5, 5), (3, 5), (1, 5)]
    short = body.replace("★★★★★", "★★★★")
    assert [review.rating.best for review in page("Film reviews", short).reviews] == [None, 5, 5]


@pytest.mark.parametrize("bracket", ["(Duncan Jones, UK)", "(15, 97 mins)", "(Duncan Jones)"])
def test_brackets_with_facts_are_no_part_of_a_title(bracket):
    form = "<h3>{title} BRACKET</h3><p>{text}</p><p>{mark}/5</p>".replace("BRACKET", bracket)
    assert told(page("Film reviews", notes(form))) == [(title, mark) for title, _, mark in SEEN]


def test_the_day_beside_one_film_is_not_that_of_the_others():
    body = "".join(f"<h3>{title} ({day} May 2019)</h3><p>{text}</p>" for day, (title, text, _) in enumerate(SEEN, 10))
    found = page("Film diary", body, byline="")
    assert [review.film.title for review in found.reviews] == [title for title, _, _ in SEEN]
    assert {review.published for review in found.reviews} == {None}


def test_a_bare_year_behind_a_title_set_apart_is_its_year():
    seen = (("After Yang", 2021), ("Blade Runner 2049", 2017), ("Moon", 2009))
    found = page("Watched this week", "".join(f"<p><b>{title}</b> {year} ★★★★<br>{MOON}</p>" for title, year in seen))
    assert [(review.film.title, review.film.year) for review in found.reviews] == list(seen)


def test_a_mark_in_words_behind_a_title():
    body = "".join(f"<p><u>{title}</u> ({mark} out of 10)<br>{text}</p>" for title, text, mark in SEEN)
    assert told(page("Movie log", body)) == [(title, mark) for title, _, mark in SEEN]


def test_graded_people_are_no_films():
    people = (("Anna Weber", "B+"), ("Tom Holt", "A-"), ("Mia Gray", "C"))
    body = "".join(
        f"<p>{mark} {name} (1998) did well in film studies and saw every movie.</p>" for name, mark in people
    )
    assert not page("Exam results", body).reviews


@pytest.mark.parametrize("headline", ["Some movies I saw lately", "Berlinale 2017, Tag 4"])
def test_lead_ins_under_a_headline_of_several_films(headline):
    body = "".join(f"<p><b>{title}</b> (Duncan Jones, UK): {text}</p>" for title, text, _ in SEEN)
    assert told(page(headline, body)) == [(title, None) for title, _, _ in SEEN]


def test_the_column_of_titles_is_not_that_of_people():
    row = "<tr><td>{title}</td><td>{who}</td><td>{text}</td><td>{mark}</td></tr>"
    people = (("Mia Gray", "**"), ("Anna Weber", "***1/2"), ("Tom Holt", "****"))
    for before in (row, row.replace("<td>{title}</td><td>{who}</td>", "<td>{who}</td><td>{title}</td>")):
        seen = zip(SEEN, people, strict=True)
        rows = "".join(
            before.format(title=title, who=who, text=text, mark=mark) for (title, text, _), (who, mark) in seen
        )
        found = page("Films I saw in May", f"<p>Three films.</p><table>{rows}</table><p>Best sandwich: ham.</p>")
        assert [review.film.title for review in found.reviews] == [title for title, _, _ in SEEN]
        assert [review.rating.value for review in found.reviews] == [2, 3.5, 4]
        assert {name for review in found.reviews for name in review.critics} == {"Mia Torres"}
        assert "sandwich" not in found.reviews[-1].body


def test_what_stands_under_series_and_books_is_no_film():
    part = "<h2>{kind}</h2>{body}"
    line = "<p><b>{title} ({mark:.0f}/10):</b> {text}</p>"
    films = "".join(line.format(title=title, text=text, mark=mark) for title, text, mark in SEEN)
    others = line.format(title="Dark", text="Ten episodes of a series, and each season is good.", mark=8)
    body = part.format(kind="Series", body=others) + part.format(kind="Movies", body=films)
    found = page(
        "Movies, series and books of May", body + part.format(kind="Books", body=others.replace("Dark", "Emma"))
    )
    assert told(found) == [(title, int(mark)) for title, _, mark in SEEN]
    assert not page("Movies, series and books of May", part.format(kind="Notes", body=films)).reviews


def test_a_favourite_is_no_part_of_a_title_and_no_mark():
    body = "".join(f"<li><b>{title} ⭐</b> - A great film, and a good movie. I liked it.</li>" for title in TITLES)
    found = page("Quick reviews", f"<ul>{body}</ul>")
    assert told(found) == [(title, None) for title in TITLES]
    hoped = body.replace("A great film, and a good movie. I liked it.", "A film with Mia Gray, out in May.")
    assert not page("Quick reviews", f"<ul>{hoped}</ul>").reviews


TITLES = ("Heat", "Casino", "Sliver", "Fargo", "Speed", "Congo", "Yesterday")


def test_a_heading_that_is_a_relative_day_is_no_date():
    body = "".join(f"<p><b>{title}</b> (2019) {MOON} 3/5</p>" for title in TITLES)
    document = f"<html lang=en><body><article><h1>Films seen</h1>{body}</article></body></html>"
    found = parse(document, "https://example.org/seen", fetched_at="2026-03-02T06:00:00Z")
    assert [review.published for review in found.reviews] == [None] * len(TITLES)


LEADS = (
    "I finally saw <b>{}</b>, and liked it. A good film, tense and funny, with a wonderful last scene and cast.",
    "The other movie was <b>{}</b>. I was bored by most of this film, and the end is the worst thing that I have seen.",
)


def test_paragraphs_that_name_their_film_within_a_sentence():
    body = "".join(
        lead.format(title) for lead, title in zip(("<p>" + lead + "</p>" for lead in LEADS), TITLES, strict=False)
    )
    many = "<p>I also watched <b>Alien</b>, <b>Aliens</b> and <b>Tron</b>: good movies, all of these films.</p>"
    series = "<p>Then <b>Dark</b>: I liked every episode of the season of this series; the finale is great.</p>"
    found = page("Watching lately", body + many + series)
    assert told(found) == [("Heat", None), ("Casino", None)]
    doors = "<p>In <b>{}</b> it is a door. The film likes a good door, as a movie by a great builder does.</p>"
    essay = "".join(doors.format(title) for title in TITLES[:3])
    assert page("The films I saw as a child", essay).page_type is not PageType.ROUNDUP


def test_bullets_and_bold_numbers_are_marks_where_all_notes_have_them():
    rows = ("••", "•••½", "••••")
    body = "".join(f"<li><b>{title}</b> {row} {text}</li>" for (title, text, _), row in zip(SEEN, rows, strict=True))
    found = page("Films this week", f"<ul>{body}</ul>")
    assert [(review.rating.raw, review.rating.value) for review in found.reviews] == [
        ("••", 2),
        ("•••½", 3.5),
        ("••••", 4),
    ]
    body = "".join(f"<p><b>{title} (2009)</b> {text} <b>{mark:.0f}</b></p>" for title, text, mark in SEEN)
    assert told(page("Films this week", body)) == [(title, int(mark)) for title, _, mark in SEEN]


@pytest.mark.parametrize(
    ("headline", "reviews"),
    [("Heat, Casino and a little bit of Fargo", 0), ("Heat, long and loud", 1), ("Heat, Pacino and De Niro", 1)],
)
def test_a_headline_that_lists_films_is_about_no_single_one(headline, reviews):
    text = """I watched Heat first and liked it; the film is long, loud and good, and Heat has the best robbery. Casino
    was fun as well, the movie could do with fewer voices. Then I saw Fargo, a great film."""
    body = f"<p>{text}</p><p>Heat again: I saw the film Heat (1995) once more, and I loved Pacino and De Niro.</p>"
    assert len(page(headline, body).reviews) == reviews


def test_a_list_of_what_one_wants_to_see_hides_no_notes_of_what_one_saw():
    wishes = "".join(f"<li>The Harbour {number} (19{number})</li>" for number in range(60, 80))
    seen = notes("<li><b>{title}</b> ({mark}/5): {text}</li>")
    found = page("Films seen in October", f"<p>I want to see these:</p><ul>{wishes}</ul><p>I saw:</p><ul>{seen}</ul>")
    assert [title for title, _ in told(found)] == [title for title, *_ in SEEN]
