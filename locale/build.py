"""Builds `locale/vi/LC_MESSAGES/django.po` and `.mo` out of the catalogue parts, one part an app."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

LOCALE = Path(__file__).parent


def read_part(path: Path) -> list[tuple[str, str]]:
    """The (English, Vietnamese) pairs of one part, a tab between them, a newline written as backslash n.

    English with a plural is written `singular || plural`; Vietnamese has one form for both.
    """
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        english, tab, vietnamese = line.partition("\t")
        if not tab or not vietnamese.strip():
            sys.exit(f"{path.name}:{number}: viết «câu tiếng Anh<TAB>câu tiếng Việt».")
        pairs.append((english.replace("\\n", "\n"), vietnamese.replace("\\n", "\n")))
    return pairs


def build() -> None:
    """Write both catalogue files."""
    catalog = Catalog(locale="vi", project="Khuê", creation_date=datetime(2026, 1, 1, tzinfo=UTC))
    for part in sorted((LOCALE / "parts").glob("*.tsv")):
        for english, vietnamese in read_part(part):
            flags = ["python-format"] if "%(" in english else []
            singular, _, plural = english.partition(" || ")
            if plural:
                catalog.add((singular, plural), (vietnamese,), flags=flags)
            else:
                catalog.add(english, vietnamese, flags=flags)
    folder = LOCALE / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalog, width=120)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalog)


if __name__ == "__main__":
    build()
