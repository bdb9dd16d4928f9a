"""What stands in round-ups and is no mark of the critic's or no film: other columns, people, places, books, scenes."""

import pytest

from tests.parse.test_roundup import MOON, RED, SEEN, SNOW, page

FILMS = (("Moon (1995)", MOON), ("Suspiria (1977)", RED), ("Let Me In (2010)", SNOW), ("Heat (1995)", MOON))
ENDS = """Source: DVD</p><p>IMDb: 8.1/10|Seen at home</p><p>User rating: 8/10|It was late</p><p>Rotten Tomatoes 90/100
On disc</p><p>Picture: 4/5|With friends</p><p>Violence: 2/5|On disc</p><p>Rewatchability: 1/10|On disc</p><p>Disc 1/4
At home</p><p>My wife says 9/10|At home. See also Vitamin B+|IMDb</p><p>8.1/10
Others gave it more: 8/10|At home, with a friend who gave it 4/5|Sound and picture 5/5"""


def sections(forms, headline="Films I watched"):
    return page(headline, "".join(forms)).reviews


@pytest.mark.parametrize("end", [text for line in ENDS.splitlines() for text in line.split("|")])
@pytest.mark.parametrize("own", ["My rating is 3/5.", ""])
def test_a_mark_of_others_or_of_a_part_is_not_the_critic_s(end, own):
    found = sections(f"<h3>{title}</h3><p>{text} {own}</p><p>{end}</p>" for title, text in FILMS)
    assert {review.rating.value for review in found if review.rating} <= {3}


@pytest.mark.parametrize("days", [(1, 4, 9, 10), (10, 9, 2, 1), (8, 9, 11, 12), (1, 1, 4, 4)])
@pytest.mark.parametrize(
    "form", ["<p>{day} <b>{title}</b>: {text}</p>", "<p>{day} - {title}: {text}</p>", "<p>{day} {title} - {text}</p>"]
)
def test_days_of_a_month_are_no_marks(days, form):
    for month in (10, 5):
        dated = zip(days, FILMS, strict=True)
        found = sections(
            (form.format(day=f"{day}/{month}", title=title, text=text) for day, (title, text) in dated), "Film diary"
        )
        assert [review.rating for review in found if review.rating] == []


def test_days_of_a_list_are_no_marks():
    items = "".join(f"<li>{at}/5: <b>{title}</b> {text}</li>" for at, (title, text, _) in enumerate(SEEN, 1))
    assert [review.rating for review in sections([f"<ul>{items}</ul>"], "Film diary") if review.rating] == []


@pytest.mark.parametrize("form", ["{title} {at}/4", "{title} – {at}/4", "{title} ({at}/4)"])
def test_numbers_of_parts_are_no_marks(form):
    found = sections(
        f"<h3>{form.format(title=title, at=at)}</h3><p>{text}</p>" for at, (title, text) in enumerate(FILMS, 1)
    )
    assert [review.rating for review in found if review.rating] == []


def test_figures_behind_a_word_that_all_headings_have_are_no_marks():
    marks = ("1/4", "2/4", "1/4", "2/4")
    found = sections(
        f"<h3>{title}, disc {mark}</h3><p>{text}</p>" for (title, text), mark in zip(FILMS, marks, strict=True)
    )
    assert [review.rating for review in found if review.rating] == []


@pytest.mark.parametrize(
    "form", ["<h3>{title}</h3><p>{text}</p><p>{at}/4</p>", "<p><b>{title}</b> ({at}/4) {text}</p>"]
)
def test_numbers_of_parts_beside_the_titles_are_no_marks(form):
    found = sections(form.format(title=title, text=text, at=at) for at, (title, text) in enumerate(FILMS, 1))
    assert [review.rating for review in found if review.rating] == []


LISTINGS = {
    "Night Train, which I watched last night": "The Conductor|The Stranger|The Widow|The Boy",
    "Night Train: a film I watched twice": "Anna Weber|Karl Otto|Mia Gray|Tom Holt",
    "We've watched Night Train again": "The Conductor|The Stranger|The Widow|The Boy",
    "The best scenes in Night Train, a movie I watched": "The Tunnel|The Kiss|The Bridge|The Farewell",
    "Shows I watched this week": "Lost|The Wire|Fargo|Atlanta",
    "Cannes 2019, day 3": "The Red Carpet|The Yacht|The Party",
    "Berlinale 2017, Tag 4": "The Hotel|The Queue|The Sausage",
}
PRAISE = (MOON, RED, SNOW, MOON)


@pytest.mark.parametrize("headline", LISTINGS)
@pytest.mark.parametrize("form", ["<p><b>{name}</b>: {text}</p>", "<p><b>{name}</b> {text}</p>"])
def test_parts_of_another_page_are_no_reviews(headline, form):
    names = LISTINGS[headline].split("|")
    parts = [form.format(name=name, text=text) for name, text in zip(names, PRAISE, strict=False)]
    assert len(sections(parts, headline)) <= 1


CINEMAS = ("The Rio", "The Lexi", "The Regal")
COLUMNS = {
    "cinemas": CINEMAS,
    "platforms": ("Netflix", "Mubi", "Prime Video"),
    "countries": ("France", "Italy", "Japan"),
    "genres": ("Thriller", "Comedy", "Horror"),
    "family names": ("Almodóvar", "Hitchcock", "Bong"),
    "days": ("Mon", "Tue", "Wed"),
    "people": ("Mia Gray", "Anna Weber", "Tom Holt"),
    "a cinema twice": ("The Rio", "The Lexi", "The Rio"),
}
TOLD = {"countries", "genres", "days", "people", "a cinema twice"}
"""What can be told from films without a word above the columns."""


def table(columns, names=()):
    rows = "".join("".join(f"<td>{cell}</td>" for cell in row) + "</tr><tr>" for row in zip(*columns, strict=True))
    above = f"<tr>{''.join(f'<th>{name}</th>' for name in names)}</tr>" if names else ""
    found = sections([f"<p>Three films.</p><table>{above}<tr>{rows}</tr></table>"], "Films I saw in May")
    return [(review.film.title, review.critics) for review in found]


@pytest.mark.parametrize("what", COLUMNS)
@pytest.mark.parametrize("before", [True, False])
def test_a_column_of_something_else_holds_no_titles(what, before):
    others, films, text = COLUMNS[what], [title for title, _, _ in SEEN], [MOON, RED, SNOW]
    columns = [others, films] if before else [films, others]
    found = table([*columns, text, ["4/5", "2/5", "5/5"]])
    read = before or what != "genres"
    assert found == ([(title, ["Mia Torres"]) for title in films] if what in TOLD and read else [])
    if read:
        names = [what, "Film"] if before else ["Film", what]
        assert [title for title, _ in table([*columns, text], [*names, "Text"])] == films


def test_titles_that_are_names_are_not_told_from_people():
    films, text = ("Annie Hall", "Toni Erdmann", "Donnie Darko"), [MOON, RED, SNOW]
    assert table([COLUMNS["people"], films, text, ["4/5", "2/5", "5/5"]]) == []
    found = table([COLUMNS["countries"], films, text, ["4/5", "2/5", "5/5"]])
    assert found == [(title, ["Mia Torres"]) for title in films]


def test_a_headline_that_says_what_was_seen_is_no_title():
    for headline in ("Films I saw in May", "Some movies I watched lately"):
        assert [review.film.title for review in sections([f"<p>{MOON}</p><p>{RED}</p>"], headline)] in ([], [None])


@pytest.mark.parametrize("other", ["Books about film", "Film books", "Concerts", "Notes"])
def test_parts_of_a_diary_about_something_else_are_no_films(other):
    def part(kind, names):
        return f"<h2>{kind}</h2>" + "".join(f"<h3>{name}</h3><p>{RED} {MOON}</p>" for name in names)

    found = sections([part("Films", ("Heat", "Casino")), part("Books", ("Emma",)), part(other, ("Middlemarch",))])
    assert {review.film.title for review in found} <= {"Heat", "Casino"}


SAYS = (
    "is superb, the film has a brilliant cast, and I watched this movie at the cinema with great joy to the last scene."
)
OTHERS = """From the director of <i>{}</i> comes Thief, which|The film by <b>{}</b> called Volver|On <b>{}</b> Psycho
The great <b>{}</b>|Then came <b>{}</b> and a film that|My order of <a href="/x">{}</a> came, and it
Not as good as <i>{}</i> (1995), Goodbye|The best thing about the film was <b>{}</b>, who|I saw <b>{}</b>'s film, it"""


@pytest.mark.parametrize("lead", [lead for line in OTHERS.splitlines() for lead in line.split("|")])
@pytest.mark.parametrize("headline", ["Films I watched in May", "Festival diary: day 3", "What trains mean"])
def test_what_a_paragraph_names_beside_its_film_is_no_title(lead, headline):
    text = "".join(f"<p>{lead.format(name)} {SAYS}</p>" for name in ("Heat", "Casino", "Monday", "The Gala"))
    assert len(sections(["<p>This week I saw three films.</p>", text], headline)) <= 1


@pytest.mark.parametrize("form", ["I saw <b>{}</b> before noon. It", "<b>{}</b> is a film of speed. It"])
def test_what_a_paragraph_speaks_of_as_a_film_is_one(form):
    text = "".join(f"<p>In the morning. {form.format(name)} {SAYS}</p>" for name in ("Heat", "Casino", "Fargo"))
    assert [review.film.title for review in sections([text], "Films I watched in May")] == ["Heat", "Casino", "Fargo"]


CAST = {
    "actors": ("Cate Blanchett", "Rebecca Ferguson", "Oscar Isaac", "Josh Brolin", "Javier Bardem", "Tom Holt"),
    "characters": ("Paul", "Jessica", "Duke Leto", "Baron", "Stilgar", "Gurney"),
    "things": ("The Sandworms", "The Ornithopters", "The Spice", "The Duel", "The Desert", "The Gala"),
}


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("form", ["<li>{}: superb, great in every scene.</li>", "<li><b>{}</b> - dull and noble.</li>"])
def test_one_liners_about_the_cast_leave_a_review_whole(who, form):
    notes = "".join(form.format(name) for name in CAST[who])
    text = (
        f"<p>4/5</p><p>Dune is a superb film. I watched Dune in a cinema.</p><p>{RED}</p><ul>{notes}</ul><p>{SNOW}</p>"
    )
    (found,) = sections([text], "Dune (2021) review")
    assert (found.film.title, found.film.year, found.rating.value) == ("Dune", 2021, 4)


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("form", ["<h3>{}</h3><p>{}</p>", "<p><b>{}</b>: {}</p>"])
@pytest.mark.parametrize(
    "headline", ["Film festival report", "Festival diary: day 3", "A night at the movies: what I watched"]
)
def test_sections_about_people_and_things_are_no_reviews(who, form, headline):
    parts = [form.format(name, text) for name, text in zip(CAST[who], (MOON, RED, SNOW), strict=False)]
    assert len(sections(parts, headline)) <= 1
