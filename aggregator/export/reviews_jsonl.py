"""reviews.jsonl: one Review a line, its film's id (or null) in front."""

from pathlib import Path

from aggregator.export.films_json import strict_json
from aggregator.export.snapshot import Snapshot


def write(snapshot: Snapshot, folder: Path) -> None:
    """Write reviews.jsonl into `folder`."""
    with (folder / "reviews.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for film_id, review in snapshot.reviews():
            file.write(strict_json({"film_id": film_id, **review}) + "\n")
