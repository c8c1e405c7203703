"""Outgoing numbers: which series, how they are printed, reserved, given back, refused."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.documents.actions.numbering import (
    claim_number,
    outgoing,
    release_number,
    reserve_number,
    take_number,
)
from khue.documents.actions.series import open_series
from khue.documents.models import Document, NumberSeries
from khue.documents.rules.numbering import printed_sign
from khue.documents.tests.city import person, unit
from khue.journal.models import Entry
from khue.language.signs import canonical

DAY = date(2026, 3, 2)


@pytest.fixture
def office(db: None) -> Unit:
    return unit("Sở Khoa học và Công nghệ")


@pytest.fixture
def clerk(office: Unit) -> User:
    return person("Văn Thư", "clerk", office)


def series(office: Unit, clerk: User, **fields: object) -> NumberSeries:
    facts: dict[str, object] = {"family": "state", "issuer_code": "SKHCN", "begins_on": DAY}
    return open_series(unit=office, by=clerk, **{**facts, **fields})  # type: ignore[arg-type]


def used(one: NumberSeries, number: int, sign: str) -> Document:
    document: Document = Document.objects.create(
        unit=one.unit, direction="out", series=one, serial=number, sign=sign, subject="Kế hoạch tuyên truyền"
    )
    return document


@pytest.mark.parametrize(
    ("family", "kind", "fields", "printed"),
    [
        ("state", "KH", {}, "05/KH-SKHCN"),
        ("state", "", {"drafting_code": "QLKH"}, "05/SKHCN-QLKH"),
        ("normative", "QĐ", {}, "05/2026/QĐ-SKHCN"),
        ("party", "CTr", {}, "05-CTr/SKHCN"),
        ("party", "", {}, "05-CV/SKHCN"),
    ],
)
def test_signs_are_printed_by_the_rules_of_their_family(
    family: str, kind: str, fields: dict[str, str], printed: str
) -> None:
    one = NumberSeries(family=family, issuer_code="SKHCN")
    assert printed_sign(one, 5, type=kind, year=2026, **fields) == printed


def test_a_council_prints_its_own_code() -> None:
    sign = printed_sign(NumberSeries(family="state", council="HĐTVKHCN"), 12, type="BB", year=2026)
    assert sign == "12/BB-HĐTVKHCN"
    assert canonical(sign) == sign


def test_a_type_with_its_own_series_is_numbered_there_and_the_rest_together(office: Unit, clerk: User) -> None:
    shared, plans = series(office, clerk), series(office, clerk, type="KH")
    assert outgoing(office, family="state", type="KH", on=DAY) == plans
    assert outgoing(office, family="state", type="BC", on=DAY) == shared
    assert outgoing(office, family="state", type="", on=DAY) == shared


def test_state_series_begin_anew_on_new_years_day_and_party_series_do_not(office: Unit, clerk: User) -> None:
    old = series(office, clerk, last=40)
    term = series(office, clerk, family="party", issuer_code="TU", period_name="XVIII", begins_on=date(2025, 10, 15))
    fresh = outgoing(office, family="state", type="TB", on=date(2027, 1, 4))
    assert fresh != old
    assert take_number(fresh) == 1
    assert outgoing(office, family="party", type="TB", on=date(2027, 1, 4)) == term


def test_without_a_series_the_refusal_says_what_to_do(office: Unit) -> None:
    with pytest.raises(Refused) as refused:
        outgoing(office, family="party", type="TB", on=DAY)
    assert refused.value.refusal.code == "series-missing"


def test_two_series_never_cover_the_same_days(office: Unit, clerk: User) -> None:
    series(office, clerk, family="party", issuer_code="TU", period_name="XVII", begins_on=date(2020, 10, 1))
    with pytest.raises(Refused) as refused:
        series(office, clerk, family="party", issuer_code="TU", period_name="XVIII", begins_on=DAY)
    assert refused.value.refusal.code == "series-overlaps"


def test_a_reserved_number_stays_out_of_the_turn_and_a_released_one_goes_first(office: Unit, clerk: User) -> None:
    one = series(office, clerk)
    assert reserve_number(one, by=clerk, reason="Đang trình ký ở Thành phố") == 1
    assert take_number(one) == 2
    release_number(one, 1, by=clerk, reason="Không ban hành")
    assert take_number(one) == 1
    assert take_number(one) == 3
    verbs = Entry.objects.filter(dossier=one.dossier).values_list("verb", flat=True)
    assert list(verbs) == ["series.opened", "series.reserved", "series.released"]


def test_a_reserved_number_is_claimed_by_name(office: Unit, clerk: User) -> None:
    one = series(office, clerk)
    reserve_number(one, by=clerk, reason="Giữ số")
    assert claim_number(one, 1) == 1
    used(one, 1, "01/KH-SKHCN")
    with pytest.raises(Refused) as refused:
        release_number(one, 1, by=clerk, reason="Nhầm")
    assert refused.value.refusal.code == "number-used"


def test_a_number_used_already_is_refused_and_the_document_named(office: Unit, clerk: User) -> None:
    one = series(office, clerk, last=4)
    used(one, 4, "04/KH-SKHCN")
    with pytest.raises(Refused) as refused:
        claim_number(one, 4)
    assert "04/KH-SKHCN" in str(refused.value)
    assert "Kế hoạch tuyên truyền" in str(refused.value)


def test_a_number_that_would_leave_a_gap_is_refused(office: Unit, clerk: User) -> None:
    with pytest.raises(Refused) as refused:
        claim_number(series(office, clerk), 3)
    assert refused.value.refusal.code == "number-skips"


def test_only_the_clerk_keeps_numbers_and_says_why(office: Unit, clerk: User) -> None:
    one = series(office, clerk)
    officer = person("Chuyên Viên", "officer", office)
    with pytest.raises(Refused) as refused:
        reserve_number(one, by=officer, reason="Giữ số")
    assert refused.value.refusal.code == "series-not-yours"
    with pytest.raises(Refused) as refused:
        reserve_number(one, by=clerk, reason=" ")
    assert refused.value.refusal.code == "reason-missing"


def test_a_number_taken_in_a_transaction_that_fails_is_not_lost(office: Unit, clerk: User) -> None:
    one = series(office, clerk)

    def fail() -> None:
        with transaction.atomic():
            assert take_number(one) == 1
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert take_number(one) == 1


def test_each_series_is_a_book_of_its_own_in_the_register(office: Unit, clerk: User) -> None:
    own, council = series(office, clerk), series(office, clerk, issuer_code="", council="HĐTĐ")
    for one, sign in ((own, "01/KH-SKHCN"), (council, "01/BB-HĐTĐ")):
        Document.objects.filter(pk=used(one, 1, sign).pk).update(issued_on=DAY)
    client = Client()
    client.force_login(clerk)
    listed = client.get(reverse("documents:series")).content.decode()
    for one, sign, other in ((own, "01/KH-SKHCN", "01/BB-HĐTĐ"), (council, "01/BB-HĐTĐ", "01/KH-SKHCN")):
        book = f"{reverse('documents:register', args=['di'])}?series={one.pk}"
        assert f'href="{book}"' in listed
        page = client.get(book).content.decode()
        assert sign in page
        assert other not in page
        assert str(one) in page, "which book it is"
    sheet = client.get(f"{reverse('documents:register-excel', args=['di'])}?series={council.pk}")
    assert sheet.status_code == 200
