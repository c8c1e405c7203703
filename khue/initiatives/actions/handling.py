"""What the unit and the applicant do with an application that was filed, and what is recorded after recognition."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.flow.actions import move
from khue.flow.actions.opening import version_on
from khue.initiatives.actions.columns import locked
from khue.initiatives.models import Initiative, Reach, Sheet
from khue.initiatives.rules.application import PROCESS
from khue.initiatives.rules.initiatives import may_record_reach, may_set_sheet
from khue.journal.actions import record
from khue.matching.actions import changed


@transaction.atomic
def act(
    initiative: Initiative, name: str, *, by: User, comment: str = "", data: Mapping[str, Any] | None = None
) -> Initiative:
    """Make a move of the process. Raises Refused with the process's own sentence, `initiative.draft` for a draft."""
    current = locked(initiative.pk)
    if current.case is None and current.state != Initiative.State.DRAFT:
        sentence = _("This one was decided on paper and came in with the register; nothing is left to do here.")
        raise Refused(Refusal("initiative.from-register", sentence))
    if current.case is None:
        raise Refused(Refusal("initiative.draft", _("This is a draft yet; its writer has to file it first.")))
    move(current.case, name, by=by, comment=comment, data=data)
    return locked(initiative.pk)


@transaction.atomic
def record_reach(
    initiative: Initiative, *, level: str, decision_sign: str, decided_on: date, decided_by: str, by: User
) -> Reach:
    """Record a decision on the range of effect. Raises Refused: `initiative.not-recognised`,
    `initiative.reach-not-yours`, `initiative.reach-there`, `initiative.reach-day`, `initiative.reach-unsigned`."""
    current = locked(initiative.pk)
    require(may_record_reach(by, current, level))
    require(_reach_refused(current, level, decision_sign, decided_on, decided_by))
    made = Reach.objects.create(
        initiative=current, level=level, decision_sign=decision_sign.strip()[:60], decided_on=decided_on,
        decided_by=decided_by.strip()[:200], recorded_by=by,
    )  # fmt: skip
    told = {"level": made.get_level_display(), "sign": made.decision_sign, "day": f"{decided_on:%d/%m/%Y}"}
    record(current.dossier, "initiative.reach", by=by, body=made.decided_by, **told)
    changed("initiative", current.pk)
    return made


def _reach_refused(current: Initiative, level: str, sign: str, day: date, body: str) -> Refusal | None:
    if current.reaches.filter(level=level).exists():
        return Refusal("initiative.reach-there", _("The effect at this level is recorded already."))
    if not sign.strip() or not body.strip():
        return Refusal("initiative.reach-unsigned", _("Write the sign of the decision and the body that made it."))
    assert current.decided_on is not None  # noqa: S101 - it is recognised
    if not current.decided_on <= day <= today():
        sentence = _("The range of effect is decided after the recognition of %(day)s, and not later than today.")
        return Refusal("initiative.reach-day", sentence % {"day": f"{current.decided_on:%d/%m/%Y}"})
    return None


@transaction.atomic
def set_sheet(
    unit: Unit,
    *,
    criteria: Sequence[tuple[str, int]],
    points_pass: Decimal,
    decision_sign: str,
    decided_on: date,
    by: User,
) -> Sheet:
    """Set by what the unit's council gives points from a day on; former sheets stay. Raises Refused:
    `initiative.sheet-not-yours`, `initiative.sheet-sum`, `initiative.sheet-pass`, `initiative.sheet-unsigned`."""
    require(may_set_sheet(by, unit.pk))
    most = version_on(PROCESS, today()).definition.number("points-most")
    require(_sheet_refused(criteria, points_pass, decision_sign, most))
    made = Sheet.objects.create(
        unit=unit, criteria=[{"label": label.strip(), "most": points} for label, points in criteria],
        points_pass=points_pass, decision_sign=decision_sign.strip()[:60], decided_on=decided_on, set_by=by,
    )  # fmt: skip
    record(f"unit:{unit.pk}", "initiative.sheet", by=by, sign=made.decision_sign, points=str(points_pass))
    return made


def _sheet_refused(criteria: Sequence[tuple[str, int]], points_pass: Decimal, sign: str, most: int) -> Refusal | None:
    total = sum(points for _label, points in criteria)
    if total != most or any(points <= 0 or not label.strip() for label, points in criteria):
        sentence = _("The criteria give %(total)s points together; each needs a name and points, together %(most)s.")
        return Refusal("initiative.sheet-sum", sentence % {"total": total, "most": most})
    if not 0 <= points_pass <= most:
        return Refusal("initiative.sheet-pass", _("The average needed lies between 0 and %(most)s.") % {"most": most})
    if not sign.strip():
        return Refusal("initiative.sheet-unsigned", _("Write the sign of the decision that set the sheet."))
    return None
