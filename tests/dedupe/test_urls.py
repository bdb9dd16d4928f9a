import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.dedupe.urls import address_key, canonicalise, site_key


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://WWW.A.Example:80/Moon/index.html?utm_source=x&b=2&a=1#c", "http://www.a.example/Moon/?b=2&a=1"),
        ("https://a.example:443/moon", "https://a.example/moon"),
        ("https://a.example:8443/moon", "https://a.example:8443/moon"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example/moon/amp/", "https://a.example/moon/"),
        ("https://a.example/amp/moon", "https://a.example/moon"),
        ("https://a.example/moon?amp=1&p=3", "https://a.example/moon?p=3"),
        ("https://a.example/moon.amp.html", "https://a.example/moon.html"),
        ("https://a.example/moon/print", "https://a.example/moon/"),
        ("https://a.example/moon?view=print", "https://a.example/moon"),
        ("https://a.example/moon?view=full", "https://a.example/moon?view=full"),
        ("https://www-a-example.cdn.ampproject.org/c/s/www.a.example/moon/amp/", "https://www.a.example/moon/"),
        ("https://www.google.com/amp/s/a.example/moon", "https://a.example/moon"),
        ("https://a.example/?p=12&fbclid=abc", "https://a.example/?p=12"),
        ("https://a.example/%7euser/%e4%b8%ad%2fx", "https://a.example/~user/%E4%B8%AD%2Fx"),
        ("https://ä.example/ü", "https://xn--4ca.example/%C3%BC"),
        ("https://[::1]:8000/x", "https://[::1]:8000/x"),
        ("https://a.example/amp", "https://a.example/amp"),  # a page of that name, not a view of the home page
        ("https://a.example/indexes", "https://a.example/indexes"),
        ("mailto:critic@a.example", "mailto:critic@a.example"),
        ("https://[broken/x", "https://[broken/x"),
        ("https://a.example:99999/x", "https://a.example:99999/x"),
    ],
)
def test_canonicalise(url: str, canonical: str) -> None:
    assert canonicalise(url) == canonical


@pytest.mark.parametrize(
    "other",
    [
        "http://a.example/moon?a=1&b=2",
        "https://www.a.example/moon/?b=2&a=1",
        "https://m.a.example/moon?b=2&a=1#comments",
    ],
)
def test_one_page_has_one_key(other: str) -> None:
    assert address_key(other) == address_key("https://a.example/moon?a=1&b=2")


@pytest.mark.parametrize("other", ["https://b.example/moon", "https://a.example/Moon", "https://a.example/moon?p=2"])
def test_other_pages_have_other_keys(other: str) -> None:
    assert address_key(other) != address_key("https://a.example/moon")


def test_site_key() -> None:
    assert site_key("https://www.a.example/x") == site_key("http://m.a.example:80/") == "a.example"
    assert site_key("https://blog.a.example/") == "blog.a.example"
    assert site_key("https://m.example/") == "m.example"  # nothing would be left of a name
    assert site_key("nothing") == ""


addresses = st.one_of(
    st.text(),
    st.text(alphabet="htps:/.wamp%2Fu?&=#indexphl1[]é\ud800", max_size=40).map(lambda text: "https://a.b/" + text),
    st.from_regex(
        r"https?://(www\.|amp\.|m\.)?[a-z]{1,3}\.(com|example)(:80|:443|:8080)?"
        r"(/(amp|print|index\.html|x\.amp\.html|[a-z]{1,3}))*/?(\?(utm_source=x|a=b|amp=1|%41=&)+)?(#x)?",
        fullmatch=True,
    ),
)


@settings(max_examples=500)
@given(addresses)
def test_once_is_enough_and_nothing_breaks(url: str) -> None:
    once = canonicalise(url)
    assert canonicalise(once) == once
    assert address_key(once) == address_key(url)
    once.encode("utf-8")
