"""Pages of programmes and reports cost as many queries for many units as for few, whoever looks at them."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from khue.core.actors import IMPORTER
from khue.core.clock import at
from khue.directory.models import Unit
from khue.indicators.actions.bringing import Figure, bring, needed
from khue.indicators.actions.taking_over import Past, take_over
from khue.indicators.models import Composed, Cycle, Indicator
from khue.indicators.tests.province import Province, account, province
from tests.architecture.test_query_budget import A_ROW, Cost
from tests.architecture.test_sign_in import addresses
from tests.town import signed_in

DAY = date(2025, 9, 15)
SET, PERIOD = "07-ctr-tu-local-quarter", "2025-Q3"
BUDGET = {
    # what is looked at: (arguments, what is asked, queries at most)
    "indicators:composed-list": ([], "", 12),
    "indicators:cycle": ([SET, PERIOD], "", 20),
    "indicators:cycles": ([], "", 18),
    "indicators:indicator": (["ocop_products"], "", 44),
    "indicators:programme": (["07-ctr-tu"], "", 30),
    "indicators:programmes": ([], "", 9),
    "indicators:reports": ([], "?state=all", 11),  # one for the boards of late units above it
}
NOT_LISTS = {
    "indicators:composed-new", "indicators:cycle-new", "indicators:programme-new", "indicators:reports-excel",
}  # fmt: skip
"""Forms and files."""
STILL = {"indicators:cycles", "indicators:programme", "indicators:programmes"}
"""Pages that more units do not lengthen."""


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with at(DAY):
        yield


def grow(here: Province, cycle: Cycle, start: int, end: int) -> None:
    """More communes that reported, for each number from `start` to `end`."""
    for number in range(start, end):
        unit = Unit.objects.create(
            name=f"Xã Số {number}", kind="commune", parent=here.city, valid_from=date(2025, 7, 1)
        )
        account(f"Cán bộ {number}", "officer", unit)
        for one in (unit, here.communes[0]):
            Composed.objects.create(
                template=f"mau-{number}",
                template_version=DAY,
                label="Mẫu",
                subject=f"Báo cáo {number}",
                unit=one,
                layout="state",
                period=cycle.period,
            )
    here.cycle()
    indicator = Indicator.objects.get(code="ocop_products").pk
    waiting = [row for row in cycle.reports.select_related("unit") if row.unit.name.startswith("Xã Số") and row.is_open]
    given = {row.unit_id: [Figure(cycle.period_id, indicator, row.unit_id, row.unit_id)] for row in waiting}  # type: ignore[arg-type]
    figures = [one for each in given.values() for one in each]
    needed(figures, bring(figures, by=IMPORTER))
    take_over(cycle, [Past(unit, DAY, each) for unit, each in given.items()], by=IMPORTER)


def costs(clients: dict[str, Client]) -> dict[tuple[str, str], Cost]:
    found = {}
    for role, client in clients.items():
        for name, (arguments, asked, _most) in BUDGET.items():
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(reverse(name, args=arguments) + asked)
            assert answer.status_code in {200, 403, 404}, (name, role, answer.status_code)
            if answer.status_code == 200:
                found[name, role] = Cost(len(queries), len(answer.content))
    return found


def asked_once(clients: dict[str, Client]) -> None:
    """What is asked once a process is asked now: each page is looked at by one who may see it."""
    for name, (arguments, asked, _most) in BUDGET.items():
        address = reverse(name, args=arguments) + asked
        assert any(client.get(address).status_code == 200 for client in clients.values()), name


@pytest.mark.django_db
def test_pages_of_figures_cost_the_same_with_many_units() -> None:
    here = province()
    cycle = here.cycle()
    leader = account("Vũ Lãnh Đạo", "leader", here.city)
    clients = {
        "officer": signed_in(here.officer), "receiver": signed_in(here.receiver), "chief": signed_in(here.chief),
        "leader": signed_in(leader),
    }  # fmt: skip
    grow(here, cycle, 0, 3)
    asked_once(clients)
    few = costs(clients)
    grow(here, cycle, 3, 15)
    many = costs(clients)
    assert {key: (few[key].queries, many[key].queries) for key in few if many[key].queries > few[key].queries} == {}
    assert {key: cost.queries for key, cost in many.items() if cost.queries > BUDGET[key[0]][2]} == {}
    grown = {name for name, role in few if many[name, role].length > few[name, role].length + A_ROW}
    assert set(BUDGET) - grown == STILL, "a list that shows no more rows proves nothing"


def test_every_page_of_figures_without_a_number_is_budgeted_or_named() -> None:
    names = {
        name for name, path in addresses(get_resolver().url_patterns)
        if name.startswith("indicators:") and not {"x", "1", "x.x", "hinh.x"} & set(path.split("/"))
    }  # fmt: skip
    assert names == {name for name, (arguments, *_rest) in BUDGET.items() if not arguments} | NOT_LISTS
