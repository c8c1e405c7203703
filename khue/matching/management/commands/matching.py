"""`khue matching sweep [--resume]` finds all pairs of records that look the same; `khue matching reconcile` brings what
search knows in line with all records."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from khue.matching.actions import reconcile, sweep_now


class Command(BaseCommand):
    help = "So mọi hồ sơ với nhau tìm chỗ trùng, hoặc dựng lại chỉ mục tìm kiếm cho khớp hồ sơ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["sweep", "reconcile"])
        parser.add_argument("--resume", action="store_true", help="go on where the last comparison was broken off")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Exit 1 with one sentence on stderr where another process is at it, or there is nothing to resume."""
        if options["what"] == "reconcile":
            told = _("%(count)s records were brought in line.")
            self.stdout.write(told % {"count": reconcile()})
            return
        done = sweep_now(resume=options["resume"])
        told = _("Compared %(records)s records with each other: %(pairs)s pairs look the same.")
        self.stdout.write(told % {"records": done.total, "pairs": done.found})
