"""Who may see a directive, and who may do what to it."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.refusals import Refusal
from khue.directory.models import Unit
from khue.documents.models import Directive, DirectiveUnit
from khue.documents.rules.parts import unit_ids

if TYPE_CHECKING:
    Directives = QuerySet[Directive, Directive]

SEE_ALL = ("leader", "monitor", "auditor")
WORK = ("officer", "unit-head", "leader")
"""Roles that carry out, report and decide for their own unit."""
ORDER = (*WORK, "clerk")
REMIND_ALL = ("leader", "monitor")
SEE_OWN = (*ORDER, "monitor", "auditor")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a user's parts amount to: everything, or some units with those below them."""

    everything: bool
    units: frozenset[int]
    """Units whose directives the user sees: own ones and those below."""
    working: frozenset[int]
    """Units for which the user reports and decides."""
    ordering: frozenset[int]
    """Units in whose name the user assigns."""
    reminds_all: bool


def _with_lower(unit_ids: set[int]) -> frozenset[int]:
    """`unit_ids` and every unit below them, in one query."""
    if not unit_ids:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE below(id) AS (SELECT unnest(%s::bigint[]) UNION"
            " SELECT unit.id FROM directory_unit unit JOIN below ON unit.parent_id = below.id) SELECT id FROM below",
            [sorted(unit_ids)],
        )
        return frozenset(row[0] for row in cursor.fetchall())


def reach(user: User) -> Reach:
    """The user's reach today; asked once for each request's user object."""
    kept: Reach | None = getattr(user, "_directive_reach", None)
    if kept is None:
        everything = bool(unit_ids(user, *SEE_ALL))
        own = unit_ids(user, *SEE_OWN)
        kept = Reach(
            everything=everything,
            units=frozenset(own) if everything else _with_lower(own),
            working=frozenset(unit_ids(user, *WORK)),
            ordering=frozenset(unit_ids(user, *ORDER)),
            reminds_all=bool(unit_ids(user, *REMIND_ALL)),
        )
        user._directive_reach = kept  # type: ignore[attr-defined]
    return kept


def of_units(unit_ids: frozenset[int] | set[int]) -> Q:
    """Directives that some of these units issued, lead or support."""
    supported = DirectiveUnit.objects.filter(unit__in=unit_ids).values("directive")
    return Q(issuer__in=unit_ids) | Q(lead__in=unit_ids) | Q(pk__in=supported)


def visible_to(user: User) -> "Directives":
    """The directives the user may see, as one query."""
    may = reach(user)
    if may.everything:
        return Directive.objects.all()
    return Directive.objects.filter(of_units(may.units)) if may.units else Directive.objects.none()


def may_see(user: User, directive: Directive) -> Refusal | None:
    """Issuer, lead and supporting units, those above them, leaders, monitors and auditors may."""
    if visible_to(user).filter(pk=directive.pk).exists():
        return None
    return Refusal("directive-not-yours", _("This directive belongs to units other than yours."))


def may_work(user: User, directive: Directive) -> Refusal | None:
    """Acknowledging, reporting and asking for more time is for the lead unit."""
    if directive.lead_id not in reach(user).working:
        return Refusal(
            "directive-other-lead",
            _("Only %(unit)s, the lead unit, reports on this directive.") % {"unit": directive.lead},
        )
    if not directive.is_open:
        return Refusal("directive-not-open", _("This directive is not waiting for work by the lead unit."))
    return None


def may_support(user: User, directive: Directive) -> Refusal | None:
    """A supporting unit reports its own share while the directive is open."""
    if not directive.support_rows.filter(unit__in=reach(user).working).exists():
        return Refusal("directive-not-supporting", _("Your unit is not among the supporting units."))
    if not directive.is_open:
        return Refusal("directive-not-open", _("This directive is not waiting for work by the lead unit."))
    return None


def may_decide(user: User, directive: Directive) -> Refusal | None:
    """Accepting, returning and deciding about extensions is for the unit that assigned it."""
    if directive.issuer_id in reach(user).working:
        return None
    return Refusal(
        "directive-other-issuer", _("Only %(unit)s, which assigned it, decides this.") % {"unit": directive.issuer}
    )


def may_remind(user: User, directive: Directive) -> Refusal | None:
    """The issuer, leaders and monitors remind about what is still open."""
    may = reach(user)
    if directive.issuer_id not in may.ordering and not may.reminds_all:
        return Refusal("directive-may-not-remind", _("Only the issuing unit, leaders and monitors send reminders."))
    if not directive.is_open:
        return Refusal("directive-not-open", _("This directive is not waiting for work by the lead unit."))
    return None


def may_pass_down(user: User, directive: Directive, units: list[Unit], due_on: date | None) -> Refusal | None:
    """The lead unit gives parts of its work to units below it, with a deadline not after its own."""
    if (refusal := may_work(user, directive)) is not None:
        return refusal
    below = _with_lower({directive.lead_id}) - {directive.lead_id}
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


def may_extend_to(directive: Directive, new_due_on: date, today: date) -> Refusal | None:
    """A new deadline must be later than the present one and not past."""
    if new_due_on < today or (directive.due_on is not None and new_due_on <= directive.due_on):
        return Refusal("extension-not-later", _("The new deadline must be later than today's and the present one."))
    if directive.extensions.filter(state="asked").exists():
        return Refusal("extension-waiting", _("A request for more time is already waiting for a decision."))
    return None
