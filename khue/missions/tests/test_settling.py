"""The end of a contract: assets counted and dealt with, sums that agree, what failed closed with its refund."""

from datetime import date, timedelta
from io import BytesIO
from unicodedata import normalize

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.missions.actions.accept.accepting import open_acceptance
from khue.missions.actions.carry import assets, ending, paying, reporting, settling
from khue.missions.actions.standing import step
from khue.missions.models import Acceptance, Asset, Contract, Mission
from khue.missions.rules.carry.reports import Spent
from khue.missions.rules.carry.settling import checks, sums
from khue.missions.tests.mill import NEW, OLD, Mill, running
from khue.missions.tests.test_select_pages import said

MILLION = 1_000_000
SPENT = 500 * MILLION
OVER = OLD + timedelta(days=740)
END = OVER + timedelta(days=200)


def code_of(error: "pytest.ExceptionInfo[Refused]") -> str:
    return error.value.refusal.code


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def over(here: Mill, begun: date = OLD, *, rating: str = "passed") -> Mission:
    """The time is over, the acceptance has its result; half of the money was paid, one report is not sent yet."""
    mission, contract = running(here, begun)
    first = contract.instalments.all()[0]
    with at(begun + timedelta(days=12)):
        paying.pay(first, amount=first.amount, paid_on=begun + timedelta(days=11), by=here.officer)
    assert mission.ends_on is not None
    with at(mission.ends_on + timedelta(days=1)):
        ending.end(mission, by=here.officer)
        open_acceptance(mission, by=here.worker)
        Mission.objects.filter(pk=mission.pk).update(rating=rating)
        step(mission, "fail" if rating == "failed" else "pass", by=here.officer, comment="Theo biên bản hội đồng.")
        Acceptance.objects.filter(mission=mission).update(
            rating=rating, concluded_on=OVER, recognised_on=OVER if rating == "passed" else None
        )
    return Mission.objects.get(pk=mission.pk)


def report(here: Mill, mission: Mission, amount: int) -> None:
    """The last report is sent and confirmed after the work is over."""
    one = mission.reports.get()
    spending = {("labour", "state", 1): Spent(amount, "dồn cả kỳ")}
    reporting.save_report(one, by=here.worker, text="Xong.", stages={1: (100, ""), 2: (100, "")}, spending=spending)
    reporting.submit_report(one, by=here.worker)
    reporting.confirm_volume(one, by=here.officer)
    reporting.confirm_money(one, by=here.officer)


def test_a_contract_is_settled_when_everything_agrees(here: Mill) -> None:
    mission = over(here)
    with at(END):
        meter = assets.keep_asset(
            mission, by=here.worker, name="Máy đo độ mặn", value=36 * MILLION, keeper="Bộ môn Rau"
        )
        with pytest.raises(Refused) as error:
            settling.settle(mission, liquidated_on=END, settled=SPENT, by=here.officer)
        assert code_of(error) == "settle-reports"
        report(here, mission, 380 * MILLION)
        mission.refresh_from_db()
        assert (sums(mission).open, sums(mission).confirmed) == (120 * MILLION, 380 * MILLION)
        with pytest.raises(Refused, match=r"120\.000\.000"):
            settling.settle(mission, liquidated_on=END, settled=380 * MILLION, by=here.officer)
        back = paying.demand_refund(
            mission, amount=120 * MILLION, reason="Chưa chi.", decision_sign="9/QĐ", decided_on=END, by=here.officer
        )
        with pytest.raises(Refused) as error:
            settling.settle(mission, liquidated_on=END, settled=380 * MILLION, by=here.officer)
        assert code_of(error) == "settle-owed"
        paying.pay_back(back, amount=120 * MILLION, paid_on=END, by=here.officer)
        with pytest.raises(Refused) as error:
            assets.decide_assets(
                mission, [meter.pk], disposal="host", decision_sign="1/QĐ", decided_on=END, by=here.officer
            )
        assert code_of(error) == "asset-uncounted"
        assets.count_assets(mission, {meter.pk: "good"}, counted_on=END, by=here.worker)
        told = {"decision_sign": "88/QĐ-SKHCN", "decided_on": END, "by": here.officer}
        with pytest.raises(Refused) as error:
            assets.decide_assets(mission, [meter.pk], disposal="transfer", **told)  # type: ignore[arg-type]
        assert code_of(error) == "asset-receiver"
        with pytest.raises(Refused, match="không thể ký trước"):
            assets.decide_assets(
                mission,
                [meter.pk],
                disposal="host",
                **told | {"decided_on": END - timedelta(days=1)},  # type: ignore[arg-type]
            )
        with pytest.raises(Refused) as error:
            assets.decide_assets(mission, [meter.pk], disposal="host", **told | {"by": here.worker})  # type: ignore[arg-type]
        assert code_of(error) == "mission-not-followed"
        assets.decide_assets(mission, [meter.pk], disposal="transfer", receiver=here.elsewhere, **told)  # type: ignore[arg-type]
        with pytest.raises(Refused) as error:
            assets.keep_asset(mission, by=here.worker, asset=meter, name="Máy khác")
        assert code_of(error) == "asset-decided"
        assert [one.refusal for one in checks(Mission.objects.get(pk=mission.pk))] == [None] * 4
        with pytest.raises(Refused) as error:
            settling.settle(mission, liquidated_on=END, settled=381 * MILLION, by=here.officer)
        assert code_of(error) == "settle-sum"
        settled = settling.settle(mission, liquidated_on=END, settled=380 * MILLION, by=here.officer)
        with pytest.raises(Refused) as error:
            assets.keep_asset(mission, by=here.worker, name="Thêm sau")
        assert code_of(error) == "asset-settled"
    assert (settled.state, Contract.objects.get(mission=mission).liquidated_on) == ("closed", END)


def test_what_failed_is_closed_and_its_refund_followed(here: Mill) -> None:
    mission = over(here, rating="failed")
    told = {"decision_sign": "90/QĐ-UBND", "decided_on": END, "reason": "Không đạt.", "by": here.head}
    with at(END):
        with pytest.raises(Refused) as error:
            settling.settle(mission, liquidated_on=END, settled=0, by=here.officer)
        assert code_of(error) == "settle-failed"
        with pytest.raises(Refused) as error:
            settling.close_failed(mission, refund=SPENT + 1, **told)  # type: ignore[arg-type]
        assert code_of(error) == "refund-amount"
        closed = settling.close_failed(mission, refund=SPENT // 2, **told)  # type: ignore[arg-type]
    assert (closed.state, closed.next_due_on) == ("failed", END + timedelta(days=30))
    assert closed.refunds.get().amount == SPENT // 2
    with at(END + timedelta(days=40)):
        paying.pay_back(closed.refunds.get(), amount=SPENT // 2, paid_on=END + timedelta(days=35), by=here.officer)
    closed.refresh_from_db()
    assert closed.next_due_on is None, "a report that was never sent is not owed any more"


def test_the_page_of_the_end_for_host_department_and_strangers(here: Mill) -> None:
    mission = over(here)
    page = reverse("missions:settlement", args=[mission.pk])
    keep, count = (reverse(f"missions:{name}", args=[mission.pk]) for name in ("asset-keep", "assets-count"))
    with at(END):
        host, officer, stranger = signed_in(here.worker), signed_in(here.officer), signed_in(here.stranger)
        assert stranger.get(page).status_code == 404
        wrong = host.post(keep, {"name": "Máy sấy", "quantity": "1", "value": "nhiều"})
        assert wrong.status_code == 422
        assert "nhiều" in wrong.content.decode()
        assert host.post(keep, {"name": "Máy sấy", "quantity": "1", "value": "120.000.000"}).status_code == 302
        dryer = Asset.objects.get()
        assert host.post(count, {f"condition-{dryer.pk}": "worn", "counted_on": "2026-09-01"}).status_code == 302
        assert host.post(reverse("missions:settle", args=[mission.pk]), {}).status_code in (403, 422)
        decided = officer.post(
            reverse("missions:assets-decide", args=[mission.pk]),
            {"pick": str(dryer.pk), "disposal": "host", "decision_sign": "3/QĐ", "decided_on": "2026-09-02"},
        )
        assert decided.status_code == 302
        seen = officer.get(page).content.decode()
        assert "Máy sấy" in seen
        assert "báo cáo định kỳ số 1" in seen, "what is missing is said before it is tried"
        refused = officer.post(
            reverse("missions:settle", args=[mission.pk]), {"liquidated_on": "2026-09-20", "settled": "0"}
        )
        assert refused.status_code == 422
        listed = officer.get(reverse("missions:assets")).content.decode()
        assert "Máy sấy" in listed
        for asked in ("Sấy", "say", normalize("NFD", "máy sấy")):
            assert "Máy sấy" in officer.get(reverse("missions:assets"), {"q": asked}).content.decode()
        assert officer.get(reverse("missions:assets"), {"format": "xlsx"}).content[:2] == b"PK"
        assert "Máy sấy" not in stranger.get(reverse("missions:assets")).content.decode()
        for name in ("asset-inventory", "asset-decision", "liquidation"):
            paper = officer.get(reverse("missions:paper", args=[mission.pk, name]))
            text = WordFile(BytesIO(paper.content))
            cells = " ".join(cell.text for table in text.tables for row in table.rows for cell in row.cells)
            assert "Máy sấy" in cells, name
        for name in ("asset-inventory", "settlement-report"):
            told = said(officer, reverse("missions:paper", args=[mission.pk, name]))
            assert here.host.name.upper() in told, "who counts and accounts for it"
            assert "SỞ KHOA HỌC" not in told, name


def test_under_the_newest_rules_an_honest_failure_owes_nothing(here: Mill) -> None:
    mission = over(here, NEW, rating="failed")
    assert mission.ends_on is not None
    with at(mission.ends_on + timedelta(days=60)):
        page = signed_in(here.head).get(reverse("missions:settlement", args=[mission.pk])).content.decode()
    assert "không phải hoàn trả" in page
