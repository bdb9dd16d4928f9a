"""JSON Schemas of the contract, generated from the models; docs/schemas holds them and a test keeps them equal."""

import json
from pathlib import Path

from aggregator.model.base import Record
from aggregator.model.film import Dataset
from aggregator.model.page import ParsedPage
from aggregator.model.review import Review

SCHEMAS: dict[str, type[Record]] = {"page": ParsedPage, "review": Review, "films": Dataset}


def schema_text(name: str) -> str:
    """The JSON Schema of `page`, `review` or `films` as pretty JSON with a final newline."""
    schema = SCHEMAS[name].model_json_schema(mode="serialization")
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> None:
    """Write every schema as `<name>.schema.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        (folder / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")
