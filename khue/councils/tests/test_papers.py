"""Papers of the shelf's own versions, filled from a council."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from khue.core import clock
from khue.core.clock import today
from khue.councils import owners
from khue.councils.actions import close, conclude, take_minutes
from khue.councils.models import Council, Opinion
from khue.councils.owners import Owner
from khue.councils.papers import department, issuer, word
from khue.councils.rules.comments import concluded, conclusion_asked
from khue.councils.rules.words import ballot_words, member_words, words_of
from khue.councils.tests.hall import GOOD, MEETING, Sitting, vote
from khue.directory.models import Unit
from khue.flow.models import ProcessVersion
from khue.flow.shelf.filling import unfilled

ABOUT = {"subject": {"lead": "Trường Đại học Đông Đô", "investigator": "TS. Ngô Văn Lạ", "budget": 900_000_000},
         "order": {"name": "Nghiên cứu chế tạo máy sấy nông sản"}}  # fmt: skip
KEEP = os.environ.get("KHUE_KEEP_PAPERS", "")
"""A folder to look at the papers in."""


def text_of(data: bytes, name: str) -> str:
    if KEEP:
        Path(KEEP, f"{name}.docx").write_bytes(data)
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("day", ["2021-04-11", "2025-02-10", "2025-10-01"])
def test_the_papers_of_a_selection_are_filled(
    sitting_on_two: Sitting, day: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(owners._owners, "select", Owner(words=lambda _dossier: ABOUT))
    here, council = sitting_on_two
    with clock.at(MEETING):
        for seat in here.seats:
            vote(council, seat, GOOD)
            vote(council, seat, {"overview": "30", "content": "45"}, 2)
        close(council, by=here.officer)
        take_minutes(council, discussion="Trao đổi về địa điểm đặt máy.", guests="Sở Tài chính", by=here.officer)
        conclude(council, conclusion="Chọn hồ sơ thứ nhất.", by=here.officer)
        version = ProcessVersion.objects.get(process="mission-select", version=day)
        words = words_of(council, council.subjects.first())
        known = {"today": today(), "year": 2024, "department": department(here.department), **words}
        known["decision"]["ground"] = "Thông tư 20/2023/TT-BKHCN"
        for name in ("council-decision", "minutes", "count", "ranking", "authorisation"):
            assert unfilled(version.definition.papers[name], known) == [], name
            told = text_of(word(version, name, known, host=here.department), f"{day}-{name}")
            assert "SỞ KHOA HỌC VÀ CÔNG NGHỆ" in told
            assert "……" not in told.replace("……, ngày", "") or name == "count", name
        minutes = text_of(word(version, "minutes", known, host=here.department), f"{day}-minutes")
    assert "Chọn hồ sơ thứ nhất." in minutes
    assert "85" in minutes
    assert version.definition.papers["minutes"].code in minutes


def test_a_count_sheet_tells_totals_and_nobodys_name(sitting: Sitting) -> None:
    here, council = sitting
    with clock.at(MEETING):
        for number, seat in enumerate(here.seats):
            vote(council, seat, {"overview": "30", "content": str(40 + number)})
        close(council, by=here.officer)
    words = words_of(council)["count"]
    assert [row["value"] for row in words["rows"]] == ["75", "74", "73", "72", "71", "70"], "sorted, so not by seat"
    assert words["average"] == "72,50"
    names = {seat.person.full_name for seat in here.seats}
    assert not names & set(str(words["rows"]).split("'"))


def test_a_member_gets_the_own_ballot_as_word(sitting: Sitting) -> None:
    here, council = sitting
    seat = here.seats[0]
    with clock.at(MEETING):
        ballot = vote(council, seat, GOOD)
    version = ProcessVersion.objects.get(process="mission-select", version="2021-04-11")
    sheet = here.version.definition.sheets["topic"]
    words = {**words_of(council), "member": member_words(seat), "ballot": ballot_words(sheet, ballot)}
    told = text_of(word(version, "ballot", words, host=here.department), "ballot")
    assert "85" in told
    assert "Lê Văn An" in told
    assert "Mẫu B2-3" in told


def test_a_decision_bears_the_number_it_was_given_and_the_name_of_whose_number_it_is(sitting: Sitting) -> None:
    here, council = sitting
    version = ProcessVersion.objects.get(process="mission-select", version="2021-04-11")
    known = {**words_of(council), "department": department(here.department)}
    day = council.decided_on
    assert day is not None
    told = text_of(
        word(version, "council-decision", known, host=here.department, signed="12/QĐ-SKHCN", issued_on=day), "a"
    )
    assert "12/QĐ-SKHCN" in told
    assert f"ngày {day:%d tháng %-m}" in told or f"ngày {day:%d tháng %m}" in told
    assert issuer(here.department, "12/QĐ-SKHCN") == here.department
    above = Unit.objects.create(name="UBND thành phố", abbreviation="UBND", kind="authority", valid_from=day)
    here.department.parent = above
    assert issuer(here.department, "1506/QĐ-UBND") == above


def test_each_subject_is_told_of_once(sitting_on_two: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows of a paper name it: what its owner tells takes a dozen questions of the database."""
    asked: list[str] = []

    def words(dossier: str) -> dict[str, Any]:
        asked.append(dossier)
        return ABOUT

    monkeypatch.setitem(owners._owners, "select", Owner(words=words))
    _here, council = sitting_on_two
    told = words_of(council)
    assert sorted(asked) == sorted(council.subjects.values_list("dossier", flat=True))
    assert [row["lead"] for row in (*told["subjects"], *told["applications"])] == ["Trường Đại học Đông Đô"] * 4
    assert told["order"] == ABOUT["order"]


@pytest.mark.parametrize("day", ["2021-04-11", "2025-02-10", "2025-10-01"])
@pytest.mark.parametrize(
    ("kind", "process", "offered"),
    [
        ("identify", "mission-identify", ["do", "do-changed", "do-not"]),
        ("select", "mission-select", ["do", "do-changed", "do-not"]),
        ("budget", "mission-select", []),
        ("accept", "mission-accept", ["excellent", "passed", "failed"]),
    ],
)
def test_a_comment_ends_with_what_the_form_of_its_generation_offers(
    db: None, kind: str, process: str, day: str, offered: list[str]
) -> None:
    council = Council(kind=kind, process_version=ProcessVersion.objects.get(process=process, version=day))
    asked = conclusion_asked(council)
    assert list(asked.choices if asked else []) == offered
    for name in offered:
        assert concluded(council, Opinion(proposal=name)), name
    assert concluded(council, Opinion()) == concluded(council, None) == ""
