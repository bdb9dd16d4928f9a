"""How a value becomes a CSV cell that no spreadsheet runs, and how the text is had back."""

from typing import Any

from aggregator.errors import ExportError

RUN_BY_SPREADSHEETS = "=+-@\t\r＝＋－＠"
"""First characters that make a text cell a formula (the wide ones in East Asian settings)."""

RULE = (
    "A text cell that begins with one of = + - @ tab or carriage return (also the full-width forms), which a "
    "spreadsheet would run as a formula, has a ' in front; so has a text that begins with ' and one of these or "
    "another '. To get the text back, take one ' off a cell in which ' is followed by one of these characters or by '. "
    "Numbers, such as -1, are written as they are."
)

LIST_SEPARATOR = " | "


def cell(value: Any) -> str:
    """A value as the text of a cell: null is empty, numbers and truth values as in JSON, lists joined."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124  only NaN differs from itself
            raise ExportError(f"{value} is not a number that a table can hold; this is a fault of the build")
        return repr(value)
    if isinstance(value, list | tuple):
        return guarded(LIST_SEPARATOR.join(str(item) for item in value))
    return guarded(str(value))


def guarded(text: str) -> str:
    """`text` with a ' in front where a spreadsheet, or `original`, would take it for something else."""
    runs = text != "" and text[0] in RUN_BY_SPREADSHEETS
    return f"'{text}" if runs or _looks_guarded(text) else text


def original(text: str) -> str:
    """The text of a cell before the rule was applied; the inverse of `guarded`."""
    return text[1:] if _looks_guarded(text) else text


def _looks_guarded(text: str) -> bool:
    return len(text) > 1 and text[0] == "'" and text[1] in RUN_BY_SPREADSHEETS + "'"
