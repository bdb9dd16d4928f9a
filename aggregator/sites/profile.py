"""What is special about one site or one family of sites: data, no code; see docs/add-a-source.md."""

from typing import Literal

from pydantic import Field

from aggregator.model.base import Record


class Scale(Record):
    """The house scale of a site: ratings without a printed scale are out of `best`."""

    best: float = Field(gt=0)
    worst: float | None = None
    unit: str | None = None


class Profile(Record):
    """One site profile, a TOML file in sites/data or named by the user.

    `hosts` are host names it applies to by itself (a leading `*.` matches any sub-domain); `select` gives CSS
    selectors for fields whose place is known, read before everything else; `hook` is `module:function`.
    """

    name: str
    hosts: list[str] = []
    language: str | None = None
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    outlet: str | None = None
    critic: str | None = None
    scale: Scale | None = None
    select: dict[str, str] = {}
    hook: str | None = None
