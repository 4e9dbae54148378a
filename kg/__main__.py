"""So that ``python -m kg`` is the same as ``kg``."""

import os
import signal
from types import FrameType


def main() -> None:
    """Run the command line; Ctrl-C ends it without a word, even while it is loaded."""
    signal.signal(signal.SIGINT, _ended)
    from kg.cli import main as run  # noqa: PLC0415  after the line above

    run()


def _ended(number: int, _: FrameType | None) -> None:
    """End the process by the signal, as if nobody had asked for it; an exception could be lost in a library."""
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


if __name__ == "__main__":
    main()
