"""Who wrote it on sites of one person, whom no byline names; and lines that name somebody in other words than "by"."""

import pytest

from aggregator.parse import parse
from tests.parse.fields.night_train import BODY

IT = """<p>Il film si apre con un treno nella neve, e il regista non ci lascia quasi uscire per due ore. Gli attori sono
eccellenti, soprattutto il vecchio controllore, e la macchina da presa trova spazio dove non ce n'è.</p><p>È un bel
film, lento nel mezzo e molto commovente alla fine. La sceneggiatura si fida del silenzio, la musica purtroppo no. Un
film che vale comunque il biglietto e che non si dimentica.</p>"""
META = '<meta name="author" content="Jane Orrin">'
LINKED_DATA = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "BlogPosting",
"author": {"@type": "Person", "name": "Jane Orrin"}, "headline": "Night Train (2011)"}</script>"""
PROFILE = """<div class=sidebar><div class="widget Profile"><h2>About Me</h2><dl class=profile-datablock>
<dt class=profile-data><a class="profile-name-link g-profile" rel=author href="http://www.blogger.com/profile/12">Jane
Orrin</a></dt></dl><a class=profile-link rel=author href=/p>View my complete profile</a></div></div>"""


def page(
    name="Late Row",
    title="Night Train (2011)",
    head="",
    top="",
    pre="",
    body=BODY,
    post="",
    side="",
    foot="",
    lang="en",
):
    return (
        f"<html lang={lang}><head><title>{title} | {name}</title>{head}</head><body><header class=site-header>"
        f"<a class=site-title rel=author href=/>{name}</a>{top}</header><main><article class=post>"
        f"<header class=post-header><h1 class=post-title>{title} review</h1>{pre}</header>"
        f"<div class=post-content>{body}</div>{post}</article></main>{side}"
        f"<footer class=site-footer>{foot}</footer></body></html>"
    )


ELSEWHERE = "https://laterow.example/2012/night-train"
ITALIAN = {"lang": "it", "title": "Recensione: Treno di notte", "body": IT}
OWNED = {
    "metadata on a site of the same name": {"name": "Jane Orrin", "head": META},
    "linked data on a site of the same name": {"name": "Jane Orrin", "head": LINKED_DATA},
    "metadata alone": {"head": META},
    "the site's name and copyright": {"name": "Jane Orrin", "foot": "<p>© 2019 Jane Orrin</p>"},
    "the site's name and foot": {"name": "Jane Orrin", "foot": "<ul><li>Jane Orrin</li><li>RSS</li></ul>"},
    "reviews of somebody": {"name": "Jane Orrin's Film Reviews"},
    "a corner of somebody's": {"name": "Jane Orrin's Film Corner"},
    "reviews by somebody": {"name": "Film reviews by Jane Orrin"},
    "copyright, and a greeting by the given name": {
        "foot": "<p>© 2019 Jane Orrin</p>",
        "side": "<aside><h3>About</h3><p>I'm Jane and I watch too many films.</p></aside>",
    },
    "says so at the side": {"side": "<aside class=sidebar><p>I'm Jane Orrin and I watch too many films.</p></aside>"},
    "says so in two sentences": {"side": "<aside><p>My name is Jane Orrin. I live by the sea.</p></aside>"},
    "under a heading": {"side": "<aside><h3>About me</h3><p>Jane Orrin writes about trains in films.</p></aside>"},
    "a profile of Blogger's": {"side": PROFILE},
    "a name in the frame, by its class": {"top": "<div class=author-name>Jane Orrin</div>"},
    "a name over a biography": {
        "side": "<div class=sidebar><h4 class=sidebar-profile-name>Jane Orrin</h4><h5>I write code.</h5></div>"
    },
    "copyright behind the year": {"name": "Jane Orrin", "foot": "<p>2019 © Jane Orrin</p>" + "<p>Tag</p>" * 14},
    "the foot says whose blog it is": {"foot": "<p>A blog about films created by Jane Orrin, who likes them.</p>"},
    "a box below the text": {
        "post": "<div class=author><h2>About me</h2><p>Jane Orrin found her way to films late.</p><div>More reviews"
        "</div></div>"
    },
    "in bold below the text, on a site whose metadata has its own name": {
        "head": '<meta name="author" content="laterow">',
        "post": "<p><b>Jane Orrin</b></p><p>Pictures: Odeon</p>",
    },
    "the foot says who wrote": {"name": "Jane Orrin", "foot": "<p>written by Jane Orrin</p>"},
    "follow her": {"post": "<p>You can follow Jane Orrin on Twitter @janeo.</p>"},
    "among links": {
        "pre": "<div class=entry-meta>March 3, 2012 <a href=/x>Jane Orrin</a> <a href=#c>3 Comments</a></div>"
    },
    "a span called so": {"pre": "<p>March 3, 2012 <span class=author>Jane Orrin</span></p>"},
    "a span with the date in it": {"pre": "<span class=submitted>Sat, 03/03/2012 - 10:22 — Jane Orrin</span>"},
    "a job without a comma": {"pre": "<p>By Jane Orrin Staff Writer</p>"},
    "a job behind a slash": {"pre": "<p>Jane Orrin/Staff Writer</p>"},
    "the site beside the name": {"pre": "<p>Jane Orrin | Late Row</p>"},
    "a year of studies": {"pre": "<p>Review by: Jane Orrin, Class of 2012</p>"},
    "a name and a job below the text": {"post": "<p>About the Writer</p><p>Jane Orrin, Reporter</p>"},
    "by, behind a dash": {"post": "<p>-by Jane Orrin</p>"},
    "a dash without a space": {"body": BODY.replace("ticket.</p>", "ticket. -Jane Orrin</p>")},
    "her copyright below the text": {"post": "<p>Review © 2012 Jane Orrin</p>"},
    "the headline": {"title": "Jane Orrin reviews Night Train (2011)"},
    "a job behind the name": {"pre": "<p>Jane Orrin, Staff Writer</p>"},
    "a job below the name": {"pre": "<p>Jane Orrin<br>Staff Writer</p>"},
    "a job and a date": {"pre": "<p>Jane Orrin | Contributing Writer | March 3, 2011</p>"},
    "behind a date": {"pre": "<p>May 3, 2011 / Jane Orrin</p>"},
    "before a date": {"pre": "<p>Jane Orrin, 3 May 2011</p>"},
    "behind a section": {"pre": "<p>March 3, 2011 in Film by Jane Orrin</p>"},
    "text by": {"pre": "<p>Text: Jane Orrin</p>"},
    "in the middle of a line": {"pre": "<p>Seen on a Friday; reviewed by Jane Orrin</p>"},
    "a film review by": {"pre": "<p>A film review by Jane Orrin<br>Copyright 2011 Jane Orrin</p>"},
    "Italian": {**ITALIAN, "pre": "<p>di <b>Jane Orrin</b> - 3 marzo 2012</p>"},
    "Italian, alone": {**ITALIAN, "pre": "<p>di Jane Orrin</p>"},
    "a description on her own site": {
        "name": "Jane Orrin",
        "head": '<meta name=description content="Jane Orrin\'s review of Night Train">',
    },
    "a website of hers": {"name": "Jane Orrin's Website"},
    "notes of hers": {"name": "Jane Orrin's Notes"},
    "a welcome": {"name": "Welcome to Jane Orrin's homepage"},
    "a short form of her name": {"name": "Jan Orrin's Blog", "foot": "<p>© 2019 Jane Orrin</p>"},
    "a name above a place": {"post": "<p align=right><i>Jane Orrin,<br>Leeds</i></p>"},
    "a name above what she is": {"post": "<p align=right><i>Jane Orrin,<br>Reader</i></p>"},
    "marked as who wrote": {"post": '<div class="h-card p-author"><a class=p-name href=/>Jane Orrin</a></div>'},
}
NOBODY = {
    "a description on another's site": {"head": '<meta name=description content="Carl Ott\'s review of Night Train">'},
    "films of somebody": {"name": "The films of Carl Ott"},
    "a blog of a star's": {"name": "The Movie Blog of Boris Karloff"},
    "reviews under a star's name": {"name": "Jack Nicholson Reviews"},
    "thoughts of a star's": {"name": "Thoughts of Boris Karloff"},
    "an actor in square brackets": {"post": "<p>[Robert De Niro]</p>"},
    "letters of somebody": {"name": "Letters of Ana Ruiz"},
    "a place called after somebody": {"name": "Ana Ruiz Park"},
    "two names that share the family's": {
        "name": "The Ott Page",
        "foot": "<p>Design: Carl Ott</p><p>Photos: Carla Ott</p>",
    },
    "a blog called after a noun": {"name": "Fool's blog"},
    "what a given name has that is no blog": {"name": "Jane's World"},
    "copyright alone": {"foot": "<p>© 2019 Jane Orrin</p>"},
    "a site that reads like a name": {"name": "Barry Lyndon", "foot": "<p>© 2019 Late Row</p>"},
    "its copyright": {"name": "Late Row", "foot": "<p>© 2019 Late Row</p>"},
    "its own name in metadata": {"head": '<meta name="author" content="Late Row">'},
    "theme and design": {"foot": "<p>© 2019 Late Row. Theme by Carl Ott. Design: Ana Ruiz</p>"},
    "who built the site": {"foot": "<p>Site by Carl Ott</p><p>Website created by Ana Ruiz</p>"},
    "the site's own name in one word": {"head": '<meta name="author" content="laterow">'},
    "a quotation": {"side": "<aside><h3>Quote</h3><p>I'm Batman and I like trains.</p></aside>"},
    "a festival and a date": {"pre": "<p>Los Angeles, 3 May 2011</p>"},
    "a section and a date": {"pre": "<p>New Releases | 3 May 2011</p>"},
    "a size of letters": {"pre": "<p>Text size</p>"},
    "labels that speak of a review": {
        "post": "<div class='post-meta tags'>Tags: trains, review strong acting, snow</div>"
    },
    "authors of teasers": {
        "side": "<aside><div class=author-name>Carl Ott</div><div class=author-name>Ana Ruiz</div></aside>"
    },
    "a job": {"pre": "<p>Staff Writer</p>"},
    "a quotation before the text": {"body": f"<blockquote>All is snow.<br>— Carl Ott</blockquote>{BODY}"},
    "a quotation behind the text": {"body": f"{BODY}<blockquote>All is snow. — Carl Ott</blockquote>"},
    "a heading behind the text": {"post": "<h3>Carl Ott</h3><p>See more films with this actor in our lists.</p>"},
    "actors": {"pre": "<p>Carl Ott, Ana Ruiz</p>"},
    "labels with people": {"post": "<p class=tags>Tags: Carl Ott, Ana Ruiz</p>"},
    "a photographer below the text": {"post": "<p>Photo: Ana Ruiz / Odeon</p>"},
    "what a template says": {"head": '<meta name="author" content="Your Name">'},
    "who made the theme": {"head": '<meta name="author" content="WordPress Theme by Carl">'},
    "a blogroll": {"side": "<aside><h3>Blogroll</h3><p>Jane Orrin</p><p>Carl Ott</p></aside>"},
    "who made the film": {"name": "A film by Carl Ott"},
    "whose film it is": {"name": "Carl Ott's film"},
    "whose film it is, by its title": {"name": "Carl Ott's The World"},
    "who wrote the story": {"name": "A crime story by Carl Ott"},
    "who wrote the novel": {"post": "<h3>Author</h3><p>Carl Ott wrote the novel in prison.</p>"},
    "who wrote the play": {"post": "<h3>About the author</h3><p>Ana Ruiz was born in a train.</p>"},
    "a section called text": {"pre": "<p>Text: Heat</p>"},
    "a section of words": {"post": "<p>Words: Blue Velvet</p>"},
    "who is thanked": {"post": "<p>Thanks Carl Ott</p>"},
    "whom the last line likes": {"post": "<p>Best Carl Ott</p>"},
    "a verdict in words": {"post": "<p>Anna's verdict: awful, she said</p>"},
    "who is praised": {"side": "<aside><h3>About</h3><p>Late Row is a club of people who like trains.</p></aside>"},
}


def critics(options, url=ELSEWHERE):
    (review,) = parse(page(**options), url, profile=False).reviews
    return list(review.critics)


@pytest.mark.parametrize("what", OWNED)
def test_the_one_person_of_a_site_wrote_what_bears_no_name(what):
    assert critics(OWNED[what]) == ["Jane Orrin"]


@pytest.mark.parametrize("what", NOBODY)
def test_no_name_is_made_up_from_the_frame_of_a_site(what):
    assert critics(NOBODY[what]) == []


def test_a_copyright_is_believed_where_the_address_says_the_same():
    assert critics(NOBODY["copyright alone"], "https://janeorrin.example/night-train") == ["Jane Orrin"]


def test_a_site_called_after_a_person_at_an_address_of_that_name_is_theirs():
    assert critics({"name": "Jane Orrin"}, "https://orrin.example/night-train") == ["Jane Orrin"]


def test_a_rating_of_somebody_s_own_tells_who_rates():
    assert critics({"post": "<p>Laura's rating: ★★★★☆</p>"}) == ["Laura"]
    assert critics({"post": "<p>Laura's rating: 4/5</p><p>Tom's rating: 2/5</p>"}) == []


def test_all_who_are_linked_behind_one_by_wrote_it():
    links = "<p>By <a href=/a>Jane Orrin</a>, <a href=/b>Carl Ott</a> and <a href=/c>Ana Ruiz</a></p>"
    assert critics({"pre": links}) == ["Jane Orrin", "Carl Ott", "Ana Ruiz"]


SIGNED = {
    "a letter": ("<p>Love,<br>Jane</p>", ["Jane"]),
    "a letter in one line": ("<p>Cheers, Jane</p>", ["Jane"]),
    "capitals": ("<p>JANE ORRIN</p>", ["JANE ORRIN"]),
    "initials": ("<p>-- J.O.</p>", ["J.O."]),
}


@pytest.mark.parametrize("what", SIGNED)
def test_who_signs_below_the_text_wrote_it(what):
    markup, names = SIGNED[what]
    assert critics({"post": markup}) == names


JA = """<p>映画は雪の中の列車から始まり、監督は二時間ほとんど私たちをそこから出してくれない。俳優たちはすばらしく、
特に老いた車掌がいい。カメラは狭い場所でも居場所を見つける。</p><p>美しい映画だ。真ん中は少し遅いが、終わりはとても感動的である。脚本は沈黙を
信じているが、音楽はそうではない。それでも観る価値のある映画だと思う。</p>"""
KO = """<p>영화는 눈 속의 기차로 시작하고 감독은 두 시간 동안 우리를 거의 내보내지 않는다. 배우들은 훌륭하고
특히 늙은 차장이 좋다. 카메라는 자리가 없는 곳에서도 자리를 찾는다.</p><p>아름다운 영화다. 중간은 느리고 끝은 매우
감동적이다. 각본은 침묵을 믿지만 음악은 그렇지 않다. 그래도 볼 만한 영화라고 생각한다.</p>"""


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"lang": "ja", "title": "夜行列車", "body": JA, "pre": "<p>文=山田太郎</p>"}, ["山田太郎"]),
        ({"lang": "ja", "title": "夜行列車", "body": JA, "post": "<p>（山田太郎）</p>"}, ["山田太郎"]),
        ({"lang": "ko", "title": "밤기차", "body": KO, "pre": "<p>글 홍길동 기자</p>"}, ["홍길동"]),
    ],
)
def test_who_wrote_in_east_asian_scripts(options, names):
    assert critics(options) == names


PERSONAL = """<html lang=en><head><title>Night Post | Abhin R</title><script type="application/ld+json">{{"@context":
"https://schema.org", "@type": "BlogPosting", "headline": "Night Post", "author": {{"@type": "{kind}", "name":
"Abhin R"}}}}</script></head><body><header><a href="/">Abhin R</a></header><main><article><header><h1>Night Post</h1>
<div class="post-meta">{line}</div></header><p>Night Post is a film I liked. The director films hands as if they were
faces, and the screenplay trusts silence. It is a beautiful film, although its last act is too long for me. A great
movie with a cello.</p></article></main><footer>Powered by Hugo</footer></body></html>"""


@pytest.mark.parametrize(
    ("kind", "line", "url", "critics"),
    [
        ("Person", "2 min · Abhin R", "https://abhinr.example/movies/night-post/", ["Abhin R"]),
        ("Organization", "2 min · Abhin R", "https://abhinr.example/movies/night-post/", []),
        ("Person", "2 min", "https://abhinr.example/movies/night-post/", []),
        ("Person", "2 min · Abhin R", "https://nightfilms.example/night-post/", []),
    ],
)
def test_a_site_called_after_its_one_writer_is_signed_with_a_name_no_table_knows(kind, line, url, critics):
    (review,) = parse(PERSONAL.format(kind=kind, line=line), url).reviews
    assert review.critics == critics


NO_NAMES = (
    "Older Posts|Newer Post|Next Article|Leave Comment|Horror Thriller|Sony Classics|Blue Velvet|Back Home|Main Page|"
    "All Rights Reserved|Privacy Policy|Contact Us|Science Fiction|Romantic Comedy|New York|Four Stars|Worth Seeing|"
    "Happy Viewing|Merry Christmas|Box Office|World Cinema|Grade B|Fox Searchlight|Top Ten|Quick Links|Follow Me|"
    "Latest News|Best Picture|Buy Tickets|Volver Arriba|Nach Oben|Deixe Comentário"
).split("|")
PLACES = {
    "below the text": {"post": "<p>{}</p>"},
    "in bold below the text": {"post": "<p><b>{}</b></p>"},
    "below the headline": {"pre": "<p>{}</p>"},
    "beside a date": {"pre": "<p>{} | March 3, 2012</p>"},
    "above a date": {"pre": "<p>{}</p><p>March 3, 2012</p>"},
    "in a box about the author": {"side": "<div class=author-box><h4>{}</h4></div>"},
}


@pytest.mark.parametrize("where", PLACES)
def test_words_in_capitals_are_nobody_without_a_sign_that_they_are(where):
    ((slot, markup),) = PLACES[where].items()
    found = {text: names for text in NO_NAMES if (names := critics({slot: markup.format(text)}))}
    assert found == {}


@pytest.mark.parametrize("name", ["Dorothea Vance", "J. R. Orrin", "Pim van Orrin", "Zsófia Kovács"])
@pytest.mark.parametrize("where", PLACES)
def test_a_name_that_is_surely_one_is_read_there(where, name):
    ((slot, markup),) = PLACES[where].items()
    assert critics({slot: markup.format(name)}) == [name]


def test_each_review_of_a_page_has_its_own_critic():
    films = (("Night Train", "Jane Orrin"), ("Salt Lake", "Ana Ruiz"), ("The Long Snow", "Jane Orrin"))
    body = "".join(f"<h2>{film} (2011)</h2><h3>By: {who}</h3>{BODY}<p>Rating: 3/5</p>" for film, who in films)
    found = parse(f"<html lang=en><title>Short reviews</title><body><h1>Short film reviews</h1>{body}</body></html>")
    assert [review.critics for review in found.reviews] == [["Jane Orrin"], ["Ana Ruiz"], ["Jane Orrin"]]


def test_a_blog_called_after_a_given_name_alone():
    assert parse(page(name="Jane's Blog")).reviews[0].critics == ["Jane"]
    for name in ("Cinephile's Blog", "Today's Reviews", "Men's Film Journal"):
        host = "".join(filter(str.isalpha, name.lower()))
        assert parse(page(name=name), f"https://{host}.example/night-train").reviews[0].critics == []


def test_an_initial_in_the_copyright():
    made = page(name="Late Row", foot="<p>© 2019 Jane L. Orrin. All rights reserved.</p>")
    assert parse(made, "https://janeorrin.example/night-train").reviews[0].critics == ["Jane L. Orrin"]


UNKNOWN = {"name": "Yurij Orrinov", "head": '<meta name="author" content="Yurij Orrinov">'}


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/in/yurij-orrinov-12a/",
        "https://linkedin.com/in/yurijorrinov?trk=x",
        "mailto:yurij@orrin.ov?subject=Re",
    ],
)
def test_a_name_no_table_knows_is_a_person_s_by_what_the_page_links_to(link):
    assert critics({**UNKNOWN, "foot": f'<a href="{link}">Contact</a>'}) == ["Yurij Orrinov"]


@pytest.mark.parametrize(
    "link",
    [
        "https://www.linkedin.com/company/yurij-orrinov/",
        "https://www.linkedin.com/in/carl-ott/",
        "mailto:info@orrin.ov",
        "mailto:yurijorrinov@mail.example",
        "mailto:yurij@orrinov.example",
        "https://twitter.com/yurijorrinov",
    ],
)
def test_a_site_s_own_name_in_its_metadata_is_nobody_s_by_other_links(link):
    assert critics({**UNKNOWN, "foot": f'<a href="{link}">Contact</a>'}) == []


@pytest.mark.parametrize(
    ("name", "mail"), [("Cinema Paradiso", "cinema@paradi.so"), ("Hello Kino", "hello@kinolab.com")]
)
def test_a_mail_address_makes_nobody_of_a_house(name, mail):
    head = f'<meta name="author" content="{name}">'
    assert critics({"name": name, "head": head, "foot": f'<a href="mailto:{mail}">Contact</a>'}) == []


def test_the_given_name_alone_of_who_keeps_a_website():
    assert critics({"name": "Hey this is Jane's website"}) == ["Jane"]
    assert critics({"name": "Jan Orrin's Blog", "foot": "<p>© 2019 Carl Orrin</p>"}) == ["Jan Orrin"]


@pytest.mark.parametrize(
    ("headline", "said", "names"),
    [
        ("At the pictures with Jane Orrin", "A train and a bucket.", ["Jane Orrin"]),
        ("A night at the movies with Jane Orrin", "A train and a bucket.", []),
        ("Night Train: fun at the movies with Tom Hanks", "A train and a bucket.", []),
        (
            "At the movies with Jane Orrin",
            "Orrin laughs at her film, and says it is the last.",
            [],
        ),
        ("At the movies with Late Row", "A train and a bucket.", []),
        ("Coffee with Jane Orrin", "A train and a bucket.", []),
        ("On the set with Jane Orrin", "A train and a bucket.", []),
    ],
)
def test_whose_column_it_is(headline, said, names):
    film = "<p>Night Train (2011)<br>Director: Carl Ott<br>Rating: 4/5</p>"
    more = f"<aside class=sidebar><h3>More</h3><ul><li><a href=/2012/4>{headline}: April</a></li></ul></aside>"
    made = page(title=headline, post=film, side=more, body=BODY.replace("<p>", f"<p>{said} ", 1)).replace(
        " review</h1>", "</h1>"
    )
    found = [review.critics for review in parse(made, ELSEWHERE).reviews]
    assert found == [names] if names else not any(found)
    alone = made.replace(more, f"<p class=breadcrumb>{headline}</p>")
    assert not any(review.critics for review in parse(alone, ELSEWHERE).reviews)


@pytest.mark.parametrize(
    ("author", "name", "foot", "names"),
    [
        ("Yurij Orrinov", "yurijorrinov.example", "© 2019 yurijorrinov.example", ["Yurij Orrinov"]),
        ("Yurij Orrinov", "yurijorrinov.example", "© 2019 Yurij Orrinov", []),
        ("Yurij Orrinov", "Yurij Orrinov", "", []),
        ("Late Cinema", "latecinema.example", "", []),
        ("Yurij Late Orrinov", "yurijlateorrinov.example", "", []),
    ],
)
def test_an_address_of_two_words_is_somebody_s_unless_they_are_the_brand(author, name, foot, names):
    options = {"name": name, "head": f'<meta name="author" content="{author}">', "foot": f"<p>{foot}</p>"}
    assert critics(options, f"https://{author.replace(' ', '').lower()}.example/night-train") == names
