"""The periodic report on a programme as paper and sheet, in Vietnamese whatever the language of the screen."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from khue.core.clock import today
from khue.directory.models import Unit
from khue.directory.search import department, place_name
from khue.indicators.models import UnitReport
from khue.indicators.models.indicator import CODE
from khue.indicators.rules.courses import chart_of
from khue.indicators.rules.lights import promised
from khue.indicators.rules.programme_report import ProgrammeReport, last_periods, printed, step_of
from khue.indicators.rules.progress import Standing
from khue.indicators.rules.report_sentences import general, in_line, missing, name_of, number, of_indicator, reached
from khue.office.charts import png
from khue.office.excel import Column, workbook
from khue.office.word import official
from khue.office.word.paper import Block, Heading, Item, OfficialPaper, Paragraph, Picture, Signature, Table

NONE = "–"
WIDTH = 560
"""Of the chart, in points of its drawing."""


def subject(report: ProgrammeReport) -> str:
    """What the report is about."""
    return f"Kết quả thực hiện các chỉ tiêu của {name_of(report)}, {in_line(report.period)}"


def word(report: ProgrammeReport) -> bytes:
    """The report as a Word file in the layout of Decree 30/2020, unsigned and without number."""
    with override("vi"):
        return official(_paper(report))


def _paper(report: ProgrammeReport) -> OfficialPaper:
    body = _body(report)
    above = body.parent.name if body.parent else ""
    return OfficialPaper(
        layout="state", parent_body=above, body=body.name, sign=f"BC-{body.abbreviation or '…'}", place=place_name(),
        subject=subject(report), blocks=_blocks(report), type_name="BÁO CÁO", issued_on=today(),
        signature=Signature(post="THỦ TRƯỞNG ĐƠN VỊ", name=""), addressees=[above] if above else (),
        recipients=["Như trên"] if above else (), appendices=_appendices(report),
    )  # fmt: skip


def _body(report: ProgrammeReport) -> Unit:
    """Who reports: the unit itself; for the whole city, the unit that runs the programme."""
    if report.unit.parent is not None:
        return report.unit
    return report.programme.lead or department()


def _blocks(report: ProgrammeReport) -> list[Block]:
    whose = f"Số liệu của {report.unit.name} và các đơn vị trực thuộc." if report.columns else ""
    blocks: list[Block] = [Heading("I. TÌNH HÌNH CHUNG")]
    blocks += [Paragraph(sentence) for sentence in [*general(report), whose] if sentence]
    if report.rows:
        blocks += [Heading("II. KẾT QUẢ THEO TỪNG CHỈ TIÊU")]
        blocks += [
            Item("-", f"{one.version.name}: {of_indicator(one)}") for one in report.rows if one.value is not None
        ]
        if sentence := missing(report):
            blocks.append(Paragraph(sentence))
        blocks += [_targets(report), *_course(report)]
    if table := _by_unit(report) or _by_period(report):
        blocks += [Heading(f"III. SỐ LIỆU THEO {'ĐƠN VỊ' if report.columns else 'KỲ'}"), table]
    return [*blocks, Paragraph(_counted(report), italic=True)]


def _targets(report: ProgrammeReport) -> Table:
    header = ["Chỉ tiêu", "Đơn vị tính", "Đến nay", "Được giao", "Dự báo cả năm", "Đánh giá và cách xếp"]
    rows = [_target_cells(one) for one in report.rows if one.value is not None or one.target]
    return Table(header, rows, "lcrlrl", (0.24, 0.11, 0.14, 0.16, 0.13, 0.22), caption="Tiến độ từng chỉ tiêu")


def _target_cells(row: Standing) -> list[str]:
    aim = f"{promised(row.target)} ({row.target.year})" if row.target else NONE
    light = f"{row.light.label[:1].upper()}{row.light.label[1:]}"
    forecast = row.forecast.value if row.forecast and row.light.state else None
    so_far = _cell(row.value, row)
    return [
        row.version.name, row.version.unit_of_measure, so_far, aim, _cell(forecast, row),
        f"{light}. {row.light.rule}" if row.light.state else light,
    ]  # fmt: skip


def _course(report: ProgrammeReport) -> list[Block]:
    if report.drawn is None:
        return []
    drawn = {**chart_of(report.drawn.indicator, report.points, report.drawn), "width": WIDTH}
    name = report.drawn.version.name
    return [Picture(png(drawn), caption=f"{name} qua các kỳ", alternative=f"Biểu đồ: {name} qua các kỳ")]


def _by_unit(report: ProgrammeReport) -> Table | None:
    if not report.columns or report.columns[0].newest_period is None:
        return None
    states = dict(UnitReport.State.choices)
    header = ["Đơn vị", *(one.version.name for one in report.columns), "Báo cáo"]
    rows = [
        [
            row.unit.name,
            *(_cell(value, one) for value, one in zip(row.values, report.columns, strict=True)),
            str(states.get(row.state, NONE)),
        ]
        for row in report.units
    ]
    caption = f"Số liệu {in_line(report.columns[0].newest_period)} của từng đơn vị"
    widths = (0.34, *(0.5 / len(report.columns) for _column in report.columns), 0.16)
    return Table(header, rows, "l" + "r" * len(report.columns) + "l", widths, caption=caption)


def _by_period(report: ProgrammeReport) -> Table | None:
    periods = last_periods(report.rows)
    rows = []
    for one in report.rows:
        values = {dot.period: printed(dot, one) for dot in one.dots}
        if any(values.get(period) is not None for period in periods):
            rows.append([one.version.name, *(_cell(values.get(period), one) for period in periods)])
    if not rows:
        return None
    header = ["Chỉ tiêu", *(period.label for period in periods)]
    widths = (0.44, *(0.56 / len(periods) for _period in periods))
    return Table(header, rows, "l" + "r" * len(periods), widths, caption="Số liệu của từng kỳ")


def _cell(value: Decimal | None, row: Standing) -> str:
    return NONE if value is None else number(value, row)


def _counted(report: ProgrammeReport) -> str:
    period = report.period
    said = (
        f"Số liệu gồm báo cáo đã gửi và đã duyệt, tính đến {period.last:%d/%m/%Y} là ngày cuối kỳ; "
        f"kỳ báo cáo theo {period.basis}."
    )
    return said if period.verified else f"{said} {_('This rule is not verified yet.')}"


def _appendices(report: ProgrammeReport) -> list[tuple[str, list[Block]]]:
    if not report.rows:
        return []
    names = {one.indicator.code: one.version.name for one in report.rows}
    rows = [[one.version.name, _meaning(one, names), _source(one)] for one in report.rows]
    table = Table(["Chỉ tiêu", "Cách tính", "Nguồn, căn cứ"], rows, "lll", (0.32, 0.34, 0.34))
    return [("Chỉ tiêu được tính thế nào và lấy từ đâu", [table])]


def _meaning(row: Standing, names: dict[str, str]) -> str:
    """How it is counted; a formula in the names that readers know."""
    version = row.version
    formula = re.sub(CODE, lambda found: f"«{names[found[0]]}»" if found[0] in names else found[0], version.formula)
    counted = f"{version.get_kind_display()}: {formula}" if formula else version.get_kind_display()
    return ". ".join(part.rstrip(".") for part in (str(counted), version.why) if part) + "."


def _source(row: Standing) -> str:
    version, target = row.version, row.target
    parts = [version.basis, version.source]
    if not version.verified:
        parts.append("Định nghĩa chưa được kiểm chứng")
    if target and target.source:
        parts.append(f"Số được giao: {target.source}")
    if target and not target.verified:
        parts.append("Số được giao chưa được kiểm chứng")
    told = [part.rstrip(".") for part in parts if part]
    return ". ".join(dict.fromkeys(told)) + "." if told else NONE


def sheet(report: ProgrammeReport) -> bytes:
    """The same figures as a sheet."""
    with override("vi"):
        return workbook(subject(report), _columns(), report.rows, filters={"Đơn vị": report.unit.name})


def _columns() -> list[Column[Standing]]:
    return [
        Column("Chỉ tiêu", lambda row: row.version.name),
        Column("Đơn vị tính", lambda row: row.version.unit_of_measure),
        Column("Đến nay", lambda row: row.value, "decimal"),
        Column("Được giao", lambda row: promised(row.target) if row.target else ""),
        Column("Năm được giao", lambda row: row.target.year if row.target else None, "number"),
        Column("Dự báo cả năm", lambda row: row.forecast.value if row.forecast else None, "decimal"),
        Column("Đã đạt", reached),
        Column("Đánh giá", lambda row: row.light.label),
        Column("Cách xếp", lambda row: row.light.rule),
        Column("Kỳ mới nhất", lambda row: row.newest_period.label if row.newest_period else ""),
        Column("Số của kỳ", lambda row: step.now if (step := step_of(row)) else None, "decimal"),
        Column("Kỳ trước", lambda row: step.before if (step := step_of(row)) else None, "decimal"),
        Column("Tăng, giảm", lambda row: step.change if (step := step_of(row)) else None, "decimal"),
        Column("Đơn vị đã báo cáo", lambda row: row.newest.units if row.newest else None, "number"),
        Column("Đơn vị phải báo cáo", lambda row: row.newest.asked if row.newest else None, "number"),
    ]
