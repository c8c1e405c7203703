"""The guide, cut into the help of each page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.urls import NoReverseMatch, reverse

from khue.core import help as guide

TEXT = """# Chương một

Mở đầu.

## Giao việc
<!-- pages: site:desk site:search -->

Bấm **Giao**. Xem [chương hai](02-hai.md#gia-hạn).

> **Căn cứ:** Điều 12.

## Gia hạn

<script>alert(1)</script>
"""


@pytest.fixture
def written(tmp_path: Path, settings: LazySettings) -> Iterator[None]:
    (tmp_path / "01-mot.md").write_text(TEXT)
    (tmp_path / "README.md").write_text("# Không phải chương")
    settings.GUIDE = tmp_path
    guide.chapters.cache_clear()
    guide.section_for.cache_clear()
    yield
    guide.chapters.cache_clear()
    guide.section_for.cache_clear()


@pytest.mark.usefixtures("written")
def test_a_page_gets_its_section_with_the_legal_basis() -> None:
    found = guide.section_for("site:search")
    assert found is not None
    chapter, section = found
    assert (chapter.title, section.title, section.anchor) == ("Chương một", "Giao việc", "giao-viec")
    assert "<strong>Giao</strong>" in section.html
    assert "<blockquote>" in section.html
    assert "pages:" not in section.html
    assert 'href="/huong-dan/02-hai/#gia-han"' in section.html


@pytest.mark.usefixtures("written")
def test_a_page_without_a_section_gets_none_and_markup_is_shown_not_run() -> None:
    assert guide.section_for("site:nothing") is None
    (chapter,) = guide.chapters()
    assert "<script>" not in chapter.sections[1].html
    assert "&lt;script&gt;" in chapter.sections[1].html


def test_the_real_guide_names_only_pages_that_are_there() -> None:
    named = {page for chapter in guide.chapters() for section in chapter.sections for page in section.pages}
    assert "site:desk" in named
    for page in named:
        assert _is_there(page), f"{page} is named in docs/guide and is no page"


def _is_there(page: str) -> bool:
    try:
        reverse(page)
    except NoReverseMatch as missing:
        # The name is known where only its arguments are missing.
        return "with no arguments" in str(missing) and "pattern(s) tried" in str(missing)
    return True
