"""Finding all pairs of records that look the same: begun by a person, done by a job, taken up again when broken off."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.journal.actions import record as write_down
from khue.matching.actions.verdicts import STATES
from khue.matching.kin import of_one_work
from khue.matching.models import Entry, Feedback, Likeness, Sweep
from khue.matching.projection.spreading import spread
from khue.matching.projection.store import store
from khue.matching.projection.whole import titles
from khue.matching.ranking.sweeping import Pair
from khue.matching.rules import may_sweep
from khue.matching.sources import comparable

IN_A_PART = 1_000
"""Entries compared between two looks at how far it is; so many are compared again when it is broken off."""
State = Sweep.State
_LOCK = 0x6B687565_73776570
"""The number of the lock that whoever compares holds: it goes with its connection, however that ends."""


def sweep_all(*, by: User, kinds: Collection[str] = ()) -> Sweep:
    """Have all records of these kinds, or of all that are compared, held against each other by a job; a comparison that
    is under way is joined.

    Raises:
        Refused: what `rules.may_sweep` refuses.
    """
    require(may_sweep(by))
    with transaction.atomic():
        sweep = begin(kinds, by=by)
        write_down(f"sweep:{sweep.pk}", "match.sweep", by=by)
        later(sweep)
    return sweep


def later(sweep: Sweep) -> None:
    """Leave it to a job, which begins when this transaction is committed."""
    job = app.configure_task("matching.sweep", queueing_lock=f"sweep:{sweep.pk}", lock="matching.sweep")
    transaction.on_commit(lambda: job.defer(sweep_id=sweep.pk))


@transaction.atomic
def begin(kinds: Collection[str] = (), *, by: User | None = None) -> Sweep:
    """A comparison to be done, or the one that is not done yet."""
    there = Sweep.objects.select_for_update().filter(state=State.WORKING).first()
    if there is not None and not there.given_up:
        return there
    Sweep.objects.filter(state=State.WORKING).update(state=State.BROKEN)
    chosen = sorted(kinds) or comparable()
    entries = Entry.objects.filter(kind__in=chosen, gone=False)
    bounds = list(entries.order_by("pk").values_list("pk", flat=True))
    waiting = bounds[::IN_A_PART]
    last = bounds[-1] if bounds else 0
    return Sweep.objects.create(kinds=chosen, starts=waiting, waiting=waiting, last=last, total=len(bounds), by=by)


def go_on(sweep: Sweep) -> Sweep:
    """Compare what is still waiting. Each part is kept as it is ready; what was kept is not compared again.

    Raises:
        Refused: `match.sweeping`, another process is at it.
    """
    with _alone():
        sweep = Sweep.objects.get(pk=sweep.pk)
        if sweep.state == State.DONE:
            return sweep
        Sweep.objects.filter(pk=sweep.pk).update(state=State.WORKING, problem="", told_at=now())
        try:
            _compare(sweep)
        except Exception as problem:
            told = str(problem)[:500]
            Sweep.objects.filter(pk=sweep.pk).update(state=State.BROKEN, problem=told, told_at=now())
            raise
        return _end(sweep)


def sweep_now(*, resume: bool = False) -> Sweep:
    """Compare all records here and now; with `resume` only what the last comparison left undone.

    Raises:
        Refused: `match.sweeping`, another process is at it; `match.nothing-broken`, there is nothing to resume.
    """
    with _alone():
        last = Sweep.objects.first()
        if resume:
            if last is None or last.state == State.DONE:
                sentence = _("No comparison was broken off. Leave out --resume to compare all records.")
                raise Refused(Refusal("match.nothing-broken", sentence))
            return go_on(last)
        # Nobody else is at it, so what is said to be under way was broken off.
        Sweep.objects.filter(state=State.WORKING).update(state=State.BROKEN)
        return go_on(begin())


def resume_broken() -> bool:
    """Have a job take up a comparison whose process was stopped; whether there was one."""
    there = Sweep.objects.filter(state=State.WORKING).first()
    if there is None or not there.given_up:
        return False
    later(there)
    return True


def _compare(sweep: Sweep) -> None:
    snapshot = store().snapshot()
    if snapshot is None:
        store().rebuild()
        snapshot = store().snapshot()
    if snapshot is None:
        raise RuntimeError("The search index could not be built.")
    ends = dict(pairwise([*sweep.starts, sweep.last + 1]))
    parts = [(start, ends[start]) for start in sweep.waiting]
    for (start, end), pairs in spread(titles(snapshot, sweep.kinds), parts):
        _keep(sweep, start, end, pairs)


@transaction.atomic
def _keep(sweep: Sweep, start: int, end: int, found: list[Pair]) -> None:
    key = _keys(found)
    kin = of_one_work((key[pair.one], key[pair.other]) for pair in found)
    pairs = [pair for pair in found if (key[pair.one], key[pair.other]) not in kin]
    rows = [
        Likeness(one_id=p.one, other_id=p.other, score=p.score, band=p.band, why=p.why, found_at=now()) for p in pairs
    ]
    Likeness.objects.bulk_create(
        rows, 1000, update_conflicts=True, unique_fields=["one", "other"],
        update_fields=["score", "band", "why", "found_at"],
    )  # fmt: skip
    _settle(pairs, key)
    taken = Sweep.objects.select_for_update().get(pk=sweep.pk)
    taken.waiting.remove(start)
    compared = Entry.objects.filter(kind__in=taken.kinds, gone=False, pk__gte=start, pk__lt=end).count()
    taken.done, taken.found = min(taken.total, taken.done + compared), taken.found + len(pairs)
    taken.told_at = now()
    taken.save(update_fields=["waiting", "done", "found", "told_at"])


def _keys(pairs: list[Pair]) -> dict[int, tuple[str, int]]:
    """Kind and number of the records behind the entries."""
    numbers = {number for pair in pairs for number in (pair.one, pair.other)}
    rows = Entry.objects.filter(pk__in=numbers).values_list("pk", "kind", "record")
    return {pk: (kind, record) for pk, kind, record in rows}


def _settle(pairs: list[Pair], key: Mapping[int, tuple[str, int]]) -> None:
    """Pairs that people judged before a sweep met them are not asked about again."""
    records = {record for _kind, record in key.values()}
    said = Feedback.objects.filter(pk_a__in=records, pk_b__in=records).order_by("at", "pk")
    verdicts = {((one.kind_a, one.pk_a), (one.kind_b, one.pk_b)): one for one in said}
    for pair in pairs:
        first, second = sorted((key[pair.one], key[pair.other]))
        if verdict := verdicts.get((first, second)):
            state = STATES[Feedback.Verdict(verdict.verdict)]
            Likeness.objects.filter(one=pair.one, other=pair.other).update(state=state, verdict=verdict)


@transaction.atomic
def _end(sweep: Sweep) -> Sweep:
    """What nobody judged and what is no longer alike, or no longer there, goes."""
    old = Likeness.objects.filter(state=Likeness.State.OPEN, found_at__lt=sweep.at)
    old = old.filter(one__kind__in=sweep.kinds, other__kind__in=sweep.kinds)
    old.delete()
    Likeness.objects.filter(Q(one__gone=True) | Q(other__gone=True), state=Likeness.State.OPEN).delete()
    sweep.refresh_from_db()
    sweep.state, sweep.done, sweep.ended_at = State.DONE, sweep.total, now()
    sweep.save()
    return sweep


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            sentence = _("Records are being compared already. Wait until that is done.")
            raise Refused(Refusal("match.sweeping", sentence))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
