"""A person as member of councils: earlier councils, family, sanctions; one's own page shows one's own."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import refusal_on
from khue.core.clock import today
from khue.core.refusals import Refused
from khue.core.toasts import say
from khue.councils.actions.people import declare_kin, record_sanction, withdraw_kin
from khue.councils.forms.people import KinForm, SanctionForm
from khue.councils.models import Kinship, Seat
from khue.councils.rules.managing import may_tell_of, runs_councils_of
from khue.councils.rules.visibility import visible_to
from khue.directory.models import Person, valid_on


@require_http_methods(["GET", "POST"])
def expert(request: HttpRequest, person_pk: int) -> HttpResponse:
    """Who runs councils sees anybody; everybody else oneself."""
    user = person(request)
    about = get_object_or_404(Person.objects.prefetch_related("expertise"), pk=person_pk)
    if may_tell_of(user, about) is not None:
        raise Http404
    kin = KinForm(request.POST if "relative" in request.POST else None)
    sanction = SanctionForm(request.POST if "valid_from" in request.POST else None)
    if request.method == "POST" and _posted(request, about, kin, sanction):
        return redirect("councils:expert", person_pk=person_pk)
    seats = Seat.objects.filter(person=about, council__in=visible_to(user)).select_related("council")
    context = {
        "about": about, "runs": runs_councils_of(user, about), "own": user.person_id == about.pk,
        "kin": about.kin.select_related("relative"), "kin_of": about.kin_of.select_related("person"),
        "sanctions": about.sanctions.all(), "standing": about.sanctions.filter(valid_on(today())).exists(),
        "posts": about.posts.select_related("unit"), "seats": seats.order_by("-council__pk"),
        "kin_form": kin, "sanction_form": sanction,
        "failed": next((form for form in (kin, sanction) if form.is_bound and form.errors), None),
    }  # fmt: skip
    return render(request, "councils/expert.html", context, status=422 if context["failed"] else 200)


def _posted(request: HttpRequest, about: Person, kin: KinForm, sanction: SanctionForm) -> bool:
    user = person(request)
    form: Form = kin if kin.is_bound else sanction
    if not form.is_valid():
        return False
    with refusal_on(form):
        if form is kin:
            declare_kin(about, form.cleaned_data["relative"], kind=form.cleaned_data["kind"], by=user)
            say(request, _("The declaration was recorded."))
        else:
            record_sanction(about, by=user, **form.cleaned_data)
            say(request, _("It was recorded."))
        return True
    return False


@require_POST
def kin_withdraw(request: HttpRequest, kin_pk: int) -> HttpResponse:
    """Take a declaration back."""
    row = get_object_or_404(Kinship.objects.select_related("person"), pk=kin_pk)
    try:
        withdraw_kin(row, by=person(request))
    except Refused:
        raise Http404 from None
    say(request, _("The declaration was taken back."))
    return redirect("councils:expert", person_pk=row.person_id)
