"""Comment threads on addresses of their own: a WordPress site's interface, where a page shows fewer than it has."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from aggregator.archive import FetchedPage
from aggregator.model import PageType, ParsedPage, Review
from aggregator.parse.comments.wordpress import from_wordpress_json
from aggregator.store import Link

KIND = "comments"
PER_PAGE = 100
MAX_PAGES = 20
"""Pages of one thread: 2,000 comments."""
_FOUND_BY = "comments of "
_PRIORITY = 15
"""Right after the reviews, before pages that do not look like one."""
_API = re.compile(rb"<link\b[^>]*\brel=[\"']https://api\.w\.org/[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref=[\"']([^\"']+)", re.IGNORECASE)
_POST = re.compile(rb"/wp/v2/posts/(\d+)[\"'?]|<link\b[^>]*\brel=[\"']shortlink[\"'][^>]*[?&]p=(\d+)", re.IGNORECASE)


def links(page: FetchedPage) -> list[Link]:
    """The interface's address of the thread of a page that holds one review and shows fewer comments than it counts."""
    reviews = page.parsed.reviews if page.parsed else []
    if page.kind != "page" or len(reviews) != 1:
        return []
    declared = reviews[0].comments_declared
    if declared is None or declared <= len(reviews[0].comments):
        return []
    head = page.body[:200_000]
    api, post = _API.search(head), _POST.search(head)
    href = _HREF.search(api[0]) if api else None
    if href is None or post is None:
        return []
    base = urljoin(page.final_url, html.unescape(href[1].decode("utf-8", "replace")))
    number = (post[1] or post[2]).decode("ascii")
    return [_link(f"{base.rstrip('/')}/wp/v2/comments", number, 1, page.final_url)]


def _link(route: str, post: str, number: int, page_url: str) -> Link:
    query = urlencode({"post": post, "per_page": PER_PAGE, "order": "asc", "page": number})
    address = f"{route}{'&' if '?' in route else '?'}{query}"
    return Link(address, 1, f"{_FOUND_BY}{page_url}", KIND, _PRIORITY)


def next_links(page: FetchedPage) -> Iterator[Link]:
    """The next page of a thread, when this one is full."""
    parts = urlsplit(page.final_url)
    told = dict(parse_qsl(parts.query))
    total = page.header("X-WP-TotalPages") or ""
    number = int(told.get("page", "1")) if told.get("page", "1").isdigit() else MAX_PAGES
    if total.isdigit() and number < min(int(total), MAX_PAGES) and told.get("post"):
        told["page"] = str(number + 1)
        address = parts._replace(query=urlencode(told)).geturl()
        yield Link(address, 1, page.found_by, KIND, _PRIORITY)


def _with_parents(body: bytes, comments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The comments, with the ids of parents that stand on another page of the thread: joining finds them there."""
    answers = {f"comment-{one.get('id')}": one.get("parent") for one in json.loads(body) if isinstance(one, dict)}
    return [
        one | {"parent": f"comment-{answers[one['id']]}"}
        if one.get("parent_missing") and answers.get(one["id"])
        else one
        for one in comments
    ]


def parsed(page: FetchedPage) -> ParsedPage:
    """A page of a thread as part of the review it belongs to. Raises UnreadableInputError when it is none."""
    thread = from_wordpress_json(page.body)
    owner = (page.found_by or "").removeprefix(_FOUND_BY) or None
    comments = _with_parents(page.body, thread.comments)
    review = Review.model_validate({"id": page.final_url, "url": page.final_url, "comments": comments})
    return ParsedPage(
        url=page.final_url,
        page_type=PageType.OTHER,
        part_of=owner,
        partial=thread.truncated,
        reviews=[review] if thread.comments and owner else [],
    )
