"""Whoever is asked to stand in for somebody on leave is told of it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from khue.accounts.models import Delegation
from khue.core.clock import today
from khue.notices.actions import notify, saying


def tell(dossiers: set[str]) -> None:
    """Listens to the journal: delegations to these accounts that are not over are told, each once."""
    users = {int(name) for kind, _colon, name in (one.partition(":") for one in dossiers) if kind == "user"}
    if not users:
        return
    to_come = Delegation.objects.filter(to_user__in=users, ended_at=None, valid_to__gte=today())
    for one in to_come.select_related("to_user", "from_membership__user", "from_membership__unit"):
        absent, unit = one.from_membership.user, one.from_membership.unit
        notify(
            [one.to_user],
            key=f"delegation:{one.pk}",
            subject=saying(
                gettext_lazy("You stand in for %(name)s, %(unit)s, from %(since)s until %(until)s."),
                name=absent.full_name, unit=unit.name,
                since=f"{one.valid_from:%d/%m/%Y}", until=f"{one.valid_to:%d/%m/%Y}",
            ),
            body=one.reason,
            url=reverse("accounts:profile"),
            urgent=one.valid_from == today(),
        )  # fmt: skip
