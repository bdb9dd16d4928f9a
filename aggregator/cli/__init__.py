"""The command line: one module a command, assembled here; a new command is a function and a line in COMMANDS."""

import os
import sys
from importlib import import_module

import typer

from aggregator.errors import AggregatorError

COMMANDS: dict[str, str] = {
    "crawl": "crawl:crawl",
    "source": "source:app",
    "schedule": "schedule:app",
    "parse": "parse:parse",
    "explain": "explain:explain",
    "reparse": "reparse:reparse",
    "import": "imports:import_pages",
    "build": "build:build",
    "export": "export:export",
    "evaluate": "evaluate:app",
    "verify": "verify:verify",
    "status": "status:status",
    "films": "films:films",
    "film": "film:film",
    "critics": "critics:critics",
    "catalogue": "catalogue:app",
    "decide": "decide:decide",
    "why": "why:why",
    "store": "store:app",
    "demo": "demo:demo",
}
"""Command name -> module:function (or module:app for a group of commands)."""


def build_app() -> typer.Typer:
    """The whole command line as a typer application."""
    app = typer.Typer(
        name="aggregator",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Turn critics' sites and blogs into one honest, deduplicated per-film dataset.",
    )
    app.callback()(_options)
    for name, target in COMMANDS.items():
        module_name, attribute = target.split(":")
        thing = getattr(import_module(f"aggregator.cli.{module_name}"), attribute)
        if isinstance(thing, typer.Typer):
            app.add_typer(thing, name=name)
        else:
            app.command(name)(thing)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        from aggregator import __version__

        typer.echo(f"aggregator {__version__}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", help="Print the version and stop.", is_eager=True, callback=_show_version
    ),
) -> None:
    pass


def main() -> None:
    """Entry point of the `aggregator` command: errors a user can mend are one line, never a traceback."""
    try:
        build_app()()
    except AggregatorError as error:
        typer.echo(f"aggregator: {' '.join(str(error).split())}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # the reader of our output has gone; nothing is left to say to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
