from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from khue.site.upkeep.restore import restore


class Command(BaseCommand):
    """`khue restore DIR`"""

    help = "Khôi phục từ bản sao lưu vào một hệ thống còn trống; kiểm tra mã băm trước khi nạp."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *, folder: Path, **_options: Any) -> None:
        manifest, differing = restore(folder)
        facts = {"made_at": manifest.made_at, "rows": sum(manifest.rows.values()), "files": manifest.attachments}
        self.stdout.write(_("Restored the state of %(made_at)s: %(rows)s rows, %(files)s files.") % facts)
        for name in differing:
            self.stdout.write(_("The installed shelf differs from the backup in %(file)s.") % {"file": name})
        self.stdout.write(_("Now run `khue migrate`, then start `khue serve` and `khue worker`."))
