"""datapackage.json: describes the CSV tables as a Frictionless tabular data package, the ' rule included."""

import hashlib
import json
from pathlib import Path
from typing import Any

from aggregator.export.csv_cells import LIST_SEPARATOR, RULE
from aggregator.export.tables import Column, Table, tables


def write_datapackage(folder: Path) -> None:
    """Write datapackage.json for the tables that stand in `folder`."""
    package = {
        "profile": "tabular-data-package",
        "name": "film-reviews",
        "title": "Film reviews by critics, merged film by film",
        "description": f"{RULE} Lists are joined with {LIST_SEPARATOR!r}.",
        "resources": [_resource(table, folder) for table in tables()],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2, allow_nan=False)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _resource(table: Table, folder: Path) -> dict[str, Any]:
    path = folder / f"{table.name}.csv"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    keys = [column for column in table.columns if column.refers_to]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": "id",
    }
    if keys:
        schema["foreignKeys"] = [
            {
                "fields": column.name,
                # an empty name is the table itself
                "reference": {"resource": column.refers_to if column.refers_to != table.name else "", "fields": "id"},
            }
            for column in keys
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.kind, "description": column.description}
    if column.kind == "list":
        field |= {"type": "string", "description": f"{column.description} Joined with {LIST_SEPARATOR!r}."}
    if column.name == "id":
        field["constraints"] = {"required": True, "unique": True}
    return field
