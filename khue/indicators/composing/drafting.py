"""A report that is made and read at once, without being kept."""

from typing import Any, cast

from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.refusals import Refusal, require
from khue.directory.models import Unit
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.making import make, subject_of
from khue.indicators.composing.paper import Paper, parts_of_made, reporter
from khue.indicators.composing.shelf import about_a_programme
from khue.indicators.composing.values import Template
from khue.indicators.models import Period, Programme
from khue.indicators.rules.programmes import whole


def paper_about(programme: Programme, unit: Unit, period: Period) -> Paper:
    """The report on a programme for `unit` with all below it. Raises Refused `report.template-unknown`."""
    template = about_a_programme(today(), "unit" if unit.parent_id else "city", period.kind)
    return paper_from(template, unit, period, programme)


def best_programme(unit: Unit, period: Period) -> Programme | None:
    """The programme that has most figures of the period; None while there is no programme."""
    found = [Ground([one], unit, period) for one in Programme.objects.select_related("lead__parent").order_by("code")]
    best = max(found, key=lambda one: one.figures, default=None)
    return best.programme if best else None


def unfit(template: Template, unit: Unit, period: Period, programme: Programme | None) -> Refusal | None:
    """Why no such report can be: another kind of period or unit, or no programme chosen."""
    if period.kind not in template.periods:
        sentence = _("“%(template)s” is not made for %(period)s.")
        return Refusal("report.not-for-this", sentence % {"template": template.label, "period": period.label})
    if template.programmes is None and programme is None:
        return Refusal("report.not-for-this", _("Choose the programme that the report is about."))
    if unit.pk == whole().pk and "city" not in template.of:
        sentence = _("“%(template)s” is made for one unit; choose it.")
        return Refusal("report.not-for-this", sentence % {"template": template.label})
    if unit.pk != whole().pk and template.of == ("city",):
        sentence = _("“%(template)s” is made for the whole city.")
        return Refusal("report.not-for-this", sentence % {"template": template.label})
    return None


def ground_of(template: Template, unit: Unit, period: Period, programme: Programme | None) -> Ground:
    """The figures that a report from this template stands on."""
    if template.programmes is None:
        return Ground([programme] if programme else [], unit, period, template.sets)
    found = {one.code: one for one in Programme.objects.filter(code__in=template.programmes)}
    programmes = [found[code] for code in template.programmes if code in found]
    return Ground(programmes, unit, period, template.sets, whose=whole() if template.figures == "city" else None)


def paper_from(template: Template, unit: Unit, period: Period, programme: Programme | None) -> Paper:
    """A report from any template of the shelf, made and read at once. Raises Refused `report.not-for-this`."""
    programme = programme if template.programmes is None else None
    require(unfit(template, unit, period, programme))
    ground = ground_of(template, unit, period, programme)
    parts = parts_of_made(make(template, ground))
    reports = reporter(unit, programme, template.layout)
    return Paper(subject_of(template, ground), cast(Any, template.layout), reports, parts)
