"""Adds decisions to decisions.toml, at its end and whole or not at all; what people wrote there stays as it is."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aggregator.errors import ConfigError
from aggregator.resolve.decisions import FILE_NAME, read_decisions


def append_decision(
    folder: Path,
    kind: str,
    reviews: Sequence[str],
    *,
    why: str | None = None,
    by: str | None = None,
    seen: Mapping[str, str] | None = None,
) -> None:
    """Write a [[same]] or [[different]] behind all others; ConfigError when the file is not sound before or after."""
    path = folder / FILE_NAME
    read_decisions(path)
    lines = [f"[[{kind}]]", f"reviews = [{', '.join(map(toml_text, reviews))}]"]
    lines += [f"{key} = {toml_text(value)}" for key, value in (("why", why), ("by", by)) if value]
    lines.append(f"on = {toml_text(datetime.now(UTC).date().isoformat())}")
    if seen:
        held = ", ".join(f"{toml_text(name)} = {toml_text(mark)}" for name, mark in seen.items())
        lines.append(f"seen = {{ {held} }}")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "" if not before else "\n" if before.endswith("\n") else "\n\n"
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as file:
            file.write(before + gap + "\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        read_decisions(fresh)
        fresh.replace(path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written ({error.strerror}); the decision is not kept") from error


def toml_text(text: str) -> str:
    """`text` as a TOML string: as JSON writes it, and without the one control character that JSON leaves."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def name_of(review: Mapping[str, Any], reviews: Mapping[str, Mapping[str, Any]]) -> str:
    """How a decision names a review: by its address, or by its id where the page holds several."""
    url = review.get("url")
    alone = url and sum(1 for other in reviews.values() if other.get("url") == url) == 1
    return str(url) if alone else str(review["id"])
