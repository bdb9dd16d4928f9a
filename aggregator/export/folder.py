"""An export folder appears whole or not at all: written beside its place, brought to disk, then swapped in."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aggregator.errors import ExportError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A new folder to fill, which takes the place of `out` when the block ends without an error.

    After an error `out` is as it was and the new folder is gone. OSErrors become ExportErrors of one line.
    """
    out = Path(os.path.realpath(out))
    new = out.parent / f".{out.name}.new-{os.getpid()}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(new)
        new.mkdir()
        yield new
        _bring_to_disk(new)
        _swap(new, out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExportError(f"{out}: cannot write the export ({reason}); what stood there is untouched") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _clear_leftovers(new: Path) -> None:
    """Remove what killed exports to the same place have left: their process runs no more, or had our number."""
    stem = new.name.rpartition("-")[0]
    for path in new.parent.iterdir():
        name, _, number = path.name.rpartition("-")
        if name == stem and number.isdigit() and (path == new or not _runs(int(number))):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _bring_to_disk(folder: Path) -> None:
    for path in [*sorted(folder.rglob("*")), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _swap(new: Path, out: Path) -> None:
    """Put `new` where `out` is; what was there ends under the name of `new`."""
    if not out.exists():
        new.rename(out)
    elif not _exchange(new, out):
        # no exchange on this system: for a moment nothing stands at `out`
        old = new.with_name(new.name + ".old")
        out.rename(old)
        try:
            new.rename(out)
        except OSError:
            old.rename(out)
            raise
        old.rename(new)
    handle = os.open(out.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step (Linux); false where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = os.fsencode(one), os.fsencode(other)
    return bool(renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
