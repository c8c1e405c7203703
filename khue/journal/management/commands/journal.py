"""`khue journal verify`: walks the hash chain and names the broken links."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.core.refusals import Refusal, Refused
from khue.journal.chain import verify

WHAT = {
    "changed": gettext_lazy("its content was changed after it was written"),
    "missing": gettext_lazy("it was removed"),
    "cut": gettext_lazy("it does not follow from the entry before it"),
}

SHOWN = 20
"""Broken chains that are named."""


class Command(BaseCommand):
    help = "Checks that nobody changed, removed or slipped in an entry of the journal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Exit 1 with one sentence on stderr when a chain is broken."""
        verdict = verify()
        if verdict.broken is None:
            whole = _("The journal is whole: %(entries)s entries of %(dossiers)s dossiers.")
            self.stdout.write(whole % {"entries": verdict.entries, "dossiers": verdict.dossiers})
            return
        sentence = _("The journal is broken at %(dossier)s, entry %(sequence)s: %(what)s.")
        lines = [
            sentence % {"dossier": one.dossier, "sequence": one.sequence, "what": WHAT[one.what]}
            for one in verdict.breaks[:SHOWN]
        ]
        if len(verdict.breaks) > SHOWN:
            lines.append(_("And in %(count)s more dossiers.") % {"count": len(verdict.breaks) - SHOWN})
        raise Refused(Refusal("journal.broken", "\n".join([*lines, _("Compare with a backup.")])))
