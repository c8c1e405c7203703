"""People leave and units merge: what they did stays, what they had to do goes on."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils.text import capfirst

from khue.core.clock import at
from khue.directory.models import Unit
from khue.directory.search import resolve_unit
from khue.documents.models import Directive, Document, Extraction
from khue.journal.models import Entry
from tests.town import WORK, Town, notice, signed_in, worker

TASK = f"Giao Sở Tài chính {WORK[1]} trước ngày 30/6/2026."


def given(town: Town, work: Callable[[], int]) -> Directive:
    """One directive to the department of finance, acknowledged and reported on once."""
    clerk, officer, unit = (signed_in(user) for user in (town.city_clerk, town.city_officer, town.finance_officer))
    data = {"unit": town.city.pk, "arrived_on": "2026-03-09", "file": notice(TASK)}
    clerk.post(reverse("documents:register-incoming"), data)
    work()
    document = Document.objects.get()
    officer.get(reverse("documents:extraction", args=[document.pk]))
    proposal = Extraction.objects.get().proposals.get()
    act = reverse("documents:proposal-act", args=[document.pk, proposal.pk, "accept"])
    officer.post(act, {"version": proposal.version})
    officer.post(reverse("documents:assign", args=[document.pk]))
    directive = Directive.objects.get()
    unit.post(reverse("documents:directive-move", args=[directive.pk]), {"move": "acknowledge"})
    report = {"text": "Đã trình dự toán", "percent": 40}
    unit.post(reverse("documents:directive-report", args=[directive.pk]), report)
    assert directive.reports.count() == 1
    return directive


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_leaves_can_no_longer_sign_in_and_stays_in_the_history(town: Town, work: Callable[[], int]) -> None:
    directive = given(town, work)
    left = signed_in(town.finance_officer)
    local = worker("Quản Trị", "administrator", town.finance)
    before = Entry.objects.filter(dossier=directive.dossier).count()
    answer = signed_in(local).post(
        reverse("accounts:switch", args=[town.finance_officer.pk]), {"reason": "Chuyển công tác"}, follow=True
    )
    assert answer.status_code == 200
    town.finance_officer.refresh_from_db()
    assert not town.finance_officer.is_active
    assert left.get(directive.get_absolute_url()).status_code == 302
    shown = page(signed_in(town.finance_head), directive.get_absolute_url())
    assert town.finance_officer.full_name in shown
    assert "Đã trình dự toán" in shown
    assert Entry.objects.filter(dossier=directive.dossier).count() == before


def test_when_units_merge_the_work_goes_on_at_the_successor(town: Town, work: Callable[[], int]) -> None:
    directive = given(town, work)
    boss = worker("Quản Trị Thành Phố", "administrator", town.city)
    successor = worker("Vũ Thị Mới", "officer", town.science)
    merged_on = date(2026, 4, 1)
    ending = reverse("directory:end-unit", args=[town.finance.code])
    hasty = signed_in(boss).post(ending, {"on": merged_on.isoformat()})
    assert "Ghi đơn vị kế thừa, hoặc đánh dấu là không có." in hasty.content.decode()
    town.finance.refresh_from_db()
    assert town.finance.valid_to is None, "one press ends no unit"
    signed_in(boss).post(ending, {"on": merged_on.isoformat(), "nobody": "on"})
    assert "Ghi đơn vị kế thừa" in page(signed_in(boss), town.finance.get_absolute_url())
    answer = signed_in(boss).post(
        ending,
        {"on": merged_on.isoformat(), "successors": town.science.name, "basis": "Nghị quyết sáp nhập"},
        follow=True,
    )
    assert answer.status_code == 200, answer.content.decode()
    town.finance.refresh_from_db()
    assert town.finance.valid_to == date(2026, 3, 31), answer.content.decode()
    with at(merged_on):
        directive.refresh_from_db()
        assert directive.lead == town.science
        client = signed_in(successor)
        assert capfirst(WORK[1]) in page(client, reverse("site:desk"))
        report = {"text": "Tiếp nhận và hoàn thành", "percent": 100, "done": "on"}
        client.post(reverse("documents:directive-report", args=[directive.pk]), report)
        directive.refresh_from_db()
        assert directive.state == "reported"
        shown = page(client, directive.get_absolute_url())
        assert "Đã trình dự toán" in shown, "what the merged unit reported stays"
        assert page(client, reverse("directory:unit", args=[town.finance.code]))
        assert resolve_unit("Sở Tài chính", date(2026, 3, 9)) == Unit.objects.get(pk=town.finance.pk)
