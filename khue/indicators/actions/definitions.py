"""Taking programmes into the tables: from the files of the shelf, or from an office's own list."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.directory.search import resolve_many
from khue.flow.actions.loading import changed_after_use
from khue.flow.shelf.dated import File
from khue.indicators.actions.meanings import end, mean, recalculate
from khue.indicators.definitions import DimensionText, IndicatorText, ProgrammeText, SetText, files, read
from khue.indicators.models import (
    Category,
    Dimension,
    Indicator,
    Objective,
    Observation,
    Programme,
    ProgrammeVersion,
    ReportSet,
    Target,
)

BEFORE = timedelta(days=1)


@transaction.atomic
def load_programmes(shelf: Path | None = None) -> list[str]:
    """Take in every version of every programme on the shelf; returns the names of those that are new or corrected.

    A version may be corrected until figures were reported under it. Raises Refused: `programme.wrong`,
    `programme.version-changed`, `formula.*`.
    """
    known = {(row.programme.code, row.version): row for row in ProgrammeVersion.objects.select_related("programme")}
    changed = []
    shelf = shelf or settings.PROCESSES
    for file in files(shelf):
        row = known.get((file.of, file.version))
        if row and row.digest == file.digest():
            continue
        if row and _reported(row):
            raise Refused(changed_after_use(shelf, file.name, "programme.version-changed"))
        take_in(file)
        changed.append(file.name)
    if changed:
        recalculate()
    return changed


def _reported(row: ProgrammeVersion) -> bool:
    figures = Observation.objects.filter(indicator__in=row.programme.indicators.values("pk"))
    return figures.filter(period__last__gte=row.version).exists()


def take_in(file: File) -> Programme:
    """Take in one version; its formulas are connected by `recalculate`. Raises Refused `programme.wrong`."""
    text, problems = read(file)
    if problems:
        raise Refused(Refusal("programme.wrong", "\n".join(str(problem) for problem in problems)))
    facts = {**text.facts, "shelved": True, "lead": _lead(text)}
    programme, _created = Programme.objects.update_or_create(code=text.code, defaults=facts)
    for dimension in text.dimensions:
        _keep_dimension(dimension)
    for objective in text.objectives:
        Objective.objects.update_or_create(
            programme=programme, code=objective.code, defaults={"number": objective.number, "title": objective.title}
        )
    for one in text.sets:
        _keep_set(programme, one, text.version)
    for indicator in text.indicators:
        _keep_indicator(programme, indicator, text.version)
    _end_missing(programme, text)
    ProgrammeVersion.objects.update_or_create(
        programme=programme, version=text.version, defaults={"text": file.text(), "digest": file.digest()}
    )
    return programme


def _lead(text: ProgrammeText) -> object:
    return resolve_many([text.lead], text.version)[text.lead].unit if text.lead else None


def _keep_dimension(text: DimensionText) -> None:
    dimension, _created = Dimension.objects.update_or_create(code=text.code, defaults={"label": text.label})
    for number, (code, label) in enumerate(text.categories.items(), 1):
        Category.objects.update_or_create(dimension=dimension, code=code, defaults={"label": label, "number": number})


def _keep_set(programme: Programme, text: SetText, since: date) -> None:
    facts = {
        "programme": programme, "label": text.label, "every": text.every, "levels": list(text.levels),
        "named": list(text.named), "approvals": list(text.approvals), "texts": [dict(one) for one in text.texts],
        "basis": text.basis, "verified": text.verified, "valid_to": None,
    }  # fmt: skip
    ReportSet.objects.update_or_create(
        code=f"{programme.code}-{text.code}", defaults=facts, create_defaults={**facts, "valid_from": since}
    )


def _keep_indicator(programme: Programme, text: IndicatorText, since: date) -> None:
    other = Indicator.objects.filter(code=text.code).exclude(programme=programme).select_related("programme").first()
    if other:
        sentence = _("The indicator “%(code)s” of %(programme)s is already one of %(other)s; choose another code.")
        told = {"code": text.code, "programme": programme.code, "other": other.programme.code}
        raise Refused(Refusal("programme.wrong", sentence % told))
    report_set = ReportSet.objects.filter(code=f"{programme.code}-{text.report_set}").first()
    facts = {
        "programme": programme, "number": text.number, "name": text.meaning["name"], "ended_on": None,
        "objective": programme.objectives.filter(code=text.objective).first(), "report_set": report_set,
    }  # fmt: skip
    indicator, _created = Indicator.objects.update_or_create(code=text.code, defaults=facts)
    mean(indicator, text.meaning, text.breakdowns, since=since)
    newest = indicator.versions.order_by("-valid_from").first()
    if newest is not None and newest.name != indicator.name:  # the office changed what it means after the file
        indicator.name = newest.name
        indicator.save(update_fields=["name"])
    for one in text.targets:
        promised = {
            "bound": one.bound, "value": one.value, "value_to": one.value_to, "words": one.words,
            "source": one.source, "verified": one.verified,
        }  # fmt: skip
        Target.objects.update_or_create(indicator=indicator, unit=None, year=one.year, defaults=promised)


def _end_missing(programme: Programme, text: ProgrammeText) -> None:
    """What a newer version no longer names ended on the day before."""
    named = {one.code for one in text.indicators}
    for indicator in programme.indicators.filter(ended_on=None).exclude(code__in=named):
        end(indicator, on=text.version - BEFORE)
    sets = {f"{programme.code}-{one.code}" for one in text.sets}
    programme.sets.filter(valid_to=None).exclude(code__in=sets).update(valid_to=text.version - BEFORE)
