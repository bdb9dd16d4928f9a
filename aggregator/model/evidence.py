"""Where a value comes from: the rule that read it, the place it stood, the text it was read from."""

from aggregator.model.base import Record


class Evidence(Record):
    """Proof of one value.

    `locator` is an xpath in the page's own tree, optionally followed by ` text:START-END` (a span of that
    element's text), `jsonld:BLOCK#POINTER`, `text:LINE` for plain text, or `url`.
    """

    rule: str
    locator: str
    raw: str
    tier: str
