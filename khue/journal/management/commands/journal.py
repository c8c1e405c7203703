"""`khue journal verify`: walks the hash chain and names the broken links."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.refusals import Refusal, Refused
from khue.journal.chain import ENDS, Break, compare, verify

WHAT = {
    "changed": gettext_lazy("its content was changed after it was written"),
    "missing": gettext_lazy("it was removed"),
    "cut": gettext_lazy("it does not follow from the entry before it"),
    "gone": gettext_lazy("it and all after it, up to entry %(last)s, were removed"),
    "unended": gettext_lazy("the dossier is kept as having another number of entries, or another last one"),
    "replaced": gettext_lazy("the backup has another entry in its place"),
}

SHOWN = 20
"""Broken chains that are named."""


class Command(BaseCommand):
    help = "Kiểm tra không ai sửa, xóa hay chèn dòng nào vào nhật ký."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--backup", metavar="DIR", type=Path, help="a backup whose ends of chains must still stand")

    def handle(self, *, backup: Path | None = None, **_options: Any) -> None:
        """Exit 1 with a sentence for each broken chain on stderr."""
        verdict = verify()
        breaks = verdict.breaks or (compare(backup / ENDS) if backup else ())
        if breaks:
            raise Refused(Refusal("journal.broken", "\n".join([*_named(breaks), _("Compare with a backup.")])))
        whole = _("The journal is whole: %(entries)s entries of %(dossiers)s dossiers.")
        self.stdout.write(whole % {"entries": verdict.entries, "dossiers": verdict.dossiers})


def _named(breaks: Sequence[Break]) -> Iterator[str]:
    sentence = _("The journal is broken at %(dossier)s, entry %(sequence)s: %(what)s.")
    for one in breaks[:SHOWN]:
        what = WHAT[one.what] % {"last": one.last}
        yield sentence % {"dossier": one.dossier, "sequence": one.sequence, "what": what}
    if len(breaks) > SHOWN:
        yield _("And in %(count)s more dossiers.") % {"count": len(breaks) - SHOWN}
