"""The overview, the list and a unit's own missions: every number opens the list it counts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from khue.core.clock import at
from khue.directory.models import Place
from khue.flow.models import Case
from khue.missions.actions.carry import paying
from khue.missions.models import Mission
from khue.missions.tests.mill import FOUNDED, NEW, Mill, mill, running, waiting
from khue.missions.tests.test_book import client_of
from tests.worlds import Worlds

LATER = NEW + timedelta(days=250)
"""The first report is late by then."""
LATER_MOMENT = datetime(LATER.year, LATER.month, LATER.day, tzinfo=UTC)
BOARD, LIST, OWN = "/nhiem-vu/tong-quan/", "/nhiem-vu/", "/nhiem-vu/cua-don-vi/"
YEARS = f"{BOARD}kinh-phi/"


def _grow(here: Mill, count: int) -> None:
    for _each in range(count):
        mission, contract = running(here, NEW)
        with at(NEW + timedelta(days=20)):
            paying.pay(contract.instalments.all()[0], amount=100, paid_on=NEW + timedelta(days=20), by=here.officer)
        place = Place.objects.create(
            code=str(mission.pk), level="commune", kind="Xã", name=f"Xã {mission.pk}", latitude=21.0, longitude=105.8,
            valid_from=FOUNDED,
        )  # fmt: skip
        Mission.objects.filter(pk=mission.pk).update(place=place, field="agricultural")
    waiting(here, NEW)


def _grown(here: Mill) -> Mill:
    _grow(here, 2)
    return here


@pytest.fixture
def here(worlds: Worlds) -> Iterator[Mill]:
    """Two missions are running and a third waits for its contract."""
    with worlds.copy(mill, _grown) as made:
        yield made


def _links(client: Client) -> list[tuple[int, str]]:
    page = client.get(BOARD)
    tables = page.context["tables"]
    found = [(one.line.count, one.href) for _title, lines in tables for one in lines]
    return [*found, *((one.line.late, one.late_href) for _title, lines in tables for one in lines)]


def test_every_number_opens_the_list_it_counts(here: Mill) -> None:
    with at(LATER):
        for who in (here.head, here.leader, here.worker):
            client = client_of(who)
            links = _links(client)
            assert len(links) >= 10
            for count, href in sorted(set(links)):
                assert client.get(href).context["page"].paginator.count == count, href


def test_the_board_reads_what_is_carried_out_by_its_own_index(here: Mill) -> None:
    with at(LATER), CaptureQueriesContext(connection) as asked:
        client_of(here.leader).get(BOARD)
    (late,) = [one["sql"] for one in asked.captured_queries if '"missions_mission"."next_due_on" ASC' in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {late}")
        assert "mission_living" in "\n".join(row[0] for row in cursor.fetchall())


def test_what_was_not_accepted_stays_on_the_board_until_it_is_closed(here: Mill) -> None:
    mission = Mission.objects.filter(state=Mission.State.RUNNING)[0]
    Mission.objects.filter(pk=mission.pk).update(state=Mission.State.FAILED, next_due_on=None)
    with at(LATER):
        assert client_of(here.leader).get(BOARD).context["all"].count == 3
        Case.objects.filter(mission=mission).update(closed_at=LATER_MOMENT, outcome="done")
        assert client_of(here.leader).get(BOARD).context["all"].count == 2


def test_the_board_says_what_is_late_and_where_the_money_is(here: Mill) -> None:
    with at(LATER):
        page = client_of(here.leader).get(BOARD)
    everything = page.context["all"]
    assert (everything.count, everything.late, everything.paid) == (3, 3, 200)
    assert everything.planned == 3_000_000_000
    assert "3 trên 3 nhiệm vụ có việc quá hạn" in page.content.decode()
    assert YEARS in page.content.decode()  # which the page asks for once it is there
    with at(LATER):
        every = client_of(here.leader).get(YEARS).context["all_years"]
        assert (every.planned, every.paid) == (2_000_000_000, 200)  # of the two that have a contract
        assert client_of(here.stranger).get(YEARS).context["years"] == []


def test_others_count_only_what_is_theirs(here: Mill) -> None:
    with at(LATER):
        assert client_of(here.stranger).get(BOARD).context["all"].count == 0
        assert client_of(here.worker).get(BOARD).context["all"].count == 3
        assert len(client_of(here.worker).get(OWN).context["open"]) == 3
        assert client_of(here.stranger).get(OWN).context["open"] == []


def test_pages_cost_the_same_with_many_missions(here: Mill) -> None:
    client = client_of(here.worker)
    pages = (BOARD, YEARS, f"{LIST}?standing=open", OWN, f"{LIST}?format=xlsx")

    def cost(address: str) -> int:
        with at(LATER), CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    for each in pages:
        cost(each)  # what is asked once a process is asked now
    few = {each: cost(each) for each in pages}
    _grow(here, 4)
    assert {each: cost(each) for each in pages} == few
    assert max(few.values()) <= 32


def test_the_sheet_tells_money_only_to_those_who_see_all(here: Mill) -> None:
    with at(LATER):
        inside = client_of(here.head).get(f"{LIST}?format=xlsx").content
        outside = client_of(here.stranger).get(f"{LIST}?format=xlsx").content
    assert inside[:2] == outside[:2] == b"PK"
    assert len(inside) > len(outside)
