"""The pages of needs and rounds, as people use them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khue.accounts.models import User
from khue.core.clock import at
from khue.councils.models import Conflict
from khue.directory.models import Person
from khue.matching.sources import AllBut, ByKeys
from khue.needs.actions import rounds
from khue.needs.actions.proposals import draft_from_needs
from khue.needs.actions.rounds import Call
from khue.needs.models import Need, Round
from khue.needs.need_standing import records
from khue.needs.rules import triage
from khue.needs.rules.needs import found_by
from khue.needs.tests.city import DAY, PHONES, SALT, City, sent
from khue.needs.tests.test_needs import PIXEL


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with at(DAY):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(f"needs:{name}", args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def post(client: Client, name: str, *args: object, **data: object) -> tuple[int, str]:
    answer = client.post(reverse(f"needs:{name}", args=args), data, follow=True)
    return answer.status_code, answer.content.decode()


def test_from_the_first_click_to_a_number(city: City) -> None:
    client = signed_in(city.ward)
    assert client.get(reverse("needs:new")).status_code == 302
    draft = Need.objects.get()
    shown = page(client, "write", draft.pk)
    assert "Phường Láng" in shown
    assert "địa bàn của bạn đã được chọn sẵn" in shown
    assert shown.count("data-place=") == 3, "every commune is on the map"
    assert 'class="here"' in shown
    told = {"problem": SALT, "affected": "600 hộ", "places": [city.lang.place_id, city.far.place_id]}
    assert client.post(reverse("needs:keep", args=[draft.pk]), told).status_code == 200
    draft.refresh_from_db()
    assert (draft.problem, draft.places.count()) == (SALT, 2)
    photo = SimpleUploadedFile("ruong.png", PIXEL, "image/png")
    answer = client.post(reverse("needs:photos", args=[draft.pk]), {"photos": photo}, headers={"HX-Request": "true"})
    assert "ruong.png" in answer.content.decode()
    status, sent_page = post(client, "write", draft.pk, **told)
    assert status == 200
    assert "VĐ-2026-0001" in sent_page
    assert "ruong.png" in sent_page


def test_what_is_missing_stands_beside_its_field_and_is_kept(city: City) -> None:
    client = signed_in(city.ward)
    client.get(reverse("needs:new"))
    draft = Need.objects.get()
    status, shown = post(client, "write", draft.pk, problem="Nước ruộng bị mặn vào mùa khô hằng năm")
    assert status == 422
    assert "Cho biết ai chịu thiệt" in shown
    assert "Chọn ít nhất một phường, xã" in shown
    draft.refresh_from_db()
    assert draft.problem.startswith("Nước ruộng")
    assert page(signed_in(city.other), "write", draft.pk, status=404)


def test_everybody_sees_their_pages(city: City) -> None:
    need = sent(city.ward)
    found = rounds.open_round(
        Call("Nhu cầu 2027", 2027, DAY, date(2026, 4, 1)), [city.lang], host=city.science, by=city.officer
    )
    rounds.publish(found, by=city.officer)
    for user in (city.ward, city.colleague, city.officer, city.head, city.leader, city.auditor):
        client = signed_in(user)
        assert need.title in page(client, "needs", state="all"), user
        assert need.title in page(client, "need", need.pk)
        assert page(client, "suggestions")
        assert page(client, "rounds")
    for user in (city.officer, city.head, city.leader, city.auditor, city.ward):
        assert "Nhu cầu 2027" in page(signed_in(user), "round", found.pk), user
    assert need.title in page(signed_in(city.officer), "board")
    assert signed_in(city.officer).get(reverse("needs:needs-excel"), {"state": "all"}).content.startswith(b"PK")
    for name in ("board", "board-alike"):
        page(signed_in(city.ward), name, status=403)
    page(signed_in(city.other), "need", need.pk, status=404)
    page(signed_in(city.other), "round", found.pk, status=404)
    page(signed_in(city.ward), "round-answer", found.pk, found.addressees.get().pk)


def test_what_hurts_first_is_read_along_an_index(city: City) -> None:
    sent(city.ward)
    with CaptureQueriesContext(connection) as asked:
        page(signed_in(city.officer), "needs")
    (listed,) = [one["sql"] for one in asked.captured_queries if "CASE WHEN" in one["sql"] and "LIMIT" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {listed}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "need_in_order" in plan


def test_the_newest_needs_of_a_commune_are_read_along_an_index(city: City) -> None:
    sent(city.other, PHONES)
    with CaptureQueriesContext(connection) as asked:
        assert "khó làm thủ tục" in page(signed_in(city.ward), "suggestions")
    (newest,) = [
        one["sql"]
        for one in asked.captured_queries
        if "ARRAY(SELECT" in one["sql"] and "needs_need_places" in one["sql"]
    ]
    with connection.cursor() as cursor:
        for other_way in ("seqscan", "sort", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{other_way} = off")
        cursor.execute(f"EXPLAIN {newest}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "need_newest_of_place" in plan


def test_no_list_of_all_needs_is_made_for_search_unless_something_is_kept_from_the_person(city: City) -> None:
    need = sent(city.ward)
    shown, others = found_by(city.ward), found_by(city.other)
    assert found_by(city.officer) is None
    assert isinstance(shown, ByKeys)
    assert isinstance(others, ByKeys)
    assert (need in shown.rows, need in others.rows) == (True, False)
    (record,) = records([need.pk])
    assert (shown.keys.isdisjoint(record.keys), others.keys.isdisjoint(record.keys)) == (False, True)
    city.officer.person = Person.objects.create(full_name="Cao Văn Nam")
    city.officer.save()
    assert found_by(city.officer) is None
    Conflict.objects.create(person=city.officer.person, dossier=need.dossier, ground="family", source="told")
    kept = found_by(city.officer)
    assert isinstance(kept, AllBut), "a conflict counts at once"
    assert kept.hidden == {need.pk}


def test_what_came_of_a_need_is_not_looked_for_along_all_missions(city: City) -> None:
    need = sent(city.ward)
    draft_from_needs([need], by=city.officer)
    with CaptureQueriesContext(connection) as asked:
        page(signed_in(city.officer), "need", need.pk)
    behind = [one["sql"] for one in asked.captured_queries if one["sql"].count('"missions_mission"."id" IN (SELECT')]
    assert behind
    assert [sql for sql in behind if "LIMIT" in sql] == []


def test_empty_pages_say_what_they_are_for(city: City) -> None:
    assert "Nêu nhu cầu" in page(signed_in(city.ward), "needs")
    assert "Chưa mở đợt nào" in page(signed_in(city.officer), "rounds")
    assert "Không có nhu cầu nào chờ trả lời" in page(signed_in(city.officer), "board")
    assert "Chưa có gợi ý" in page(signed_in(city.ward), "suggestions")


def test_the_author_reads_the_answer_with_its_reasons(city: City) -> None:
    need, client = sent(city.ward), signed_in(city.officer)
    other = sent(city.other, PHONES)
    status, shown = post(client, "need-answer", need.pk, kind="solved", reasons="Đã có mô hình.")
    assert status == 422
    assert "tìm kết quả" in shown
    assert "Đã có mô hình." in shown, "what was typed is kept"
    post(client, "need-answer", need.pk, kind="solved", reasons="Đã có mô hình.", solved_by=other.dossier)
    read = page(signed_in(city.ward), "need", need.pk)
    assert "Đã có mô hình." in read
    assert other.title in read
    assert other.get_absolute_url() not in read, "what one may not see is named, not linked"
    assert other.get_absolute_url() in page(client, "need", need.pk)


def test_asking_merging_and_classing_by_the_page(city: City) -> None:
    first, second, client = sent(city.ward), sent(city.other, SALT + " Ở đây cũng vậy."), signed_in(city.officer)
    assert "giong-nhau" in page(client, "board"), "asked for when the board is there"
    together = page(client, "board-alike")
    assert first.title in together
    assert second.title in together
    again = triage._alike.cache_info().hits
    page(client, "board-alike")
    assert triage._alike.cache_info().hits == again + 1, "the same words are not compared twice"
    post(client, "need-move", first.pk, move="ask-back", comment="Từ năm nào?")
    assert "Từ năm nào?" in page(signed_in(city.ward), "need", first.pk)
    post(signed_in(city.ward), "need-move", first.pk, move="reply", comment="Từ 2024.")
    found = page(client, "choices", second.pk, find="nhiem man", only="need")
    assert f"need:{first.pk}" in found
    post(client, "need-merge", second.pk, into=f"need:{first.pk}", comment="Cùng vấn đề.")
    second.refresh_from_db()
    assert second.merged_into == first
    post(client, "need-class", first.pk, urgency="urgent", livelihood="on", field="agricultural")
    first.refresh_from_db()
    assert first.urgency == "urgent"
    status, shown = post(client, "need-merge", first.pk, into="need:abc", comment="Giữ lại lời này.")
    assert status == 422
    assert "Giữ lại lời này." in shown


def test_a_need_becomes_the_draft_of_a_proposal(city: City) -> None:
    first, second, client = sent(city.ward), sent(city.other, PHONES), signed_in(city.officer)
    status, shown = post(client, "need-propose", first.pk, move="propose", comment=" ")
    assert status == 422
    post(client, "need-propose", first.pk, comment="Chưa có giải pháp.")
    first.refresh_from_db()
    assert first.state == "proposed"
    assert first.proposals.get().unit == city.science
    assert first.proposals.get().title in page(client, "need", first.pk)
    _status, shown = post(client, "needs-bulk", pick=[second.pk], do="propose")
    assert second.title in shown
    post(client, "needs-bulk", pick=[second.pk], do="propose", confirmed="1", reasons="Cần nghiên cứu.")
    second.refresh_from_db()
    assert second.proposals.count() == 1
    assert "Cần nghiên cứu." in page(signed_in(city.other), "need", second.pk)


def test_bulk_names_what_it_touches_before_it_does(city: City) -> None:
    needs, client = [sent(city.ward), sent(city.other, PHONES)], signed_in(city.officer)
    picked = [need.pk for need in needs]
    _status, shown = post(client, "needs-bulk", pick=picked, do="decline")
    assert all(need.title in shown for need in needs)
    assert not Need.objects.filter(state="answered").exists()
    post(client, "needs-bulk", pick=picked, do="decline", confirmed="1", reasons="Chưa bố trí được kinh phí.")
    assert Need.objects.filter(state="answered").count() == 2
    assert "Pick" not in post(client, "needs-bulk", do="decline")[1]


def test_suggestions_come_with_why_and_become_drafts(city: City) -> None:
    sent(city.other, field="agricultural")
    client = signed_in(city.ward)
    shown = page(client, "suggestions")
    assert "Phường Đống Đa, cách" in shown
    _status, draft = post(client, "new", problem=SALT, hoped="Có giống chịu mặn", field="agricultural")
    assert "Có giống chịu mặn" in draft
    assert Need.objects.get(author=city.ward).problem == SALT


def test_a_round_from_opening_to_closing_by_the_pages(city: City) -> None:
    client, ward = signed_in(city.officer), signed_in(city.ward)
    assert "Nhu cầu, đề xuất cho kế hoạch năm 2027" in page(client, "round-new")
    told = {
        "title": "Nhu cầu 2027",
        "year": 2027,
        "opens_on": "2026-03-09",
        "closes_on": "2026-03-01",
        "kinds": ["commune"],
    }
    status, shown = post(client, "round-new", **told)
    assert status == 422
    assert "Ngày kết thúc trước ngày mở" in shown
    post(client, "round-new", **{**told, "closes_on": "2026-04-15"})
    found = Round.objects.get()
    assert found.addressees.count() == 3
    post(client, "round-act", found.pk, "them", unit="Sở Y tế Hà Nội")
    post(client, "round-act", found.pk, "cong-bo")
    row = found.addressees.get(unit=city.lang)
    assert "Trả lời ngay" in page(ward, "round", found.pk)
    status, _shown = post(ward, "round-answer", found.pk, row.pk, do="nothing", comment=" ")
    assert status == 422
    post(ward, "round-answer", found.pk, row.pk, do="nothing", comment="Không có việc mới.")
    assert "Không có việc mới." in page(client, "round", found.pk, show="nothing")
    assert "Đã đôn đốc 3 đơn vị" in post(client, "round-act", found.pk, "nhac")[1]
    assert client.get(reverse("needs:round-excel", args=[found.pk])).status_code == 200
    post(client, "round-change", found.pk, **{**told, "closes_on": "2026-05-15"})
    post(client, "round-act", found.pk, "dong")
    found.refresh_from_db()
    assert found.closed_at is not None
    assert "điều hành" in post(ward, "round-act", found.pk, "dong")[1]
