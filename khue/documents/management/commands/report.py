"""`khue report directives --unit … --period … -o FILE.docx`: composes a report."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.periods import period
from khue.core.refusals import Refusal, Refused
from khue.directory.models import Unit
from khue.directory.search import resolve_unit
from khue.documents.models import Directive
from khue.documents.rules.directive_report import state_of_directives
from khue.documents.views import directive_paper


class Command(BaseCommand):
    help = "Soạn báo cáo từ số liệu trong hệ thống. directives: tình hình thực hiện nhiệm vụ được giao."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=["directives"], help="báo cáo nào")
        parser.add_argument("--unit", default="", help="mã hoặc tên đơn vị; bỏ trống là toàn thành phố")
        parser.add_argument("--period", required=True, help="2026, 2026-H1, 2026-9M, 2026-Q2 hoặc 2026-06")
        parser.add_argument("-o", "--output", type=Path, required=True, help="tệp .docx hoặc .xlsx sẽ ghi")

    def handle(self, *_args: Any, **options: Any) -> None:
        unit, output = _unit(options["unit"]), options["output"]
        state = state_of_directives(Directive.objects.all(), period(options["period"]), unit, today())
        if output.suffix.lower() == ".xlsx":
            data = directive_paper.sheet(state)
        elif output.suffix.lower() == ".docx":
            data = directive_paper.word(state, body=_body(unit), place=directive_paper.place_name())
        else:
            sentence = _("The file must end in .docx or .xlsx; “%(name)s” does not.")
            raise Refused(Refusal("report-format", sentence % {"name": output.name}))
        try:
            output.write_bytes(data)
        except OSError as error:
            sentence = _("Cannot write %(file)s: %(why)s")
            raise Refused(Refusal("report-not-written", sentence % {"file": output, "why": error.strerror})) from error
        self.stdout.write(str(output))


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
