"""Writes what in docs/ follows from the code (`make docs`): the schemas, the command list, the tree of modules."""

import ast
import re
from pathlib import Path
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from aggregator.cli import build_app
from aggregator.model.schemas import SCHEMAS, schema_text

DOCS = Path(__file__).parent
ROOT = DOCS.parent
PACKAGES = ("aggregator", "spiders", "pipelines")
_BLOCK = "<!-- made by `make docs`: {} -->"
_END = "<!-- end -->"


def generated() -> dict[Path, str]:
    """Every generated file with the text it should have."""
    found = {DOCS / "schemas" / f"{name}.schema.json": schema_text(name) for name in SCHEMAS}
    for name, what, text in (
        ("architecture.md", "modules", modules_text()),
        ("commands.md", "commands", commands_text()),
    ):
        path = DOCS / name
        found[path] = _with_block(path.read_text(encoding="utf-8"), what, text)
    return found


def _with_block(page: str, what: str, text: str) -> str:
    """The page with the lines between its two marks replaced."""
    start = _BLOCK.format(what)
    head, _, rest = page.partition(start + "\n")
    _, _, tail = rest.partition(_END)
    return f"{head}{start}\n{text}{_END}{tail}"


def modules_text() -> str:
    """The tree of packages, each module with the first sentence of its docstring."""
    lines = []
    for package in PACKAGES:
        folder = ""
        for path in sorted((ROOT / package).rglob("*.py"), key=lambda path: (path.parent.parts, path.name)):
            where = path.parent.relative_to(ROOT).as_posix()
            if where != folder:
                folder = where
                lines.append(f"\n`{where}/` {_first_sentence(path.parent / '__init__.py')}\n\n")
            if path.name != "__init__.py":
                lines.append(f"- `{path.name}` {_first_sentence(path)}\n")
    return "".join(lines).lstrip("\n") + "\n"


def _first_sentence(path: Path) -> str:
    if not path.exists():
        return ""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split()).replace("<", "&lt;")


def commands_text() -> str:
    """Every command with what it does, an example and its options."""
    parts = []
    for name, command in get_command(build_app()).commands.items():  # type: ignore[attr-defined]
        if isinstance(command, TyperGroup):
            parts += [_command(f"{name} {inner}", one) for inner, one in command.commands.items()]
        else:
            parts.append(_command(name, command))
    return "\n".join(parts)


def _command(name: str, command: Any) -> str:
    about, _, example = (command.help or "").partition("Example: ")
    lines = [f"## {name}\n", " ".join(about.split()) + "\n", f"```sh\n{example.strip()}\n```\n"]
    for option in command.params:
        if option.name == "help":
            continue
        argument = option.param_type_name == "argument"
        names = (
            (option.metavar or option.name.upper()) if argument else ", ".join([*option.opts, *option.secondary_opts])
        )
        text = re.sub(r"\s+", " ", getattr(option, "help", "") or "")
        lines.append(f"- `{names}` {text}\n" if text else f"- `{names}`\n")
    return lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n" + "".join(lines[3:])


def main() -> None:
    """Write every generated file."""
    for path, text in generated().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
