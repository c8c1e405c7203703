"""The council's confirmation that the file was completed as it asked: by the own sign-in, or signed on paper."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused, require
from khue.files.actions import Upload, attach
from khue.flow.rules import may_move
from khue.missions.actions.accept.accepting import act
from khue.missions.models import Acceptance, DossierPart
from khue.missions.rules.accept.confirming import signed_wrongly


@transaction.atomic
def confirm_on_paper(
    acceptance: Acceptance, scan: Upload, *, confirmed_by: str, confirmed_on: date, reason: str, by: Actor
) -> Acceptance:
    """An officer enters the signed confirmation, with its scan and why it was not given here. Raises Refused:
    `completion.no-name`, `completion.day`, `completion.no-reason`, what files refuse, or the process's sentence."""
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("case__process_version")
    current = rows.get(pk=acceptance.pk)
    assert current.case is not None  # noqa: S101 - every acceptance is opened with its case
    unsigned = may_move(by, current.case, "confirm-on-paper")
    require(unsigned if unsigned is not None and unsigned.code != "completion.unsigned" else None)
    require(signed_wrongly(current, confirmed_by, confirmed_on))
    if not reason.strip():
        raise Refused(Refusal("completion.no-reason", _("Write why it was confirmed on paper.")))
    file = attach(scan, dossier=f"acceptance:{current.pk}", by=by, restricted=True)
    DossierPart.objects.create(acceptance=current, file=file, part="confirmation")
    current.confirmed_on, current.confirmed_by = confirmed_on, confirmed_by.strip()[:200]
    current.save(update_fields=["confirmed_on", "confirmed_by"])
    return act(current, "confirm-on-paper", by=by, comment=reason)
