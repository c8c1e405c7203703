"""Officers judge pairs that look the same; what they judged is kept, and nobody sees a pair with a hidden record."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from khue.accounts import actions as accounts
from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.core.refusals import Refused
from khue.directory.actions.units import add_unit
from khue.journal.models import Entry as Act
from khue.matching import actions, sources
from khue.matching.models import Entry, Feedback, Likeness
from khue.matching.rules import likenesses_visible_to, may_sweep
from khue.matching.tests.library import Shelf

pytestmark = pytest.mark.django_db
START = date(2025, 7, 1)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(sources, "_sources", {})
    made = Shelf()
    sources.register(made.source())
    actions.reconcile()
    return made


@pytest.fixture
def officer() -> User:
    department = add_unit(
        name="Sở Khoa học và Công nghệ", kind="department", valid_from=START, parent=None, by=IMPORTER
    )
    user = accounts.add_user(email="lan@hanoi.example", full_name="Lan", by=IMPORTER, password="Khue-2026-demo")
    accounts.give_role(user, unit=department, role="officer", valid_from=START, by=IMPORTER)
    return user


@pytest.fixture
def pair(shelf: Shelf) -> Likeness:
    one, other = Entry.objects.order_by("pk")[:2]
    return Likeness.objects.create(one=one, other=other, score=0.9, band="same", why=["cùng đối tượng: măng tây"])


@pytest.mark.parametrize(
    ("act", "verdict", "state"),
    [(actions.dismiss, "other", "dismissed"), (actions.link, "related", "linked"), (actions.merge, "same", "merged")],
)
def test_a_judgement_is_kept_with_who_when_and_why(
    pair: Likeness, officer: User, act: Callable[..., Feedback], verdict: str, state: str
) -> None:
    kept = act(pair, by=officer, note=" khác quy mô ")
    assert (kept.verdict, kept.by, kept.note) == (verdict, officer, "khác quy mô")
    pair.refresh_from_db()
    assert (pair.state, pair.verdict) == (state, kept)
    assert Act.objects.get(dossier=kept.dossier).verb == f"match.{verdict}"


def test_the_last_word_counts_wherever_it_was_said(pair: Likeness, officer: User) -> None:
    actions.link(pair, by=officer)
    one, other = pair.pair
    actions.judge(other, one, "same", by=officer)
    pair.refresh_from_db()
    assert pair.state == "merged"


def test_who_may_not_see_both_sees_no_pair(pair: Likeness, shelf: Shelf, officer: User) -> None:
    assert list(likenesses_visible_to(officer)) == [pair]
    shelf.hidden.add(pair.other.record)
    assert not likenesses_visible_to(officer)
    with pytest.raises(Refused):
        actions.dismiss(pair, by=officer)


def test_others_do_not_judge(pair: Likeness, officer: User) -> None:
    stranger = User.objects.create_user("la@example.vn", "Người Lạ")
    assert may_sweep(officer) is None
    assert may_sweep(stranger)
    assert not likenesses_visible_to(stranger)
    with pytest.raises(Refused):
        actions.link(pair, by=stranger)


def test_a_pair_is_there_once_and_in_order(pair: Likeness) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Likeness.objects.create(one=pair.other, other=pair.one, score=0.9, band="same")
    with pytest.raises(IntegrityError), transaction.atomic():
        Likeness.objects.create(one=pair.one, other=pair.other, score=0.5, band="same")
