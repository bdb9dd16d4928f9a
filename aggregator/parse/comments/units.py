"""How unknown comments stand to each other in the tree: what holds each, and which stands inside which."""

from aggregator.parse.blocks import Block, Element, within


class Units:
    """The elements that hold the comments whose head lines stand in `nodes`; `lines` are each one's further lines."""

    def __init__(self, nodes: list[Element | None], lines: list[list[Block]]) -> None:
        self._paths = [_path(node) for node in nodes]
        self._lines = lines
        self._common = _common(self._paths)
        if len(nodes) == 1:
            self._widen()
        elif self._nested():
            self._common -= 1
        held = sum(self._holds(index) for index in range(len(nodes)))
        self._contained = 2 * held >= sum(map(bool, lines)) and held > 0
        self._one_element = len(nodes) > 1 and all(
            path and all(line.node is path[-1] for line in own)
            for path, own in zip(self._paths[:-1], lines[:-1], strict=True)
        )

    def _widen(self) -> None:
        """A single head is held by the nearest element that holds more than it."""
        path, lines = self._paths[0], self._lines[0]
        while self._common > 1 and not any(within(line.node, path[self._common - 1]) for line in lines):
            self._common -= 1

    def _nested(self) -> bool:
        """Whether all comments stand inside the first one: what they share is then that comment's own element."""
        first, lines = self._paths[0], self._lines[0]
        if self._common < 2 or not lines or self._holds(0):
            return False
        if not any(self._holds(index) for index in range(1, len(self._paths))):
            return False
        own, around = first[self._common - 1], first[self._common - 2]
        deeper = all(len(path) > len(first) for path in self._paths[1:])
        return deeper and any(within(line.node, own) for line in lines) and around.tag not in ("body", "html")

    def _holds(self, index: int) -> bool:
        unit = self._branch(index)
        return unit is not None and any(within(line.node, unit) for line in self._lines[index])

    def _branch(self, index: int) -> Element | None:
        """The element below the common one in which a head stands; None for the head's own element."""
        path = self._paths[index]
        return path[self._common] if len(path) > self._common + 1 else None

    def unit(self, index: int) -> Element | None:
        """The element that holds one comment and its replies; None where comments are lines side by side."""
        return self._branch(index) if self._contained else None

    def own_lines(self, index: int) -> list[Block]:
        """The lines of a comment that stand in what holds it, or all comments."""
        path = self._paths[index]
        if not path:
            return self._lines[index]
        if self._one_element and len(self._lines[index]) > 0 and any(self._lines[:-1]):
            # a paragraph each, lines parted by <br>
            return [line for line in self._lines[index] if line.node is path[-1]]
        unit = self.unit(index)
        holder = unit if unit is not None else path[max(0, self._common - 1)]
        return [line for line in self._lines[index] if within(line.node, holder)]

    def parents(self) -> list[int | None]:
        """For each comment the index of the one it stands inside of."""
        parents: list[int | None] = []
        open_heads: list[int] = []
        for index, path in enumerate(self._paths):
            while open_heads and len(self._paths[open_heads[-1]]) >= len(path):
                open_heads.pop()
            inside = bool(open_heads) and _common([self._paths[open_heads[-1]], path]) > self._common
            parents.append(open_heads[-1] if inside else None)
            open_heads.append(index)
        return parents


def _path(node: Element | None) -> list[Element]:
    """The elements from the root down to `node`."""
    return [*reversed(list(node.iterancestors())), node] if node is not None else []


def _common(paths: list[list[Element]]) -> int:
    """How many elements all paths begin with, never the last of a path."""
    shortest = min((len(path) for path in paths), default=1) - 1
    depth = 0
    while depth < shortest and all(path[depth] is paths[0][depth] for path in paths):
        depth += 1
    return depth
