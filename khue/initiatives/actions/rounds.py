"""Opening, answering and closing a receiving round."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import Membership, User
from khue.core.clock import now, today
from khue.core.refusals import Refusal, Refused, require
from khue.directory.models import Unit, valid_on
from khue.initiatives.models import Round, RoundUnit
from khue.initiatives.rules.rounds import board, may_answer, may_run
from khue.journal.actions import record
from khue.notices.actions import Telling, notify_many, saying

BATCH = 1000


@transaction.atomic
def open_round(
    title: str, *, host: Unit, opens_on: date, closes_on: date, by: User, guidance: str = "",
    asked: Collection[Unit] = (),
) -> Round:  # fmt: skip
    """Open a round and tell the units that it asks. Raises Refused: `initiative-round.not-yours`,
    `initiative-round.no-title`, `initiative-round.days`."""
    require(may_run(by, host))
    if not title.strip():
        raise Refused(Refusal("initiative-round.no-title", _("Give the round a title, such as “Đợt 1 năm 2026”.")))
    if closes_on < opens_on or closes_on < today():
        sentence = _("The closing day lies after the opening day, and not before today.")
        raise Refused(Refusal("initiative-round.days", sentence))
    made = Round.objects.create(
        title=title.strip()[:200], host=host, opens_on=opens_on, closes_on=closes_on, guidance=guidance.strip(),
        created_by=by,
    )  # fmt: skip
    rows = RoundUnit.objects.bulk_create([RoundUnit(round=made, unit=unit) for unit in dict.fromkeys(asked)], BATCH)
    record(made.dossier, "initiative-round.opened", by=by, acting_for=host.name, title=made.title, units=len(rows))
    words = gettext_lazy("%(title)s: file initiatives by %(day)s, or say that there are none")
    _tell(made, rows, key="asked", words=words, by=by)
    return made


def _locked(found: Round) -> Round:
    return Round.objects.select_for_update(of=["self"]).select_related("host").get(pk=found.pk)


@transaction.atomic
def remind(found: Round, *, by: User) -> int:
    """Remind every unit that has not answered, each at most once a day; returns how many. Raises Refused:
    `initiative-round.not-yours`, `initiative-round.not-open`."""
    taken = _locked(found)
    require(may_run(by, taken.host))
    _open(taken)
    rows = [one.asked for one in board(taken) if one.waits and one.asked.reminded_on != today()]
    RoundUnit.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_on=today())
    _tell(taken, rows, key=f"reminded:{today()}", words=gettext_lazy("Reminder: %(title)s, by %(day)s"), by=by)
    if rows:
        record(taken.dossier, "initiative-round.reminded", by=by, count=len(rows))
    return len(rows)


@transaction.atomic
def say_none(row: RoundUnit, because: str, *, by: User) -> RoundUnit:
    """The unit answers that it has none this time. Raises Refused: `initiative-round.not-open`,
    `initiative-round.not-yours`, `initiative-round.why` (no reason)."""
    taken = RoundUnit.objects.select_for_update(of=["self"]).select_related("round", "unit").get(pk=row.pk)
    require(may_answer(by, taken))
    if not because.strip():
        raise Refused(Refusal("initiative-round.why", _("Write in a few words why there are none.")))
    taken.nothing_because, taken.answered_at, taken.answered_by = because.strip()[:300], now(), by
    taken.save()
    told = {"unit": taken.unit.name, "because": taken.nothing_because}
    record(taken.round.dossier, "initiative-round.none", by=by, **told)
    return taken


@transaction.atomic
def close(found: Round, *, by: User) -> Round:
    """Take no further applications into it. Raises Refused: `initiative-round.not-yours`,
    `initiative-round.not-open`."""
    taken = _locked(found)
    require(may_run(by, taken.host))
    _open(taken)
    taken.closed_at = now()
    taken.save(update_fields=["closed_at"])
    record(taken.dossier, "initiative-round.closed", by=by, waiting=sum(one.waits for one in board(taken)))
    return taken


def _open(found: Round) -> None:
    if found.closed_at is not None:
        raise Refused(Refusal("initiative-round.not-open", _("This round is closed; open a new one.")))


def _tell(found: Round, rows: Collection[RoundUnit], *, key: str, words: Promise, by: User) -> None:
    """One notice a unit, to everybody in it."""
    people: dict[int, list[User]] = {}
    parts = Membership.objects.filter(valid_on(today()), unit__in=[row.unit_id for row in rows], user__is_active=True)
    for part in parts.select_related("user"):
        people.setdefault(part.unit_id, []).append(part.user)
    subject = saying(words, title=found.title, day=f"{found.closes_on:%d/%m/%Y}")
    notify_many([
        Telling(people.get(row.unit_id, []), f"{found.dossier}:{row.pk}:{key}", subject, found.get_absolute_url(),
                found.guidance, found.dossier)
        for row in rows
    ], by=by)  # fmt: skip
