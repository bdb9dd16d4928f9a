"""The CSV tables as data/tables.toml describes them; add columns there."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is a Table Schema type or `list`; `refers_to` is the table whose id it holds."""

    name: str
    kind: str
    description: str
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table: written to NAME.csv."""

    name: str
    description: str
    columns: tuple[Column, ...]

    @property
    def header(self) -> list[str]:
        """Column names in their order."""
        return [column.name for column in self.columns]


@cache
def tables() -> tuple[Table, ...]:
    """Every table, referred-to tables first."""
    text = files("aggregator.export").joinpath("data/tables.toml").read_text(encoding="utf-8")
    return tuple(
        Table(name, entry["description"], tuple(Column(*column) for column in entry["columns"]))
        for name, entry in tomllib.loads(text).items()
    )
