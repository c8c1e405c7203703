"""Calling, writing, handing in: nothing is lost, nothing is late, nothing is counted twice."""

from datetime import timedelta

import pytest

from khue.core.clock import at
from khue.core.refusals import Refused
from khue.journal.models import Entry
from khue.missions.actions.select.applications import add_author, save_section, start, submit, withdraw
from khue.missions.actions.select.attachments import attach
from khue.missions.actions.select.calls import cancel_call, close_due, draft_call, invite_directly, publish, repeat
from khue.missions.actions.select.evaluating import fail
from khue.missions.actions.select.plans import revision
from khue.missions.models import Application, Call, Order, Selection
from khue.missions.rules.select import plans
from khue.missions.rules.select.calls import visible_to as calls_visible_to
from khue.missions.rules.select.completeness import files_of, lacking
from khue.missions.tests.market import MONDAY, Market, again, fill, fresh, moment, on, order_in, paper
from khue.notices.models import Notice

CLOSES = moment(MONDAY + timedelta(days=31))


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


# ------------------------------------------------------------------ calls


def test_a_call_stays_open_for_the_days_of_its_version_and_everybody_reads_it(fair: Market) -> None:
    with on(MONDAY):
        call = draft_call([fair.order], title="Gọi", closes_at=moment(MONDAY + timedelta(days=29)), by=fair.officer)
        assert not calls_visible_to(again(fair.first_head)).exists()
        with refused("call.too-short"):
            publish(call, by=fair.officer)
        Call.objects.filter(pk=call.pk).update(closes_at=moment(MONDAY + timedelta(days=30)))
        publish(call, by=fair.officer)
        assert calls_visible_to(again(fair.first_head)).get() == call
        assert Notice.objects.filter(user=fair.first_head, dossier=call.dossier).count() == 1
        assert Order.objects.get(pk=fair.order.pk).state == Order.State.SELECTING
        with refused("call.order-taken"):
            draft_call([fair.order], title="Gọi nữa", closes_at=CLOSES, by=fair.officer)


def test_only_the_department_calls_and_only_for_approved_orders(fair: Market) -> None:
    with on(MONDAY):
        with refused("call.not-yours"):
            draft_call([fair.order], title="Gọi", closes_at=CLOSES, by=again(fair.first_head))
        fair.order.list.state = "draft"
        fair.order.list.save()
        with refused("call.not-approved"):
            draft_call([fair.order], title="Gọi", closes_at=CLOSES, by=fair.officer)


def test_a_failed_call_is_repeated_within_six_months_as_the_next_attempt(fair: Market, selection: Selection) -> None:
    call = selection.call
    assert call is not None
    with on(MONDAY + timedelta(days=33)):
        assert close_due() == 1
        assert close_due() == 0
        fail(fresh(selection), by=fair.officer, reason="Không có hồ sơ nào.")
        again_called = repeat(call, closes_at=moment(MONDAY + timedelta(days=70)), by=fair.officer)
        publish(again_called, by=fair.officer)
    second = fair.selection()
    assert (second.attempt, again_called.repeats) == (2, call)
    with on(MONDAY + timedelta(days=71)):
        close_due()
        fail(second, by=fair.officer, reason="Lại không có hồ sơ.")
    with on(MONDAY + timedelta(days=71 + 190)), refused("call.too-late"):
        repeat(again_called, closes_at=moment(MONDAY + timedelta(days=400)), by=fair.officer)


def test_a_cancelled_call_frees_its_orders(fair: Market, selection: Selection) -> None:
    assert selection.call is not None
    with on(MONDAY + timedelta(days=3)):
        with refused("call.reason"):
            cancel_call(selection.call, by=fair.mill.head, reason=" ")
        cancel_call(selection.call, by=fair.mill.head, reason="Sửa yêu cầu.")
    assert Order.objects.get(pk=fair.order.pk).state == Order.State.LISTED
    with on(MONDAY + timedelta(days=4)), refused("application.too-late"):
        start(fresh(selection), fair.mill.host, by=fair.first_head)


def test_a_direct_assignment_asks_one_organisation_for_a_ground(fair: Market) -> None:
    with on(MONDAY):
        with refused("call.no-ground"):
            invite_directly(fair.order, fair.mill.host, closes_at=CLOSES, by=fair.officer)
        made = invite_directly(fair.order, fair.mill.host, closes_at=CLOSES, ground="single", by=fair.officer)
        with refused("application.not-invited"):
            start(fresh(made), fair.mill.elsewhere, by=fair.second_head)
        assert start(fresh(made), fair.mill.host, by=fair.first_head).state == "draft"


# ------------------------------------------------------------------ writing


def test_two_authors_never_overwrite_each_other(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = start(selection, fair.mill.host, by=fair.first_head)
        seen = revision(application.plan, "general")
        save_section(application, "general", {"name": "Một", "months": 12}, by=fair.first_head, expected=seen)
        with refused("plan.changed-meanwhile"):
            save_section(application, "general", {"name": "Hai", "months": 24}, by=fair.mill.worker, expected=seen)
        application.refresh_from_db()
        assert application.plan.name == "Một"
        save_section(application, "stages", {"rows": []}, by=fair.mill.worker, expected=0)


def test_an_author_is_named_by_the_organisation(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = start(selection, fair.mill.host, by=fair.first_head)
        with refused("application.not-yours"):
            save_section(application, "general", {"name": "Ba", "months": 12}, by=fair.mill.stranger)
        add_author(application, fair.mill.stranger, by=fair.first_head)
        save_section(application, "general", {"name": "Ba", "months": 12}, by=fair.mill.stranger)
        with refused("application.head-submits"):
            submit(application, by=fair.mill.stranger)


def test_a_budget_that_does_not_add_up_is_named_by_cell(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.drafted(selection, fair.mill.host, fair.first_head)
        before = plans.read_section(application.plan, "budget")
        wrong = {"rows": [
            {"item": "labour", "source": "state", "y1": "300.000.000", "y2": "50.000.000", "total": "360.000.000"}
        ]}  # fmt: skip
        with pytest.raises(Refused) as error:
            save_section(application, "budget", wrong, by=fair.first_head)
        assert error.value.refusal.code == "plan.does-not-add-up"
        assert "360.000.000 ₫" in str(error.value)
        assert "350.000.000 ₫" in str(error.value)
        fraction = {"rows": [{"item": "labour", "source": "state", "y1": "1,5"}]}
        with pytest.raises(Refused) as error:
            save_section(application, "budget", fraction, by=fair.first_head)
        assert "row 1" in str(error.value) or "dòng 1" in str(error.value)
        assert plans.read_section(application.plan, "budget") == before


@pytest.mark.parametrize(
    ("section", "rows", "code"),
    [
        ("people", [{"name": "A", "role": "investigator", "share": "70"}, {"name": "B", "role": "main", "share": "31"}],
         "plan.shares"),
        ("people", [{"name": "An", "role": "investigator"}, {"name": "Ba", "role": "investigator"}],
         "plan.two-investigators"),
        ("stages", [{"content": "A", "from_month": 5, "to_month": 3}], "plan.stage"),
        ("stages", [{"content": "A", "from_month": 1, "to_month": 25}], "plan.stage"),
        ("products", [{"kind": "I", "name": "Bài báo", "quantity": "0"}], "plan.product"),
        ("products", [{"kind": "I", "name": "Bài báo", "quantity": "1", "due_month": -5}], "plan.product"),
        ("products", [{"kind": "I", "name": "Bài báo", "quantity": "1", "due_month": 25}], "plan.product"),
        ("products", [{"kind": "I", "name": "Bài báo", "quantity": "999999999999"}], "flow.answer"),
        ("budget", [{"item": "labour", "source": "state", "y1": 1}, {"item": "labour", "source": "state", "y1": 2}],
         "plan.twice"),
    ],
)  # fmt: skip
def test_rows_that_cannot_stand_are_refused(
    fair: Market, selection: Selection, section: str, rows: list[dict[str, object]], code: str
) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = start(selection, fair.mill.host, by=fair.first_head)
        with refused(code):
            save_section(application, section, {"rows": rows}, by=fair.first_head)


def test_a_full_lump_sum_keeps_below_the_ceilings(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.drafted(selection, fair.mill.host, fair.first_head)
        rows = [{"item": "labour", "source": "state", "y1": 850}, {"item": "equipment", "source": "state", "y1": 150}]
        save_section(application, "budget", {"rows": rows}, by=fair.first_head)
        save_section(application, "general", {"name": "Tên", "months": 24, "lump_sum": "full"}, by=fair.first_head)
        definition = fresh(selection).case.definition
        assert not lacking(application, definition)
        rows[1]["y1"] = 151
        save_section(application, "budget", {"rows": rows}, by=fair.first_head)
        assert [item.section for item in lacking(application, definition)] == ["budget"]


def test_sums_agree_whichever_way_they_are_added(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.drafted(selection, fair.mill.host, fair.first_head)
    found = plans.sums(application.plan)
    assert found.total == 600_000_000
    assert sum(row["total"] for row in found.by_item.values()) == found.total
    assert sum(row["total"] for row in found.by_year.values()) == found.total


def test_a_name_typed_twice_is_one_row(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.drafted(selection, fair.mill.host, fair.first_head)
        fill(application, by=fair.first_head)
        application.refresh_from_db()
        assert application.plan.people.count() == 2
        row = {"name": "Phạm Thị Hòa", "role": "main"}
        rows = [{**row, "unit": fair.mill.host.pk}, {**row, "name": "PHẠM THỊ HOÀ"}]
        with pytest.raises(Refused) as refused:
            save_section(application, "people", {"rows": rows}, by=fair.first_head)
    assert refused.value.refusal.code == "plan.twice"


# ------------------------------------------------------------------ handing in


def test_what_is_missing_is_said_and_nothing_is_handed_in(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = start(selection, fair.mill.host, by=fair.first_head)
        with refused("application.incomplete"):
            submit(application, by=fair.first_head)
    assert not application.receipts.exists()


def test_a_receipt_has_number_moment_and_the_hash_of_plan_and_files(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.drafted(selection, fair.mill.host, fair.first_head)
        receipt = submit(application, by=fair.first_head)
        assert receipt.number == 1
        assert receipt.sha256 == plans.digest(application.plan, files_of(application))
        with refused("application.handed-in"):
            save_section(application, "general", {"name": "Khác", "months": 12}, by=fair.first_head)
    assert Entry.objects.filter(dossier=application.dossier, verb="application.submitted").count() == 1


def test_the_same_application_sent_twice_counts_once(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.applied(selection, fair.mill.host, fair.first_head)
        with pytest.raises(Refused) as error:
            submit(application, by=fair.first_head)
        assert error.value.refusal.code == "application.twice"
        assert str(application.receipts.get()) in str(error.value)
        with refused("application.already"):
            start(selection, fair.mill.host, by=fair.mill.worker)
    assert application.receipts.count() == 1


def test_at_the_closing_moment_it_is_in_time_and_a_second_later_it_is_not(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        one = fair.drafted(selection, fair.mill.host, fair.first_head)
        two = fair.drafted(selection, fair.mill.elsewhere, fair.second_head, head="Ngô Văn Minh")
    with at(CLOSES):
        submit(one, by=fair.first_head)
    with at(CLOSES + timedelta(seconds=1)):
        with refused("application.too-late"):
            submit(two, by=fair.second_head)
        with refused("application.too-late"):
            withdraw(one, by=fair.first_head)
        with refused("application.too-late"):
            attach(two, paper(), kind="other", by=fair.second_head)
    two.refresh_from_db()
    assert two.state == Application.State.DRAFT
    assert two.plan.products.count() == 1, "the draft is kept"


def test_withdrawn_changed_and_handed_in_again_gets_a_new_receipt(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.applied(selection, fair.mill.host, fair.first_head)
        first = application.receipts.get()
        withdraw(application, by=fair.first_head)
        save_section(application, "general", {"name": "Tên mới", "months": 24}, by=fair.first_head)
        second = submit(application, by=fair.first_head)
    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    assert application.receipts.filter(withdrawn_at=None).get() == second


def test_a_cv_belongs_to_somebody_and_a_quotation_has_a_day(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)):
        application = fair.drafted(selection, fair.mill.host, fair.first_head)
        with refused("attachment.whose"):
            attach(application, paper(), kind="cv", by=fair.first_head)
        with refused("attachment.quotation"):
            attach(application, paper(), kind="quotation", issued_on=MONDAY - timedelta(days=90), by=fair.first_head)
        attach(application, paper(), kind="quotation", issued_on=MONDAY - timedelta(days=89), by=fair.first_head)


def test_the_department_does_not_apply_in_its_own_call(fair: Market, selection: Selection) -> None:
    with on(MONDAY + timedelta(days=1)), refused("application.own-call"):
        start(selection, fair.mill.department, by=fair.officer)


def test_several_orders_are_called_for_together(fair: Market) -> None:
    with on(MONDAY):
        other = order_in(fair.order.list, 2, "Đề án dữ liệu mở")
        call = fair.called(fair.order, other)
    assert call.selections.count() == 2
