"""A document without a body is read like any other: nothing found, nothing raised."""

import pytest

from khue.language.extract import extract
from khue.language.source import Line, SourceText


@pytest.mark.parametrize("text", ["", "Số: 12/TB-UBND", "THÔNG BÁO"])
def test_nothing_is_found_in_a_document_without_a_body(text: str) -> None:
    found = extract(SourceText(text, (Line(0, len(text)),), "txt"), on=None)
    assert not found.directives
    assert not found.petitions
