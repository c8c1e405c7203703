"""`khue export`: a list as a workbook that `khue import` reads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from khue.core import exchange
from khue.core.actors import IMPORTER
from khue.office.lists import exported


class Command(BaseCommand):
    help = "Xuất một danh sách ra tệp Excel; sửa xong nhập lại được bằng `khue import`."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=[each.name for each in exchange.kinds()], help="loại danh sách")
        parser.add_argument("-o", "--output", type=Path, help="tệp ghi ra (mặc định: KIND.xlsx)")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = exchange.named(options["kind"])
        assert found is not None  # noqa: S101 - one of the choices
        path = options["output"] or Path(f"{found.name}.xlsx")
        path.write_bytes(exported(found, by=IMPORTER))
        self.stdout.write(f"{found.label}: {path}")
