"""Every paper of every version comes out whole when everything that papers may ask for is known."""

from functools import cache

import pytest
from django.conf import settings

from khue.flow.shelf.filling import GAP, fill, read_example
from khue.flow.shelf.folders import Folder, folders
from khue.flow.shelf.reading import read
from khue.flow.shelf.values import PaperForm
from khue.flow.shelf.words import words

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


@cache
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


def test_what_was_looked_for_and_not_found_is_no_gap() -> None:
    papers = papers_of(next(folder for folder in WITH_PAPERS if folder.name == "mission-identify/2025-10-01"))
    text = fill(papers["search-record"], {**EXAMPLE, "search": {**EXAMPLE["search"], "hits": []}})
    assert "Không tìm thấy nhiệm vụ gần với đề xuất này." in text
    assert GAP not in text
    paper = papers_of(next(folder for folder in WITH_PAPERS if folder.name == "mission-accept/2025-10-01"))[
        "completion"
    ]
    handed_in = fill(paper, {**EXAMPLE, "changes": []})
    assert "Không có ý kiến phải chỉnh sửa." in handed_in
    assert GAP not in handed_in
    asked = fill(paper, {**EXAMPLE, "changes": [], "acceptance": {**EXAMPLE["acceptance"], "completed_on": ""}})
    assert f"| {GAP} |" in asked, "as long as nothing was handed in there is room to write"


STEPS = {
    # step of the handbook's table: (process, papers that it gives)
    1: ("mission-identify", ("collect-letter",)),
    2: ("mission-identify", ("slip-a1", "slip-a2", "slip-a3")),
    3: ("mission-identify", ("order-proposal", "order-summary")),
    4: ("mission-identify", ("search-record",)),
    5: ("mission-identify", tuple(sorted(COUNCIL_PAPERS))),
    6: ("mission-identify", ("recommendation",)),
    7: ("mission-identify", ("opinion-request",)),
    8: ("mission-identify", ("order-list",)),
    9: ("mission-select", ("call-notice", "invitation-direct", "application", "host-profile", "cv", "partner-consent")),
    10: ("mission-select", ("receipt", "opening-minutes", "eligibility")),
    11: ("mission-select", (*sorted(COUNCIL_PAPERS), "ranking", "questions", "site-check")),
    12: ("mission-select", ("explanation",)),
    13: ("mission-select", ("budget-decision", "budget-comment", "budget-minutes")),
    14: ("mission-select", ("revision",)),
    15: ("mission-select", ("approval",)),
    16: ("mission-select", ("result-notice", "failure-notice")),
    17: ("mission-carry-out", ("contract",)),
    18: ("mission-carry-out", ("running-registration",)),
    19: ("mission-carry-out", ("progress-report", "spending-report", "finished-products", "applied-products")),
    20: ("mission-carry-out", ("inspection-notice", "inspection-minutes")),
    21: ("mission-carry-out", ("volume-confirmation", "money-confirmation")),
    22: ("mission-carry-out", ("adjustment-request", "adjustment-answer", "adjustment", "termination")),
    23: ("mission-accept", ("self-evaluation",)),
    24: ("mission-accept", ("request", "file-check")),
    25: ("mission-accept", ("publication",)),
    26: ("mission-accept", ("council-decision",)),
    27: ("mission-accept", tuple(sorted(COUNCIL_PAPERS))),
    28: ("mission-accept", ("conclusion-letter",)),
    29: ("mission-accept", ("completion",)),
    30: ("mission-accept", ("registration",)),
    31: ("mission-accept", ("recognition",)),
    32: ("mission-carry-out", ("asset-inventory", "asset-decision", "settlement-report", "liquidation")),
    34: ("mission-accept", ("use-report",)),
    35: ("mission-accept", ("output-evaluation",)),
}


def test_every_step_of_the_way_has_its_papers_in_each_generation() -> None:
    shelf = {folder.name: papers_of(folder) for folder in WITH_PAPERS}
    generations = ("2021-04-11", "2025-02-10", "2025-10-01")
    missing = [
        (step, generation, name)
        for step, (process, names) in STEPS.items()
        for generation in generations
        for name in names
        if name not in shelf[f"{process}/{generation}"]
    ]
    assert missing == []
    assert shelf["result-ownership/2021-04-11"].keys() == {"offer", "request", "appraisal", "decision"}
    assert "ownership" in shelf["mission-carry-out/2025-10-01"], "owned by law from then on"
    assert "member-shares" in shelf["mission-accept/2025-10-01"]


@pytest.mark.parametrize("folder", WITH_PAPERS, ids=lambda folder: folder.name)
def test_forms_name_the_classes_of_products_as_the_list_of_words_does(folder: Folder) -> None:
    named = {name.lower(): word.label for name, word in words("products").items()}
    forms = read(folder.files())[0].forms
    asked = {
        (form.name, column.name): dict(column.choices)
        for form in forms.values()
        for field in form.fields
        for column in field.columns
        if field.name == "products" and column.name == "kind"
    }
    assert asked == ({(name, "kind"): named for name in ("a1", "a2", "a3")} if "identify" in folder.name else {})
