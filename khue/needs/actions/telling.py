"""Notices about needs, beyond those that the process file asks for."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import people_of
from khue.core.actors import Actor
from khue.directory.models import Unit
from khue.flow.models import StepRecord
from khue.needs.models import Need
from khue.needs.rules.scope import SEE, TRIAGE
from khue.notices.actions import Telling, notify, notify_many, saying


def tell_of_merger(need: Need, into: Need, said: StepRecord, *, by: Actor) -> None:
    """The author of the need that takes the other up; the other author is told by the process."""
    notify(
        _author(into), key=f"need:{into.pk}:took-up:{need.pk}", url=into.get_absolute_url(), dossier=into.dossier,
        by=by, subject=saying(gettext_lazy("%(code)s is handled together with yours"), code=need.code),
        body=f"{need.title}. {said.comment}",
    )  # fmt: skip


def tell_those_merged(need: Need, said: StepRecord, *, by: Actor) -> None:
    """Authors of needs that were merged into this one read its answer too."""
    merged = need.merged.select_related("author")
    notify_many(
        [
            Telling(
                _author(one),
                f"need:{one.pk}:answered-with:{said.pk}",
                saying(gettext_lazy("Answered: %(title)s"), title=one.title),
                one.get_absolute_url(),
                said.comment,
                one.dossier,
            )
            for one in merged
        ],
        by=by,
    )


def tell_authority(need: Need, authority: Unit, said: StepRecord, *, by: Actor) -> None:
    """The people of the authority that a need was passed to; they read it from now on."""
    notify(
        people_of(authority, SEE),
        key=f"need:{need.pk}:passed:{said.pk}",
        url=need.get_absolute_url(),
        dossier=need.dossier,
        by=by,
        subject=saying(gettext_lazy("Passed to you: %(title)s"), title=need.title),
        body=said.comment,
    )


def tell_those_taken_along(along: Sequence[Need], into: Need, *, by: Actor) -> None:
    """Authors of needs that were merged into one that itself goes on in another."""
    subject = gettext_lazy("%(code)s is handled together with %(into)s from now on")
    notify_many(
        [
            Telling(
                _author(one), f"need:{one.pk}:along:{into.pk}", saying(subject, code=one.code, into=into.code),
                into.get_absolute_url(), into.title, one.dossier,
            )
            for one in along
        ],
        by=by,
    )  # fmt: skip


def tell_department(need: Need, *, by: Actor) -> None:
    """What does harm every day is told at once to those who take needs up; the rest waits on their desk."""
    assert need.case is not None  # noqa: S101 - it was just opened
    office = need.case.parties.select_related("unit").get(party="department").unit
    if need.urgency == Need.Urgency.URGENT and office is not None:
        notify(
            people_of(office, TRIAGE), key=f"need:{need.pk}:urgent", url=need.get_absolute_url(), dossier=need.dossier,
            by=by, subject=saying(gettext_lazy("Urgent: %(title)s"), title=need.title), body=need.problem[:500],
        )  # fmt: skip


def _author(need: Need) -> list[User]:
    return [need.author] if need.author is not None else []
