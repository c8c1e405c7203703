"""Keeping the text parts of a report: what a colleague wrote meanwhile is never written over."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.refusals import Refusal, Refused
from khue.indicators.models import UnitReport
from khue.indicators.rules.wording import WROTE, writers_of
from khue.journal.actions import record


def keep_texts(
    report: UnitReport, texts: Mapping[str, str], *, by: Actor, was: Mapping[str, str], revision: int | None
) -> tuple[bool, list[str]]:
    """Put `texts` into the locked `report`; `was` is what the page showed before they were written, by name.

    Returns whether anything changed, and the names of those that are left as they are because somebody else changed
    them meanwhile. Raises Refused `report.changed-meanwhile` where a `revision` is given and older.
    """
    labels = {part["name"]: part["label"] for part in report.cycle.report_set.texts}
    typed = {name: plain(text) for name, text in texts.items() if name in labels}
    new = {name: text for name, text in typed.items() if plain(report.texts.get(name, "")) != text}
    if new and revision is not None and revision != report.revision:
        sentence = _("Somebody else changed this report meanwhile. Your text is still on the page: load the page anew, "
                     "compare, and save again.")  # fmt: skip
        raise Refused(Refusal("report.changed-meanwhile", sentence))
    contested = [name for name in new if _changed(report, name, was)]
    kept = {name: text for name, text in new.items() if name not in contested}
    report.texts = {**report.texts, **kept}
    wrote = writers_of(report) if kept else {}
    for name in kept:
        if name not in wrote or wrote[name].actor_id != by.actor_id:
            record(report.dossier, WROTE, by=by, name=name, label=labels[name])
    return bool(kept), contested


def _changed(report: UnitReport, name: str, was: Mapping[str, str]) -> bool:
    """Whether a text is another than the page showed; one that nobody wrote yet is only begun by the system."""
    return name in was and name in report.texts and plain(report.texts[name]) != plain(was[name])


def plain(text: str) -> str:
    """A text without blanks around it, whichever line ends a browser sends."""
    return text.replace("\r\n", "\n").strip()
