"""Counting directives by how they stand: for boards, documents and reports."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khue.documents.models import Directive


@dataclass(slots=True)
class Figures:
    """How many directives stand how, and in how many units the overdue ones are."""

    counts: Counter[str] = field(default_factory=Counter)
    late_units: Counter[int] = field(default_factory=Counter)

    def of(self, standing: str) -> int:
        """How many stand so."""
        return self.counts[standing]

    @property
    def open(self) -> int:
        """Those on which the lead unit still works."""
        return self.counts["overdue"] + self.counts["due-soon"] + self.counts["on-time"]

    @property
    def closed(self) -> int:
        """Those reported done or accepted."""
        return self.counts["done"] + self.counts["done-late"]

    @property
    def total(self) -> int:
        """All of them."""
        return self.open + self.closed

    @classmethod
    def count(cls, rows: Iterable[tuple[str, str, int]]) -> "Figures":
        """From (standing, state, lead unit) of each directive."""
        figures = cls()
        for standing, state, lead in rows:
            figures.counts[standing] += 1
            figures.counts["reported"] += state == Directive.State.REPORTED
            if standing == "overdue":
                figures.late_units[lead] += 1
        return figures


def leading_sentence(figures: Figures) -> str:
    """What matters first, in one sentence."""
    overdue, soon = figures.of("overdue"), figures.of("due-soon")
    if not figures.total:
        return _("No directive has been assigned yet.")
    if overdue:
        units = len(figures.late_units)
        worst = sum(count for _unit, count in figures.late_units.most_common(3))
        said = ngettext("%(n)d directive is overdue", "%(n)d directives are overdue", overdue) % {"n": overdue}
        if units > 3:
            return said + _(", %(worst)d of them in three units.") % {"worst": worst}
        return said + ngettext(", in %(n)d unit.", ", in %(n)d units.", units) % {"n": units}
    if soon:
        return ngettext(
            "Nothing is overdue; %(n)d directive is due soon.",
            "Nothing is overdue; %(n)d directives are due soon.",
            soon,
        ) % {"n": soon}
    return _("Nothing is overdue and nothing is due soon.")
