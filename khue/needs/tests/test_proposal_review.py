"""After the session: the recommendation, the review of the procedure, opinions it waits for."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from khue.core import clock
from khue.core.refusals import Refused
from khue.councils.models import Council
from khue.needs.actions.proposal_council import hand_in
from khue.needs.actions.proposal_opinions import ask, give
from khue.needs.actions.proposals import act
from khue.needs.models import Proposal
from khue.needs.tests.conftest import MONDAY
from khue.needs.tests.office import RECOMMENDED, Office, after
from khue.needs.tests.test_proposal_actions import code_of
from khue.needs.tests.test_proposal_pages import page, signed_in, words_of


@pytest.fixture(scope="module")
def world(world: Office) -> Office:
    """A council has passed a proposal."""
    with clock.at(MONDAY):
        world.voted(world.council(world.searched()))
    return world


@pytest.fixture
def made(here: Office) -> Proposal:
    return Proposal.objects.get()


@pytest.fixture
def council(here: Office) -> Council:
    return Council.objects.get()


def test_a_search_signed_after_the_session_does_not_pass_the_review(
    here: Office, made: Proposal, council: Council
) -> None:
    made.searches.update(signed_at=council.opened_at)
    with clock.at(after(council)):
        _sent_back(here, made)


def _sent_back(here: Office, made: Proposal) -> None:
    hand_in(made, RECOMMENDED, by=here.officer)
    with pytest.raises(Refused) as error:
        act(made, "recommend", by=here.head)
    assert code_of(error) == "proposal.procedure"
    assert "C0" in str(error.value)
    act(made, "send-back", by=here.head, comment="Phiếu tra cứu ký sau phiên họp")
    assert made.state == Proposal.State.IN_COUNCIL


def test_the_review_waits_for_second_opinions_until_their_day(here: Office, made: Proposal, council: Council) -> None:
    with clock.at(after(council)):
        hand_in(made, RECOMMENDED, by=here.officer)
        opinion = ask(made, question="Có trùng việc của huyện không?", person=here.experts[0], by=here.officer)
        with pytest.raises(Refused) as error:
            act(made, "recommend", by=here.head)
        assert code_of(error) == "proposal.procedure"
        assert "Lê Văn An" in str(error.value)
        given = give(opinion, text="Không trùng.", by=here.account_of(here.experts[0]))
        assert given.given_at is not None
        other = ask(made, question="Còn kinh phí?", unit=here.other, by=here.officer)
        with pytest.raises(Refused):
            act(made, "recommend", by=here.head)
    assert other.due_on is not None
    with clock.at(datetime.combine(other.due_on + timedelta(days=1), time(9), timezone.get_default_timezone())):
        act(made, "recommend", by=here.head)
    assert made.state == "recommended"


def test_recommendation_and_review_by_pages(here: Office, made: Proposal, council: Council) -> None:
    with clock.at(after(council)):
        client = signed_in(here.officer)
        form = {"name": "Tên mới", "objective": "Mục tiêu", "products": "Quy trình", "way": "direct"}
        answer = client.post(reverse("needs:proposal-recommendation", args=[made.pk]), form)
        assert answer.status_code == 302
        text = page(client, "proposal", made.pk)
        assert "Tên mới" in text
        assert text.count("check-ok") == 6
        head = signed_in(here.head)
        head.post(reverse("needs:proposal-move", args=[made.pk]), {"move": "recommend"})
        made.refresh_from_db()
        assert made.state == "recommended"
        paper = client.get(reverse("needs:proposal-paper", args=[made.pk, "recommendation"]))
        assert "Giao trực tiếp" in words_of(paper.content)
