"""One's own account: name, roles, who stands in during a leave; and the page behind an invitation."""

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from khue.accounts import actions
from khue.accounts.actions.accounts import invitation_of
from khue.accounts.asking import person
from khue.accounts.forms import DelegationForm, PasswordForm, ProfileForm
from khue.accounts.models import Delegation, User
from khue.accounts.rules import acting_in, colleagues, no_invitation
from khue.core.answering import refusal_on, refusal_told
from khue.core.clock import today
from khue.core.toasts import say


def profile(request: HttpRequest) -> HttpResponse:
    """Name and language, roles, delegations."""
    user = person(request)
    form = ProfileForm(request.POST or None, initial={"full_name": user.full_name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.change_profile(user, by=user, **form.cleaned_data)
            say(request, _("Saved."))
            return redirect("accounts:profile")
    return render(request, "accounts/profile.html", _facts(user, form, DelegationForm(user=user)))


@require_POST
def delegate(request: HttpRequest) -> HttpResponse:
    """Let a colleague stand in."""
    user = person(request)
    form = DelegationForm(request.POST, user=user)
    if form.is_valid():
        membership = form.cleaned_data.pop("membership")
        with refusal_on(form):
            actions.delegate(membership, by=user, **form.cleaned_data)
            say(request, _("%(name)s stands in for you on these days.") % {"name": form.cleaned_data["to_user"]})
            return redirect("accounts:profile")
    own = ProfileForm(initial={"full_name": user.full_name, "language": user.language})
    return render(request, "accounts/profile.html", _facts(user, own, form), status=422)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation one gave or received."""
    user = person(request)
    delegation = get_object_or_404(_delegations(user), pk=pk)
    with refusal_told(request):
        actions.recall(delegation, by=user)
        say(request, _("The delegation is over."))
    return redirect("accounts:profile")


@login_not_required
@never_cache
@sensitive_post_parameters()
def welcome(request: HttpRequest, secret: str) -> HttpResponse:
    """Behind the one-time link: choose a password, and be signed in."""
    invitation = invitation_of(secret)
    if invitation is None:
        return render(request, "accounts/welcome_over.html", {"refusal": no_invitation()}, status=410)
    form = PasswordForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        user = actions.accept_invitation(secret, password=form.cleaned_data["password"])
        answer: HttpResponse = perform_login(request, user, redirect_url="/")
        return answer
    return render(request, "accounts/welcome.html", {"form": form, "invited": invitation.user})


def _delegations(user: User) -> QuerySet[Delegation]:
    given = Delegation.objects.filter(from_membership__user=user)
    both = given | Delegation.objects.filter(to_user=user)
    return both.select_related("from_membership__user", "from_membership__unit", "to_user")


def _facts(user: User, form: ProfileForm, delegation_form: DelegationForm) -> dict[str, object]:
    current = _delegations(user).filter(ended_at=None, valid_to__gte=today())
    return {
        "form": form,
        "delegation_form": delegation_form,
        "parts": acting_in(user),
        "delegations": current,
        "colleagues": colleagues(user),
    }
