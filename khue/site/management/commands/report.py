"""`khue report NAME --unit … --period … -o FILE.docx`: composes a report."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.periods import period
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.directory.search import department, resolve_unit
from khue.documents.models import Directive
from khue.documents.rules.directive_report import state_of_directives
from khue.documents.views import directive_paper
from khue.indicators.actions.periods import named
from khue.indicators.composing.drafting import best_programme, paper_about, paper_from
from khue.indicators.composing.paper import excel, word
from khue.indicators.composing.shelf import templates_on
from khue.indicators.models import Period, Programme
from khue.indicators.rules.programmes import whole

Made = dict[str, Callable[[], bytes]]
"""Ending of the file -> what writes it."""


class Command(BaseCommand):
    help = (
        "Soạn báo cáo từ số liệu trong hệ thống. directives: tình hình thực hiện nhiệm vụ được giao; "
        "programme: kết quả thực hiện các chỉ tiêu của một chương trình; còn lại là các mẫu trong processes/reports."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [*REPORTS, *sorted(templates_on(today()))]
        parser.add_argument("name", choices=names, help="báo cáo nào")
        parser.add_argument("--unit", default="", help="mã hoặc tên đơn vị; bỏ trống là toàn thành phố")
        parser.add_argument("--period", required=True, help="2026, 2026-H1, 2026-9M, 2026-Q2 hoặc 2026-06")
        about = "mã chương trình, chỉ cho báo cáo programme; bỏ trống là chương trình có nhiều số liệu nhất trong kỳ"
        parser.add_argument("--programme", default="", help=about)
        parser.add_argument("-o", "--output", type=Path, required=True, help="tệp .docx hoặc .xlsx sẽ ghi")

    def handle(self, *_args: Any, **options: Any) -> None:
        output = options["output"]
        made = REPORTS.get(options["name"], _from_template)(_unit(options["unit"]), options)
        if output.suffix.lower() not in made:
            sentence = _("The file must end in .docx or .xlsx; “%(name)s” does not.")
            raise Refused(Refusal("report-format", sentence % {"name": output.name}))
        data = made[output.suffix.lower()]()
        try:
            output.write_bytes(data)
        except OSError as error:
            sentence = _("Cannot write %(file)s: %(why)s")
            raise Refused(Refusal("report-not-written", sentence % {"file": output, "why": error.strerror})) from error
        self.stdout.write(str(output))


def _directives(unit: Unit | None, options: dict[str, Any]) -> Made:
    state = state_of_directives(Directive.objects.all(), period(options["period"]), unit, today())
    return {
        ".docx": lambda: directive_paper.word(state, body=_body(unit)),
        ".xlsx": lambda: directive_paper.sheet(state),
    }


def _programme(unit: Unit | None, options: dict[str, Any]) -> Made:
    unit, when = unit or whole(), named(options["period"])
    paper = paper_about(_about(options["programme"], unit, when), unit, when)
    return {".docx": lambda: word(paper, on=today()), ".xlsx": lambda: excel(paper)}


def _from_template(unit: Unit | None, options: dict[str, Any]) -> Made:
    """A report from a template of the shelf: of the department where it has one of its own, else of the city."""
    template, when = templates_on(today())[options["name"]], named(options["period"])
    unit = unit or (department() if "department" in template.of else whole())
    programme = _about(options["programme"], unit, when) if template.programmes is None else None
    paper = paper_from(template, unit, when, programme)
    return {".docx": lambda: word(paper, on=today()), ".xlsx": lambda: excel(paper)}


def _about(code: str, unit: Unit, when: Period) -> Programme:
    """The programme of that code, else the one with most figures. Raises Refused when there is none."""
    named_ = Programme.objects.select_related("lead__parent").filter(code=code).first()
    found = named_ if code else best_programme(unit, when)
    if found is None:
        known = ", ".join(Programme.objects.order_by("code").values_list("code", flat=True))
        sentence = _("No programme has the code “%(code)s”. There are: %(known)s.")
        raise Refused(Refusal("report-programme", sentence % {"code": code, "known": known or "–"}))
    return found


REPORTS: dict[str, Callable[[Unit | None, dict[str, Any]], Made]] = {
    "directives": _directives,
    "programme": _programme,
}


def _unit(words: str) -> Unit | None:
    """The unit of that code or name. Raises Refused when there is none."""
    if not words:
        return None
    found = Unit.objects.filter(code=words).first() or resolve_unit(words, today())
    if found is None:
        sentence = _("“%(name)s” is not in the directory. Choose a unit or create it.")
        raise Refused(Refusal("report-unit", sentence % {"name": words}))
    return found


def _body(unit: Unit | None) -> Unit | None:
    """Whose report it is: the unit's, else that of the city's leading body."""
    if unit is not None:
        return unit
    return Unit.objects.as_of(today()).filter(kind=Unit.Kind.AUTHORITY, parent=None).order_by("pk").first()
