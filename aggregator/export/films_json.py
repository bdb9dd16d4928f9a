"""films.json: {schema_version, generated_from, films}, one film a line so that differences are readable."""

import json
from pathlib import Path
from typing import Any

from aggregator.export.snapshot import Snapshot
from aggregator.model import SCHEMA_VERSION


def strict_json(value: Any) -> str:
    """JSON in one line, in the order of its keys; ValueError for NaN and infinities."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def write(snapshot: Snapshot, folder: Path) -> None:
    """Write films.json into `folder`."""
    with (folder / "films.json").open("w", encoding="utf-8", newline="\n") as file:
        head = strict_json(snapshot.generated_from)
        file.write(f'{{"schema_version":{SCHEMA_VERSION},"generated_from":{head},"films":[')
        for place, film in enumerate(snapshot.films()):
            file.write(",\n" if place else "\n")
            file.write(strict_json(film))
        file.write("\n]}\n")
