"""Finds the browser that the tests of the page use; where there is none, installs Debian's, if it can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
PACKAGES = ("chromium", "fonts-noto-cjk")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP * ~NOTFOUND",
]  # fmt: skip
"""How it is started: without a sandbox, a GPU or a network."""
SIZE = {"width": 1280, "height": 800}
ADVICE = (
    "The tests of the page need Chromium, Chrome or Edge, and a font with Chinese: "
    "install them, on Debian with «apt-get install chromium fonts-noto-cjk», and run make test again."
)


def find() -> str | None:
    """The program of a Chromium, Chrome or Edge, where there is one."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


def install() -> bool:
    """Debian's packages by apt, without a question; whether it could be done."""
    if shutil.which("apt-get") is None:
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if root and shutil.which("sudo") is None:
        return False
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2", "--yes"]
    for command in (["update"], ["install", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run([*apt, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            return False
    return True


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
