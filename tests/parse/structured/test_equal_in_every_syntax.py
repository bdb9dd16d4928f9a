"""One review written by hand in every syntax states the same values."""

import dataclasses

import pytest

from aggregator.parse.document import Document
from aggregator.parse.structured import read
from tests.parse.structured.stating import URL, ld, stated

FIELDS = (
    "title",
    "year",
    "directors",
    "same_as",
    "critics",
    "published",
    "value",
    "best",
    "worst",
    "name",
    "body",
)
SAID_BY_SCHEMA_ONLY = {"year", "directors", "same_as"}
"""Microformats have no words for them."""


@dataclasses.dataclass(frozen=True)
class Case:
    """What the pages say, and one page a syntax."""

    says: dict
    pages: dict[str, str]


FULL = Case(
    {
        "title": "Night Ferry to Lund",
        "year": "2014",
        "directors": ["Mara Quist"],
        "same_as": ["https://www.wikidata.org/wiki/Q1"],
        "critics": ["Ida Holm"],
        "published": "2014-09-12",
        "value": "3.5",
        "best": "5",
        "worst": "0.5",
        "name": "All at sea",
        "body": "A slow boat, and every minute of it earned.",
    },
    {
        "jsonld": """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Review",
            "name": "All at sea", "author": {"@type": "Person", "name": "Ida Holm"}, "datePublished": "2014-09-12",
            "reviewBody": "A slow boat, and every minute of it earned.",
            "reviewRating": {"@type": "Rating", "ratingValue": 3.5, "bestRating": 5, "worstRating": 0.5},
            "itemReviewed": {"@type": "Movie", "name": "Night Ferry to Lund", "dateCreated": "2014",
              "director": {"@type": "Person", "name": "Mara Quist"},
              "sameAs": "https://www.wikidata.org/wiki/Q1"}}</script>""",
        "microdata": """<article itemscope itemtype="https://schema.org/Review">
            <h1 itemprop="name">All at sea</h1>
            <p>By <span itemprop="author" itemscope itemtype="https://schema.org/Person">
              <a itemprop="url" href="/ida"><span itemprop="name">Ida Holm</span></a></span>,
              <time itemprop="datePublished" datetime="2014-09-12">Friday</time></p>
            <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Movie">
              <cite itemprop="name">Night Ferry to Lund</cite> (<span itemprop="dateCreated">2014</span>), by
              <span itemprop="director" itemscope itemtype="https://schema.org/Person">
                <b itemprop="name">Mara <i>Quist</i></b></span>
              <link itemprop="sameAs" href="https://www.wikidata.org/wiki/Q1"></div>
            <div itemprop="reviewBody"><p>A slow boat, and every minute of it earned.</p></div>
            <p itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
              <meta itemprop="worstRating" content="0.5">
              <data itemprop="ratingValue" value="3.5">three and a half</data>
              of <span itemprop="bestRating">5</span></p></article>""",
        "rdfa": """<article vocab="https://schema.org/" typeof="Review">
            <h1 property="name">All at sea</h1>
            <p>By <span property="author" typeof="Person"><span property="name">Ida Holm</span></span>,
              <time property="datePublished" datetime="2014-09-12">Friday</time></p>
            <div property="itemReviewed" typeof="Movie"><cite property="name">Night Ferry to Lund</cite>
              (<span property="dateCreated">2014</span>), by
              <span property="director" typeof="Person"><b property="name">Mara Quist</b></span>
              <a property="sameAs" href="https://www.wikidata.org/wiki/Q1"></a></div>
            <div property="reviewBody">A slow boat, and every <em>minute</em> of it earned.</div>
            <p property="reviewRating" typeof="Rating"><meta property="worstRating" content="0.5">
              <span property="ratingValue" content="3.5">★★★½</span> of <span property="bestRating">5</span></p>
            </article>""",
        "rdfa with prefixes": """<article prefix="s: https://schema.org/" typeof="s:Review">
            <h1 property="s:name">All at sea</h1>
            <p>By <span rel="s:author"><span typeof="s:Person"><b property="s:name">Ida Holm</b></span></span>,
              <span property="s:datePublished" content="2014-09-12">Friday</span></p>
            <div property="s:itemReviewed" resource="#film" typeof="s:Movie">
              <cite property="s:name">Night Ferry to Lund</cite>
              <span property="s:dateCreated">2014</span></div>
            <div about="#film"><span property="s:director">Mara Quist</span>
              <span rel="s:sameAs" resource="https://www.wikidata.org/wiki/Q1"></span></div>
            <div property="s:reviewBody">A slow boat, and every minute of it earned.</div>
            <p property="s:reviewRating" typeof="s:Rating"><b property="s:ratingValue">3.5</b>
              <i property="s:bestRating" content="5"></i><i property="s:worstRating" content="0.5"></i></p>
            </article>""",
        "hreview": """<div class="hreview"><h1 class="summary">All at sea</h1>
            <p>By <span class="reviewer vcard"><a class="url fn" href="/ida">Ida Holm</a></span>,
              <abbr class="dtreviewed" title="2014-09-12">Friday</abbr></p>
            <p class="item"><cite class="fn">Night Ferry to Lund</cite></p>
            <div class="description"><p>A slow boat, and every minute of it earned.</p></div>
            <p><abbr class="rating" title="3.5">three and a half</abbr> of <span class="best">5</span>,
              <abbr class="worst" title="0.5">half a star</abbr> being the least</p></div>""",
        "hreview with values": """<div class="hreview"><h1 class="summary">All at sea</h1>
            <p>By <span class="reviewer vcard">our <span class="fn">Ida Holm</span></span>
              <span class="dtreviewed">Friday <span class="value-title" title="2014-09-12"> </span></span></p>
            <p class="item">Film: <span class="fn">Night Ferry to Lund</span></p>
            <blockquote class="description">A slow boat, and every minute of it earned.</blockquote>
            <p class="rating">My rating: <span class="value">3.5</span> of <span class="best">5</span>,
              at least <span class="worst">0.5</span></p></div>""",
        "h-review": """<div class="h-review"><h1 class="p-name">All at sea</h1>
            <p>By <a class="p-author h-card" href="/ida">Ida Holm</a>,
              <time class="dt-published" datetime="2014-09-12">Friday</time></p>
            <p class="p-item h-item"><a class="p-name u-url" href="/film">Night Ferry to Lund</a></p>
            <div class="e-content"><p>A slow boat, and every minute of it earned.</p></div>
            <p><data class="p-rating" value="3.5">three and a half</data> of <span class="p-best">5</span>
              <data class="p-worst" value="0.5"></data></p></div>""",
        "h-review of old names": """<div class="h-review"><h1 class="p-name">All at sea</h1>
            <p>By <span class="p-reviewer h-card"><b class="p-name">Ida Holm</b>, Lund</span>,
              <span class="dt-reviewed"><span class="value">2014-09-12</span></span></p>
            <h2 class="p-item h-item">Night Ferry to Lund</h2>
            <div class="e-description">A slow boat, and every minute of it earned.</div>
            <p class="p-rating"><span class="value">3.5</span> of <span class="p-best">5</span>
              (<span class="p-worst">0.5</span>)</p></div>""",
    },
)

SEVERAL = Case(
    {
        "title": "Żuk & Ćma",
        "year": "1998-10-02",
        "directors": ["Ola Bem", "Jan Ruta"],
        "same_as": [],
        "critics": ["Ida Holm", "Tove Ek"],
        "published": "2021-03-04T08:15:00+01:00",
        "value": "85",
        "best": "100",
        "worst": None,
        "name": None,
        "body": None,
    },
    {
        "jsonld": """<script type="application/ld+json">{"@type": "CriticReview", "author": ["Ida Holm",
            {"@type": "Person", "givenName": "Tove", "familyName": "Ek"}], "datePublished": "2021-03-04T08:15:00+01:00",
            "reviewRating": {"ratingValue": "85", "bestRating": "100"},
            "itemReviewed": {"@type": "Movie", "name": "Żuk &amp; Ćma", "datePublished": "1998-10-02",
              "director": [{"name": "Ola Bem"}, "Jan Ruta"]}}</script>""",
        "microdata": """<div itemscope itemtype="http://schema.org/CriticReview" itemref="who">
            <time itemprop="datePublished" datetime="2021-03-04T08:15:00+01:00">4 March</time>
            <div itemprop="itemReviewed" itemscope itemtype="http://schema.org/Movie">
              <h1 itemprop="name">Żuk &amp; Ćma</h1><time itemprop="datePublished">1998-10-02</time>
              <p itemprop="director">Ola Bem</p><p itemprop="director">Jan Ruta</p></div>
            <p itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating">
              <meter itemprop="ratingValue" value="85" max="100">85 %</meter>
              <meta itemprop="bestRating" content="100"></p>
            </div><p id="who"><a itemprop="author" href="/ida">Ida Holm</a> and
              <span itemprop="author" itemscope><span itemprop="name">Tove Ek</span></span></p>""",
        "rdfa": """<div vocab="http://schema.org/"><div about="#r" typeof="CriticReview">
            <a property="author" href="/ida">Ida Holm</a>
            <span property="author" typeof="Person"><i property="name" content="Tove Ek">T. E.</i></span>
            <time property="datePublished" datetime="2021-03-04T08:15:00+01:00">4 March</time>
            <div rel="schema:itemReviewed"><div typeof="Movie"><h1 property="name">Żuk &amp; Ćma</h1>
              <time property="datePublished">1998-10-02</time>
              <p property="director">Ola Bem</p><p property="director">Jan Ruta</p></div></div>
            <p property="reviewRating" typeof="Rating"><span property="ratingValue">85</span> of
              <span property="bestRating">100</span></p></div></div>""",
        "hreview": """<div class="hreview"><span class="item"><b class="fn">Żuk &amp; Ćma</b></span>
            <span class="reviewer vcard"><b class="fn">Ida Holm</b></span>
            <span class="reviewer">Tove Ek</span>
            <span class="dtreviewed"><i class="value">2021-03-04</i> at <i class="value">08:15:00+01:00</i></span>
            <span class="rating"><i class="value">85</i> of <i class="best">100</i></span></div>""",
        "h-review": """<div class="h-review"><b class="p-item h-item">Żuk &amp; Ćma</b>
            <span class="p-author h-card">Ida Holm</span> <span class="p-author">Tove Ek</span>
            <time class="dt-published" datetime="2021-03-04T08:15:00+01:00">4 March</time>
            <span class="p-rating">85</span> of <span class="p-best">100</span></div>""",
        "h-entry": """<article class="h-entry"><b class="p-item h-item">Żuk &amp; Ćma</b>
            <span class="p-author h-card">Ida Holm</span> <span class="p-author">Tove Ek</span>
            <time class="dt-published" datetime="2021-03-04T08:15:00+01:00">4 March</time>
            <span class="p-rating">85</span> of <span class="p-best">100</span></article>""",
    },
)

LITTLE = Case(
    dict.fromkeys(FIELDS)
    | {"title": "Kelp", "directors": [], "same_as": [], "critics": [], "value": "B+", "name": "Salt of the sea"},
    {
        "jsonld": """<script type="application/ld+json">{"@type": "Review", "name": "Salt of the sea",
            "itemReviewed": "Kelp", "reviewRating": "B+"}</script>""",
        "microdata": """<div itemscope itemtype="schema.org/Review"><b itemprop="name">Salt of the sea</b>
            <i itemprop="itemReviewed">Kelp</i><i itemprop="reviewRating">B+</i></div>""",
        "rdfa": """<div vocab="https://schema.org" typeof="Review"><b property="name">Salt of the sea</b>
            <i property="itemReviewed">Kelp</i><i property="reviewRating">B+</i></div>""",
        "hreview": """<div class="hreview"><b class="summary">Salt of the sea</b> <i class="item">Kelp</i>
            <i class="rating">B+</i></div>""",
        "h-review": """<div class="h-review"><b class="p-name">Salt of the sea</b> <i class="p-item">Kelp</i>
            <i class="p-rating">B+</i></div>""",
    },
)

CASES = {"full": FULL, "several": SEVERAL, "little": LITTLE}
IN_SYNTAX = [(case, name, syntax) for name, case in CASES.items() for syntax in case.pages]


@pytest.mark.parametrize(("case", "name", "syntax"), IN_SYNTAX, ids=[f"{row[1]}-{row[2]}" for row in IN_SYNTAX])
def test_a_review_says_the_same_in_every_syntax(case, name, syntax):
    expected = dict(case.says)
    if syntax.startswith("h"):
        expected |= {"year": None, "directors": [], "same_as": []}
    assert stated(case.pages[syntax]) == expected


IMPLIED = {
    "a name alone": ('<p class="h-review">Kelp</p>', (None, "Kelp", None, None)),
    "a link": ('<a class="h-review" href="https://a.example/k">Kelp</a>', (None, "Kelp", None, "https://a.example/k")),
    "a picture": ('<img class="h-review" src="k.png" alt="Kelp">', (None, "Kelp", None, None)),
    "an item that is a link": (
        '<div class="h-review"><a class="p-item h-item" href="/k">Kelp</a> <b class="p-rating">4.7</b> of 5</div>',
        ("Kelp", None, "4.7", None),
    ),
    "an item with a picture": (
        (
            '<div class="h-review"><p class="p-item h-item"><img class="u-photo" src="k.png">'
            '<a class="p-name u-url" href="/k">Kelp</a></p><b class="p-rating">5</b></div>'
        ),
        ("Kelp", None, "5", None),
    ),
    "a classic item with a picture": (
        (
            '<div class="hreview"><p class="item"><img class="photo" src="k.png">'
            '<a class="fn url" href="/k">Kelp</a></p><b class="rating">5</b></div>'
        ),
        ("Kelp", None, "5", None),
    ),
    "an item within the text": (
        (
            '<div class="hreview"><h2 class="summary">Wet</h2><div class="description"><span class="item">'
            '<b class="fn">Kelp</b></span> is wet.</div><i class="rating">5</i>'
            '<a rel="self bookmark" href="https://a.example/k">link</a></div>'
        ),
        ("Kelp", "Wet", "5", "https://a.example/k"),
    ),
}


@pytest.mark.parametrize("what", IMPLIED)
def test_what_microformats_imply_is_read(what):
    markup, says = IMPLIED[what]
    (review,) = read(Document(f"<html><body>{markup}</body></html>", URL)).reviews
    facts = (review.item.title if review.item else None, review.name, review.rating_value, review.url)
    assert tuple(fact.value if fact else None for fact in facts) == says


AVERAGES = {
    "hreview-aggregate": """<div class="hreview-aggregate"><p class="item"><b class="fn">Kelp</b></p><p class="rating">
        <span class="average value">9.2</span> of <i class="best">10</i>, <i class="count">17</i> reviews</p></div>""",
    "h-review-aggregate": """<div class="h-review-aggregate"><p class="p-item h-item">Kelp</p><p class="p-rating">
        <span class="p-average value">9.2</span> of <i class="p-best">10</i>, <i class="p-count">17</i></p></div>""",
    "jsonld": ld(
        '{"@type": "Movie", "name": "Kelp", "aggregateRating": {"@type": "AggregateRating", "ratingValue": 9.2,'
        '"bestRating": 10, "reviewCount": 17}}'
    ),
    "microdata": """<div itemscope itemtype="https://schema.org/Movie"><b itemprop="name">Kelp</b>
        <p itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating">
        <i itemprop="ratingValue">9.2</i><i itemprop="bestRating">10</i><i itemprop="reviewCount">17</i></p></div>""",
    "rdfa": """<div vocab="https://schema.org/" typeof="Movie"><b property="name">Kelp</b>
        <p property="aggregateRating" typeof="AggregateRating"><i property="ratingValue">9.2</i>
        <i property="bestRating">10</i><i property="reviewCount">17</i></p></div>""",
}


@pytest.mark.parametrize("syntax", AVERAGES)
def test_an_average_is_nobodys_review_in_every_syntax(syntax):
    found = read(Document(f"<html><body>{AVERAGES[syntax]}</body></html>", URL))
    assert found.reviews == ()
    (average,) = found.aggregates
    facts = (average.item_name, average.value, average.best, average.count)
    assert tuple(fact.value for fact in facts if fact) == ("Kelp", "9.2", "10", "17")
