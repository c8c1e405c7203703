"""Indicators of the office's own as a sheet: a row an indicator, with its target of one year."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.actors import Actor
from khue.core.cells import between, choice, day, items, number, short
from khue.core.exchange import Change, Exchange, Field, Outcome, Row, WrongCell, attempt, label_of
from khue.directory.models import Unit
from khue.indicators.actions.defining import begin_programme, define_indicator, define_set
from khue.indicators.actions.targets import set_target
from khue.indicators.models import Indicator, IndicatorVersion, Programme, ReportSet, Target
from khue.indicators.rules.defining import may_define
from khue.language.text import fold

PLACES = 6


def _choice(choices: Any) -> Any:
    return choice(lambda: [(value, label) for value, label in choices.choices])


FIELDS = [
    Field("programme", [gettext_lazy("Programme"), "Mã chương trình"], short(60), required=True, meaning=gettext_lazy(
        "Its code; a new one needs its title as well."
    ), example="ke-hoach-rieng"),
    Field("title", [gettext_lazy("Title of the programme")], short(400), meaning=gettext_lazy("Where it is new.")),
    Field("code", [gettext_lazy("Code of the indicator"), "Mã chỉ tiêu"], short(60), required=True,
          meaning=gettext_lazy("Small letters without accents, digits, _ ; it never changes."), example="lop_tap_huan"),
    Field("name", [gettext_lazy("Name of the indicator"), "Tên chỉ tiêu"], short(300), required=True,
          meaning=gettext_lazy("As people call it."), example="Lớp tập huấn chuyển đổi số"),
    Field("unit_of_measure", [gettext_lazy("Unit of measure"), "Đơn vị tính"], short(60), required=True,
          meaning=gettext_lazy("%, đồng, people …"), example="lớp"),
    Field("set", [gettext_lazy("Reported with"), "Biểu"], short(60), meaning=gettext_lazy(
        "Code of the set; a new one is made with how often and which levels stand here. Empty for a formula."
    ), example="bieu-quy"),
    Field("every", [gettext_lazy("How often")], _choice(ReportSet.Every), meaning=gettext_lazy(
        "For a new set."
    ), example="Hằng quý"),
    Field("levels", [gettext_lazy("Who reports"), "Cấp báo cáo"], items, meaning=gettext_lazy(
        "For a new set: kinds of units, a semicolon between them."
    ), example="commune"),
    Field("formula", [gettext_lazy("Formula"), "Công thức"], short(500), meaning=gettext_lazy(
        "Codes of indicators, numbers, + - * / ( )."
    )),
    Field("measure", [gettext_lazy("Counted by"), "Hệ thống đếm"], short(60), meaning=gettext_lazy(
        "What the system counts: directives.on_time, needs.sent …"
    )),
    Field("direction", [gettext_lazy("Direction"), "Chiều"], _choice(IndicatorVersion.Direction),
          meaning=gettext_lazy("The more the better when left empty.")),
    Field("across", [gettext_lazy("Across units"), "Gộp các đơn vị"], _choice(IndicatorVersion.Across),
          meaning=gettext_lazy("Sum when left empty.")),
    Field("over_time", [gettext_lazy("Over time"), "Gộp các kỳ"], _choice(IndicatorVersion.OverTime),
          meaning=gettext_lazy("Sum when left empty.")),
    Field("decimals", [gettext_lazy("Digits after the comma")], between(0, PLACES), meaning=gettext_lazy(
        "None when left empty."
    ), kind="number"),
    Field("most", [gettext_lazy("At most")], number(PLACES), meaning=gettext_lazy("Larger figures are refused.")),
    Field("basis", [gettext_lazy("Basis")], short(400), meaning=gettext_lazy("Document and article, or house.")),
    Field("since", [gettext_lazy("From the day")], day, meaning=gettext_lazy("Today when left empty."), kind="date"),
    Field("year", [gettext_lazy("Target year")], between(2000, 2100), meaning=gettext_lazy("Of the target beside it."),
          kind="number"),
    Field("target", [gettext_lazy("Target"), "Mục tiêu"], number(PLACES), meaning=gettext_lazy(
        "At least so much in the target year, for the whole city."
    ), kind="number"),
]  # fmt: skip
MEANING = (
    "name",
    "unit_of_measure",
    "formula",
    "measure",
    "direction",
    "across",
    "over_time",
    "decimals",
    "most",
    "basis",
)


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Define the indicator of each row; rows may use those above them in their formulas."""
    return (attempt(row, lambda row: _define(row, by)) for row in rows)


def _define(row: Row, by: Actor) -> Change:
    given = row.values
    programme = _programme(row, by)
    meaning = {name: given[name] for name in MEANING if given[name] not in (None, "")}
    before = Indicator.objects.filter(code=given["code"]).first()
    was = before.versions.order_by("-valid_from").first() if before else None
    changed = was is None or any(getattr(was, name) != value for name, value in meaning.items())
    if changed:
        report_set = _set(row, programme, by) or (before.report_set if before else None)
        indicator = define_indicator(
            programme, given["code"], meaning, by=by, report_set=report_set, since=given["since"]
        )
    else:
        assert before is not None  # noqa: S101 - it has a meaning
        indicator = before
    targeted = _target(row, indicator, by)
    effect = "new" if before is None else "changed" if changed or targeted else "same"
    return Change(row.number, effect, indicator.name)  # type: ignore[arg-type]  # one of the three


def _programme(row: Row, by: Actor) -> Programme:
    code, year = row.values["programme"], row.values["year"]
    found = Programme.objects.filter(code=code).first()
    if found:
        return found
    if not row.values["title"] or not year:
        sentence = _("There is no programme “%(code)s”; give the title and a target year of a new one.")
        raise WrongCell(label_of(FIELDS, "programme"), sentence % {"code": code})
    return begin_programme(code, title=row.values["title"], first_year=year, last_year=year, by=by, kind="plan")


def _set(row: Row, programme: Programme, by: Actor) -> ReportSet | None:
    code = row.values["set"]
    if not code:
        return None
    found = ReportSet.objects.filter(programme=programme, code=f"{programme.code}-{code}").first()
    if found:
        return found
    if not row.values["every"] or not row.values["levels"]:
        sentence = _("The set “%(code)s” is new: say how often, and which levels report.")
        raise WrongCell(label_of(FIELDS, "set"), sentence % {"code": code})
    kinds = {fold(name): kind for kind, label in Unit.Kind.choices for name in (kind, str(label))}
    unknown = [name for name in row.values["levels"] if fold(name) not in kinds]
    if unknown:
        sentence = _("“%(name)s” is no level; there are: %(known)s.")
        told = {"name": unknown[0], "known": ", ".join(str(label) for label in Unit.Kind.labels)}
        raise WrongCell(label_of(FIELDS, "levels"), sentence % told)
    levels = [kinds[fold(name)] for name in row.values["levels"]]
    return define_set(programme, code, label=code, every=row.values["every"], levels=levels, by=by)


def _target(row: Row, indicator: Indicator, by: Actor) -> bool:
    value, year = row.values["target"], row.values["year"]
    if value is None:
        return False
    if not year:
        raise WrongCell(label_of(FIELDS, "year"), _("Say for which year the target is."))
    if Target.objects.filter(indicator=indicator, unit=None, year=year, bound="least", value=value).exists():
        return False
    set_target(indicator, year, value, by=by)
    return True


def export(_by: Actor) -> Iterable[Mapping[str, Any]]:
    """The office's own indicators with their nearest targets, as `enter` reads them."""
    rows = IndicatorVersion.objects.filter(indicator__programme__shelved=False, valid_to=None)
    rows = rows.select_related("indicator__programme", "indicator__report_set").prefetch_related("indicator__targets")
    for row in rows.order_by("indicator__programme", "indicator__number"):
        one, report_set = row.indicator, row.indicator.report_set
        target = next((each for each in one.targets.all() if each.unit_id is None), None)
        yield {
            **{name: getattr(row, name) for name in MEANING},
            "direction": row.get_direction_display(), "over_time": row.get_over_time_display(),
            "across": "" if row.formula else row.get_across_display(), "programme": one.programme.code,
            "title": one.programme.title, "code": one.code,
            "set": report_set.code.removeprefix(f"{one.programme.code}-") if report_set else "",
            "every": report_set.get_every_display() if report_set else "",
            "levels": "; ".join(report_set.levels) if report_set else "", "since": row.valid_from,
            "year": target.year if target else None, "target": target.value if target else None,
        }  # fmt: skip


INDICATORS = Exchange(
    name="indicators",
    label=gettext_lazy("Indicators"),
    purpose=gettext_lazy("Programmes and indicators of your own, which no file of the shelf defines."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may_define,
    notes=[gettext_lazy("What was reported before keeps the meaning that it had then.")],
    order=64,
)
