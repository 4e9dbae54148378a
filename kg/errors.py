"""Every way in which using kg can fail, so that a caller catches one class and the command line exits 1.

::

    KGError
    ├── BadLandscape      the tables have errors; carries the findings; nothing was stored
    ├── UnresolvedName    a name means nothing known, or more than one thing
    ├── BadQuery          SPARQL that can't be read, or can't be answered in the form asked for
    ├── BadParameter      a named question, a parameter or an option is unknown, or does not fit
    ├── StoreMissing      there is no store in that place
    ├── StoreUnreadable   what is in that place is no store, or not one of this version
    ├── StoreBusy         another build is at work on the store
    └── FileFault         a file or folder can't be read or written

Faults in data are findings (:mod:`kg.findings`), all of them, returned; faults in use are these, raised at once.
A message says what is wrong, where, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.findings import Finding


class KGError(Exception):
    """The root; never raised itself."""


class BadLandscape(KGError):
    """The tables have errors; ``findings`` holds all of them, warnings and notes too."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        errors = sum(finding.level == "error" for finding in findings)
        super().__init__(
            f"{errors} error{'s' if errors != 1 else ''} in the tables; nothing was stored. "
            "Mend the cells named above and build again."
        )


class UnresolvedName(KGError):
    """A name means nothing known, or more than one thing."""


class BadQuery(KGError):
    """SPARQL that can't be read, or can't be answered in the form asked for."""


class BadParameter(KGError):
    """A named question, a parameter or an option is unknown, or does not fit."""


class StoreMissing(KGError):
    """There is no store in that place."""


class StoreUnreadable(KGError):
    """What is in that place is no store, or not one of this version."""


class StoreBusy(KGError):
    """Another build is at work on the store."""


class FileFault(KGError):
    """A file or folder can't be read or written."""


def why(fault: OSError | ValueError) -> str:
    """Why a path can't be had, in a few words."""
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)


def known(what: str, value: object, names: Iterable[str]) -> None:
    """Raise :class:`BadParameter` unless a value is one of the names."""
    if value not in (names := list(names)):
        raise BadParameter(f"There is no {what} {value!r}. Name one of {', '.join(names)}.")
