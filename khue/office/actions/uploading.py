"""The way of an uploaded sheet: checked, looked at by the person, entered."""

from collections.abc import Mapping
from dataclasses import astuple
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.exchange import Exchange
from khue.core.progress import Progress
from khue.core.refusals import Refusal, Refused, require
from khue.office.actions.entering import Report, apply, rehearse
from khue.office.models import Import
from khue.office.rules import exchange_of, may_confirm
from khue.office.sheets import read

AT_ONCE = 100
"""So many rows are entered while the person waits; longer sheets go to a job, which shows how far it is."""
LARGEST = 20 * 2**20
MOST_ROWS = 50_000
KEPT = timedelta(days=7)
"""How long a sheet that was not entered is kept."""
State = Import.State


def bring_in(
    exchange: Exchange, *, name: str, data: bytes, by: User, blanks: Mapping[str, str] | None = None, back: str = ""
) -> Import:
    """Keep an uploaded sheet and have it checked. `blanks` are read where a cell of that column is empty; `back` is
    the page that the person comes from.

    Raises `Refused`: not allowed, too large, or no sheet with the expected columns.
    """
    require(exchange.may(by))
    if len(data) > LARGEST:
        sentence = _("The file is larger than %(most)s MB. Keep only the list in it, or split it.")
        raise Refused(Refusal("sheet.too-large", sentence % {"most": LARGEST // 2**20}))
    sheet = read(data, name, exchange.fields)
    rows = len(sheet.rows) + len({problem.row for problem in sheet.problems})
    if rows > MOST_ROWS:
        sentence = _("The sheet has %(count)s rows; bring in at most %(most)s at once.")
        raise Refused(Refusal("sheet.too-long", sentence % {"count": rows, "most": MOST_ROWS}))
    brought = Import.objects.create(kind=exchange.name, name=name[:200], content=data, by=by, total=rows,
                                    blanks=dict(blanks or {}), back=back)  # fmt: skip
    _go(brought)
    return brought


def confirm(brought: Import, *, by: User) -> Import:
    """Enter a sheet that was checked and found clean; twice at once enters it once. Raises `Refused`."""
    require(may_confirm(by, brought))
    taken = Import.objects.filter(pk=brought.pk, state=State.CHECKED).update(state=State.APPLYING, done=0)
    brought.refresh_from_db()
    if taken:
        _go(brought)
    return brought


def _go(brought: Import) -> None:
    if brought.total <= AT_ONCE:
        finish(brought)
    else:
        job = app.configure_task("office.finish_import", queueing_lock=f"import:{brought.pk}:{brought.state}")
        transaction.on_commit(lambda: job.defer(import_id=brought.pk))


def finish(brought: Import) -> Import:
    """Do what waits: check the sheet, or enter it. Whatever breaks it off, the person is told."""
    try:
        with Progress(brought) as tell:
            _work(brought, tell)
    except Refused as refused:
        brought.state, brought.outcome = State.FAILED, {"sentence": refused.refusal.sentence}
        brought.content = b""
    except Exception:
        brought.state, brought.outcome, brought.content = State.FAILED, {}, b""
        brought.save(update_fields=["state", "outcome", "content"])
        raise
    brought.done = brought.total
    brought.save(update_fields=["state", "outcome", "done", "content"])
    return brought


def _work(brought: Import, tell: Progress) -> None:
    exchange = exchange_of(brought)
    sheet = read(bytes(brought.content), brought.name, exchange.fields)
    for row in sheet.rows:
        row.values.update({key: text for key, text in brought.blanks.items() if not row.values.get(key)})
    if brought.state == State.CHECKING:
        report = rehearse(exchange, sheet, by=brought.by, tell=tell)
    else:
        report = apply(exchange, sheet, by=brought.by, name=brought.name, tell=tell)
    if brought.state == State.APPLYING and report.clean:
        brought.state, brought.content = State.APPLIED, b""
    else:
        brought.state = State.CHECKED
    brought.outcome = _kept(report)


def forget_old() -> int:
    """Empty sheets that nobody entered within `KEPT`: they may hold personal data, and what they said is outdated.

    Returns how many there were. One whose job was killed ends here as well, and says so.
    """
    old = Import.objects.filter(at__lt=now() - KEPT).exclude(state__in=[State.APPLIED, State.FAILED])
    sentence = _("The sheet was not entered within %(days)s days and was deleted.") % {"days": KEPT.days}
    return old.update(state=State.FAILED, content=b"", outcome={"sentence": sentence})


def _kept(report: Report) -> dict[str, Any]:
    changes = [astuple(change) for change in report.changes if change.effect != "same"]
    counts = {effect: report.count(effect) for effect in ("new", "changed", "same")}
    return {"problems": [astuple(each) for each in report.problems], "changes": changes, "counts": counts}
