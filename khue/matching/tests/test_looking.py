"""Ctrl-K: what was just changed is found at once, by any name it ever had, a few of each kind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.directory.actions.people import add_person
from khue.directory.actions.units import add_unit, rename_unit
from khue.directory.models import Place, PlaceSuccession
from khue.matching import actions, search
from khue.matching.looking import look_up

pytestmark = pytest.mark.django_db
Committed = Callable[..., Any]


@pytest.fixture
def user() -> User:
    return User.objects.create_user("nam@example.vn", "Cao Văn Nam")


def titles(user: User, query: str) -> list[str]:
    return [match.title for group in look_up(user, query, 5).groups for match in group.matches]


def test_what_the_journal_tells_is_found_at_once(user: User, django_capture_on_commit_callbacks: Committed) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        unit = add_unit(
            name="Sở Thông tin và Truyền thông", kind="department", valid_from=date(2020, 1, 1), by=IMPORTER
        )
        add_person(full_name="Đặng Thị Hạnh", title="TS.", by=IMPORTER)
    assert titles(user, "thong tin truyen") == ["Sở Thông tin và Truyền thông"]
    assert titles(user, "dang thi hanh") == ["TS. Đặng Thị Hạnh"]
    with django_capture_on_commit_callbacks(execute=True):
        rename_unit(unit, name="Sở Chuyển đổi số", on=date(2025, 3, 1), by=IMPORTER)
    assert titles(user, "chuyen doi so") == titles(user, "thông tin truyền thông") == ["Sở Chuyển đổi số"]


def test_an_old_place_tells_what_it_has_become(user: User) -> None:
    day = date(2025, 7, 1)
    old = Place.objects.create(
        code="1", level="commune", kind="Xã", name="Kim Lan", valid_from=date(2010, 1, 1), valid_to=date(2025, 6, 30)
    )
    new = Place.objects.create(code="2", level="commune", kind="Xã", name="Bát Tràng", valid_from=day)
    PlaceSuccession.objects.create(old=old, new=new, on=day, basis="x")
    actions.reconcile(["place"])
    (found,) = look_up(user, "kim lan", 5).groups
    assert (found.matches[0].title, found.matches[0].detail) == ("Xã Kim Lan", "nay là Xã Bát Tràng")


def test_the_directory_is_not_held_against_what_is_written(user: User) -> None:
    add_unit(name="Trung tâm Ứng dụng công nghệ sinh học", kind="institute", valid_from=date(2020, 1, 1), by=IMPORTER)
    actions.reconcile(["unit"])
    assert titles(user, "ứng dụng công nghệ sinh học")
    assert search.similar(user, "Trung tâm Ứng dụng công nghệ sinh học") == []


def test_words_in_quotes_stand_together(user: User) -> None:
    for name in ("Trung tâm Nước sạch", "Trung tâm Sạch nước", "Viện Nước ngầm và đất sạch"):
        add_unit(name=name, kind="institute", valid_from=date(2020, 1, 1), by=IMPORTER)
    actions.reconcile(["unit"])
    assert len(titles(user, "nước sạch")) == 3
    assert titles(user, '"nước sạch"') == ["Trung tâm Nước sạch"]


def test_ctrl_k_finds_by_misspelt_and_half_typed_words(user: User, client: Client) -> None:
    unit = add_unit(name="Viện Nghiên cứu Rau quả", kind="institute", valid_from=date(2020, 1, 1), by=IMPORTER)
    actions.reconcile(["unit"])
    client.force_login(user)
    for words in ("vien nghien cuu rau q", "viện nghiêm cứuu rau"):
        page = client.get(reverse("site:search"), {"q": words}, headers={"HX-Request": "true"}).content.decode()
        assert page.count(f'href="{unit.get_absolute_url()}"') == 1, words


def test_the_number_of_queries_does_not_grow_with_kinds(user: User, django_assert_max_num_queries: Committed) -> None:
    look_up(user, "nước", 5)
    with django_assert_max_num_queries(12):
        look_up(user, "nước sạch", 5)
