"""Ways to a site's pages besides sitemaps and plain feeds, and what ends those that lead nowhere."""

import gzip
import json

from aggregator.archive import iter_responses
from aggregator.store import open_store
from tests.spiders.loopback import PROSE, Answer, Loopback, crawl, review, run

API = '<link rel="https://api.w.org/" href="/wp-json/">'


def paged_feed(site, page, pages, *paths):
    rows = "".join(f"<item><link>{site.origin}{path}</link></item>" for path in paths)
    head = "<generator>https://wordpress.org/?v=6.1</generator>"
    body = f'<rss version="2.0"><channel><title>x</title>{head}{rows}</channel></rss>'
    return Answer(body.encode(), kind="text/xml") if page <= pages else Answer(b"", 404)


def post(title, number, declared):
    """A review as a WordPress theme shows it, with the first two of its comments."""
    shown = "".join(
        f'<li class="comment" id="comment-{n}"><cite class="fn">Reader {n}</cite> '
        f'<time datetime="2020-02-0{n}T10:00:00"></time><div class="comment-content">'
        f"<p>Comment number {n}, which has something to say.</p></div></li>"
        for n in (1, 2)
    )
    head = f'{API}<link rel="shortlink" href="/?p={number}">'
    heading = f'<h2 class="comments-title">{declared} thoughts on this</h2>'
    thread = f'<section id="comments">{heading}<ol class="comment-list">{shown}</ol></section>'
    page = review(title).decode().replace("</head>", f"{head}</head>").replace("</article>", f"</article>{thread}")
    return Answer(page.encode())


def comment(number, parent=0):
    return {
        "id": number, "post": 7, "parent": parent, "author_name": f"Reader {number}", "type": "comment",
        "date": f"2020-02-0{number}T10:00:00",
        "content": {"rendered": f"<p>Comment number {number}, which has something to say.</p>"},
    }  # fmt: skip


def test_paged_feeds_and_the_wordpress_interface(tmp_path):
    """One site has a feed of three pages; of the other the interface names the posts, and the comments not shown."""
    with Loopback({}) as fed, Loopback({}) as open_one, Loopback({}) as closed:
        fed.routes = {f"/2020/01/{n}/": Answer(review(f"Film {n}")) for n in range(6)}
        fed.routes["/"] = fed.home(head='<link rel="alternate" type="application/rss+xml" href="/feed/">')
        for page in (1, 2, 3, 4):
            path = "/feed/" if page == 1 else f"/feed/?paged={page}"
            fed.routes[path] = paged_feed(fed, page, 3, *(f"/2020/01/{2 * page - 2 + n}/" for n in (0, 1)))
        posts = "/wp-json/wp/v2/posts?per_page=100&page={}&_fields=id,link,modified_gmt"
        listed = [{"id": 7, "link": f"{open_one.origin}/moon/"}, {"id": 8, "link": f"{open_one.origin}/1917/"}]
        thread = "/wp-json/wp/v2/comments?post=7&per_page=100&order=asc&page={}"
        open_one.routes = {
            "/": open_one.home("/about", head=API),
            posts.format(1): Answer(json.dumps(listed).encode(), kind="application/json"),
            posts.format(2): Answer(b'{"code": "rest_post_invalid_page_number"}', 400, kind="application/json"),
            "/moon/": post("Moon", 7, 5),
            "/1917/": post("1917", 8, 2),
            thread.format(1): Answer(
                json.dumps([comment(1), comment(2), comment(3, 1)]).encode(),
                headers={"X-WP-TotalPages": "2"}, kind="application/json",
            ),
            thread.format(2): Answer(json.dumps([comment(4, 3), comment(5)]).encode(), kind="application/json"),
        }  # fmt: skip
        closed.routes = dict(open_one.routes) | {
            "/robots.txt": Answer(b"User-agent: *\nDisallow: /wp-json/\n", kind="text/plain"),
            "/": closed.home("/moon/", head=API),
            "/moon/": post("Solaris", 7, 5),  # no copy of the other: either might be the one that is kept
        }
        done = crawl(fed, open_one, closed, cwd=tmp_path, options=())
        assert not [path for path in closed.asked if path.startswith("/wp-json")]
        assert "/moon/" in closed.asked
        assert {path for path in fed.asked if path.startswith("/2020")} == {f"/2020/01/{n}/" for n in range(6)}
        assert "/about" not in open_one.asked
        assert thread.format(2) in open_one.asked
        assert not [path for path in open_one.asked if "post=8" in path]
        for server in (fed, open_one, closed):
            assert len(server.asked) == len(set(server.asked))
        assert done.code == 0, done.stderr
    with open_store(tmp_path / "data", create=False, read_only=True) as store:
        built = {data["url"]: data for _, data in store.iter_built_reviews()}
    moon = built[f"{open_one.origin}/moon/"]
    assert moon["film"]["title"] == "Moon"
    assert [one["id"] for one in moon["comments"]] == [f"comment-{n}" for n in range(1, 6)]
    parents = {one["id"]: one["parent"] for one in moon["comments"]}
    assert (parents["comment-3"], parents["comment-4"]) == ("comment-1", "comment-3")
    assert not [url for url in built if "wp-json" in url]
    before = built
    again = run("reparse", "--data", "data", cwd=tmp_path)
    assert again.code == 0, again.stderr
    assert "0 new, 0 updated" in again.last_line
    with open_store(tmp_path / "data", create=False, read_only=True) as store:
        assert {data["url"]: data for _, data in store.iter_built_reviews()} == before
    kinds = {page.kind for page in iter_responses(tmp_path / "data" / "archive", lists=True)}
    assert kinds == {"page", "feed", "posts", "comments", "robots"}


def test_types_of_their_own_and_an_interface_that_a_header_names(tmp_path):
    """Reviews have a type of their own; the interface lies where the Link header says, and the second page counts."""
    with Loopback({}) as site:
        rest = {"post": "posts", "page": "pages", "wp_block": "blocks", "film_review": "film-reviews", "odd": "../odd"}
        types = {name: {"slug": name, "rest_base": base} for name, base in rest.items()}
        pages = {f"/film-reviews/{n}/": Answer(review(f"Film {n}")) for n in range(4)}
        address = "/api/wp/v2/{}?per_page=100&page={}&_fields=id,link,modified_gmt"

        def listed(*paths):
            told = [{"id": n, "link": site.origin + path} for n, path in enumerate(paths)]
            return Answer(json.dumps(told).encode(), kind="application/json")

        first, second = list(pages)[:3], list(pages)[3:]
        site.routes = pages | {
            "/": site.home(),
            "/api/wp/v2/types": Answer(json.dumps(types).encode(), kind="application/json"),
            address.format("posts", 1): listed(),
            address.format("film-reviews", 1): listed(*first),
            address.format("film-reviews", 2): listed(*second),
        }
        told = f'<{site.origin}/api/>; rel="https://api.w.org/", <{site.origin}/?p=1>; rel=shortlink'
        site.routes["/"].headers["Link"] = told
        done = crawl(site, cwd=tmp_path)
        assert done.code == 0, done.stderr
        assert set(pages) <= set(site.asked)
        asked = [path for path in site.asked if path.startswith("/api/") and "&page=1&" in path]
        assert sorted(asked) == [address.format("film-reviews", 1), address.format("posts", 1)]


NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>{}</loc><news:news>
<news:publication_date>2026-03-01</news:publication_date><news:title>x</news:title></news:news></url></urlset>"""


def test_sitemaps_packed_nested_and_of_news(tmp_path):
    """An index of packed sitemaps names everything; one of news does not, and one without a review leads nowhere."""
    with Loopback({}) as packed, Loopback({}) as news, Loopback({}) as poor:
        for server in (packed, news, poor):
            server.routes = {f"/{n}/": Answer(review(f"Film {n}")) for n in range(4)}
            server.routes["/"] = server.home()
        index = f"<sitemapindex><sitemap><loc>{packed.origin}/posts.xml.gz</loc></sitemap></sitemapindex>"
        inner = packed.sitemap(*(f"/{n}/" for n in range(4))).body
        packed.routes |= {
            "/robots.txt": Answer(f"Sitemap: {packed.origin}/index.xml.gz".encode(), kind="text/plain"),
            "/index.xml.gz": Answer(gzip.compress(index.encode()), kind="application/gzip"),
            "/posts.xml.gz": Answer(gzip.compress(inner), kind="application/gzip"),
        }
        news.routes["/sitemap.xml"] = Answer(NEWS.format(f"{news.origin}/0/").encode(), kind="text/xml")
        news.routes["/"] = news.home(head='<link rel="alternate" type="application/rss+xml" href="/rss">')
        news.routes["/rss"] = news.feed("/0/", "/1/", "/2/", "/3/")
        # films, by month and by page, as archives have them; the sitemap knows the imprint only
        poor.routes |= {
            "/sitemap.xml": poor.sitemap("/imprint"), "/imprint": Answer(b"<p>Imprint</p>"),
            "/": poor.home("/category/film/"),
            "/category/film/": poor.home("/category/film/page/2/", "/0/", "/about"),
            "/category/film/page/2/": poor.home("/category/film/page/3/", "/1/"),
            "/category/film/page/3/": poor.home("/2019/03/"), "/2019/03/": poor.home("/2/", "/3/"),
        }  # fmt: skip
        done = crawl(packed, news, poor, cwd=tmp_path)
        assert done.code == 0, done.stderr
        for server in (packed, news, poor):
            assert {f"/{n}/" for n in range(4)} <= set(server.asked)
            assert len(server.asked) == len(set(server.asked))
        assert "/feed/" not in packed.asked
        again = crawl(packed, news, poor, cwd=tmp_path)
        assert "; 12 reviews" in done.last_line
        assert again.code == 0, again.stderr


def test_traps_end_by_a_budget_that_is_named(tmp_path):
    """A calendar without end, facets, session ids, a path that repeats itself; the reviews are read all the same."""
    with Loopback({}) as site:

        class Endless(dict):
            def get(self, path, default=None):
                if path.startswith("/calendar/"):
                    number = int(path.rpartition("/")[2])
                    return site.home(*(f"/calendar/{number + n}" for n in (1, 2, 3)))
                if path.startswith("/shop?"):
                    return site.home(*(f"/shop?colour={n}&size={len(path)}" for n in range(3)))
                if path.startswith("/older?page="):
                    return site.home(f"/older?page={int(path.partition('=')[2]) + 1}")
                if path.endswith("/deeper/"):
                    return site.home(f"{path}deeper/")
                return dict.get(self, path, default)

        site.routes = Endless({f"/review/{n}": Answer(review(f"Film {n}")) for n in range(5)})
        site.routes["/"] = site.home(
            "/calendar/1", "/shop?colour=1&size=1", "/deeper/", "/older?page=1", "/list?PHPSESSID=abc1"
        )
        sessions = (f"/review/{n}?PHPSESSID=abc{n}" for n in range(5))
        site.routes["/list"] = site.home(*sessions, *(f"/list?sid=x{n}" for n in range(9)))
        done = crawl(site, cwd=tmp_path, options=("--no-build", "--limit", "shape=6", "--limit", "depth=20"))
        assert done.code == 1
        assert "limit reached: same_shape" in done.stderr
        assert "limit reached: repeating_path" in done.stderr
        assert len([path for path in site.asked if path.startswith("/calendar")]) <= 6 * 3
        assert len([path for path in site.asked if path.startswith("/older")]) <= 6 + 1
        assert {path for path in site.asked if path.startswith("/review")} == {f"/review/{n}" for n in range(5)}
        assert site.asked.count("/list") == 1
        # what looks like a review was asked for before anything else, as soon as it was known
        after_list = site.asked[site.asked.index("/list") + 1 :]
        assert set(after_list[:5]) == {f"/review/{n}" for n in range(5)}
        few = crawl(site, cwd=tmp_path, options=("--no-build", "--data", "few", "--limit", "fruitless=4"))
        assert "limit reached: fruitless" in few.stderr


WALLS = {
    "soft404": b"<title>Page not found</title><h1>Page not found</h1><p>Sorry, this page could not be found.</p>",
    "captcha": b"<title>Just a moment...</title><p>Please complete the captcha to prove that you are human.</p>",
    "members": b"<title>Log in</title><form>Please log in to continue. <input type=password></form>",
    "consent": b"<title>Before you continue</title><p>We value your privacy. <button>Accept all</button></p>",
    "empty": b"<html></html>",
}


def test_walls_never_overwrite_what_we_hold_and_edits_become_versions(tmp_path):
    with Loopback({}) as site:
        names = [*WALLS, "edited", "gone", "moved", "same"]
        site.routes = {f"/review/{name}": Answer(review(f"Film {name}"), etag=True) for name in names}
        site.routes["/"] = site.home()
        site.routes["/sitemap.xml"] = site.sitemap(*(f"/review/{name}" for name in names))
        assert crawl(site, cwd=tmp_path).code == 0
        held = reviews(tmp_path)
        site.routes |= {f"/review/{name}": Answer(body) for name, body in WALLS.items()}
        edited = review("Film edited").replace(b'"4"', b'"2"')
        site.routes["/review/edited"] = Answer(edited, etag=True)
        del site.routes["/review/gone"]
        site.routes["/review/moved"] = Answer(status=302, headers={"Location": "/login"})
        site.routes["/login"] = Answer(WALLS["members"])
        site.headers.clear()
        site.asked.clear()
        done = crawl(site, cwd=tmp_path)
        print(done.stderr)
        assert done.code == 1
        assert f"{len(WALLS) + 1} pages not taken over, what we hold stays" in done.stderr
        now = reviews(tmp_path)
        for name in (*WALLS, "same", "moved"):
            assert now[f"Film {name}"] == held[f"Film {name}"]
        assert now["Film gone"][1:] == ("gone", 0)
        assert (now["Film edited"][0]["rating"]["value"], now["Film edited"][2]) == (2, 1)
        # every page we held was asked with its own validator, none with another's
        asked = dict(zip(site.asked, site.headers, strict=True))
        assert all("If-None-Match" in asked[f"/review/{name}"] for name in names)
        assert "If-None-Match" not in asked["/login"]
        again = run("reparse", "--data", "data", "--no-build", cwd=tmp_path)
        assert again.code == 0, again.stderr
        assert reviews(tmp_path) == now


def reviews(folder):
    with open_store(folder / "data", create=False, read_only=True) as store:
        return {one.data["film"]["title"]: (one.data, one.status, len(one.versions)) for one in store.iter_reviews()}


def test_prose_is_long_enough():
    """A page shorter than this might be taken for a wall."""
    assert len(PROSE) * 3 > 1500
