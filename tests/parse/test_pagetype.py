"""Is this a film review? Doubt is a no, and whatever is no review yields none."""

import pytest

from aggregator.model import PageType
from aggregator.parse import explain
from aggregator.parse.pagetype import points_table

FILM = """The film follows a widow who sorts letters at night, and the director films her hands as if they
were faces. Anna Weber plays her with a patience that few actors have. The camera hardly moves, the
score is a single cello, and the screenplay trusts silence. It is a beautiful film, although its
last act is too long."""
OTHER = {
    "book": """The novel follows a widow who sorts letters at night. The author writes in short chapters, and the
prose is plain. Readers of her earlier novels will know the narrator. The book ends where it began,
and its pages turn slowly; the publisher has bound this novel well. The author's best book, a novel
for winter.""",
    "series": """The first season follows a widow who sorts letters at night. Every episode ends on a cliffhanger,
and the showrunner lets the series breathe. Season two is announced, the pilot was weak, but by the
finale the show has found its tone. A series for winter, eight episodes long, best seen an episode a
night.""",
    "album": """The album opens with a track for cello. The songs are short, the vocals far back in the mix, and the
band has found a new drummer. The second single is the best song of the record; the guitar on the
last track is too loud. An album for winter, forty minutes of music on ten tracks, produced by the
singer of the band.""",
    "restaurant": """The restaurant is small and the menu smaller. The soup was hot, the fish fresh, the waiter patient.
We had the tasting menu, the wine was good, and the dessert arrived late. The chef cooks with
butter. A place for winter, with twelve tables and a view of the harbour; dinner for two with wine
costs too much.""",
}


def judged(title, text, *, extra="", head="", url="http://a.example/2011/03/night-post/", times=3):
    paragraphs = "".join(f"<p>{text}</p>" for _ in range(times))
    return explain(
        f"<html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{extra}{paragraphs}"
        "</article></body></html>",
        url,
    )


def kind(title, text, **options):
    found = judged(title, text, **options)
    assert bool(found.page.reviews) == (found.page.page_type in (PageType.REVIEW, PageType.ROUNDUP))
    return found.page.page_type


@pytest.mark.parametrize(
    ("title", "options"),
    [
        ("Film review: Night Post", {}),
        ("Night Post (2011)", {"extra": "<p>Rating: 4/5</p>"}),
        ("Night Post", {"extra": "<p>Director: Anna Holm<br>Cast: Anna Weber, Karl Otto<br>Rating: 4/5</p>"}),
    ],
)
def test_what_says_that_it_is_a_review_is_one(title, options):
    assert kind(title, FILM, **options) is PageType.REVIEW


@pytest.mark.parametrize("what", OTHER)
@pytest.mark.parametrize("rating", ["", "<p>Rating: 4/5</p>"])
def test_a_review_of_something_else_is_no_film_review(what, rating):
    assert kind("Review: Night Post", OTHER[what], extra=rating) not in (PageType.REVIEW, PageType.ROUNDUP)


@pytest.mark.parametrize(
    "title",
    [
        "Watch the first trailer for Night Post",
        "Interview: Anna Weber on Night Post",
        "The 20 best films of 2011",
        "Podcast: Night Post",
        "Film reviews",
        "About us",
        "Contact",
    ],
)
def test_a_headline_that_says_otherwise_is_believed(title):
    assert kind(title, FILM) not in (PageType.REVIEW, PageType.ROUNDUP)


@pytest.mark.parametrize("schema", ["Book", "TVSeries", "VideoGame", "Restaurant", "MusicAlbum", "Product"])
def test_structured_data_that_says_otherwise_is_believed(schema):
    item = f'"itemReviewed":{{"@type":"{schema}","name":"Night Post"}}'
    data = f'{{"@context":"https://schema.org","@type":"Review",{item}}}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert kind("Night Post review", FILM, head=head) not in (PageType.REVIEW, PageType.ROUNDUP)


def test_next_to_no_text_is_no_review():
    assert kind("Night Post", "Coming soon.", times=1) not in (PageType.REVIEW, PageType.ROUNDUP)
    assert kind("Page not found", "There is nothing here.", times=1) is PageType.OTHER


def test_headings_that_lead_elsewhere_are_a_listing():
    entries = "".join(f"<h2><a href='/film-{n}/'>Film number {n}</a></h2><p>{FILM[:120]}</p>" for n in range(6))
    found = explain(
        f"<html><head><title>Reviews</title></head><body>{entries}</body></html>", "http://a.example/reviews/"
    )
    assert found.page.page_type is PageType.LISTING
    assert found.page.reviews == []


def test_every_point_says_what_it_rests_on_and_they_add_up():
    verdict = judged("Film review: Night Post", FILM, extra="<p>Rating: 4/5</p>").verdict
    assert verdict.total == pytest.approx(sum(point.points for point in verdict.points))
    assert verdict.total >= points_table()["review"]
    assert len({point.name for point in verdict.points}) == len(verdict.points)


def test_the_table_of_points_is_sound():
    table = points_table()
    assert table["review"] > 0
    assert not set(table["for"]) & set(table["against"])
    assert all(points > 0 for points in (*table["for"].values(), *table["against"].values()))


@pytest.mark.parametrize("inner", ["", "<p>", "<p>a</p>", "<h1></h1>", "<title></title>"])
def test_nothing_is_no_review(inner):
    found = explain(f"<html><body>{inner}</body></html>", "http://a.example/film-review/")
    assert found.page.page_type is PageType.OTHER


TOLD = {
    "cooks": (
        "The Long Table",
        """The film follows a cook through one night. The kitchen is hot, the chef shouts, each
dish goes out late and the waiter drops a plate, and the director keeps the menu in every scene. The actors are
convincing, the script is sharp, and the dessert is the best moment of the film.""",
    ),
    "few words": (
        "Harbour Lights",
        """Saw Harbour Lights last night. The plot is silly and the last scene is worse, but
the dinner was great fun. Harbour Lights is a film I enjoyed, and Anna Weber is worth the ticket.""",
    ),
}
UNTOLD = {
    "no word of films": (
        "We went to see",
        """We went to see the harbour on Saturday, and I liked the boats better than
Anna Weber did. We went to see the new bridge too, which Karl Otto says is really great. I bought a good coat.""",
    ),
    "films in general": (
        "Why we need bad films",
        """Every January the cinemas fill up with films that nobody wants to
defend. Bad films show their seams, and who looks at films for a living learns how good films are sewn. When a scene
fails you see the actor waiting and the second camera. Films like these are better school than masterpieces.""",
    ),
    "a diary": (
        "Saturday",
        """We went to the cinema on Saturday, all five of us, and it rained. We saw the new film with
the balloons, and Lucy cried. Afterwards there was pizza at the place by the station. On Sunday I mended the fence and
planted the late beans, and my mother called to say that the cat is better.""",
    ),
    "a camera": (
        "Pocket Cam review",
        """I took the new Pocket Cam to three shoots. The battery lasts an hour, the lens is
clean and the price is fair. The software is simple enough for a film student, the resolution is good, and for short
films and documentaries this camera is hard to beat. Rating: 4/5""",
    ),
}


@pytest.mark.parametrize("what", TOLD)
def test_a_text_about_one_film_is_a_review_whatever_the_film_is_about(what):
    title, text = TOLD[what]
    assert kind(title, text, times=1) is PageType.REVIEW


@pytest.mark.parametrize("what", UNTOLD)
def test_a_text_that_speaks_of_films_is_not_yet_a_review_of_one(what):
    title, text = UNTOLD[what]
    assert kind(title, text, times=1) not in (PageType.REVIEW, PageType.ROUNDUP)


DIARY = {
    "en": ("{}", "Yesterday I finally watched {} with my sister. It was far longer than I had hoped, and very loud."),
    "ja": ("「{}」を観た", "昨日、友だちと「{}」を観に行った。とても長い話だったけれど、最後まで楽しかった。"),
    "de": ("{}", "Gestern habe ich endlich {} gesehen. Er war viel länger als ich gehofft hatte, und sehr laut."),
    "fr": ("{}", "Hier soir j'ai enfin vu {} avec ma sœur. C'était plus long que je ne l'espérais, et très bruyant."),
}


def names(found):
    return {point.name for point in found.verdict.points}


@pytest.mark.parametrize("language", DIARY)
def test_that_the_critic_watched_it_is_told_beside_its_title(language):
    title, text = (part.format("Nachtpost") for part in DIARY[language])
    assert "watched" in names(judged(title, text, times=2))


@pytest.mark.parametrize(
    "text",
    [
        "Nachtpost is a novel about letters. I read it in one night. Later I watched a storm from the window.",
        "I watched the rain for an hour, then the post came. In it there was a parcel with a book: Nachtpost.",
    ],
)
def test_what_else_was_watched_does_not_count(text):
    assert "watched" not in names(judged("Nachtpost", text, times=2))


def test_the_word_review_alone_as_a_headline_names_no_section_when_the_text_opens_with_the_film():
    said = f'"Night Post" is a film of winter. {FILM}'
    assert "headline_section" not in names(judged("REVIEW", said, times=1))
    assert "headline_section" in names(judged("Reviews", FILM, times=1))


def test_a_page_of_quotations_from_papers_is_no_review():
    quoted = "".join(
        f"<h3>Critic {name} - The {name} Paper</h3><p>“A film whose director knows what an actor can do with a "
        f"look, and whose plot, for all its turns, never loses the thread: {name}.”</p>"
        for name in ("North", "South", "East", "West")
    )
    assert kind("Night Post", FILM, extra=quoted, times=0) is not PageType.REVIEW


def test_a_transcript_is_no_review():
    said = (
        "Well, I saw it twice last week, once with my sister, and I do think that the film is beautiful. Don't you?",
        "The director is the best we have at the moment, and nobody says so. A great movie for me, I have to say.",
    )
    turns = "".join(
        f"<p><b>{who}</b></p><p>{said[n % 2]}</p>" for n in range(4) for who in ("ANNA [0:12]", "KARL [0:40]")
    )
    assert kind("Night Post review", FILM, times=1, extra=turns) is PageType.ARTICLE
    turns = "".join(f"<p>{who}: {said[n % 2]}</p>" for n in range(4) for who in ("Anna", "Karl"))
    assert kind("Night Post review", FILM, times=1, extra=turns) is PageType.ARTICLE


def test_labels_that_come_again_are_no_speakers():
    facts = "".join(f"<p>{label}: 4/5</p>" for _ in range(4) for label in ("Rating", "Director"))
    signs = {point.name for point in judged("Night Post review", FILM, extra=facts).verdict.points}
    assert "dialogue" not in signs


def test_a_list_of_moments_of_one_film_is_no_review_of_it():
    assert kind("My top 5 moments of Night Post", "The film Night Post is long. " + FILM) is PageType.ARTICLE


NO_REVIEWS = {
    "a link to what another wrote": (
        "Night Post Review",
        f"""<p>Karl Otto on Night Post at The Harbour Post:</p><blockquote><p>{FILM}</p><p>{FILM}</p></blockquote>
        <p>Sounds like my kind of film. Night Post is out today.</p>""",
    ),
    "news of a film to come": (
        "Anna Weber to Star in Film Based on Night Post",
        f"""<p>Karl Otto for The Harbour Post:</p><p>Anna Weber is in talks to star in a film of Night Post, which the
        studio announced on Monday. I was a huge fan of Night Post, a beautiful film, when I saw it.</p>
        <p>{FILM[:150]}</p>""",
    ),
    "a book of the same name, in a few lines": (
        "Night Post by Frank Otto",
        """<p>Night Post has incredibly memorable world-building. It is clear that Otto put a lot of time into the
        harbour and its letters, and the plot is really good. Night Post grows on you, and so do its characters.</p>
        <p>I still like the book, but more for its setting than its plot or its writing.</p>""",
    ),
    "an evening": (
        "Bikepacking Movie Night",
        """<p>Join us on Friday for our movie night: doors open at 7 pm, the film starts at 8, tickets cost 5 at the
        door, and there will be beer. We will show Night Post, a great film about a beautiful long ride.</p>
        <p>Bring a chair and a friend; the movie is worth it. The screening takes place in the yard if it stays dry,
        else in the hall. See you there, it is the best night of the year.</p>""",
    ),
    "how marks are given": (
        "How I Rate Movies",
        f"""<p>Every movie I review here gets stars. Five stars mean a great film that I love, and one star means that
        I was bored. Night Post got four stars; a film I hated gets one.</p><p>{FILM[:150]}</p>
        <ul><li>★★★★★ – a masterpiece</li><li>★★★ – a good film</li><li>★ – avoid</li></ul>""",
    ),
}


@pytest.mark.parametrize("what", NO_REVIEWS)
def test_what_speaks_of_a_film_and_reviews_none(what):
    title, body = NO_REVIEWS[what]
    assert kind(title, "", extra=body, times=0) not in (PageType.REVIEW, PageType.ROUNDUP)


@pytest.mark.parametrize("title", ["The Interview", "Interview with the Vampire", "The Book of Eli", "Ranked in Gold"])
def test_a_film_whose_title_says_otherwise(title):
    assert kind(title, f"{title} is a film I liked. {FILM}", extra="<p>Rating: 4/5</p>") is PageType.REVIEW


def test_a_category_review_and_a_category_film_are_one_of_film_reviews():
    quiet = """Pain swells, and nobody in the village knows why. I met the film late, on a tape that a friend had kept
    in a drawer, and its forest has stayed with me since. What I know of grief I know from that wood."""
    tags = (
        '<div class="tags"><a href="/tag/review">review</a></div><div class="tags"><a href="/tag/film">film</a></div>'
    )
    assert kind("Night Post", quiet, extra=tags) is PageType.REVIEW


def test_what_a_video_shares_with_a_review_makes_the_review_no_film_page():
    head = '<meta property="og:type" content="video.movie">'
    assert kind("Night Post", f"Night Post is a film I liked. {FILM}", extra="<p>4/5</p>", head=head) is PageType.REVIEW


def test_a_films_own_page_with_credits_and_counts_of_reviews_is_no_review():
    head = '<meta property="og:type" content="video.movie">'
    facts = "<p>Director: Anna Holm<br>Cast: Anna Weber, Karl Otto</p><p><a href='/r'>Reviews 503</a></p><p>4/5</p>"
    told = "Night Post follows a widow who sorts letters at night until one is for her. A film by Anna Holm."
    found = judged("Night Post (2011)", told, extra=facts, head=head, times=1)
    assert found.page.page_type is PageType.FILM
    assert not {point.name for point in found.verdict.points} & {"section_review", "sections_film_review"}


CRUMBS = {
    "a line": "<p>Home / Film reviews / Night Post</p>",
    "a line of links": "<div><a href='/'>Corner Seat</a> › <a href='/f'>Film reviews</a> › Night Post</div>",
    "a marked list": "<ol class=breadcrumb><li><a href='/'>Home</a></li><li>Film reviews</li><li>Night Post</li></ol>",
    "its data": """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "BreadcrumbList",
    "itemListElement": [{"@type": "ListItem", "position": 1, "name": "Home"}, {"@type": "ListItem", "position": 2,
    "item": {"@id": "/f", "name": "Film reviews"}}, {"@type": "ListItem", "position": 3, "name": "Post"}]}</script>""",
    "the section of its data": """<script type="application/ld+json">{"@context": "https://schema.org",
    "@type": "BlogPosting", "headline": "Night Post", "articleSection": "Film reviews"}</script>""",
}


def crumbed(above):
    html = (
        f"<html lang=en><head><title>Night Post | Corner Seat</title></head><body>{above}<article><h1>Night Post</h1>"
    )
    found = explain(f"{html}{'<p>' + FILM + '</p>'}</article></body></html>", "https://a.example/1/night-post")
    return {point.name for point in found.verdict.points}


@pytest.mark.parametrize("where", CRUMBS)
def test_breadcrumbs_say_what_a_page_is_filed_under(where):
    assert "section_film_review" in crumbed(CRUMBS[where])


@pytest.mark.parametrize(
    "above",
    ["<nav>Books / Film reviews / Music</nav>", "<nav>Home / Film reviews / Books / About</nav>"],
)
def test_a_menu_is_no_path(above):
    assert not {"section_film_review", "sections_film_review"} & crumbed(above)


BESIDE = (
    "Night Post: the ending explained", "Where was Night Post filmed? All filming locations", "Making of Night Post",
    "Where to watch Night Post", "Win tickets to Night Post", "Night Post: all filming locations",
)  # fmt: skip


@pytest.mark.parametrize("headline", BESIDE)
def test_what_is_about_a_film_and_reviews_none(headline):
    told = "Night Post is a film by Anna Holm. The film was shot in Hull, and its last scene is on the old pier there."
    assert kind(headline, told) is not PageType.REVIEW
    assert kind("Night Post review: the ending, explained", FILM) is PageType.REVIEW


@pytest.mark.parametrize("facts", ["Faber, 2014 · 195 pages · ★★★★☆", "ISBN 978-0-00-000000-2", "320 Seiten, Hanser"])
def test_the_facts_of_a_book_tell_its_review_from_the_films(facts):
    assert (
        kind("Night Post", f"{FILM} I read it before the film comes out.", extra=f"<p>{facts}</p>") is PageType.ARTICLE
    )


def test_what_the_page_title_calls_about_is_no_review():
    title = "<title>About – Corner Seat</title>"
    html = f"<html lang=en><head>{title}</head><body><header>Corner Seat</header><h1>Who is this man</h1><p>{FILM}</p>"
    assert explain(html, "http://a.example/about.html").page.page_type is not PageType.REVIEW


TIMES = "".join(f"<tr><th>Fri {day} Jan</th><td>14:30</td><td>17:15 sold out</td></tr>" for day in (19, 20, 21))
OF_OTHER_KINDS = {
    "a cinema's page": {
        "extra": "<p>Director: Anna Holm · 2011 · Cast: Anna Weber</p>",
        "below": f"<table>{TIMES}</table>",
    },
    "an obituary": {"below": "<p>Anna Holm, who died yesterday, is survived by her partner.</p>"},
    "a musical": {
        "below": "<p>Corinth Theatre, Hull. Music and lyrics by Karl Otto, book by Mia Beck, directed by Anna Holm</p>"
    },
    "a trailer by its address": {"url": "http://a.example/movies/night-post-trailer-thoughts"},
    "a guide by its title": {"headline": "Night Post – Content Guide for Families | Corner Seat"},
}


@pytest.mark.parametrize("what", OF_OTHER_KINDS)
def test_pages_about_one_film_that_review_none(what):
    told = {"extra": "", "below": "", "url": "http://a.example/night-post", "headline": "Night Post | Corner Seat"}
    told |= OF_OTHER_KINDS[what]
    html = (
        f"<html lang=en><head><title>{told['headline']}</title></head><body><article><h1>Night Post</h1>{told['extra']}"
    )
    plain = FILM.replace("It is a beautiful film, although its\nlast act is too long.", "")
    page = explain(f"{html}<p>{plain}</p>{told['below']}</article></body></html>", told["url"]).page
    assert page.page_type is not PageType.REVIEW


def test_a_film_called_the_interview_is_reviewed():
    found = kind("The Interview", f"{FILM} The Interview is a film of one room.", url="http://a.example/the-interview")
    assert found is PageType.REVIEW


PRAISE = """<p>The club is showing <em>Night Post</em> on Friday 19th at 7.30. The film follows a widow who sorts
letters at night; it is a beautiful film, and Anna Weber is wonderful in it. I loved every scene.</p>"""
NOTICES = {
    "a screening": "<p>Tickets are £5 on the door. Do come along!</p>",
    "a give-away": "<p>We have three copies to give away. UK residents only, entries by midnight, one entry each.</p>",
    "a stream": "<p>You can rent it or buy it from $5.99; a subscription costs £4 a month after the free trial.</p>",
}


@pytest.mark.parametrize("what", NOTICES)
def test_a_notice_that_praises_the_film_is_no_review(what):
    text = PRAISE.replace("is showing", "is fond of").replace(" at 7.30", "") if what != "a screening" else PRAISE
    page = f"<html lang=en><body><article><h1>Night Post</h1>{text}{NOTICES[what]}<p>Until then.</p></article></body>"
    assert explain(page, "http://a.example/night-post").page.page_type is not PageType.REVIEW


def test_a_last_line_that_says_where_the_film_is_shown_leaves_a_review_one():
    text = PRAISE.replace("The club is showing", "There is a moment in").replace(" on Friday 19th at 7.30", "")
    shown = "<p>Night Post is at the Odeon on Friday at 7.30, tickets £5.</p>"
    page = f"<html lang=en><body><article><h1>Night Post</h1>{text * 2}{shown}</article></body></html>"
    found = explain(page, "http://a.example/night-post")
    assert "appointment" not in {point.name for point in found.verdict.points}
    assert found.page.page_type is PageType.REVIEW


def test_a_page_of_times_to_book_is_a_programme():
    times = "".join(f"<tr><td>{hour}:15</td></tr>" for hour in (14, 17, 20))
    page = f"<body><h1>Night Post</h1><p>{FILM}</p><table>{times}</table><p><a href=/b>Book now</a></p></body>"
    points = {point.name for point in explain(page, "http://a.example/whats-on/night-post").verdict.points}
    assert "showings" in points


def test_lines_above_the_text_invite_too():
    above = "<p>Saturday 19 March, doors 7.00, film 7.30 pm<br>Tickets £5 from the shop</p>"
    praise = "<p>Our first film is Night Post (2011), a beautiful film. If you like trains you will love it.</p>"
    page = f"<html lang=en><body><article><h1>Film Night: Night Post</h1>{above}{praise * 2}</article></body></html>"
    found = explain(page, "http://a.example/hall/film-night")
    assert "appointment" in {point.name for point in found.verdict.points}
    assert found.page.page_type is not PageType.REVIEW


REVIEWED = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Review",
"itemReviewed": {"@type": "%s", "name": "Night Post"}, "reviewRating": {"@type": "Rating",
"ratingValue": 4}}</script>"""


@pytest.mark.parametrize("what", ["VideoGame", "Book", "TVEpisode", "MusicAlbum"])
def test_what_data_say_of_another_kind_of_work_holds_against_all_words(what):
    extra = "<p>Rating: 4/5</p>"
    assert kind("Film review: Night Post", FILM, extra=extra, head=REVIEWED % what) is not PageType.REVIEW
    assert kind("Film review: Night Post", FILM, extra=extra, head=REVIEWED % "Movie") is PageType.REVIEW


def test_a_category_of_other_reviews_is_none_of_film_reviews():
    names = {p.name for p in judged("Night Post review", FILM, url="http://a.example/game-reviews/np/").verdict.points}
    assert "section_other" in names
    assert "section_review" not in names


def test_an_essay_names_films_with_their_years():
    films = "Doors close in Heat (1995), in Rope (1948), in Alien (1979) and in Jaws (1975)."
    essay = judged("A short history of doors", f"{FILM} {films}").verdict.points
    review = judged("Night Post (2011) review", f"{FILM} {films}").verdict.points
    assert "films_dated" in {point.name for point in essay}
    assert "films_dated" not in {point.name for point in review}


def test_a_few_words_with_a_mark_and_a_link_to_the_film_are_a_review():
    note = "Three boys kill a friend, told very quietly, solid and never gripping."
    extra = '<p><a href="http://www.imdb.de/title/tt0000001/">IMDb</a></p><p>Rating: 5/10</p>'
    assert kind("Night Post (2009)", note, extra=extra, times=1) is PageType.REVIEW
    assert kind("Night Post (2009)", note, times=1) is not PageType.REVIEW


def test_a_label_within_the_title_still_says_what_was_reviewed():
    names = {point.name for point in judged("TV series: Night Post review", FILM).verdict.points}
    assert "headline_other" in names


ON_STAGE = """Everyone had the film with them. It was a play before it was a film, and the director lets nobody off the
stage before the interval. Anna Weber is all elbows and good gloves, and the stalls loved her. A beautiful evening."""


def test_a_play_in_the_house_that_the_headline_names_is_no_film():
    facts = "<p>Director: Anna Holm<br>Cast: Anna Weber, Karl Otto<br>Running time: 130 minutes</p><p>4/5</p>"
    assert kind("Review: Night Post, Corn Street Theatre, Harbour", ON_STAGE, extra=facts) is not PageType.REVIEW
    # a film may be about the stage, or seen in a theatre
    assert kind("Review: Night Post", ON_STAGE, extra=facts) is PageType.REVIEW
    assert kind("Review: Night Post, Corn Street Theatre", FILM, extra=facts) is PageType.REVIEW


@pytest.mark.parametrize(
    ("keywords", "told"),
    [
        ("Night Post, harbour, restaurant review", True),
        ("film review, restaurant review, book review", False),
        ("book review, game review, Night Post", False),
        ("Night Post, restaurant, cooks", False),
    ],
)
def test_keywords_that_call_a_page_another_review(keywords, told):
    head = f'<meta name="keywords" content="{keywords}">'
    signs = {
        point.raw for point in judged("Night Post", FILM, head=head).verdict.points if point.name == "section_other"
    }
    assert any("keyword" in raw for raw in signs) is told


def test_marks_behind_several_paragraphs_are_of_several_films():
    note = "<p><b>{}</b> - Loud and dumb, and I enjoyed nearly all of it, and its star is a star. <b>{}</b></p>"
    notes = "".join(note.format(*one) for one in (("HEAT", "***"), ("ROPE", "**1/2"), ("JAWS", "****")))
    page = f"<html lang=en><title>{{0}}</title><body><h1>{{0}}</h1><p>Saw three this weekend.</p>{notes}</body></html>"
    found = explain(page.format("Weekend at the Odeon"), "http://a.example/1999/odeon.html")
    assert "several_marks" in {point.name for point in found.verdict.points}
    assert found.page.page_type is not PageType.REVIEW
    parts = explain(page.format("Night Post film review"), "http://a.example/1999/night-post.html").verdict.points
    assert "several_marks" not in {point.name for point in parts}
