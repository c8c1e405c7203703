"""The list of proposals, and the same as a sheet."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from khue.accounts.asking import person
from khue.accounts.models import User
from khue.accounts.scope import units_where
from khue.core.pages import View, filtered_by, paginate
from khue.flow.shelf.words import words
from khue.language.text import fold
from khue.needs.models import DuplicateSearch, Proposal
from khue.needs.rules.proposals import SEE, WRITE, may_handle, visible_to
from khue.office.excel import Column, response, workbook

ANY = [("", gettext_lazy("Any"))]
ENDED = (Proposal.State.REFUSED, Proposal.State.WITHDRAWN, Proposal.State.ORDERED)


class ProposalFilters(forms.Form):
    """What the list can be narrowed by. A value that makes no sense counts as not given."""

    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=[*ANY, *Proposal.State.choices])
    type = forms.ChoiceField(label=gettext_lazy("Type of mission"), required=False)
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    year = forms.IntegerField(label=gettext_lazy("Plan year"), required=False, min_value=2000, max_value=2100)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        for name, group in (("type", "types"), ("field", "fields")):
            self.fields[name].choices = [*ANY, *((key, str(one)) for key, one in words(group).items())]  # type: ignore[attr-defined]
        self.is_valid()

    def narrow(self, rows: QuerySet[Proposal], user: User) -> QuerySet[Proposal]:
        """`rows` that the filters and the words in `q` leave; `which=mine` and `which=open` as the views ask."""
        asked = {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}
        rows = rows.filter(**asked)
        which = self.data.get("which", "")
        if which == "mine":
            rows = rows.filter(unit__in=units_where(user, SEE))
        elif which == "open":
            rows = rows.exclude(state__in=[*ENDED, Proposal.State.DRAFT, Proposal.State.RECOMMENDED])
        for each in fold(str(self.data.get("q", ""))).split():
            rows = rows.filter(folded__contains=each)
        return rows

    def told(self) -> dict[str, str]:
        """The filters in words, for the head of the sheet."""
        shown = {name: dict(getattr(field, "choices", [])) for name, field in self.fields.items()}
        return {
            str(self.fields[name].label): str(shown[name].get(str(value), value))
            for name, value in self.cleaned_data.items()
            if value not in (None, "")
        }


def _listed(request: HttpRequest) -> tuple[ProposalFilters, QuerySet[Proposal]]:
    user = person(request)
    filters = ProposalFilters(request.GET)
    done = DuplicateSearch.objects.filter(proposal=OuterRef("pk"), signed_at__isnull=False)
    rows = filters.narrow(visible_to(user), user).select_related("unit").defer("answers", "recommendation")
    return filters, rows.annotate(searched=Exists(done)).order_by("-year", "-pk")


@require_GET
@filtered_by("state", "type", "field", "year", "which")
def proposals(request: HttpRequest) -> HttpResponse:
    """The list, fifty a page."""
    user = person(request)
    filters, rows = _listed(request)
    types = words("types")
    page = paginate(request, rows)
    for one in page.object_list:
        one.type_label = str(types.get(one.type, one.type))  # type: ignore[attr-defined]
    handles = may_handle(user) is None
    context = {
        "page": page,
        "filters": list(filters),
        "views": _views(handles=handles),
        "handles": handles,
        "may_write": bool(units_where(user, WRITE)),
        "which": request.GET.get("which", ""),
    }
    return render(request, "needs/proposals.html", context)


def _views(*, handles: bool) -> list[View]:
    shown = [View(_("All"), ""), View(_("Being handled"), "which=open"), View(_("My unit's"), "which=mine")]
    if handles:
        shown.append(View(_("To take in"), f"state={Proposal.State.SUBMITTED}"))
        shown.append(View(_("To look up"), f"state={Proposal.State.SEARCHING}"))
        shown.append(View(_("Recommended"), f"state={Proposal.State.RECOMMENDED}"))
    return shown


@require_GET
def proposals_excel(request: HttpRequest) -> HttpResponse:
    """The same list as a sheet."""
    filters, rows = _listed(request)
    return response(workbook(_("Proposals"), _columns(), rows, filters=filters.told()), "de-xuat")


def _columns() -> Sequence[Column[Proposal]]:
    types, fields = words("types"), words("fields")
    return [
        Column(_("Number"), lambda one: one.code),
        Column(_("Name of the mission"), lambda one: one.title),
        Column(_("Type of mission"), lambda one: str(types.get(one.type, one.type))),
        Column(_("Field"), lambda one: str(fields.get(one.field, ""))),
        Column(_("Proposed by"), lambda one: one.unit.name),
        Column(_("Plan year"), lambda one: one.year, "number"),
        Column(_("Sent on"), lambda one: one.submitted_at.date() if one.submitted_at else None, "date"),
        Column(_("State"), lambda one: one.get_state_display()),
        Column(_("Search (C0) signed"), lambda one: _("yes") if one.searched else _("no")),  # type: ignore[attr-defined]
    ]
