"""aggregator.toml: read, checked with the line of a mistake, written to; a new key is a field of Config or Source."""

import json
import re
import tomllib
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from aggregator.errors import AggregatorError, ConfigError
from aggregator.net.addresses import AddressRefusedError, allow_key, endpoint
from aggregator.score.film import DEFAULT, profile_of
from aggregator.sites import find_profile

FILE_NAME = "aggregator.toml"
_NAMED = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
}
_UNITS = {"h": "hours", "d": "days", "w": "weeks"}

Way = Literal["sitemap", "wordpress", "feed", "links"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Limits(_Table):
    """What ends the crawl of a source: most pages, clicks from the start, pages of one shape that lead nowhere, pages
    in a row without a review; and the least seconds between two requests.
    """

    pages: Annotated[int, Field(ge=1)] | None = None
    depth: Annotated[int, Field(ge=1)] | None = None
    shape: Annotated[int, Field(ge=1)] | None = None
    fruitless: Annotated[int, Field(ge=1)] | None = None
    delay: Annotated[float, Field(ge=0)] | None = None


class Source(_Table):
    """A named place to crawl."""

    name: Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
    start: str
    ways: tuple[Way, ...] = Field(default=(), strict=False)
    limits: Limits = Limits()
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None
    schedule: str | None = None
    profile: str | None = None

    @field_validator("start")
    @classmethod
    def _an_address(cls, text: str) -> str:
        try:
            endpoint(text)
        except AddressRefusedError as error:
            raise ValueError(f"{error}; give an http(s) address") from error
        return text

    @field_validator("schedule")
    @classmethod
    def _a_schedule(cls, text: str | None) -> str | None:
        if text is not None:
            interval(text)
        return text

    @field_validator("profile")
    @classmethod
    def _a_profile(cls, text: str | None, info: ValidationInfo) -> str | None:
        named = text if text is None or not text.endswith(".toml") else _beside(text, info)
        try:
            find_profile(None, named)
        except AggregatorError as error:
            raise ValueError(str(error)) from error
        return named


class Config(_Table):
    """The whole file; every key can also be given as an option, which then wins. Paths are relative to the file."""

    store: str | None = None
    archive: str | None = None
    contact: str = ""
    user_agent: Annotated[str, Field(pattern=r"^[A-Za-z_-]+$")] | None = None
    delay: Annotated[float, Field(ge=0)] | None = None
    jobs: Annotated[int, Field(ge=1)] = 1
    score: str | None = None
    allow: tuple[str, ...] = Field(default=(), strict=False)
    source: tuple[Source, ...] = Field(default=(), strict=False)

    @field_validator("score")
    @classmethod
    def _a_score(cls, text: str | None) -> str | None:
        try:
            profile_of(text or DEFAULT)
        except AggregatorError as error:
            raise ValueError(str(error)) from error
        return text

    @field_validator("allow")
    @classmethod
    def _endpoints(cls, entries: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return tuple(allow_key(entry) for entry in entries)
        except AggregatorError as error:
            raise ValueError(str(error)) from error

    @field_validator("archive", "store")
    @classmethod
    def _a_place(cls, text: str | None, info: ValidationInfo) -> str | None:
        return text if text is None or "://" in text else _beside(text, info)

    def named(self, name: str) -> Source | None:
        """The source of that name, or None."""
        return next((source for source in self.source if source.name == name), None)

    def readings(self) -> dict[str, dict[str, str]]:
        """Source -> `profile` and `language` its pages are read with, as far as configured."""
        told = {one.name: {"profile": one.profile, "language": one.language} for one in self.source}
        kept = {name: {key: value for key, value in pair.items() if value} for name, pair in told.items()}
        return {name: pair for name, pair in kept.items() if pair}


def _beside(text: str, info: ValidationInfo) -> str:
    """A path as seen from the file that names it, whole: timers start us in other folders."""
    return str(((info.context or Path()) / text).resolve())


def interval(text: str) -> timedelta:
    """How long to wait between two crawls: hourly, daily, weekly, monthly, or 6h, 3d, 2w. Raises ValueError."""
    if text in _NAMED:
        return _NAMED[text]
    found = re.fullmatch(r"([1-9]\d{0,3})([hdw])", text)
    if found is None:
        raise ValueError(f"schedule {text!r}: give hourly, daily, weekly, monthly, or a span like 6h, 3d, 2w")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def config_path(data: Path, given: Path | None = None) -> Path:
    """The file that is read: the one given, else the one beside us, else the one in the data folder."""
    if given is not None:
        return given
    here = Path(FILE_NAME)
    return here if here.is_file() or not (data / FILE_NAME).is_file() else data / FILE_NAME


def read_config(data: Path, given: Path | None = None) -> Config:
    """The configuration; an empty one when there is none and none was named.

    Raises ConfigError with file, line and key of the first mistake, and what would be right.
    """
    path = config_path(data, given)
    if not path.is_file():
        if given is not None:
            raise ConfigError(f"{given}: no such file; write it, or leave --config out")
        return Config()
    try:
        return parse_config(path.read_text(encoding="utf-8"), path)
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error


def parse_config(text: str, origin: str | Path) -> Config:
    """The configuration in `text`, as if written in the file `origin`."""
    try:
        config = Config.model_validate(tomllib.loads(text), context=Path(origin).parent)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{origin}: {error}; mend the TOML") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = [part for part in first["loc"] if not (isinstance(part, str) and part.startswith("function-"))]
        raise ConfigError(f"{origin}, line {line_of(text, place)}: {_spoken(place)}: {_reason(first)}") from error
    names = [source.name for source in config.source]
    for at, name in enumerate(names):
        if name in names[:at]:
            line = line_of(text, ["source", at, "name"])
            raise ConfigError(f"{origin}, line {line}: source.name: two sources are named {name}; rename one")
    return config


def _spoken(place: Sequence[Any]) -> str:
    return ".".join(str(part) for part in place if isinstance(part, str)) or "the file"


def _reason(error: Any) -> str:
    if error["type"] == "extra_forbidden":
        return "no such key; see docs/crawl.md for those there are"
    if error["type"] == "missing":
        return "is missing; add it"
    return f"{error['msg'].removeprefix('Value error, ')}, not {str(error['input'])[:60]!r}"


def line_of(text: str, place: Sequence[Any]) -> int:
    """The line (from 1) on which the value at `place`, such as ("source", 1, "start"), is written, as near as can be
    told: of its key, else of its table.
    """
    lines = text.splitlines()
    start, end = 0, len(lines)
    if len(place) > 1 and isinstance(place[1], int):
        heads = [at for at, line in enumerate(lines) if re.match(r"\s*\[\[\s*source\s*\]\]", line)]
        if place[1] < len(heads):
            start = heads[place[1]]
            end = heads[place[1] + 1] if place[1] + 1 < len(heads) else len(lines)
    keys = [part for part in place if isinstance(part, str)]
    for key in reversed(keys):
        for at in range(start, end):
            if re.match(rf"\s*(?:\[+\s*)?(?:[\w.]+\.)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\])", lines[at]):
                return at + 1
    return start + 1


def with_source(text: str, source: Source) -> str:
    """The file's text with one more source at its end."""
    told = source.model_dump(exclude_defaults=True)
    limits = told.pop("limits", {})
    rows = [f"{key} = {_toml(value)}" for key, value in told.items()]
    rows += [f"limits.{key} = {_toml(value)}" for key, value in limits.items() if value is not None]
    body = "\n".join(["[[source]]", *rows])
    return f"{text.rstrip()}\n\n{body}\n".lstrip("\n")


def _toml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_toml(one) for one in value)}]"
    # JSON strings and numbers are TOML, with the one exception of DEL
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def without_source(text: str, name: str, origin: str | Path) -> str:
    """The file's text without a source. Raises ConfigError when it is not written as a table of its own."""
    before = parse_config(text, origin)
    number = [source.name for source in before.source].index(name)
    lines = text.splitlines(keepends=True)
    heads = [at for at, line in enumerate(lines) if re.match(r"\s*\[", line)]
    own = [at for at in heads if re.match(r"\s*\[\[\s*source\s*\]\]", lines[at])]
    wrong = ConfigError(f"{origin}: cannot tell which lines are {name}; take it out by hand")
    if number >= len(own):
        raise wrong
    following = [at for at in heads if at > own[number] and not re.match(r"\s*\[\s*source\s*\.", lines[at])]
    end = following[0] if following else len(lines)
    changed = "".join(lines[: own[number]] + lines[end:])
    kept = tuple(source for source in before.source if source.name != name)
    if parse_config(changed, origin).source != kept:
        raise wrong
    return changed


def write_config(path: Path, text: str) -> None:
    """Put the text in place of the file, whole or not at all."""
    parse_config(text, path)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
