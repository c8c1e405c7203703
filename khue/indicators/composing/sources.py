"""Where numbers come from, in words and as an address: what a click on a number in a composed report leads to."""

from decimal import Decimal

from django.urls import reverse
from django.utils.http import urlencode

from khue.directory.models import Unit
from khue.indicators import measures
from khue.indicators.composing.values import UNKNOWN, Fact
from khue.indicators.models import Period, Programme, ReportSet
from khue.indicators.pieces import Number, Source
from khue.indicators.rules.checking import told
from khue.indicators.rules.lights import promised
from khue.indicators.rules.progress import Standing


def in_line(period: Period) -> str:
    """A period's label inside a sentence: `quý I năm 2026`."""
    return period.label[:1].lower() + period.label[1:]


def number(value: Decimal | int | None, source: Source, decimals: int = 0) -> Fact:
    """A figure as people here write it, with where it comes from; not known without a value."""
    if value is None:
        return UNKNOWN
    rounded = round(Decimal(value), decimals)
    return Fact(rounded, (Number(told(rounded), source),), is_figure=True)


def of_figure(row: Standing, unit: Unit, period: Period | None, what: str) -> Source:
    """A figure of an indicator. `what` says which, in words."""
    how = f"{row.version.name}, {what}"
    if row.newest is not None and period == row.newest_period:
        asked = f"{row.newest.units} trên {row.newest.asked} đơn vị đã báo cáo" if row.newest.asked else ""
        how += f"; {asked or f'số liệu của {row.newest.units} đơn vị'}"
    return {
        "kind": "figure", "indicator": row.indicator.code, "unit": unit.pk, "how": f"{how}.",
        "period": period.code if period else "",
    }  # fmt: skip


def of_target(row: Standing) -> Source:
    """A number that was promised."""
    target = row.target
    where = f", {target.source.rstrip('.')}" if target and target.source else ""
    unverified = "; chưa được kiểm chứng" if target and not target.verified else ""
    year = target.year if target else ""
    how = f"{row.version.name}: số được giao cho năm {year}{where}{unverified}."
    return {"kind": "target", "indicator": row.indicator.code, "how": how}


def of_count(programme: Programme | None, unit: Unit, period: Period, how: str, light: str = "") -> Source:
    """How many indicators there are, or stand in some light."""
    code = programme.code if programme else ""
    until = period.last.isoformat()
    return {"kind": "count", "programme": code, "unit": unit.pk, "until": until, "light": light, "how": how}


def of_set(report_set: ReportSet, period: Period, how: str) -> Source:
    """How many units reported a set."""
    return {"kind": "set", "set": report_set.code, "period": period.code, "how": how}


def of_measure(name: str, label: str, unit: Unit, period: Period) -> Source:
    """Records that the system counted."""
    how = f"{label}, {in_line(period)}, {unit.name}: đếm từ hồ sơ trong hệ thống."
    return {"kind": "measure", "measure": name, "unit": unit.pk, "period": period.code, "how": how}


def measured(name: str, unit: Unit, period: Period) -> Fact:
    """A registered measure of the unit with all below it, in a period; not known where no app counts it."""
    found = measures.named(name)
    if found is None:
        return UNKNOWN
    value = Decimal(found.count(period, [unit.pk]).get(unit.pk, 0))
    return number(value, of_measure(name, str(found.label), unit, period), decimals=0 if value == int(value) else 1)


def record_named(title: str, address: str, how: str) -> Number:
    """The words by which one record is called, leading to it."""
    return Number(" ".join(title.split()).rstrip(".;"), {"kind": "record", "address": address, "how": how})


def address_of(source: Source) -> str:
    """The page that shows how it was counted; empty for one that has none."""
    match source.get("kind"):
        case "figure" | "target":
            asked = {name: source[name] for name in ("unit", "period") if source.get(name)}
            return _with(reverse("indicators:indicator", args=[source["indicator"]]), asked)
        case "count" if source["programme"]:
            asked = {name: source[name] for name in ("unit", "until", "light") if source.get(name)}
            return _with(reverse("indicators:programme", args=[source["programme"]]), asked)
        case "set":
            return reverse("indicators:cycle", args=[source["set"], source["period"]])
        case "measure":
            asked = {name: source[name] for name in ("unit", "period")}
            return _with(reverse("indicators:measured", args=[source["measure"]]), asked)
        case "record":
            return str(source["address"])
    return ""


def _with(address: str, asked: dict[str, str | int]) -> str:
    return f"{address}?{urlencode(asked)}" if asked else address


def aim(row: Standing) -> Fact:
    """The promised number in the words of its document."""
    if row.target is None:
        return UNKNOWN
    return Fact(row.target.value, (Number(promised(row.target), of_target(row)),), is_figure=True)
