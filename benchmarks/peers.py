"""The libraries people use today for the same pages, never needed here; another one to compare is a row of PEERS."""

import warnings
from collections.abc import Callable
from typing import Any

Run = Callable[[bytes, str | None], object]


def _usual() -> Run | None:
    try:
        import extruct
        import htmldate
        import trafilatura
    except ImportError:
        return None

    def run(body: bytes, url: str | None) -> list[Any]:
        text = body.decode("utf-8", "replace")
        syntaxes = ["json-ld", "microdata", "opengraph"]
        found = [extruct.extract(text, base_url=url, syntaxes=syntaxes, errors="ignore")]
        found += [trafilatura.bare_extraction(text, url=url, with_metadata=True, include_comments=True)]
        return [*found, htmldate.find_date(text)]

    return run


def _newspaper() -> Run | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            import newspaper
    except ImportError:
        return None

    def run(body: bytes, url: str | None) -> object:
        article = newspaper.Article(url or "http://page.example/")
        article.download(input_html=body.decode("utf-8", "replace"))
        article.parse()
        return article

    return run


PEERS: dict[str, Callable[[], Run | None]] = {
    "extruct + trafilatura + htmldate": _usual,
    "newspaper4k": _newspaper,
}
"""Name -> loader that gives None when the library is not installed."""
