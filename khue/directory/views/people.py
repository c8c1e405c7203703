"""People: the list, the page of one, posts and declared expertise."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from khue.core.answering import refusal_on, refusal_told
from khue.core.pages import address, filtered_by, paginate
from khue.core.spreadsheet import Column, answer
from khue.core.toasts import say
from khue.directory import listing, rules
from khue.directory.actions import people as actions
from khue.directory.forms import ExpertiseForm, LastDayForm, PersonForm, PostForm
from khue.directory.meant import offered
from khue.directory.models import Expertise, Person, Post
from khue.directory.views.asking import asker
from khue.journal.timeline import timeline


@require_safe
@filtered_by()
def people(request: HttpRequest) -> HttpResponse:
    """The people, searched by name or by what they know; `excel=1` gives the same list as a file."""
    found = listing.people(request.GET)
    if request.GET.get("excel"):
        return answer(_("People"), _columns(), found.iterator(500), {_("Words"): request.GET.get("q", "")})
    may_add = rules.may_edit_person(asker(request)) is None
    facts = {"page": paginate(request, found), "may_add": may_add, "excel": address(request, excel=1)}
    return render(request, "directory/person_list.html", facts)


def _columns() -> list[Column]:
    return [
        Column(_("Name and surname"), lambda person: person.full_name),
        Column(_("Academic title"), lambda person: person.title),
        Column(_("E-mail"), lambda person: person.email),
        Column(
            _("Position"),
            lambda person: "; ".join(f"{post.position}, {post.unit.name}" for post in person.current_posts),
        ),
        Column(_("Expertise"), lambda person: "; ".join(each.topic for each in person.expertise.all())),
    ]


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """People whose name is being written, for a form's field."""
    return JsonResponse({"people": [asdict(one) for one in offered(request.GET.get("q", "")[:120])]})


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person."""
    found = get_object_or_404(Person, pk=pk)
    by = asker(request)
    facts = {
        "person": found,
        "posts": found.posts.select_related("unit"),
        "expertise": found.expertise.all(),
        "may_edit": rules.may_edit_person(by, found) is None,
        "may_edit_posts": rules.may_edit_posts(by) is None,
        "post_form": PostForm(),
        "expertise_form": ExpertiseForm(),
        "last_day_form": LastDayForm(),
        "entries": timeline(actions.dossier(found), limit=50),
    }
    return render(request, "directory/person_detail.html", facts)


def add(request: HttpRequest) -> HttpResponse:
    """Enter somebody."""
    by = asker(request)
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            made = actions.add_person(by=by, **form.cleaned_data)
            say(request, _("The person is entered."))
            return redirect(made)
    facts = {"form": form, "title": _("Enter a person"), "back": reverse("directory:people")}
    return render(request, "directory/form.html", {**facts, "refusal": rules.may_edit_person(by)})


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct who somebody is."""
    found = get_object_or_404(Person, pk=pk)
    by = asker(request)
    form = PersonForm(request.POST or None, initial={name: getattr(found, name) for name in actions.DETAILS})
    if request.method == "POST" and form.is_valid():
        with refusal_on(form):
            actions.change_person(found, by=by, **form.cleaned_data)
            say(request, _("Saved."))
            return redirect(found)
    refusal = rules.may_edit_person(by, found)
    facts = {"form": form, "title": _("Change the details"), "subtitle": str(found), "back": found.get_absolute_url()}
    return render(request, "directory/form.html", {**facts, "refusal": refusal}, status=403 if refusal else 200)


@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """A post the person takes."""
    found, by, form = get_object_or_404(Person, pk=pk), asker(request), PostForm(request.POST)
    if not form.is_valid():
        return render(request, "directory/form.html", _small(found, form, _("Take a post")), status=422)
    with refusal_told(request):
        actions.hold_post(found, by=by, **form.cleaned_data)
        say(request, _("Saved."))
    return redirect(found)


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """The end of a post."""
    post, by, form = get_object_or_404(Post, pk=pk), asker(request), LastDayForm(request.POST)
    if not form.is_valid():
        return render(request, "directory/form.html", _small(post.person, form, _("Leave the post")), status=422)
    with refusal_told(request):
        actions.leave_post(post, by=by, **form.cleaned_data)
        say(request, _("Saved."))
    return redirect(post.person)


@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """A field the person knows."""
    found, by, form = get_object_or_404(Person, pk=pk), asker(request), ExpertiseForm(request.POST)
    if not form.is_valid():
        return render(request, "directory/form.html", _small(found, form, _("Declare expertise")), status=422)
    with refusal_told(request):
        actions.declare_expertise(found, by=by, **form.cleaned_data)
        say(request, _("Saved."))
    return redirect(found)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A field the person no longer stands for."""
    expertise, by = get_object_or_404(Expertise.objects.select_related("person"), pk=pk), asker(request)
    with refusal_told(request):
        actions.withdraw_expertise(expertise, by=by)
        say(request, _("Saved."))
    return redirect(expertise.person)


def _small(person: Person, form: object, title: str) -> dict[str, object]:
    return {"form": form, "title": title, "subtitle": str(person), "back": person.get_absolute_url()}
