"""A report from the call for it to its approval, and what stands in the way."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.indicators.actions import cycles, reporting
from khue.indicators.actions.reporting import Entry
from khue.indicators.models import Category, Indicator, Observation, Tally, UnitReport
from khue.indicators.rules import reading
from khue.indicators.rules.locks import lock_of
from khue.indicators.rules.reports import visible_to, waits_for
from khue.indicators.rules.sheet import sheet_of
from khue.indicators.tests.province import Province, account
from khue.journal.models import Entry as Written
from khue.notices.models import Notice

pytestmark = pytest.mark.usefixtures("put_back")
IN_TIME = date(2025, 9, 16)
FIGURES = {
    "initiatives_recognised": "3", "initiatives_submitted": "4", "models_applied": "2", "ocop_products": "10",
    "ocop_with_ip": "4", "trained_people": "120",
}  # fmt: skip


def entries(**figures: str) -> list[Entry]:
    plain = [Entry(code, Decimal(value)) for code, value in {**FIGURES, **figures}.items()]
    return [*plain, Entry("st_spending_local", Decimal("150.5"), proof="Xác nhận kho bạc")]


def refused(code: str):  # a context that wants this refusal
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


def test_the_whole_way(here: Province) -> None:
    User.objects.filter(pk=here.receiver.pk).update(language="en")
    with at(IN_TIME):
        cycle = here.cycle()
        report = here.report(cycle)
        assert [one.unit.name for one in cycle.reports.all()] == [unit.name for unit in here.communes]
        asked = Notice.objects.get(user=here.officer, key__contains="asked")
        assert asked.subject.endswith(f"{cycle.period.label}: đề nghị báo cáo trước hết ngày {report.due_on:%d/%m/%Y}")
        saved = reporting.save_draft(report, entries(), by=here.officer)
        assert len(saved.saved) == 7
        assert saved.findings == []
        assert Tally.objects.get(cycle=cycle, unit=here.city).submitted == 0
        reporting.submit(report, by=here.officer)
        report = here.report(cycle)
        assert (report.state, waits_for(report), report.late) == ("submitted", "head", False)
        share = Indicator.objects.get(code="initiatives_share")
        told = reading.figures(here.city, cycle.period, [share])[share.pk]
        assert (told.value, told.units, told.approved, told.asked) == (Decimal(75), 1, 0, 3)
        with refused("report.not-yours-to-approve"):
            reporting.approve(report, by=here.receiver)
        reporting.approve(report, by=here.head)
        assert waits_for(here.report(cycle)) == "lead"
        sent = Notice.objects.get(user=here.receiver, key__contains="sent")
        assert sent.subject == f"{report.unit.name}: the report of Quarter III of 2025 waits for your approval"
        reporting.approve(report, by=here.receiver)
    report = here.report(cycle)
    assert report.state == "approved"
    assert set(Observation.objects.filter(unit=report.unit).values_list("state", flat=True)) == {"approved"}
    assert Tally.objects.get(cycle=cycle, unit=here.city).approved == 1
    told = reading.figures(here.city, cycle.period, [share])[share.pk]
    assert (told.value, told.units, told.approved, told.asked) == (Decimal(75), 1, 1, 3)
    said = Written.objects.filter(dossier=report.dossier).order_by("pk")
    told_of = [entry.facts.get("move", entry.verb) for entry in said]
    assert told_of == ["flow.opened", "unit-report.started", "send-to-head", "send-to-lead", "approve"]


def test_a_head_who_sends_has_approved_and_a_second_click_changes_nothing(here: Province) -> None:
    with at(IN_TIME):
        report = here.report(here.cycle())
        reporting.save_draft(report, entries(), by=here.officer)
        first = reporting.submit(report, by=here.head)
        assert waits_for(first) == "lead"
        again = reporting.submit(report, by=here.head)
        assert (again.revision, again.level) == (first.revision, first.level)


def test_returned_with_marks_and_sent_again(here: Province) -> None:
    with at(IN_TIME):
        report = here.report(here.cycle())
        reporting.save_draft(report, entries(), by=here.officer)
        reporting.submit(report, by=here.officer)
        reporting.approve(report, by=here.head)
        marked = Observation.objects.get(unit=report.unit, indicator__code="trained_people")
        with refused("reason-missing"):
            reporting.return_(report, reason=" ", by=here.receiver)
        reporting.return_(report, reason="Xem lại", marks={marked.pk: "Gồm cả lớp nào?"}, by=here.receiver)
        report, line = here.report(report.cycle), sheet_of(here.report(report.cycle)).line((marked.indicator_id, 1))
        assert (report.state, report.level, report.reason) == ("returned", 0, "Xem lại")
        assert line is not None
        assert line.observation is not None
        assert line.observation.mark == "Gồm cả lớp nào?"
        trained = reading.figures(here.city, report.cycle.period, [marked.indicator])[marked.indicator_id]
        assert trained.value is None, "what was returned does not count"
        assert Notice.objects.filter(user=here.officer, key__contains="returned").exists()
        reporting.save_draft(report, [Entry("trained_people", Decimal(100), seen=1)], by=here.officer)
        reporting.submit(report, by=here.officer)
        trained = reading.figures(here.city, report.cycle.period, [marked.indicator])[marked.indicator_id]
        assert trained.value == 100


def test_two_officers_on_one_report_see_each_others_changes(here: Province) -> None:
    with at(IN_TIME):
        other = account("Người Thứ Hai", "officer", here.communes[0])
        report = here.report(here.cycle())
        reporting.save_draft(report, [Entry("trained_people", Decimal(10))], by=here.officer)
        mine = [Entry("trained_people", Decimal(20)), Entry("models_applied", Decimal(5))]
        saved = reporting.save_draft(report, mine, by=other)
        assert [(one.there.value, one.there.author) for one in saved.conflicts] == [(Decimal(10), here.officer)]
        assert [one.value for one in saved.saved] == [Decimal(5)], "the others are kept"
        reporting.save_draft(report, [Entry("trained_people", Decimal(20), seen=1)], by=other)
        assert Observation.objects.get(indicator__code="trained_people").value == 20
        seen = here.report(report.cycle).revision
        reporting.save_draft(report, by=here.officer, texts={"results": "Một"}, revision=seen)
        with refused("report.changed-meanwhile"):
            reporting.save_draft(report, by=other, texts={"results": "Hai"}, revision=seen)


def test_what_stands_in_the_way_of_sending(here: Province) -> None:
    with at(IN_TIME):
        report = here.report(here.cycle())
        with refused("figure.range"):
            reporting.save_draft(report, [Entry("trained_people", Decimal(-1))], by=here.officer)
        with refused("figure.unknown"):
            reporting.save_draft(report, [Entry("missions_ordered", Decimal(1))], by=here.officer)
        reporting.save_draft(report, [Entry("st_spending_local", Decimal(5))], by=here.officer)
        with pytest.raises(Refused) as error:
            reporting.submit(report, by=here.officer)
        assert error.value.refusal.code == "report.findings"
        assert "Chi sự nghiệp khoa học và công nghệ của địa phương" in error.value.refusal.sentence


def test_a_jump_and_a_breakdown_that_does_not_add_up_ask_for_a_reason(here: Province) -> None:
    with at(IN_TIME):
        reporting.save_draft(here.report(here.cycle()), [Entry("trained_people", Decimal(10))], by=here.officer)
    with at(date(2025, 12, 16)):
        report = here.report(here.cycle("2025-Q4"))
        agriculture = Category.objects.get(code="agriculture").pk
        saved = reporting.save_draft(
            report,
            [
                Entry("trained_people", Decimal(100)),
                Entry("initiatives_recognised", Decimal(3)),
                Entry("initiatives_recognised", Decimal(2), category=agriculture),
            ],
            by=here.officer,
        )
        assert {one.code for one in saved.findings} == {"jump", "breakdown"}
        saved = reporting.save_draft(
            report,
            [
                Entry("trained_people", Decimal(100), override="Có lớp toàn xã", seen=1),
                Entry("initiatives_recognised", Decimal(3), override="Một sáng kiến chưa xếp lĩnh vực", seen=1),
            ],
            by=here.officer,
        )
        assert saved.findings == []


def test_the_last_second_is_on_time_and_the_next_is_late(here: Province) -> None:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    with at(IN_TIME):
        cycle = here.cycle()
        for number in (0, 1):
            reporting.save_draft(here.report(cycle, number), entries(), by=here.officers[number])
    due = here.report(cycle).due_on
    with at(datetime(due.year, due.month, due.day, 23, 59, 59, tzinfo=zone)):
        reporting.submit(here.report(cycle), by=here.officer)
    with at(datetime(due.year, due.month, due.day + 1, 0, 0, 0, tzinfo=zone)):
        reporting.submit(here.report(cycle, 1), by=here.officers[1])
    assert [here.report(cycle, number).late for number in (0, 1)] == [False, True]
    assert Tally.objects.get(cycle=cycle, unit=here.city).late == 1


def test_a_locked_period_says_which_rule_and_opens_for_one_unit(here: Province) -> None:
    with at(IN_TIME):
        cycle = here.cycle()
    with at(cycle.locks_on):
        report = here.report(cycle)
        lock = lock_of(report)
        assert lock is not None
        assert "quy định nội bộ" in lock.rule
        assert "Sở Khoa học và Công nghệ" in lock.who
        with refused("report.locked"):
            reporting.save_draft(report, entries(), by=here.officer)
        with refused("cycle.not-yours"):
            cycles.reopen(report, reason="Ốm", until=cycle.locks_on, by=here.receiver)
        with refused("reason-missing"):
            cycles.reopen(report, reason="", until=cycle.locks_on, by=here.chief)
        cycles.reopen(report, reason="Lũ cuốn trụ sở", until=cycle.locks_on, by=here.chief)
        report = here.report(cycle)
        reporting.save_draft(report, entries(), by=here.officer)
        with refused("report.locked"):
            reporting.save_draft(here.report(cycle, 1), entries(), by=here.officers[1])
        reporting.submit(report, by=here.officer)
        assert here.report(cycle).reopenings.get().ended_at is not None, "used up"
    later = date.fromordinal(cycle.locks_on.toordinal() + 1)
    with at(cycle.locks_on):
        cycles.reopen(here.report(cycle, 1), reason="Muộn", until=cycle.locks_on, by=here.chief)
    with at(later), refused("report.locked"):
        reporting.save_draft(here.report(cycle, 1), entries(), by=here.officers[1])


def test_locked_by_hand_and_unlocked(here: Province) -> None:
    with at(IN_TIME):
        cycle = here.cycle()
        with refused("cycle.not-yours"):
            cycles.lock(cycle, reason="Chốt sớm", by=here.receiver)
        cycles.lock(cycle, reason="Chốt sớm", by=here.chief)
        lock = lock_of(here.report(cycle))
        assert lock is not None
        assert "Chốt sớm" in lock.rule
        with refused("report.locked"):
            reporting.save_draft(here.report(cycle), entries(), by=here.officer)
        cycles.unlock(cycle, reason="Nhầm", by=here.chief)
        assert lock_of(here.report(cycle)) is None


def test_a_late_correction_moves_the_sums_at_once_and_keeps_what_stood_there(here: Province) -> None:
    with at(IN_TIME):
        report = here.report(here.cycle())
        reporting.save_draft(report, entries(), by=here.officer)
        reporting.submit(report, by=here.head)
        reporting.approve(report, by=here.receiver)
    with at(date(2026, 2, 2)):
        report = here.report(report.cycle)
        with refused("report.not-yours-to-correct"):
            reporting.correct(
                report, [Entry("trained_people", Decimal(130), seen=1)], reason="Sót lớp", by=here.officer
            )
        reporting.correct(report, [Entry("trained_people", Decimal(130), seen=1)], reason="Sót lớp", by=here.receiver)
        trained = Indicator.objects.get(code="trained_people")
        assert reading.figures(here.city, report.cycle.period, [trained])[trained.pk].value == 130
        kept = Written.objects.get(verb="unit-report.corrected")
        assert (kept.facts["was"], kept.facts["now"], kept.facts["reason"]) == ("120", "130", "Sót lớp")


def test_only_those_who_have_to_do_with_it_see_a_report(here: Province) -> None:
    with at(IN_TIME):
        cycle = here.cycle()
        assert [one.unit for one in visible_to(here.officer)] == [here.communes[0]]
        assert visible_to(here.receiver).count() == 3
        assert visible_to(here.chief).count() == 3
        with refused("report.not-yours"):
            reporting.save_draft(here.report(cycle, 1), entries(), by=here.officer)
        with refused("cycle.not-yours"):
            cycles.remind(list(UnitReport.objects.all()), by=here.officer)
        assert cycles.remind(list(UnitReport.objects.all()), by=here.receiver) == 3
        assert cycles.remind(list(UnitReport.objects.all()), by=here.receiver) == 0, "once a day"
