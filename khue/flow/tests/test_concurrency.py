"""Two people at the same moment: one moves the case, the other is told so."""

import pytest

from khue.flow.actions import move, open_case
from khue.flow.models import Case, Holding
from khue.flow.tests.cast import again, gather
from khue.journal.chain import verify
from khue.journal.models import Entry
from tests.at_once import together

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(said: list[object]) -> list[object]:
    """The codes among what came back."""
    return [one for one in said if isinstance(one, str)]


def test_of_many_at_once_one_moves_one_opens_and_the_journal_holds() -> None:
    cast = gather()
    case = cast.directive()
    people = [again(person) for person in (cast.officer, cast.head) for _ in range(3)]
    said = together(
        *(
            lambda person=person: move(Case.objects.get(pk=case.pk), "acknowledge", by=person, expected_step="assigned")
            for person in people
        )
    )
    assert refusals(said) == ["flow.moved-meanwhile"] * 5
    assert case.records.filter(move="acknowledge").count() == 1
    assert Holding.objects.filter(case=case, until=None).count() == 1
    parties = {"issuer": cast.city, "lead": cast.ward}
    said = together(
        *(
            lambda: open_case(
                "directive-follow-up", title="x", url="", dossier="directive:7", parties=parties, by=cast.leader
            )
            for _ in range(4)
        )
    )
    assert refusals(said) == ["flow.already-open"] * 3
    assert Entry.objects.filter(dossier="directive:7").count() == 1
    assert verify().broken is None
