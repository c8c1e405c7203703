"""A button that the guide tells to press is on a page under that very name."""

import re
from pathlib import Path

import pytest

from khue.core.glossary import terms
from tests.architecture.layers import ROOT

GUIDE = sorted((ROOT / "docs" / "guide").glob("*.md"))
PRESSED = re.compile(r"[Bb]ấm (?:nút )?(\*{1,2})([^*]+)\1")
LEAST = 15
"""So many are named at least: should the pattern stop finding them, this tells."""


def shown() -> set[str]:
    """Every Vietnamese string of the pages and every label of the shelf, numbers and names replaced by a gap."""
    parts = [path.read_text(encoding="utf-8") for path in (ROOT / "locale" / "parts").glob("*.tsv")]
    texts = [line.partition("\t")[2] for part in parts for line in part.splitlines()]
    labels = [
        label
        for path in (ROOT / "processes").glob("**/*.toml")
        for label in re.findall(r'\bvi = "([^"]+)"', path.read_text(encoding="utf-8"))
    ]
    forms = [form for text in [*texts, *labels] for form in text.split(" || ")]
    return {re.sub(r"%\(\w+\)[sd]", "…", form).strip() for form in forms}


def pressed() -> list[tuple[str, str]]:
    return [(path.name, found[2]) for path in GUIDE for found in PRESSED.finditer(path.read_text(encoding="utf-8"))]


def test_every_button_of_the_guide_is_on_a_page() -> None:
    known = shown()
    assert [(page, name) for page, name in pressed() if name not in known] == []
    assert len(pressed()) >= LEAST


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_the_guide_has_no_english_left(page: Path) -> None:
    words = re.sub(
        r"```.*?```|`[^`]*`|<!--.*?-->|\([^)]*\.md[^)]*\)|https?://\S+", "", page.read_text(), flags=re.DOTALL
    )
    assert re.findall(r"\b(?:click|submit|dossier|workflow|deadline|login|save|the)\b", words, re.IGNORECASE) == []


def test_the_glossary_says_the_same_word_as_the_pages() -> None:
    """A term in the glossary that no page and no guide ever writes would be a word of its own."""
    said = " ".join([*shown(), *(page.read_text(encoding="utf-8") for page in GUIDE)]).lower()
    core = [
        "number-and-sign",
        "subject",
        "disposition",
        "lead",
        "support",
        "reporting-period",
        "recipient",
        "retention",
    ]
    assert [name for name in core if terms()[name].vi.lower() not in said] == []
