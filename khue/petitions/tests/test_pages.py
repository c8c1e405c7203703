"""The pages of petitions, as people use them."""

import io
import zipfile

from django.urls import reverse

from khue.accounts.models import User
from khue.documents.actions import register_incoming
from khue.petitions.actions import answering
from khue.petitions.models import Petition
from khue.petitions.tests.ward import MONEY, Ward, sent
from tests.town import signed_in


def page(user: User, name: str, *args: object, **asked: str) -> str:
    answer = signed_in(user).get(reverse(f"petitions:{name}", args=args), asked)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def post(user: User, name: str, *args: object, **data: object) -> tuple[int, str]:
    answer = signed_in(user).post(reverse(f"petitions:{name}", args=args), data, follow=True)
    return answer.status_code, answer.content.decode()


def test_from_an_empty_list_to_an_answer(ward: Ward) -> None:
    office = ward.office
    empty = page(ward.officer, "petitions")
    assert "Không có gì chờ trả lời" in empty
    assert reverse("petitions:new") in empty
    assert reverse("petitions:new") not in page(office.auditor, "petitions")
    assert office.sokhcn.name in page(ward.officer, "new"), "the department is named already"
    status, shown = post(ward.officer, "new", kind="request", text="Ngắn", recipient="Sở Vũ trụ", document="9/X")
    assert status == 422
    assert "Sở Vũ trụ" in shown
    assert "không có văn bản số “9/X”" in shown
    told = {"kind": "request", "text": MONEY, "recipient": office.sokhcn.name}
    assert "Chọn nơi giải quyết được" in post(ward.officer, "new", **{**told, "recipient": office.ward.name})[1]
    status, shown = post(ward.officer, "new", **told)
    assert "KN-2026-0001" in shown
    assert "hạn trả lời 30/03/2026" in shown
    made = Petition.objects.get()
    assert signed_in(ward.neighbour).get(made.get_absolute_url()).status_code == 404
    post(office.officer, "petition-move", made.pk, move="take-up")
    post(office.officer, "petition-move", made.pk, move="ask-back", comment="Từ tháng nào?")
    asked = page(ward.officer, "petition", made.pk)
    assert "Từ tháng nào?" in asked
    post(ward.officer, "petition-move", made.pk, move="reply", comment="Từ tháng 7.")
    status, shown = post(office.officer, "petition-answer", made.pk, comment="Đã bố trí.", document="không có")
    assert (status, "Đã bố trí." in shown) == (422, True), "what was typed is kept"
    typed = {"sign": "45/SKHCN-KH", "subject": "Trả lời phường Láng", "issuer_name": office.sokhcn.name}
    register_incoming(unit=office.sokhcn, by=office.clerk, typed=typed)
    post(office.head, "petition-answer", made.pk, comment="Đã bố trí 60 triệu.", document="45/skhcn-kh")
    read = page(ward.officer, "petition", made.pk)
    for said in ("Đã bố trí 60 triệu.", "45/SKHCN-KH", "Từ tháng 7.", "Đã trả lời", "chưa kiểm chứng"):
        assert said in read, said


def test_passing_on_by_the_page(ward: Ward) -> None:
    made = sent(ward)
    status, shown = post(ward.office.head, "petition-pass", made.pk, unit=ward.office.sokhcn.name, comment="Nhầm nơi.")
    assert (status, "Nhầm nơi." in shown) == (422, True)
    assert "đang ở" in shown
    post(ward.office.head, "petition-pass", made.pk, unit=ward.health.name, comment="Thuộc ngành y tế.")
    assert "Thuộc ngành y tế." in page(ward.health_head, "petition", made.pk)
    status, _shown = post(ward.officer, "petition-move", made.pk, move="answer", comment="Tự trả lời")
    assert status == 422


def test_the_list_is_filtered_counted_and_comes_out_as_a_sheet(ward: Ward) -> None:
    office, first = ward.office, sent(ward)
    second = sent(ward, "Thiếu cán bộ chuyên trách công nghệ thông tin.")
    Petition.objects.filter(pk=second.pk).update(kind="difficulty", field="market")
    answering.answer(first, "Đã bố trí kinh phí.", by=office.head)
    assert "2 khó khăn, kiến nghị: 1 đã có trả lời, 1 chờ trả lời." in page(office.leader, "petitions")
    for asked, seen in {
        "state=all": (first, second), "state=settled": (first,), "": (second,), "kind=difficulty": (second,),
        "state=all&q=kinh phi": (first,), "state=all&q=KINH PHÍ": (first,),
        "state=all&period=2026-Q1": (first, second), "state=all&period=2025": (),
        "state=all&unit=phường Láng": (first, second), "state=all&to=Sở Y tế": (), "state=overdue": (),
        "state=all&whose=received": (first, second), "state=all&field=market": (second,),
        "state=all&period=xyz": (first, second),
    }.items():  # fmt: skip
        found = dict(part.split("=") for part in asked.split("&") if part)
        shown = page(office.head, "petitions", **found)
        for one in (first, second):
            assert (f'href="{one.get_absolute_url()}"' in shown) == (one in seen), (asked, one)
    answer = signed_in(office.head).get(reverse("petitions:petitions-excel"), {"state": "all"})
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    assert "Thiếu cán bộ chuyên trách" in packed.read("xl/sharedStrings.xml").decode()
