"""The table of refusals: every reason the code gives is in it, and no blank is left unfilled."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from khue.language.reading.refusals import MEGABYTE, refusal

SENTENCES = tomllib.loads((files("khue.language") / "data" / "refusals.toml").read_text("utf-8"))


def test_the_table_holds_what_is_asked_of_it_and_no_more() -> None:
    code = "".join(
        path.read_text("utf-8") for path in Path(__file__).parents[1].rglob("*.py") if "tests" not in path.parts
    )
    used = {told for call in re.findall(r"refusal\(([^)]*)", code) for told in re.findall(r'"([a-z-]+)"', call)}
    assert used & set(SENTENCES) == set(SENTENCES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_refusal_names_the_file_and_fills_every_blank(code: str) -> None:
    told = refusal(code, "to-trinh.pdf", label="tệp PDF", suffix=".pdf", page=3, size=5 * MEGABYTE, limit=4 * MEGABYTE)
    assert told.code == code
    assert "«to-trinh.pdf»" in told.sentence
    assert not re.search(r"[{}]", told.sentence)


def test_sizes_are_told_in_megabytes() -> None:
    sentence = refusal("too-large", "a.docx", size=int(12.5 * MEGABYTE), limit=10 * MEGABYTE).sentence
    assert "12,5 MB" in sentence
    assert "10 MB" in sentence
