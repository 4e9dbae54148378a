"""So that ``python -m kg`` is the same as ``kg``."""

from kg.scratch import clear_when_ended


def main() -> None:
    """Run the command line; Ctrl-C ends it without a word, even while it is loaded."""
    clear_when_ended()
    from kg.cli import main as run  # noqa: PLC0415  after the line above

    run()


if __name__ == "__main__":
    main()
