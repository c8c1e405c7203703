"""From accepted proposals to directives that are carried out, followed up and closed."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from khue.core.actors import CALENDAR
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.documents.actions import directive_work as work
from khue.documents.actions import proposals
from khue.documents.actions.directive_assign import assign, pass_down
from khue.documents.actions.directive_create import Order
from khue.documents.actions.directive_handover import hand_over_unit
from khue.documents.actions.directive_recurrence import open_due_occurrences
from khue.documents.actions.directive_reminders import late_ones, remind, remind_all
from khue.documents.models import Directive, Extraction, Proposal, ProposalUnit
from khue.documents.rules.directive import visible_to
from khue.documents.rules.directive_words import told
from khue.documents.rules.lateness import soon_until, standing
from khue.documents.tests.city import person, unit
from khue.documents.tests.directive_city import DAY, WORDS, City
from khue.documents.tests.reading import document, proposal, read
from khue.flow.desk import i_wait_for, waiting_for
from khue.flow.rules import may_move
from khue.journal.timeline import timeline
from khue.matching.rules import sees
from khue.notices.models import Notice
from tests.worlds import Worlds


def notice_read(city: City) -> City:
    """The text of a notice is there, and nothing is proposed yet."""
    with at(DAY):
        read(document(city.office, city.clerk))
    return city


def assigned(city: City) -> City:
    """One instruction of the notice is given to the finance department."""
    with at(DAY):
        extraction = Extraction.objects.get()
        city.accepted(extraction, due_on=date(2026, 6, 30), due_text="trước ngày 30/6/2026")
        assign(extraction, by=city.head)
    return city


@pytest.fixture
def city(worlds: Worlds, request: pytest.FixtureRequest) -> Iterator[City]:
    cache.clear()  # boards are remembered by unit, and the units stay
    with worlds.for_test(request, City, extraction=notice_read, directive=assigned) as made:
        yield made


@pytest.fixture
def extraction(city: City) -> Extraction:
    return Extraction.objects.get()


@pytest.fixture
def directive(city: City) -> Directive:
    return Directive.objects.get()


def code(refused: "pytest.ExceptionInfo[Refused]") -> str:
    return refused.value.refusal.code


def test_people_of_the_lead_and_supporting_units_are_told_once(
    city: City, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    extraction = read(document(city.office, city.clerk))
    made = proposal(extraction, WORDS, city.finance, recurs="quarter")
    ProposalUnit.objects.create(proposal=made, part="support", name=city.home.name, unit=city.home)
    helper = person("Vũ Giúp", "officer", city.home)
    proposals.accept(made, version=0, by=city.officer)
    with django_capture_on_commit_callbacks(execute=True):
        assign(extraction, by=city.head)
    told = list(Notice.objects.values_list("user__full_name", flat=True))
    assert (len(told), set(told)) == (3, {"Vũ Giúp", "Phạm Chi", "Đỗ Dũng"}), "of the occurrence, not of what returns"
    assert "Sở Tài chính" in Notice.objects.get(user=helper).subject


def test_the_unit_hears_how_its_request_was_answered_and_what_it_takes_over(
    city: City, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with at(DAY), django_capture_on_commit_callbacks(execute=True):
        extraction = read(document(city.office, city.clerk))
        city.accepted(extraction, due_on=date(2026, 6, 30))
        (directive,) = assign(extraction, by=city.head)
        for answer in ("refuse-extension", "grant-extension"):
            work.ask_extension(directive, by=city.worker, reason="Chờ số liệu", new_due_on=date(2026, 7, 15))
            work.act(directive, answer, by=city.head, comment="Đã xét")
        newcomer = person("Vũ Mới", "officer", city.home)
        work.hand_over(directive, city.home, by=city.head, reason="Đúng chức năng hơn")
    heard = set(Notice.objects.filter(user=city.worker).values_list("subject", flat=True))
    assert {told(step) % {"what": directive} for step in ("extension-refused", "extension-granted")} <= heard
    assert Notice.objects.get(user=newcomer).subject == told("handed-over") % {"what": directive}


def test_a_clerk_prepares_but_does_not_assign(city: City, extraction: Extraction) -> None:
    made = proposal(extraction, WORDS, city.finance)
    proposals.accept(made, version=0, by=city.clerk)
    with pytest.raises(Refused) as refused:
        assign(extraction, by=city.clerk)
    assert code(refused) == "may-not-assign"


def test_nothing_is_assigned_twice(city: City, extraction: Extraction) -> None:
    city.accepted(extraction)
    assign(extraction, by=city.officer)
    with pytest.raises(Refused, match="Lê An") as refused:
        assign(extraction, by=city.head)
    assert code(refused) == "already-assigned"


def test_with_nothing_accepted_there_is_nothing_to_assign(city: City, extraction: Extraction) -> None:
    proposal(extraction, WORDS, city.finance)
    with pytest.raises(Refused) as refused:
        assign(extraction, by=city.head)
    assert code(refused) == "nothing-accepted"


def test_a_group_becomes_one_directive_for_each_unit_or_one_for_all(city: City, extraction: Extraction) -> None:
    made = proposal(extraction, "báo cáo kết quả hằng quý")
    made.units.create(part="lead", name="Các sở, ban, ngành", group="departments")
    proposals.accept(made, version=0, by=city.officer)
    each = assign(extraction, by=city.head)
    assert {one.lead for one in each} == {city.office, city.finance, city.home}
    together = proposal(extraction, WORDS, spread="together")
    together.units.create(part="lead", name="Các sở, ban, ngành", group="departments")
    proposals.accept(together, version=0, by=city.officer)
    (one,) = assign(extraction, by=city.head)
    assert one.lead == city.office
    assert set(one.supports.all()) == {city.finance, city.home}


def test_after_a_merger_nothing_waits_for_a_unit_that_ended(city: City, extraction: Extraction) -> None:
    with at(DAY):
        city.accepted(extraction, "xây dựng đề án thuê chuyên gia", due_on=date(2026, 3, 20), recurs="quarter")
        twins = proposal(extraction, WORDS, city.finance, spread=Proposal.Spread.EACH)
        ProposalUnit.objects.create(proposal=twins, part="lead", name=city.home.name, unit=city.home)
        proposals.accept(twins, version=0, by=city.officer)
        whole = next(one for one in assign(extraction, by=city.head) if one.every)
        waiting = Directive.objects.get(lead=city.finance, proposal=twins)
        work.report(waiting, by=city.worker, text="Xong", percent=100, done=True)
        hand_over_unit(city.finance, city.home, by=CALENDAR, reason="Sáp nhập sở")
        hand_over_unit(city.office, city.ward, by=CALENDAR, reason="Sáp nhập sở")
    with at(date(2026, 4, 1)):
        open_due_occurrences()
    assert set(Directive.objects.values_list("lead__name", "issuer__name")) == {(city.home.name, city.ward.name)}
    assert whole.children.count() == 2, "the next period finds the successor"
    waiting.refresh_from_db()
    assert waiting.case is not None
    assert waiting.case.holding is not None
    assert waiting.case.holding.unit == city.ward, "what waits to be accepted waits for the issuer's successor"
    assert Directive.objects.filter(lead=city.home, content=WORDS).count() == 2, "both units had it; neither is lost"


def test_a_recurring_directive_comes_back_every_period(city: City, extraction: Extraction) -> None:
    with at(DAY):
        city.accepted(extraction, due_on=date(2026, 3, 20), recurs="quarter")
        (whole,) = assign(extraction, by=city.head)
        assert whole.state == "recurring"
        assert whole.case is not None
        assert (whole.due_on, whole.case.due_on) == (date(2026, 3, 20), None), "the issuer's desk shows nothing late"
        assert [one.due_on for one in whole.children.all()] == [date(2026, 3, 20)]
        assert open_due_occurrences() == 0
        occurrence = whole.children.get()
        assert not waiting_for(city.head).exists(), "between its rounds nothing is to be done"
        waited = {row.case for row in i_wait_for(city.head)}
        assert occurrence.case in waited and whole.case not in waited, "the round is what is waited for"  # noqa: PT018
        work.report(occurrence, by=city.worker, text="Xong", percent=100, done=True)
        assert [row.case for row in waiting_for(city.head)] == [occurrence.case], "a report is to be accepted"
        work.act(occurrence, "accept", by=city.head)
        assert not waiting_for(city.head).exists()
        assert not Notice.objects.filter(user=city.head, dossier=whole.dossier).exists(), "the whole does not go on"
        assert may_move(city.head, whole.case, "end-recurrence") is None
    with at(date(2026, 4, 1)):
        assert open_due_occurrences() == 1
        assert open_due_occurrences() == 0
    assert [one.due_on for one in whole.children.order_by("due_on")] == [date(2026, 3, 20), date(2026, 6, 20)]
    assert [str(one.period_words) for one in whole.children.order_by("due_on")] == ["quý I/2026", "quý II/2026"]


def test_an_assigned_directive_keeps_its_passage_and_tells_its_unit(city: City, directive: Directive) -> None:
    directive.refresh_from_db()
    assert (directive.lead, directive.issuer, directive.number) == (city.finance, city.office, 1)
    assert directive.passage == WORDS
    assert directive.document.extraction.text[directive.start : directive.end] == WORDS
    assert directive.case is not None
    assert (directive.case.step, directive.case.due_on) == ("assigned", date(2026, 6, 30))


def test_the_whole_way(city: City, directive: Directive) -> None:
    with at(date(2026, 4, 1)):
        work.act(directive, "acknowledge", by=city.worker)
        work.report(directive, by=city.worker, text="Đã rà soát 12/20 dự án", percent=60)
        directive.refresh_from_db()
        assert (directive.state, directive.percent) == ("in-progress", 60)
        assert directive.acknowledged_on == date(2026, 4, 1)
    with at(date(2026, 5, 4)):
        work.report(directive, by=city.worker, text="Đã xong", percent=100, done=True)
        directive.refresh_from_db()
        assert (directive.state, directive.done_on, directive.late) == ("reported", date(2026, 5, 4), False)
        work.act(directive, "return", by=city.head, comment="Thiếu phụ lục")
        directive.refresh_from_db()
        assert (directive.state, directive.done_on, directive.returned) == ("in-progress", None, 1)
    with at(date(2026, 7, 6)):
        work.report(directive, by=city.worker, text="Đã bổ sung", percent=100, done=True)
        work.act(directive, "accept", by=city.head)
        directive.refresh_from_db()
        assert (directive.state, directive.late, directive.closed_on) == ("accepted", True, date(2026, 7, 6))
        assert standing(directive, date(2026, 7, 6), soon_until(date(2026, 7, 6))) == "done-late"
    sentences = " ".join(entry.sentence for entry in timeline(directive.dossier))
    assert "Thiếu phụ lục" in sentences or "Trả lại" in sentences


def test_only_the_lead_reports_and_only_the_issuer_accepts(city: City, directive: Directive) -> None:
    for wrong in (city.officer, city.head, person("Khách", "officer", city.home)):
        with pytest.raises(Refused) as refused:
            work.report(directive, by=wrong, text="Xong", percent=100, done=True)
        assert code(refused) in {"flow.not-yours", "flow.wrong-step"}
    work.report(directive, by=city.worker, text="Xong", percent=100, done=True)
    with pytest.raises(Refused) as refused:
        work.act(directive, "accept", by=city.boss)
    assert code(refused) == "flow.not-yours"


@pytest.mark.parametrize(
    ("text", "percent", "expected"), [(" ", 10, "report-empty"), ("Đang làm", 101, "percent-outside")]
)
def test_a_report_says_something_sensible(
    city: City, directive: Directive, text: str, percent: int, expected: str
) -> None:
    with pytest.raises(Refused) as refused:
        work.report(directive, by=city.worker, text=text, percent=percent)
    assert code(refused) == expected


def test_more_time_is_asked_for_granted_and_refused(city: City, directive: Directive) -> None:
    with at(date(2026, 6, 1)):
        with pytest.raises(Refused) as refused:
            work.ask_extension(directive, by=city.worker, reason="Chờ số liệu", new_due_on=date(2026, 6, 30))
        assert code(refused) == "flow.due-not-later"
        work.ask_extension(directive, by=city.worker, reason="Chờ số liệu", new_due_on=date(2026, 7, 15))
        work.act(directive, "refuse-extension", by=city.head, comment="Việc gấp")
        directive.refresh_from_db()
        assert (directive.due_on, directive.state) == (date(2026, 6, 30), "in-progress")
        work.ask_extension(directive, by=city.worker, reason="Chờ số liệu thuế", new_due_on=date(2026, 7, 15))
        work.act(directive, "grant-extension", by=city.head)
        directive.refresh_from_db()
    assert (directive.due_on, directive.first_due_on) == (date(2026, 7, 15), date(2026, 6, 30))


def test_parts_roll_up_and_hold_the_whole_open(city: City, directive: Directive) -> None:
    below = person("Nguyễn Viên", "officer", city.division)
    with at(DAY), pytest.raises(Refused) as refused:
        pass_down(directive, Order("Lập dự toán", date(2026, 5, 1)), [city.ward], by=city.boss)
    assert code(refused) == "not-below"
    with at(DAY), pytest.raises(Refused) as refused:
        pass_down(directive, Order("Lập dự toán", date(2026, 7, 1)), [city.division], by=city.boss)
    assert code(refused) == "due-after-parent"
    with at(DAY):
        (part,) = pass_down(directive, Order("Lập dự toán", date(2026, 5, 1)), [city.division], by=city.boss)
        work.report(part, by=below, text="Được nửa", percent=50)
        directive.refresh_from_db()
        assert directive.percent == 50
        with pytest.raises(Refused) as refused:
            work.report(directive, by=city.worker, text="Xong", percent=100, done=True)
        assert code(refused) == "flow.sub-cases-open"
        work.report(part, by=below, text="Xong", percent=100, done=True)
        work.act(part, "accept", by=city.boss)
        work.report(directive, by=city.worker, text="Xong", percent=100, done=True)
        directive.refresh_from_db()
    assert directive.state == "reported"


def test_supporting_units_report_their_share(city: City, directive: Directive) -> None:
    helper = person("Vũ Hòa", "officer", city.home)
    with pytest.raises(Refused) as refused:
        work.report_share(directive, by=helper, text="Đã góp ý", percent=100)
    assert code(refused) == "directive-not-supporting"
    directive.supports.add(city.home)
    work.report_share(directive, by=helper, text="Đã góp ý", percent=100)
    assert directive.support_rows.get().percent == 100
    directive.refresh_from_db()
    assert directive.percent == 0


def test_when_units_merge_open_work_goes_over_and_reports_stay(city: City, directive: Directive) -> None:
    work.report(directive, by=city.worker, text="Được một phần", percent=20)
    assert hand_over_unit(city.finance, city.home, by=CALENDAR, reason="Sáp nhập sở") == 1
    directive.refresh_from_db()
    assert directive.lead == city.home
    assert directive.reports.get().unit == city.finance
    assert directive.case is not None
    assert directive.case.holding is not None
    assert directive.case.holding.unit == city.home
    with pytest.raises(Refused):
        work.report(directive, by=city.worker, text="Nữa", percent=30)


def test_late_units_are_reminded_once_a_day(city: City, directive: Directive) -> None:
    with at(date(2026, 7, 2)):
        assert list(late_ones(city.head)) == [directive]
        assert remind(directive, by=city.head) is not None
        assert remind(directive, by=city.officer) is None
        assert not late_ones(city.head).exists()
        with pytest.raises(Refused) as refused:
            remind(directive, by=city.worker)
        assert code(refused) == "directive-may-not-remind"
    with at(date(2026, 7, 3)):
        assert len(remind_all(late_ones(city.head), by=city.head)) == 1
    assert directive.reminders.count() == 2


def test_who_sees_a_directive(city: City, directive: Directive) -> None:
    leader = person("Lãnh Đạo", "leader", unit("UBND Thành phố", Unit.Kind.AUTHORITY))
    auditor = person("Kiểm Tra", "auditor", city.home)
    expert = person("Chuyên Gia", "expert", city.finance)
    stranger = person("Người Ngoài", "officer", city.home)
    below = person("Nhân Viên", "officer", city.division)
    for one in (city.officer, city.head, city.clerk, city.worker, city.boss, leader, auditor):
        assert list(visible_to(one)) == [directive], one
        assert sees(one, "directive", directive.pk), one
    for blind in (expert, stranger, below):
        assert not visible_to(blind).exists(), blind
        assert not sees(blind, "directive", directive.pk), blind
    directive.supports.add(city.home)
    assert visible_to(stranger).exists()
