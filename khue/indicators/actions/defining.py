"""Programmes and indicators of the office's own, which no file of the shelf defines."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit
from khue.indicators import measures
from khue.indicators.actions.meanings import end, mean, recalculate
from khue.indicators.formulas import read
from khue.indicators.models import CODE, Indicator, Observation, Programme, ReportSet
from khue.indicators.rules.defining import may_define
from khue.journal.actions import record

MEANING = {
    "unit_of_measure": "", "direction": "up", "kind": "entered", "measure": "", "formula": "", "across": "sum",
    "over_time": "sum", "decimals": 0, "least": Decimal(0), "most": None, "jump": None, "proof_needed": False,
    "proof": "", "why": "", "basis": "", "source": "", "verified": True,
}  # fmt: skip
"""What an indicator means where nothing else is said; `name` must be."""


@transaction.atomic
def begin_programme(code: str, *, title: str, first_year: int, last_year: int, by: Actor, **facts: object) -> Programme:
    """A programme of the office's own; `facts` are other columns (kind, number, issuer, lead …).

    Raises:
        Refused: `programme.not-yours`, `programme.wrong` (years, or a code that is taken).
    """
    require(may_define(by))
    _years_in_order(first_year, last_year)
    if Programme.objects.filter(code=code).exists():
        raise Refused(Refusal("programme.wrong", _("There already is a programme “%(code)s”.") % {"code": code}))
    columns = {"first_year": first_year, "last_year": last_year, **facts}
    made = Programme.objects.create(code=code, title=title[:400], **columns)
    record(made.dossier, "programme.begun", by=by, title=made.title)
    return made


@transaction.atomic
def correct_programme(programme: Programme, *, by: Actor, **facts: object) -> Programme:
    """Change what is said of a programme of the office's own; the journal keeps what stood there.

    Raises:
        Refused: `programme.not-yours`, `programme.shelved`, `programme.wrong` (years).
    """
    taken = Programme.objects.select_for_update().get(pk=programme.pk)
    require(may_define(by, taken))
    before = {name: getattr(taken, name) for name in facts}
    changed = {name: value for name, value in facts.items() if before[name] != value}
    if not changed:
        return taken
    for name, value in changed.items():
        setattr(taken, name, value)
    _years_in_order(taken.first_year, taken.last_year)
    taken.save(update_fields=sorted(changed))
    said = "; ".join(f"{_said(name, before[name])} → {_said(name, value)}" for name, value in changed.items())
    record(taken.dossier, "programme.corrected", by=by, title=taken.title, comment=said)
    return taken


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return _("verified") if value else _("not verified yet")
    return str(dict(Programme.Kind.choices)[value] if name == "kind" else value or "–")  # type: ignore[index]


def _years_in_order(first: int, last: int) -> None:
    if last < first:
        raise Refused(Refusal("programme.wrong", _("The programme's last year lies before its first one.")))


@transaction.atomic
def define_set(
    programme: Programme, code: str, *, label: str, every: str, levels: Iterable[str] = (), by: Actor,
    units: Iterable[Unit] = (), approvals: Iterable[str] = ("head", "lead"),
) -> ReportSet:  # fmt: skip
    """Figures that units report together: of whole levels, and `units` by name. Raises Refused: `programme.*`."""
    require(may_define(by, programme))
    facts = {
        "programme": programme, "label": label[:250], "every": every, "levels": list(levels),
        "approvals": list(approvals),
    }  # fmt: skip
    made, new = ReportSet.objects.update_or_create(
        code=f"{programme.code}-{code}", defaults=facts, create_defaults={**facts, "valid_from": today()}
    )
    made.units.set(units)
    record(programme.dossier, "programme.set-defined", by=by, set=made.label, new=new)
    return made


@dataclass(frozen=True, slots=True)
class NewSet:
    """A set that begins with the indicator it is made for."""

    code: str
    label: str
    every: str
    levels: tuple[str, ...]


@transaction.atomic
def define_indicator(
    programme: Programme, code: str, meaning: Mapping[str, object], *, by: Actor,
    report_set: ReportSet | NewSet | None = None, breakdowns: Iterable[str] = (),
    since: date | None = None,
) -> Indicator:  # fmt: skip
    """Let an indicator mean this from `since` (today) on. One with figures after `since` keeps its meaning until then:
    a formula changed in mid-year counts from the periods that end later.

    Raises:
        Refused: `programme.not-yours`, `programme.shelved`, `programme.wrong`, `formula.*`, `indicator.reported` (a
            day before which figures were reported with the meaning of that time).
    """
    require(may_define(by, programme))
    if isinstance(report_set, NewSet):
        new = report_set
        report_set = define_set(programme, new.code, label=new.label, every=new.every, levels=new.levels, by=by)
    day = since or today()
    columns = {**MEANING, **meaning}
    columns |= counted(columns)
    sound(programme, code, columns, report_set)
    facts = {"programme": programme, "name": columns["name"], "report_set": report_set, "ended_on": None}
    number = programme.indicators.count() + 1
    indicator, fresh = Indicator.objects.update_or_create(
        code=code, defaults=facts, create_defaults={**facts, "number": number}
    )
    if not fresh and not indicator.versions.filter(valid_from=day).exists():
        _not_before_figures(indicator, day)
    if mean(indicator, columns, breakdowns, since=day):
        recalculate()
        record(indicator.dossier, "indicator.defined", by=by, name=indicator.name, since=day)
    return indicator


def counted(columns: Mapping[str, object]) -> dict[str, object]:
    """What follows from its formula, or from the measure that counts it."""
    if columns["formula"]:
        return {"kind": "formula", "across": "ratio", "least": None, "over_time": "last"}
    return {"kind": "measured" if columns["measure"] else "entered"}


def sound(programme: Programme, code: str, columns: Mapping[str, object], report_set: ReportSet | None) -> None:
    """Refuse a meaning that says nothing, or two things. Raises Refused: `programme.wrong`, `formula.*`."""
    said = {"code": code, "measure": columns["measure"]}
    if not re.fullmatch(CODE, code):
        sentence = _("“%(code)s” is no code: small letters without accents, digits, _ and dots between parts.")
        raise Refused(Refusal("programme.wrong", sentence % said))
    if Indicator.objects.filter(code=code).exclude(programme=programme).exists():
        sentence = _("Another programme already has an indicator “%(code)s”; choose another code.")
        raise Refused(Refusal("programme.wrong", sentence % said))
    if columns["formula"] and columns["measure"]:
        raise Refused(Refusal("programme.wrong", _("An indicator is counted or calculated, not both.")))
    if columns["measure"] and columns["measure"] not in measures.countable():
        raise Refused(Refusal("programme.wrong", _("No part of the system counts “%(measure)s”.") % said))
    if columns["formula"]:
        read(str(columns["formula"]))
    elif report_set is None:
        raise Refused(Refusal("programme.wrong", _("Say with which set “%(code)s” is reported.") % said))


def _not_before_figures(indicator: Indicator, day: date) -> None:
    later = Observation.objects.filter(indicator=indicator, period__last__gte=day).order_by("-period__last")
    last = later.select_related("period").first()
    if last is not None:
        sentence = _(
            "“%(name)s” was already reported for %(period)s; a new meaning begins, and it ends, only after that."
        )
        told = {"name": indicator.name, "period": last.period.called}
        raise Refused(Refusal("indicator.reported", sentence % told))


@transaction.atomic
def end_indicator(indicator: Indicator, *, on: date, by: Actor) -> Indicator:
    """Follow an indicator until `on`; what was reported stays. Defining it anew takes it up again.

    Raises:
        Refused: `programme.*`, `indicator.reported` (figures of a period that ends later).
    """
    require(may_define(by, indicator.programme))
    _not_before_figures(indicator, on + timedelta(days=1))
    end(indicator, on=on)
    recalculate()
    record(indicator.dossier, "indicator.ended", by=by, name=indicator.name, on=on)
    return indicator
