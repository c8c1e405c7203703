"""What people say of two records held side by side is remembered, and goes before what ranking thinks."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from khue.accounts.models import Membership, User
from khue.core import clock
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.journal.timeline import timeline
from khue.language.text import fold
from khue.matching import actions, search, sources
from khue.matching.models import Feedback
from khue.matching.ranking.record import Band
from khue.matching.tests.library import TITLES, Shelf

pytestmark = pytest.mark.django_db
WATER, ASPARAGUS = ("thing", 1), ("thing", 2)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    made = Shelf()
    made.titles[3] = "Xử lý nước thải làng nghề dệt nhuộm bằng bãi lọc ngầm trồng cây"
    sources.register(made.source())
    actions.reconcile()
    return made


def account(name: str, role: str, unit: Unit) -> User:
    user = User.objects.create_user(f"{fold(name).replace(' ', '.')}@example.vn", name)
    Membership.objects.create(user=user, unit=unit, role=role, valid_from="2015-01-01")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def department() -> Unit:
    return Unit.objects.create(
        name="Sở Khoa học và Công nghệ", kind=Unit.Kind.DEPARTMENT, valid_from="2015-01-01", code="skhcn"
    )


@pytest.fixture
def officer(department: Unit) -> User:
    return account("Cao Văn Nam", "officer", department)


def test_a_verdict_is_the_band_of_that_very_pair_from_both_sides(shelf: Shelf, officer: User) -> None:
    before = search.similar(officer, TITLES[1], about=WATER)[0]
    assert (before.pk, before.band, before.verdict) == (3, Band.SAME, None)
    with clock.at(date(2026, 3, 12)):
        actions.judge(WATER, ("thing", 3), "other", by=officer, note="Khác công nghệ")
    for text, about, found in ((TITLES[1], 1, 3), (shelf.titles[3], 3, 1)):
        match = next(one for one in search.similar(officer, text, about=("thing", about)) if one.pk == found)
        assert match.band == Band.OTHER
        assert match.verdict is not None
        assert match.verdict.sentence == "Đã được xem là không trùng ngày 12/03/2026 bởi Cao Văn Nam"
    assert search.similar(officer, TITLES[1])[1].verdict is None, "a text of no record knows of no pair"


def test_what_was_judged_the_same_is_found_whatever_the_words(shelf: Shelf, officer: User) -> None:
    actions.judge(ASPARAGUS, WATER, "same", by=officer)
    found = search.similar(officer, TITLES[1], about=WATER, limit=1)
    assert [(match.pk, match.band) for match in found] == [(2, Band.SAME)]


def test_the_last_word_counts_and_the_journal_keeps_the_earlier_ones(
    shelf: Shelf, officer: User, department: Unit
) -> None:
    head = account("Bùi Văn Khánh", "unit-head", department)
    first = actions.judge(WATER, ASPARAGUS, "same", by=officer)
    actions.judge(ASPARAGUS, WATER, "related", by=head)
    assert search.similar(officer, TITLES[1], about=WATER)[0].pk == 3
    actions.judge(WATER, ASPARAGUS, "other", by=officer, note="Xem lại")
    assert Feedback.objects.count() == 2
    assert [one.verb for one in timeline(first.dossier)] == ["match.other", "match.related", "match.same"]
    assert timeline(first.dossier)[0].note == "Xem lại"


def test_who_may_not_judge_is_told_why(shelf: Shelf, officer: User, department: Unit) -> None:
    def code(by: User, other: tuple[str, int]) -> str:
        with pytest.raises(Refused) as error:
            actions.judge(WATER, other, "same", by=by)
        return error.value.refusal.code

    assert code(officer, WATER) == "match.itself"
    assert code(account("Ngô Văn Lạ", "expert", department), ASPARAGUS) == "match.not-yours"
    shelf.hidden.add(2)
    assert code(officer, ASPARAGUS) == "match.not-seen"
    with pytest.raises(ValueError, match="perhaps"):
        actions.judge(WATER, ("thing", 3), "perhaps", by=officer)


def test_a_verdict_about_what_one_may_not_see_tells_nothing(shelf: Shelf, officer: User) -> None:
    actions.judge(WATER, ("thing", 3), "same", by=officer)
    shelf.hidden.add(1)
    assert all(match.verdict is None for match in search.similar(officer, shelf.titles[3], about=WATER))


def test_a_pair_is_kept_once_and_in_order(shelf: Shelf, officer: User) -> None:
    kept = actions.judge(ASPARAGUS, WATER, "same", by=officer)
    assert (kept.pk_a, kept.pk_b) == (1, 2)
    for wrong in ({"pk_a": 2, "pk_b": 1}, {"pk_a": 1, "pk_b": 2}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Feedback.objects.create(kind_a="thing", kind_b="thing", verdict="same", by=officer, **wrong)


def test_the_fragment_beside_a_form_shows_the_verdict(shelf: Shelf, officer: User, client: Client) -> None:
    actions.judge(WATER, ("thing", 3), "related", by=officer)
    client.force_login(officer)
    page = client.post(reverse("matching:similar"), {"text": TITLES[1], "exclude": "thing:1"}).content.decode()
    assert "Đã được xem là có liên quan, không trùng" in page
