"""Subscriptions of a feed reader (OPML) as sources."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from pydantic import ValidationError

from aggregator.config import Source
from aggregator.errors import UnreadableInputError, UsageError
from aggregator.net.addresses import AddressRefusedError
from aggregator.notation.xml_names import local_name
from spiders.targets import source_name


def read_opml(path: Path, schedule: str | None = None) -> list[Source]:
    """The subscriptions of an OPML file, each once, in its order: the site where it is named, else the feed.

    Raises UsageError for a missing file, UnreadableInputError for one that is no OPML or names nothing.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}; check the path") from error
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or local_name(root).lower() != "opml":
        raise UnreadableInputError(f"{path}: not an OPML file; export the subscriptions of a feed reader as OPML")
    found: dict[str, Source] = {}
    for source in _sources(root, schedule):
        found.setdefault(source.name, source)
    if not found:
        raise UnreadableInputError(f"{path}: no subscription with an http(s) address inside")
    return list(found.values())


def _sources(root: etree._Element, schedule: str | None) -> Iterator[Source]:
    for outline in root.iter("{*}outline", "outline"):
        told = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        site, feed = told.get("htmlurl", "").strip(), told.get("xmlurl", "").strip()
        start = site or feed
        try:
            if start:
                name = re.sub(r"[\s/]+", "-", source_name(start))
                yield Source(name=name, start=start, ways=() if site else ("feed",), schedule=schedule)
        except (AddressRefusedError, ValidationError):
            continue  # a subscription of another kind (a file, a news group)
