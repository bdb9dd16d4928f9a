"""Headings whose italics, full stops and line breaks are how they are set, not what they say."""

import pytest

from aggregator.parse import explain

TEXT = """The director lets the film breathe, and its two actors do the rest. I loved every scene of {}, a film that
never once raises its voice, and whose plot is told in looks."""


def read(heading, title, name="it", details=""):
    source = f"""<!doctype html><html lang="en"><head><title>{title}</title></head><body><article>
        <p>Film review</p><h1>{heading}</h1><div>{details}</div><p>{TEXT.format(name)}</p></article></body></html>"""
    page = explain(source, "https://tide.example/p/12.html").page
    return page.reviews[0] if page.reviews else None


def test_italics_at_the_end_of_a_title_are_part_of_it():
    found = read("The <em>Orphanage.</em>", "The Orphanage | Tide and Time", "The Orphanage")
    assert found.film.title in ("The Orphanage", "The Orphanage.")


def test_italics_beside_other_words_are_the_title():
    assert read("<em>Parasite</em> is a con trick", "Parasite is a con trick | Tide and Time").film.title == "Parasite"


@pytest.mark.parametrize("word", ["Cine", "Films", "Review"])
def test_a_word_for_films_is_no_title(word):
    found = read("What I saw on Sunday", f"{word} | Tide and Time", word.lower())
    assert found is None or found.film.title != word


def test_stars_end_the_name_before_them():
    found = read("Night Ferry", "Night Ferry | Tide and Time", "Night Ferry", "Directed by Anna Holm ★★★★½")
    assert [person.name for person in found.credits if person.role == "director"] == ["Anna Holm"]
    assert found.rating.value == 4.5


@pytest.mark.parametrize(("released", "year"), [("2022", 2022), ("May 3, 2022", None)])
def test_a_bare_year_of_release_is_the_film_s_year(released, year):
    found = read(
        "Night Ferry", "Night Ferry | Tide", "Night Ferry", f"<p>Release Date: {released}</p><p>Cast: A. Holm</p>"
    )
    assert found.film.year == year


def test_labels_set_as_captions_are_labels():
    box = '<dl><dt class="caption">Year</dt><dd>1984</dd><dt class="caption">Director</dt><dd>Anna Holm</dd></dl>'
    found = read("Night Ferry", "Night Ferry | Tide", "Night Ferry", box)
    assert (found.film.year, [person.name for person in found.credits]) == (1984, ["Anna Holm"])


def test_the_foot_of_an_article_s_head_is_no_foot_of_the_page():
    head = '<div class="article-list-footer"><span>March 29, 2019</span> - <span>2 minute read</span></div>'
    assert read("Night Ferry", "Night Ferry | Tide", "Night Ferry", head).published == "2019-03-29"
