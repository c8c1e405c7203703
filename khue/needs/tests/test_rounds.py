"""Collecting rounds, and needs that come in as a sheet."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from khue.core.clock import at
from khue.core.exchange import Change, Problem, Row, label_of
from khue.core.refusals import Refused
from khue.flow.desk import waiting_for
from khue.journal.timeline import timeline
from khue.needs.actions import round_answers, rounds
from khue.needs.actions.rounds import Call
from khue.needs.exchange.needs import EXAMPLE, FIELDS, NEEDS, enter, export
from khue.needs.forms.round import RoundForm
from khue.needs.models import Need, Round, RoundAddressee
from khue.needs.rules.rounds import addressees_for, members, round_asking, visible_to
from khue.needs.tests.city import DAY, PHONES, SALT, City, sent
from khue.needs.tests.test_needs import refused
from khue.notices.models import Notice

CALL = Call("Nhu cầu năm 2027", 2027, DAY, date(2026, 4, 15), "Nêu việc bức xúc nhất.")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with at(DAY):
        yield


@pytest.fixture
def opened(city: City) -> Round:
    units = members(["commune"], host=city.science)
    return rounds.publish(rounds.open_round(CALL, units, host=city.science, by=city.officer), by=city.officer)


def said(client: Client, address: str) -> str:
    """The text of a Word file."""
    with zipfile.ZipFile(io.BytesIO(client.get(address).content)) as paper:
        return re.sub(r"<[^>]+>", "", paper.read("word/document.xml").decode())


def row_of(found: Round, city: City) -> RoundAddressee:
    return found.addressees.get(unit=city.lang)


def test_a_round_is_prepared_published_and_stands_on_desks(city: City) -> None:
    refused("round.not-yours", rounds.open_round, CALL, [city.lang], host=city.science, by=city.ward)
    found = rounds.open_round(CALL, [], host=city.science, by=city.officer)
    refused("round.nobody-asked", rounds.publish, found, by=city.officer)
    assert rounds.ask_also(found, [city.lang, city.lang, city.dong], by=city.officer) == 2
    rounds.leave_out(found.addressees.get(unit=city.dong), by=city.officer)
    assert not visible_to(city.ward).exists(), "units see a round when it is published"
    found = rounds.publish(found, by=city.officer)
    refused("round.published", rounds.publish, found, by=city.officer)
    assert [(held.case.title, held.due_on) for held in waiting_for(city.ward)] == [(CALL.title, CALL.closes_on)]
    assert Notice.objects.filter(user=city.ward, subject__contains="Nhu cầu năm 2027").count() == 1
    assert list(visible_to(city.ward)) == [found]
    assert not visible_to(city.other).exists()
    with at(date(2026, 5, 1)), pytest.raises(Refused):
        rounds.publish(rounds.open_round(CALL, [city.lang], host=city.science, by=city.officer), by=city.officer)


def test_a_need_that_is_sent_is_the_answer(city: City, opened: Round) -> None:
    assert round_asking(city.lang) == opened
    need = sent(city.ward)
    assert need.round == opened
    row = row_of(opened, city)
    assert row.answered_at is not None
    assert not row.late
    assert not waiting_for(city.ward).exists()
    assert round_asking(city.lang) == opened, "more may follow"
    with at(date(2026, 4, 16)):
        assert round_asking(city.lang) is None
        assert round_asking(city.dong) == opened, "late answers count"
    assert row.case is not None
    assert row.case.step == "answered"


def test_nothing_because_and_later(city: City, opened: Round) -> None:
    row = row_of(opened, city)
    refused("flow.comment-missing", round_answers.nothing, row, " ", by=city.ward)
    refused("flow.not-yours", round_answers.nothing, row, "Không có.", by=city.other)
    round_answers.announce(row, "Trước 25/3.", by=city.ward)
    assert Notice.objects.filter(user=city.officer, body="Trước 25/3.").exists()
    done = round_answers.nothing(row, "Không có việc mới.", by=city.ward)
    assert (done.nothing_because, done.answered_at is not None) == ("Không có việc mới.", True)
    need = sent(city.ward)
    assert need.round is None, "who has answered is not asked again"


def test_late_ones_are_reminded_once_a_day(city: City, opened: Round) -> None:
    sent(city.ward)
    with at(date(2026, 4, 20)):
        rows = list(opened.addressees.all())
        assert rounds.remind(rows, by=city.officer) == 2
        assert rounds.remind(rows, by=city.officer) == 0
        refused("round.not-yours", rounds.remind, rows, by=city.ward)
        assert all(row.late for row in opened.addressees.filter(answered_at=None))
    assert Notice.objects.filter(user=city.other, subject__startswith="Đôn đốc").count() == 1
    assert any("2 đơn vị" in str(entry.sentence) for entry in timeline(opened.dossier))


def test_more_time_and_closing(city: City, opened: Round) -> None:
    rounds.change(opened, Call("Nhu cầu 2027", 2027, DAY, date(2026, 5, 15)), by=city.head)
    assert waiting_for(city.ward)[0].due_on == date(2026, 5, 15)
    closed = rounds.close(opened, by=city.head)
    assert not closed.is_open
    assert not waiting_for(city.ward).exists()
    refused("round.not-open", round_answers.nothing, row_of(opened, city), "Muộn.", by=city.ward)
    refused("round.not-open", rounds.close, closed, by=city.head)
    refused("round.closed", rounds.change, closed, CALL, by=city.head)


def test_units_see_their_own_row_and_the_department_all(city: City, opened: Round) -> None:
    assert [row.unit for row in addressees_for(city.ward, opened)] == [city.lang]
    for sees in (city.officer, city.auditor, city.leader):
        assert addressees_for(sees, opened).count() == 3


# ------------------------------------------------------------------ as a sheet


def rows(*told: Mapping[str, Any]) -> list[Row]:
    blank = {field.key: None for field in FIELDS}
    return [Row(number, {**blank, **each}) for number, each in enumerate(told, 2)]


def test_a_sheet_is_sent_row_by_row_and_not_twice(city: City, opened: Round) -> None:
    sheet = rows(
        {"problem": SALT, "affected": "600 hộ", "places": ("Láng", "phuong dong da"), "round": opened.code},
        {"problem": PHONES, "affected": "Người cao tuổi", "urgency": "urgent", "unit": "UBND phường Láng"},
    )
    found = list(enter(sheet, city.ward))
    assert [one.effect for one in found if isinstance(one, Change)] == ["new", "new"], found
    first, second = Need.objects.order_by("number")
    assert {place.name for place in first.places.all()} == {"Láng", "Đống Đa"}
    assert (second.urgency, first.round) == ("urgent", opened)
    assert [one.effect for one in enter(sheet, city.ward) if isinstance(one, Change)] == ["same", "same"]
    out = list(export(city.ward))
    assert [one["problem"] for one in out] == [SALT, PHONES]


@pytest.mark.parametrize(
    ("told", "column"),
    [
        ({"problem": "Ngắn", "affected": "x"}, "problem"),
        ({"problem": EXAMPLE, "affected": "x"}, "problem"),
        ({"problem": SALT, "affected": "x", "places": ("Sao Hỏa",)}, "places"),
        ({"problem": SALT, "affected": "x", "round": "ĐT-1"}, "round"),
        ({"problem": SALT, "affected": "x", "unit": "UBND phường Đống Đa"}, "unit"),
    ],
)
def test_a_wrong_cell_is_named(city: City, told: dict[str, Any], column: str) -> None:
    problem = next(iter(enter(rows(told), city.ward)))
    assert isinstance(problem, Problem)
    assert problem.column == label_of(FIELDS, column)
    assert not Need.objects.exclude(state="draft").exists()


def test_who_may_not_write_brings_nothing_in(city: City) -> None:
    assert NEEDS.may(city.auditor) is not None
    assert NEEDS.may(city.ward) is None


def test_the_sheet_of_a_round_knows_round_and_unit(city: City, opened: Round) -> None:
    client = Client()
    client.force_login(city.ward)
    answer = client.get(reverse("needs:round-template", args=[opened.pk]))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    flat = [str(cell) for row in cells for cell in row]
    assert opened.code in flat
    assert any(city.lang.code in cell for cell in flat)


def sheet_of(*told: Mapping[str, str]) -> Any:
    """An Excel file as a unit fills it in."""
    keys = [field for field in FIELDS if any(field.key in each for each in told)]
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as made:
        page = made.add_worksheet()
        for number, each in enumerate([{field.key: field.label for field in keys}, *told]):
            page.write_row(number, 0, [each.get(field.key, "") for field in keys])
    return SimpleUploadedFile("nhu-cau.xlsx", book.getvalue())


def test_the_letter_of_a_round_goes_to_whom_it_asks(city: City, opened: Round) -> None:
    letter = reverse("needs:round-letter", args=[opened.pk])
    office, asked = Client(), Client()
    office.force_login(city.officer)
    asked.force_login(city.ward)
    assert letter in office.get(opened.get_absolute_url()).content.decode()
    assert letter not in asked.get(opened.get_absolute_url()).content.decode()
    assert asked.get(letter).status_code == 404
    with at(date(2026, 6, 1)):
        told = said(office, letter)
    for words in ("trước ngày 15/04/2026", "năm 2027 (Nhu cầu năm 2027)", "Nêu việc bức xúc nhất.", city.lang.name,
                  "- Như trên;", f"ngày {DAY:%d} tháng {DAY.month} năm {DAY.year}"):  # fmt: skip
        assert words in told, words
    assert "……" not in told.replace("……, ngày", "").replace("/……", "")


def test_a_sheet_dropped_on_the_page_of_the_round_is_the_answer_of_the_unit(city: City, opened: Round) -> None:
    other = rounds.open_round(CALL, [city.lang], host=city.science, by=city.officer)
    rounds.publish(other, by=city.officer)
    row = other.addressees.get(unit=city.lang)
    client = Client()
    client.force_login(city.ward)
    for page in (other.get_absolute_url(), row.get_absolute_url()):
        assert reverse("needs:round-sheet", args=[other.pk, row.pk]) in client.get(page).content.decode()
    sheet = sheet_of({"problem": SALT, "affected": "600 hộ"}, {"problem": PHONES, "affected": "Người già"})
    checked = client.post(reverse("needs:round-sheet", args=[other.pk, row.pk]), {"file": sheet}, follow=True)
    shown, address = checked.content.decode(), checked.redirect_chain[-1][0]
    assert "2 dòng mới" in shown
    assert not Need.objects.exclude(state="draft").exists(), "a dry run sends nothing"
    done = client.post(address, follow=True).content.decode()
    assert row.get_absolute_url() in done
    assert {need.round for need in Need.objects.filter(unit=city.lang)} == {other}
    row.refresh_from_db()
    assert row.answered_at is not None
    assert opened.addressees.get(unit=city.lang).answered_at is None, "the other round still waits"


def test_a_sheet_with_one_wrong_row_or_after_the_end_sends_nothing(city: City, opened: Round) -> None:
    row, client = row_of(opened, city), Client()
    client.force_login(city.ward)
    address = reverse("needs:round-sheet", args=[opened.pk, row.pk])
    sheet = sheet_of({"problem": SALT, "affected": "600 hộ"}, {"problem": "Ngắn", "affected": "x"})
    told = client.post(address, {"file": sheet}, follow=True).content.decode()
    assert "1 trong 2 dòng" in told
    assert row.get_absolute_url() in told
    assert "Hãy chọn tệp Excel" in client.post(address, follow=True).content.decode()
    rounds.close(opened, by=city.officer)
    client.post(address, {"file": sheet_of({"problem": SALT, "affected": "600 hộ"})}, follow=True)
    assert not Need.objects.exclude(state="draft").exists()
    client.force_login(city.other)
    assert client.post(address, {"file": sheet}).status_code == 404


def test_a_round_closes_in_a_year_that_somebody_can_mean() -> None:
    told = {"title": "Đợt", "year": "2027", "opens_on": "2026-11-23"}
    for closes, why in (("9999-12-31", "1900"), ("0202-12-01", "1900"), ("2028-01-01", "năm kế hoạch đã qua")):
        form = RoundForm({**told, "closes_on": closes}, new=True)
        assert why in str(form.errors["closes_on"]), closes
    assert RoundForm({**told, "closes_on": "10/12/2026"}, new=True).is_valid(), "as people type it"
