"""export.json: what an export folder holds, by which a later export knows what it may replace or keep."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aggregator.errors import ExportError

FILE_NAME = "export.json"


def write_manifest(folder: Path, generated_from: Mapping[str, Any], formats: Mapping[str, list[str]]) -> None:
    """Write down which format made which files, with their sizes and digests."""
    entries = {name: {path: _entry(folder / path) for path in sorted(paths)} for name, paths in sorted(formats.items())}
    text = json.dumps({"generated_from": dict(generated_from), "formats": entries}, ensure_ascii=False, indent=1)
    (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def _entry(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def read_manifest(out: Path) -> dict[str, Any]:
    """The manifest of an earlier export; {} when `out` is missing or empty.

    ExportError when the folder holds anything that no export made: it would be lost.
    """
    if not out.exists():
        return {}
    if not out.is_dir():
        raise ExportError(f"{out}: is a file; give a folder for the export")
    found = files_in(out)
    if not found:
        return {}
    foreign = found[0]
    try:
        manifest = json.loads((out / FILE_NAME).read_text(encoding="utf-8"))
        ours = {FILE_NAME} | {path for paths in manifest["formats"].values() for path in paths}
        foreign = next((path for path in found if path not in ours), "")
    except FileNotFoundError:
        manifest = {}
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise ExportError(f"{out / FILE_NAME}: not written by an export; give an empty or new folder") from error
    if foreign:
        raise ExportError(f"{out}: holds {foreign}, which no export wrote; give an empty or new folder")
    return dict(manifest)


def files_in(folder: Path) -> list[str]:
    """Every file (and empty folder) below `folder`, as sorted relative addresses with /."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir() or path.is_symlink() or not any(path.iterdir())
    )


def still_whole(out: Path, path: str, entry: Mapping[str, Any]) -> bool:
    """Whether a file is as the manifest has it."""
    try:
        return _entry(out / path) == dict(entry)
    except OSError:
        return False
