"""A list along the river, from needs to results, costs as many queries for six rows as for two, whoever looks at it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from khue.accounts.models import User
from khue.core.clock import at
from khue.initiatives.actions.rounds import open_round as receive
from khue.initiatives.actions.writing import begin as initiative
from khue.initiatives.actions.writing import file_application, save_draft
from khue.initiatives.tests.town import answers
from khue.missions.actions.accept.accepting import open_acceptance
from khue.missions.actions.accept.using import describe_result
from khue.missions.actions.select.applications import start
from khue.missions.models import Asset, Mission, OrderList, UseReport
from khue.missions.tests.market import Market, again, market, order_in
from khue.missions.tests.mill import OLD, running
from khue.needs.actions.intake import take_up
from khue.needs.actions.order_proposals import start_order
from khue.needs.actions.proposals import draft_from_needs
from khue.needs.actions.rounds import Call, open_round, publish
from khue.needs.actions.writing import Words, begin, send
from khue.petitions.actions.writing import Voicing
from khue.petitions.actions.writing import send as petition
from tests.architecture.test_query_budget import A_ROW, Cost, costs
from tests.architecture.test_sign_in import addresses
from tests.town import signed_in, worker

BUDGET = {
    # what is looked at: (address, queries at most)
    "initiatives:initiatives": ("", 12),
    "initiatives:rounds": ("", 12),
    "matching:explore": ("?q=dat+man", 18),
    "matching:pairs": ("", 16),
    "missions:acceptances": ("", 14),
    "missions:applications": ("", 12),
    "missions:assets": ("", 12),
    "missions:board": ("", 30),
    "missions:calls": ("", 14),
    "missions:missions": ("", 12),
    "missions:order-lists": ("", 12),
    "missions:own": ("", 16),
    "missions:ownerships": ("", 12),
    "missions:results": ("", 12),
    "missions:selections": ("", 12),
    "missions:spellings": ("", 12),
    "missions:uses": ("", 14),
    "needs:board": ("", 20),
    "needs:needs": ("", 14),
    "needs:order-proposals": ("", 12),
    "needs:proposals": ("", 12),
    "needs:rounds": ("", 12),
    "needs:suggestions": ("", 30),
    "petitions:petitions": ("", 12),
}
NOT_LISTS = {
    "initiatives:initiatives-excel", "initiatives:new", "initiatives:round-new",
    "matching:beside", "matching:beside-judge", "matching:beside-undo", "matching:pairs-excel", "matching:pairs-judge",
    "matching:pairs-undo", "matching:similar", "matching:sweep", "matching:sweep-progress", "matching:who-knows",
    "matching:related", "matching:who-knows-box", "missions:board-years", "missions:call-new",
    "missions:order-list-new", "missions:spelling-decide", "missions:uses-remind",
    "needs:board-alike", "needs:needs-bulk", "needs:needs-excel",
    "needs:new",
    "needs:order-proposal-new", "needs:proposal-council", "needs:proposal-new", "needs:proposals-excel",
    "needs:round-new", "petitions:new", "petitions:petitions-excel",
}  # fmt: skip
"""Forms, files and things that are only posted."""
ALONG = ("initiatives:", "matching:", "missions:", "needs:", "petitions:")
STILL = {"matching:pairs", "missions:ownerships", "needs:suggestions"}
"""Lists that what is made here does not lengthen."""
SPELT = (
    "Viện NC Rau quả", "Viện Nghiên cứu Rau quả", "HV Nông nghiệp VN", "Học viện Nông nghiệp Việt Nam",
    "TT Khoa học & Công nghệ", "Trung tâm KHCN",
)  # fmt: skip
"""Organisations as missions of earlier years name them."""
LOOKED_AT = OLD + timedelta(days=20)


def grow(fair: Market, commune: User, start_at: int, end: int) -> None:
    """One more of everything that lists show, for each number from `start_at` to `end`."""
    mill = fair.mill
    for number in range(start_at, end):
        with at(OLD):
            words = Words(problem=f"Đất mặn ở thôn {number}, rau chết.", affected="300 hộ")
            need = send(begin(by=commune, words=words), by=commune)
            if number % 2:
                take_up(need, by=mill.officer)
            draft_from_needs([need], by=mill.officer)
            voicing = Voicing("request", f"Đề nghị bố trí kinh phí cho thôn {number}.", mill.department, need.unit)
            petition(voicing, by=commune)
            start_order(unit=mill.department, by=mill.officer, year=2020 + number)
            until = OLD + timedelta(days=30)
            receive(f"Đợt nhận {number}", host=mill.department, opens_on=OLD, closes_on=until, by=mill.officer)
            call = Call(f"Đợt {number}", 2024, OLD, OLD + timedelta(days=30), "Gửi nhu cầu.")
            publish(
                open_round(call, [commune.memberships.get().unit], host=mill.department, by=mill.officer),
                by=mill.officer,
            )
            listed = OrderList.objects.create(
                title=f"Danh mục {number}", year=2024, host=mill.department, state="approved",
                decision_sign=f"{number}/QĐ-UBND", decided_on=OLD, supplements=None,
            )  # fmt: skip
            fair.called(order_in(listed, 1, name=f"Quy trình {number}"))
            start(fair.selection(), mill.host, by=fair.first_head)
            _carried(fair, number)
            said = {**answers(commune), "first_applied_on": OLD}
            draft = save_draft(initiative(by=commune), by=commune, answers=said, title=f"Sáng kiến {number}")
            file_application(draft, by=commune)


def _carried(fair: Market, number: int) -> None:
    mill = fair.mill
    mission, _contract = running(mill, OLD)
    Asset.objects.create(mission=mission, name=f"Máy đo số {number}", value=1_000_000)
    Mission.objects.create(
        title=f"Nhiệm vụ cũ {number}", type="scheme", year=2015, imported=True,
        host_name=SPELT[number],
    )  # fmt: skip
    ended, _contract = running(mill, date(2021, 5, 4))
    Mission.objects.filter(pk=ended.pk).update(state=Mission.State.ENDED)
    open_acceptance(Mission.objects.get(pk=ended.pk), by=mill.officer)
    result = describe_result(ended, by=mill.officer, kind="technology", title=f"Quy trình số {number}", readiness=7)
    UseReport.objects.create(mission=ended, result=result, year=2024, due_on=OLD)


@pytest.fixture
def _old() -> Iterator[None]:
    with at(OLD):
        yield


def looking(fair: Market, commune: User) -> dict[str, Client]:
    people = {
        "officer": fair.officer, "division": fair.mill.division_officer, "leader": fair.mill.leader,
        "host": fair.first_head, "commune": commune,
    }  # fmt: skip
    return {role: signed_in(again(user)) for role, user in people.items()}


@pytest.mark.django_db
@pytest.mark.usefixtures("_old")
def test_lists_along_the_river_cost_the_same_with_many_rows() -> None:
    fair = market()
    unit: Any = fair.mill.elsewhere
    commune = worker("Nguyễn Thị Hạnh", "officer", unit)
    clients = looking(fair, commune)
    grow(fair, commune, 0, 2)
    costs({"officer": clients["officer"]}, BUDGET, LOOKED_AT)  # what is asked once a process is asked now
    few = costs(clients, BUDGET, LOOKED_AT)
    grow(fair, commune, 2, 6)
    learning = {"matching:explore": BUDGET["matching:explore"]}
    costs({"officer": clients["officer"]}, learning, LOOKED_AT)  # an index that has grown learns its words anew
    many = costs(clients, BUDGET, LOOKED_AT)
    assert {key: (few[key].queries, many[key].queries) for key in few if many[key].queries > few[key].queries} == {}
    assert {key: cost.queries for key, cost in many.items() if cost.queries > BUDGET[key[0]][1]} == {}
    grown = {name for name, role in few if _longer(few[name, role], many[name, role])}
    assert set(BUDGET) - grown == STILL, "a list that shows no more rows proves nothing"


def _longer(few: Cost, many: Cost) -> bool:
    return many.length > few.length + A_ROW


def test_every_page_along_the_river_without_a_number_is_budgeted_or_named() -> None:
    names = {
        name for name, path in addresses(get_resolver().url_patterns)
        if name.startswith(ALONG) and not {"x", "1"} & set(path.split("/"))
    }  # fmt: skip
    assert names == set(BUDGET) | NOT_LISTS
