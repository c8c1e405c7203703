"""A list costs as many queries for twenty-four rows as for four, whoever looks at it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any
from unicodedata import normalize

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve, reverse

from khue.core import search
from khue.core.clock import at, today
from khue.core.pages import filters_of
from khue.councils.actions import SubjectSpec, form
from khue.councils.actions.standing import set_up_standing
from khue.directory.actions.people import add_person, declare_expertise, hold_post
from khue.directory.actions.units import NewUnit, add_units
from khue.directory.models import Person, Unit
from khue.documents.actions import proposals, register_incoming
from khue.documents.actions.casefiles import file_documents, open_case_file
from khue.documents.actions.citations import Cited, cite
from khue.documents.actions.comments import comment
from khue.documents.actions.directive_assign import assign
from khue.documents.actions.drafts import compose
from khue.documents.actions.handling import dispose
from khue.documents.actions.outgoing import register_outgoing
from khue.documents.actions.series import open_series
from khue.documents.models import Document, Extraction, Proposal, ProposalUnit
from khue.flow.models import ProcessVersion
from khue.language.text import fold
from khue.matching import sources
from khue.notices.actions import notify
from tests.architecture.test_sign_in import addresses
from tests.town import FOUNDED, FOUNDER, Town, found, signed_in, workers

BUDGET = {
    # what is looked at: (address, queries at most)
    "accounts:users": ("", 10),
    "councils:councils": ("?state=all", 9),
    "councils:standing-list": ("", 9),
    "directory:people": ("", 11),
    "directory:places": ("", 8),
    "directory:suggest": ("?q=so", 5),
    "directory:suggest-people": ("?q=nguyen", 7),
    "directory:units": ("", 9),
    "documents:board": ("", 20),
    "documents:case-files": ("", 10),
    "documents:certificates": ("", 10),
    "documents:directives": ("?standing=all", 10),
    "documents:documents": ("", 12),
    "documents:register den": ("", 12),
    "documents:register di": ("", 12),
    "documents:register theo-doi": ("", 13),
    "documents:register du-thao": ("", 12),
    "documents:remind-late": ("", 5),
    "documents:report-directives": ("", 11),
    "documents:series": ("", 9),
    "notices:list": ("", 9),
    "site:desk": ("", 17),
    "site:imports": ("", 6),
    "site:search": (
        "?q=so",
        5 + 2 * len(search.sources()) + 2 * len(sources.every()) + 6,
    ),  # each kind of record asks once who may see it, once for rows; the index asks who may see what
    "site:waited-for": ("", 11),
}
SOUGHT = {
    "accounts:users": "Nguyễn Văn", "councils:councils": "Hội đồng",
    "directory:people": "Trần Thị", "directory:units": "Phòng số",
    "documents:case-files": "Hồ sơ", "documents:directives": "bố trí kinh phí", "documents:documents": "Đề nghị số",
    "documents:register den": "Đề nghị số", "documents:register di": "Kế hoạch",
    "documents:register du-thao": "Dự thảo",
    "documents:register theo-doi": "Đề nghị số", "notices:list": "nhắc việc",
}  # fmt: skip
"""What is looked for in the lists that can be searched."""
BETWEEN_ROLES = 8
"""How many queries more one role may cost than another: what a role may do is asked for where it may do it."""
STILL = {"directory:places", "documents:certificates", "site:imports"}
"""Lists that what is made here does not lengthen."""
A_ROW = 60
"""Bytes that a row takes at least; numbers in the frame of a page grow by less."""
NOT_LISTS = {
    "councils:councils-excel", "councils:standing-new",
    "accounts:delegate", "accounts:invite", "accounts:keep-view", "accounts:profile", "directory:add-person",
    "directory:add-unit",
    "documents:board-excel", "documents:case-file-new", "documents:case-files-excel", "documents:compose",
    "documents:directives-bulk", "documents:directives-excel", "documents:register-incoming",
    "documents:register-outgoing", "documents:report-directives-excel", "documents:report-directives-word",
    "notices:new-calendar", "notices:preferences", "notices:read-all", "site:act", "site:appearance",
    "site:components", "site:glossary", "site:guide", "site:offline", "site:worker",
}  # fmt: skip
"""Forms, single pages, files and things that are only posted."""
MADE_ON, LOOKED_AT = date(2026, 3, 9), date(2026, 3, 23)
"""Some deadlines have passed in between."""
IN_A_NOTICE = 4
"""Directives, as a notice has several."""
WORDS = "bố trí kinh phí chuyển đổi số"


def grow(town: Town, start: int, end: int) -> None:
    """One more of everything that lists show, for each number from `start` to `end`."""
    members = [add_person(full_name=f"Ủy viên {start}-{seat}", by=FOUNDER) for seat in range(7)]
    units = _people(town, start, end)
    for number in range(start, end):
        _council(town, number, members)
        notify(
            [town.officer, town.monitor, town.leader, town.administrator], key=f"row:{number}",
            subject=f"Nhắc việc {number}", body="Một tin", url="/",
        )  # fmt: skip
    papers = [paper for number in range(start, end) for paper in _documents(town, number)]
    kept = open_case_file(
        unit=town.science, by=town.clerk, year=2026, notation=f"{start}.KH", title="Hồ sơ", retention="10 năm",
        started_on=date(2026, 1, 5),
    )  # fmt: skip
    file_documents(kept, papers, by=town.clerk)
    for first in range(start, end, IN_A_NOTICE):
        _directives(town, range(first, first + IN_A_NOTICE), units[first - start :])


def _council(town: Town, number: int, members: Sequence[Person]) -> None:
    version = ProcessVersion.objects.filter(process="mission-identify").earliest("version")
    form(
        "identify", version=version, title=f"Hội đồng {number}", host=town.science, by=town.officer,
        subjects=[SubjectSpec(f"row:{number}", f"Đề xuất {number}")],
    )  # fmt: skip
    set_up_standing(
        kind="identify", title=f"Hội đồng thường trực {number}", host=town.science, decision_sign=f"{number}/QĐ-SKHCN",
        decided_on=MADE_ON, term_from=MADE_ON, term_to=date(2027, 12, 31), by=town.head,
        members=dict(zip(members, ("chair", "vice-chair", "secretary", *["member"] * 4), strict=True)),
    )  # fmt: skip


def _documents(town: Town, number: int) -> list[Document]:
    typed = {"sign": f"{number}/SNV-VP", "subject": f"Đề nghị số {number}", "issuer_name": "Sở Nội vụ"}
    letter = register_incoming(unit=town.science, by=town.clerk, typed=typed)
    dispose(
        letter, by=town.head, level="body", comment="Giao phòng", lead=town.division, due_on=today() + timedelta(5)
    )  # fmt: skip
    paper = {"type": "KH", "subject": f"Kế hoạch {number}"}
    plan = register_outgoing(unit=town.science, by=town.clerk, typed=paper)
    cite(plan, [Cited(letter.sign, kind="reply"), Cited("57-NQ/TW")])
    draft = compose(unit=town.science, by=town.head, paper="plan", subject=f"Dự thảo {number}")
    comment(draft, by=town.head, body="Sửa")
    open_case_file(
        unit=town.science, by=town.clerk, year=2025, notation=f"{number:02d}.QL", title=f"Hồ sơ {number}",
        keeper=town.officer,
        retention="10 năm", started_on=date(2025, 1, 5),
    )  # fmt: skip
    open_series(
        unit=town.science, by=town.clerk, family="council", issuer_code="HĐ", council=f"HĐ{number}",
        begins_on=date(2026, 1, 1),
    )  # fmt: skip
    return [letter, plan]


def _directives(town: Town, numbers: range, units: Sequence[Unit]) -> None:
    """A notice with a directive for each number; every third goes to a unit of its own."""
    typed = {"sign": f"{numbers[0]}/TB-UBND", "subject": "Kết luận", "issuer_name": "UBND", "issued_on": today()}
    notice = register_incoming(unit=town.city, by=town.city_clerk, typed=typed)
    read = Extraction.objects.create(document=notice, text=WORDS, state=Extraction.State.READ)
    for number, unit in zip(numbers, units, strict=False):
        due = today() + timedelta(days=number % 7 * 10)
        made = Proposal.objects.create(extraction=read, start=0, end=len(WORDS), content=WORDS, due_on=due)
        lead = [town.science, town.finance, unit][number % 3]
        ProposalUnit.objects.create(proposal=made, part="lead", name=lead.name, unit=lead)
        ProposalUnit.objects.create(proposal=made, part="support", name=town.science.name, unit=town.science)
        proposals.accept(made, version=0, by=town.city_officer)
    assign(read, by=town.city_officer)


def _people(town: Town, start: int, end: int) -> list[Unit]:
    units = add_units(
        [
            NewUnit(f"Phòng số {number}", Unit.Kind.DIVISION, parent=town.science, valid_from=FOUNDED)
            for number in range(start, end)
        ],
        by=FOUNDER,
    )
    workers(*((f"Nguyễn Văn {number}", "officer", unit) for number, unit in enumerate(units, start)))
    for number, unit in enumerate(units, start):
        person = add_person(full_name=f"Trần Thị {number}", by=FOUNDER)
        hold_post(person, unit=unit, position="Chuyên viên", valid_from=date(2021, 1, 1), by=FOUNDER)
        declare_expertise(person, topic="Công nghệ sinh học", by=FOUNDER)
    return units


def address_of(name: str, asked: str) -> str:
    route, _, argument = name.partition(" ")
    return reverse(route, args=[argument] if argument else []) + asked


@dataclass(frozen=True, slots=True)
class Cost:
    """What a page cost, how long it was, and how many rows its list has."""

    queries: int
    length: int
    rows: int = 0


def costs(
    clients: Mapping[str, Client], budget: Mapping[str, tuple[str, int]], day: date
) -> dict[tuple[str, str], Cost]:
    """The cost of each page of `budget` for each role that may see it, looked at on `day`."""
    found: dict[tuple[str, str], Cost] = {}
    for (role, client), (name, (asked, _most)) in product(clients.items(), budget.items()):
        cache.clear()
        with at(day), CaptureQueriesContext(connection) as queries:
            answer = client.get(address_of(name, asked))
        assert answer.status_code in {200, 403, 404}, (name, role, answer.status_code)
        if answer.status_code == 200:
            found[name, role] = Cost(len(queries), len(answer.content), rows_of(answer))
    return found


def rows_of(answer: Any) -> int:
    """How many rows the list of a page has, on all its pages; 0 for what is no list."""
    page = (answer.context or {}).get("page")
    return getattr(getattr(page, "paginator", None), "count", 0)


def asked_once(clients: Mapping[str, Client], budget: Mapping[str, tuple[str, int]], day: date) -> None:
    """What is asked once a process is asked now: each page is looked at by one who may see it."""
    with at(day):
        for name, (asked, _most) in budget.items():
            address = address_of(name, asked)
            assert any(client.get(address).status_code == 200 for client in clients.values()), name


def searchable() -> set[str]:
    """The lists of the budget whose pages are marked as lists."""
    return {name for name in BUDGET if filters_of(resolve(address_of(name, "")).func)}


def rows_found(client: Client, name: str, words: str) -> int:
    """How many rows a list has for some words."""
    return rows_of(client.get(address_of(name, BUDGET[name][0]), {"q": words}))


def search_is_blind_to_accents(clients: Mapping[str, Client], seen: Mapping[tuple[str, str], Cost]) -> None:
    """Every list finds the same rows by the words as they are written, without accents and with accents apart; it is
    asked by the role to which it showed most rows."""
    for name, words in SOUGHT.items():
        rows = {role: cost.rows for (page, role), cost in seen.items() if page == name}
        client = clients[max(rows, key=lambda role: rows[role])]
        found = rows_found(client, name, words)
        assert found, (name, "finds nothing by what stands in its rows")
        assert rows_found(client, name, "không có trong đâu cả") == 0, name
        for spelling in (fold(words), normalize("NFD", words.upper())):
            assert rows_found(client, name, spelling) == found, (name, spelling)


@pytest.fixture
def _one_day() -> Iterator[None]:
    with at(MADE_ON):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_one_day")
def test_lists_cost_the_same_with_many_rows_and_for_every_role() -> None:
    town = found()
    who = {
        "officer": town.officer, "monitor": town.monitor, "leader": town.leader, "administrator": town.administrator
    }  # fmt: skip
    clients = {role: signed_in(user) for role, user in who.items()}
    open_series(
        unit=town.science, by=town.clerk, family="state", issuer_code="SKHCN", begins_on=date(2026, 1, 1)
    )  # fmt: skip
    grow(town, 0, 4)
    asked_once(clients, BUDGET, LOOKED_AT)
    few = costs(clients, BUDGET, LOOKED_AT)
    grow(town, 4, 24)
    many = costs(clients, BUDGET, LOOKED_AT)
    more = {key: (few[key].queries, many[key].queries) for key in few if many[key].queries > few[key].queries}
    assert more == {}
    over = {key: cost.queries for key, cost in many.items() if cost.queries > BUDGET[key[0]][1]}
    assert over == {}
    grown = {name for name, role in few if many[name, role].length > few[name, role].length + A_ROW}
    assert set(BUDGET) - grown == STILL, "a list that shows no more rows proves nothing"
    for name in BUDGET:
        counts = [cost.queries for (page, _), cost in many.items() if page == name]
        assert max(counts) - min(counts) <= BETWEEN_ROLES, (name, counts)
    assert searchable() - set(SOUGHT) == {"directory:places"}, "this town has no places"
    with at(LOOKED_AT):
        search_is_blind_to_accents(clients, many)


def test_every_page_without_a_number_in_its_address_is_budgeted_or_named() -> None:
    ours = ("accounts:", "councils:", "directory:", "documents:", "notices:", "site:")
    names = {
        name for name, path in addresses(get_resolver().url_patterns)
        if name.startswith(ours) and not {"x", "1", "x.ics"} & set(path.split("/")) and "django.views" not in name
    }  # fmt: skip
    budgeted = {name.partition(" ")[0] for name in BUDGET} - {"documents:register"}
    assert names == budgeted | NOT_LISTS
