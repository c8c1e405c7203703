from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from khue.site.upkeep.backup import backup


class Command(BaseCommand):
    """`khue backup DIR`"""

    help = "Sao lưu toàn bộ (cơ sở dữ liệu, tệp, các bản quy trình) vào một thư mục mới."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder: Path, **_options: Any) -> None:
        manifest = backup(folder)
        facts = {"folder": folder, "rows": sum(manifest.rows.values()), "files": manifest.attachments}
        self.stdout.write(_("Backup written to %(folder)s: %(rows)s rows, %(files)s files.") % facts)
