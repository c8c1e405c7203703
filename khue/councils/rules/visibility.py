"""Who sees which council, and who sees nothing of what it judges: each one query."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from khue.accounts.models import User
from khue.accounts.rules import acting_in
from khue.councils.models import Council, Seat, Subject
from khue.councils.rules.managing import SEE, barred_dossiers, managed_hosts

GONE = (Seat.State.DECLINED, Seat.State.REMOVED)
SEATED = (Seat.State.PROPOSED, Seat.State.INVITED, Seat.State.ACCEPTED)
READING = (Council.State.PREPARING, Council.State.MEETING, Council.State.COUNTED, Council.State.CONCLUDED)


def judged_dossiers(user: User) -> QuerySet[Any]:
    """Dossiers that `user` may read as a member of a council: the documents were sent, nothing stands against it.
    Members are people; for an account of nobody in the directory the subquery is empty, and is not asked."""
    if user.person_id is None:
        return Subject.objects.none().order_by().values("dossier")
    own = Seat.objects.filter(
        council=OuterRef("council"), person=user.person_id, state=Seat.State.ACCEPTED,
        interest_declared_at__isnull=False,
    )  # fmt: skip
    return (
        Subject.objects.filter(Exists(own), council__state__in=READING, council__documents_sent_on__isnull=False)
        .exclude(dossier__in=barred_dossiers(user))
        .order_by()
        .values("dossier")
    )


def visible_to(user: User) -> QuerySet[Council]:
    """The councils that `user` runs, oversees or sits in, without those barred by a conflict."""
    mine = Seat.objects.filter(council=OuterRef("pk"), person=user.person_id or 0, state__in=SEATED)
    shown = (Q(Exists(mine)) & ~Q(state=Council.State.FORMING)) | Q(Exists(mine.exclude(state=Seat.State.PROPOSED)))
    shown |= managed_hosts(user)
    if _oversees(user):
        shown |= Q(pk__isnull=False)
    return Council.objects.filter(shown).exclude(_barred(user))


def _oversees(user: User) -> bool:
    return any(part.allows(SEE) for part in acting_in(user))


def _barred(user: User) -> Q:
    """Every subject of it is barred, or one is and the subjects stand against each other."""
    if user.person_id is None:
        return Q(pk__in=[])
    here = Subject.objects.filter(council=OuterRef("pk"))
    touched = here.filter(dossier__in=barred_dossiers(user))
    free = here.exclude(dossier__in=barred_dossiers(user))
    return Q(Exists(touched)) & (Q(competing=True) | ~Q(Exists(free)))


def subjects_for(user: User, council: Council) -> QuerySet[Subject]:
    """What `user` sees of the council's subjects."""
    return council.subjects.exclude(dossier__in=barred_dossiers(user))


def managed_by(user: User) -> QuerySet[Council]:
    """The councils that `user` runs, without those barred by a conflict: who sees what only the secretary sees."""
    return Council.objects.filter(managed_hosts(user)).exclude(_barred(user))
