"""Names of XML elements, of feeds, sitemaps and subscription lists alike."""

from lxml import etree


def local_name(element: etree._Element) -> str:
    """Name without its namespace, "" for a comment; a broken one (":"), which QName refuses, as it stands."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
