"""The libraries people use today for the same pages, never needed here; another one to compare is a row of PEERS."""

import warnings
from collections.abc import Callable
from typing import Any

Run = Callable[[bytes, str | None], object]


def _usual() -> Run | None:
    try:
        import htmldate
    except ImportError:
        return None
    read = _extracted(["json-ld", "microdata", "opengraph"], comments=True)
    return read and (lambda body, url: [read(body, url), htmldate.find_date(body.decode("utf-8", "replace"))])


def _every_syntax() -> Run | None:
    return _extracted(None, comments=False)


def _extracted(syntaxes: list[str] | None, *, comments: bool) -> Run | None:
    """Structured data in these syntaxes (None: in all) and the text, with or without comments."""
    try:
        import extruct
        import trafilatura
    except ImportError:
        return None
    chosen = {"syntaxes": syntaxes} if syntaxes else {}

    def run(body: bytes, url: str | None) -> list[Any]:
        text = body.decode("utf-8", "replace")
        found = [extruct.extract(text, base_url=url, errors="ignore", **chosen)]
        return [*found, trafilatura.bare_extraction(text, url=url, with_metadata=True, include_comments=comments)]

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
    "extruct(3) + trafilatura + htmldate": _usual,
    "extruct(all) + trafilatura": _every_syntax,
    "newspaper4k": _newspaper,
}
"""Name -> loader that gives None when the library is not installed."""
