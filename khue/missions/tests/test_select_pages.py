"""The pages of selecting, for each who opens them."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localtime

from khue.accounts.models import User
from khue.core.clock import at
from khue.flow.shelf.words import words
from khue.missions.actions.select import calls
from khue.missions.actions.select.evaluating import fail
from khue.missions.actions.select.plans import revision
from khue.missions.models import Application, Call
from khue.missions.tests.market import MONDAY, Market, fresh, moment, on, order_in

CLOSED = MONDAY + timedelta(days=32)
pytestmark = pytest.mark.usefixtures("selection")
"""The order is called for."""


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def page(user: User, name: str, *args: object, **query: str) -> tuple[int, str]:
    answer = client(user).get(reverse(f"missions:{name}", args=args), query)
    told = answer.content.decode(errors="replace") if "text/html" in answer["Content-Type"] else ""
    return answer.status_code, told


def test_an_organisation_applies_from_the_page_of_the_call(fair: Market) -> None:
    selection = fair.selection()
    with on(MONDAY + timedelta(days=1)):
        assert page(fair.first_head, "call", selection.call_id)[0] == 200
        begun = client(fair.first_head).post(
            reverse("missions:application-begin", args=[selection.pk]), {"unit": fair.mill.host.pk}
        )
        made = Application.objects.get()
        assert begun.headers["Location"] == made.get_absolute_url()
        for name in ("general", "outline", "people", "partners", "stages", "products", "budget"):
            assert page(fair.first_head, "application-section", made.pk, name)[0] == 200, name
        rows = {
            "rows-0-item": "labour", "rows-0-source": "state", "rows-0-y1": "1.000.000", "rows-0-y2": "",
            "rows-0-total": "2.000.000", "version": "0",
        }  # fmt: skip
        wrong = client(fair.first_head).post(reverse("missions:application-section", args=[made.pk, "budget"]), rows)
        told = wrong.content.decode()
        assert wrong.status_code == 200
        assert "1.000.000 ₫" in told
        assert 'value="2.000.000"' in told, "what was typed stays"
        rows["rows-0-total"] = "1.000.000"
        right = client(fair.first_head).post(reverse("missions:application-section", args=[made.pk, "budget"]), rows)
        assert right.status_code == 302
        assert made.plan.budget.get().amount == 1_000_000


def test_a_product_is_of_a_class_that_the_shelf_names(fair: Market) -> None:
    with on(MONDAY + timedelta(days=1)):
        made = fair.drafted(fair.selection(), fair.mill.host, fair.first_head)
        reader = client(fair.first_head)
        page = reader.get(reverse("missions:application-section", args=[made.pk, "products"])).content.decode()
        read = reader.get(made.get_absolute_url()).content.decode()
    for word in words("products").values():
        assert word.label.vi in page, "what each class is"
        assert f">{word.label.vi.partition(':')[0]}</option>" in page
    assert ">Dạng II<" in read


def test_what_is_typed_is_kept_and_nobody_overwrites_another(fair: Market) -> None:
    with on(MONDAY + timedelta(days=1)):
        made = fair.drafted(fair.selection(), fair.mill.host, fair.first_head)
        number = revision(made.plan, "general")
        address = reverse("missions:application-save", args=[made.pk, "general"])
        typed = {"name": "Tên đang gõ", "months": "24", "lump_sum": "partial", "version": str(number)}
        kept = json.loads(client(fair.first_head).post(address, typed).content)
        assert (kept["version"], kept["problem"]) == (number + 1, "")
        late = client(fair.mill.worker).post(address, {**typed, "name": "Khác"})
        assert late.status_code == 409
        assert fair.first_head.full_name in json.loads(late.content)["refused"]
        by_hand = client(fair.mill.worker).post(
            reverse("missions:application-section", args=[made.pk, "general"]), {**typed, "name": "Khác"}
        )
        told = by_hand.content.decode()
        assert 'value="Khác"' in told
        assert "Tên đang gõ" in told
        assert told.count(f"{fair.first_head.full_name} đã lưu mục này") == 1, "said once, above both versions"
        newest = re.search(r'name="version" value="(\d+)">[^<]*Lưu bản của tôi', told)
        assert newest is not None
        mine = {**typed, "name": "Khác", "version": newest[1]}
        section = reverse("missions:application-section", args=[made.pk, "general"])
        assert client(fair.mill.worker).post(section, mine).status_code == 302
    made.plan.refresh_from_db()
    assert made.plan.name == "Khác", "chosen by whoever has seen both"


def test_what_was_typed_when_the_call_closed_stays_on_the_page(fair: Market) -> None:
    with on(MONDAY + timedelta(days=1)):
        made = fair.drafted(fair.selection(), fair.mill.host, fair.first_head)
        address = reverse("missions:application-section", args=[made.pk, "general"])
        typed = {"name": "Tên gõ lúc đóng", "months": "24", "lump_sum": "partial", "version": "0"}
    closes = made.selection.closes_at
    assert closes is not None
    with at(closes + timedelta(seconds=1)):
        late = client(fair.first_head).post(address, typed)
        assert late.status_code == 409
        assert "Đã quá giờ đóng nhận hồ sơ" in late.content.decode()
        assert 'value="Tên gõ lúc đóng"' in late.content.decode()
        assert client(fair.first_head).get(address).status_code == 302
    made.plan.refresh_from_db()
    assert made.plan.name != "Tên gõ lúc đóng"


def test_where_nobody_applied_there_is_nothing_to_open(fair: Market) -> None:
    selection = fair.selection()
    with on(CLOSED):
        calls.close_due()
        told = page(fair.officer, "selection", selection.pk)[1]
    assert "Không có hồ sơ nào được nộp." in told
    assert 'value="fail"' in told
    assert 'value="open"' not in told


def test_sealed_pages_are_as_if_they_were_not_there(fair: Market, sealed: Application) -> None:
    addresses: list[tuple[str, tuple[object, ...]]] = [
        ("application", (sealed.pk,)), ("application-section", (sealed.pk, "general")),
        ("application-paper", (sealed.pk, "application")),
    ]  # fmt: skip
    with on(MONDAY + timedelta(days=4)):
        for user in (fair.officer, fair.mill.head, fair.mill.leader, fair.second_head):
            for name, args in addresses:
                assert page(user, name, *args)[0] == 404, (user, name)
            for name in ("applications", "calls", "selections"):
                status, told = page(user, name)
                assert status == 200
                assert sealed.lead.name not in told, (user, name)
            status, told = page(user, "call", sealed.selection.call_id)
            assert sealed.lead.name not in told.split("<main")[1]
        status, told = page(fair.officer, "selection", sealed.selection_id)
        assert status == 200
        assert "1" in told
        assert sealed.lead.name not in told
        sheet = client(fair.officer).get(reverse("missions:applications"), {"format": "xlsx"})
        assert sheet.status_code == 200
        own = client(fair.first_head).get(reverse("missions:applications"), {"format": "xlsx"})
        assert len(own.content) > len(sheet.content)


def said(reader: Client, address: str) -> str:
    """The text of a Word file."""
    with zipfile.ZipFile(io.BytesIO(reader.get(address).content)) as paper:
        return re.sub(r"<[^>]+>", "", paper.read("word/document.xml").decode())


def test_every_paper_comes_out_as_word(fair: Market, sealed: Application) -> None:
    with on(CLOSED):
        fair.opened(fair.selection())
        assert sealed.submitted_at is not None
        handed_in = f"ngày {localtime(sealed.submitted_at):%d tháng %-m năm %Y}"
        address, reader = reverse("missions:application", args=[sealed.pk]), client(fair.first_head)
        for name in ("application", "outline-technology", "host-profile", "cv", "receipt"):
            assert handed_in in said(reader, f"{address}giay/{name}.docx"), name
        assert f"Kính gửi: {fair.mill.department.name}" in said(reader, f"{address}giay/application.docx")
        assert "400.000.000 đồng" in said(reader, f"{address}giay/outline-technology.docx"), "the first year's money"
        assert sealed.receipts.get().sha256 in said(reader, f"{address}giay/receipt.docx")
        assert fair.order.name not in said(reader, f"{address}giay/cv.docx"), "what one applies for is not yet led"
        assert reader.get(f"{address}giay/partner-consent.docx").status_code == 404, "there is no partner"
        Application.objects.filter(pk=sealed.pk).update(state="lost")  # what came of it later
        minutes = reverse("missions:selection-paper", args=[sealed.selection_id, "opening-minutes"])
        opened = said(client(fair.officer), minutes)
        assert "nộp đúng hạn" in opened
        assert fair.officer.full_name in opened
        checked = said(client(fair.officer), f"{address}giay/eligibility.docx")
        assert "quá 30 ngày" in checked
        assert "Chưa kết luận: còn điều kiện phải tra cứu" in checked, "what is not known yet bars nobody"
        Application.objects.filter(pk=sealed.pk).update(state="submitted")
        sealed.refresh_from_db()
        fair.settled(sealed)
        checked = said(client(fair.officer), f"{address}giay/eligibility.docx")
        assert "Đủ điều kiện tham gia" in checked
        assert fair.officer.full_name in checked, "who judged what the records do not say"
        assert fair.order.name in checked
        notice = client(fair.second_head).get(reverse("missions:call-notice", args=[sealed.selection.call_id]))
        assert notice.content[:2] == b"PK"
        rival = client(fair.second_head).get(reverse("missions:application-paper", args=[sealed.pk, "receipt"]))
        assert rival.status_code == 404


def test_that_nobody_was_found_is_a_notice_to_those_who_applied(fair: Market, sealed: Application) -> None:
    paper = reverse("missions:selection-paper", args=[sealed.selection_id, "failure-notice"])
    with on(CLOSED):
        fair.opened(fair.selection())
        assert client(fair.officer).get(paper).status_code == 404, "nothing has failed yet"
        act = reverse("missions:selection-act", args=[sealed.selection_id])
        assert (
            client(fair.officer).post(act, {"do": "fail", "fail-reason": "Không hồ sơ nào hợp lệ."}).status_code == 302
        )
        assert paper in page(fair.officer, "selection", sealed.selection_id)[1]
        told = said(client(fair.officer), paper)
        for words in (
            "Không hồ sơ nào hợp lệ.",
            "số hồ sơ đã nộp: 1",
            f"- {sealed.lead.name};",
            "04/09/2024",
            "THÔNG BÁO",
        ):
            assert words in told, words
        assert client(fair.first_head).get(paper).status_code == 404, "the department sends it"


def test_a_notice_that_nobody_was_found_keeps_what_was_not_opened_sealed(fair: Market, sealed: Application) -> None:
    with on(CLOSED):
        calls.close_due()
        fail(fresh(sealed.selection), reason="Hủy vì thay đổi nhu cầu.", by=fair.officer)
        paper = reverse("missions:selection-paper", args=[sealed.selection_id, "failure-notice"])
        told = said(client(fair.officer), paper)
    assert "số hồ sơ đã nộp: 1" in told
    assert sealed.lead.name not in told


def test_the_department_goes_on_from_the_page_of_the_selection(fair: Market, sealed: Application) -> None:
    with on(CLOSED):
        act = reverse("missions:selection-act", args=[sealed.selection_id])
        lacking = client(fair.officer).post(act, {"do": "open", "open-note": "", "open-witnesses": "Bà Thu"})
        assert lacking.status_code == 200
        assert fresh(sealed.selection).opened_at is None
        told = {"do": "open", "open-note": "Nguyên vẹn", "open-witnesses": "Bà Thu", "open-venue": ""}
        assert client(fair.officer).post(act, told).status_code == 302
        status, shown = page(fair.officer, "selection", sealed.selection_id)
        assert status == 200
        assert sealed.lead.name in shown
        status, shown = page(fair.officer, "application", sealed.pk)
        assert status == 200
        assert page(fair.mill.leader, "application", sealed.pk)[0] == 200
        stranger = client(fair.second_head).post(act, told)
        assert stranger.status_code == 404


def test_a_call_is_prepared_published_and_cancelled_on_its_page(fair: Market) -> None:
    other = order_in(fair.order.list, 2, "Đề án dữ liệu mở")
    with on(MONDAY):
        form = {"title": "Gọi lần nữa", "orders": other.pk, "closes_on": "2024-04-20", "closes_time": "16:00"}
        assert f"?order={other.pk}" in page(fair.officer, "order", other.pk)[1], "the call begins with this order"
        assert page(fair.officer, "call-new")[0] == 200
        assert page(fair.first_head, "call-new")[0] == 403
        assert client(fair.officer).post(reverse("missions:call-new"), form).status_code == 302
        call = Call.objects.latest("pk")
        assert page(fair.first_head, "call", call.pk)[0] == 404
        act = reverse("missions:call-act", args=[call.pk])
        client(fair.officer).post(act, {"do": "publish"})
        call.refresh_from_db()
        assert call.state == "open"
        assert call.closes_at == moment(MONDAY + timedelta(days=47))
        client(fair.mill.head).post(act, {"do": "cancel", "cancel-reason": "Sửa yêu cầu"})
        call.refresh_from_db()
        assert call.state == "cancelled"
