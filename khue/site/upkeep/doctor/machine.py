"""What the machine offers: space, programs, fonts, versions."""

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from khue import __version__
from khue.site.upkeep.doctor.finding import Finding

LEAST, LOW = 1, 5
"""Gigabytes of free space: below the first work stops, below the second it soon will."""
WORD_FONTS = ("Times New Roman", "Liberation Serif", "Tinos")
"""Fonts of the width that Decree 30/2020 asks for."""
CHART_FONT = "DejaVu Sans"
PARTS = ("tabler/css/tabler.min.css", "htmx/htmx.min.js", "be-vietnam-pro/400.css")


def versions() -> Iterator[Finding]:
    """The releases in use, and a Python that is too old."""
    facts = {"khue": __version__, "python": platform.python_version(), "django": django.get_version()}
    sentence = _("Khuê %(khue)s, Python %(python)s, Django %(django)s.")
    yield Finding("good" if sys.version_info >= (3, 11) else "bad", _("Versions"), sentence % facts)


def space() -> Iterator[Finding]:
    """Free space where the data lie."""
    place = next(folder for folder in (settings.VAR, *settings.VAR.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 10**9
    facts = {"folder": settings.VAR, "free": f"{free:.1f}".replace(".", ",")}
    if free < LOW:
        sentence = _("Only %(free)s GB are left for %(folder)s: free some space or move it to a larger disk.")
        yield Finding("bad" if free < LEAST else "minor", _("Space"), sentence % facts)
    else:
        yield Finding("good", _("Space"), _("%(free)s GB are free for %(folder)s.") % facts)


def fonts() -> Iterator[Finding]:
    """Parts of the pages, and a font for Word documents that are turned into pictures or PDF here."""
    missing = [part for part in PARTS if finders.find(part) is None]
    if missing:
        sentence = _("Parts of the pages are missing (%(parts)s): run `make setup`.")
        yield Finding("bad", _("Page parts"), sentence % {"parts": ", ".join(missing)})
    else:
        yield Finding("good", _("Page parts"), _("Style, script and font of the pages are there."))
    listed = said_by("fc-list", ":", "family")
    if CHART_FONT not in listed:
        sentence = _("Charts in Word documents may lose Vietnamese letters: run `apt-get install fonts-dejavu-core`.")
        yield Finding("minor", _("Fonts"), sentence)
    found = next((font for font in WORD_FONTS if font in listed), None)
    if found:
        yield Finding("good", _("Fonts"), _("%(font)s is there for documents.") % {"font": found})
    else:
        sentence = _("No font of the kind Times New Roman is installed: run `apt-get install fonts-liberation`.")
        yield Finding("minor", _("Fonts"), sentence)


def programs() -> Iterator[Finding]:
    """Programs that read scanned pages and old Word files; without them such files are refused."""
    if "vie" in said_by("tesseract", "--list-langs").split():
        yield Finding("good", "Tesseract", _("Scanned pages can be read."))
    else:
        sentence = _(
            "Scanned pages cannot be read: run `apt-get install tesseract-ocr tesseract-ocr-vie` "
            "(macOS: `brew install tesseract tesseract-lang`)."
        )
        yield Finding("minor", "Tesseract", sentence)
    if shutil.which("soffice") or shutil.which("libreoffice"):
        yield Finding("good", "LibreOffice", _("Old Word files (.doc) can be read."))
    else:
        sentence = _(
            "Old Word files (.doc) cannot be read: run `apt-get install libreoffice-writer-nogui` "
            "(macOS: `brew install --cask libreoffice`)."
        )
        yield Finding("minor", "LibreOffice", sentence)


def said_by(program: str, *arguments: str) -> str:
    """What a program prints; nothing where it is not installed or fails."""
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        done = subprocess.run([Path(path), *arguments], capture_output=True, text=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
