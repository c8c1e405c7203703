"""What came of an accepted mission: evaluated by the department some time after the end, where the version asks."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy

from khue.accounts.scope import people_of
from khue.core.actors import Actor
from khue.core.calendar import days_left
from khue.core.clock import today
from khue.core.refusals import require
from khue.directory.search import department
from khue.flow.answer_words import told
from khue.flow.answers import checked
from khue.flow.shelf.values import Form
from khue.journal.actions import record
from khue.missions.models import Acceptance, UseReport
from khue.missions.rules.accept.accepting import may_evaluate
from khue.missions.rules.visibility import HANDLE
from khue.notices.actions import Telling, notify_many, saying

FORM = "output-evaluation"
REMIND_BEFORE, REPEAT = 30, 30
"""Days before the day on which it is first asked for, and between reminders after it."""


def form_of(acceptance: Acceptance) -> Form | None:
    """The version's form; None under rules that do not ask for an evaluation."""
    return acceptance.case.definition.forms.get(FORM) if acceptance.case is not None else None


def known(acceptance: Acceptance) -> dict[str, Any]:
    """What the reports on use say already, for a form that is not written yet."""
    if acceptance.effect_answers:
        return dict(acceptance.effect_answers)
    reports = acceptance.mission.use_reports.exclude(state=UseReport.State.DUE).filter(used=True)
    places = [f"{one.year}: {one.effect}" for one in reports.order_by("year")]
    said = [f"{one.need.unit or one.need.author_name}: {one.text}" for one in _told(acceptance) if one.text]
    benefit = reports.aggregate(sum=Sum("value"))["sum"]
    return {"applied": "\n".join([*places, *said]), **({"benefit": benefit} if benefit else {})}


def _told(acceptance: Acceptance) -> Any:
    return acceptance.mission.told_uses.select_related("need__unit").order_by("pk")


@transaction.atomic
def evaluate_output(acceptance: Acceptance, answers: Mapping[str, Any], *, by: Actor) -> Acceptance:
    """Keep the evaluation; kept again, it is corrected. Raises Refused: `flow.answer`, or the rule's."""
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("mission", "case__process_version")
    current = rows.get(pk=acceptance.pk)
    require(may_evaluate(by, current))
    form = form_of(current)
    assert form is not None  # noqa: S101 - the rule has said that the version asks for it
    current.effect_answers = checked(form, answers)
    words = {one.name: one.value for one in told(form, current.effect_answers)}
    current.effect, current.effect_on = str(words.get("applied", "")), today()
    current.effect_conclusion = f"{words.get('outcome', '')}. {words.get('proposal', '')}"
    current.save(update_fields=["effect_answers", "effect", "effect_conclusion", "effect_on"])
    record(f"acceptance:{current.pk}", "acceptance.evaluated", by=by)
    return current


def remind_of_output() -> int:
    """Tell the department of outputs that are to be evaluated; returns how many notices were sent. Safe to run
    again."""
    soon = today() + timedelta(days=REMIND_BEFORE)
    rows = Acceptance.objects.filter(effect_on=None, effect_due_on__lte=soon).select_related("mission")
    waiting = list(rows)
    officers = list(people_of(department(), HANDLE)) if waiting else []
    return notify_many(
        Telling(
            officers,
            f"output:{one.pk}:{max(-1, (today() - one.effect_due_on).days // REPEAT)}",
            saying(
                gettext_lazy("Evaluate the output, %(left)s: %(title)s"),
                left=days_left(one.effect_due_on, today()),
                title=one.mission.title,
            ),
            f"{one.get_absolute_url()}#effect",
            dossier=f"acceptance:{one.pk}",
        )
        for one in waiting
        if one.effect_due_on is not None
    )
