"""The reader as a whole: places, ids, bounds, and pages nobody meant to write."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.parse.document import Document
from aggregator.parse.structured import StructuredMeta, at, read
from aggregator.parse.structured.meta import tables

FIXTURES = Path(__file__).parents[3] / "fixtures" / "structured"
SOURCES = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.rglob("*.html"))]
REVIEW = "http://schema.org/Review"


def data(html: str, url: str | None = "https://lantern.example/page"):
    return read(Document(html, url))


def jsonld(*blocks, **options):
    scripts = [f'<script type="application/ld+json">{json.dumps(block)}</script>' for block in blocks]
    return data("<html><head>" + "".join(scripts) + "</head><body></body></html>", **options)


def test_a_json_locator_leads_back_to_the_value():
    page = Document((FIXTURES / "same" / "jsonld.html").read_bytes())
    review = read(page).reviews[0]
    assert review.rating_value.locator == "jsonld:0#/reviewRating/ratingValue"
    for fact in (review.rating_value, review.body, review.movie.title, review.critics[0].name, review.movie.genres[1]):
        assert at(page, fact.locator) == fact.value
    assert review.movie.actors[0].name.locator == "jsonld:0#/itemReviewed/actor/0/actor/name"
    assert at(page, "jsonld:0#/reviewRating/none") is None
    assert at(page, "jsonld:7#/name") is None
    assert at(page, "/html/body") is None


def test_blocks_are_counted_with_the_broken_ones_and_keys_are_escaped():
    page = Document(
        '<html><script type="application/ld+json">{{ broken }}</script>'
        '<script type="application/ld+json">{"http://schema.org/name": "x", "@type": "http://schema.org/Movie"}</script>'
    )
    title = read(page).movies[0].title
    assert title.locator == "jsonld:1#/http:~1~1schema.org~1name"
    assert at(page, title.locator) == "x"


def test_a_file_of_nothing_but_json_is_one_block():
    movie = read(Document('{"@context": "https://schema.org", "@type": "Movie", "name": "Moon"}')).movies[0]
    assert (movie.title.value, movie.title.locator) == ("Moon", "jsonld:0#/name")


def test_plain_text_states_nothing():
    assert read(Document("Moon (2009)\n\nA review that speaks of itemscope and h-review.")) == read(Document(""))


def test_defaults_of_schema_org_are_not_assumed():
    review = jsonld({"@type": "Review", "reviewRating": {"@type": "Rating", "ratingValue": 3}}).reviews[0]
    assert review.rating_value.value == "3"
    assert review.rating_best is None
    assert review.rating_worst is None


def test_two_things_under_one_id_stay_two():
    page = jsonld(
        {"@id": "#it", "@type": "Movie", "name": "Moon"}, {"@id": "#it", "@type": "Review", "name": "Alone up there"}
    )
    assert page.movies[0].title.value == "Moon"
    assert page.reviews[0].name.value == "Alone up there"


def test_references_may_go_round_in_circles():
    page = jsonld(
        {"@id": "#m", "@type": "Movie", "name": "Moon", "review": {"@id": "#r"}, "isBasedOn": {"@id": "#m"}},
        {"@id": "#r", "@type": "Review", "itemReviewed": {"@id": "#m"}, "author": {"@id": "#r"}},
        {"@id": "#r", "reviewRating": {"@id": "#r"}},
        {"@id": "#c", "@type": "Comment", "text": "x", "parentItem": {"@id": "#c"}},
    )  # fmt: skip
    assert page.reviews[0].movie.title.value == "Moon"
    assert page.reviews[0].critics == ()


def test_a_review_listed_by_reference_is_of_the_film_that_lists_it():
    page = jsonld({"@type": "Movie", "name": "Moon", "review": {"@id": "#r"}}, {"@id": "#r", "@type": "Review"})
    assert page.reviews[0].movie.title.value == "Moon"
    assert page.reviews[0].within is None


def test_addresses_are_no_names():
    page = jsonld(
        {"@type": "Review", "author": "https://lantern.example/ida", "itemReviewed": "https://lantern.example/moon"}
    )
    assert page.reviews[0].critics == ()
    assert page.reviews[0].movie is None


@pytest.mark.parametrize(
    ("markup", "value"),
    [
        ('<span itemprop="name">3<!-- -->/<!-- -->5</span>', "3/5"),
        ('<span itemprop="name"><b>3</b>½</span>', "3½"),
        ('<div itemprop="name"><p>One</p><p>Two<br>three</p></div>', "One Two three"),
        ('<span itemprop="name">A<script>x()</script><style>y</style>B</span>', "AB"),
        ('<meta itemprop="name" content=" A\n B ">', "A B"),
        ('<span itemprop="name" content="USA">United States</span>', "USA"),
        ('<data itemprop="name" value="42">forty-two</data>', "42"),
        ('<span itemprop="name"><img src="x.png" alt="Two thumbs up"></span>', "Two thumbs up"),
        ('<a itemprop="name" href="/x"> Named link </a>', "Named link"),
        ('<a itemprop="name" href="/x"></a>', None),
        ('<span itemprop="name">\u200b \u00a0</span>', None),
    ],
)
def test_value_of_an_element(markup, value):
    movies = data(f'<html><body><div itemscope itemtype="http://schema.org/Movie">{markup}</div>').movies
    assert (movies[0].title.value if movies[0].title else None) == value


def test_meta_table_and_record_name_the_same_fields():
    fields = set(tables()["one"]) | set(tables()["many"]) | {"canonical", "labels"}
    assert fields == set(StructuredMeta.__slots__)


def nested(depth: int):
    film = {"@type": "Movie", "name": "x"}
    for _ in range(depth):
        film = {"@type": "Movie", "name": "x", "review": {"@type": "Review", "itemReviewed": film}}
    return film


def script(value) -> str:
    return f'<html><script type="application/ld+json">{json.dumps(value)}</script><body>'


HOSTILE = {
    "deep json": script(nested(400)),
    "wide json": script([{"@type": "Movie", "name": "x", "actor": [{"@type": "Person", "name": "p"}] * 10}] * 4000),
    "one id": script(
        [{"@id": "#a", "@type": ["Movie", "Review"][i % 2], "review": {"@id": "#a"}} for i in range(8000)]
    ),
    "shared book": script(
        [{"@type": "Movie", "isBasedOn": {"@id": "#b"}}] * 3000
        + [{"@id": "#b", "@type": "Book", "author": [f"a{i}" for i in range(400)]}]
    ),
    "broken blocks": "<html>"
    + ("<script type='application/ld+json'>{'@type':'Movie'," + '\'a "b" ' * 500 + " }</script>") * 2000,
    "entities": script({"@type": "Movie", "name": "&amp;" * 200_000 + "<" * 200_000}),
    "comments": '<html><body><div itemscope itemtype="http://schema.org/Article">'
    + '<div itemprop=comment itemscope itemtype="http://schema.org/Comment"><p itemprop=text>t</div>' * 20_000,
    "nested scopes": "<html><body>"
    + f'<div itemprop=review itemscope itemtype="{REVIEW}">' * 450
    + "<b itemprop=name>x</b>" * 9000,
    "nested texts": f'<html><body><div itemscope itemtype="{REVIEW}">'
    + ("<div itemprop=name>" * 400 + "<p>x</p>" * 20) * 10,
    "refs": "<html><body>"
    + f'<div itemscope itemtype="{REVIEW}" itemref="{" ".join(f"i{k}" for k in range(300))}"></div>' * 300
    + "".join(f"<div id=i{k}>" + "<b itemprop=author>x</b>" * 50 + "</div>" for k in range(300)),
    "rdfa": '<html vocab="http://schema.org/"><body>'
    + "<div typeof=Movie property=review>" * 450
    + "<b property=name>x</b>" * 15_000,
    "hreview": "<html><body>" + '<div class="hreview hentry">' * 400 + '<b class="rating author fn value">x</b>' * 5000,
    "h-review": "<html><body>"
    + '<div class="h-review p-item e-content">' * 400
    + '<b class="p-rating p-name">x</b>' * 12_000,
    "metas": "<html><head>" + '<meta property="og:title article:author" content="x">' * 40_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_no_time(name):
    document = Document(HOSTILE[name])
    assert document.lines is not None
    start = time.process_time()
    read(document)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", ["wide json", "comments", "hreview", "shared book"])
def test_what_is_beyond_the_bounds_is_said(name):
    assert "structured-cut" in {problem.code for problem in data(HOSTILE[name]).problems}


PIECES = st.sampled_from(
    "< > \" ' { } [ ] : , = / \\ \x00 \ud800 é 😀 &quot; &#8217; <!-- --> itemscope itemprop itemref= typeof= "
    'property= @id @type class="h-review" class="hreview" <script></script> <div> </div> null true 1e400 -0'.split(" ")
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_pages_raise_nothing(sample):
    text = sample.draw(st.sampled_from(SOURCES))
    for _ in range(sample.draw(st.integers(1, 6))):
        start = sample.draw(st.integers(0, len(text)))
        end = sample.draw(st.integers(start, min(len(text), start + 60)))
        text = text[:start] + sample.draw(PIECES | st.text(max_size=5)) + text[end:]
    document = Document(text, sample.draw(st.sampled_from([None, "", "https://lantern.example/page", "http://[bad"])))
    found = read(document)
    for fact in (*(review.rating_value for review in found.reviews), *(movie.title for movie in found.movies)):
        if fact is not None:
            assert fact.value == " ".join(fact.value.split())
            fact.value.encode("utf-8")
            assert fact.locator


def test_reading_twice_gives_the_same():
    for source in SOURCES:
        document = Document(source, "https://lantern.example/page")
        assert read(document) == read(document)
