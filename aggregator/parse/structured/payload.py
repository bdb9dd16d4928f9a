"""The payload of Nuxt 3: a flat list in which objects name their values by place; here it becomes one tree again."""

from typing import Any

MAX_VALUES = 50_000
"""Values that are put together; what is beyond is left out."""
MAX_DEPTH = 40
_WRAPPERS = frozenset(("Reactive", "ShallowReactive", "Ref", "ShallowRef", "Island", "NuxtError", "Date"))
"""First words of a list that stands for its second value."""


def unflattened(values: list[Any]) -> Any:
    """The value that stands first in a flat list, with all it names; a value that holds itself is cut there.

    Numbers may be written as text, as the reader of JSON gives them. Raises nothing on any list.
    """
    return _Builder(values).value(0, 0) if values else None


class _Builder:
    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._left = MAX_VALUES

    def value(self, place: Any, depth: int) -> Any:
        """What stands at a place; None for one that does not exist, and where too much is nested."""
        self._left -= 1
        index = int(place) if str(place).isdecimal() else -1
        if not 0 <= index < len(self._values) or depth > MAX_DEPTH or self._left <= 0:
            return None
        raw = self._values[index]
        if isinstance(raw, dict):
            return {key: self.value(inner, depth + 1) for key, inner in raw.items()}
        if isinstance(raw, list):
            if len(raw) == 2 and isinstance(raw[0], str) and raw[0] in _WRAPPERS:
                return raw[1] if raw[0] == "Date" else self.value(raw[1], depth + 1)
            return [self.value(inner, depth + 1) for inner in raw]
        return raw
