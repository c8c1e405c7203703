"""Keeping what people say of two records held side by side: anywhere, or on the bench of pairs that look the same."""

from django.db import transaction
from django.db.models import Q, QuerySet

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import require
from khue.journal.actions import record as write_down
from khue.matching.models import Feedback, Likeness
from khue.matching.rules import may_judge

STATES = {
    Feedback.Verdict.SAME: Likeness.State.MERGED,
    Feedback.Verdict.RELATED: Likeness.State.LINKED,
    Feedback.Verdict.OTHER: Likeness.State.DISMISSED,
}
"""What a verdict makes of a pair that a sweep found."""


@transaction.atomic
def judge(one: tuple[str, int], other: tuple[str, int], verdict: str, *, by: User, note: str = "") -> Feedback:
    """Say of two records, each `(kind, pk)` and in either order, that they are `same`, `related` or `other`.

    Who said it before says it anew: the former verdict stays in the journal.

    Raises:
        Refused: `match.itself`, `match.not-yours`, `match.not-seen`.
        ValueError: there is no such verdict. KeyError: no app registered a kind.
    """
    said = Feedback.Verdict(verdict)
    require(may_judge(by, one, other))
    (kind_a, pk_a), (kind_b, pk_b) = sorted((one, other))
    kept, _made = Feedback.objects.update_or_create(
        kind_a=kind_a, pk_a=pk_a, kind_b=kind_b, pk_b=pk_b, by=by,
        defaults={"verdict": said, "note": note.strip(), "at": now()},
    )  # fmt: skip
    write_down(kept.dossier, f"match.{said}", by=by, comment=kept.note)
    _pair(kept).update(state=STATES[said], verdict=kept)
    return kept


def merge(likeness: Likeness, *, by: User, note: str = "") -> Feedback:
    """The two are one. The apps that the records belong to merge the records; here is kept that it was so judged.

    Raises:
        Refused: what `judge` refuses.
    """
    return judge(*likeness.pair, Feedback.Verdict.SAME, by=by, note=note)


def link(likeness: Likeness, *, by: User, note: str = "") -> Feedback:
    """They belong together and both stay: one builds on the other, or they are parts of one work.

    Raises:
        Refused: what `judge` refuses.
    """
    return judge(*likeness.pair, Feedback.Verdict.RELATED, by=by, note=note)


def dismiss(likeness: Likeness, *, by: User, note: str = "") -> Feedback:
    """They have nothing to do with each other.

    Raises:
        Refused: what `judge` refuses.
    """
    return judge(*likeness.pair, Feedback.Verdict.OTHER, by=by, note=note)


def _pair(said: Feedback) -> QuerySet[Likeness]:
    first, second = {"kind": said.kind_a, "record": said.pk_a}, {"kind": said.kind_b, "record": said.pk_b}
    one_way = {f"one__{k}": v for k, v in first.items()} | {f"other__{k}": v for k, v in second.items()}
    other_way = {f"one__{k}": v for k, v in second.items()} | {f"other__{k}": v for k, v in first.items()}
    return Likeness.objects.filter(Q(**one_way) | Q(**other_way))
