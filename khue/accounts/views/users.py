"""The accounts that an administrator keeps: list, invite, roles, deactivate."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from khue.accounts import actions, roles, rules, scope
from khue.accounts.asking import person
from khue.accounts.forms import ChangeRoleForm, InvitationForm, LastDayForm, ReasonForm, RoleForm
from khue.accounts.models import Membership, User
from khue.core.answering import refusal_on, refusal_told
from khue.core.clock import today
from khue.core.pages import View, address, filtered_by, paginate
from khue.core.spreadsheet import Column, answer
from khue.core.toasts import say, warn
from khue.journal.timeline import timeline
from khue.language.text import fold


@filtered_by("state", "role")
def users(request: HttpRequest) -> HttpResponse:
    """The accounts one keeps or watches; `excel=1` gives the same list as a file."""
    found = _filtered(request, rules.visible_to(person(request))).order_by("full_name", "pk")
    if request.GET.get("excel"):
        return answer(_("Users"), _columns(), _with_parts(found), {_("Words"): request.GET.get("q", "")})
    views = [
        View(_("Active"), ""),
        View(_("Deactivated"), "state=off"),
        View(_("Never signed in"), "state=new"),
    ]
    facts = {
        "page": paginate(request, _with_parts(found)),
        "views": views,
        "roles": roles.choices(),
        "excel": address(request, excel=1),
        "may_add": rules.may_add_user(person(request), "") is None,
    }
    return render(request, "accounts/user_list.html", facts)


def _columns() -> list[Column]:
    return [
        Column(_("Name and surname"), lambda account: account.full_name),
        Column(_("E-mail"), lambda account: account.email),
        Column(
            _("Roles"),
            lambda account: "; ".join(f"{part.role_label} · {part.unit.name}" for part in account.current_parts),
        ),
        Column(_("Last signed in"), lambda account: account.last_login, "moment"),
    ]


def _filtered(request: HttpRequest, found: QuerySet[User]) -> QuerySet[User]:
    state = request.GET.get("state", "")
    found = found.filter(is_active=state != "off")
    if state == "new":
        found = found.filter(last_login=None)
    for word in fold(request.GET.get("q", "")).split():
        found = found.filter(folded__contains=word)
    if role := request.GET.get("role"):
        found = found.filter(pk__in=Membership.objects.as_of(today()).filter(role=role).values("user"))
    return found


def _with_parts(found: QuerySet[User]) -> QuerySet[User]:
    current = Membership.objects.as_of(today()).select_related("unit")
    return found.prefetch_related(Prefetch("memberships", current, to_attr="current_parts"))


def invite(request: HttpRequest) -> HttpResponse:
    """Open an account for somebody new."""
    by = person(request)
    form = InvitationForm(request.POST or None)
    refusal = rules.may_add_user(by, "")
    if request.method == "POST" and not refusal and form.is_valid():
        data = form.cleaned_data
        with refusal_on(form):
            with transaction.atomic():
                user = actions.add_user(email=data["email"], full_name=data["full_name"], by=by)
                actions.give_role(user, unit=data["unit"], role=data["role"], valid_from=data["valid_from"], by=by)
                secret = actions.invite(user, by=by)
            return _invited(request, user, secret)
    status = 403 if refusal else 200
    return render(request, "accounts/invite.html", {"form": form, "refusal": refusal}, status=status)


@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link for somebody who lost the first one or forgot the password."""
    by = person(request)
    user = get_object_or_404(rules.visible_to(by), pk=pk)
    return _invited(request, user, actions.invite(user, by=by))


def _invited(request: HttpRequest, user: User, secret: str) -> HttpResponse:
    """Mail the link, and show it this once: where there is no mail server it is handed over by other means."""
    link = f"{settings.SITE_URL}{reverse('accounts:welcome', args=[secret])}"
    facts = {"user": user, "link": link, "days": settings.INVITATION_DAYS, "by": request.user}
    subject = settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + _("Your account")
    sent = True
    try:
        send_mail(subject, render_to_string("accounts/mail/invitation.txt", facts), None, [user.email])
    except OSError:
        sent = False
    return render(request, "accounts/invited.html", {"invited": user, "link": link, "sent": sent, **facts})


def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its roles through time, and what may be done."""
    by = person(request)
    found = get_object_or_404(rules.visible_to(by), pk=pk)
    kept = scope.units_where(by, "user:manage")
    facts = {
        "account": found,
        "memberships": [
            (part, part.unit_id in kept) for part in found.memberships.select_related("unit").order_by("-valid_from")
        ],
        "may_give": bool(kept),
        "may_manage": rules.may_manage_user(by, found) is None,
        "role_form": RoleForm(),
        "change_form": ChangeRoleForm(),
        "last_day_form": LastDayForm(),
        "reason_form": ReasonForm(),
        "may_forget_factor": rules.may_forget_second_factor(by, found) is None,
        "entries": timeline(f"user:{found.pk}"),
        "today": today(),
    }
    return render(request, "accounts/user_detail.html", facts)


@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """A further role."""
    by = person(request)
    found = get_object_or_404(rules.visible_to(by), pk=pk)
    form = RoleForm(request.POST)
    if _valid(request, form):
        with refusal_told(request):
            actions.give_role(found, by=by, **form.cleaned_data)
            say(request, _("The role is given."))
    return redirect("accounts:user", pk)


@require_POST
def change_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role in the same unit, or an end."""
    by = person(request)
    membership = get_object_or_404(Membership.objects.select_related("user", "unit"), pk=pk)
    get_object_or_404(rules.visible_to(by), pk=membership.user_id)
    ending = "end" in request.POST
    form = LastDayForm(request.POST) if ending else ChangeRoleForm(request.POST)
    if _valid(request, form):
        act = actions.end_membership if ending else actions.change_role
        with refusal_told(request):
            act(membership, by=by, **form.cleaned_data)
            say(request, _("Saved."))
    return redirect("accounts:user", membership.user_id)


@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate, or activate again."""
    by = person(request)
    found = get_object_or_404(rules.visible_to(by), pk=pk)
    if not found.is_active:
        with refusal_told(request):
            actions.reactivate(found, by=by)
            say(request, _("The account may sign in again."))
        return redirect("accounts:user", pk)
    form = ReasonForm(request.POST)
    if _valid(request, form):
        done = _("The account is deactivated and signed out everywhere; what it did stays.")
        with refusal_told(request):
            actions.deactivate(found, by=by, reason=form.cleaned_data["reason"])
            say(request, done)
    return redirect("accounts:user", pk)


@require_POST
def forget_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """For somebody who lost the phone or the key, and the recovery codes."""
    by = person(request)
    found = get_object_or_404(rules.visible_to(by), pk=pk)
    form = ReasonForm(request.POST)
    if _valid(request, form):
        with refusal_told(request):
            actions.forget_second_factor(found, by=by, reason=form.cleaned_data["reason"])
            say(request, _("The second factor is off; the password alone signs in until a new one is set up."))
    return redirect("accounts:user", pk)


def _valid(request: HttpRequest, form: Form) -> bool:
    """Say what is wrong with a small form that has no page of its own."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        warn(request, f"{label}: {' '.join(str(error) for error in errors)}")
    return form.is_valid()
