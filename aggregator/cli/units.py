"""The cron line and the systemd units of a scheduled run."""

import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

NAME = "film-review-aggregator"


def command_line(data: Path, config: Path | None, out: Path | None) -> list[str]:
    """The command that a timer starts, with every path whole: timers have no working folder of ours."""
    words = [sys.executable, "-m", "aggregator", "schedule", "run", "--data", str(data.resolve())]
    beside = config or Path("aggregator.toml")
    if config is not None or beside.is_file():
        words += ["--config", str(beside.resolve())]
    return words + (["--export", str(out.resolve())] if out else [])


def cron_line(command: list[str], every: timedelta) -> str:
    """One line for crontab; it looks hourly when a source is due more than once a day."""
    when = "17 * * * *" if every < timedelta(days=1) else "17 4 * * *"
    # cron takes a bare % for a line break
    return f"{when} {shlex.join(command)}".replace("%", "\\%")


def units(command: list[str], every: timedelta) -> dict[str, str]:
    """File name -> text of a service and a timer; a run that was missed while the machine was off is made up for."""
    quoted = " ".join('"' + _escaped(word) + '"' for word in command)
    service = f"""[Unit]
Description=Crawl film reviews that are due, build and export
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart={quoted}
Nice=10
"""
    timer = f"""[Unit]
Description=Crawl film reviews at fixed times

[Timer]
OnCalendar={"hourly" if every < timedelta(days=1) else "daily"}
RandomizedDelaySec=15min
Persistent=true

[Install]
WantedBy=timers.target
"""
    return {f"{NAME}.service": service, f"{NAME}.timer": timer}


def _escaped(word: str) -> str:
    text = word.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("%", "%%").replace("$", "$$")


def checked(made: Mapping[str, str]) -> str | None:
    """What systemd-analyze says against the units; None when nothing, a note when it is not there."""
    tool = shutil.which("systemd-analyze")
    if tool is None:
        return "systemd-analyze is not here, so the units were not checked"
    with tempfile.TemporaryDirectory() as place:
        paths = [Path(place) / name for name in made]
        for path in paths:
            path.write_text(made[path.name], encoding="utf-8")
        done = subprocess.run(  # noqa: S603 - our own words
            [tool, "verify", "--man=no", *map(str, paths)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        own = [line for line in done.stderr.splitlines() if place in line or NAME in line]
    return f"systemd-analyze: {own[0]}" if own else None
