"""Labelled facts in every form of markup, in several languages, and what is none."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.parse.document import Document
from aggregator.parse.facts import read_facts, split_words
from aggregator.parse.reading import Reading

SITES = Path(__file__).parents[2] / "fixtures" / "sites"
PROSE = {
    "en": "The film begins slowly and then it does not let go of you, and that is the best thing one can say "
    "about it in the cold light of the day on which we saw it with friends who did not want to come.",
    "fr": "Le film commence lentement et puis il ne nous lâche plus, et c'est ce que l'on peut dire de mieux "
    "dans la lumière froide de ce jour où nous l'avons vu avec des amis qui ne voulaient pas venir.",
    "it": "Il film comincia lentamente e poi non ci lascia più, ed è la cosa migliore che si possa dire nella "
    "luce fredda di questo giorno in cui lo abbiamo visto con gli amici che non volevano venire.",
    "de": "Der Film beginnt langsam und dann lässt er uns nicht mehr los, und das ist das Beste, was man über "
    "ihn sagen kann, im kalten Licht dieses Tages, an dem wir ihn mit Freunden gesehen haben, die nicht "
    "kommen wollten.",
    "es": "La película empieza despacio y después no nos suelta, y eso es lo mejor que se puede decir de ella "
    "en la luz fría de este día en que la vimos con unos amigos que no querían venir.",
    "pt": "O filme começa devagar e depois não nos larga mais, e isso é o melhor que se pode dizer dele na luz "
    "fria deste dia em que o vimos com os amigos que não queriam vir.",
    "ja": "この映画はゆっくりと始まり、それから私たちを離さない。それがこの作品について言える一番良い"
    "ことだと思う。友人たちと一緒に観たが、みんな黙って帰った。",
}


def page(markup, language="en", around=True):
    prose = f"<p>{PROSE[language]} {PROSE[language]}</p>"
    before, after = (prose * 2, prose) if around else ("", "")
    head = f"<!DOCTYPE html><html lang={language}><head><title>Never Let Me Go</title></head><body>"
    return Reading(Document(f"{head}<h1>Never Let Me Go</h1>{before}{markup}{after}</body></html>"))


def pairs(reading):
    return [(fact.key, fact.value) for fact in read_facts(reading)]


DIRECTOR, CAST = ("director", "Mark Romanek"), ("cast", "Carey Mulligan, Andrew Garfield")
BOTH = [DIRECTOR, CAST]
MARKUP = {
    "bold and breaks": "<p><b>Director:</b> Mark Romanek<br><b>Cast:</b> Carey Mulligan, Andrew Garfield</p>",
    "bold, no colon": "<p><b>Director</b> Mark Romanek<br><b>Cast</b> Carey Mulligan, Andrew Garfield</p>",
    "capitals": "<p>DIRECTOR: Mark Romanek<br>CAST: Carey Mulligan, Andrew Garfield</p>",
    "list": "<ul><li><strong>Director:</strong> Mark Romanek"
    "<li><strong>Cast:</strong> Carey Mulligan, Andrew Garfield</ul>",
    "spans that touch": "<div><span>Director</span><span>Mark Romanek</span></div>"
    "<div><span>Cast</span><span>Carey Mulligan, Andrew Garfield</span></div>",
    "definition list": "<dl><dt>Director<dd>Mark Romanek<dt>Cast<dd>Carey Mulligan, Andrew Garfield</dl>",
    "table, row by row": "<table><tr><th>Director<td>Mark Romanek"
    "<tr><th>Cast<td>Carey Mulligan, Andrew Garfield</table>",
    "table, downwards": "<table><tr><th>Director<th>Cast"
    "<tr><td>Mark Romanek<td>Carey Mulligan, Andrew Garfield</table>",
    "table, downwards, no th": "<table><thead><tr><td>Director<td>Cast</thead>"
    "<tbody><tr><td>Mark Romanek<td>Carey Mulligan, Andrew Garfield</tbody></table>",
    "dashes": "<p>Director – Mark Romanek<br>Cast - Carey Mulligan, Andrew Garfield</p>",
    "one line, semicolons": "<p>Dir: Mark Romanek; Starring: Carey Mulligan, Andrew Garfield</p>",
    "one line, full stops": "<p>Director: Mark Romanek. Starring: Carey Mulligan, Andrew Garfield.</p>",
    "one line, no colons": "<p>Directed by Mark Romanek. Starring Carey Mulligan, Andrew Garfield.</p>",
    "one line, nothing between": "<p>Director: Mark Romanek Starring: Carey Mulligan, Andrew Garfield</p>",
    "bars": "<p>Director: Mark Romanek | Cast: Carey Mulligan, Andrew Garfield</p>",
    "signs before": "<p>• Director: Mark Romanek<br>🎬 Cast: Carey Mulligan, Andrew Garfield</p>",
    "brackets": "<p>(Dir: Mark Romanek. With Carey Mulligan, Andrew Garfield)</p>",
}


@pytest.mark.parametrize("form", MARKUP)
def test_every_form_of_markup_says_the_same(form):
    assert pairs(page(MARKUP[form])) == BOTH


@pytest.mark.parametrize("form", ["bold and breaks", "definition list", "one line, semicolons", "table, downwards"])
def test_facts_before_the_text(form):
    assert pairs(page(MARKUP[form] + f"<p>{PROSE['en']}</p><p>{PROSE['en']}</p>", around=False)) == BOTH


def test_a_text_file_without_markup():
    text = (
        f"Never Let Me Go\n\n{PROSE['en']}\n\n{PROSE['en']}\n\nDirected By\nMark Romanek\nRun Time\n1 hour 43 minutes\n"
    )
    assert pairs(Reading(Document(text))) == [("director", "Mark Romanek"), ("runtime", "1 hour 43 minutes")]


def test_a_span_is_the_value_of_its_block():
    for fact in read_facts(page("".join(MARKUP.values()))):
        assert fact.block.text[fact.start : fact.end] == fact.value


def test_the_line_of_a_label_apart_is_kept():
    fact = read_facts(page(MARKUP["definition list"]))[0]
    assert fact.label_block is not None
    assert fact.label_block.text == "Director"
    assert fact.label == "Director"


@pytest.mark.parametrize("line", ["2010 · Directed by Mark Romanek", "~ 2010 · Directed by Mark Romanek · Rated R ~"])
def test_a_line_of_facts_between_signs(line):
    assert DIRECTOR in pairs(page(f"<p>{line}</p>"))


def test_a_date_behind_the_name_of_a_section_is_no_title():
    assert pairs(page("<p>Film | 3 March 2012</p>")) == []


def test_several_lines_under_one_label():
    markup = "<dl><dt>Director<dd>Mark Romanek<dt>Cast<dd>Carey Mulligan<dd>Andrew Garfield<dt>Runtime<dd>103</dl>"
    cast = [("cast", "Carey Mulligan"), ("cast", "Andrew Garfield")]
    assert pairs(page(markup)) == [DIRECTOR, *cast, ("runtime", "103")]
    cell = "<table><tr><th>Director<td>Mark Romanek<tr><th>Cast<td>Carey Mulligan<br>Andrew Garfield</table>"
    assert pairs(page(cell)) == [DIRECTOR, *cast]


@pytest.mark.parametrize(
    "label",
    ["Writer/Director", "Director & Writer", "Written and Directed by", "Director, Writer", "Written & directed by"],
)
def test_glued_labels_give_each_key(label):
    found = pairs(page(f"<p>{label}: Mark Romanek<br>Cast: Carey Mulligan</p>"))
    assert set(found) == {DIRECTOR, ("writer", "Mark Romanek"), ("cast", "Carey Mulligan")}


def test_glued_country_and_year_are_parted():
    found = pairs(page("<p>Land / Jahr: Südkorea 2019<br>Regie: Bong Joon-ho</p>", "de"))
    assert found == [("country", "Südkorea"), ("year", "2019"), ("director", "Bong Joon-ho")]


@pytest.mark.parametrize(
    ("language", "markup", "expected"),
    [
        ("fr", "Distribution : Carey Mulligan, Andrew Garfield", CAST),
        ("fr", "Distribution : Le Pacte", ("distributor", "Le Pacte")),
        ("it", "Distribuzione: Fox Searchlight", ("distributor", "Fox Searchlight")),
        ("en", "Distribution: Fox Searchlight", ("distributor", "Fox Searchlight")),
        ("en", "Rating: PG-13", ("certificate", "PG-13")),
        ("en", "Rating: R for some violence", ("certificate", "R for some violence")),
        ("en", "Rating: 15", ("certificate", "15")),
        ("en", "Rating: 8", ("rating", "8")),
        ("en", "Rating: 3.5/4", ("rating", "3.5/4")),
        ("en", "Rating: B", ("rating", "B")),
        ("es", "Calificación: 8/10", ("rating", "8/10")),
        ("es", "Calificación: No recomendada para menores de 12 años",
         ("certificate", "No recomendada para menores de 12 años")),
        ("pt", "Classificação: 14 anos", ("certificate", "14 anos")),
    ],
)  # fmt: skip
def test_false_friends_are_told_by_language_and_value(language, markup, expected):
    label = {"fr": "Réalisation", "it": "Regia", "es": "Dirección", "pt": "Direção", "en": "Director"}[language]
    assert pairs(page(f"<p>{label}: Mark Romanek<br>{markup}</p>", language)) == [DIRECTOR, expected]


def test_other_languages():
    german = "<p>Regie: Mark Romanek<br>Darsteller: Carey Mulligan, Andrew Garfield<br>FSK: ab 12</p>"
    assert pairs(page(german, "de")) == [*BOTH, ("certificate", "ab 12")]
    run_on = "<p>EUA, 10. 103 min. Direção de Mark Romanek. Com Carey Mulligan, Andrew Garfield.</p>"
    assert pairs(page(run_on, "pt")) == [("runtime", "103 min"), *BOTH]
    japanese = "<p>監督・脚本：宮崎駿<br>出演：柊瑠美、入野自由<br>上映時間：125分</p>"
    assert set(pairs(page(japanese, "ja"))) == {
        ("director", "宮崎駿"), ("writer", "宮崎駿"), ("cast", "柊瑠美、入野自由"), ("runtime", "125分"),
    }  # fmt: skip


@pytest.mark.parametrize("line", ["15 | 103 mins", "15, 103 mins", "(15, 103 mins)", "15 • 103 mins"])
def test_a_certificate_beside_a_runtime(line):
    found = pairs(page(f"<p>Dir: Mark Romanek<br>With: Carey Mulligan, Andrew Garfield<br>{line}</p>"))
    assert found == [*BOTH, ("certificate", "15"), ("runtime", "103 mins")]


def test_a_cast_line_without_a_label():
    markup = (
        "<div>Directed By</div><div>Mark Romanek</div><div>Carey Mulligan, Andrew Garfield</div><div>Run Time</div>"
    )
    found = read_facts(page(f"<div>{markup}<div>103 minutes</div></div>"))
    assert [(fact.key, fact.value, fact.tier) for fact in found] == [
        (*DIRECTOR, "labelled"), (*CAST, "visible"), ("runtime", "103 minutes", "labelled"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Reading time: 2 minutes</p>",
        "<p>The director: a man who knows what he wants, and who gets it every single time he goes out for it.</p>",
        "<p>Assistant Director: Joe Doe</p>",
        "<p>Director Mark Romanek on the set</p>",
        "<p>Producer: somebody</p>",
        "<ul><li><a href=/f>Film</a><li><a href=/m>Music</a><li><a href=/i>Interviews</a></ul>",
        "<p>With great care and no hurry at all.</p>",
        "<p>Stars shine over the school in the last shot.</p>",
        "<p>Time: the enemy of us all</p>",
        "<aside class='related'><p>Director: Mark Romanek<br>Cast: Carey Mulligan, Andrew Garfield</p></aside>",
        "<div id='comments'><p>Director: Mark Romanek<br>Cast: Carey Mulligan, Andrew Garfield</p></div>",
        "<figcaption>Director: Mark Romanek. Cast: Carey Mulligan</figcaption>",
    ],
)
def test_no_facts(markup):
    assert pairs(page(markup)) == []


def test_reading_time_is_no_running_time_among_facts():
    assert pairs(page("<p>Director: Mark Romanek<br>Reading time: 2 minutes</p>")) == [DIRECTOR]


@pytest.mark.parametrize("label", ["Written by", "Author", "Words", "By", "Writer"])
def test_whoever_signs_is_the_critic(label):
    assert pairs(page(f"<p>{label}: Jane Smith</p>")) == [("critic", "Jane Smith")]


def test_beside_the_films_facts_the_writer_is_the_films():
    found = pairs(page("<p>Directed by: Mark Romanek<br>Written by: Alex Garland</p>"))
    assert found == [DIRECTOR, ("writer", "Alex Garland")]


def test_a_facts_box_in_a_sidebar_counts_and_a_menu_does_not():
    box = "<aside class='sidebar'><div class='factbox'><div>Directed By</div><div>Mark Romanek</div>"
    box += "<div>Run Time</div><div>103 minutes</div></div></aside>"
    assert pairs(page(box)) == [DIRECTOR, ("runtime", "103 minutes")]
    plain = "<aside class='sidebar'><div>Directed By</div><div>Mark Romanek</div></aside>"
    assert pairs(page(plain)) == []


def test_a_list_of_films_gives_nobodys_facts():
    films = "".join(
        f"<h3>Film {n}</h3><p>Director: {name}<br>Cast: Su Li, Lena Okafor</p><p>{PROSE['en']}</p>"
        for n, name in enumerate(["Jane Campion", "Agnès Varda", "Claire Denis", "Lynne Ramsay"])
    )
    assert pairs(page(films)) == []


@pytest.mark.parametrize(
    ("site", "case"), [("magazine", "never-let-me-go-text"), ("magazine", "never-let-me-go"), ("magazine", "moon")]
)
def test_the_magazines_box(site, case):
    path = next((SITES / site / case).glob("page.*ht*"), SITES / site / case / "page.txt")
    found = read_facts(Reading(Document(path.read_bytes())))
    assert {"rating", "audience_rating", "certificate", "director", "runtime", "cast", "release"} <= {
        f.key for f in found
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("War, Drama", ["War", "Drama"]),
        ("UK / USA", ["UK", "USA"]),
        ("Drama | Sci-Fi", ["Drama", "Sci-Fi"]),
        ("Japan 2001", ["Japan"]),
        ("アニメ、ドラマ", ["アニメ", "ドラマ"]),
        ("Horror", ["Horror"]),
        ("2010", []),
        ("", []),
    ],
)
def test_split_words(value, words):
    assert split_words(value) == words


LABELS = [
    "Director",
    "Cast:",
    "Runtime",
    "Rating:",
    "Year:",
    "Cert",
    "With",
    "監督：",
    "Regie:",
    "|",
    ";",
    "\n",
    "<br>",
    "<b>",
    "</b>",
    "15",
    "R",
]
NOISE = st.lists(st.sampled_from(LABELS) | st.text(max_size=12), max_size=25).map(" ".join)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(NOISE, st.booleans())
def test_any_page(text, markup):
    reading = Reading(Document(f"<html><body><p>{text}</p></body></html>" if markup else text))
    for fact in read_facts(reading):
        assert fact.value
        assert fact.block.text[fact.start : fact.end] == fact.value


def test_a_second_title_beside_the_facts():
    found = pairs(page("<p>Never Let Me Go (Alles, was wir geben mussten) | Dir: Mark Romanek | 15 | 103 mins</p>"))
    assert found[0] == ("original_title", "Alles, was wir geben mussten")
    assert ("certificate", "15") in found
    other = page("<p>Mark Romanek (One Hour Photo) | Dir: Mark Romanek | Cert: 15</p>")
    assert "original_title" not in dict(pairs(other))
