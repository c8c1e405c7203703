"""Indicators of the shelf that an office lets mean something else from a day on, without touching the file."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused, require
from khue.indicators.actions.defining import MEANING, counted, sound
from khue.indicators.actions.meanings import mean, recalculate
from khue.indicators.models import Indicator, IndicatorVersion, Observation
from khue.indicators.rules.checking import told
from khue.indicators.rules.defining import may_set_targets
from khue.journal.actions import record


@transaction.atomic
def change_meaning(
    indicator: Indicator, meaning: Mapping[str, object], *, by: Actor, since: date, breakdowns: Iterable[str] = ()
) -> Indicator:  # fmt: skip
    """Let an indicator of the shelf mean this from `since` on, until a newer file says otherwise. Periods that ended
    before keep what it meant; the journal keeps what was changed.

    Raises:
        Refused: `programme.not-yours`, `programme.wrong`, `formula.*`, `indicator.shelf-day` (the file itself begins
            on that day), `indicator.reported` (figures of a period that ends on that day or later are there).
    """
    indicator = Indicator.objects.select_for_update(of=["self"]).select_related("programme__lead").get(pk=indicator.pk)
    require(may_set_targets(by, indicator.programme))
    before = indicator.versions.filter(valid_from__lte=since).order_by("-valid_from").first()
    if before is None or (before.valid_from == since and not before.house):
        sentence = _("The file on the shelf says what it means on this very day. Choose a later day.")
        raise Refused(Refusal("indicator.shelf-day", sentence))
    columns = {**MEANING, **meaning}
    columns |= counted(columns)
    sound(indicator.programme, indicator.code, columns, indicator.report_set)
    _require_unreported(indicator, [before], since)
    changes = _changes(before, columns)
    if mean(indicator, {**columns, "house": True}, breakdowns, since=since):
        _renamed(indicator)
        recalculate()
        record(
            indicator.dossier, "indicator.changed-here", by=by, name=indicator.name, since=since, comment=changes
        )  # fmt: skip
    return indicator


@transaction.atomic
def withdraw_meaning(version: IndicatorVersion, *, by: Actor) -> Indicator:
    """Take an office's own meaning back: the one before it goes on. Raises Refused: `programme.not-yours`,
    `indicator.shelf-day` (a meaning of the file), `indicator.reported`."""
    indicator = Indicator.objects.select_for_update(of=["self"]).select_related("programme__lead").get(
        pk=version.indicator_id
    )  # fmt: skip
    require(may_set_targets(by, indicator.programme))
    if not version.house:
        sentence = _("This meaning stands in a file of the shelf; only a newer file ends it.")
        raise Refused(Refusal("indicator.shelf-day", sentence))
    _require_unreported(indicator, [version], version.valid_from, version.valid_to)
    before = indicator.versions.filter(valid_from__lt=version.valid_from).order_by("-valid_from").first()
    until = version.valid_to
    version.delete()
    if before is not None:
        before.valid_to = until
        before.save(update_fields=["valid_to"])
    _renamed(indicator)
    recalculate()
    record(indicator.dossier, "indicator.changed-back", by=by, name=indicator.name, since=version.valid_from)
    return indicator


def _renamed(indicator: Indicator) -> None:
    newest = indicator.versions.order_by("-valid_from").first()
    if newest is not None and newest.name != indicator.name:
        indicator.name = newest.name
        indicator.save(update_fields=["name"])


def _require_unreported(
    indicator: Indicator, versions: Collection[IndicatorVersion], first: date, last: date | None = None
) -> None:  # fmt: skip
    """Figures that were reported, its own or those that its formula is of, keep the meaning that they were given in."""
    parts = [leaf for version in versions for leaf in version.parts.values_list("leaf_id", flat=True)]
    rows = Observation.objects.filter(indicator__in=[indicator.pk, *parts], period__last__gte=first)
    rows = rows.filter(period__last__lte=last) if last else rows
    newest = rows.select_related("period").order_by("-period__last").first()
    if newest is not None:
        sentence = _("“%(name)s” was already reported for %(period)s; a new meaning begins on %(day)s at the earliest.")
        day = newest.period.last + timedelta(days=1)
        facts = {"name": indicator.name, "period": newest.period.called, "day": f"{day:%d/%m/%Y}"}
        raise Refused(Refusal("indicator.reported", sentence % facts))


def _changes(before: IndicatorVersion, columns: Mapping[str, object]) -> str:
    """`was → is` of every column that changes."""
    there = {name: getattr(before, name) for name in columns}
    changed = [name for name, value in columns.items() if there[name] != value]
    return "; ".join(f"{_said(name, there[name])} → {_said(name, columns[name])}" for name in changed)


def _said(name: str, value: object) -> str:
    """A value as people read it: a choice by its label."""
    choices = dict(getattr(IndicatorVersion._meta.get_field(name), "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "–"
    return told(value) if hasattr(value, "as_tuple") else str(value)  # type: ignore[arg-type]
