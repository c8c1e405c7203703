"""The glossary as a table, and a term as a page shows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from khue.core import glossary

HEAD = "# G\n\n## Văn bản · Documents\n\n| Tiếng Việt | English | Nghĩa | Meaning | Căn cứ |\n|---|---|---|---|---|\n"
SIGN = "| số, ký hiệu | number and sign | Số và `TB-UBND`. | Number, sign. | Điều 15 Nghị định 30/2020/NĐ-CP |\n"
DUE = "| hạn | due date | Ngày <cuối>. | The last day. | |\n"


@pytest.fixture
def file(tmp_path: Path, settings: LazySettings) -> Iterator[Path]:
    settings.GLOSSARY = tmp_path / "glossary.md"
    glossary.terms.cache_clear()
    settings.GLOSSARY.write_text(HEAD + SIGN + DUE)
    yield settings.GLOSSARY
    glossary.terms.cache_clear()


def show(template: str) -> str:
    compiled = engines["django"].from_string(CottonCompiler().process(template))
    return compiled.render({"request": RequestFactory().get("/x/")})


@pytest.mark.usefixtures("file")
def test_rows_are_terms_named_by_their_english_words() -> None:
    sign, due = glossary.terms().values()
    assert (sign.name, sign.group, sign.meaning_vi) == ("number-and-sign", "Văn bản · Documents", "Số và TB-UBND.")
    assert (due.name, due.basis) == ("due-date", "")
    with translation.override("en"):
        assert (sign.label, sign.meaning) == ("Number and sign", "Number, sign.")
    with translation.override("vi"):
        assert (sign.label, sign.meaning) == ("Số, ký hiệu", "Số và TB-UBND.")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("| hạn | due | Ngày. | Day. |\n", "glossary.md:9: a term needs 5 cells"),
        ("| hạn | due | | Day. | x |\n", "glossary.md:9: a term needs 5 cells"),
        ("| Hạn | last day | Ngày. | Day. | |\n", "glossary.md:9: «Hạn» is explained twice"),
        ("| ngày cuối | due date | Ngày. | Day. | |\n", "glossary.md:9: «ngày cuối» is explained twice"),
    ],
)
def test_a_wrong_row_stops_the_start_with_its_line(file: Path, row: str, says: str) -> None:
    file.write_text(HEAD + SIGN + DUE + row)
    assert [message.msg[: len(says)] for message in run_checks(tags=["glossary"])] == [says]


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("so ky hieu", ["number-and-sign"]),
        ("SO\u0302\u0301", ["number-and-sign"]),  # ố as letter and marks
        ("nghi dinh 30", ["number-and-sign"]),
        ("cuoi", ["due-date"]),
        ("due", ["due-date"]),
        ("ieu", []),
    ],
)
def test_search_minds_no_accents_and_begins_at_words(query: str, names: list[str]) -> None:
    assert [term.name for term in glossary.search(query)] == names


@pytest.mark.usefixtures("file")
def test_a_page_explains_a_term_once_and_ties_the_explanation_to_the_word() -> None:
    with translation.override("vi"):
        html = show('<c-term name="due-date">Hạn</c-term> <c-term name="due-date">hạn</c-term>')
    assert html.count('role="tooltip"') == html.count('aria-describedby="term-due-date"') == 1
    assert html.count('id="term-due-date"') == 1
    assert "Ngày &lt;cuối&gt;." in html
    assert html.rstrip().endswith("hạn")


@pytest.mark.usefixtures("file")
def test_a_mark_is_named_and_an_unknown_term_is_its_word_alone() -> None:
    with translation.override("vi"):
        assert 'aria-label="Số, ký hiệu"' in show('<c-term name="number-and-sign" mark="1" />')
        assert show('<c-term name="moon">Trăng</c-term>').strip() == "Trăng"
        assert show('<c-term name="moon" mark="1" />').strip() == ""


def test_without_the_file_there_are_no_terms(file: Path) -> None:
    file.unlink()
    assert glossary.terms() == {}
    assert run_checks(tags=["glossary"]) == []
