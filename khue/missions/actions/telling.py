"""Notices to those whose needs are behind an order: what comes of it, and at the end whether it helps."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts.models import User
from khue.accounts.scope import people_of
from khue.core.actors import Actor
from khue.core.clock import now
from khue.core.refusals import Refusal, Refused, require
from khue.directory.search import department
from khue.journal.actions import record
from khue.missions.models import Mission, NeedUse, Order
from khue.missions.rules.accept.need_uses import may_say, needs_behind
from khue.missions.rules.visibility import HANDLE
from khue.needs.models import Need
from khue.notices.actions import Telling, Text, notify, notify_many, saying


def tell_needers(order: Order | None, *, key: str, subject: Promise, body: Text = "", by: Actor | None = None) -> int:
    """Tell the author of every need behind `order`; each is led to the own need. Returns how many were told."""
    needs = needs_behind(order).select_related("author")
    return notify_many(
        [
            Telling(_author(one), f"{key}:need:{one.pk}", subject, one.get_absolute_url(), body, one.dossier)
            for one in needs
        ],
        by=by,
    )


def _author(need: Need) -> Iterable[User]:
    return [need.author] if need.author is not None else []


def tell_of_contract(mission: Mission, *, by: Actor) -> int:
    """Somebody works on it now."""
    host = mission.host.name if mission.host else mission.host_name
    subject = saying(gettext_lazy("%(host)s works on what you needed: %(title)s"), host=host, title=mission.title)
    return tell_needers(mission.order, key=f"mission:{mission.pk}:contract", subject=subject, by=by)


def tell_of_outcome(mission: Mission, *, by: Actor) -> int:
    """It was accepted, or not: the authors read which results there are and are asked whether they use them."""
    key = f"mission:{mission.pk}:outcome:{mission.rating}"
    if mission.rating == Mission.Rating.FAILED:
        subject = saying(
            gettext_lazy("The mission that grew out of your need was not accepted: %(title)s"), title=mission.title
        )
        return tell_needers(mission.order, key=key, subject=subject, by=by)
    results = "; ".join(mission.results.filter(public=True).order_by("pk").values_list("title", flat=True)[:5])
    subject = saying(gettext_lazy("What you needed is there: %(title)s. Is it in use with you?"), title=mission.title)
    body = saying(gettext_lazy("Results: %(results)s."), results=results) if results else ""
    return tell_needers(mission.order, key=key, subject=subject, body=body, by=by)


@transaction.atomic
def say_use(need: Need, mission: Mission, *, stand: str, text: str, by: Actor) -> NeedUse:
    """Say whether the results of a mission are in use with those who needed them; said again, the latest word counts.

    Raises Refused: `need-use.stand`, `need-use.why`, or the rule's.
    """
    Mission.objects.select_for_update(of=("self",)).get(pk=mission.pk)
    require(may_say(by, need, mission))
    if stand not in NeedUse.Stand.values:
        raise Refused(Refusal("need-use.stand", _("Say whether it is in use with you.")))
    if stand == NeedUse.Stand.UNFIT and not text.strip():
        raise Refused(Refusal("need-use.why", _("Write what is missing, so that somebody can help further.")))
    person = by if isinstance(by, User) else None
    told = {"stand": stand, "text": text.strip(), "by": person, "at": now()}
    said, _new = NeedUse.objects.update_or_create(need=need, mission=mission, defaults=told)
    words = {"stand": str(said.get_stand_display()), "need": need.code, "text": said.text}
    for dossier in (f"mission:{mission.pk}", need.dossier):
        record(dossier, "mission.need-use", by=by, **words)
    _tell_department(said, by=by)
    return said


def _tell_department(said: NeedUse, *, by: Actor) -> None:
    subject = saying(
        gettext_lazy("%(need)s says: %(stand)s (%(title)s)"),
        need=said.need.code, stand=NeedUse.Stand(said.stand).label, title=said.mission.title,
    )  # fmt: skip
    notify(
        people_of(department(), HANDLE), key=f"need-use:{said.pk}:{said.stand}", subject=subject, body=said.text,
        url=said.mission.get_absolute_url(), dossier=f"mission:{said.mission_id}", by=by,
    )  # fmt: skip
