"""Citations: linked when held, waiting when not, proposed when not sure."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from khue.accounts.models import User
from khue.directory.models import Unit
from khue.documents.actions import register_incoming
from khue.documents.actions.citations import Cited, cite, decide
from khue.documents.actions.incoming import correct
from khue.documents.models import Citation, CitationProposal, Document
from khue.documents.models.sign import sign_key
from khue.documents.tests.city import person, unit
from khue.matching.looking import look_up


@pytest.fixture
def office(db: None) -> Unit:
    return unit("Sở Khoa học và Công nghệ")


@pytest.fixture
def clerk(office: Unit) -> User:
    return person("Văn Thư", "clerk", office)


def incoming(office: Unit, clerk: User, sign: str, **fields: object) -> Document:
    return register_incoming(unit=office, by=clerk, typed={"sign": sign, "subject": sign, **fields})


@pytest.mark.parametrize("printed", ["07-CTr/TU", "07/CTr-TU", "7-Ctr/TU", "07–CTr／TU"])
def test_variants_of_a_sign_meet_under_one_key(printed: str) -> None:
    assert sign_key(printed) == sign_key("07-CTr/TU")


def test_signs_that_only_contain_one_another_do_not_meet() -> None:
    assert sign_key("93/2025/QH15") != sign_key("193/2025/QH15")
    assert sign_key("57-NQ/TƯ") == sign_key("57-NQ/TW") != sign_key("57-NQ/TU")


def test_a_held_document_is_linked_at_once(office: Unit, clerk: User) -> None:
    programme = incoming(office, clerk, "07-CTr/TU", family="party", issued_on=date(2021, 3, 17))
    plan = incoming(office, clerk, "345/KH-UBND", issued_on=date(2022, 12, 20))
    (citation,) = cite(plan, [Cited("07/CTr-TU", kind=Citation.Kind.BASIS)])
    assert citation.cited == programme
    assert list(programme.cited_by.values_list("document", flat=True)) == [plan.pk]


def test_a_citation_waits_and_is_linked_when_the_document_arrives(office: Unit, clerk: User) -> None:
    plan = incoming(office, clerk, "345/KH-UBND")
    cite(plan, [Cited("57-NQ/TW"), Cited("93/2025/QH15")])
    assert plan.citations.filter(cited=None).count() == 2
    resolution = incoming(office, clerk, "57-NQ/TƯ")
    assert plan.citations.get(sign="57-NQ/TW").cited == resolution
    assert plan.citations.filter(cited=None).count() == 1


def test_a_citation_is_linked_when_the_sign_is_corrected(office: Unit, clerk: User) -> None:
    plan = incoming(office, clerk, "345/KH-UBND")
    cite(plan, [Cited("57-NQ/TW")])
    wrong = incoming(office, clerk, "75-NQ/TW")
    correct(wrong, by=clerk, changed={"sign": "57-NQ/TW"})
    assert plan.citations.get().cited == wrong


def test_a_party_number_of_another_term_is_only_proposed(office: Unit, clerk: User) -> None:
    old = incoming(office, clerk, "07-CTr/TU", family="party", issued_on=date(2011, 5, 1))
    plan = incoming(office, clerk, "345/KH-UBND", issued_on=date(2022, 12, 20))
    (citation,) = cite(plan, [Cited("07-CTr/TU")])
    assert citation.cited is None
    assert [one.document for one in citation.proposals.all()] == [old]


def test_an_almost_equal_sign_is_proposed_and_a_person_decides(office: Unit, clerk: User) -> None:
    near = incoming(office, clerk, "02/2015/TT-BKHCN")
    plan = incoming(office, clerk, "345/KH-UBND")
    (citation,) = cite(plan, [Cited("02/2014/TT-BKHCN")])
    assert citation.cited is None
    proposal = citation.proposals.get()
    assert proposal.document == near
    decide(proposal, by=clerk, accept=True)
    linked = Citation.objects.get(pk=citation.pk)
    assert (linked.cited, linked.linked_by) == (near, clerk.full_name)


def test_a_rejected_proposal_stays_rejected(office: Unit, clerk: User) -> None:
    incoming(office, clerk, "02/2015/TT-BKHCN")
    plan = incoming(office, clerk, "345/KH-UBND")
    (citation,) = cite(plan, [Cited("02/2014/TT-BKHCN")])
    decide(citation.proposals.get(), by=clerk, accept=False)
    cite(plan, [Cited("02/2014/TT-BKHCN")])
    assert citation.proposals.get().state == CitationProposal.State.REJECTED
    citation.refresh_from_db()
    assert citation.cited is None


def test_two_documents_with_the_same_sign_are_both_proposed(office: Unit, clerk: User) -> None:
    for year in (2023, 2024):
        incoming(office, clerk, "12/KH-UBND", issued_on=date(year, 2, 1))
    report = incoming(office, clerk, "99/BC-SKHCN", issued_on=date(2025, 1, 5))
    (citation,) = cite(report, [Cited("12/KH-UBND")])
    assert citation.cited is None
    assert citation.proposals.count() == 2


def test_the_date_said_tells_two_documents_apart(office: Unit, clerk: User) -> None:
    for year in (2023, 2024):
        incoming(office, clerk, "12/KH-UBND", issued_on=date(year, 2, 1))
    report = incoming(office, clerk, "99/BC-SKHCN", issued_on=date(2025, 1, 5))
    (citation,) = cite(report, [Cited("12/KH-UBND", issued_on=date(2024, 2, 1))])
    assert citation.cited is not None
    assert citation.cited.issued_on == date(2024, 2, 1)


def test_a_document_does_not_cite_itself(office: Unit, clerk: User) -> None:
    plan = incoming(office, clerk, "345/KH-UBND")
    assert cite(plan, [Cited("345/KH-UBND")]) == []


def test_a_document_is_found_by_search_as_soon_as_it_is_registered(
    office: Unit, clerk: User, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = incoming(office, clerk, "35/KH-UBND", subject="Kế hoạch phủ sóng trạm quan trắc")
    found = [match.pk for group in look_up(clerk, "quan trắc 35/KH-UBND", 5).groups for match in group.matches]
    assert found == [document.pk]
