"""The text of a document as the extraction page shows it."""

from khue.documents.models import Extraction
from khue.documents.views.source_text import paragraphs


def test_the_lines_of_one_cell_stay_in_one_cell() -> None:
    text = "UBND\nCỘNG HÒA\nĐộc lập\nNội dung"
    lines = [(0, 4, "body", 0, 0, 0, 0), (5, 13, "body", 0, 0, 0, 1), (14, 21, "body", 0, 0, 0, 1), (22, 30)]
    row, body = paragraphs(Extraction(text=text, lines=lines))
    assert [[part.text for part in cell] for cell in row.cells] == [["UBND"], ["CỘNG HÒA", "Độc lập"]]
    assert (body.text, body.cells) == ("Nội dung", [])


def test_a_text_without_lines_is_shown_by_its_own() -> None:
    shown = paragraphs(Extraction(text="Một\nHai", lines=[]))
    assert [(one.start, one.end, one.text) for one in shown] == [(0, 3, "Một"), (4, 7, "Hai")]
