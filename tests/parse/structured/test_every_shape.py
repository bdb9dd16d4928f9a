"""One review in every shape that JSON-LD, microdata and RDFa come in states the same values."""

import pytest

from tests.parse.structured.stating import URL, ld, stated

FILM = '"@type": "Movie", "name": "Kelp", "dateCreated": "2019", "director": "Mara Quist"'
RATING = '{"@type": "Rating", "ratingValue": "4", "bestRating": "5"}'
OWN = f'"author": "Ida Holm", "datePublished": "2020-01-02", "reviewBody": "Wet.", "reviewRating": {RATING}'
REVIEW = f'"@type": "Review", {OWN}'
SHAPES = {
    "object": ld(f'{{{REVIEW}, "itemReviewed": {{{FILM}}}}}'),
    "array": ld(f'[{{"@type": "WebSite", "name": "Lantern"}}, {{{REVIEW}, "itemReviewed": {{{FILM}}}}}]'),
    "graph": ld(f'{{"@graph": [{{"@type": "WebPage"}}, {{{REVIEW}, "itemReviewed": {{{FILM}}}}}]}}'),
    "graph by id": ld(f'{{"@graph": [{{"@id": "#f", {FILM}}}, {{{REVIEW}, "itemReviewed": {{"@id": "#f"}}}}]}}'),
    "id in another block": ld(f'{{{REVIEW}, "itemReviewed": {{"@id": "{URL}#f"}}}}', f'{{"@id": "#f", {FILM}}}'),
    "review in film": ld(f'{{{FILM}, "review": {{{REVIEW}}}}}'),
    "reviews in film": ld(f'{{{FILM}, "reviews": [{{{REVIEW}}}]}}'),
    "film lists the review by id": ld(f'{{{FILM}, "review": {{"@id": "#r"}}}}', f'{{"@id": "#r", {REVIEW}}}'),
    "review as main entity": ld(f'{{"@type": "WebPage", "mainEntity": {{{REVIEW}, "itemReviewed": {{{FILM}}}}}}}'),
    "review in an article": ld(f'{{"@type": "BlogPosting", "review": {{{REVIEW}, "itemReviewed": {{{FILM}}}}}}}'),
    "several types": ld(
        f'{{"@type": ["Review", "CreativeWork"], {OWN}, "itemReviewed": '
        + FILM.replace('"Movie"', '["CreativeWork", "Movie"]').join("{}")
        + "}"
    ),
    "types with their address": ld(
        f'{{"@type": "http://schema.org/Review", {OWN}, "itemReviewed": '
        + FILM.replace('"Movie"', '"https://schema.org/Movie"').join("{}")
        + "}"
    ),
    "types and words with a prefix": ld(
        '{"@context": {"schema": "http://schema.org/"}, "@type": "schema:Review", "schema:author": "Ida Holm",'
        '"schema:datePublished": {"@value": "2020-01-02", "@type": "schema:Date"}, "schema:reviewBody": "Wet.",'
        '"schema:reviewRating": {"@type": "schema:Rating", "schema:ratingValue": 4, "schema:bestRating": 5},'
        '"schema:itemReviewed": {"@type": "schema:Movie", "schema:name": "Kelp", "schema:dateCreated": "2019",'
        '"schema:director": {"@list": [{"schema:name": "Mara Quist"}]}}}'
    ),
    "author as object": ld(
        f'{{{REVIEW}, "itemReviewed": {{{FILM}}}}}'.replace('"Ida Holm"', '{"@type": "Person", "name": "Ida Holm"}')
    ),
    "author as list": ld(f'{{{REVIEW}, "itemReviewed": [{{{FILM}}}]}}'.replace('"Ida Holm"', '[{"name": "Ida Holm"}]')),
    "author by id": ld(
        f'{{"@graph": [{{{REVIEW}, "itemReviewed": {{{FILM}}}}}, '
        '{"@id": "#i", "@type": "Person", "name": "Ida Holm"}]}'
    ).replace('"author": "Ida Holm"', '"author": {"@id": "#i"}'),
    "numbers": ld(f'{{{REVIEW}, "itemReviewed": {{{FILM}}}}}'.replace('"4"', "4").replace('"5"', "5")),
    "CDATA": ld(f'\n//<![CDATA[\n{{{REVIEW}, "itemReviewed": {{{FILM}}}}}\n//]]>\n'),
    "HTML comment": ld(f'<!--\n{{{REVIEW}, "itemReviewed": {{{FILM}}}}}\n-->'),
    "trailing commas": ld(f'{{{REVIEW}, "itemReviewed": [{{{FILM},}},],}}'),
    "line break in a text": ld(f'{{{REVIEW}, "itemReviewed": {{{FILM}}}, "description": "One\nand\ttwo"}}'),
    "two objects in a script": ld(f'{{"@type": "WebSite", "name": "L"}}\n{{{REVIEW}, "itemReviewed": {{{FILM}}}}}'),
    "quotes as entities": ld(f'{{{REVIEW}, "itemReviewed": {{{FILM}}}}}'.replace('"', "&quot;")),
    "entities in a text": ld(f'{{{REVIEW}, "itemReviewed": {{{FILM}}}}}'.replace("Ida Holm", "Ida&#32;Holm&nbsp;")),
    "behind a broken block": ld('{"@type": {{ kind }}}', f'{{{REVIEW}, "itemReviewed": {{{FILM}}}}}'),
    "type in capitals, with a charset": ld(f'{{{REVIEW}, "itemReviewed": {{{FILM}}}}}').replace(
        "application/ld+json", "Application/LD+JSON; charset=UTF-8"
    ),
    "microdata, review in film": f"""<div itemscope itemtype="http://schema.org/Movie"><i itemprop="name">Kelp</i>
        <meta itemprop="dateCreated" content="2019"><i itemprop="director">Mara Quist</i>
        <div itemprop="review" itemscope itemtype="http://schema.org/Review" itemid="{URL}#r">
        <i itemprop="author">Ida Holm</i><meta itemprop="datePublished" content="2020-01-02">
        <p itemprop="reviewBody">Wet.</p><div itemprop="reviewRating" itemscope><i itemprop="ratingValue">4</i>
        <i itemprop="bestRating">5</i></div></div></div>""",
    "microdata, film by its itemid": f"""<div itemscope itemtype="http://schema.org/Movie" itemid="{URL}#f">
        <i itemprop="name">Kelp</i><meta itemprop="dateCreated" content="2019">
        <i itemprop="director">Mara Quist</i></div>
        <div itemscope itemtype="http://schema.org/Review"><link itemprop="itemReviewed" href="#f">
        <i itemprop="author">Ida Holm</i><meta itemprop="datePublished" content="2020-01-02">
        <p itemprop="reviewBody">Wet.</p><div itemprop="reviewRating" itemscope><i itemprop="ratingValue">4</i>
        <i itemprop="bestRating">5</i></div></div>""",
    "microdata, the rating by itemref": """<div itemscope itemtype="http://schema.org/Review" itemref="score film">
        <i itemprop="author">Ida Holm</i><meta itemprop="datePublished" content="2020-01-02">
        <p itemprop="reviewBody">Wet.</p></div><p id="score" itemprop="reviewRating" itemscope>
        <i itemprop="ratingValue">4</i><i itemprop="bestRating">5</i></p>
        <div id="film"><div itemprop="itemReviewed" itemscope itemtype="http://schema.org/Movie">
        <i itemprop="name">Kelp</i><meta itemprop="dateCreated" content="2019"><i itemprop="director">Mara Quist</i>
        </div></div>""",
    "rdfa, review in film": """<div vocab="http://schema.org/" typeof="Movie"><i property="name">Kelp</i>
        <meta property="dateCreated" content="2019"><i property="director">Mara Quist</i>
        <div property="review" typeof="Review"><i property="author">Ida Holm</i>
        <meta property="datePublished" content="2020-01-02"><p property="reviewBody">Wet.</p>
        <div property="reviewRating" typeof="Rating"><i property="ratingValue">4</i>
        <i property="bestRating">5</i></div></div></div>""",
    "rdfa, film by its address": """<div vocab="http://schema.org/"><div typeof="Movie" resource="#f">
        <i property="name">Kelp</i><meta property="dateCreated" content="2019">
        <i property="director">Mara Quist</i></div>
        <div typeof="Review"><link property="itemReviewed" href="#f"><i property="author">Ida Holm</i>
        <meta property="datePublished" content="2020-01-02"><p property="reviewBody">Wet.</p>
        <div property="reviewRating" typeof="Rating"><i property="ratingValue">4</i>
        <i property="bestRating">5</i></div></div></div>""",
}
SHAPED = {
    "title": "Kelp",
    "year": "2019",
    "directors": ["Mara Quist"],
    "same_as": [],
    "critics": ["Ida Holm"],
    "published": "2020-01-02",
    "value": "4",
    "best": "5",
    "worst": None,
    "name": None,
    "body": "Wet.",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_review_says_the_same_in_every_shape(shape):
    assert stated(SHAPES[shape]) == SHAPED


@pytest.mark.parametrize(
    "rating", ['"4"', "4", "4.0", '{"ratingValue": 4}', '[{"@type": "Rating", "ratingValue": "4"}]']
)
def test_a_rating_may_be_a_text_a_number_or_an_object(rating):
    value = stated(ld(f'{{"@type": "Review", "itemReviewed": {{"name": "Kelp"}}, "reviewRating": {rating}}}'))["value"]
    assert float(value) == 4
