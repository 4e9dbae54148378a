"""What a process makes for itself and takes away again, however it ends: folders for a time, and files half written."""

from __future__ import annotations

import os
import signal
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_mine: set[Path] = set()
_settling = threading.Lock()


@contextmanager
def passing(path: Path) -> Iterator[Path]:
    """A file or folder that is gone after the block, unless it is to be kept, and when the process is ended."""
    _mine.add(path)
    try:
        yield path
    finally:
        if path in _mine:
            _remove(path)
            _mine.discard(path)


@contextmanager
def settled(*paths: Path) -> Iterator[None]:
    """Let files and folders last from the block on, into which no signal comes: all or none."""
    with _settling:
        yield
        _mine.difference_update(paths)


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder for the time of the block."""
    with passing(_made()) as path:
        yield path


def lasting_folder() -> Path:
    """A new folder until the process ends, whether by itself (:func:`clear`) or by a signal."""
    path = _made()
    _mine.add(path)
    return path


def _made() -> Path:
    import tempfile  # noqa: PLC0415  it loads much that is needed where a folder is made alone

    return Path(tempfile.mkdtemp(prefix="kg-"))


def clear() -> None:
    """Take away all that is left."""
    for path in list(_mine):
        _remove(path)
        _mine.discard(path)


def write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: what was there stays until the new content is on disk.

    What is no file, such as a device or a pipe, is written to as it is.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    write_all({path: content})


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write several files, and the folders that they lie in, all or none: all are there before one is in its place."""
    with ExitStack() as stack:
        made: dict[Path, Path] = {}
        folders = []
        for path, content in contents.items():
            path = Path(os.path.realpath(path))  # noqa: PLW2901  a link stays one
            missing = [parent for parent in path.parents if not parent.exists()]
            if missing:
                folders.append(stack.enter_context(passing(missing[-1])))
                path.parent.mkdir(parents=True)
            fresh = stack.enter_context(passing(path.with_name(f".{path.name}.{os.getpid()}")))
            with fresh.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                fresh.chmod(stat.S_IMODE(path.stat().st_mode))
            made[fresh] = path
        with settled(*made, *folders):
            for fresh, path in made.items():
                fresh.replace(path)


def clear_when_ended() -> None:
    """From now on let Ctrl-C and SIGTERM clear and end the process at once, even inside an engine.

    A handler of Python's would wait for the engine, and an exception could be lost inside a library; so a thread waits
    for the signals, which nothing else gets.
    """
    if not hasattr(signal, "pthread_sigmask"):
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    number = signal.sigwait(_SIGNALS)
    _settling.acquire()  # for ever: this process ends here
    if _mine:
        # Another process removes it when this one, whose other threads may still write, is no more: it waits for the
        # end of a pipe that this one alone can write to.
        end, _ = os.pipe()
        command = ["sh", "-c", 'read -r _; exec rm -rf -- "$@"', "sh", *map(str, _mine)]
        os.posix_spawnp("sh", command, os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, end, 0)])
    os._exit(128 + number)


def _remove(path: Path) -> None:
    import shutil  # noqa: PLC0415  most commands make nothing that is to be removed

    for _ in range(20):
        # What is still at work may write a file between the last that is gone and its folder.
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(FileNotFoundError, NotADirectoryError):  # it never came to be
                path.unlink()
            return
