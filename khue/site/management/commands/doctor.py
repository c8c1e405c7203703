from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from khue.core.refusals import Refusal, Refused
from khue.site.upkeep.doctor import examine

MARKS = {"good": "✓", "minor": "!", "bad": "✗"}


class Command(BaseCommand):
    """`khue doctor`"""

    help = "Nêu bằng lời thường những gì còn thiếu hoặc sai trên máy này."
    requires_system_checks = []

    def handle(self, **_options: Any) -> None:
        bad = 0
        for finding in examine():
            bad += finding.level == "bad"
            self.stdout.write(f"{MARKS[finding.level]} {finding.subject}: {finding.sentence}")
        if bad:
            sentence = _("Things that must be put right: %(count)d.")
            raise Refused(Refusal("unwell", sentence % {"count": bad}))
        self.stdout.write(_("Khuê can work here."))
