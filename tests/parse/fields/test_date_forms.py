"""When a review was published: what the page says of itself, not of the film, a screening or its readers."""

import pytest

from aggregator.parse import parse
from tests.parse.fields.night_train import DE, page

JSONLD = '<script type="application/ld+json">{"@type":"BlogPosting","datePublished":"%s"}</script>'
HU = """<p>A film egy hóban haladó vonattal kezdődik, és a rendező két órán át alig enged ki bennünket belőle. A
színészek kiválóak, különösen az öreg kalauz, és a kamera ott is talál helyet, ahol nincsen.</p><p>Szép film, a közepén
lassú és a végén nagyon megható. A forgatókönyv bízik a csendben, a zene sajnos nem. De azért megéri a jegy árát, és nem
lehet elfelejteni.</p>"""
HUNGARIAN = {"lang": "hu", "title": "Kritika: Éjszakai vonat", "body": HU}
READER = "<div id=comments><h3>1 comment</h3><p>Ana, 25/03/2012</p><p>I agree with all that you say.</p></div>"
DATED = {
    "Hungarian": ({**HUNGARIAN, "pre": "<p>2012. március 5.</p>"}, "2012-03-05"),
    "Hungarian, with the weekday": ({**HUNGARIAN, "pre": "<p>2012. márc. 5., hétfő</p>"}, "2012-03-05"),
    "under a line that ends in a colon": ({"pre": "<p>Share this:</p><p>5 March 2012 by Jane Orrin</p>"}, "2012-03-05"),
    "under its label": ({"pre": "<h5>Published on:</h5><p>5 March 2012</p>"}, "2012-03-05"),
    "behind the name of a section": ({"pre": "<p>Film | 5 March 2012</p>"}, "2012-03-05"),
    "a leaf of a calendar": ({"pre": "<div><div>Mar</div><div>5</div><div>2012</div></div>"}, "2012-03-05"),
    "a year of two digits": ({"pre": "<p class=date>3/25/12</p>"}, "2012-03-25"),
    "the order that readers show": ({"pre": "<p class=date>03/05/2012</p>", "post": READER}, "2012-05-03"),
    "the order of a stamp with its time": (
        {"pre": "<p class=date>03/05/2012</p>", "post": READER.replace("2012<", "2012 at 10:15 pm Reply<")},
        "2012-05-03",
    ),
    "the order of the page's country": (
        {"pre": "<p class=date>03/05/2012</p>", "head": '<meta property="og:locale" content="en_GB">'},
        "2012-05-03",
    ),
    "published before updated": ({"pre": "<p>Published March 5, 2012 · Updated June 7, 2014</p>"}, "2012-03-05"),
    "updated before published": (
        {"pre": "<p>Updated June 7, 2014; originally published March 5, 2012</p>"},
        "2012-03-05",
    ),
    "German": ({"lang": "de", "title": "Kritik: Nachtzug", "body": DE, "pre": "<p>5. März 2012</p>"}, "2012-03-05"),
    "a day no month has": ({"pre": "<p class=date>03/25/2012</p>"}, "2012-03-25"),
    "the foot of the article": (
        {"post": "<footer><time datetime=2012-03-05T10:00:00Z>5 Mar</time></footer>"},
        "2012-03-05T10:00:00Z",
    ),
    "not the day of the visit": (
        {"head": JSONLD % "2026-05-01", "pre": "<p class=date>March 5, 2012</p>"},
        "2012-03-05",
    ),
    "the day of the visit, if nothing else is said": ({"head": JSONLD % "2026-05-01"}, "2026-05-01"),
    "signed": ({"post": "<p>Anna Holm, 5 March 2012</p>"}, "2012-03-05"),
    "right above the headline, teasers below": (
        {
            "header": "</header><div class=meta>10/19/19</div><header>",
            "tail": "<h2>Related post</h2><div class=meta>8/22/19</div><h3>The Sea</h3>",
        },
        "2019-10-19",
    ),
    "the one date of the page": (
        {"header": "</header><div>March 5, 2012</div><div>Reviews</div><header>"},
        "2012-03-05",
    ),
    "an attribute of hAtom": (
        {"pre": "<p><abbr class=published title=2012-03-05T10:00:00+01:00>on 05.03.2012</abbr></p>"},
        "2012-03-05T10:00:00+01:00",
    ),
    "an attribute beside days that pass": (
        {"pre": "<p class=meta><span class=date data-date=2012-03-05>yesterday</span></p>"},
        "2012-03-05",
    ),
    "a tip over days that pass": (
        {"pre": "<p class=meta>Posted <span class=timeago title=2012-03-05T10:00:00Z>long ago</span></p>"},
        "2012-03-05T10:00:00Z",
    ),
    "seconds since 1970": (
        {"pre": "<p class=meta><span class=post-date data-timestamp=1330941600>14 years ago</span></p>"},
        "2012-03-05T10:00:00Z",
    ),
    "a time with a tip": ({"pre": "<p><time title='2012-03-05 10:00'>14 years ago</time></p>"}, "2012-03-05T10:00"),
    "a time that a script would fill": ({"pre": "<p><time datetime=2012-03-05></time></p>"}, "2012-03-05"),
    "the foot of the title": (
        {"pre": "<footer class=article-footer><address>By admin</address><p>on 25.03.2012</p></footer>"},
        "2012-03-25",
    ),
    "a label in the foot": ({"tail": "<footer><p>First published: 2012-Mar-05</p></footer>"}, "2012-03-05"),
    "a label in the foot, in other words": ({"tail": "<footer><p>Posted on 5 March 2012.</p></footer>"}, "2012-03-05"),
    "published and updated in the foot": (
        {"tail": "<footer><p>Published 5 March 2012</p><p>Last updated: 7 June 2014</p></footer>"},
        "2012-03-05",
    ),
    "a month": ({"pre": "<p class=date>March 2012</p>"}, "2012-03"),
}
UNDATED = {
    "seen on": {"pre": "<p>Seen at the Rio on:</p><p>March 2012</p>"},
    "a release that a script would fill": {"pre": "<p>Release date: <time datetime=2012-03-05></time></p>"},
    "a screening that a script would fill": {"pre": "<p>Next screening: <time datetime=2012-03-05></time></p>"},
    "a release in an attribute": {
        "pre": "<ul class=info><li>Release: <span class=date content=2012-03-05>5 Mar</span></li></ul>"
    },
    "a premiere in an attribute": {"pre": "<p>Premiered <span class=date data-date=2012-03-05>5 March</span></p>"},
    "the last comment": {
        "post": "<div class=meta>Last comment by Bob <abbr class='timeago date' title=2012-03-05>long ago</abbr></div>"
    },
    "under the label of the film's release": {"pre": "<h5>La date de sortie du film:</h5><p>30.08.2012</p>"},
    "either order": {"pre": "<p class=date>03/05/2012</p>"},
    "either order, from a template of the United States": {"pre": "<p class=date>03/05/2012</p>", "lang": "en-US"},
    "either order, and a sentence that tells of another country": {
        "pre": "<p>Published 3/4/2012</p>",
        "head": '<meta property="og:locale" content="en_US">',
        "post": "<p>The film opens 25/12/2011 in the UK</p>",
    },
    "either order, and the day of a release": {
        "pre": "<p class=date>03/05/2012</p>",
        "post": "<p>In UK cinemas: 25/12/2011</p>",
    },
    "either order, and a reader's sentence": {
        "pre": "<p class=date>03/05/2012</p>",
        "post": "<div id=comments><h3>1 comment</h3><p>It was 25/12/2011 when I saw it there</p></div>",
    },
    "a year of two digits that no page is from": {"pre": "<p>4/13/45</p>"},
    "two digits in any order": {"pre": "<p class=date>3/5/12</p>"},
    "changed": {"tail": "<hr><address>ana@a.example. Last changed: Mar. 5, 2012. Quote me.</address>"},
    "updated": {"pre": "<p>Last updated: March 5, 2012</p>"},
    "copyright": {"tail": "<footer>© March 5, 2012</footer>"},
    "the film's release": {"post": "<p>Release date: March 5, 2012</p>"},
    "in cinemas": {"post": "<p>In theaters March 5, 2012</p>"},
    "an attribute of the last change": {
        "pre": "<p><abbr class=updated title=2012-03-05T10:00:00+01:00>05.03.2012</abbr></p>"
    },
    "an attribute that no name explains": {"pre": "<p><span class=countdown data-date=2012-03-05>soon</span></p>"},
    "an attribute of the film's facts": {"post": "<p>Opens <span data-date=2012-03-05>this week</span></p>"},
    "an attribute of a teaser": {
        "tail": "<aside><h3>Latest</h3><p><span class=date data-date=2012-03-05>The Sea</span></p></aside>"
    },
    "a time of a comment that a script would fill": {
        "post": "<div id=comments><h3>1 comment</h3><p>Ana <time datetime=2012-03-05></time></p><p>I agree.</p></div>"
    },
    "two times that a script would fill": {
        "pre": "<p><time datetime=2012-03-05></time><time datetime=2012-03-06></time>"
    },
    "the last build in the foot": {"tail": "<footer><p>Last published: 5 March 2012</p></footer>"},
    "a site's birthday in the foot": {"tail": "<footer><p>This site was first published 5 March 2012</p></footer>"},
    "today in the foot": {"tail": "<footer><p>Date: 5 March 2012</p></footer>"},
    "published in the foot, alone": {"tail": "<footer><p>Published 5 March 2012</p></footer>"},
    "a publisher in the foot": {"tail": "<footer><p>Published by Late Row, 5 March 2012</p></footer>"},
    "two days in the foot": {
        "tail": "<footer><p>Posted on 5 March 2012</p><p>Posted on 6 March 2012</p><p>The Sea</p></footer>"
    },
    "a screening": {"pre": "<p>Seen on March 5, 2012 at the Odeon</p>"},
    "a comment": {"post": "<div id=comments><h3>1 comment</h3><p>Ana, March 5, 2012</p><p>I agree.</p></div>"},
}


def published(options):
    (review,) = parse(page(**options), "https://a.example/night", fetched_at="2026-05-01T10:00:00Z").reviews
    return review.published


@pytest.mark.parametrize("what", DATED)
def test_the_day_of_publication_is_read(what):
    options, day = DATED[what]
    assert published(options) == day


@pytest.mark.parametrize("what", UNDATED)
def test_another_day_is_not_that_of_publication(what):
    assert published(UNDATED[what]) is None
