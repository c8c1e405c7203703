"""Who may see a directive, and who may do what to it."""

from datetime import date
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.accounts.scope import everywhere, may_in, units_where
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.documents.models import Directive, DirectiveUnit

if TYPE_CHECKING:
    Directives = QuerySet[Directive, Directive]

SEE, ASSIGN, REPORT = "directive:see", "directive:assign", "report:submit"
REMIND = "directive:remind"
"""Permissions of `processes/roles.toml`."""


def own_units(user: User, permission: str) -> frozenset[int]:
    """Units in whose own name the user does it: those of the parts that carry the permission."""
    parts = acting_in(user)
    return frozenset(part.unit_id for part in parts if part.allows(permission))


def of_units(unit_ids: set[int]) -> Q:
    """Directives that some of these units issued, lead or support."""
    supported = DirectiveUnit.objects.filter(unit__in=unit_ids).values("directive")
    return Q(issuer__in=unit_ids) | Q(lead__in=unit_ids) | Q(pk__of_array=ArraySubquery(supported))


def visible_to(user: User) -> "Directives":
    """The directives the user may see, as one query."""
    if everywhere(user, SEE):
        return Directive.objects.all()
    units = units_where(user, SEE)
    return Directive.objects.filter(of_units(units)) if units else Directive.objects.none()


def found_by(user: User) -> "Directives | None":
    """What search shows the person; None for those who see all, so that no list of all directives is made."""
    return None if everywhere(user, SEE) else visible_to(user)


def may_see(user: User, directive: Directive) -> Refusal | None:
    """Issuer, lead and supporting units, those above them, leaders, monitors and auditors may."""
    if visible_to(user).filter(pk=directive.pk).exists():
        return None
    return Refusal("directive-not-yours", _("This directive belongs to units other than yours."))


def may_support(user: User, directive: Directive) -> Refusal | None:
    """A supporting unit reports its own share while the directive is open."""
    if not directive.support_rows.filter(unit__in=own_units(user, REPORT)).exists():
        return Refusal("directive-not-supporting", _("Your unit is not among the supporting units."))
    if not directive.is_open:
        return Refusal("directive-not-open", _("This directive is not waiting for work by the lead unit."))
    return None


def may_remind(user: User, directive: Directive) -> Refusal | None:
    """The issuer, leaders and monitors remind about what is still open."""
    if not may_in(user, directive.issuer_id, REMIND):
        return Refusal("directive-may-not-remind", _("Only the issuing unit, leaders and monitors send reminders."))
    if not directive.is_open:
        return Refusal("directive-not-open", _("This directive is not waiting for work by the lead unit."))
    return None


def may_assign(user: User, unit: Unit) -> Refusal | None:
    """Assigning in the name of a unit."""
    if may_in(user, unit.pk, ASSIGN):
        return None
    return Refusal(
        "may-not-assign",
        _("You may choose and prepare directives here; a person who may assign for %(unit)s has to assign them.")
        % {"unit": unit},
    )


def may_pass_down(user: User, directive: Directive, units: list[Unit], due_on: date | None) -> Refusal | None:
    """The lead unit gives parts of its work to units below it, with a deadline not after its own."""
    if not may_in(user, directive.lead_id, ASSIGN):
        return may_assign(user, directive.lead)
    if not directive.is_open:
        return Refusal("directive-not-open", _("This directive is not waiting for work by the lead unit."))
    below = set(Unit.objects.within([directive.lead_id]).values_list("pk", flat=True)) - {directive.lead_id}
    outside = [unit.name for unit in units if unit.pk not in below]
    if not units or outside:
        return Refusal(
            "not-below",
            _("%(unit)s is not below %(lead)s. Choose units that belong to it.")
            % {"unit": outside[0] if outside else "?", "lead": directive.lead},
        )
    if directive.due_on and (due_on is None or due_on > directive.due_on):
        return Refusal(
            "due-after-parent",
            _("Parts must be due by %(day)s, when the whole is due.") % {"day": directive.due_on.strftime("%d/%m/%Y")},
        )
    return None
