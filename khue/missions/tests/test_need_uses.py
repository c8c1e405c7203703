"""Every need gets its answer: ordered, given back, and at the end whether what came of it is in use."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from khue.accounts.models import User
from khue.core import clock
from khue.core.refusals import Refused
from khue.missions.actions.accept.using import describe_result
from khue.missions.actions.order import orders
from khue.missions.actions.telling import say_use, tell_of_outcome
from khue.missions.models import Mission, NeedUse
from khue.missions.rules.order.orders import gatherable
from khue.needs.actions.intake import merge, take_up
from khue.needs.actions.proposals import save_draft, send, withdraw
from khue.needs.actions.proposing import propose
from khue.needs.actions.writing import Words, begin
from khue.needs.actions.writing import send as send_need
from khue.needs.models import Answer, Need, Proposal
from khue.needs.tests.office import ANSWERS, Office, again, office
from khue.notices.models import Notice

FIRST, LATER = date(2026, 3, 9), date(2026, 4, 20)


def needed(by: User, problem: str) -> Need:
    return send_need(begin(by=by, words=Words(problem=problem, affected="600 hộ trồng rau")), by=by)


@pytest.fixture
def here(db: None) -> Iterator[Office]:
    with clock.at(FIRST):
        yield office()


def code_of(error: "pytest.ExceptionInfo[Refused]") -> str:
    return error.value.refusal.code


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(again(user))
    return client


def ordered(here: Office, need: Need) -> Mission:
    """A list approved with what grew out of the need, and a mission of it whose results were recognised."""
    proposal = here.recommended("Trồng rau trên đất nhiễm mặn")[0]
    proposal.needs.add(need)
    with clock.at(LATER):
        made = orders.start_list(title="Danh mục năm 2027", year=2027, by=here.officer)
        orders.gather(made, list(gatherable(here.officer)), by=here.officer)
        orders.approve(made, decision_sign="1120/QĐ-UBND", decided_on=LATER, by=here.leader, ground="Luật 93/2025")
        orders.publish(made, by=here.officer)
    return Mission.objects.create(
        title="Rau trên đất mặn", type="technology-topic", year=2027, order=made.orders.get(), host=here.institute,
        state=Mission.State.ACCEPTED, rating="passed",
    )  # fmt: skip


def test_an_approved_list_answers_the_needs_and_their_authors_say_what_came_of_it(here: Office) -> None:
    need = needed(here.writer, "Nước tưới vùng rau bị nhiễm mặn. Bốn mươi héc ta phải bỏ vụ.")
    twin = needed(here.stranger, "Rau ven sông chết vì nước mặn vào mùa khô, năm nào cũng vậy.")
    merge(twin, need, "Cùng một vấn đề.", by=again(here.officer))
    take_up(need, by=again(here.officer))
    mission = ordered(here, need)
    need.refresh_from_db()
    answer = need.answers.get()
    assert (need.state, answer.kind, answer.solved_by) == ("answered", "ordered", f"order:{mission.order_id}")
    assert "1120/QĐ-UBND" in answer.reasons
    assert Notice.objects.filter(user__in=[here.writer, here.stranger], dossier__startswith="need:").count() >= 2

    with pytest.raises(Refused) as error:
        say_use(need, mission, stand="in-use", text="", by=here.officer)
    assert code_of(error) == "need-use.not-yours"
    describe_result(mission, by=here.officer, kind="technology", title="Quy trình rau chịu mặn", readiness=8)
    assert tell_of_outcome(mission, by=here.officer) == 2
    assert tell_of_outcome(mission, by=here.officer) == 0, "nobody is told twice"

    client = signed_in(here.writer)
    page = client.get(need.get_absolute_url()).content.decode()
    assert "Quy trình rau chịu mặn" in page
    address = reverse("missions:need-use", args=[mission.pk, need.pk])
    refused = client.post(address, {"stand": "unfit", "text": " "})
    assert not NeedUse.objects.exists(), "unfit needs its why"
    told = refused.content.decode()
    assert (refused.status_code, told.count("Hãy ghi còn thiếu gì")) == (422, 2), "above the form and at its field"
    assert 'value="unfit" required checked' in told, "what was chosen stays"
    early = Mission.objects.filter(pk=mission.pk)
    early.update(state=Mission.State.RUNNING)
    refused = client.post(address, {"stand": "in-use", "text": "Gõ rất lâu"})
    assert refused.status_code == 422
    assert "Gõ rất lâu" in refused.content.decode(), "also where the question itself is gone"
    early.update(state=Mission.State.ACCEPTED)
    client.post(address, {"stand": "trying", "text": "Hai hộ làm thử."})
    client.post(address, {"stand": "in-use", "text": "Mười hai hộ đang làm."})
    assert NeedUse.objects.get().stand == "in-use"
    assert signed_in(here.stranger).post(address, {"stand": "in-use"}).status_code == 422
    assert NeedUse.objects.count() == 1, "the other need is the stranger's, not this one"
    twin.refresh_from_db()
    say_use(twin, mission, stand="not-yet", text="", by=again(here.stranger))

    result = mission.results.get()
    seen = signed_in(here.officer).get(result.get_absolute_url()).content.decode()
    assert "Mười hai hộ đang làm." in seen
    assert need.get_absolute_url() in seen, "from the result back to the need"
    hidden = signed_in(here.stranger).get(result.get_absolute_url()).content.decode()
    assert f'href="{need.get_absolute_url()}"' in hidden, "what one's own need was merged into is seen"


def test_needs_of_a_proposal_that_comes_to_nothing_are_looked_at_again(here: Office) -> None:
    need = needed(here.writer, "Người già khó làm thủ tục trên điện thoại, phải nhờ con cháu.")
    made = propose([take_up(need, by=again(here.officer))], "Chưa có giải pháp.", by=again(here.officer))
    save_draft(made, by=here.officer, answers=ANSWERS)
    send(made, by=here.officer)
    withdraw(Proposal.objects.get(pk=made.pk), by=again(here.officer), reason="Trùng nhiệm vụ cấp bộ.")
    need.refresh_from_db()
    assert need.state == "in-review"
    assert not Answer.objects.exists()
    assert "Trùng nhiệm vụ cấp bộ." in need.case.records.order_by("-pk")[0].comment
