"""Search, guide, appearance, acting, errors, security headers."""

import json

import pytest
from django.test import Client

from khue.accounts.models import Membership, User
from khue.core import search
from khue.core.refusals import Refusal, Refused
from khue.core.search import Hit, SearchSource
from khue.site.tests.conftest import unit
from khue.site.views import search as search_view

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two kinds of record, of which the officer may see three."""
    units = [Hit("Sở Khoa học và Công nghệ", "Sở", "/don-vi/1/"), Hit("Phòng Khoa học", "Phòng", "/don-vi/2/")]
    papers = [Hit("12/TB-UBND <b>về khoa học</b>", "Thông báo", "/van-ban/3/")]
    monkeypatch.setattr(search, "_sources", {})
    for name, hits in (("units", units), ("papers", papers)):

        def find(_user: object, query: str, limit: int, hits: list[Hit] = hits) -> list[Hit]:
            return hits[:limit] if query == "khoa hoc" else []

        search.register(SearchSource(name, name.title(), find))


@pytest.mark.usefixtures("found")
def test_search_counts_each_kind_and_filters(signed_in: Client) -> None:
    page = signed_in.get("/tim/?q=Khoa+học").content.decode()
    assert page.count('<li class="hit-row"') == 3
    assert "Units <small>2</small>" in page
    assert "&lt;b&gt;" in page
    page = signed_in.get("/tim/?q=khoa+hoc&kind=papers").content.decode()
    assert page.count('<li class="hit-row"') == 1
    assert "Units <small>2</small>" in page


@pytest.mark.usefixtures("found")
def test_ctrl_k_gets_the_short_list_alone(signed_in: Client) -> None:
    page = signed_in.get("/tim/?q=khoa+hoc", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert page.count("palette-hit") == 4  # three hits, and the way to all of them
    assert search_view.IN_PALETTE == 5
    page = signed_in.get("/tim/?q=zzz", headers={"HX-Request": "true"}).content.decode()
    assert "Không tìm thấy “zzz”" in page


def test_search_finds_the_guide_without_accents(signed_in: Client) -> None:
    page = signed_in.get("/tim/?q=phim+tat").content.decode()
    assert "/huong-dan/01-ban-viec/#phim-tat-co-chu-nen-toi" in page


def test_the_guide_can_be_read_whole(signed_in: Client) -> None:
    assert "Bắt đầu" in signed_in.get("/huong-dan/").content.decode()
    assert 'id="ban-viec-cua-toi"' in signed_in.get("/huong-dan/01-ban-viec/").content.decode()
    assert signed_in.get("/huong-dan/khong-co/").status_code == 404


def test_appearance_is_kept_in_the_account_and_only_what_is_offered(signed_in: Client, officer: User) -> None:
    sent = {"theme": "dark", "text_size": "18", "language": "en", "next": "/huong-dan/"}
    answer = signed_in.post("/giao-dien/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/huong-dan/")
    officer.refresh_from_db()
    assert (officer.theme, officer.text_size, officer.language) == ("dark", 18, "en")
    assert 'data-theme="dark" data-bs-theme="dark" data-text="18"' in signed_in.get("/").content.decode()
    signed_in.post("/giao-dien/", {"theme": "pink", "text_size": "99", "language": "xx"})
    officer.refresh_from_db()
    assert (officer.theme, officer.text_size, officer.language) == ("dark", 18, "en")


def test_a_visitor_keeps_the_appearance_in_cookies_and_is_not_led_astray(client: Client) -> None:
    answer = client.post("/giao-dien/", {"theme": "dark", "next": "https://example.com/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get("/ngoai-tuyen/").content.decode()


def test_one_acts_only_in_parts_one_has(signed_in: Client, officer: User) -> None:
    second = Membership.objects.create(
        user=officer, unit=unit("Sở Tài chính"), role="monitor", valid_from=officer.memberships.get().valid_from
    )
    foreign = Membership.objects.exclude(user=officer).first()
    signed_in.post("/vai-tro/", {"part": second.pk})
    page = signed_in.get("/").content.decode()
    assert "<span>Theo dõi, đôn đốc · Sở Tài chính</span>" in page
    signed_in.post("/vai-tro/", {"part": foreign.pk if foreign else 999_999})
    assert "<span>Theo dõi, đôn đốc · Sở Tài chính</span>" in signed_in.get("/").content.decode()


def test_every_answer_forbids_foreign_and_inline_scripts(client: Client) -> None:
    policy = client.get("/ngoai-tuyen/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_page_that_is_not_there_leads_on(signed_in: Client) -> None:
    answer = signed_in.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()


def test_a_refusal_nobody_caught_is_its_sentence(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise Refused(Refusal("x", "Việc này đã giao cho Sở Tài chính."))

    monkeypatch.setattr("khue.site.desk.counts", refuse)
    answer = signed_in.get("/")
    assert answer.status_code == 403
    assert "Việc này đã giao cho Sở Tài chính." in answer.content.decode()


def test_a_refusal_inside_a_page_is_told_without_exchanging_anything(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise Refused(Refusal("x", "Đã giao rồi."))

    monkeypatch.setattr("khue.site.desk.counts", refuse)
    answer = signed_in.get("/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content) == (403, b"")
    assert json.loads(answer.headers["HX-Trigger"]) == {"khue-refused": "Đã giao rồi."}


def test_a_failure_tells_what_was_kept(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("khue.site.desk.counts", fail)
    signed_in.raise_request_exception = False
    answer = signed_in.get("/")
    assert answer.status_code == 500
    assert "Nội dung bạn gõ vẫn được giữ" in answer.content.decode()
    assert "boom" not in answer.content.decode()


def test_a_failure_of_the_frame_itself_still_has_a_page(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("khue.site.context.acting_in", fail)
    signed_in.raise_request_exception = False
    answer = signed_in.get("/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.content.decode()


def test_a_form_without_a_session_keeps_its_draft(officer: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/giao-dien/", {"theme": "dark"}, headers={"Referer": "http://testserver/van-ban/moi/"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Phiên làm việc đã hết" in page
    assert 'href="/van-ban/moi/"' in page
    assert "data-lost" in page


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page_not_to_where_it_was_sent(client: Client) -> None:
    """The sign-in leads to the address that was asked for, and many take forms only."""
    sent = client.post("/vai-tro/", {"part": 1}, headers={"Referer": "http://testserver/van-ban/7/"})
    page = sent.content.decode()
    assert sent.status_code == 403
    assert "Phiên làm việc đã hết" in page
    assert 'href="/van-ban/7/"' in page


def test_an_address_that_takes_forms_only_says_so_when_it_is_opened(signed_in: Client) -> None:
    answer = signed_in.get("/vai-tro/")
    assert answer.status_code == 405
    assert "chỉ nhận nội dung từ biểu mẫu" in answer.content.decode()
    assert signed_in.get("/vai-tro/", headers={"HX-Request": "true"}).content == b""


def test_a_way_back_to_another_site_is_not_offered(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    for address in ("https://example.com/x", "http://testserver//example.com/x"):
        answer = strict.post("/giao-dien/", {}, headers={"Referer": address})
        assert "example.com" not in answer.content.decode()


def test_inside_a_page_a_lost_session_sends_the_whole_page_to_the_sign_in(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/van-ban/?state=a"}
    answer = client.get("/", headers=headers)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].endswith("?next=%2Fvan-ban%2F")
    assert client.get("/").status_code == 302
