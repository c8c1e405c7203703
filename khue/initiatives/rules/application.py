"""What an application has to say, by the version it is under."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.core.calendar import add_months
from khue.core.clock import today
from khue.flow.actions.opening import version_on
from khue.flow.answer_words import Told, told
from khue.flow.answers import missing
from khue.flow.models import ProcessVersion
from khue.flow.shelf.law import cite
from khue.flow.shelf.telling import told_value
from khue.flow.shelf.values import Form, Provision
from khue.initiatives.models import WHOLE, Initiative, Sheet

PROCESS = "initiative-recognition"
YEAR = 12
"""Months."""
SECRET = "secret"  # noqa: S105 - the name of a question
OF_AUTHORS = "authors"
APART = frozenset({OF_AUTHORS, "ground", "investor", "state_money", "first_applied_on", "content_secret"})
"""Questions whose answers stand among the facts."""


def version_of(initiative: Initiative) -> ProcessVersion:
    """The version that its case is pinned to; of a draft the one in force today, under which it would be filed."""
    return initiative.case.process_version if initiative.case is not None else version_on(PROCESS, today())


def form_of(initiative: Initiative) -> Form:
    """The form that the application answers."""
    return version_of(initiative).definition.forms["application"]


def day(answers: Mapping[str, Any], name: str) -> date | None:
    """The answer `name` as a day; None where there is none."""
    return date.fromisoformat(answers[name]) if answers.get(name) else None


def share_of(row: Mapping[str, Any]) -> Decimal:
    """The share of one author, in per cent; 0 where it is not given."""
    return Decimal(str(row.get("share") or 0))


def faults(initiative: Initiative) -> dict[str, str]:
    """Why the application cannot be filed as it is: question -> one sentence that says what to do."""
    form, said = form_of(initiative), initiative.answers
    found = {one.name: _("Fill in «%(field)s».") % {"field": one.label} for one in missing(form, said)}
    if not initiative.title.strip():
        found["title"] = _("Give the initiative a name.")
    for name, sentence in (
        ("authors", _shares(said)), ("investor", _investor(said)), ("first_applied_on", _time_bar(initiative)),
        ("trial_ends_on", _trial(said)),
    ):  # fmt: skip
        if sentence and name not in found:
            found[name] = sentence
    return found


def _shares(said: Mapping[str, Any]) -> str:
    shares = [share_of(row) for row in said.get(OF_AUTHORS) or []]
    if shares and min(shares) <= 0:
        return _("Every author needs a share above zero. Who has none is no author but a helper.")
    whole = sum(shares, Decimal(0))
    if shares and whole != WHOLE:
        total = f"{whole.normalize():f}".replace(".", ",")
        sentence = _("The shares of the authors add up to %(total)s %%; they must add up to exactly 100 %%.")
        return sentence % {"total": total}
    return ""


def _investor(said: Mapping[str, Any]) -> str:
    if said.get("ground") == Initiative.Ground.TRANSFERRED and not said.get("investor"):
        return _("Name the investor who refused to recognise it and transferred it.")
    return ""


def _time_bar(initiative: Initiative) -> str:
    applied = day(initiative.answers, "first_applied_on")
    if applied is None:
        return ""
    filed = localtime(initiative.submitted_at).date() if initiative.submitted_at else today()
    if applied > filed:
        return _("The day of the first application or trial is still to come: apply or try it first, then file.")
    bar = version_of(initiative).definition.provisions["apply-within"]
    last = add_months(applied, int(str(bar.value)) * (YEAR if bar.kind == "years" else 1))
    if filed <= last:
        return ""
    sentence = _("It had to be filed by %(last)s, counted from the first application on %(applied)s (%(basis)s).")
    return sentence % {"last": f"{last:%d/%m/%Y}", "applied": f"{applied:%d/%m/%Y}", "basis": cite(bar.basis)}


def _trial(said: Mapping[str, Any]) -> str:
    begins, ends = day(said, "first_applied_on"), day(said, "trial_ends_on")
    if begins and ends and ends < begins:
        return _("The first application cannot end before it begins.")
    return ""


def due_on(initiative: Initiative) -> date:
    """Until when the unit decides: so many months from the valid application, or from the end of a first application
    that still goes on."""
    begins = max(today(), initiative.trial_ends_on or today())
    return add_months(begins, version_of(initiative).definition.number("decide-within"))


def told_to(initiative: Initiative, *, secrets: bool) -> list[Told]:
    """What describes the solution, in words; confidential parts only where `secrets`."""
    hidden = APART if secrets else APART | {SECRET, *(["content"] if initiative.content_secret else [])}
    return [one for one in told(form_of(initiative), initiative.answers) if one.name not in hidden and one.value]


def public_text(initiative: Initiative) -> str:
    """What search reads: everything that explains the solution and is not confidential."""
    names = ["before", *([] if initiative.content_secret else ["content"]), "ability", "benefit"]
    return " ".join(str(initiative.answers.get(name, "")) for name in names)


def sheet_of(unit_id: int, on: date) -> Sheet | None:
    """The unit's own scoring sheet on a day; None where it has none."""
    return Sheet.objects.filter(unit=unit_id, decided_on__lte=on).first()


def points_needed(initiative: Initiative) -> Decimal:
    """The average that recognition needs: the unit's own, else the one of the shelf."""
    own = sheet_of(initiative.unit_id, today())
    return own.points_pass if own else Decimal(version_of(initiative).definition.number("points-pass"))


TIMES = ("apply-within", "decide-within", "check-within", "correct-within")
PAY = ("pay-author", "pay-years", "pay-helpers")
RULES = (*TIMES, *PAY)


def rules_told(initiative: Initiative) -> list[tuple[Provision, str, str]]:
    """The numbers that authors ask about, of time while it is handled and of pay once it is recognised: each with its
    value and its basis in words."""
    known = version_of(initiative).definition.provisions
    asked = PAY if initiative.state == Initiative.State.RECOGNISED else TIMES
    found = [known[name] for name in asked]
    return [(one, told_value(one), cite(one.basis)) for one in found]
