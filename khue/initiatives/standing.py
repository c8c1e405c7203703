"""What initiatives register with the apps below at start-up."""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.scope import reaches_all
from khue.core import navigation
from khue.core.navigation import Item
from khue.files import rules as files_rules
from khue.flow import demands
from khue.flow.shelf.words import label_in
from khue.initiatives import guards  # noqa: F401 - registers itself
from khue.initiatives.actions import columns  # noqa: F401 - registers its effects
from khue.initiatives.models import Initiative
from khue.initiatives.rules.application import PROCESS, RULES, public_text
from khue.initiatives.rules.initiatives import SEE, open_to, visible_to
from khue.journal import sentences
from khue.matching import sources
from khue.matching.sources import Record, Source

if TYPE_CHECKING:
    Initiatives = QuerySet[Initiative, Initiative]

DESKS = frozenset({"officer", "unit-head", "clerk", "leader", "monitor", "auditor"})
STEPS = ("submitted", "checking", "correcting", "deciding", "recognised", "refused", "withdrawn")
FORMS = ("application", "consent", "scores", "decision")
PAPERS = ("application", "receipt", "certificate", "refusal")


def register() -> None:
    """Called once, when the app starts."""
    demands.register(
        PROCESS, *(f"step:{one}" for one in STEPS), *(f"form:{one}" for one in FORMS),
        *(f"paper:{one}" for one in PAPERS), *(f"provision:{one}" for one in (*RULES, "points-most", "points-pass")),
    )  # fmt: skip
    files_rules.register("initiative", visible_to, restricted=open_to)
    sources.register(Source("initiative", _("Initiatives"), records, found_by, icon="sparkles", order=36))
    navigation.register(
        Item("initiatives", _("Initiatives"), "initiatives:initiatives", "sparkles", DESKS, 36, navigation.ASKED)
    )
    sentences.register(SENTENCES)


def records(pks: Collection[int] | None) -> Iterable[Record]:
    """What matching knows of initiatives: those filed and not withdrawn, without their confidential parts."""
    rows = Initiative.objects.exclude(state__in=[Initiative.State.DRAFT, Initiative.State.WITHDRAWN])
    rows = rows.select_related("unit__place")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(chunk_size=1000):
        told = (one.code, one.unit.name, str(one.get_state_display()))
        yield Record(
            pk=one.pk, title=one.title, url=one.get_absolute_url(), summary=public_text(one), host=one.unit.name,
            place=one.unit.place.name if one.unit.place else "", year=one.year, field=label_in("fields", one.field),
            sign=one.code, detail=" · ".join(part for part in told if part),
        )  # fmt: skip


def found_by(user: User) -> "Initiatives | None":
    """What search shows the person; None where nothing that was filed is kept from them."""
    return None if reaches_all(user, SEE) else visible_to(user)


SENTENCES = {
    "initiative-round.opened": _("%(actor)s opened the round “%(title)s” and asked %(units)s units"),
    "initiative-round.reminded": _("%(actor)s reminded %(count)s units"),
    "initiative-round.none": _("%(actor)s answered for %(unit)s: none this time (%(because)s)"),
    "initiative-round.closed": _("%(actor)s closed the round; %(waiting)s units had not answered"),
    "initiative.entered": _("%(actor)s brought it in with the register of %(unit)s: %(sign)s of %(day)s"),
    "initiative.discarded": _("%(actor)s dropped the draft “%(title)s”"),
    "initiative.reach": _("%(actor)s recorded the range of effect: %(level)s, by %(sign)s of %(day)s (%(body)s)"),
    "initiative.sheet": _("%(actor)s set the scoring sheet of initiatives by %(sign)s: %(points)s points are needed"),
}
