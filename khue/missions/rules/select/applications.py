"""Applications are sealed: until the opening nobody but the applicants reads them, counts them apart or finds them."""

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import everywhere, units_where
from khue.core.actors import Actor, SystemActor
from khue.core.refusals import Refusal
from khue.councils.rules import barred_dossiers, judged_dossiers
from khue.directory.models import Unit
from khue.missions.models import Application, Call, ExpertOpinion, Plan, Selection
from khue.missions.rules.select.calls import is_past
from khue.missions.rules.select.parts import MANAGE, OPEN, SEE, SUBMIT, WRITE, department_side, own_units

DRAFTS = (Application.State.DRAFT, Application.State.WITHDRAWN)
DOSSIER = Concat(Value("application:"), Cast("pk", CharField()), output_field=CharField())


def own(user: User) -> Q:
    """Of an organisation of the person's, or one that the person was asked to write in."""
    author = Application.authors.through.objects.filter(application=OuterRef("pk"), user=user.pk)
    return Q(lead__in=own_units(user)) | Q(Exists(author))


def visible_to(user: User) -> QuerySet[Application]:
    """One's own; after the opening, what was handed in and not withdrawn, for the department and the council's
    members, without those barred by a conflict. A draft is never opened."""
    opened = Q(selection__opened_at__isnull=False) & ~Q(state__in=DRAFTS)
    department = opened & department_side(user, "selection__order__list__host", OPEN)
    asked = Q(pk__in=ExpertOpinion.objects.filter(person=user.person_id or 0).order_by().values("application"))
    judging = opened & (Q(dossier_name__in=judged_dossiers(user)) | asked)
    free = ~Q(dossier_name__in=barred_dossiers(user))
    rows = Application.objects.annotate(dossier_name=DOSSIER)
    return rows.filter(own(user) | (department & free) | (judging & free))


def selections_visible_to(user: User) -> QuerySet[Selection]:
    """Those of the department's side, without cases in which the person is in conflict; and those one applies for, is
    invited to or was published."""
    mine = Application.objects.filter(selection=OuterRef("pk")).filter(own(user))
    barred = (
        Application.objects.annotate(dossier_name=DOSSIER)
        .filter(selection=OuterRef("pk"), dossier_name__in=barred_dossiers(user))
    )  # fmt: skip
    department = department_side(user, "order__list__host", MANAGE, OPEN, *SEE) & ~Q(Exists(barred))
    invited = Q(invited__in=own_units(user)) & ~Q(case__step="preparing")
    return Selection.objects.filter(department | Q(Exists(mine)) | invited)


def runs(user: User, selection: Selection) -> bool:
    """Whether the person works on the selection for the department, not as an applicant."""
    host = selection.order.list.host_id
    barred = Application.objects.annotate(dossier_name=DOSSIER).filter(
        selection=selection, dossier_name__in=barred_dossiers(user)
    )
    may = host in units_where(user, OPEN, MANAGE) or everywhere(user, *SEE)
    return may and not barred.exists()


def is_author(by: Actor, application: Application) -> bool:
    """Whether `by` writes in it: officers and heads of the lead organisation, and the authors they named."""
    if isinstance(by, SystemActor):
        return True
    if not isinstance(by, User):
        return False
    return application.lead_id in own_units(by) or application.authors.filter(pk=by.pk).exists()


def may_apply(by: Actor, selection: Selection, lead: Unit) -> Refusal | None:
    """For one's own organisation, while the call is open, once; on invitation only the one that was asked."""
    if isinstance(by, User) and lead.pk not in own_units(by):
        sentence = _("Only officers and heads of %(unit)s write an application for it.")
        return Refusal("application.not-yours", sentence % {"unit": lead.name})
    if refusal := closed(selection):
        return refusal
    if lead.pk == selection.order.list.host_id:
        sentence = _("%(unit)s keeps this call, so it cannot apply in it.")
        return Refusal("application.own-call", sentence % {"unit": lead.name})
    if selection.invited_id not in (None, lead.pk):
        sentence = _("This mission is assigned directly; only the organisation that was invited hands in a file.")
        return Refusal("application.not-invited", sentence)
    there = Application.objects.filter(selection=selection, lead=lead).first()
    if there is not None:
        sentence = _("%(unit)s has an application for «%(order)s» already: open that one and go on with it.")
        return Refusal("application.already", sentence % {"unit": lead.name, "order": selection})
    return None


def closed(selection: Selection) -> Refusal | None:
    """Applications are taken from the publication until the closing moment, to the second."""
    case = selection.case
    if case is None or case.step == "preparing" or (selection.call and selection.call.state == Call.State.DRAFT):
        return Refusal("application.not-open", _("Applications are not taken yet: the call is being prepared."))
    if case.step != "open" or is_past(selection.closes_at):
        sentence = _(
            "The closing moment, %(moment)s, has passed; nothing can be handed in or withdrawn any more. "
            "Your draft is kept as it is."
        )
        return Refusal("application.too-late", sentence % {"moment": _moment(selection)})
    return None


def _moment(selection: Selection) -> str:
    return f"{localtime(selection.closes_at):%H:%M:%S %d/%m/%Y}"


def may_write(by: Actor, application: Application) -> Refusal | None:
    """The draft, by its authors, until it is handed in or the call closes."""
    if not is_author(by, application):
        return Refusal("application.not-yours", _("Only the authors of this application write in it."))
    if application.state not in DRAFTS:
        sentence = _("This application was handed in. Withdraw it first, then change it and hand it in again.")
        return Refusal("application.handed-in", sentence)
    return closed(application.selection)


def writable_plan(by: Actor, application: Application) -> Plan | Refusal:
    """The plan that `by` may write in now: the draft, or, for the winner, the copy that is being completed."""
    selection, case = application.selection, application.selection.case
    completing = case is not None and case.step in ("winner-completing", "winner-revising")
    if completing and selection.winner_id == application.pk and selection.completed is not None:
        if is_author(by, application):
            return selection.completed
        return Refusal("application.not-yours", _("Only the authors of this application write in it."))
    return may_write(by, application) or application.plan


def may_submit(by: Actor, application: Application) -> Refusal | None:
    """By a head of the lead organisation, once, in time."""
    if application.state not in DRAFTS:
        receipt = application.receipts.filter(withdrawn_at=None).first()
        sentence = _("This application was handed in already; its receipt is %(receipt)s. Nothing was sent twice.")
        return Refusal("application.twice", sentence % {"receipt": receipt or ""})
    if isinstance(by, User) and application.lead_id not in own_units(by, SUBMIT):
        sentence = _("The head of %(unit)s hands the application in; ask for it when everything is complete.")
        return Refusal("application.head-submits", sentence % {"unit": application.lead.name})
    return closed(application.selection)


def may_withdraw(by: Actor, application: Application) -> Refusal | None:
    """By a head of the lead organisation, while applications are taken."""
    if application.state != Application.State.SUBMITTED:
        return Refusal("application.not-handed-in", _("Only an application that was handed in can be withdrawn."))
    if isinstance(by, User) and application.lead_id not in own_units(by, SUBMIT):
        sentence = _("The head of %(unit)s withdraws the application.")
        return Refusal("application.head-submits", sentence % {"unit": application.lead.name})
    return closed(application.selection)


def files_visible_to(user: User) -> QuerySet[Application]:
    """Whose files somebody reads: the same as who reads the application."""
    return visible_to(user)


def may_name_authors(by: Actor, application: Application) -> Refusal | None:
    """Officers and heads of the lead organisation say who writes along."""
    if isinstance(by, User) and application.lead_id not in own_units(by, WRITE):
        sentence = _("Officers and heads of %(unit)s say who writes along.")
        return Refusal("application.not-yours", sentence % {"unit": application.lead.name})
    return None
