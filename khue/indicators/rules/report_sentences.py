"""The sentences of a periodic report on a programme: plain administrative Vietnamese that says what the figures show.

They are part of a Vietnamese document, so they are Vietnamese in every language of the screen. No cause, no praise:
whoever signs the report adds those.
"""

from collections import Counter
from decimal import Decimal

from khue.indicators.models import Period
from khue.indicators.rules.checking import told
from khue.indicators.rules.lights import met, promised
from khue.indicators.rules.programme_report import Called, ProgrammeReport, Step, step_of
from khue.indicators.rules.progress import Standing

NOUNS = {"plan": "Kế hoạch", "index": "Bộ chỉ số", "statistics": "Chế độ thống kê"}
ORDER = ("done", "on-time", "due-soon", "overdue", "waiting")
"""States of lights, as they are told one after another."""


def name_of(report: ProgrammeReport) -> str:
    """`Chương trình 07-CTr/TU`."""
    programme = report.programme
    return f"{NOUNS.get(programme.kind, 'Chương trình')} {programme.number or programme.title}"


def general(report: ProgrammeReport) -> list[str]:
    """How many targets stand how, and who reported."""
    year, rows = report.period.year, report.rows
    if not rows:
        return [f"{name_of(report)} chưa có chỉ tiêu nào được theo dõi trong kỳ."]
    judged = [one for one in rows if one.light.state]
    told_ = f"{name_of(report)} có {len(rows)} chỉ tiêu được theo dõi"
    if not judged:
        first = f"{told_}; chưa chỉ tiêu nào có số được giao cho năm {year}."
    else:
        first = f"{told_}, trong đó {len(judged)} chỉ tiêu có số được giao cho năm {year}: {_states(judged)}."
    return [first, *_who(report)]


def _states(judged: list[Standing]) -> str:
    in_order = sorted(judged, key=lambda row: ORDER.index(row.light.state))
    return ", ".join(f"{count} {label}" for label, count in Counter(row.light.label for row in in_order).items())


def _who(report: ProgrammeReport) -> list[str]:
    if not report.called:
        return [f"Hệ thống không có đợt báo cáo nào của {in_line(report.period)}."]
    return [_reported(one, report.period) for one in report.called]


def _reported(one: Called, period: Period) -> str:
    return f"{one.label}, {in_line(period)}: {one.reported} trên {one.asked} đơn vị đã báo cáo."


def missing(report: ProgrammeReport) -> str:
    """The indicators of which nothing is known; empty when something is known of all."""
    names = [one.version.name for one in report.rows if one.value is None]
    return f"Chưa có số liệu của {len(names)} chỉ tiêu: {'; '.join(names)}." if names else ""


def of_indicator(row: Standing) -> str:
    """What is known of one indicator, after its name."""
    step, parts = step_of(row), [_so_far(row), _aim(row)]
    if step is not None:
        parts.append(_step(row, step))
    if row.newest is not None:
        units, asked = row.newest.units, row.newest.asked
        parts.append(f"{units} trên {asked} đơn vị đã báo cáo" if asked else f"Số liệu của {units} đơn vị")
    return ". ".join(part for part in parts if part) + "."


def _so_far(row: Standing) -> str:
    if row.value is None or row.newest_period is None:
        return "chưa có số liệu"
    return f"đến hết {in_line(row.newest_period)} là {measured(row.value, row)}"


def _aim(row: Standing) -> str:
    if row.target is None:
        return ""
    words = f"Số được giao cho năm {row.target.year}: {promised(row.target)}"
    if not row.light.state:
        return words
    reckoned = row.forecast is not None and row.light.state != "done"
    forecast = f", dự báo cả năm {measured(row.forecast.value, row)}" if reckoned and row.forecast else ""
    return f"{words}{forecast}, {row.light.label}"


def _step(row: Standing, step: Step) -> str:
    """The newest period's own figure where it is another than the one so far, and what changed."""
    same = row.value is not None and round(row.value, row.version.decimals) == step.now
    own = "" if same else f"Số của {in_line(step.period)} là {measured(step.now, row)}"
    said = [part for part in (own, _against(row, step)) if part]
    text = ", ".join(said)
    return text[:1].upper() + text[1:]


def _against(row: Standing, step: Step) -> str:
    if step.breaks:
        return "không so sánh với kỳ trước vì đơn vị báo cáo đã thay đổi"
    if step.change is None or step.before is None or step.period_before is None:
        return ""
    return f"{changed(step.change, row)} {in_line(step.period_before)} ({number(step.before, row)})"


def changed(change: Decimal, row: Standing) -> str:
    """`tăng 5 sáng kiến so với`: the word agrees with the sign, the number has none."""
    if not change:
        return "bằng"
    measure = "điểm phần trăm" if row.version.unit_of_measure.strip() == "%" else row.version.unit_of_measure
    return f"{'tăng' if change > 0 else 'giảm'} {number(abs(change), row)} {measure} so với"


def number(value: Decimal, row: Standing) -> str:
    """A figure rounded as its indicator is reported, `1.234,5`."""
    return told(round(value, row.version.decimals))


def measured(value: Decimal, row: Standing) -> str:
    """The same with its unit of measure."""
    return f"{number(value, row)} {row.version.unit_of_measure}"


def in_line(period: Period) -> str:
    """A period's label inside a sentence: `quý I năm 2026`."""
    return period.label[:1].lower() + period.label[1:]


def reached(row: Standing) -> bool:
    """Whether the figure so far keeps what was promised for the year."""
    return bool(row.light.state and row.target and row.value is not None and met(row.target, row.value))
