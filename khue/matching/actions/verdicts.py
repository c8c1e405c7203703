"""Keeping what people say of two records held side by side: anywhere, or on the bench of pairs that look the same."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.journal.actions import record as write_down
from khue.matching.merging import merger_of
from khue.matching.models import Feedback, Likeness
from khue.matching.rules import may_judge, may_take_back, of_pair

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


@transaction.atomic
def unite(one: tuple[str, int], into: tuple[str, int], *, by: User, reasons: str) -> Feedback:
    """Have the owner merge `one` into `into`, and keep that they were the same.

    Raises:
        Refused: `match.not-merged`, records of these kinds stay apart; what `judge` and the owner refuse.
    """
    require(may_judge(by, one, into))
    merger = merger_of(one, into)
    if merger is None:
        sentence = _("Records of these kinds are not merged. Say that they are the same; both stay.")
        raise Refused(Refusal("match.not-merged", sentence))
    merger.merge(one[1], into[1], reasons.strip(), by)
    # The owner may have said it already while merging: once is enough.
    (kind_a, pk_a), (kind_b, pk_b) = sorted((one, into))
    said = Feedback.objects.filter(kind_a=kind_a, pk_a=pk_a, kind_b=kind_b, pk_b=pk_b, by=by, verdict="same").first()
    return said or judge(one, into, Feedback.Verdict.SAME, by=by, note=reasons)


@transaction.atomic
def take_back(one: tuple[str, int], other: tuple[str, int], *, by: User) -> None:
    """Take back what `by` said of the pair: the last word of somebody else counts again, or it is to be judged anew.

    Raises:
        Refused: what `judge` refuses; `match.nothing-said`, `match.merged`.
    """
    require(may_judge(by, one, other) or may_take_back(by, one, other))
    (kind_a, pk_a), (kind_b, pk_b) = sorted((one, other))
    every = Feedback.objects.select_for_update(of=("self",)).filter(kind_a=kind_a, pk_a=pk_a, kind_b=kind_b, pk_b=pk_b)
    said = every.get(by=by)
    left = every.exclude(by=by).order_by("at", "pk").last()
    state = STATES[Feedback.Verdict(left.verdict)] if left else Likeness.State.OPEN
    _pair(said).update(state=state, verdict=left)
    write_down(said.dossier, "match.taken-back", by=by)
    said.delete()


@transaction.atomic
def judge_many(likenesses: Iterable[Likeness], verdict: str, *, by: User) -> int:
    """The same word about several pairs: all or none; how many there were. Raises Refused as `judge` does."""
    pairs = sorted(likeness.pair for likeness in likenesses)
    for one, other in pairs:
        judge(one, other, verdict, by=by)
    return len(pairs)


def _pair(said: Feedback) -> QuerySet[Likeness]:
    return Likeness.objects.filter(of_pair((said.kind_a, said.pk_a), (said.kind_b, said.pk_b)))
