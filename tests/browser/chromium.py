"""Where Chromium is on this machine, and how the tests start it."""

import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
SIZES = {"desk": (1366, 768), "phone": (360, 740)}
"""The office machine and the phone that every page must suit."""
LOOKS = [("desk", "light"), ("phone", "dark")]
"""Where many pages are gone through: each size and each theme once. Sizes decide what fits, themes what contrasts."""


def executable() -> str | None:
    """The path of Chromium, or None where there is none."""
    found = (shutil.which(name) for name in NAMES)
    usual = "/usr/bin/chromium"
    return next((path for path in found if path), usual if Path(usual).exists() else None)
