"""An assignee that nobody knows: matched, remembered, entered or asked for, without leaving the page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.core.refusals import Refused
from khue.directory.guessing import guess_kind, guess_parent, tidied
from khue.directory.models import Unit, UnitName
from khue.directory.search import resolve_unit
from khue.documents.actions.unknown_units import match
from khue.documents.models import Extraction, ProposalUnit
from khue.documents.rules.assignees import resolve
from khue.documents.tests.city import LONG_AGO, person, unit
from khue.documents.tests.reading import document, proposal, read
from khue.journal.models import Entry
from khue.journal.timeline import timeline
from khue.notices.models import Notice

WORDS = "bố trí kinh phí chuyển đổi số"
NAME = "trung tâm Phục vụ hành chính công"
DAY = date(2026, 11, 2)


@pytest.fixture
def root(db: None) -> Unit:
    return unit("Ủy ban nhân dân Thành phố", Unit.Kind.AUTHORITY)


@pytest.fixture
def office(root: Unit) -> Unit:
    return unit("Sở Khoa học và Công nghệ", parent=root)


@pytest.fixture
def officer(office: Unit) -> User:
    return person("Lê An", "officer", office)


@pytest.fixture
def extraction(office: Unit, officer: User) -> Extraction:
    made = read(document(office, officer))
    for words in (WORDS, "báo cáo kết quả hằng quý"):
        proposal(made, words).units.create(part="lead", name=NAME)
    return made


def post(client: Client, to: str, extraction: Extraction, **data: str) -> str:
    number = extraction.proposals.order_by("pk").first()
    assert number is not None
    address = reverse(f"documents:{to}", args=[extraction.document_id, number.pk])
    answer = client.post(address, data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def keeper(at: Unit) -> User:
    return person("Quản Trị", "administrator", at)


NEW = {"name_read": NAME, "name": "Trung tâm Phục vụ hành chính công", "kind": "division", "valid_from": "2025-01-01"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("UBND xã Phù Đổng", "commune"),
        ("Sở Y tế", "department"),
        ("phòng Văn hoá", "division"),
        ("Cty TNHH", "department"),
        ("công ty Thoát nước", "enterprise"),
        ("Trường Đại học Bách khoa", "institute"),
        ("Liên hiệp các Hội KHKT", "association"),
        ("Ban Quản lý khu công nghệ cao", "department"),
        ("Đảng uỷ Khối", "party"),
        ("UBND huyện Sóc Sơn", "district"),
    ],
)
def test_the_kind_is_guessed_from_the_beginning(name: str, kind: str) -> None:
    assert guess_kind(name) == kind


def test_a_part_stands_below_the_office_and_an_office_below_the_city(root: Unit, office: Unit) -> None:
    office.refresh_from_db()
    assert guess_parent("division", office) == office
    assert guess_parent("department", office) == root
    assert tidied("  trung tâm  Phục vụ ;") == "Trung tâm Phục vụ"


def test_an_administrator_enters_the_unit_and_every_card_is_resolved(
    extraction: Extraction, officer: User, office: Unit, client: Client
) -> None:
    Membership.objects.create(user=officer, unit=office, role="administrator", valid_from=LONG_AGO)
    client.force_login(officer)
    page = client.get(reverse("documents:extraction", args=[extraction.document_id])).content.decode()
    assert "thêm đơn vị mới…" in page
    said = post(client, "unknown-unit-new", extraction, **NEW, parent=office.name, remember="1")
    made = Unit.objects.get(name=NEW["name"])
    assert (made.parent, made.kind, made.valid_from) == (office, "division", date(2025, 1, 1))
    assert "Đã thêm Trung tâm Phục vụ hành chính công vào danh bạ" in said
    assert set(ProposalUnit.objects.values_list("unit", flat=True)) == {made.pk}
    assert Entry.objects.filter(dossier=f"unit:{made.pk}", verb="unit.added", actor_id=officer.pk).exists()


def test_a_name_that_is_there_already_wants_a_second_press(
    extraction: Extraction, officer: User, office: Unit, client: Client
) -> None:
    Membership.objects.create(user=officer, unit=office, role="administrator", valid_from=LONG_AGO)
    unit(NEW["name"], Unit.Kind.DIVISION, parent=unit("Sở Nội vụ"))
    client.force_login(officer)
    first = post(client, "unknown-unit-new", extraction, **NEW, parent=office.name)
    assert "bấm nút lần nữa" in first
    assert 'name="sure" value="on"' in first
    assert Unit.objects.filter(name=NEW["name"]).count() == 1
    post(client, "unknown-unit-new", extraction, **NEW, parent=office.name, sure="on")
    assert Unit.objects.filter(name=NEW["name"]).count() == 2


def test_others_ask_and_the_administrator_finds_the_form_filled_in(
    extraction: Extraction, officer: User, office: Unit, root: Unit, client: Client
) -> None:
    near, far = keeper(root), keeper_elsewhere()
    client.force_login(officer)
    said = post(client, "unknown-unit-new", extraction, **NEW, parent=office.name, why="Mới thành lập")
    assert "Đã đề nghị 1 quản trị" in said
    assert not Unit.objects.filter(name=NEW["name"]).exists()
    notice = Notice.objects.get(user=near)
    assert not Notice.objects.filter(user=far).exists()
    assert "Mới thành lập" in notice.body
    assert any("đề nghị thêm đơn vị" in str(entry) for entry in timeline(extraction.document.dossier))
    client.force_login(near)
    form = client.get(notice.url).content.decode()
    assert 'value="Trung tâm Phục vụ hành chính công"' in form
    assert 'value="Sở Khoa học và Công nghệ"' in form
    assert 'value="division" selected' in form


def keeper_elsewhere() -> User:
    return person("Người Khác", "administrator", unit("Thành phố Khác", Unit.Kind.AUTHORITY))


def test_the_dialog_shows_what_it_may_be(extraction: Extraction, officer: User, client: Client) -> None:
    unit("Trung tâm Phục vụ hành chính công Thành phố", Unit.Kind.DIVISION)
    client.force_login(officer)
    number = extraction.proposals.order_by("pk").first()
    assert number is not None
    address = reverse("documents:unknown-unit", args=[extraction.document_id, number.pk])
    shown = client.get(address, {"name": NAME}, headers={"HX-Request": "true"}).content.decode()
    assert "Trung tâm Phục vụ hành chính công Thành phố" in shown
    assert "Gửi đề nghị" in shown
    assert "Ghi nhớ tên này" in shown


def test_a_typed_unit_is_taken_or_the_dialog_says_what_is_wrong(
    extraction: Extraction, officer: User, client: Client
) -> None:
    wanted = unit("Sở Nội vụ", abbreviation="SNV")
    client.force_login(officer)
    wrong = post(client, "proposal-choose", extraction, name=NAME, typed="1", unit="Không Có Đâu")
    assert "Không Có Đâu" in wrong
    assert 'id="unknown-unit' not in wrong
    post(client, "proposal-choose", extraction, name=NAME, typed="1", unit="SNV")
    assert set(ProposalUnit.objects.values_list("unit", flat=True)) == {wanted.pk}


def test_a_remembered_name_is_known_next_time(extraction: Extraction, officer: User, client: Client) -> None:
    wanted = unit("Trung tâm Hành chính Hà Nội", Unit.Kind.DIVISION)
    assert resolve(NAME, DAY) == (None, "")
    client.force_login(officer)
    said = post(client, "proposal-choose", extraction, name=NAME, unit=str(wanted.pk), remember="1")
    assert "Đã ghi nhớ" in said
    assert resolve(NAME, DAY) == (wanted, "")
    assert any("còn gọi" in str(entry) or NAME in str(entry) for entry in timeline(f"unit:{wanted.pk}"))


def test_without_the_tick_nothing_is_remembered(extraction: Extraction, officer: User) -> None:
    wanted = unit("Trung tâm Hành chính Hà Nội", Unit.Kind.DIVISION)
    assert match(extraction, NAME, wanted, by=officer) == 2
    assert resolve_unit(NAME, DAY) is None


def test_a_name_of_another_unit_is_not_taken_over(extraction: Extraction, officer: User) -> None:
    unit(NAME, Unit.Kind.DIVISION)
    other = unit("Trung tâm Hành chính Hà Nội", Unit.Kind.DIVISION)
    with pytest.raises(Refused) as refused:
        match(extraction, NAME, other, by=officer, remember=True)
    assert refused.value.refusal.code == "unit.name-of-another"
    assert not ProposalUnit.objects.exclude(unit=None).exists()


def test_who_has_no_right_to_remember_is_refused(extraction: Extraction, office: Unit) -> None:
    wanted = unit("Trung tâm Hành chính Hà Nội", Unit.Kind.DIVISION)
    seer = person("Chỉ Xem", "auditor", office)
    with pytest.raises(Refused):
        match(extraction, NAME, wanted, by=seer, remember=True)
    assert not UnitName.objects.filter(official=False).exists()


def test_an_administrator_takes_a_wrong_name_back_but_not_an_official_one(
    extraction: Extraction, officer: User, root: Unit, client: Client
) -> None:
    wanted = unit("Trung tâm Hành chính Hà Nội", Unit.Kind.DIVISION, parent=root)
    match(extraction, NAME, wanted, by=officer, remember=True)
    alias, official = wanted.names.get(official=False), wanted.names.get(official=True)
    client.force_login(officer)
    client.post(reverse("directory:forget-alias", args=[wanted.code, alias.pk]))
    assert resolve_unit(NAME, DAY) == wanted
    client.force_login(keeper(root))
    for name in (alias, official):
        client.post(reverse("directory:forget-alias", args=[wanted.code, name.pk]))
    assert [name.pk for name in wanted.names.all()] == [official.pk]
    assert resolve_unit(NAME, DAY) is None
