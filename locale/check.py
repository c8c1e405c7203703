"""Checks that the Vietnamese catalogue is complete: nothing missing, nothing left over, the same placeholders."""

import io
import re
import sys
from collections.abc import Iterator

from babel.messages.extract import extract
from build import LOCALE, read_part
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
KEYWORDS |= {"ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2)}
OTHER_NAME = re.compile(r"gettext\w* as (?!_\b)\w+")
"""Marked under another name than those above, a string would not be found."""
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
ROOT = LOCALE.parent
LIBRARIES = "libraries-"
"""Parts with what libraries say, where their own Vietnamese is missing or poor; our code does not use those strings."""


def used() -> Iterator[tuple[str, str]]:
    """(English text, where) of every string marked for translation."""
    for path in sorted((ROOT / "khue").rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "tests" in path.parts or "node_modules" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            lines = templatize(source, origin=str(path)).splitlines()
            source = "\n".join(line.strip() for line in lines)  # what is left of the markup is not indented Python
        where = str(path.relative_to(ROOT))
        for _line, message, _comments, _context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            yield message if isinstance(message, str) else " || ".join(filter(None, message)), where


def check() -> list[str]:
    """Everything that is wrong, a line each."""
    catalogue: dict[str, tuple[str, str]] = {}
    known: set[str] = set()
    troubles = []
    for part in sorted((LOCALE / "parts").glob("*.tsv")):
        for english, vietnamese in read_part(part):
            if english in catalogue and catalogue[english][0] != vietnamese:
                troubles.append(f"{part.name}: «{english}» đã có bản dịch khác ở {catalogue[english][1]}")
            if part.name.startswith(LIBRARIES):
                known.add(english)
                continue
            catalogue.setdefault(english, (vietnamese, part.name))
            if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(vietnamese)):
                troubles.append(f"{part.name}: «{english}» và bản dịch khác nhau về chỗ điền")
    found = dict(used())
    troubles += [
        f"{path.relative_to(ROOT)}: {hidden[0]}: chỉ đánh dấu bằng _ hoặc gettext"
        for path in sorted((ROOT / "khue").rglob("*.py"))
        if (hidden := OTHER_NAME.search(path.read_text(encoding="utf-8")))
    ]
    troubles += [
        f"{where}: «{text}» chưa có bản dịch" for text, where in found.items() if text not in {*catalogue, *known}
    ]
    troubles += [f"{part}: «{text}» không còn dùng" for text, (_, part) in catalogue.items() if text not in found]
    return troubles


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    lines = check()
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.exit(bool(lines))
