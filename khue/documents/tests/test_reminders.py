"""Late acknowledgements are asked for on working days, once a day, until they come."""

from datetime import date

import pytest

from khue.core.clock import at
from khue.documents.actions import register_incoming
from khue.documents.actions.acknowledgements import remind_silent
from khue.documents.actions.handling import acknowledge, forward
from khue.documents.models import Recipient
from khue.documents.tests.city import Office, office
from khue.notices.models import Notice

FRIDAY, SATURDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (6, 7, 9, 10, 11))


@pytest.fixture
def sent(db: None) -> tuple[Office, Recipient]:
    here = office()
    with at(FRIDAY):
        letter = register_incoming(unit=here.sokhcn, by=here.clerk, typed={"subject": "Việc"})
        (recipient,) = forward(letter, [here.division], by=here.clerk)
    return here, recipient


def test_the_first_reminder_comes_the_next_working_day_and_once(sent: tuple[Office, Recipient]) -> None:
    here, _recipient = sent
    with at(FRIDAY):
        assert remind_silent() == 0
    with at(SATURDAY):
        assert remind_silent() == 0
    with at(MONDAY):
        assert remind_silent() == 1
        assert remind_silent() == 0
    with at(TUESDAY):
        assert remind_silent() == 0
    with at(WEDNESDAY):
        assert remind_silent() == 1
    assert Notice.objects.filter(user=here.division_head, key__startswith="document-acknowledge").count() == 2


def test_who_acknowledged_is_left_in_peace(sent: tuple[Office, Recipient]) -> None:
    here, recipient = sent
    with at(FRIDAY):
        acknowledge(recipient, by=here.division_head)
    with at(MONDAY):
        assert remind_silent() == 0
