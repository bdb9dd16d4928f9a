"""Credits from labels, notes, structured data, headline and running text; and who is none."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.model import Credit
from aggregator.parse.document import Document
from aggregator.parse.facts import read_facts
from aggregator.parse.fields import credits as field
from aggregator.parse.rank import rule
from aggregator.parse.reading import Reading

SITES = Path(__file__).parents[3] / "fixtures" / "sites"
FILLER = (
    "The film begins slowly and then it does not let go of you, and that is the best thing one can say about it in the "
    "cold light of the day on which we saw it with friends who did not want to come, and who stayed to the end."
)


def page(markup, title="Never Let Me Go", language="en"):
    head = f"<!DOCTYPE html><html lang={language}><head><title>{title}</title></head><body><h1>{title}</h1>"
    return Reading(Document(f"{head}<p>{FILLER}</p><p>{FILLER}</p>{markup}<p>{FILLER}</p></body></html>"))


def read(reading):
    found = field.read(reading, read_facts(reading))
    assert all(rule(c.field, c.rule) for c in found)
    return found


def people(reading):
    return {(c.value["role"], c.value["name"], c.value["character"]) for c in read(reading)}


def said(sentence, title="Never Let Me Go"):
    """What one paragraph of running text adds."""
    return people(page(f"<p>{sentence} {FILLER}</p>", title))


def test_a_labelled_credit_with_its_place():
    (found,) = read(page("<p><b>Director:</b> Mark Romanek</p>"))
    assert found.value == {"role": "director", "name": "Mark Romanek", "character": None, "note": None}
    assert found.rule == "facts.label"
    assert found.place.locator().endswith("text:10-22")
    Credit(**found.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "Alex Garland (screenplay), Kazuo Ishiguro (story)",
            {("writer", "Alex Garland"), ("story", "Kazuo Ishiguro")},
        ),
        (
            "Alex Garland (screenplay), Kazuo Ishiguro (novel)",
            {("writer", "Alex Garland"), ("author", "Kazuo Ishiguro")},
        ),
        ("Su Li (story and screenplay)", {("story", "Su Li"), ("writer", "Su Li")}),
        ("Su Li (based on the novel by)", {("author", "Su Li")}),
        ("Alex Garland (from the novel by Kazuo Ishiguro)", {("writer", "Alex Garland"), ("author", "Kazuo Ishiguro")}),
        ("Su Li (Sundance 2009)", {("writer", "Su Li")}),
        ("Su Li (additional dialogue)", {("writer", "Su Li")}),
    ],
)
def test_a_note_that_names_a_role_decides_it(value, expected):
    found = people(page(f"<p>Directed by: Mark Romanek<br>Written by: {value}</p>"))
    assert {(role, name) for role, name, _ in found} - {("director", "Mark Romanek")} == expected


def test_the_note_is_kept():
    found = read(page("<p>Directed by: Mark Romanek<br>Written by: Alex Garland (screenplay)</p>"))
    assert [c.value["note"] for c in found if c.value["role"] == "writer"] == ["screenplay"]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Based on: the novel by Kazuo Ishiguro", "Kazuo Ishiguro"),
        ("Screenplay: Alex Garland, based on the novel by Kazuo Ishiguro", "Kazuo Ishiguro"),
        ("Novel by: Kazuo Ishiguro", "Kazuo Ishiguro"),
    ],
)
def test_the_author_of_the_book(line, author):
    assert ("author", author, None) in people(page(f"<p>Director: Mark Romanek<br>{line}</p>"))


def test_characters_under_a_cast_label():
    expected = {("cast", "Carey Mulligan", "Kathy"), ("cast", "Sally Hawkins", "Miss Lucy")}
    for value in (
        "Carey Mulligan (Kathy), Sally Hawkins (Miss Lucy)",
        "Carey Mulligan as Kathy, Sally Hawkins as Miss Lucy",
        "Carey Mulligan … Kathy, Sally Hawkins … Miss Lucy",
        "Carey Mulligan: Kathy, Sally Hawkins: Miss Lucy",
    ):
        assert people(page(f"<p><b>Director:</b> Mark Romanek<br><b>Cast:</b> {value}</p>")) >= expected, value


def test_links_part_names_that_nothing_else_does():
    markup = "<p><b>Director:</b> <a>Mark Romanek</a><br><b>Cast:</b> <a>Carey Mulligan</a> <a>Andrew Garfield</a></p>"
    found = people(page(markup))
    assert {("cast", "Carey Mulligan", None), ("cast", "Andrew Garfield", None)} <= found


def test_the_text_adds_the_part_to_a_listed_actor():
    markup = f"<p>Kathy (Carey Mulligan) grows up. {FILLER}</p><p>Director: Mark Romanek<br>Cast: Carey Mulligan</p>"
    found = read(page(markup))
    assert [(c.value["name"], c.value["character"], c.rule) for c in found if c.value["role"] == "cast"] == [
        ("Carey Mulligan", "Kathy", "facts.label")
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("These are Kathy (Carey Mulligan), and Ruth (Keira Knightley).",
         {("cast", "Carey Mulligan", "Kathy"), ("cast", "Keira Knightley", "Ruth")}),
        ("The clones are Kathy H (Carey Mulligan) and Tommy D (Andrew Garfield).",
         {("cast", "Carey Mulligan", "Kathy H"), ("cast", "Andrew Garfield", "Tommy D")}),
        ("A rogue teacher, Miss Lucy (Sally Hawkins), speaks up.", {("cast", "Sally Hawkins", "Miss Lucy")}),
        ("The staff are Sally Hawkins as teacher Miss Lucy and Charlotte Rampling as stern headmistress Miss Emily.",
         {("cast", "Sally Hawkins", "Miss Lucy"), ("cast", "Charlotte Rampling", "Miss Emily")}),
        ("Nathalie Richard as ‘Madame’ collects the drawings.", {("cast", "Nathalie Richard", "Madame")}),
        ("As children they are expertly played by Izzy Meikle-Small, Charlie Rowe and Ella Purnell.",
         {("cast", "Izzy Meikle-Small", None), ("cast", "Charlie Rowe", None), ("cast", "Ella Purnell", None)}),
        ("Carey Mulligan plays Kathy with great care.", {("cast", "Carey Mulligan", "Kathy")}),
        ("A young American, Suzy Bannion (Jessica Harper), arrives at night. Harper is terrific.",
         {("cast", "Jessica Harper", "Suzy Bannion")}),
    ],
)  # fmt: skip
def test_parts_in_the_text(sentence, expected):
    assert said(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "role", "name"),
    [
        ("The film, directed by Mark Romanek, is sober.", "director", "Mark Romanek"),
        ("The film was written and directed by Hayao Miyazaki, who made it for a friend.", "writer", "Hayao Miyazaki"),
        ("I admire Hayao Miyazaki, who wrote and directed, for how little he explains.", "director", "Hayao Miyazaki"),
        ("Rachel Portman’s haunting score helps.", "composer", "Rachel Portman"),
        ("This is a film written, directed, and produced by Mark Romanek.", "writer", "Mark Romanek"),
        ("This is a film written, directed, and produced by Mark Romanek.", "director", "Mark Romanek"),
        ("The film is shot by Adam Kimmel.", "cinematographer", "Adam Kimmel"),
        ("It has a slightly overblown score by Rachel Portman.", "composer", "Rachel Portman"),
        ("Adam Kimmel's cinematography is cold.", "cinematographer", "Adam Kimmel"),
        ("Elegantly photographed with cold hues and soft edges by Adam Kimmel, it keeps still.",
         "cinematographer", "Adam Kimmel"),
        ("Adam Kimmel photographs the beaches in one light.", "cinematographer", "Adam Kimmel"),
        ("It is based on the highly acclaimed novel by Kazuo Ishiguro.", "author", "Kazuo Ishiguro"),
        ("Mark Romanek’s adaptation of Kazuo Ishiguro’s novel is moving.", "author", "Kazuo Ishiguro"),
        ("Mark Romanek’s adaptation of Kazuo Ishiguro’s novel is moving.", "director", "Mark Romanek"),
        ("The screenplay – by novelist and screenwriter Alex Garland – is set in England.", "writer", "Alex Garland"),
        ("David Kajganich's script would like to be about guilt.", "writer", "David Kajganich"),
        ("It is adapted from the best-selling novel by Tim Winton, Simon Baker's first love.", "author", "Tim Winton"),
    ],
)  # fmt: skip
def test_crew_in_the_text(sentence, role, name):
    assert (role, name, None) in said(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        # earlier works in brackets are no parts
        "The film, directed by Mark Romanek (One Hour Photo), is sober.",
        "Elegantly photographed by Adam Kimmel (Capote, Lars and the Real Girl), it keeps still.",
        "I thought of Haneke (Funny Games) and of Michael Haneke in general.",
        # other films' people
        "He has also been 2nd assistant director to Brian De Palma.",
        "He directed the creepy Robin Williams-starring thriller One Hour Photo ten years ago.",
        "It is not <i>Blade Runner</i>, directed by Ridley Scott, and does not want to be.",
        "Garfield followed this with his turn as Eduardo Saverin in The Social Network.",
        "Matt Reeves's Let Me In is another matter.",
        "Jason Statham won Oscars for his work with Michael Haneke and Werner Herzog.",
        "John Williams's score for Star Wars is another matter.",
        "I should have liked it better had it been directed by someone like Clint Eastwood.",
        "The sheriff is shot by Adam Kimmel.",
        # no people at all
        "The novel (One Hour Photo) and the film part ways.",
        "Berlin (East Germany) in the autumn is grey.",
        "It is known as The Gallery, and such as it is, it hangs.",
    ],
)
def test_who_is_not_in_this_film(sentence):
    found = said(sentence)
    assert not {entry for entry in found if entry[0] == "cast"}
    names = {name for _, name, _ in found}
    assert names <= {"Mark Romanek", "Adam Kimmel"}


def test_the_text_never_contradicts_a_labelled_credit():
    markup = f"<p>Directed by Jane Campion, it keeps still. {FILLER}</p><p>Director: Mark Romanek<br>Cast: Su Li</p>"
    assert {name for role, name, _ in people(page(markup)) if role == "director"} == {"Mark Romanek"}


def test_two_directors_in_the_text_are_nobody():
    sentence = "The first half is directed by Jane Campion. The second was directed by Agnès Varda."
    assert (
        not {entry for entry in said(f"{sentence} {FILLER}") if entry[0] == "director"}
        or len({name for role, name, _ in said(sentence) if role == "director"}) == 2
    )  # side by side they are one list


@pytest.mark.parametrize(
    "title",
    [
        "Black Hawk Down (La Chute du faucon noir, 2001), Ridley Scott",
        "Black Hawk Down (2001, Ridley Scott)",
        "Black Hawk Down (Ridley Scott, 2001)",
        "“Black Hawk Down” (2001), de Ridley Scott",
        "Black Hawk Down (dir. Ridley Scott, 2001)",
    ],
)
def test_the_director_in_the_headline(title):
    assert ("director", "Ridley Scott", None) in people(page("", title))


def test_comments_and_bylines_name_nobody():
    markup = "<div id=comments><p>Kathy (Carey Mulligan) is great, directed by Mark Romanek. " + FILLER + "</p></div>"
    assert people(page(markup)) == set()
    byline = f"<p class=byline>By Jane Smith</p><p>Jane Smith’s script would like to be. {FILLER}</p>"
    assert people(page(byline)) == set()


@pytest.mark.parametrize("case", ["magazine/never-let-me-go-text", "wpblog/never-let-me-go-text"])
def test_a_plain_text_page(case):
    reading = Reading(Document((SITES / case / "page.txt").read_bytes()))
    found = {(role, name) for role, name, _ in people(reading)}
    assert {("director", "Mark Romanek"), ("cinematographer", "Adam Kimmel"), ("composer", "Rachel Portman")} <= found
    assert {("cast", name) for name in ("Carey Mulligan", "Andrew Garfield", "Keira Knightley")} <= found


def test_structured_data():
    data = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Movie", "name": "Moon",
      "director": {"@type": "Person", "name": "Duncan Jones"},
      "author": [{"@type": "Person", "name": "Nathan Parker"}, {"@type": "Organization", "name": "Liberty Films"}],
      "actor": [{"@type": "Person", "name": "Sam Rockwell"}], "musicBy": {"name": "Clint Mansell"}}</script>"""
    reading = page(data)
    (movie,) = reading.data.movies
    found = {(c.value["role"], c.value["name"]) for c in field.from_structured(movie)}
    crew = {("director", "Duncan Jones"), ("writer", "Nathan Parker"), ("composer", "Clint Mansell")}
    assert found == {*crew, ("cast", "Sam Rockwell")}


WORDS = [
    "directed",
    "by",
    "Mark",
    "Romanek",
    "(",
    ")",
    "’s",
    "score",
    "as",
    "Kathy",
    "played",
    "novel",
    "the",
    ",",
    ".",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=10), max_size=40).map(" ".join))
def test_any_text(text):
    reading = Reading(Document(f"<html><body><h1>{text[:40]}</h1><p>{text} {text} {text} {text}</p></body></html>"))
    for candidate in read(reading):
        Credit(**candidate.value)
        assert any(candidate.value["name"] in block.text for block in reading.doc.blocks)


@pytest.mark.parametrize(
    "sentence",
    [
        "In the end Jesse is shot in the back by Robert Ford, and nobody weeps for him.",
        "The winning goal is scored by Andrew Garfield's rival, and it is cut short by John Smith.",
        "The letter was written by Kathy Hailsham herself, and this review was written by Jane Smith.",
        "On the train I was reading a novel by Stephen King, and I liked it better.",
        "It has some music by Johann Sebastian Bach and more of it than is good for it.",
    ],
)
def test_words_that_mean_other_work(sentence):
    assert said(sentence) == set()


@pytest.mark.parametrize(
    ("sentence", "entry"),
    [
        ("It was shot in crisp black and white by Adam Kimmel.", ("cinematographer", "Adam Kimmel", None)),
        ("It is beautifully shot by Adam Kimmel, and it shows.", ("cinematographer", "Adam Kimmel", None)),
        ("This is a drama starring Carey Mulligan and Andrew Garfield.", ("cast", "Andrew Garfield", None)),
        ("Mark Romanek’s Never Let Me Go keeps still. Romanek knows how. Romanek has made one film before.",
         ("director", "Mark Romanek", None)),
    ],
)  # fmt: skip
def test_more_ways_of_saying_it(sentence, entry):
    assert entry in said(sentence)


def test_the_owner_of_the_title_may_be_its_author():
    sentence = "Kazuo Ishiguro’s Never Let Me Go became a film, based on the novel by Kazuo Ishiguro. Ishiguro knows."
    assert {role for role, _, _ in said(sentence)} == {"author"}


PROSE = {
    "de": "Der Film beginnt langsam und dann lässt er uns nicht mehr los, und das ist das Beste, was man über ihn "
    "sagen kann, im kalten Licht dieses Tages, an dem wir ihn mit den Freunden gesehen haben.",
    "fr": "Le film commence lentement et puis il ne nous lâche plus, et c'est ce que l'on peut dire de mieux dans la "
    "lumière froide de ce jour où nous l'avons vu avec des amis qui ne voulaient pas venir.",
    "es": "La película empieza despacio y después no nos suelta, y eso es lo mejor que se puede decir de ella en la "
    "luz fría de este día en que la vimos con unos amigos que no querían venir.",
    "it": "Il film comincia lentamente e poi non ci lascia più, ed è la cosa migliore che si possa dire nella luce "
    "fredda di questo giorno in cui lo abbiamo visto con gli amici che non volevano venire.",
    "pt": "O filme começa devagar e depois não nos larga mais, e isso é o melhor que se pode dizer dele na luz fria "
    "deste dia em que o vimos com os amigos que não queriam vir.",
}
DIRECTOR, AUTHOR = ("director", "Mark Romanek", None), ("author", "Kazuo Ishiguro", None)
COMPOSER, KATHY = ("composer", "Rachel Portman", None), ("cast", "Carey Mulligan", "Kathy")


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("de", "Regie führte Mark Romanek.", {DIRECTOR}),
        ("de", "Der Film von Mark Romanek entstand nach dem Roman von Kazuo Ishiguro.", {DIRECTOR, AUTHOR}),
        ("de", "Kathy, gespielt von Carey Mulligan, erzählt. Die Musik stammt von Rachel Portman.", {KATHY, COMPOSER}),
        ("fr", "Réalisé par Mark Romanek d'après le roman de Kazuo Ishiguro, il est triste.", {DIRECTOR, AUTHOR}),
        ("fr", "Kathy (Carey Mulligan) raconte. La musique de Rachel Portman est trop présente.", {KATHY, COMPOSER}),
        ("es", "Dirigida por Mark Romanek y basada en la novela de Kazuo Ishiguro.", {DIRECTOR, AUTHOR}),
        ("es", "Está protagonizada por Carey Mulligan y Andrew Garfield.",
         {("cast", "Carey Mulligan", None), ("cast", "Andrew Garfield", None)}),
        ("it", "Diretto da Mark Romanek e tratto dal romanzo di Kazuo Ishiguro.", {DIRECTOR, AUTHOR}),
        ("it", "Kathy, interpretata da Carey Mulligan, racconta.", {KATHY}),
        ("pt", "Dirigido por Mark Romanek e baseado no romance de Kazuo Ishiguro.", {DIRECTOR, AUTHOR}),
        ("pt", "Kathy, vivida por Carey Mulligan, conta a história.", {KATHY}),
        ("it", "Sto leggendo un romanzo di Kazuo Ishiguro in questi giorni.", set()),
    ],
)  # fmt: skip
def test_other_languages(language, sentence, expected):
    prose = PROSE[language]
    markup = f"<html lang={language}><h1>Never Let Me Go</h1><p>{prose}</p><p>{sentence} {prose}</p><p>{prose}</p>"
    assert people(Reading(Document(markup))) == expected
