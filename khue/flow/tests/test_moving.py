"""Opening and moving cases: who may, what is kept, what is refused and how it is said."""

from datetime import date

import pytest
from django.utils import translation
from pytest_django.fixtures import DjangoAssertNumQueries

from khue.accounts.models import Delegation
from khue.core import clock
from khue.core.actors import CALENDAR
from khue.core.refusals import Refused
from khue.flow.actions import move, open_case, set_party
from khue.flow.actions.loading import keep_version
from khue.flow.models import Case
from khue.flow.rules import may_move, moves
from khue.flow.tests.cast import MONDAY, Cast, again, held, make_person, make_unit
from khue.journal.models import Entry
from khue.journal.sentences import sentence_of
from khue.notices.models import Notice

pytestmark = pytest.mark.usefixtures("put_back")


def refusal_of(case: Case, name: str, **more: object) -> str:
    with pytest.raises(Refused) as caught:
        move(case, name, **more)  # type: ignore[arg-type]
    return caught.value.refusal.code


def test_a_case_opens_at_the_first_step_of_the_version_in_force(cast: Cast) -> None:
    case = cast.directive()
    assert (case.step, str(case.process_version)) == ("assigned", "directive-follow-up/2024-01-01")
    holding = held(case)
    assert (holding.unit, holding.due_on, holding.roles) == (
        cast.ward,
        date(2025, 3, 4),
        ["clerk", "officer", "unit-head"],
    )
    assert case.records.get().to_step == "assigned"
    assert Entry.objects.get(dossier="directive:1").verb == "flow.opened"


def test_no_version_before_the_first(cast: Cast) -> None:
    with pytest.raises(Refused, match="01/02/2003"):
        cast.directive(on=date(2003, 2, 1))


@pytest.mark.parametrize(("parties", "code"), [({}, "flow.party-missing"), ({"chef": 1}, "flow.party-unknown")])
def test_parties_are_those_of_the_process(cast: Cast, parties: dict[str, int], code: str) -> None:
    with pytest.raises(Refused) as caught:
        open_case(
            "directive-follow-up", title="x", url="", dossier="d:1", by=cast.leader,
            parties=dict.fromkeys(parties, cast.city),
        )  # fmt: skip
    assert caught.value.refusal.code == code


def test_a_dossier_is_handled_once_at_a_time(cast: Cast) -> None:
    cast.directive()
    with pytest.raises(Refused) as caught:
        cast.directive()
    assert caught.value.refusal.code == "flow.already-open"


def test_a_move_changes_the_step_the_holder_and_the_records(cast: Cast) -> None:
    case = cast.directive()
    with clock.at(date(2025, 3, 4)):
        move(case, "acknowledge", by=cast.officer)
    assert case.step == "acknowledged"
    assert held(case).due_on == date(2025, 3, 31)
    assert case.holdings.exclude(until=None).get().step == "assigned"
    record = case.records.order_by("pk").last()
    assert record is not None
    assert (record.from_step, record.to_step, record.move, record.by) == (
        "assigned", "acknowledged", "acknowledge", cast.officer,
    )  # fmt: skip
    entry = Entry.objects.filter(dossier="directive:1").last()
    assert entry is not None
    assert entry.acting_for == "UBND phường A"
    assert entry.facts["move_label"] == "Xác nhận đã nhận việc"


def test_a_move_that_stays_leaves_the_holding_alone(cast: Cast) -> None:
    case = cast.directive()
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
        before = held(case)
        move(case, "report-progress", by=cast.officer, comment="Được một nửa")
    assert held(case) == before
    assert case.records.order_by("pk").last().comment == "Được một nửa"


def test_the_other_unit_is_refused_with_the_rule_the_holder_and_the_day(cast: Cast) -> None:
    case = cast.directive()
    with translation.override("vi"):
        refusal = may_move(cast.stranger, case, "acknowledge")
    assert refusal is not None
    assert refusal.code == "flow.not-yours"
    assert refusal.sentence == (
        "“Xác nhận đã nhận việc” thuộc quyền Văn thư, Chuyên viên, Lãnh đạo đơn vị của UBND phường A "
        "(Điều 21 Nghị định 30/2020/NĐ-CP). Hiện do UBND phường A giữ, hạn 04/03/2025."
    )


def test_a_role_of_the_wrong_kind_is_refused(cast: Cast) -> None:
    case = cast.directive()
    auditor = make_person("Khanh", ("auditor", cast.ward))
    assert refusal_of(case, "acknowledge", by=auditor) == "flow.not-yours"


def test_a_leader_of_the_city_may_decide_for_any_issuer(cast: Cast) -> None:
    case = cast.directive()
    other = make_person("Lan", ("leader", make_unit("Thành ủy")))
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
        move(case, "report-done", by=cast.officer, comment="Xong")
        assert refusal_of(case, "accept", by=cast.head) == "flow.not-yours"
        move(case, "accept", by=other)
    assert case.outcome == "done"


def test_the_head_of_a_department_may_act_for_its_divisions(cast: Cast) -> None:
    division = make_unit("Phòng Văn hóa", cast.ward)
    case = open_case(
        "directive-follow-up", title="x", url="", dossier="d:1", by=cast.leader,
        parties={"issuer": cast.city, "lead": division},
    )  # fmt: skip
    assert may_move(cast.officer, case, "acknowledge") is not None
    assert may_move(cast.head, case, "acknowledge") is None


def test_who_stands_in_for_a_leave_is_named(cast: Cast) -> None:
    case = cast.directive()
    Delegation.objects.create(
        from_membership=cast.officer.memberships.get(), to_user=cast.stranger,
        valid_from=date(2025, 3, 1), valid_to=date(2025, 3, 7), reason="Nghỉ phép",
    )  # fmt: skip
    with clock.at(date(2025, 3, 10)):
        assert may_move(again(cast.stranger), case, "acknowledge") is not None
    with clock.at(date(2025, 3, 4)):
        move(case, "acknowledge", by=again(cast.stranger))
    entry = Entry.objects.filter(verb="flow.moved").get()
    assert entry.acting_for == "UBND phường A (thay Chi)"
    assert sentence_of(entry).startswith(f"{entry.actor_name} (thay Chi): ")


def test_the_system_makes_only_moves_given_to_it(cast: Cast) -> None:
    case = cast.directive()
    assert refusal_of(case, "acknowledge", by=CALENDAR) == "flow.not-yours"
    move(case, "hand-over", by=CALENDAR, comment="Sáp nhập", data={"unit": cast.heir})
    assert held(case).unit == cast.heir


def test_moves_of_another_step_and_of_no_process_are_refused(cast: Cast) -> None:
    case = cast.directive()
    assert refusal_of(case, "accept", by=cast.leader) == "flow.wrong-step"
    assert refusal_of(case, "fly", by=cast.leader) == "flow.wrong-step"


def test_the_page_of_yesterday_does_not_move_the_case_of_today(cast: Cast) -> None:
    case = cast.directive()
    stale = Case.objects.get(pk=case.pk)
    move(case, "acknowledge", by=cast.officer)
    assert refusal_of(stale, "start", by=cast.head, expected_step="assigned") == "flow.moved-meanwhile"
    move(stale, "start", by=cast.head, expected_step="acknowledged")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Hãy điền “Xin gia hạn đến ngày”. Ví dụ: ngày làm việc sau hạn hiện nay"),
        ({"new_due": "mai"}, "không đúng: mai"),
        ({"new_due": "2025-03-31"}, "sau ngày 31/03/2025"),
        ({"new_due": "2025-04-30", "why": "x"}, "không có mục why"),
    ],
)
def test_answers_to_a_form_are_checked(cast: Cast, data: dict[str, str], says: str) -> None:
    case = cast.directive()
    with clock.at(MONDAY), translation.override("vi"):
        move(case, "start", by=cast.officer)
        with pytest.raises(Refused) as caught:
            move(case, "request-extension", by=cast.officer, comment="Chờ số liệu", data=data)
    assert says in str(caught.value)
    case.refresh_from_db()
    assert case.step == "in-progress"


def test_a_refused_move_leaves_no_trace(cast: Cast) -> None:
    case = cast.directive()
    entries, records = Entry.objects.count(), case.records.count()
    assert refusal_of(case, "hand-over", by=cast.leader, comment=" ", data={"unit": cast.heir.pk}) == (
        "flow.comment-missing"
    )
    assert (Entry.objects.count(), case.records.count()) == (entries, records)


def test_an_extension_is_granted_with_the_day_that_was_asked_for(cast: Cast) -> None:
    case = cast.directive()
    with clock.at(MONDAY):
        move(case, "start", by=cast.officer)
        move(case, "request-extension", by=cast.officer, comment="Chờ", data={"new_due": date(2025, 4, 15)})
        assert held(case).unit == cast.city
        move(case, "grant-extension", by=cast.monitor)
    assert (case.due_on, held(case).due_on) == (date(2025, 4, 15), date(2025, 4, 15))


def test_parts_handed_down_must_close_first(cast: Cast) -> None:
    whole = cast.directive()
    part = cast.directive(2, parent=whole)
    with clock.at(MONDAY):
        move(whole, "start", by=cast.officer)
        with translation.override("vi"):
            refusal = may_move(cast.officer, whole, "report-done")
        assert refusal is not None
        assert "Còn 1 phần việc chưa xong, trước hết là: Nhiệm vụ 2." in refusal.sentence
        move(part, "withdraw", by=cast.leader, comment="Không cần nữa")
        move(whole, "report-done", by=cast.officer, comment="Xong")


def test_what_a_page_offers(cast: Cast) -> None:
    case = cast.directive()
    offers = moves(case, cast.officer)
    assert offers[0].name == "acknowledge"
    assert (offers[0].primary, offers[0].refusal, offers[0].goes_to) == (True, None, "Đã nhận việc")
    greyed = {offer.name for offer in offers if offer.refusal}
    assert "withdraw" in greyed
    assert moves(case, cast.stranger) == []
    assert {offer.name for offer in moves(case, cast.monitor) if not offer.refusal} >= {"withdraw", "hand-over"}


def test_what_a_page_offers_costs_the_same_at_every_step(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = cast.directive()
    with clock.at(MONDAY):
        for name in ("acknowledge", "start"):
            move(case, name, by=cast.officer)
            with django_assert_max_num_queries(8):
                assert len(moves(Case.objects.select_related("process_version").get(pk=case.pk), again(cast.head))) > 3


def test_offers_follow_a_change_of_hands(cast: Cast) -> None:
    case = cast.directive()
    assert moves(case, cast.stranger) == []
    set_party(case, "lead", cast.heir, by=cast.monitor, reason="Sáp nhập")
    assert moves(case, cast.stranger)[0].refusal is None


def test_the_new_holder_is_told_where_the_process_says_so(cast: Cast) -> None:
    clerk = make_person("Hoa", ("clerk", cast.city))
    case = open_case(
        "document-incoming", title="Công văn 5", url="/van-ban/5/", dossier="document:5", by=clerk,
        parties={"receiver": cast.city},
    )  # fmt: skip
    move(case, "register", by=clerk)
    assert not Notice.objects.exists()
    move(case, "submit", by=clerk)
    notice = Notice.objects.get()
    assert (notice.user, notice.subject, notice.url) == (cast.leader, "Đã trình: Công văn 5", "/van-ban/5/")


def test_a_case_keeps_to_the_text_it_was_opened_under(cast: Cast) -> None:
    case = cast.directive()
    old = case.process_version
    files = {name: text.replace('vi = "Đã giao"', 'vi = "Đã phân công"') for name, text in old.text.files.items()}
    files = {name: text.replace("version = 2024-01-01", "version = 2025-03-10") for name, text in files.items()}
    newer = keep_version(old.process, date(2025, 3, 10), files, "f" * 64)
    later = cast.directive(2, on=date(2025, 3, 11))
    assert later.process_version == newer
    assert later.step_now.staff.vi == "Đã phân công"
    assert Case.objects.get(pk=case.pk).step_now.staff.vi == "Đã giao"


def test_a_case_is_fetched_without_the_text_of_its_version(cast: Cast, django_assert_num_queries) -> None:
    number = cast.directive().pk
    with django_assert_num_queries(1) as asked:
        assert Case.objects.select_related("process_version").get(pk=number).step_now.name == "assigned"
    assert "files" not in asked[0]["sql"], "tens of thousands of characters that no list shows"
