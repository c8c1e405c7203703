"""The pages of proposals, as people use them."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from khue.accounts.models import User
from khue.core import clock
from khue.core.clock import today
from khue.councils.papers import word
from khue.flow.models import ProcessVersion
from khue.needs.actions.order_proposals import choose, save_order, send_order, start_order
from khue.needs.actions.proposal_opinions import ask
from khue.needs.actions.proposal_search import take_in
from khue.needs.models import OrderProposal, Proposal
from khue.needs.tests.office import ANSWERS, B1, Office, account

FORM = {
    "ground": "Kế hoạch 17", "urgency": "Cấp thiết", "objective": "Mục tiêu", "content": "Nội dung", "use": "Xã",
    "effect": "Hiệu quả", "months": "24", "way": "selection", "products-0-kind": "ii", "products-0-name": "Quy trình",
    "products-0-quality": "Đạt chuẩn",
}  # fmt: skip


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"needs:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def words_of(data: bytes) -> str:
    paper = WordFile(BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_a_proposal_is_written_kept_and_sent_from_its_page(here: Office) -> None:
    client = signed_in(here.writer)
    begun = client.post(
        reverse("needs:proposal-new"), {"title": "Trồng rau", "type": "technology-topic", "unit": here.commune.pk}
    )
    made = Proposal.objects.get()
    assert begun.headers["Location"] == reverse("needs:proposal-edit", args=[made.pk])
    text = page(client, "proposal-edit", made.pk)
    assert "Tính cấp thiết" in text
    assert "data-saves" in text
    head = {"title": "Trồng rau mới", "year": "2027", "version": str(made.revision)}
    kept = client.post(reverse("needs:proposal-keep", args=[made.pk]), {**head, **FORM, "months": "hai năm"})
    said = kept.json()
    assert kept.status_code == 200
    assert "hai năm" in said["problem"]
    assert "id_months" in said["completeness"]
    stale = client.post(reverse("needs:proposal-keep", args=[made.pk]), {**head, **FORM})
    assert stale.status_code == 409
    half = {**head, "version": str(said["version"]), "objective": "Chỉ mục tiêu", "send": "1"}
    refused = client.post(reverse("needs:proposal-edit", args=[made.pk]), half)
    assert refused.status_code == 422
    assert "Chỉ mục tiêu" in refused.content.decode()
    made.refresh_from_db()
    assert made.answers["objective"] == "Chỉ mục tiêu"
    sent = client.post(
        reverse("needs:proposal-edit", args=[made.pk]), {**head, **FORM, "version": str(made.revision), "send": "1"}
    )
    assert sent.status_code == 302
    made.refresh_from_db()
    assert (made.code, made.title) == ("ĐX-2027-0001", "Trồng rau mới")


def test_the_whole_way_by_pages(here: Office) -> None:
    other = here.sent("Trồng rau an toàn trên đất nhiễm mặn")
    made = here.sent("Trồng rau trên đất nhiễm mặn ở Vân Nội")
    client = signed_in(here.officer)
    assert made.title in page(client, "proposals", state="submitted")
    client.post(reverse("needs:proposal-move", args=[made.pk]), {"move": "start-search"})
    search = made.searches.get()
    text = page(client, "proposal-search", made.pk, search.pk)
    assert other.title in text
    for hit in search.hits:
        client.post(
            reverse("needs:proposal-judge", args=[made.pk, search.pk]),
            {"number": hit["number"], "judgement": "other"},
        )
    client.post(
        reverse("needs:proposal-sign", args=[made.pk, search.pk]), {"conclusion": "related", "remark": "Khác nơi"}
    )
    search.refresh_from_db()
    assert search.signed_by == here.officer
    assert "Khác nơi" in page(client, "proposal-search", made.pk, search.pk)
    record = client.get(reverse("needs:proposal-paper", args=[made.pk, "search-record"]))
    assert "C0-KQTrC" in words_of(record.content)
    assert other.title in words_of(record.content)
    assert made.title in page(client, "proposal-council", pick=str(made.pk))
    formed = client.post(reverse("needs:proposal-council"), {"pick": made.pk, "title": "Hội đồng năm 2027"})
    assert "/hoi-dong/" in formed.headers["Location"]
    made.refresh_from_db()
    assert made.state == "in-council"


def test_who_may_not_see_it_gets_nothing(here: Office) -> None:
    draft, sent = here.draft(), here.sent("Đã gửi")
    for user, one, status in (
        (here.stranger, draft, 404), (here.officer, draft, 404), (here.stranger, sent, 404), (here.auditor, sent, 200),
        (here.colleague, draft, 200), (here.leader, sent, 200),
    ):  # fmt: skip
        assert signed_in(user).get(one.get_absolute_url()).status_code == status, (user.full_name, one.title)
    assert signed_in(here.auditor).get(reverse("needs:proposal-paper", args=[sent.pk, "slip-a1"])).status_code == 404


def test_the_slip_comes_out_filled_under_its_code(here: Office) -> None:
    made = here.sent()
    answer = signed_in(here.writer).get(reverse("needs:proposal-paper", args=[made.pk, "slip-a1"]))
    text = words_of(answer.content)
    assert "A1-ĐXNV" in text
    assert made.code in text
    assert ANSWERS["urgency"] in text


def test_an_opinion_is_asked_and_given_by_pages(here: Office) -> None:
    made = here.sent()
    take_in(made, by=here.officer)
    client = signed_in(here.officer)
    wrong = client.post(
        reverse("needs:proposal-ask", args=[made.pk]), {"unit": "Không có", "question": "Có cần không?"}
    )
    assert wrong.status_code == 422
    assert "Có cần không?" in wrong.content.decode()
    two = {"unit": here.other.name, "person": here.experts[0].full_name, "question": "Có cần không?"}
    assert (
        "chọn một cơ quan hoặc một người"
        in client.post(reverse("needs:proposal-ask", args=[made.pk]), two).content.decode()
    )
    letter = reverse("needs:proposal-paper", args=[made.pk, "opinion-request"])
    assert letter not in page(client, "proposal", made.pk), "nobody was asked yet"
    assert client.get(letter).status_code == 404
    client.post(reverse("needs:proposal-ask", args=[made.pk]), {"unit": here.other.name, "question": "Có cần không?"})
    opinion = made.opinions.get()
    assert page(client, "proposal", made.pk).count(letter) == 1
    asking = words_of(client.get(letter, {"opinion": opinion.pk}).content)
    assert f"Kính gửi: {here.other.name}" in asking
    assert "Nội dung hỏi: Có cần không?" in asking
    assert "Nơi nhận:\n- Như trên;\n- Lưu: VT." in asking
    assert f"ngày {today():%d} tháng {today().month}" in asking, "the day on which it was asked"
    assert "\nDạng II: nguyên lý" in asking, "each class under its one name"
    assert "\n……\n" not in asking, "what the slip leaves open is no gap in the letter"
    for no_one in ("0", "x", "9" * 30):
        assert client.get(letter, {"opinion": no_one}).status_code == 404
    assert signed_in(here.writer).get(letter, {"opinion": opinion.pk}).status_code == 404, "the department's letter"
    other = signed_in(here.stranger)
    assert "Có cần không?" in page(other, "proposal", made.pk)
    other.post(reverse("needs:proposal-opinion", args=[made.pk, opinion.pk]), {"text": "Rất cần"})
    assert "Rất cần" in page(client, "proposal", made.pk)


@pytest.mark.parametrize(("day", "code"), [("2021-04-11", "B3-ĐXĐH"), ("2025-02-10", ""), ("2025-10-01", "")])
def test_the_letter_that_asks_bears_the_code_of_its_generation(here: Office, day: str, code: str) -> None:
    version = ProcessVersion.objects.get(process="mission-identify", version=day)
    letter = words_of(word(version, "opinion-request", {}, host=here.department, addressees=["Sở Tài chính"]))
    assert re.findall(r"^Mẫu (.*)$", letter, re.M) == ([code] if code else [])


def test_the_order_proposal_by_pages(here: Office) -> None:
    first, second = here.draft("Việc thứ nhất"), here.draft("Việc thứ hai")
    client = signed_in(here.writer)
    client.post(reverse("needs:order-proposal-new"), {"unit": here.commune.pk, "year": 2027})
    order = OrderProposal.objects.get()
    form = {name: "on" if value is True else value for name, value in B1.items()}
    sent = client.post(reverse("needs:order-proposal-edit", args=[order.pk]), {
        **form, "version": order.revision, "pick": [first.pk, second.pk], f"rank-{first.pk}": "2",
        f"rank-{second.pk}": "1", "send": "1"})  # fmt: skip
    assert sent.status_code == 302
    order.refresh_from_db()
    assert order.code == "ĐH-2027-0001"
    text = page(client, "order-proposal", order.pk)
    assert text.index("Việc thứ hai") < text.index("Việc thứ nhất")
    letter = client.get(reverse("needs:order-proposal-word", args=[order.pk, "order-proposal"]))
    assert "Việc thứ hai" in words_of(letter.content)
    sheet = client.get(reverse("needs:order-proposal-excel", args=[order.pk]))
    assert sheet.content[:2] == b"PK"
    assert order.code in page(client, "order-proposals")


def test_the_letter_that_orders_says_what_its_form_asks_on_the_day_it_was_sent(here: Office) -> None:
    leader = account("Vũ Thị Chủ Tịch", "unit-head", here.commune)
    with clock.at(date(2024, 5, 6)):
        order = start_order(unit=here.commune, by=here.writer)
        save_order(order, by=here.writer, answers=B1)
        choose(order, [here.draft("Việc thứ nhất")], by=here.writer)
        send_order(order, by=here.writer)
    client = signed_in(here.writer)
    with clock.at(date(2024, 6, 7)):
        letter, summary = (
            words_of(client.get(reverse("needs:order-proposal-word", args=[order.pk, name])).content)
            for name in ("order-proposal", "order-summary")
        )
    for paper in (letter, summary):
        assert "ngày 06 tháng 5 năm 2024" in paper
        assert leader.full_name in paper
    assert f"Kính gửi: {here.department.name}" in letter
    assert f"Vấn đề cần giải quyết: {B1['problem']}" in letter
    assert "Vấn đề cần giải quyết" not in summary, "it is asked for the letter"
    assert here.writer.full_name in summary, "who made the list"
    assert f"{here.commune.name} tổng hợp" in summary


def test_lists_filter_search_without_accents_and_come_out_as_excel(here: Office) -> None:
    here.sent("Trồng rau trên đất nhiễm mặn")
    here.sent("Xử lý nước thải làng nghề")
    client = signed_in(here.officer)
    assert re.search("nước thải", text := page(client, "proposals", q="nuoc thai"))
    assert "nhiễm mặn" not in text
    assert client.get(reverse("needs:proposals-excel"), {"q": "rau"}).content[:2] == b"PK"
    assert "Không có đề xuất nào khớp" in page(client, "proposals", q="khong co gi")


def test_the_list_costs_the_same_for_many(here: Office, django_assert_max_num_queries: object) -> None:
    client = signed_in(here.officer)
    for number in range(12):
        here.sent(f"Đề xuất số {number}")
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        page(client, "proposals")


def test_who_was_asked_sees_the_case_page(here: Office) -> None:
    made = here.sent()
    ask(made, question="Ý kiến?", unit=here.other, by=here.officer)
    assert "Ý kiến?" in page(signed_in(here.stranger), "proposal", made.pk)


def test_an_order_proposal_that_lacks_something_says_what(here: Office) -> None:
    order = start_order(unit=here.commune, by=here.writer)
    save_order(order, by=here.writer, answers=B1)
    choose(order, [here.draft("Dở dang", whole=False)], by=here.writer)
    assert "Dở dang" in page(signed_in(here.writer), "order-proposal", order.pk)
