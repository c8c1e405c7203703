"""Accepting, correcting, splitting, merging, adding, leaving out and undoing proposals."""

from datetime import date

import pytest

from khue.accounts.models import User
from khue.core.clock import at
from khue.core.refusals import Refused
from khue.directory.models import Unit
from khue.documents.actions import proposals
from khue.documents.actions.proposal_changes import undo
from khue.documents.models import Extraction, Proposal, ProposalUnit
from khue.documents.tests.city import person, unit
from khue.documents.tests.reading import document, proposal, read
from khue.documents.views.cards import panel

pytestmark = pytest.mark.django_db
TWO = "bố trí kinh phí chuyển đổi số; rà soát các dự án công nghệ thông tin trước ngày 30/6/2026"


@pytest.fixture
def office() -> Unit:
    return unit("Sở Khoa học và Công nghệ")


@pytest.fixture
def finance() -> Unit:
    return unit("Sở Tài chính")


@pytest.fixture
def officer(office: Unit) -> User:
    return person("Lê An", "officer", office)


@pytest.fixture
def extraction(office: Unit, officer: User) -> Extraction:
    return read(document(office, person("Văn Thư", "clerk", office)))


def refused(code: str) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda error: error.refusal.code == code)


def test_accepting_needs_a_lead(extraction: Extraction, officer: User) -> None:
    waiting = proposal(extraction, TWO)
    with refused("proposal-no-lead"):
        proposals.accept(waiting, version=0, by=officer)


def test_an_unknown_unit_is_refused_by_name(extraction: Extraction, officer: User) -> None:
    waiting = proposal(extraction, TWO)
    waiting.units.create(part="lead", name="Cục Vũ trụ")
    with pytest.raises(Refused, match="Cục Vũ trụ"):
        proposals.accept(waiting, version=0, by=officer)


def test_a_deadline_in_the_past_is_refused(extraction: Extraction, officer: User, finance: Unit) -> None:
    waiting = proposal(extraction, TWO, finance, due_on=date(2026, 6, 30))
    with at(date(2026, 7, 1)), refused("proposal-due-past"):
        proposals.accept(waiting, version=0, by=officer)
    with at(date(2026, 6, 30)):
        assert proposals.accept(waiting, version=0, by=officer).state == "accepted"


def test_the_second_officer_sees_what_the_first_did(
    extraction: Extraction, officer: User, office: Unit, finance: Unit
) -> None:
    waiting = proposal(extraction, TWO, finance)
    proposals.reject(waiting, version=0, by=officer)
    with pytest.raises(Refused, match="Lê An"):
        proposals.accept(waiting, version=0, by=person("Trần Bình", "officer", office))
    waiting.refresh_from_db()
    assert waiting.state == "rejected"


def test_strangers_change_nothing(extraction: Extraction, finance: Unit) -> None:
    waiting = proposal(extraction, TWO, finance)
    with refused("document-not-yours"):
        proposals.reject(waiting, version=0, by=person("Người Lạ", "officer", finance))


def test_all_sure_ones_are_accepted_and_the_rest_left(extraction: Extraction, officer: User, finance: Unit) -> None:
    sure = proposal(extraction, TWO, finance, confidence=0.95)
    unsure = proposal(extraction, "xây dựng đề án thuê chuyên gia", finance, confidence=0.5)
    without_lead = proposal(extraction, "báo cáo kết quả hằng quý", confidence=0.99)
    bygone = Proposal.objects.create(extraction=extraction, start=0, end=9, content="báo cáo trước ngày 15/3/2019")
    ProposalUnit.objects.create(proposal=bygone, part="lead", name=finance.name, unit=finance)
    assert proposals.accept_sure(extraction, by=officer) == 1
    states = {one.pk: one.state for one in Proposal.objects.all()}
    others = {unsure.pk: "proposed", without_lead.pk: "proposed", bygone.pk: "proposed"}
    assert states == {sure.pk: "accepted"} | others, "a day long gone is looked at alone"
    shown = {card.proposal.pk: card.gone for card in panel(extraction, officer)["cards"]}
    assert [pk for pk, day in shown.items() if day] == [bygone.pk]
    assert "15/3/2019" in shown[bygone.pk]


def test_splitting_keeps_units_and_trims(extraction: Extraction, officer: User, finance: Unit) -> None:
    whole = proposal(extraction, TWO, finance)
    place = extraction.text.index("; rà soát") + 1
    first, second = proposals.split(whole, at=place, version=0, by=officer)
    assert first.content == "bố trí kinh phí chuyển đổi số"
    assert second.content.startswith("rà soát")
    assert [row.unit for row in second.units.all()] == [finance]
    with refused("split-outside"):
        proposals.split(first, at=first.start, version=1, by=officer)


def test_merging_takes_the_next_and_undo_gives_it_back(
    extraction: Extraction, officer: User, finance: Unit, office: Unit
) -> None:
    first = proposal(extraction, "bố trí kinh phí chuyển đổi số", finance)
    second = proposal(extraction, "rà soát các dự án công nghệ thông tin", office, due_on=date(2026, 6, 30))
    merged = proposals.merge(first, version=0, by=officer)
    assert merged.content == "bố trí kinh phí chuyển đổi số; rà soát các dự án công nghệ thông tin"
    assert [(row.part, row.unit) for row in merged.units.all()] == [("lead", finance), ("support", office)]
    assert merged.due_on == date(2026, 6, 30)
    undo(extraction, by=officer)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.content, first.due_on, second.state) == ("bố trí kinh phí chuyển đổi số", None, "proposed")
    assert [row.unit for row in first.units.all()] == [finance]


def test_undo_goes_back_step_by_step(extraction: Extraction, officer: User, finance: Unit) -> None:
    one = proposal(extraction, TWO, finance)
    proposals.accept(one, version=0, by=officer)
    proposals.reject(one, version=1, by=officer)
    undo(extraction, by=officer)
    one.refresh_from_db()
    assert one.state == "accepted"
    undo(extraction, by=officer)
    one.refresh_from_db()
    assert one.state == "proposed"
    assert undo(extraction, by=officer) is None


def test_undo_never_takes_back_what_another_did_since(
    extraction: Extraction, officer: User, office: Unit, finance: Unit
) -> None:
    one = proposal(extraction, TWO, finance)
    proposals.accept(one, version=0, by=officer)
    proposals.reject(one, version=1, by=person("Trần Bình", "officer", office))
    with refused("proposal-changed"):
        undo(extraction, by=officer)


def test_marked_words_become_a_proposal_for_whom_they_name(
    extraction: Extraction, officer: User, finance: Unit
) -> None:
    start = extraction.text.index(" xây dựng đề án")
    made = proposals.add(extraction, start=start, end=start + len(" xây dựng đề án thuê chuyên gia."), by=officer)
    assert made.content == "xây dựng đề án thuê chuyên gia"
    assert made.by_hand
    undo(extraction, by=officer)
    assert not extraction.proposals.exists()
    extraction.text += "\n3. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ cấp kinh phí, xong trước ngày 20/12/2030."
    extraction.save()
    start = extraction.text.index("3. Sở Tài chính")
    made = proposals.add(extraction, start=start, end=len(extraction.text), by=officer)
    assert made.due_on == date(2030, 12, 20)
    assert made.units.get(part="lead").unit == finance
    with refused("passage-empty"):
        proposals.add(extraction, start=5, end=5, by=officer)


def test_a_correction_that_takes_the_lead_away_reopens(extraction: Extraction, officer: User, finance: Unit) -> None:
    one = proposal(extraction, TWO, finance)
    proposals.accept(one, version=0, by=officer)
    fixed = proposals.correct(one, proposals.Correction(content="Bố trí kinh phí"), version=1, by=officer)
    assert (fixed.state, fixed.content, fixed.version) == ("proposed", "Bố trí kinh phí", 2)
