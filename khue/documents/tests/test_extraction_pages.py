"""The page on which the directives found in a document are accepted, corrected and assigned."""

import json
from datetime import date

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from khue.core.clock import at
from khue.documents.actions import proposals
from khue.documents.actions.extraction import named_unit, open_extraction
from khue.documents.models import Directive, Document, Extraction, Proposal, ProposalUnit
from khue.documents.tests.directive_city import DAY, City
from khue.documents.tests.pages import page, signed_in
from khue.documents.tests.reading import TEXT, proposal, read

pytestmark = pytest.mark.usefixtures("day")


def test_a_text_that_was_read_becomes_proposals(city: City, notice: Document) -> None:
    Document.objects.filter(pk=notice.pk).update(text=TEXT)
    notice.refresh_from_db()
    with at(DAY):
        extraction = open_extraction(notice, by=city.officer)
    assert extraction.state == "read"
    assert city.finance.pk in ProposalUnit.objects.filter(part="lead").values_list("unit", flat=True)
    assert named_unit("các sở, ban, ngành", "lead", DAY, {}).group == "departments"
    assert named_unit("so tai chinh", "lead", DAY, {}).unit == city.finance
    assert extraction.proposals.filter(due_on=date(2026, 6, 30)).exists()
    for one in extraction.proposals.all():
        assert TEXT[one.start : one.end] == one.content
    assert open_extraction(notice, by=city.officer).proposals.count() == extraction.proposals.count()


def test_the_page_shows_text_and_cards_and_takes_keys_as_buttons(city: City, notice: Document) -> None:
    extraction = read(notice)
    waiting = proposal(extraction, "bố trí kinh phí chuyển đổi số", city.finance, confidence=0.95)
    client = signed_in(city.officer)
    shown = page(client, "extraction", notice.pk)
    assert "Giao Sở Tài chính bố trí kinh phí" in shown
    assert 'data-key="a"' in shown
    answer = client.post(reverse("documents:proposal-act", args=[notice.pk, waiting.pk, "accept"]), {"version": 0})
    assert answer.status_code == 200
    waiting.refresh_from_db()
    assert waiting.state == "accepted"
    assert "Sở Tài chính" in page(client, "assign-summary", notice.pk)
    answer = client.post(reverse("documents:assign", args=[notice.pk]), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == reverse("documents:outcome", args=[notice.pk])
    assert Directive.objects.count() == 1
    assert "bố trí kinh phí" in page(client, "outcome", notice.pk)


def test_a_stale_card_is_refused_with_the_name_of_the_other(city: City, notice: Document) -> None:
    waiting = proposal(read(notice), "bố trí kinh phí chuyển đổi số", city.finance)
    proposals.reject(waiting, version=0, by=city.head)
    answer = signed_in(city.officer).post(
        reverse("documents:proposal-act", args=[notice.pk, waiting.pk, "accept"]), {"version": 0}
    )
    assert "Trần Trưởng" in answer.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "rejected"


def test_correcting_saves_itself_and_resolves_units(city: City, notice: Document) -> None:
    waiting = proposal(read(notice), "bố trí kinh phí chuyển đổi số")
    client, address = signed_in(city.officer), reverse("documents:proposal-edit", args=[notice.pk, waiting.pk])
    assert client.get(address).status_code == 200
    said = {
        "version": 0,
        "content": "Bố trí kinh phí",
        "priority": "urgent",
        "lead": ["so tai chinh", ""],
        "spread": "each",
    }
    answer = client.post(address, said)
    assert answer.status_code == 204
    assert json.loads(answer.headers["HX-Trigger"])["proposal-saved"]["version"] == 1
    waiting.refresh_from_db()
    assert (waiting.content, waiting.priority) == ("Bố trí kinh phí", "urgent")
    assert waiting.units.get().unit == city.finance


def test_an_unknown_unit_is_chosen_once_for_the_whole_document(city: City, notice: Document) -> None:
    extraction = read(notice)
    waiting = [proposal(extraction, words) for words in ("bố trí kinh phí chuyển đổi số", "xây dựng đề án")]
    for one in waiting:
        one.units.create(part="lead", name="cơ quan tài chính thành phố")
    client = signed_in(city.officer)
    assert "không có trong danh bạ" in page(client, "extraction", notice.pk)
    client.post(
        reverse("documents:proposal-choose", args=[notice.pk, waiting[0].pk]),
        {"name": "cơ quan tài chính thành phố", "unit": city.finance.pk},
    )
    assert set(ProposalUnit.objects.values_list("unit", flat=True)) == {city.finance.pk}


def test_a_text_without_directives_offers_marking_by_hand(city: City, notice: Document) -> None:
    extraction = read(notice, "Không có gì để giao.")
    client = signed_in(city.officer)
    assert "Không tìm thấy" in page(client, "extraction", notice.pk)
    client.post(reverse("documents:extraction-act", args=[notice.pk, "add"]), {"start": 0, "end": 12})
    assert extraction.proposals.get().content == "Không có gì"


def test_news_of_another_officer_comes_by_asking(city: City, notice: Document) -> None:
    extraction = read(notice)
    waiting = proposal(extraction, "bố trí kinh phí chuyển đổi số", city.finance)
    client = signed_in(city.officer)
    address = reverse("documents:extraction-panel", args=[notice.pk])
    assert client.get(address, {"version": "0"}).status_code == 204
    proposals.reject(waiting, version=0, by=city.head)
    assert "Trần Trưởng" in client.get(address, {"version": "0"}).content.decode()


def test_a_document_without_file_or_not_read_says_what_to_do(city: City, notice: Document) -> None:
    assert "chưa có tệp" in page(signed_in(city.officer), "extraction", notice.pk)
    Extraction.objects.filter(document=notice).update(state="failed", problem="Tệp PDF có mật khẩu.")
    assert "Tệp PDF có mật khẩu." in page(signed_in(city.officer), "extraction", notice.pk)


def test_the_panel_costs_the_same_for_many_cards(
    city: City, notice: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    extraction = read(notice)
    proposal(extraction, "bố trí kinh phí", city.finance)
    client = signed_in(city.officer)
    page(client, "extraction", notice.pk)
    with django_assert_max_num_queries(25) as few:
        page(client, "extraction", notice.pk)
    for words in ("rà soát các dự án", "xây dựng đề án", "báo cáo kết quả"):
        proposal(extraction, words, city.home)
    with django_assert_max_num_queries(len(few.captured_queries)):
        page(client, "extraction", notice.pk)
    assert Proposal.objects.count() == 4


def test_a_clerk_sees_why_assigning_is_not_theirs(city: City, notice: Document) -> None:
    proposal(read(notice), "bố trí kinh phí chuyển đổi số", city.finance)
    assert "người có quyền giao việc" in page(signed_in(city.clerk), "extraction", notice.pk)
    assert "người có quyền giao việc" not in page(signed_in(city.officer), "extraction", notice.pk)
