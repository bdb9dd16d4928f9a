"""What stands between us and a page's text: scripts, captchas, log-ins, paywalls, missing pages."""

from collections.abc import Iterator

from aggregator.notation.languages import fold
from aggregator.parse.hints import Hints
from aggregator.parse.reading import Reading
from aggregator.parse.regions import Region, weight
from aggregator.parse.sign_words import kind_words


def _no_comment(region: Region, _: Hints) -> bool:
    return region is not Region.COMMENT


def obstacles(reading: Reading) -> Iterator[str]:
    """What stands between us and the text (javascript captcha login paywall not_found) on a page with little text."""
    shown = [block.text for block in reading.select(_no_comment)]
    if sum(map(len, shown)) > 1500:
        return
    text = fold(" ".join(shown))
    noscript = fold(" ".join("".join(map(str, node.itertext())) for node in reading.doc.nodes("noscript")))
    if weight(text) > 1500:
        return
    titles = fold(reading.doc.title)
    for kind in ("javascript", "captcha", "login", "paywall", "not_found"):
        words = kind_words(kind, reading.language)
        said = titles if kind == "not_found" else f"{titles} {text}" + (f" {noscript}" if kind == "javascript" else "")
        if words.search(said) and (kind != "login" or weight(text) < 500):
            yield kind
