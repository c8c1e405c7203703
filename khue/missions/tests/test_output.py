"""The evaluation of the output under the newest rules, asked for in time and prefilled; not asked for under older."""

from datetime import date, timedelta
from io import BytesIO

from django.test import Client
from django.urls import reverse
from docx import Document as WordFile

from khue.accounts.models import User
from khue.core.clock import at
from khue.flow.actions.entering import Past, enter_cases
from khue.missions.actions.accept.evaluating_output import remind_of_output
from khue.missions.models import Acceptance, Mission, UseReport
from khue.missions.tests.mill import NEW, OLD, Mill, running
from khue.notices.models import Notice

DUE = date(2028, 6, 1)
SAID = {
    "effect-applied": "Ba xã, 120 ha", "effect-benefit": "800.000.000", "effect-society": "Giảm thuốc bảo vệ thực vật",
    "effect-outcome": "expected", "effect-proposal": "Nhân rộng ra các xã ven sông",
}  # fmt: skip


def recognised(here: Mill, begun: date) -> Acceptance:
    """An acceptance that ended well, under the rules of the day on which the mission was begun."""
    mission, _contract = running(here, begun)
    Mission.objects.filter(pk=mission.pk).update(state="accepted", rating="passed")
    made = Acceptance.objects.create(
        mission=mission, due_on=DUE - timedelta(days=500), concluded_on=DUE - timedelta(days=380), rating="passed",
        recognised_on=DUE - timedelta(days=366), effect_due_on=DUE if begun == NEW else None,
    )  # fmt: skip
    parties = {"department": here.department, "host": here.host}
    past = Past(mission.title, made.get_absolute_url(), f"acceptance:{made.pk}", parties, "accepted", begun)
    made.case = enter_cases("mission-accept", [past], by=here.officer)[0]
    made.save()
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def test_the_output_is_evaluated_once_the_version_asks(here: Mill) -> None:
    made = recognised(here, NEW)
    UseReport.objects.create(
        mission=made.mission, year=2027, due_on=date(2027, 6, 1), state="accepted", used=True, value=800_000_000,
        effect="Ba xã trồng theo quy trình.",
    )  # fmt: skip
    with at(DUE - timedelta(days=60)):
        assert remind_of_output() == 0
    with at(DUE - timedelta(days=20)):
        assert remind_of_output() > 0
        assert remind_of_output() == 0, "nobody is told twice"
        assert Notice.objects.filter(user=here.officer, key__startswith="output:").count() == 1
        officer, host = signed_in(here.officer), signed_in(here.worker)
        page = officer.get(made.get_absolute_url()).content.decode()
        assert "Ba xã trồng theo quy trình." in page, "what the reports on use say is there already"
        assert "800.000.000" in page
        address = reverse("missions:acceptance-effect", args=[made.pk])
        assert officer.post(address, SAID | {"effect-outcome": "great"}).status_code == 422
        assert host.post(address, SAID).status_code == 422, "this is for the department"
        assert officer.post(address, SAID).status_code == 302
        made.refresh_from_db()
        assert (made.effect, made.effect_on) == ("Ba xã, 120 ha", DUE - timedelta(days=20))
        assert made.effect_conclusion.startswith("Như dự kiến")
        seen = host.get(made.get_absolute_url()).content.decode()
        assert "Nhân rộng ra các xã ven sông" in seen
        listed = officer.get(reverse("missions:acceptances"), {"standing": "effect"}).content.decode()
        assert made.mission.title not in listed, "it is done"
        paper = officer.get(reverse("missions:acceptance-paper", args=[made.pk, "output-evaluation"]))
        text = "\n".join(part.text for part in WordFile(BytesIO(paper.content)).paragraphs)
        assert "Giảm thuốc bảo vệ thực vật" in text
        assert "800.000.000 đồng" in text, "papers write the word, pages the sign"


def test_older_rules_do_not_ask_for_it(here: Mill) -> None:
    made = recognised(here, OLD)
    with at(DUE):
        officer = signed_in(here.officer)
        assert 'id="effect"' not in officer.get(made.get_absolute_url()).content.decode()
        assert officer.post(reverse("missions:acceptance-effect", args=[made.pk]), SAID).status_code == 404
        assert remind_of_output() == 0
