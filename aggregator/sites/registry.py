"""Finds the profile of a page: by the name the user gave, else by its host."""

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from aggregator.errors import ConfigError, UsageError
from aggregator.sites.profile import Profile


def load_profile(text: str, origin: str) -> Profile:
    """A profile from TOML text; ConfigError names `origin` and the key that is wrong."""
    try:
        return Profile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{origin}: {error}; mend the TOML") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{origin}: {where}: {first['msg']}; mend that key") from error


@cache
def shipped() -> dict[str, Profile]:
    """The profiles that come with the package, by name."""
    folder = resources.files("aggregator.sites").joinpath("data")
    found = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            profile = load_profile(path.read_text(encoding="utf-8"), path.name)
            found[profile.name] = profile
    return found


def find_profile(url: str | None, name: str | None = None) -> Profile | None:
    """The profile called `name` (shipped, or a path to a .toml file), else the shipped one for the page's host.

    Raises UsageError when a name is given and no such profile exists.
    """
    if name is not None:
        if name in shipped():
            return shipped()[name]
        path = Path(name)
        if path.suffix == ".toml" and path.is_file():
            return load_profile(path.read_text(encoding="utf-8"), name)
        known = ", ".join(shipped()) or "none"
        raise UsageError(f"--profile {name}: no such site profile; shipped are: {known}; or name a .toml file")
    try:
        host = (urlsplit(url or "").hostname or "").lower()
    except ValueError:
        return None  # "http://[::1" is no address
    return next((profile for profile in shipped().values() if _applies(profile, host)), None) if host else None


def _applies(profile: Profile, host: str) -> bool:
    return any(host == wanted or (wanted.startswith("*.") and host.endswith(wanted[1:])) for wanted in profile.hosts)
