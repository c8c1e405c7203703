"""A report that is made and read at once, without being kept."""

from typing import Any, cast

from khue.core.clock import today
from khue.directory.models import Unit
from khue.indicators.composing.ground import Ground
from khue.indicators.composing.making import make, subject_of
from khue.indicators.composing.paper import Paper, parts_of_made, reporter
from khue.indicators.composing.shelf import about_a_programme
from khue.indicators.models import Period, Programme


def paper_about(programme: Programme, unit: Unit, period: Period) -> Paper:
    """The report on a programme for `unit` with all below it. Raises Refused `report.template-unknown`."""
    template = about_a_programme(today(), "unit" if unit.parent_id else "city", period.kind)
    ground = Ground([programme], unit, period, template.sets)
    parts = parts_of_made(make(template, ground))
    return Paper(
        subject_of(template, ground), cast(Any, template.layout), reporter(unit, programme, template.layout), parts
    )


def best_programme(unit: Unit, period: Period) -> Programme | None:
    """The programme that has most figures of the period; None while there is no programme."""
    found = [Ground([one], unit, period) for one in Programme.objects.select_related("lead__parent").order_by("code")]
    best = max(found, key=lambda one: one.figures, default=None)
    return best.programme if best else None
