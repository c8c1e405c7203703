"""What the rules ask of the files of an application."""

from datetime import date

from django.utils.translation import gettext as _

from khue.core.refusals import Refusal
from khue.flow.shelf.law import cite
from khue.flow.shelf.values import Process
from khue.missions.models import Application, Attachment
from khue.missions.rules.select.plans import sums


def quotation_too_old(issued_on: date | None, on: date, definition: Process) -> Refusal | None:
    """A quotation bears a day, and is not older than the version allows on the day `on`."""
    most = definition.number("quotation-age")
    if issued_on is None or issued_on > on:
        return Refusal("attachment.quotation", _("Write the day on the quotation, not later than today."))
    if (on - issued_on).days > most:
        sentence = _("The quotation of %(day)s is older than %(most)s days (%(basis)s). Ask for a new one.")
        basis = cite(definition.provisions["quotation-age"].basis)
        told = {"day": f"{issued_on:%d/%m/%Y}", "most": most, "basis": basis}
        return Refusal("attachment.quotation", sentence % told)
    return None


def quotations_missing(application: Application, on: date, definition: Process) -> Refusal | None:
    """The winner, and only the winner, shows quotations for equipment and materials that state money buys; those there
    are not too old."""
    quotations = application.attachments.filter(kind=Attachment.Kind.QUOTATION, file__removed_at=None)
    for one in quotations:
        if refusal := quotation_too_old(one.issued_on, on, definition):
            return refusal
    plan = application.selection.completed or application.plan
    if not quotations and any(sums(plan).by_item.get(item, {}).get("state") for item in BOUGHT):
        sentence = _("Add quotations for the equipment and materials to be bought, not older than %(most)s days.")
        return Refusal("attachment.no-quotation", sentence % {"most": definition.number("quotation-age")})
    return None


BOUGHT = ("equipment", "materials")
"""Names of budget items that are bought from somebody."""
