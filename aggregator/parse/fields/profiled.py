"""What a site profile tells: values at known places (`select`), and candidates of a hook written for one site."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import Any

from cssselect import GenericTranslator, SelectorError
from lxml import etree

from aggregator.errors import ConfigError
from aggregator.notation import parse_date, parse_rating, parse_title
from aggregator.parse.blocks import Element
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.reading import Reading

RULE = "profile.select"
FIELDS = ("title", "original_title", "year", "rating", "critics", "published", "headline")
"""Fields a profile may select."""
Hook = Callable[[Reading], Iterable[Candidate]]


def read(reading: Reading) -> Iterator[Candidate]:
    """Candidates from the profile of the page's site, if it has one; ConfigError when it cannot be followed."""
    profile = reading.profile
    if profile is None:
        return
    for field, selector in profile.select.items():
        yield from _selected(reading, field, selector)
    if profile.hook:
        yield from hook(profile.hook)(reading)


def _selected(reading: Reading, field: str, selector: str) -> Iterator[Candidate]:
    if field not in FIELDS:
        raise ConfigError(
            f"site profile: select.{field} is no field that can be selected; known are {', '.join(FIELDS)}"
        )
    root = reading.doc.root
    if root is None:
        return
    values: list[tuple[Any, Element, str]] = []
    found = _xpath(selector)(root)
    for node in found if isinstance(found, list) else []:
        if not isinstance(node, etree._Element):  # noqa: SLF001 - the only name lxml gives its element type
            continue
        text = " ".join("".join(map(str, node.itertext())).split()) or str(node.get("content") or node.get("alt") or "")
        value = _value(reading, field, text) if text else None
        if value is not None:
            values.append((value, node, text))
    if field == "critics" and values:
        yield Candidate(field, tuple(value for value, _, _ in values), RULE, Place(values[0][1]), values[0][2])
    elif values:
        yield Candidate(field, values[0][0], RULE, Place(values[0][1]), values[0][2])


def _value(reading: Reading, field: str, text: str) -> Any:
    """The selected text as the field's value; None when it does not read as one."""
    if field in ("title", "original_title"):
        title = parse_title(text, reading.hint_for("title"))
        return title.title if title else None
    if field == "year":
        year = re.search(r"\b(?:18[89]|19\d|20\d)\d\b", text)
        return int(year[0]) if year else None
    if field == "rating":
        return parse_rating(text, reading.hint_for("rating"))
    if field == "published":
        return parse_date(text, reading.hint)
    return text


@cache
def _xpath(selector: str) -> etree.XPath:
    try:
        return etree.XPath(GenericTranslator().css_to_xpath(selector))
    except SelectorError as error:
        raise ConfigError(f"site profile: {selector!r} is no CSS selector ({error}); mend it") from error


@cache
def hook(name: str) -> Hook:
    """The function `module:function` of a profile; ConfigError when there is none."""
    module, _, function = name.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigError(f"site profile: hook {name!r} not found ({error}); name it as module:function") from error
    if not callable(found):
        raise ConfigError(f"site profile: hook {name!r} is no function; name it as module:function")
    return found  # type: ignore[no-any-return]
