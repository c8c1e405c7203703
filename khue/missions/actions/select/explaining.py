"""How the winner answers the remarks of the council and of the budget team (B2-8-GTHĐ, B3-3-GTTĐKP)."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import Actor
from khue.core.money import dong
from khue.core.refusals import Refusal, Refused
from khue.councils.models import Opinion, Subject
from khue.flow.answers import checked
from khue.flow.models import Data
from khue.flow.shelf.words import words
from khue.journal.actions import record
from khue.missions.actions.select.completing import BUDGET
from khue.missions.actions.select.evaluating import council_of, require_step
from khue.missions.actions.select.opening import locked
from khue.missions.models import Selection
from khue.missions.rules.select.applications import is_author
from khue.missions.rules.select.reviewing import EXPLAINED, definition_of, explanation_of


def remarks(selection: Selection) -> list[str]:
    """What the winner has to answer at this step: what the council said of the application, or what the budget team
    cut and why. A ballot is secret and is not among it; who wrote a review is not told."""
    case = selection.case
    if case is None or selection.winner is None:
        return []
    found = _of_team(selection) if case.step == "winner-revising" else _of_council(selection)
    return list(dict.fromkeys(text.strip() for text in found if text.strip()))


def _of_council(selection: Selection) -> Iterator[str]:
    council = council_of(selection)
    if council is None or selection.winner is None:
        return
    subject = Subject.objects.filter(council=council, dossier=selection.winner.dossier).first()
    if subject is not None:
        yield from (str(text) for text in subject.recommendation.values() if isinstance(text, str))
        yield from Opinion.objects.filter(subject=subject).order_by("pk").values_list("text", flat=True)
    yield council.conclusion


def _of_team(selection: Selection) -> Iterator[str]:
    items = words("items")
    for row in selection.approved_lines.all():
        if row.approved < row.proposed:
            sentence = _("%(item)s, year %(year)s: from %(proposed)s to %(approved)s. %(remark)s")
            yield sentence % {
                "item": items.get(row.item, row.item), "year": row.year, "proposed": dong(row.proposed),
                "approved": dong(row.approved), "remark": row.remark,
            }  # fmt: skip
    case = selection.case
    asked = case.records.filter(move="ask-revision").order_by("-pk").first() if case else None
    if asked is not None:
        yield asked.comment
    team = council_of(selection, BUDGET)
    if team is not None:
        yield team.conclusion


def begun(selection: Selection) -> Data:
    """The explanation as it stands, or the remarks that it begins with."""
    return explanation_of(selection) or {"changes": [{"remark": text} for text in remarks(selection)]}


@transaction.atomic
def explain(selection: Selection, data: Mapping[str, Any], *, by: Actor) -> Selection:
    """Keep the explanation as far as it is written; the move that hands the outline in asks for the whole of it.

    Raises Refused: `selection.wrong-step`, `application.not-yours`, `flow.answer`."""
    current = locked(selection)
    require_step(current, *EXPLAINED)
    assert current.case is not None  # noqa: S101 - every selection is opened with its case
    if current.winner is None or not is_author(by, current.winner):
        raise Refused(Refusal("application.not-yours", _("Only the authors of this application write in it.")))
    answers = checked(definition_of(current).forms["explanation"], data, draft=True)
    current.explained = {**current.explained, current.case.step: answers}
    current.save(update_fields=["explained"])
    count = len([row for row in answers.get("changes") or [] if row.get("answer")])
    record(current.winner.dossier, "application.explained", by=by, count=count)
    selection.refresh_from_db()
    return current
