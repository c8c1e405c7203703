"""What a mission owes, on the desks of those who are next: each report, request, inspection and repayment has a case of
its own, which follows the mission; and a running mission rests while one of them says what is next."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import override

from khue.core.actors import CALENDAR, Actor
from khue.core.by_number import NUMBER, ByNumber
from khue.core.clock import today
from khue.directory.models import Unit
from khue.flow import effects
from khue.flow.actions import let_rest, move, open_case, set_due, set_party
from khue.flow.models import Case
from khue.flow.rules import parties_of
from khue.missions.models import Adjustment, Inspection, Mission
from khue.missions.rules.carry.carrying import case_of
from khue.missions.rules.carry.owed import KINDS, ON_DESK, REPORT, Kind

if TYPE_CHECKING:
    from khue.missions.rules.carry.owed import Owed

_KIND = {kind.model: kind for kind in KINDS}
_BY_PROCESS = {kind.process: kind for kind in KINDS}


def _of_mission(kind: Kind) -> "ByNumber[Any]":
    """The rows of a mission that stand on a desk, or are to be put there."""
    rows = kind.model.objects.select_related("case__process_version").order_by("pk")
    return ByNumber(lambda: rows.filter(ON_DESK | Q(kind.to_be_asked, case=None), mission=NUMBER))


_ROWS = [(kind, _of_mission(kind)) for kind in KINDS]


def _due_anew(case: Case, *, by: Actor, data: Mapping[str, Any]) -> None:  # noqa: ARG001 - as every effect is called
    """What is owed is due when whoever has it now is to act on it."""
    kind = _BY_PROCESS.get(case.process_version.process)
    row = kind and kind.model.objects.select_related("mission__case__process_version").filter(case=case).first()
    if kind and row:
        case.due_on = kind.due(row)
        case.save(update_fields=["due_on"])


effects.register("due-of-owed")(_due_anew)
effects.register("progress-report-due")(_due_anew)


def ask(row: "Owed", *, by: Actor = CALENDAR) -> None:
    """Put a row on the desk of who is next; an inspection that was announced already stands there as such."""
    kind = _KIND[type(row)]
    row.case = open_case(
        kind.process, title=_title(kind, row), url=row.get_absolute_url(), dossier=row.dossier,
        parties=_parties(case_of(row.mission)), by=by, due_on=kind.due(row),
    )  # fmt: skip
    row.save(update_fields=["case"])
    if isinstance(row, Inspection) and row.announced_on:
        move(row.case, "announce", by=by)


def carry(row: "Owed", name: str, *, by: Actor, comment: str = "") -> None:
    """Carry a row on by a move of its process; one that was dealt with before such rows stood on desks has none."""
    if row.case is not None:
        move(row.case, name, by=by, comment=comment)


def drop(row: "Owed") -> None:
    """Ask for a row no more, and say so where it waits."""
    carry(row, "drop", by=CALENDAR)
    if isinstance(row, Adjustment):
        row.state = Adjustment.State.LAPSED
        row.save(update_fields=["state"])
    elif isinstance(row, Inspection) and row.announced_on is None:
        row.delete()


def follow(mission: Mission) -> list[Case]:
    """Let what is owed follow its mission: put on desks what stands on none yet, take from them what is no longer asked
    for; bring parties, titles and days up to it, and let rest what a suspension stops. Returns the cases that stay."""
    whole, stay = case_of(mission), []
    for kind, row in _rows(mission):
        if kind.over(row, whole):
            drop(row)
        else:
            stay.append((kind, row))
    _keep_up([(kind, row) for kind, row in stay if row.case is not None], whole)
    for _kind, row in stay:
        if row.case is None:
            ask(row)
    _rest(stay, whole)
    return [row.case for _kind, row in stay if row.case is not None]


def _rows(mission: Mission) -> "Iterator[tuple[Kind, Owed]]":
    for kind, rows in _ROWS:
        for row in rows.all(mission.pk):
            row.mission = mission
            yield kind, row


def _keep_up(rows: "list[tuple[Kind, Owed]]", whole: Case) -> None:
    if rows:
        prefetch_related_objects([_case(row) for _kind, row in rows], "parties__unit")
    wanted = _parties(whole) if rows and whole.closed_at is None else {}
    for kind, row in rows:
        case, held = _case(row), parties_of(_case(row))
        for party, unit in wanted.items():
            if held[party].unit != unit:
                set_party(case, party, unit, by=CALENDAR, reason=_("the mission changed hands"))
        day = kind.due(row)
        if day is not None and day != case.due_on and day >= today():
            set_due(case, day, by=CALENDAR, reason=_("the end of the mission or its inspection changed"))
        title, url = _title(kind, row), row.get_absolute_url()
        if (case.title, case.url) != (title, url):
            Case.objects.filter(pk=case.pk).update(title=title, url=url)


def _rest(rows: "list[tuple[Kind, Owed]]", whole: Case) -> None:
    """While a mission is suspended nothing is asked that has to wait for its end; and while a report is to be written,
    or a request for more time to be answered, that says what is next, not the end of the mission."""
    asked = [(kind, row) for kind, row in rows if _case(row).step in kind.resting]
    let_rest([_case(row) for _kind, row in asked], whole.step == "suspended")
    if whole.step == "running":
        let_rest([whole], any(kind is REPORT or _for_more_time(row) for kind, row in asked))


def _for_more_time(row: "Owed") -> bool:
    return isinstance(row, Adjustment) and row.kind == "extension"


def _parties(whole: Case) -> dict[str, Unit]:
    return {name: row.unit for name, row in parties_of(whole).items() if row.unit is not None}


def _title(kind: Kind, row: "Owed") -> str:
    """As lists show it; kept, so in the language of the city whoever has it opened."""
    with override(settings.LANGUAGE_CODE):
        return kind.title(row)[:500]


def _case(row: "Owed") -> Case:
    assert row.case is not None  # noqa: S101 - only those with one are asked
    return row.case
