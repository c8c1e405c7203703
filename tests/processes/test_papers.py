"""Every paper of every version comes out whole when everything that papers may ask for is known."""

import pytest
from django.conf import settings

from khue.flow.shelf.filling import GAP, fill, read_example
from khue.flow.shelf.folders import Folder, folders
from khue.flow.shelf.reading import read
from khue.flow.shelf.values import PaperForm

EXAMPLE, _PROBLEMS = read_example(settings.PROCESSES)
WITH_PAPERS = [folder for folder in folders(settings.PROCESSES) if folder.process.startswith(("mission-", "result-"))]
COUNCIL_PAPERS = {"council-decision", "invitation", "comment", "ballot", "count", "minutes", "authorisation"}


def rows_of(text: str) -> list[list[str]]:
    """The lines of each table of a text."""
    tables: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.startswith("|"):
            tables[-1].append(line)
        elif tables[-1]:
            tables.append([])
    return [table for table in tables if table]


def papers_of(folder: Folder) -> dict[str, PaperForm]:
    """The papers of a version by name."""
    return dict(read(folder.files())[0].papers)


@pytest.mark.parametrize("folder", WITH_PAPERS, ids=lambda folder: folder.name)
def test_a_paper_has_no_gap_and_its_tables_hold_together(folder: Folder) -> None:
    papers = papers_of(folder)
    assert len(papers) >= (12 if folder.process.startswith("mission-") else 4)
    for name, paper in papers.items():
        text = fill(paper, EXAMPLE)
        assert len(text) > 80, name
        assert not {mark for mark in (GAP, "{{", "{%", "⟦", "None") if mark in text}, name
        for table in rows_of(text):
            assert len(table) > 1, (name, table)
            assert len({line.count("|") for line in table}) == 1, (name, table)


@pytest.mark.parametrize("folder", WITH_PAPERS, ids=lambda folder: folder.name)
def test_each_generation_has_its_codes_and_says_what_is_unverified(folder: Folder) -> None:
    papers = papers_of(folder)
    if folder.process in ("mission-identify", "mission-select", "mission-accept"):
        assert papers.keys() >= COUNCIL_PAPERS
    if folder.process == "mission-select":
        codes = {
            "2021-04-11": ("B1-1-ĐON", "B1-2a"),
            "2025-02-10": ("B1-1-ĐON", "B1-2a"),
            "2025-10-01": ("BM-09", "BM-10"),
        }
        assert (papers["application"].code, papers["outline-technology"].code) == codes[folder.version]
    if folder.version > "2021-04-11":
        told = [name for name, paper in papers.items() if paper.basis.instrument != "house" and paper.basis.verified]
        assert told == []


def test_lists_are_printed_row_by_row() -> None:
    folder = next(folder for folder in WITH_PAPERS if folder.name == "mission-identify/2021-04-11")
    two = {
        **EXAMPLE,
        "members": [EXAMPLE["members"][0], {**EXAMPLE["members"][0], "number": 2, "name": "Bà | B\nhai dòng"}],
    }
    text = fill(papers_of(folder)["minutes"], two)
    assert "| 2 | Bà / B; hai dòng |" in text
    assert "Có mặt 8 trên 9 thành viên" in text
    assert "08:30 ngày 02/10/2026" in text
