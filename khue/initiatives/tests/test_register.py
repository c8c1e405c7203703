"""Registers of initiatives that were kept on paper come in as a sheet, are counted, and are never half there."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.urls import reverse

from khue.core.clock import at
from khue.core.periods import period
from khue.core.refusals import Refused
from khue.indicators import measures
from khue.initiatives.actions.handling import act
from khue.initiatives.exchange import FIELDS, INITIATIVES, authors_in
from khue.initiatives.models import Initiative
from khue.initiatives.tests.town import Commune
from khue.office.actions.entering import Report, apply, rehearse
from khue.office.sheets import DryRun, read, template
from tests.town import signed_in

pytestmark = pytest.mark.usefixtures("put_back")
LATER = date(2026, 10, 1)
GOOD = {
    "title": "Tủ hồ sơ chia màu theo ngày hẹn", "authors": "Nguyễn Thị Hạnh 60; Trần Văn Bình 40",
    "first_applied_on": "05/05/2026", "filed_on": "16/06/2026", "decision_sign": "300/QĐ-UBND",
    "decided_on": "20/07/2026",
}  # fmt: skip


def sheet(*rows: Mapping[str, object]) -> DryRun:
    """What is read of a real .xlsx with these rows."""
    cells = [[row.get(field.key, "") for field in FIELDS] for row in rows]
    return read(template(FIELDS, cells), "so.xlsx", FIELDS)


def reasons(report: Report) -> dict[str, str]:
    return {problem.column: problem.reason for problem in report.problems}


def test_a_register_is_rehearsed_entered_whole_and_counted(here: Commune) -> None:
    refused = {**GOOD, "title": "Sổ mượn phòng họp", "decision_sign": "31/TB-UBND", "reasons": "Đã áp dụng từ trước."}
    good = sheet({**GOOD, "number": 7}, refused, {**GOOD, "title": "Bản đồ tổ dân phố", "authors": "Lê Văn Ba"})
    with at(LATER):
        assert rehearse(INITIATIVES, good, by=here.minh).count("new") == 3
        assert not Initiative.objects.exists(), "a rehearsal leaves nothing"
        assert apply(INITIATIVES, good, by=here.minh).clean
        assert apply(INITIATIVES, good, by=here.minh).count("same") == 3, "twice is once"
        made = list(Initiative.objects.order_by("pk"))
        assert [(one.state, one.code, one.certificate_code) for one in made] == [
            ("recognised", "07/2026", "01/2026"), ("refused", "08/2026", ""), ("recognised", "09/2026", "02/2026")
        ]  # fmt: skip
        assert [one.name for one in made[0].authors.all()] == ["Nguyễn Thị Hạnh", "Trần Văn Bình"]
        quarter = period("2026-Q3")
        counts = {name: measures.named(f"initiatives.{name}") for name in ("filed", "recognised")}
        found = {name: one.count(quarter, [here.unit.pk]) for name, one in counts.items() if one}
        assert found == {"filed": {here.unit.pk: 3}, "recognised": {here.unit.pk: 2}}
        page = signed_in(here.elsewhere).get(made[0].get_absolute_url()).content.decode()
        assert "sổ của đơn vị, Trần Đức Minh nhập" in page
        with pytest.raises(Refused, match="quyết định trên giấy"):
            act(made[0], "withdraw", by=here.minh)
        listed = signed_in(here.minh).get(reverse("initiatives:initiatives"), {"q": "tu ho so"}).content.decode()
        assert "Tủ hồ sơ chia màu" in listed
        assert "Nhập từ Excel" in listed
        back = list(INITIATIVES.export(here.minh))
        assert back[0]["authors"] == "Nguyễn Thị Hạnh 60; Trần Văn Bình 40"


def test_what_cannot_be_is_told_by_its_cell_and_nothing_enters(here: Commune) -> None:
    wrong: dict[str, dict[str, object]] = {
        "Số vào sổ": {"number": 3.5}, "Tác giả": {"authors": "Hạnh 60; Minh 30"},
        "Ngày nộp đơn": {"filed_on": "01/05/2026"}, "Ngày quyết định": {"decided_on": "20/12/2026"},
        "Đơn vị": {"unit": "Ủy ban nhân dân xã Phúc Thịnh"}, "Lợi ích một năm": {"money": -5},
    }  # fmt: skip
    with at(LATER):
        for column, change in wrong.items():
            report = apply(INITIATIVES, sheet(GOOD, {**GOOD, "title": "Khác", **change}), by=here.minh)
            assert report.problems, column
            assert not Initiative.objects.exists(), "all or nothing"
        told = reasons(apply(INITIATIVES, sheet({**GOOD, "number": 3.5}), by=here.minh))
        assert "từ 1 đến" in next(iter(told.values())) or "3,5" in next(iter(told.values()))
        told = reasons(apply(INITIATIVES, sheet({**GOOD, "authors": "Hạnh 33,5; Minh 30"}), by=here.minh))
        assert "63,5 %" in next(iter(told.values()))
        twice = apply(INITIATIVES, sheet({**GOOD, "number": 4}, {**GOOD, "title": "B", "number": 4}), by=here.minh)
        assert "đã dùng" in next(iter(reasons(twice).values()))
        with pytest.raises(Refused):
            apply(INITIATIVES, sheet(GOOD), by=here.expert)


@pytest.mark.parametrize(("cell", "shares"), [("Lê Ba", ["100"]), ("Lê Ba: 50%; Vũ Tư – 50 %", ["50", "50"])])
def test_authors_in_a_cell(cell: str, shares: list[str]) -> None:
    assert [f"{share}" for _name, share in authors_in(cell)] == shares
