"""A candidate value and the place it stood; fields yield these, `rank` chooses."""

import re
from dataclasses import dataclass
from dataclasses import field as _field
from typing import Any, NamedTuple

from aggregator.parse.blocks import Element

_COLON = re.compile(r"(?<=/)([^/\[\]]*:[^/\[\]]*)")


class Place(NamedTuple):
    """Where a text stood: a node of the page's tree, a line of a text file, or a JSON pointer.

    `start` and `end` are a span of the node's own running text; `fixed` is a ready locator.
    """

    node: Element | None = None
    start: int | None = None
    end: int | None = None
    fixed: str | None = None

    def locator(self) -> str:
        """The locator of the contract; building an xpath is costly, so it is done for values that are shown."""
        if self.fixed is not None:
            return self.fixed
        if self.node is None:
            return "page"
        path = self.node.getroottree().getpath(self.node)
        if ":" in path:
            # an element of Word's such as `o:p` has a colon in its name, which an xpath takes for a namespace
            path = _COLON.sub(r"*[name()='\1']", path)
        return path if self.start is None else f"{path} text:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value of a field with its proof.

    `rule` names a row of the tier table in `rank`; `value` is what the contract's field would hold.
    """

    field: str
    value: Any
    rule: str
    place: Place
    raw: str
    group: int = 0
    """Which review of the page it belongs to (0 unless a round-up)."""
    extra: dict[str, Any] = _field(default_factory=dict)
    """Values that stand and fall with this one (a title's year, a rating's scale)."""
