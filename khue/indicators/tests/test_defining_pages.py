"""Programmes, indicators and targets of the office's own, defined on form pages."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.definitions import load_programmes
from khue.indicators.actions.periods import named
from khue.indicators.models import Indicator, Programme, Target
from khue.indicators.rules.progress import standings
from khue.indicators.tests.province import Province
from khue.journal.timeline import timeline

pytestmark = pytest.mark.usefixtures("put_back")

PROGRAMME = {
    "title": "Kế hoạch đưa KH&CN về xã", "kind": "plan", "number": "112/KH-UBND", "issued_on": "2026-01-20",
    "first_year": "2026", "last_year": "2030", "source": "Kế hoạch 112/KH-UBND ngày 20/01/2026",
}  # fmt: skip
INDICATOR = {
    "name": "Xã có mô hình ứng dụng", "unit_of_measure": "xã", "kind": "entered", "report_set": "new",
    "set_label": "Báo cáo quý của xã", "every": "quarter", "levels": ["commune"], "direction": "up", "across": "count",
    "over_time": "last", "decimals": "0", "least": "0", "basis": "nội bộ", "since": "2026-01-01",
}  # fmt: skip
TARGET = {"do": "set", "year": "2026", "bound": "least", "value": "1.200", "source": "Kế hoạch 112/KH-UBND, phụ lục"}


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with at(date(2026, 4, 1)):
        yield


def client(user: User) -> Client:
    found = Client()
    found.force_login(user)
    return found


def begun(here: Province) -> Programme:
    """A programme with an indicator, both made on the pages."""
    officer = client(here.receiver)
    assert officer.post(reverse("indicators:programme-new"), PROGRAMME).status_code == 302
    found = Programme.objects.get(code="112-kh-ubnd")
    assert officer.post(reverse("indicators:indicator-new", args=[found.code]), INDICATOR).status_code == 302
    return found


def test_a_programme_is_begun_corrected_and_its_history_kept(here: Province) -> None:
    officer = client(here.receiver)
    programme = begun(here)
    assert (programme.verified, programme.shelved, programme.issued_on) == (False, False, date(2026, 1, 20))
    address = reverse("indicators:programme-edit", args=[programme.code])
    wrong = officer.post(address, {**PROGRAMME, "last_year": "2025"})
    assert (wrong.status_code, "Năm kết thúc ở trước" in wrong.content.decode()) == (422, True)
    assert 'value="112/KH-UBND"' in wrong.content.decode(), "what was typed stays"
    assert officer.post(address, {**PROGRAMME, "last_year": "2028", "verified": "on"}).status_code == 302
    programme.refresh_from_db()
    assert (programme.last_year, programme.verified) == (2028, True)
    last = timeline(programme.dossier)[0]
    assert (last.verb, "2030 → 2028" in last.note) == ("programme.corrected", True)
    count = len(timeline(programme.dossier))
    officer.post(address, {**PROGRAMME, "last_year": "2028", "verified": "on"})
    assert len(timeline(programme.dossier)) == count, "sent twice, corrected once"


def test_an_indicator_is_asked_from_units_changed_from_a_day_and_ended(here: Province) -> None:
    officer, programme = client(here.receiver), begun(here)
    found = programme.indicators.get()
    assert (found.code, found.report_set and found.report_set.levels) == ("xa_co_mo_hinh_ung_dung", ["commune"])
    figures = [Figure(named("2026-Q1").pk, found.pk, unit.pk, Decimal(1)) for unit in here.communes]
    needed(figures, bring(figures, by=IMPORTER))
    edit = reverse("indicators:indicator-edit", args=[found.code])
    assert found.report_set is not None
    changed = {**INDICATOR, "report_set": found.report_set.pk, "name": "Xã, phường có mô hình"}
    refused = officer.post(edit, {**changed, "since": "2026-02-01"})
    assert (refused.status_code, "Quý I năm 2026" in refused.content.decode()) == (422, True)
    assert officer.post(edit, {**changed, "since": "2026-04-01"}).status_code == 302
    assert [one.name for one in found.versions.order_by("valid_from")] == [INDICATOR["name"], changed["name"]]
    page = reverse("indicators:targets", args=[found.code])
    early = officer.post(page, {"do": "end", "on": "2026-01-31"})
    assert (early.status_code, "Quý I năm 2026" in early.content.decode()) == (422, True)
    assert officer.post(page, {"do": "end", "on": "2026-06-30"}).status_code == 302
    found.refresh_from_db()
    assert found.ended_on == date(2026, 6, 30)
    share = {**INDICATOR, "name": "Tỷ lệ xã có mô hình", "kind": "formula", "decimals": "1"}
    new = reverse("indicators:indicator-new", args=[programme.code])
    assert "khong_co" in officer.post(new, {**share, "formula": "khong_co / 2"}).content.decode()
    assert officer.post(new, {**share, "formula": f"{found.code} / {found.code} * 100"}).status_code == 302
    assert programme.indicators.get(code="ty_le_xa_co_mo_hinh").report_set is None


def test_targets_are_set_corrected_and_withdrawn_with_their_history(here: Province) -> None:
    officer, programme = client(here.receiver), begun(here)
    found = programme.indicators.get()
    page = reverse("indicators:targets", args=[found.code])
    assert officer.post(page, TARGET).status_code == 302
    city = found.targets.get()
    assert (city.value, city.unit, city.verified) == (Decimal(1200), None, False)
    assert officer.post(page, {**TARGET, "unit": "Xã An Bình", "value": "5", "verified": "on"}).status_code == 302
    shown = officer.get(page).content.decode()
    assert "ít nhất 1.200" in shown
    assert "chưa kiểm chứng" in shown
    assert 'value="1.200"' in officer.get(f"{page}?year=2026").content.decode(), "filled in to be corrected"
    officer.post(page, {**TARGET, "value": "900", "source": "Công văn đính chính"})
    city.refresh_from_db()
    assert city.value == 900
    last = timeline(found.dossier)[0]
    assert ("ít nhất 900" in last.sentence, "ít nhất 1.200" in last.sentence, last.note) == (
        True, True, "Công văn đính chính",
    )  # fmt: skip
    assert next(one.target for one in standings(programme, here.city, 2026) if one.indicator == found) == city
    for wrong, said in (
        ({"value": "nhiều"}, "không phải là số"), ({"bound": "range"}, "Số thứ hai"), ({"unit": "Xã Mơ"}, "Xã Mơ"),
        ({"value": "2,5"}, "không phải là số nguyên"), ({"year": "26"}, "2000"), ({"value_to": "9"}, "Chỉ khoảng mới"),
    ):  # fmt: skip
        answer = officer.post(page, {**TARGET, **wrong})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), wrong
    assert officer.post(page, {"do": "withdraw", "target": city.pk, "reason": " "}).status_code == 422
    assert officer.post(page, {"do": "withdraw", "target": city.pk, "reason": "ghi nhầm năm"}).status_code == 302
    assert [one.unit for one in Target.objects.filter(indicator=found)] == [here.communes[0]]
    assert "ghi nhầm năm" in officer.get(page).content.decode()


def test_who_does_not_run_it_reads_and_the_shelf_is_changed_in_its_file(here: Province) -> None:
    programme = begun(here)
    found = programme.indicators.get()
    commune, officer = client(here.officer), client(here.receiver)
    page = reverse("indicators:targets", args=[found.code])
    assert 'name="value"' not in commune.get(page).content.decode()
    assert commune.post(page, TARGET).status_code == 403
    for name, args in (
        ("programme-new", []), ("programme-edit", [programme.code]), ("indicator-new", [programme.code]),
        ("indicator-edit", [found.code]),
    ):  # fmt: skip
        assert commune.get(reverse(f"indicators:{name}", args=args)).status_code == 403, name
        assert officer.get(reverse(f"indicators:{name}", args=args)).status_code == 200, name
    shelved = Indicator.objects.get(code="ip_filings")
    assert officer.get(reverse("indicators:indicator-edit", args=[shelved.code])).status_code == 200
    refused = officer.get(reverse("indicators:indicator-new", args=[shelved.programme.code]))
    assert (refused.status_code, "processes/programmes" in refused.content.decode()) == (403, True)
    shown = officer.get(reverse("indicators:targets", args=[shelved.code])).content.decode()
    assert "processes/programmes" in shown
    assert 'name="value"' in shown, "targets are set all the same"
    assert "Bắt đầu một chương trình" in officer.get(reverse("indicators:programmes")).content.decode()


def test_an_indicator_of_the_shelf_means_something_else_from_a_day_on_and_back_again(here: Province) -> None:
    officer = client(here.receiver)
    found = Indicator.objects.get(code="ocop_ip_share")
    parts = dict(Indicator.objects.filter(code__in=["ocop_products", "ocop_with_ip"]).values_list("code", "pk"))
    figures = [
        Figure(named("2026-Q1").pk, parts[code], here.communes[0].pk, Decimal(value))
        for code, value in (("ocop_products", 8), ("ocop_with_ip", 2))
    ]
    needed(figures, bring(figures, by=IMPORTER))
    edit = reverse("indicators:indicator-edit", args=[found.code])
    shown = officer.get(edit)
    assert (shown.status_code, "Chỉ tiêu này do tệp trên kệ định nghĩa" in shown.content.decode()) == (200, True)
    changed = {
        "name": found.name, "unit_of_measure": "phần nghìn", "kind": "formula", "basis": "Quyết định 9/QĐ-SKHCN",
        "formula": "ocop_with_ip / ocop_products * 1000", "direction": "none", "over_time": "last", "across": "sum",
        "decimals": "1",
    }  # fmt: skip
    early = officer.post(edit, {**changed, "since": "2026-03-01"})
    assert (early.status_code, "sớm nhất từ 15/03/2026" in early.content.decode()) == (422, True)
    cycle = officer.post(edit, {**changed, "formula": "ocop_ip_share * 2", "since": "2026-03-15"})
    assert (cycle.status_code, "vòng" in cycle.content.decode()) == (422, True)
    for _twice in range(2):
        assert officer.post(edit, {**changed, "since": "2026-03-15"}).status_code == 302
    versions = list(found.versions.order_by("valid_from"))
    assert [(one.house, one.valid_to) for one in versions] == [(False, date(2026, 3, 14)), (True, None)]
    past = next(
        one for one in standings(found.programme, here.city, 2026, until=date(2026, 3, 14)) if one.indicator == found
    )
    assert past.value == 25, "the quarter before keeps its formula"
    entries = [one for one in timeline(found.dossier) if one.verb == "indicator.changed-here"]
    assert [("* 100 → ocop_with_ip / ocop_products * 1000" in one.note) for one in entries] == [True]
    assert "Càng cao càng tốt → Không theo chiều nào" in entries[0].note, "choices by their labels"
    load_programmes()
    assert found.versions.filter(house=True).exists(), "the files of the shelf are older"
    assert "Cơ quan đổi từ ngày 15/03/2026" in officer.get(edit).content.decode()
    assert client(here.officer).post(edit, changed).status_code == 403
    assert officer.post(edit, {"withdraw": versions[0].pk}).status_code == 302
    assert officer.post(edit, {"withdraw": versions[1].pk}).status_code == 302
    assert [(one.house, one.valid_to) for one in found.versions.all()] == [(False, None)]
