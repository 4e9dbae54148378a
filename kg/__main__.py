"""So that ``python -m kg`` is the same as ``kg``."""

import atexit
import gc
import os
import sys
from contextlib import suppress

from kg.scratch import clear_when_ended

SELDOM = 50_000
"""How many more things there are before what went is looked for: what is loaded once at the start makes thousands."""


def main() -> None:
    """Run the command line; Ctrl-C ends it without a word, even while it is loaded."""
    gc.set_threshold(SELDOM)
    # Whoever loads numpy starts its threads, which wait busily, and multiplies nothing so large that they would help.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # polars' allocator else keeps what is no longer needed for ten seconds, and of a thread that rests until it works.
    swept = "background_thread:true," if _has_glibc() else ""  # beside other C libraries it can't have such a thread
    os.environ.setdefault("_RJEM_MALLOC_CONF", f"{swept}dirty_decay_ms:1000,muzzy_decay_ms:0")
    clear_when_ended()
    status = 1
    atexit.register(lambda: _end(status))  # what is registered first is called last
    from kg.cli import main as run  # noqa: PLC0415  after the lines above

    try:
        run()
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        raise


def _end(status: int) -> None:
    """End the process as it stands: taking libraries and tables apart, as Python does, takes as long as some commands.

    Where what was written can't go out, Python ends it, and tells so.
    """
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # one may be closed, or not be there
        return
    os._exit(status)


def _has_glibc() -> bool:
    with suppress(AttributeError, OSError, ValueError):
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    return False


if __name__ == "__main__":
    main()
