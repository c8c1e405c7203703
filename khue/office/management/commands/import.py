"""`khue import`: a dry run of a sheet, or with `--apply` the sheet itself, all or nothing."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from khue.core import exchange
from khue.core.actors import IMPORTER, Actor
from khue.core.exchange import Problem
from khue.core.refusals import Refusal, Refused
from khue.office.actions import Report, apply, rehearse
from khue.office.sheets import read


def existing(path: str) -> Path:
    """A path that leads to a file."""
    if not Path(path).is_file():
        raise ArgumentTypeError(f"không có tệp {path}")
    return Path(path)


class Command(BaseCommand):
    help = "Nhập một danh sách từ tệp Excel: mặc định chỉ chạy thử; thêm --apply để nhập thật, được cả hoặc không gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[each.name for each in exchange.kinds()], help="loại danh sách")
        parser.add_argument("file", type=existing, help="tệp .xlsx, .xls hoặc .ods")
        parser.add_argument("--apply", action="store_true", help="nhập thật khi không có lỗi nào")
        parser.add_argument("--by", metavar="EMAIL", help="người nhập, để ghi vào nhật ký và xét quyền")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = exchange.named(options["kind"])
        assert found is not None  # noqa: S101 - one of the choices
        by = self._actor(options["by"])
        path: Path = options["file"]
        sheet = read(path.read_bytes(), path.name, found.fields)
        real: bool = options["apply"]
        report = apply(found, sheet, by=by, name=path.name) if real else rehearse(found, sheet, by=by)
        self._tell(report)
        if report.problems:
            rows = len({problem.row for problem in report.problems})
            raise Refused(Refusal("sheet.problems", f"{len(report.problems)} lỗi ở {rows} dòng; chưa nhập gì."))
        self._conclude(report, applied=real)

    def _actor(self, email: str | None) -> Actor:
        if not email:
            return IMPORTER
        user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise Refused(Refusal("user.unknown", f"Không có tài khoản nào đang dùng với địa chỉ {email}."))
        return user

    def _tell(self, report: Report) -> None:
        for problem in report.problems:
            self.stdout.write(_line(problem))
        for change in report.changes:
            if change.effect != "same":
                said = {"new": "thêm", "changed": "đổi"}[change.effect]
                details = f" ({change.details})" if change.details else ""
                self.stdout.write(f"dòng {change.row}: {said} {change.what}{details}")

    def _conclude(self, report: Report, *, applied: bool) -> None:
        did = "Đã nhập" if applied else "Chạy thử, chưa nhập gì"
        counts = f"{report.count('new')} dòng mới, {report.count('changed')} dòng đổi, {report.count('same')} dòng giữ"
        self.stdout.write(f"{did}: {counts} nguyên.")
        if not applied and report.doing:
            self.stdout.write(f"Không có lỗi. Để nhập thật: khue {' '.join(sys.argv[1:])} --apply")


def _line(problem: Problem) -> str:
    where = f"dòng {problem.row}" + (f", cột “{problem.column}”" if problem.column else "")
    return f"{where}: {problem.reason}"
