"""Whom a site's operator can write to about our crawl: checked before anything public is asked for."""

import re

AGENT_NAME = "film-review-aggregator"

_MAIL = re.compile(r"(mailto:)?[^\s@()<>]+@[^\s@()<>]+\.[^\s@()<>.]{2,}", re.IGNORECASE)
_PAGE = re.compile(r"https?://[^\s()<>/]+\.[^\s()<>/]{2,}(/[^\s()<>]*)?", re.IGNORECASE)
# reserved names, and what is left standing when an example is copied
_PLACEHOLDER = re.compile(
    r"(@|//|\.)(example\.(com|org|net)|example|localhost|invalid|test|domain\.(com|tld)|your-?(site|domain)\b[^/]*)(/|$)"
    r"|^(mailto:)?(you|your-?name|me|someone|user|name|contact|info)@(example|domain|your)",
    re.IGNORECASE,
)


def contact_problem(contact: str) -> str | None:
    """Why `contact` will not do for the public web, in one line; None when it will.

    It must be an e-mail address or a web page, and not a placeholder.
    """
    text = contact.strip()
    if not text:
        return "a crawl of the public web needs a contact: --contact you@your.site or AGGREGATOR_CONTACT"
    if not (_MAIL.fullmatch(text) or _PAGE.fullmatch(text)):
        return f"--contact {text[:80]}: give an e-mail address or a web page where you can be reached"
    if _PLACEHOLDER.search(text):
        return f"--contact {text[:80]} is a placeholder; give an address where you can really be reached"
    return None


def user_agent(contact: str, version: str, name: str = AGENT_NAME) -> str:
    """The one User-Agent of every request; `name` is the word that robots.txt knows us by."""
    return f"{name}/{version} (+{''.join(contact.split()) or 'no contact given'})"
