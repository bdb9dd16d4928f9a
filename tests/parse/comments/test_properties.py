"""Damaged pages: never an exception, never a reply to nothing, never a circle."""

import random
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.model import Comment
from aggregator.parse.comments import MAX_DEPTH, Thread
from tests.parse.comments.pages import thread

FIXTURES = Path(__file__).parents[3] / "fixtures"
PAGES = [
    *(
        path.read_text(encoding="utf-8")
        for path in sorted(FIXTURES.glob("comments/*/page.*"))
        if path.suffix != ".json"
    ),
    *(
        path.read_text(encoding="utf-8")
        for path in sorted(FIXTURES.glob("sites/*/never-let-me-go*/page.*"))
        if path.suffix != ".json"
    ),
]
CLASS = re.compile(r"""(class|id|rel|itemprop)=(["'])([^"']*)\2""")
TAG = re.compile(r"<(/?)(\w+)([^>]*)>")


def damage(body: str, seed: int) -> str:
    """Drop, rename and mix names; lose, double and move tags; cut the page."""
    rng = random.Random(seed)
    names = [match[3] for match in CLASS.finditer(body)] or [""]
    rate = rng.choice((0.02, 0.1, 0.4))

    def rename(match: re.Match[str]) -> str:
        if rng.random() > rate:
            return match[0]
        kind = rng.randrange(3)
        return "" if kind == 0 else f'{match[1]}="{rng.choice(names) if kind == 1 else "x" + str(rng.randrange(9))}"'

    def retag(match: re.Match[str]) -> str:
        if rng.random() > rate / 4:
            return match[0]
        kind = rng.randrange(3)
        return (
            ""
            if kind == 0
            else match[0] * 2
            if kind == 1
            else f"<{match[1]}{rng.choice(('div', 'li', 'ul', 'p', 'b'))}>"
        )

    body = TAG.sub(retag, CLASS.sub(rename, body))
    return body[: rng.randrange(len(body) + 1)] if rng.random() < 0.2 else body


def check(found: Thread) -> None:
    ids = [comment["id"] for comment in found.comments]
    assert len(set(ids)) == len(ids)
    parents = {comment["id"]: comment["parent"] for comment in found.comments}
    for comment in found.comments:
        Comment(**comment)
        assert comment["text"].strip()
        assert comment["parent"] is None or comment["parent"] in parents
        assert not (comment["parent"] and comment["parent_missing"])
        steps = 0
        above = comment["parent"]
        while above is not None:
            steps += 1
            assert steps < MAX_DEPTH
            above = parents[above]
    if found.comments:
        assert found.place is not None
        assert found.place.locator()


@settings(max_examples=400)
@given(st.sampled_from(PAGES), st.integers(0, 2**32))
def test_damaged_pages(body: str, seed: int) -> None:
    check(thread(damage(body, seed), None))


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("1234.)•*- \n\tabAB:,said5 May2012|“”…"), max_size=300))
def test_any_text_below_a_heading(text: str) -> None:
    check(thread(f"A review of a film about stairs.\n\n3 comments\n\n{text}\n", None))
