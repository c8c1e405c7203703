"""What missions register with the apps below: a place, search, likeness, the journal's sentences, sheets."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khue.accounts.roles import all_roles
from khue.core import exchange, navigation
from khue.core.navigation import Item
from khue.flow.shelf.words import words
from khue.journal import sentences
from khue.matching import experts, sources
from khue.matching.sources import Record, Source
from khue.missions.exchange import MISSIONS
from khue.missions.models import Mission
from khue.missions.rules.past import leading
from khue.missions.rules.visibility import SEE, found_by
from khue.needs.rules import suggesting

NOTHING = (Mission.State.FAILED, Mission.State.TERMINATED, Mission.State.SUSPENDED)


def register() -> None:
    """Called once, when the app starts."""
    seeing = frozenset(role.name for role in all_roles().values() if role.allows(SEE))
    places = Item("missions", _("Missions"), "missions:missions", "flask", seeing, 41, navigation.MISSIONS, "m")
    navigation.register(places)
    sources.register(Source("mission", _("Missions"), records, found_by, icon="flask", order=10, grew_out_of=ordered))
    experts.register(leading.led)
    suggesting.leave_out("mission", came_to_nothing)
    sentences.register(
        {
            "mission.entered": _("%(actor)s brought this mission in from a list"),
            "mission.corrected": _("%(actor)s corrected facts of this mission"),
        }
    )
    exchange.register(MISSIONS)


def came_to_nothing(pks: Collection[int]) -> set[int]:
    """Those of the missions that give nobody anything to apply: stopped, or not accepted."""
    nothing = Q(state__in=NOTHING) | Q(rating=Mission.Rating.FAILED)
    return set(Mission.objects.filter(nothing, pk__in=pks).values_list("pk", flat=True))


def ordered(pks: Collection[int]) -> Iterator[tuple[int, tuple[str, int]]]:
    """The orders that missions carry out."""
    rows = Mission.objects.filter(pk__in=pks).exclude(order=None).values_list("pk", "order")
    return ((mission, ("order", order)) for mission, order in rows)


def records(pks: Collection[int] | None) -> Iterable[Record]:
    """Missions as search and the duplicate check see them."""
    rows = Mission.objects.select_related("host", "place")
    fields = words("fields")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(1000):
        host = one.host.name if one.host else one.host_name
        yield Record(
            pk=one.pk,
            title=one.title,
            url=one.get_absolute_url(),
            summary=one.abstract,
            host=host,
            place=str(one.place) if one.place else "",
            year=one.year,
            field=str(fields[one.field]) if one.field in fields else "",
            detail=" · ".join(part for part in (host, str(one.year), str(one.get_state_display())) if part),
            sign=one.code,
        )
