"""One run at a time on a data folder: a lock that the operating system lets go when its process dies."""

import os
from pathlib import Path
from typing import IO, ClassVar, Self

from aggregator.errors import StoreError

LOCK_NAME = "lock"


class FolderLock:
    """Holds the data folder for this process; holding it twice in one process is one lock.

    The file `lock` names the process that holds the folder. A file left by a killed process holds nobody up:
    what counts is the system's own lock on it, which ends with the process.
    """

    _held: ClassVar[dict[Path, tuple[IO[str], int]]] = {}

    def __init__(self, folder: Path, name: str = LOCK_NAME) -> None:
        self._path = folder.resolve() / name

    def acquire(self) -> None:
        """Take the lock. Raises StoreError, naming the process, when another run holds the folder."""
        held = self._held.get(self._path)
        if held is not None:
            self._held[self._path] = (held[0], held[1] + 1)
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.open("a+", encoding="ascii", errors="replace")
        except OSError as error:
            raise StoreError(
                f"{self._path.parent}: cannot be written ({error.strerror}); give another --data"
            ) from error
        if not _lock(file):
            file.seek(0)
            owner = file.read(20).strip() or "unknown"
            file.close()
            raise StoreError(
                f"{self._path.parent} is in use by another run (process {owner}); wait for it or give another --data"
            )
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._held[self._path] = (file, 1)

    @property
    def descriptor(self) -> int:
        """The open file's number; a process that gets a duplicate of it holds the lock as well, until it ends."""
        return self._held[self._path][0].fileno()

    def release(self) -> None:
        """Let go; the last release of the process frees the folder."""
        held = self._held.get(self._path)
        if held is None:
            return
        file, times = held
        if times > 1:
            self._held[self._path] = (file, times - 1)
            return
        del self._held[self._path]
        file.truncate(0)
        file.close()  # closing ends the system's lock

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _lock(file: IO[str]) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(4096)  # far from the text, which others must be able to read
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
