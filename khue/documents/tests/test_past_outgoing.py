"""Outgoing registers of years past: their own numbers, no number twice, no gap, the series goes on."""

from datetime import date

from khue.core.clock import at
from khue.documents.actions.outgoing import register_outgoing
from khue.documents.actions.series import open_series
from khue.documents.exchange.outgoing import OUTGOING
from khue.documents.models import Document, NumberSeries, ReservedNumber
from khue.documents.tests.city import Office
from khue.documents.tests.test_exchange import contents, enter, sheet, wrong
from khue.journal.chain import verify
from khue.notices.models import Notice
from khue.office.actions import apply, rehearse
from khue.office.lists import exported
from khue.office.sheets import read

DAY = date(2024, 11, 4)
ROW = {
    "unit": "SKHCN",
    "serial": 12,
    "sign": "12/KH-SKHCN",
    "issued_on": "15/3/2024",
    "type": "KH",
    "subject": "Kế hoạch chuyển đổi số",
    "signer": "Bùi Văn Khánh",
}


def shared(here: Office, year: int, last: int = 0) -> NumberSeries:
    return open_series(
        unit=here.sokhcn, by=here.clerk, family="state", issuer_code="SKHCN", begins_on=date(year, 1, 1), last=last
    )


def test_a_year_that_has_no_series_gets_one_and_keeps_the_numbers(here: Office) -> None:
    report = enter(OUTGOING, ROW, {**ROW, "serial": 14, "sign": "14/SKHCN-VP", "type": ""}, by=here.clerk)
    assert (report.problems, report.count("new")) == ([], 2)
    first, second = Document.objects.order_by("serial")
    assert (first.sign, first.serial, first.direction, first.issued_on) == ("12/KH-SKHCN", 12, "out", date(2024, 3, 15))
    assert first.issued_at is not None
    assert first.case is None
    assert first.series == second.series
    assert first.series is not None
    assert (first.series.last, first.series.issuer_code, first.series.period_name) == (14, "SKHCN", "2024")
    reserved = ReservedNumber.objects.filter(series=first.series, state="reserved").values_list("number", flat=True)
    assert list(reserved) == [*range(1, 12), 13]
    assert not Notice.objects.exists()
    assert verify().broken is None


def test_the_running_series_goes_on_after_the_highest(here: Office) -> None:
    shared(here, 2024)
    enter(OUTGOING, {**ROW, "serial": 30, "sign": "30/KH-SKHCN"}, by=here.clerk)
    with at(DAY):
        made = register_outgoing(unit=here.sokhcn, by=here.clerk, typed={"subject": "Mới", "type": "KH"})
    assert (made.serial, made.sign) == (31, "31/KH-SKHCN")


def test_a_used_number_is_refused_and_nothing_stays(here: Office) -> None:
    shared(here, 2024)
    with at(DAY):
        made = register_outgoing(unit=here.sokhcn, by=here.clerk, typed={"subject": "Đã có", "type": "TB"})
    report = enter(OUTGOING, {**ROW, "serial": 1, "sign": "01/KH-SKHCN"}, ROW, by=here.clerk)
    assert wrong(report) == [(2, "Số")]
    assert "01/TB-SKHCN" in report.problems[0].reason
    assert list(Document.objects.all()) == [made]
    assert NumberSeries.objects.get().last == 1


def test_numbers_before_the_series_began_here_may_be_entered(here: Office) -> None:
    series = shared(here, 2024, last=20)
    assert enter(OUTGOING, ROW, by=here.clerk).problems == []
    series.refresh_from_db()
    assert series.last == 20
    assert not ReservedNumber.objects.exists()


def test_a_number_that_was_set_aside_is_used_by_its_row(here: Office) -> None:
    enter(OUTGOING, ROW, by=here.clerk)
    enter(OUTGOING, {**ROW, "serial": 5, "sign": "05/KH-SKHCN"}, by=here.clerk)
    assert ReservedNumber.objects.get(number=5).state == "used"


def test_a_type_numbered_by_itself_has_its_own_book(here: Office) -> None:
    same = {**ROW, "sign": "12/QĐ-SKHCN", "type": "QĐ"}
    assert wrong(enter(OUTGOING, ROW, same, by=here.clerk)) == [(3, "Số")]
    assert enter(OUTGOING, ROW, {**same, "own": "có"}, by=here.clerk).problems == []
    assert set(NumberSeries.objects.values_list("type", flat=True)) == {"", "QĐ"}


def test_an_empty_sign_is_printed_by_the_rules_of_the_series(here: Office) -> None:
    enter(OUTGOING, {**ROW, "sign": ""}, by=here.clerk)
    assert Document.objects.get().sign == "12/KH-SKHCN"


def test_mistakes_are_named(here: Office) -> None:
    report = enter(
        OUTGOING,
        {**ROW, "sign": "13/KH-SKHCN"},
        {**ROW, "issued_on": "1/1/2099"},
        {**ROW, "unit": "Không có đâu"},
        {**ROW, "family": "party", "type": "KH", "sign": "12-KH/TU"},
        ROW,
        ROW,
        by=here.clerk,
    )
    assert wrong(report) == [
        (2, "Số, ký hiệu"),
        (3, "Ngày văn bản"),
        (4, "Sổ của"),
        (5, ""),
        (7, "Số"),
    ]
    assert "nhiệm kỳ" in report.problems[3].reason
    assert not NumberSeries.objects.exists()


def test_only_those_who_give_numbers_bring_it_in(here: Office) -> None:
    assert OUTGOING.may(here.clerk) is None
    assert OUTGOING.may(here.officer) is not None
    report = enter(OUTGOING, ROW, by=here.ward_clerk)
    assert [problem.row for problem in report.problems] == [2]


def test_the_dry_run_leaves_nothing(here: Office) -> None:
    report = rehearse(OUTGOING, sheet(OUTGOING, [ROW]), by=here.clerk)
    assert (report.problems, report.count("new")) == ([], 1)
    assert not Document.objects.exists()
    assert not NumberSeries.objects.exists()


def test_what_went_out_comes_back_the_same(here: Office) -> None:
    enter(OUTGOING, {**ROW, "urgency": "Khẩn", "copies": 20}, {**ROW, "serial": 13, "sign": "13/SKHCN", "type": ""})
    file = exported(OUTGOING, by=here.clerk)
    again = apply(OUTGOING, read(file, "a.xlsx", OUTGOING.fields), by=here.clerk)
    assert (again.problems, again.count("same")) == ([], 2)
    assert contents(OUTGOING, here.ward_clerk) == []
