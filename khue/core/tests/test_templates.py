"""What every template must keep to."""

import re
from pathlib import Path

import pytest

from khue.core import icons

KHUE = Path(__file__).parents[2]
TEMPLATES = sorted(KHUE.glob("*/templates/**/*.html"))
ICON = re.compile(r"""\{%\s*icon\s+["']([^"']+)["']|<c-icon\s+name=["']([a-z0-9-]+)["']""")


def _name(path: Path) -> str:
    return str(path.relative_to(KHUE))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_icons_exist_and_nothing_is_inline(path: Path) -> None:
    text = path.read_text()
    for match in ICON.finditer(text):
        icons.drawing(match[1] or match[2])
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)[^>]*>", text), "inline script"
    assert not re.search(r"\son[a-z]+=[\"']", text), "inline handler"
    if "/mail/" not in str(path):
        assert not re.search(r"<[^>]+\sstyle=[\"']", text), "inline style"
        assert "<style" not in text


@pytest.mark.parametrize("path", sorted((KHUE / "core/templates").rglob("*.html")), ids=_name)
def test_core_names_no_address_of_a_higher_app(path: Path) -> None:
    assert "{% url" not in path.read_text()
