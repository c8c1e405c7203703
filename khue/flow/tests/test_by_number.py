"""Rows by a number, of a question that is put into SQL once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.db.transaction import TransactionManagementError

from khue.core.by_number import NUMBER, ByNumber
from khue.flow.models import ProcessVersion

FOUND = ByNumber(lambda: ProcessVersion.objects.filter(pk=NUMBER))
LOCKED = ByNumber(lambda: ProcessVersion.objects.select_for_update().filter(pk=NUMBER))


@pytest.mark.django_db
def test_each_number_has_its_row_as_any_question_would_give_it() -> None:
    for version in ProcessVersion.objects.order_by("pk")[:2]:
        for question in (FOUND, LOCKED):
            found = question.get(version.pk)
            assert found == version
            assert {name: getattr(found, name) for name in vars(version) if name[0] != "_"} == {
                name: value for name, value in vars(version).items() if name[0] != "_"
            }
    assert FOUND.all(0) == []
    with pytest.raises(ProcessVersion.DoesNotExist):
        FOUND.get(0)


@pytest.mark.django_db
def test_nothing_is_locked_without_a_transaction() -> None:
    def beside() -> None:
        try:
            LOCKED.all(1)
        finally:
            connections.close_all()

    LOCKED.all(1)
    with ThreadPoolExecutor(1) as pool, pytest.raises(TransactionManagementError):
        pool.submit(beside).result()
