"""Order lists: gathered, worded, approved, published, supplemented; items taken out again."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from khue.accounts.models import User
from khue.core import clock
from khue.core.refusals import Refused
from khue.councils.models import Conflict
from khue.journal.timeline import timeline
from khue.matching.search import similar
from khue.missions.actions.order import orders as actions
from khue.missions.models import Order, OrderList
from khue.missions.rules.order.orders import gatherable, may_approve, orders_for, visible_to
from khue.missions.rules.order.records import list_words, orderers
from khue.needs.models import Proposal
from khue.needs.tests.office import Office, again, office

TITLES = ("Trồng rau trên đất nhiễm mặn", "Xử lý nước thải làng nghề bún")
LATER = date(2026, 4, 20)


@pytest.fixture(scope="module")
def world(kept: None) -> Office:
    """Two proposals that a council has recommended."""
    with clock.at(date(2026, 3, 9)):
        made = office()
        made.recommended(*TITLES)
    return made


@pytest.fixture
def here(world: Office, put_back: None) -> Iterator[Office]:
    with clock.at(LATER):
        yield deepcopy(world)


def listed(here: Office) -> OrderList:
    made = actions.start_list(title="Danh mục năm 2027", year=2027, by=here.officer)
    actions.gather(made, list(gatherable(here.officer)), by=here.officer)
    return made


def approved(here: Office) -> OrderList:
    made = listed(here)
    return actions.approve(made, decision_sign="1120/QĐ-UBND", decided_on=LATER, by=here.leader, ground="Luật 93/2025")


def code_of(error: "pytest.ExceptionInfo[Refused]") -> str:
    return error.value.refusal.code


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(again(user))
    return client


def test_recommended_proposals_are_gathered_once_with_what_the_council_said(here: Office) -> None:
    orders = listed(here)
    assert [(row.number, row.name, row.orderer) for row in orders.orders.all()] == [
        (1, TITLES[0], here.commune), (2, TITLES[1], here.commune),
    ]  # fmt: skip
    assert orders.orders.first() is not None
    assert orders.orders.get(number=1).objective == "Làm chủ quy trình"
    assert not gatherable().exists()
    with pytest.raises(Refused) as error:
        actions.gather(orders, list(Proposal.objects.all()), by=here.officer)
    assert code_of(error) == "order.on-a-list"
    with clock.at(LATER):
        sent = here.sent("Chưa qua hội đồng")
    with pytest.raises(Refused) as error:
        actions.gather(orders, [sent], by=here.officer)
    assert code_of(error) == "order.not-recommended"


def test_direct_assignment_needs_a_ground_before_approval(here: Office) -> None:
    orders = listed(here)
    row = orders.orders.get(number=2)
    actions.edit_order(row, by=here.officer, way="direct")
    with pytest.raises(Refused) as error:
        actions.approve(orders, decision_sign="1/QĐ", decided_on=LATER, by=here.head)
    assert code_of(error) == "order.incomplete"
    with pytest.raises(Refused) as error:
        actions.edit_order(row, by=here.officer, way="direct", ground="vi-thich")
    assert code_of(error) == "order.no-ground"
    actions.edit_order(row, by=here.officer, ground="single", products="Hai mô hình")
    assert may_approve(again(here.head), orders) is None


def test_only_heads_and_leaders_approve_with_a_decision_and_the_proposers_are_told(here: Office) -> None:
    orders = listed(here)
    with pytest.raises(Refused) as error:
        actions.approve(orders, decision_sign="1/QĐ", decided_on=LATER, by=here.officer)
    assert code_of(error) == "order.not-yours"
    for sign, day in (("", LATER), ("1/QĐ", date(2026, 5, 1))):
        with pytest.raises(Refused) as error:
            actions.approve(orders, decision_sign=sign, decided_on=day, by=here.head)
        assert code_of(error) == "order.no-decision"
    actions.approve(orders, decision_sign="1120/QĐ-UBND", decided_on=LATER, by=here.leader)
    assert set(Proposal.objects.values_list("state", flat=True)) == {"ordered"}
    assert here.writer.notices.filter(subject__contains="1120/QĐ-UBND").count() == 2
    with pytest.raises(Refused) as error:
        actions.edit_order(orders.orders.get(number=1), by=here.officer, name="Tên khác")
    assert code_of(error) == "order.approved"
    told = [entry.sentence for entry in timeline(orders.dossier)]
    assert any("1120/QĐ-UBND" in sentence and "20/04/2026" in sentence for sentence in told)


def test_a_list_is_the_departments_until_it_is_published_then_everybodys(here: Office) -> None:
    orders = approved(here)
    stranger = again(here.stranger)
    assert not visible_to(stranger).exists()
    assert not similar(stranger, TITLES[1], kinds=["order"])
    actions.publish(orders, by=here.officer)
    assert orders.published_on == LATER
    assert visible_to(again(here.stranger)).get() == orders
    assert [match.kind for match in similar(again(here.stranger), TITLES[1], kinds=["order"])][:1] == ["order"]
    with pytest.raises(Refused) as error:
        actions.publish(orders, by=here.officer)
    assert code_of(error) == "order.published"


def test_who_has_a_part_sees_nothing_of_it_in_a_list_in_preparation(here: Office) -> None:
    orders = listed(here)
    proposal = orders.orders.get(number=1).proposal
    assert proposal is not None
    assert here.officer.person is not None
    Conflict.objects.create(person=here.officer.person, dossier=proposal.dossier, ground="family", source="told")
    seen = orders_for(again(here.officer)).filter(list=orders)
    assert [row.number for row in seen] == [2]
    assert orders_for(again(here.head)).filter(list=orders).count() == 2


def test_items_are_taken_off_a_draft_and_out_of_an_approved_list_with_a_reason(here: Office) -> None:
    orders = listed(here)
    first = orders.orders.get(number=1)
    with pytest.raises(Refused) as error:
        actions.cancel_order(first, reason="Thôi", by=here.officer)
    assert code_of(error) == "order.still-draft"
    actions.drop_order(first, by=here.officer)
    assert [(row.number, row.name) for row in orders.orders.all()] == [(1, TITLES[1])]
    assert gatherable().get().title == TITLES[0]
    actions.approve(orders, decision_sign="1/QĐ", decided_on=LATER, by=here.head)
    row = orders.orders.get()
    with pytest.raises(Refused) as error:
        actions.cancel_order(row, reason=" ", by=here.officer)
    assert code_of(error) == "order.no-reason"
    actions.cancel_order(row, reason="Bộ đã giao nhiệm vụ tương tự", by=here.officer)
    assert row.state == Order.State.CANCELLED
    assert here.writer.notices.filter(body__contains="Bộ đã giao").exists()


def test_a_supplementary_list_adds_to_an_approved_one_of_the_year(here: Office) -> None:
    draft = actions.start_list(title="Danh mục", year=2027, by=here.officer)
    with pytest.raises(Refused) as error:
        actions.start_list(title="Bổ sung", year=2027, by=here.officer, supplements=draft)
    assert code_of(error) == "order.supplements-nothing"
    first = approved(here)
    second = actions.start_list(title="Bổ sung", year=2027, by=here.officer, supplements=first)
    assert list(first.supplemented_by.all()) == [second]


def test_the_whole_list_by_pages(here: Office) -> None:
    officer = signed_in(here.officer)
    begun = officer.post(reverse("missions:order-list-new"), {"title": "Danh mục đặt hàng 2027", "year": "2027"})
    orders = OrderList.objects.get()
    assert begun.headers["Location"] == orders.get_absolute_url()
    picked = list(gatherable().values_list("pk", flat=True))
    officer.post(reverse("missions:order-list-gather", args=[orders.pk]), {"pick": picked})
    row = orders.orders.get(number=1)
    edit = {
        "name": "Tên đã sửa",
        "objective": "Mục tiêu",
        "products": "Một quy trình",
        "way": "direct",
        "ground": "single",
    }
    assert officer.post(reverse("missions:order-edit", args=[row.pk]), edit).status_code == 302
    text = officer.get(orders.get_absolute_url()).content.decode()
    assert "Tên đã sửa" in text
    assert "why-approve" in text  # greyed for an officer, with the reason
    leader = signed_in(here.leader)
    wrong = leader.post(reverse("missions:order-list-approve", args=[orders.pk]), {"decision_sign": "77/QĐ-UBND"})
    assert wrong.status_code == 422
    assert "77/QĐ-UBND" in wrong.content.decode()
    decision = {"decision_sign": "77/QĐ-UBND", "decided_on": "2026-04-20", "ground": "Luật 93/2025/QH15"}
    assert leader.post(reverse("missions:order-list-approve", args=[orders.pk]), decision).status_code == 302
    officer.post(reverse("missions:order-list-publish", args=[orders.pk]))
    stranger = signed_in(here.stranger)
    assert "Tên đã sửa" in stranger.get(orders.get_absolute_url()).content.decode()
    page = stranger.get(row.get_absolute_url()).content.decode()
    assert "Chỉ một tổ chức" in page
    paper = WordFile(BytesIO(stranger.get(reverse("missions:order-list-word", args=[orders.pk])).content))
    cells = {cell.text for table in paper.tables for line in table.rows for cell in line.cells}
    assert "Tên đã sửa" in cells
    assert any("77" in cell for cell in cells)
    assert stranger.get(reverse("missions:order-list-excel", args=[orders.pk])).content[:2] == b"PK"
    assert "Danh mục đặt hàng 2027" in stranger.get(reverse("missions:order-lists")).content.decode()
    refused = stranger.post(reverse("missions:order-cancel", args=[row.pk]), {"reason": "Thử"})
    assert refused.status_code == 422


def test_the_river_leads_from_the_order_back_to_the_proposal(here: Office) -> None:
    orders = approved(here)
    row = orders.orders.get(number=1)
    assert row.proposal is not None
    officer = signed_in(here.officer)
    assert row.proposal.get_absolute_url() in officer.get(row.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in officer.get(row.proposal.get_absolute_url()).content.decode()


def test_orders_are_found_without_accents(here: Office) -> None:
    orders = approved(here)
    actions.publish(orders, by=here.officer)
    found = signed_in(here.stranger).get(reverse("site:search"), {"q": "nuoc thai lang nghe"}).content.decode()
    assert TITLES[1] in found


def test_a_decision_is_vietnamese_for_who_reads_english_too(here: Office) -> None:
    orders = approved(here)
    here.officer.language = "en"
    here.officer.save()
    client = signed_in(here.officer)
    assert '<html lang="en"' in client.get(reverse("missions:order-lists")).content.decode()
    paper = WordFile(BytesIO(client.get(reverse("missions:order-list-word", args=[orders.pk])).content))
    said = "\n".join(part.text for part in paper.paragraphs)
    assert "Phê duyệt danh mục nhiệm vụ khoa học và công nghệ" in said
    assert "pproving" not in said


def test_the_decision_says_its_ground_once_and_goes_to_who_ordered(here: Office) -> None:
    orders = approved(here)
    for typed, said in (
        ("Luật 93/2025", "Luật 93/2025"), ("Căn cứ Nghị quyết 20/NQ-HĐND;", "Nghị quyết 20/NQ-HĐND"),
        ("Theo đề nghị của Sở.", ""), ("", "……"),
    ):  # fmt: skip
        orders.ground = typed
        assert list_words(orders)["decision"]["ground"] == said
    assert orderers(orders) == [here.commune.name]
