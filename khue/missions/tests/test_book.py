"""The pages of a mission that is carried out, as the people in it use them."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from khue.accounts.models import User
from khue.core.clock import at
from khue.missions.actions.accept.accepting import open_acceptance
from khue.missions.actions.carry import paying, reporting
from khue.missions.models import Adjustment, Mission
from khue.missions.rules.carry.budget import budget_of
from khue.missions.rules.carry.papers import context_of
from khue.missions.rules.carry.reports import Spent
from khue.missions.tests.mill import NEW, OLD, Mill, running, waiting

LATER = NEW + timedelta(days=30)
SIDES = {
    "department_head": "Đỗ Thị Lan", "department_post": "Phó Giám đốc", "host_head": "Lê Thị Mai",
    "host_post": "Viện trưởng", "host_account": "3713.0.1057000, Kho bạc Nhà nước Gia Lâm",
}  # fmt: skip


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _post(user: User, mission: Mission, do: str, target: int = 0, /, **data: str) -> str:
    with at(LATER):
        answer = client_of(user).post(
            f"/nhiem-vu/{mission.pk}/viec/{do}/", {"target": str(target), **data}, follow=True
        )
    assert answer.status_code in (200, 422)
    return answer.content.decode()


def _book(client: Client, mission: Mission) -> str:
    """The page with the parts that come after it, as it is read in a browser."""
    page = client.get(mission.get_absolute_url()).content.decode()
    parts = re.findall(r'hx-get="(/nhiem-vu/\d+/[a-z-]+/)" hx-trigger="load"', page)
    return page + "".join(client.get(part).content.decode() for part in parts)


def _contract_data(*amounts: str) -> dict[str, str]:
    told = {"sign": "12/HĐ-SKHCN", "signed_on": "2026-03-20", "starts_on": "2026-03-20", **SIDES}
    for number, amount in enumerate(amounts, 1):
        told |= {f"due_on-{number}": f"2026-0{number + 3}-10", f"amount-{number}": amount}
    return told


def test_a_contract_is_entered_on_the_page_and_what_was_typed_stays_when_it_does_not_add_up(here: Mill) -> None:
    mission = waiting(here, NEW)
    page = _post(here.officer, mission, "contract", **_contract_data("600.000.000", "399.999.999"))
    assert "999.999.999 ₫" in page
    assert 'value="399.999.999"' in page
    page = _post(here.officer, mission, "contract", **_contract_data("600.000.000", "bốn trăm triệu"))
    assert "«bốn trăm triệu»" in page
    _post(here.officer, mission, "contract", **_contract_data("600.000.000", "400.000.000"))
    mission.refresh_from_db()
    assert (mission.state, mission.contract.instalments.count()) == ("running", 2)
    book = _book(client_of(here.officer), mission)
    assert "12/HĐ-SKHCN" in book
    assert "600.000.000 ₫" in book
    assert "400.000.000 ₫" in book


def test_a_payment_above_the_contract_is_refused_on_the_page(here: Mill, mission: Mission) -> None:
    first = mission.contract.instalments.all()[0]
    page = _post(here.officer, mission, "pay", first.pk, amount="500.000.001", paid_on=LATER.isoformat())
    assert "500.000.001 ₫" in page
    _post(here.officer, mission, "pay", first.pk, amount="500.000.000", paid_on=LATER.isoformat())
    mission.refresh_from_db()
    assert mission.paid == 500_000_000


def test_the_lead_organisation_asks_and_the_head_answers(here: Mill, mission: Mission) -> None:
    _post(here.worker, mission, "ask", kind="extension", end="2028-05-01", reason="Mất một vụ.")
    change = Adjustment.objects.get()
    assert change.state == "asked"
    told = {"granted": "yes", "decision_sign": "45/QĐ", "decided_on": LATER.isoformat(), "answer": "Đồng ý."}
    _post(here.head, mission, "answer", change.pk, **told)
    mission.refresh_from_db()
    assert mission.ends_on == date(2028, 5, 1)
    page = _post(here.worker, mission, "ask", kind="extension", end="2028-06-01", reason="Lần hai.")
    assert "1 lần" in page


def test_others_see_what_is_published_and_no_money(here: Mill, mission: Mission) -> None:
    with at(LATER):
        own, other = (_book(client_of(who), mission) for who in (here.worker, here.stranger))
        refused = client_of(here.stranger).get(mission.reports.get().get_absolute_url())
        paper = client_of(here.stranger).get(f"/nhiem-vu/{mission.pk}/giay-to/contract/")
    assert "Sau khi nghiệm thu" in own
    assert "Sau khi nghiệm thu" not in other
    assert mission.title in other
    assert "so-sach" not in other
    for part in ("so-sach", "dien-bien"):
        assert client_of(here.stranger).get(f"{mission.get_absolute_url()}{part}/").status_code == 404
    assert (refused.status_code, paper.status_code) == (404, 404)


@pytest.mark.parametrize("who", ["officer", "division_officer", "head", "leader", "worker"])
def test_everybody_in_the_mission_reads_it_in_few_queries(
    here: Mill, mission: Mission, who: str, django_assert_max_num_queries: object
) -> None:
    client = client_of(getattr(here, who))
    with at(LATER), django_assert_max_num_queries(52):  # type: ignore[operator]
        assert client.get(mission.get_absolute_url()).status_code == 200
    with at(LATER), django_assert_max_num_queries(20):  # type: ignore[operator]
        assert client.get(f"{mission.get_absolute_url()}so-sach/").status_code == 200


def test_a_report_is_written_and_sent_on_its_page(here: Mill, mission: Mission) -> None:
    report = mission.reports.get()
    told = {
        "text": "Xong điều tra.",
        "percent-1": "60",
        "percent-2": "0",
        "spent-labour-state-1": "150 triệu",
        "send": "1",
    }
    with at(LATER):
        client = client_of(here.worker)
        page = client.post(f"{report.get_absolute_url()}luu/", told)
        assert page.status_code == 422
        assert "«150 triệu»" in page.content.decode()
        assert "Xong điều tra." in page.content.decode()
        client.post(f"{report.get_absolute_url()}luu/", {**told, "spent-labour-state-1": "150.000.000"})
        report.refresh_from_db()
        assert report.state == "submitted"
        again = client.post(f"{report.get_absolute_url()}luu/", {**told, "spent-labour-state-1": "1"})
        assert again.status_code == 422
        client_of(here.officer).post(f"{report.get_absolute_url()}tra-loi/", {"do": "volume"})
        pk = report.spending.get().pk
        client_of(here.officer).post(
            f"{report.get_absolute_url()}tra-loi/", {"do": "money", f"confirmed-{pk}": "140.000.000"}
        )
    mission.refresh_from_db()
    assert mission.confirmed == 140_000_000


def test_what_is_finished_of_each_product_is_told_once_for_papers_the_next_report_and_the_file(
    here: Mill, mission: Mission
) -> None:
    report, product = mission.reports.get(), mission.plan.products.first()
    worker, save = client_of(here.worker), f"{report.get_absolute_url()}luu/"
    number = product.number
    told = {"text": "Xong mô hình.", f"finished-{number}": "1,5 cái", f"proof-{number}": "Biên bản 12"}
    with at(LATER):
        wrong = worker.post(save, told)
        assert wrong.status_code == 422
        assert "1,5 cái" in wrong.content.decode(), "what was typed is kept, with what is wrong"
        for absurd in ("9" * 30, "NaN", "-1"):
            assert worker.post(save, told | {f"finished-{number}": absurd}).status_code == 422
        told |= {f"finished-{number}": "0,5", f"place-{number}": "Xã " * 1000}
        assert worker.post(save, told).status_code == 302, "kept as far as there is room, as the form says"
        assert len(report.products.get(product=product).place) <= 300
        told |= {f"finished-{number}": "0,5", f"place-{number}": "Xã Sóc Sơn", f"effect-{number}": "Giảm 20 % nước"}
        assert worker.post(save, told | {"send": "1"}).status_code == 302
    words = next(row for row in context_of(mission, report=report)["products"] if row["number"] == number)
    assert {name: words[name] for name in ("delivered", "proof", "place", "effect")} == {
        "delivered": "0,5", "proof": "Biên bản 12", "place": "Xã Sóc Sơn", "effect": "Giảm 20 % nước",
    }  # fmt: skip
    with at(NEW + timedelta(days=200)):
        reporting.open_reports_of(mission)
        assert mission.reports.get(number=2).products.get().place == "Xã Sóc Sơn", "the next report begins with it"
    assert mission.ends_on is not None
    with at(mission.ends_on):
        acceptance = open_acceptance(mission, by=here.officer)
    check = acceptance.products.get(product__number=number)
    assert (check.quantity, check.proof) == (Decimal("0.5"), "Biên bản 12"), "and so does the file of acceptance"


def test_the_totals_of_the_budget_agree(here: Mill, mission: Mission) -> None:
    report = mission.reports.get()
    with at(LATER):
        paying.pay(mission.contract.instalments.all()[0], amount=500_000_000, paid_on=LATER, by=here.officer)
        spending = {("labour", "state", 1): Spent(100_000_000), ("materials", "host", 1): Spent(50_000_000)}
        reporting.save_report(report, by=here.worker, text="Một.", spending=spending)
        reporting.submit_report(report, by=here.worker)
        reporting.confirm_money(report, by=here.officer)
    table = budget_of(mission)
    for name in ("planned", "spent", "confirmed"):
        by_source = sum(getattr(row.total, name) for row in table.by_source)
        by_year = sum(getattr(cell, name) for cell in table.total.years)
        by_row = sum(getattr(row.total, name) for row in table.rows)
        assert by_source == by_year == by_row == getattr(table.total.total, name)
    assert (table.total.total.planned, table.total.total.spent) == (1_200_000_000, 150_000_000)
    mission.refresh_from_db()
    assert mission.confirmed == 100_000_000


def test_every_paper_that_is_offered_can_be_had_in_each_generation(here: Mill, mission: Mission) -> None:
    officer = client_of(here.officer)
    for day in (OLD, date(2025, 3, 3), NEW):
        found = mission if day == NEW else running(here, day)[0]
        with at(day + timedelta(days=20)):
            papers = officer.get(found.get_absolute_url()).context["papers"]
            assert {"contract", "running-registration", "progress-report"} <= {one.name for one in papers}
            for one in papers:
                answer = officer.get(f"/nhiem-vu/{found.pk}/giay-to/{one.name}/{one.query}")
                assert answer.content[:2] == b"PK", one.name
