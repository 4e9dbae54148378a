"""So that ``python -m kg`` is the same as ``kg``."""

import gc
import os
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
    from kg.cli import main as run  # noqa: PLC0415  after the line above

    run()


def _has_glibc() -> bool:
    with suppress(AttributeError, OSError, ValueError):
        return bool(os.confstr("CS_GNU_LIBC_VERSION"))
    return False


if __name__ == "__main__":
    main()
