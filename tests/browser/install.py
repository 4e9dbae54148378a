"""Finds the browser that the tests of the page use; where there is none, installs Debian's, if it can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without its windows: it draws the same, and opens a page in a third of the processor's time."""
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
FONTS = "fonts-noto-cjk"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
"""How it is started: without a sandbox, a GPU or a network."""
SIZE = {"width": 1280, "height": 800}
ADVICE = (
    "The tests of the page need Chromium, Chrome or Edge, and a font with Chinese: "
    f"install them, on Debian with «apt-get install {SHELL} {FONTS}», and run make test again."
)


def find(*, windows: bool = False) -> str | None:
    """The program of a Chromium, Chrome or Edge, where there is one; ``windows``: rather one that people look at."""
    names = (*NAMES, SHELL) if windows else (SHELL, *NAMES)
    found = next(filter(None, map(shutil.which, names)), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


def install() -> bool:
    """Debian's packages by apt, without a question; whether it could be done."""
    if shutil.which("apt-get") is None:
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if root and shutil.which("sudo") is None:
        return False
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "--yes"]

    def done(*command: str) -> bool:
        run = subprocess.run([*apt, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
        return run.returncode == 0

    # Older releases have it as a part of Chromium alone.
    return done("update") and any(
        done("install", "--no-install-recommends", browser, FONTS) for browser in (SHELL, "chromium")
    )


def main() -> int:
    """Say nothing when a browser is there; otherwise bring one, or say in one sentence what to do."""
    if find() is not None:
        return 0
    print("No browser was found; installing Debian's chromium …", file=sys.stderr)
    if install() and find() is not None:
        return 0
    print(ADVICE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
