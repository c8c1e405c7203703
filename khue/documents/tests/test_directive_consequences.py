"""What follows by itself: a document whose directives were assigned is settled; a unit's end hands its work over."""

from datetime import date

import pytest

from khue.accounts.models import User
from khue.core.actors import IMPORTER
from khue.core.clock import today
from khue.directory.actions.units import end_unit
from khue.directory.models import Unit
from khue.documents.actions.directive_assign import assign
from khue.documents.actions.proposals import accept
from khue.documents.models import Directive, Proposal
from khue.documents.tests import city, reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def assigned() -> Directive:
    office = city.unit("UBND thành phố", Unit.Kind.AUTHORITY)
    finance = city.unit("Sở Tài chính", parent=office)
    officer: User = city.person("Lê Nam", "monitor", office)
    city.person("Đỗ Hạnh", "clerk", office)
    clerk = User.objects.get(full_name="Đỗ Hạnh")
    document = reading.document(office, clerk)
    extraction = reading.read(document)
    proposal: Proposal = reading.proposal(extraction, "bố trí kinh phí chuyển đổi số", finance)
    accept(proposal, version=proposal.version, by=officer)
    return assign(extraction, by=officer)[0]


def test_the_document_is_settled_once_its_directives_are_assigned(assigned: Directive) -> None:
    case = assigned.document.case
    assert case is not None
    case.refresh_from_db()
    assert case.step == "resolved"


def test_when_a_unit_ends_its_open_directives_go_to_its_successor(assigned: Directive) -> None:
    successor = city.unit("Sở Tài chính và Đầu tư")
    end_unit(assigned.lead, on=today(), successors=[successor], by=IMPORTER, basis="Nghị quyết")
    assigned.refresh_from_db()
    assert assigned.lead == successor
    assert assigned.assigned_on == date.today()  # noqa: DTZ011 - only the lead changed
