"""Who wrote it: bylines, boxes, signatures, guests and owners; never a photographer, a template or the site."""

import pytest

from aggregator.parse import explain, parse
from tests.parse.fields.night_train import BODY, DE

FR = """<p>Le film s'ouvre sur un train dans la neige, et le réalisateur ne nous en laisse guère sortir pendant
deux heures. Les acteurs sont excellents, surtout le vieux contrôleur, et la caméra trouve de la place là
où il n'y en a pas.</p><p>C'est un beau film, lent au milieu et très émouvant à la fin. Le scénario fait
confiance au silence, la musique hélas non. Un film qui vaut tout de même le déplacement et que l'on
n'oublie pas.</p>"""


def page(title="Night Train (2011) review", head="", pre="", post="", tail="", header="", lang="en", body=BODY):
    site = "Late Row"
    return (
        f"<html lang={lang}><head><title>{title} | {site}</title>{head}</head><body><header class=site-header>"
        f"<a href=/>{site}</a>{header}</header><article><h1>{title}</h1>{pre}{body}{post}</article>{tail}</body></html>"
    )


NAMED = {
    "before a bar": ({"pre": "<p>By Anna Holm | March 3, 2012</p>"}, ["Anna Holm"]),
    "not the photographer": ({"pre": "<p>By Anna Holm</p><p>Photo by Carl Ott</p>"}, ["Anna Holm"]),
    "not the editor": ({"pre": "<p>By Anna Holm</p>", "post": "<p>Edited by Carl Ott</p>"}, ["Anna Holm"]),
    "among date and reading time": (
        {"pre": "<div class=post-meta>February 18, 2020 · 2 min · 312 words · Anna Holm</div>"},
        ["Anna Holm"],
    ),
    "above the date": ({"pre": "<p>Ana Ruiz<br>March 3, 2012</p>"}, ["Ana Ruiz"]),
    "a German last line": (
        {"lang": "de", "title": "Kritik: Nachtzug", "body": DE, "post": "<p>Von Jonas Ebert, 17. Juli 2016</p>"},
        ["Jonas Ebert"],
    ),
    "behind a German date": (
        {"lang": "de", "title": "Kritik: Nachtzug", "body": DE, "pre": "<p>17.07.2016 von Jonas Ebert</p>"},
        ["Jonas Ebert"],
    ),
    "a German given name": (
        {
            "lang": "de",
            "title": "Kritik: Nachtzug",
            "body": DE,
            "pre": "<div class=meta>von Kathrin am 12.11.2023 in Drama</div>",
        },
        ["Kathrin"],
    ),
    "French": (
        {
            "lang": "fr",
            "title": "Critique : Train de nuit",
            "body": FR,
            "pre": "<p>Par Julie Mercier, le 3 mars 2019</p>",
        },
        ["Julie Mercier"],
    ),
    "a guest, not who posted": (
        {"pre": "<p class=meta>Posted by <a rel=author href=/author/tom>Tom</a></p><p>A guest post by Lena Park.</p>"},
        ["Lena Park"],
    ),
    "before the section": ({"pre": "<p class=entry-meta>Posted by Tom in Guest Posts</p>"}, ["Tom"]),
    "the owner greets": ({"header": "<p>Hi, I'm Anthony! I like films.</p>"}, ["Anthony"]),
    "a box about the author": (
        {"post": "<div class=author-box><h4>About the author</h4><p>Ana Ruiz studies law and loves trains.</p></div>"},
        ["Ana Ruiz"],
    ),
    "who can be reached": ({"post": "<p>Anna Holm can be reached at a@x.example</p>"}, ["Anna Holm"]),
    "signed behind a sentence": (
        {"body": BODY.replace("ticket.</p>", "ticket. — Anna Holm</p>")},
        ["Anna Holm"],
    ),
    "an initial": ({"post": "<p>(Eric G.)</p>"}, ["Eric G."]),
    "a pen name": ({"pre": "<span class=byline>by <span class=author>the_owl</span></span>"}, ["the_owl"]),
}
UNNAMED = {
    "the site's own name where a name belongs": {"pre": "<div class=byline-name>Late Row</div>"},
    "photos": {"pre": "<p class=meta>Photos by Carl Ott | March 3, 2012</p>"},
    "a translator": {"post": "<p>Translated by Carl Ott</p>"},
    "the tags of a post": {
        "pre": "<p class=author>2012-03-03 • <a href=/tag/review rel=tag>Review</a>, <a href=/tag/film rel=tag>Film</a>"
    },
    "the director above the film's length": {"pre": "<div><div>Bruce McDonald</div><div>93 minutes</div></div>"},
    "admin with a date": {"pre": "<p class=entry-meta>Posted by admin on March 3, 2012</p>"},
    "the film behind a word for critic": {"lang": "fr", "title": "Critique : Train de nuit", "body": FR},
    "the site's copyright": {"tail": "<footer>Copyright 2012 Late Row</footer>"},
    "a firm's copyright": {"tail": "<footer>© 2012 Late Row Media LLC</footer>"},
    "somebody else's copyright": {"tail": "<footer>© 2012 Hanna Weiss</footer>"},
    "a quoted critic": {"body": BODY + '<blockquote>"A marvel" — Carl Ott, The Paper</blockquote>'},
    "a reader": {"post": "<div id=comments><h3>1 comment</h3><p>By Carl Ott</p></div>"},
}


def critics(options, url="https://laterow.example/2012/night-train"):
    (review,) = parse(page(**options), url).reviews
    return list(review.critics)


@pytest.mark.parametrize("what", NAMED)
def test_the_critic_is_whom_the_page_names(what):
    options, names = NAMED[what]
    assert critics(options) == names


@pytest.mark.parametrize("what", UNNAMED)
def test_nobody_is_made_a_critic(what):
    assert critics(UNNAMED[what]) == []


def test_a_person_s_copyright_names_the_critic_of_a_site_called_after_them():
    options = UNNAMED["somebody else's copyright"]
    assert critics(options, "https://hannaweiss.example/2012/night-train") == ["Hanna Weiss"]


def test_whose_article_it_is_makes_no_line_of_it_a_byline():
    notes = "".join(f"<h3>{film}</h3><p><em>Dir. {who}.</em></p>{BODY}" for film, who in NOTES)
    html = f"<body><article class='hentry author-anna-holm'><h1>Three nights</h1><p>By Anna Holm</p>{notes}</article>"
    found = explain(f"<html lang=en>{html}").findings
    assert found
    rules = {candidate.rule for one in found for candidate, _ in one.choices["critics"].weighed}
    assert "byline.marked" not in rules


NOTES = (("Red Night", "Ana Ruiz"), ("Harbour", "Ola Dahl"), ("Night Train", "Jon Beck"))
