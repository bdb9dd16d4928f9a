import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.net.robots import SIZE_LIMIT, Robots, normal_path, product_token


def _cases():
    text = (Path(__file__).parent / "robots_cases.txt").read_text(encoding="utf-8")
    for block in text.split("\n=== ")[1:]:
        head, _, wanted = block.partition("---\n")
        name, _, robots = head.partition("\n")
        body = robots.encode()
        for sign, byte in ((rb"\r", b"\r"), (rb"\n", b"\n"), (rb"\t", b"\t")):
            body = body.replace(sign, byte)
        body = re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), body)
        for line in wanted.splitlines():
            agent, path, answer = (part.strip() for part in line.split(" |"))
            yield pytest.param(body, agent, path, {"yes": True, "no": False}[answer], id=f"{name}: {line}")


CASES = list(_cases())


@pytest.mark.parametrize(("body", "agent", "path", "allowed"), CASES)
def test_cases(body, agent, path, allowed):
    assert Robots.parse(body).allowed(f"https://a.example{path}", agent) is allowed


def test_the_table_is_large():
    assert len(CASES) > 150


@pytest.mark.parametrize(
    ("status", "allowed"),
    [(200, False), (204, False), (301, False), (304, False), (400, True), (401, True), (403, True), (404, True),
     (410, True), (429, False), (451, True), (500, False), (503, False), (599, False), (None, False)],
)  # fmt: skip
def test_status(status, allowed):
    robots = Robots.answer(status, b"User-agent: *\nDisallow: /x")
    assert robots.allowed("https://a.example/x", "FooBot") is allowed


def test_no_answer_forbids_all_but_robots_itself():
    robots = Robots.answer(None)
    assert not robots.allowed("https://a.example/", "FooBot")
    assert robots.allowed("https://a.example/robots.txt", "FooBot")


def test_crawl_delay_and_sitemaps():
    robots = Robots.parse(
        b"Sitemap: https://a.example/1.xml\nUser-agent: Foo\nCrawl-delay: 2.5\nCrawl-delay: 1\n"
        b"User-agent: *\nCrawl-delay: 7\nDisallow: /x\nsitemap:/2.xml\n"
    )
    assert robots.crawl_delay("Foo/1.0") == 7.0  # no rule line between them: one group for both
    assert robots.crawl_delay("Bar") == 7.0
    assert robots.sitemaps == ("https://a.example/1.xml", "/2.xml")


@pytest.mark.parametrize("value", ["", "-1", "nan", "inf", "1e9", "soon", "1,5", "9" * 400])
def test_crawl_delay_nonsense(value):
    assert Robots.parse(f"User-agent: *\nCrawl-delay: {value}\nDisallow: /x".encode()).crawl_delay("Foo") is None


def test_only_the_first_500_kib_count():
    filler = b"# " + b"x" * 97 + b"\n"
    padding = filler * (SIZE_LIMIT // len(filler) - 1)
    body = b"User-agent: *\nDisallow: /early\n" + padding + b"\nDisallow: /late\n" + padding
    robots = Robots.parse(body[: SIZE_LIMIT + 100])
    assert not robots.allowed("https://a.example/early", "FooBot")
    late = b"User-agent: *\nDisallow: /\n" + padding
    late += b"#" * (SIZE_LIMIT - len(late) - 10) + b"\nAllow: /private/public\n"
    assert late[:SIZE_LIMIT].endswith(b"\nAllow: /p")
    # the cut line would allow /p if it were read as it stands
    assert not Robots.parse(late).allowed("https://a.example/p", "FooBot")


def test_large_hostile_files_are_quick():
    body = b"User-agent: *\n" + b"Disallow: /*a*b*c*d*e*f*g$\n" * 18000
    assert Robots.parse(body).allowed("https://a.example/" + "abcdef" * 300, "FooBot")


@given(st.binary(max_size=400))
def test_any_bytes_are_read(body):
    robots = Robots.parse(body)
    assert robots.allowed("https://a.example/x", "FooBot") in {True, False}
    assert robots.allowed("https://a.example/robots.txt", "FooBot")


@given(st.text(max_size=60))
def test_normal_path_is_stable(text):
    once = normal_path(text)
    assert once.isascii()
    assert normal_path(once) == once
    assert "*" not in once
    assert "$" not in once


@given(st.text(alphabet="ab/?=%é", min_size=1, max_size=20))
def test_a_rule_forbids_its_own_address(path):
    robots = Robots.parse(f"User-agent: *\nDisallow: /{path}".encode())
    assert not robots.allowed(f"https://a.example/{path}", "FooBot")


def test_product_token():
    assert product_token("film-review-aggregator/0.1 (+mailto:me@operator.example)") == "film-review-aggregator"
    assert product_token("  Foo Bar") == "foo"
    assert product_token("*") == ""
