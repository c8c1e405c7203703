"""The pages of directives and the board, as people use them; those of extraction: test_extraction_pages.py."""

from datetime import date
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from khue.core.clock import at
from khue.documents.actions import directive_work as work
from khue.documents.actions import proposals
from khue.documents.actions.directive_assign import assign
from khue.documents.actions.directive_recurrence import open_due_occurrences
from khue.documents.directive_standing import find
from khue.documents.models import Directive, Document, Extraction
from khue.documents.tests.city import person
from khue.documents.tests.directive_city import DAY, City
from khue.documents.tests.pages import page, signed_in
from khue.documents.tests.reading import document, proposal, read
from khue.flow.desk import i_wait_for

pytestmark = pytest.mark.usefixtures("day")


def assigned(city: City, notice: Document, count: int = 1) -> list[Directive]:
    extraction = read(notice)
    words = ["bố trí kinh phí chuyển đổi số", "rà soát các dự án công nghệ thông tin", "xây dựng đề án thuê chuyên gia"]
    for place in range(count):
        made = proposal(extraction, words[place % 3], city.finance, due_on=date(2026, 6, 30))
        proposals.accept(made, version=0, by=city.officer)
    return assign(extraction, by=city.head)


def test_strangers_find_nothing(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    stranger = signed_in(person("Người Ngoài", "officer", city.home))
    for name, key in (("extraction", notice.pk), ("directive", directive.pk), ("outcome", notice.pk)):
        assert stranger.get(reverse(f"documents:{name}", args=[key])).status_code == 404, name
    assert signed_in(city.worker).get(reverse("documents:extraction", args=[notice.pk])).status_code == 403
    move = reverse("documents:directive-move", args=[directive.pk])
    assert stranger.post(move, {"move": "acknowledge"}).status_code == 404


def test_the_unit_acknowledges_reports_and_the_issuer_accepts(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    worker, head = signed_in(city.worker), signed_in(city.head)
    assert "bố trí kinh phí" in page(worker, "directives")
    assert "bố trí kinh phí" in page(worker, "directive", directive.pk)
    worker.post(reverse("documents:directive-move", args=[directive.pk]), {"move": "acknowledge"})
    evidence = SimpleUploadedFile("ket-qua.txt", "Đã bố trí 3 tỷ đồng.".encode(), content_type="text/plain")
    answer = worker.post(
        reverse("documents:directive-report", args=[directive.pk]),
        {"text": "Đã bố trí", "percent": 100, "done": "on", "evidence": evidence},
    )
    assert answer.status_code == 302
    directive.refresh_from_db()
    assert directive.state == "reported"
    assert "ket-qua.txt" in page(worker, "directive", directive.pk)
    head.post(reverse("documents:directive-move", args=[directive.pk]), {"move": "accept"})
    directive.refresh_from_db()
    assert directive.state == "accepted"


def test_a_wrong_report_comes_back_with_what_was_typed(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    answer = signed_in(city.worker).post(
        reverse("documents:directive-report", args=[directive.pk]), {"text": "Đang rà soát dở", "percent": 250}
    )
    assert answer.status_code == 422
    assert "Đang rà soát dở" in answer.content.decode()
    answer = signed_in(city.worker).post(
        reverse("documents:directive-report", args=[directive.pk]), {"text": "Đã gửi", "percent": 10, "reply": "99/XX"}
    )
    assert "99/XX" in answer.content.decode()
    assert not directive.reports.exists()


def test_many_are_acknowledged_at_once(city: City, notice: Document) -> None:
    made = assigned(city, notice, 3)
    data = {"do": "acknowledge", "pick": [one.pk for one in made], "back": "/"}
    signed_in(city.worker).post(reverse("documents:directives-bulk"), data)
    assert set(Directive.objects.values_list("state", flat=True)) == {"acknowledged"}
    signed_in(city.head).post(reverse("documents:directives-bulk"), {**data, "back": "https://example.org/"})
    assert set(Directive.objects.values_list("state", flat=True)) == {"acknowledged"}


def test_filters_choose_what_they_say(city: City, notice: Document) -> None:
    assigned(city, notice)
    expected = {"overdue": date(2026, 7, 2), "due-soon": date(2026, 6, 29), "on-time": date(2026, 4, 1)}
    for standing in ("open", "overdue", "due-soon", "on-time", "new", "reported", "done", "done-late", "all"):
        with at(expected.get(standing, DAY)):
            shown = page(signed_in(city.head), "directives", standing=standing, q="KINH PHI", unit=city.finance.code)
        assert ("bố trí kinh phí" in shown) is (standing in {"open", "new", "all", *expected}), standing


def test_wrong_filters_count_as_not_asked(city: City, notice: Document) -> None:
    assigned(city, notice)
    shown = page(
        signed_in(city.head), "directives", standing="x", unit="nowhere", document="a", month="abcdefg", page="9"
    )
    assert "bố trí kinh phí" in shown


def test_a_unit_is_filtered_by_any_of_its_names(city: City, notice: Document) -> None:
    assigned(city, notice)
    client = signed_in(city.head)
    assert "bố trí kinh phí" in page(client, "directives", unit="so tai chinh")
    assert "bố trí kinh phí" not in page(client, "directives", unit="Sở Nội vụ")
    assert "Danh bạ không có đơn vị nào tên là “zzzz”" in page(client, "directives", unit="zzzz")
    assert "Danh bạ không có đơn vị nào tên là “zzzz”" in page(client, "report-directives", unit="zzzz")


def test_the_issuer_lets_a_directive_come_back(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    client, address = signed_in(city.head), reverse("documents:directive-move", args=[directive.pk])
    assert 'name="every"' in page(client, "directive", directive.pk)
    assert "bao lâu một lần" in client.post(address, {"move": "repeat"}).content.decode()
    assert client.post(address, {"move": "repeat", "every": "quarter"}).status_code == 302
    directive.refresh_from_db()
    (occurrence,) = directive.children.all()
    assert (directive.state, occurrence.due_on) == ("recurring", date(2026, 6, 30))
    assert occurrence.get_absolute_url() in page(client, "directive", directive.pk)
    assert 'name="every"' not in page(client, "directive", occurrence.pk)
    ended = {"move": "end-recurrence", "comment": "Không cần nữa"}
    assert "chưa" in client.post(address, ended).content.decode(), "its occurrence is still open"


def test_the_graph_leads_to_the_directives_and_their_answers(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    reply = document(city.office, city.clerk, sign="12/BC-STC")
    work.report(directive, by=city.worker, text="Đã bố trí", percent=100, done=True, reply=reply)
    shown = page(signed_in(city.head), "graph", notice.pk)
    assert reverse("documents:outcome", args=[notice.pk]) in shown
    assert "1 nhiệm vụ" in shown
    assert reply.get_absolute_url() in shown


def test_a_refused_move_says_why_and_keeps_what_was_typed(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    typed = {"move": "hand-over", "unit": "Sở Không Có", "comment": "Đúng chức năng hơn"}
    address = reverse("documents:directive-move", args=[directive.pk])
    answer = signed_in(city.head).post(address, typed)
    shown = answer.content.decode()
    assert (answer.status_code, "Chưa thực hiện được" in shown) == (422, True)
    assert "Sở Không Có" in shown
    assert "Đúng chức năng hơn" in shown
    signed_in(city.head).post(address, {**typed, "unit": "so noi vu"})
    directive.refresh_from_db()
    assert directive.lead == city.home, "any name of the unit will do"


def test_what_returns_and_what_has_no_field_can_be_listed(city: City, notice: Document) -> None:
    extraction = read(notice)
    made = proposal(extraction, "báo cáo kết quả hằng quý", city.finance, recurs="quarter", due_on=date(2026, 3, 20))
    proposals.accept(made, version=0, by=city.officer)
    (whole,) = assign(extraction, by=city.head)
    client = signed_in(city.head)
    recurring = page(client, "directives", standing="recurring")
    assert whole.get_absolute_url() in recurring
    assert "Hằng quý" in recurring
    assert whole.get_absolute_url() not in page(client, "directives", standing="all")
    (each,) = whole.children.all()
    assert (each.get_absolute_url() in page(client, "directives", field="-")) is (each.field == "")
    assert "field=-" in page(client, "board")


def test_what_returns_is_never_late_itself_and_tells_its_rounds(city: City, notice: Document) -> None:
    extraction, due = read(notice), date(2026, 3, 20)
    made = proposal(extraction, "báo cáo kết quả", city.finance, recurs="month", due_on=due, due_text="ngày 20")
    proposals.accept(made, version=0, by=city.officer)
    (whole,) = assign(extraction, by=city.head)
    with at(date(2026, 3, 23)):
        work.report(whole.children.get(), by=city.worker, text="Chậm ba ngày", percent=100, done=True)
    with at(date(2026, 4, 1)):
        open_due_occurrences()
    client = signed_in(city.head)
    with at(date(2026, 4, 22)):
        shown = page(client, "directive", whole.pk)
        listed = page(client, "directives", standing="recurring")
        titles = [row.case.title for row in i_wait_for(city.head)]
    above, rounds = shown.split("Các kỳ")
    april, march = rounds.split("</ul>")[0].split("<li>")[1:]
    assert "Tháng 4/2026" in april and "state-overdue" in april  # noqa: PT018
    assert "Tháng 3/2026" in march and "Hoàn thành muộn" in march  # noqa: PT018
    assert "state-overdue" not in above + listed, "the whole has no deadline"
    assert "<progress" not in shown
    assert "Chưa có báo cáo" not in shown, "reports are with the rounds"
    assert "ngày 20</td>" in listed
    assert "Tháng 4/2026: Báo cáo kết quả" in titles, "a desk can tell one round from the next"


def test_the_list_comes_as_a_sheet_with_its_filters(city: City, notice: Document) -> None:
    assigned(city, notice)
    asked = {"standing": "open", "unit": "Sở Tài chính", "part": "lead", "document": str(notice.pk), "q": "kinh phi"}
    answer = signed_in(city.head).get(reverse("documents:directives-excel"), asked)
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0)
    cells = {cell for row in sheet.to_python() for cell in row}
    assert {"Đơn vị: Sở Tài chính", "Vai trò của đơn vị: Chủ trì", f"Văn bản: {notice}", "Từ khóa: kinh phi"} <= cells
    assert {"Đơn vị phối hợp", "Sản phẩm cần nộp", "Sở Tài chính"} <= cells


def test_the_board_says_what_matters_and_reminds(city: City, notice: Document) -> None:
    (directive, *_rest) = assigned(city, notice, 3)
    leader = signed_in(person("Lãnh Đạo", "leader", city.home))
    with at(date(2026, 7, 2)):
        shown = page(leader, "board")
        assert "3 nhiệm vụ quá hạn, ở 1 đơn vị." in shown
        assert "Sở Tài chính" in page(leader, "remind-late")
        leader.post(reverse("documents:remind-late"))
        assert directive.reminders.count() == 1
        assert "Sở Tài chính" not in page(leader, "remind-late")
    book = CalamineWorkbook.from_filelike(BytesIO(leader.get(reverse("documents:board-excel")).content))
    assert len(book.sheet_names) == 5, "by unit, document, field, priority and month"


def test_an_empty_board_says_what_it_is_for(city: City) -> None:
    assert reverse("documents:documents") in page(signed_in(city.head), "board")


@pytest.mark.parametrize("name", ["directives", "board"])
def test_queries_do_not_grow_with_rows(
    city: City, notice: Document, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assigned(city, notice, 3)
    client = signed_in(city.head)
    page(client, name)
    cache.clear()
    with django_assert_max_num_queries(25) as few:
        page(client, name)
    extraction = Extraction.objects.get(document=notice)
    for words in ("báo cáo kết quả hằng quý", "chủ trì", "phối hợp"):
        proposals.accept(proposal(extraction, words, city.home), version=0, by=city.officer)
    assign(extraction, by=city.head)
    cache.clear()
    with django_assert_max_num_queries(len(few.captured_queries)):
        page(client, name)


def test_the_board_is_counted_anew_when_a_directive_changed(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    client = signed_in(city.head)
    with at(date(2026, 7, 2)):
        assert "1 nhiệm vụ quá hạn" in page(client, "board")
        work.report(directive, by=city.worker, text="Xong", percent=100, done=True)
        assert "quá hạn, ở" not in page(client, "board")


def test_the_issuer_sees_what_is_asked_and_grants_it(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    worker, head = signed_in(city.worker), signed_in(city.head)
    asked = {"new_due_on": "2026-07-20", "reason": "Chờ số liệu thuế"}
    address = reverse("documents:directive-extension", args=[directive.pk])
    assert worker.post(address, {**asked, "new_due_on": "2026-01-01"}).status_code == 422
    assert worker.post(address, asked).status_code == 302
    assert "xin gia hạn đến ngày 20/07/2026: Chờ số liệu thuế" in page(head, "directive", directive.pk)
    head.post(reverse("documents:directive-move", args=[directive.pk]), {"move": "grant-extension"})
    directive.refresh_from_db()
    assert directive.due_on == date(2026, 7, 20)


def test_search_finds_directives_without_accents_and_only_ones_own(city: City, notice: Document) -> None:
    (directive,) = assigned(city, notice)
    assert [hit.url for hit in find(city.worker, "kinh phi", 5)] == [directive.get_absolute_url()]
    assert find(person("Người Ngoài", "officer", city.home), "kinh phi", 5) == []
