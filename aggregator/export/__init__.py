"""Exports: one module a format, each with `write(snapshot, folder)`; a new format is a module and a line in FORMATS."""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aggregator.errors import UsageError
from aggregator.export import csv_tables, films_json, manifest, reviews_jsonl
from aggregator.export.folder import whole_folder
from aggregator.export.snapshot import Snapshot, snapshot_of
from aggregator.store import open_store

FORMATS: dict[str, Callable[[Snapshot, Path], None]] = {
    "json": films_json.write,
    "jsonl": reviews_jsonl.write,
    "csv": csv_tables.write,
}
DEFAULT_FORMATS = ("json", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was exported: files by relative address, and formats kept from an earlier export of the same build."""

    out: Path
    files: tuple[str, ...]
    kept: tuple[str, ...]
    films: int
    reviews: int

    def line(self) -> str:
        """The counts in one line."""
        kept = f"  kept {' '.join(self.kept)}" if self.kept else ""
        return f"films {self.films}  reviews {self.reviews}  files {len(self.files)}{kept}"


def export(
    data_dir: str | Path,
    out: str | Path,
    formats: Sequence[str] = DEFAULT_FORMATS,
    *,
    store: str | None = None,
) -> ExportResult:
    """Write the last build to folder `out`, all of it or nothing.

    `store` is a database URL when the store is not in `data_dir`. An earlier export in `out` is replaced; its
    other formats stay when they are of the same build, else they go. UsageError for an unknown format,
    ExportError when nothing is built or `out` cannot be written or holds other files.
    """
    chosen = _chosen(formats)
    target = Path(out)
    with open_store(store or data_dir, read_only=True) as opened, snapshot_of(opened) as snapshot:
        earlier = manifest.read_manifest(target)
        with whole_folder(target) as folder:
            files: dict[str, list[str]] = {}
            for name in chosen:
                before = set(manifest.files_in(folder))
                FORMATS[name](snapshot, folder)
                files[name] = sorted(set(manifest.files_in(folder)) - before)
            kept = _keep(earlier, target, folder, files, snapshot.generated_from)
            manifest.write_manifest(folder, snapshot.generated_from, files)
        counts = snapshot.generated_from
    every = tuple(sorted(path for paths in files.values() for path in paths))
    return ExportResult(target, every, kept, counts["films"], counts["reviews"])


def _chosen(formats: Sequence[str]) -> list[str]:
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise UsageError(f"no export format {unknown[0]!r}: known are {' '.join(FORMATS)}")
    return list(dict.fromkeys(formats or DEFAULT_FORMATS))


def _keep(
    earlier: dict[str, Any], out: Path, folder: Path, files: dict[str, list[str]], generated_from: dict[str, Any]
) -> tuple[str, ...]:
    """Copy the other formats of an earlier export, so that a folder is always of one build."""
    if earlier.get("generated_from") != generated_from:
        return ()
    kept = []
    for name, entries in earlier["formats"].items():
        clash = name in files or any((folder / path).exists() for path in entries)
        if clash or not all(manifest.still_whole(out, path, entry) for path, entry in entries.items()):
            continue
        for path in entries:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(out / path, folder / path)
        files[name] = sorted(entries)
        kept.append(name)
    return tuple(sorted(kept))
