"""Numbers: no gap, no number twice, however many ask at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from khue.core.clock import at
from khue.directory.models import Unit
from khue.documents.actions import register_incoming, take_number
from khue.documents.actions.numbering import arrivals
from khue.documents.models import Document, NumberSeries
from khue.documents.tests.city import person, unit


@pytest.mark.django_db
def test_arrival_numbers_restart_each_year_and_each_unit_counts_alone() -> None:
    one, other = unit("Sở Khoa học và Công nghệ"), unit("UBND phường Láng")
    for register, day in ((one, date(2025, 12, 31)), (one, date(2026, 1, 1)), (other, date(2026, 1, 1))):
        with at(day):
            clerk = person(f"P{day}{register.pk}", "clerk", register)
            document = register_incoming(unit=register, by=clerk, typed={"subject": "Việc"})
        assert document.arrival_number == 1
    assert Document.objects.count() == 3


def test_twenty_at_once_get_twenty_numbers_in_a_row(committed: None) -> None:
    series = arrivals(unit("UBND phường Láng"), on=date(2026, 5, 4))

    def take(_turn: int) -> int:
        try:
            return take_number(NumberSeries.objects.get(pk=series.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        taken = list(pool.map(take, range(20)))
    assert sorted(taken) == list(range(1, 21))


def test_twenty_first_documents_of_a_year_share_one_register(committed: None) -> None:
    sokhcn = unit("Sở Khoa học và Công nghệ")
    clerk = person("Văn Thư", "clerk", sokhcn)

    def register(turn: int) -> int | None:
        try:
            document = register_incoming(
                unit=Unit.objects.get(pk=sokhcn.pk), by=clerk, typed={"subject": f"Việc {turn}"}
            )
            return document.arrival_number
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        numbers = list(pool.map(register, range(20)))
    assert sorted(filter(None, numbers)) == list(range(1, 21))
    assert NumberSeries.objects.filter(unit=sokhcn).count() == 1
