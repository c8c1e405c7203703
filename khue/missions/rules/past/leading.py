"""Who led a mission: evidence for who knows about what it was on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.matching.search import Match
from khue.missions.models import Mission, Result
from khue.missions.rules.accept.results import results_visible_to
from khue.missions.rules.visibility import visible_to


def led(user: User, known: Sequence[Match]) -> Mapping[int, Sequence[tuple[Match, str]]]:
    """Investigators of these missions, and of those that gave these results: two queries."""
    missions = {match.pk: match for match in known if match.kind == "mission"}
    results = {match.pk: match for match in known if match.kind == "result"}
    found: dict[int, list[tuple[Match, str]]] = defaultdict(list)
    led_by = visible_to(user).filter(pk__in=missions, investigator__isnull=False)
    for one in led_by.only("pk", "title", "year", "investigator"):
        found[_led_by(one)].append((missions[one.pk], _told(one)))
    rows = results_visible_to(user).filter(pk__in=results, mission__investigator__isnull=False)
    for given in rows.select_related("mission"):
        found[_led_by(given.mission)].append((results[given.pk], _result(given)))
    return found


def _led_by(mission: Mission) -> int:
    return mission.investigator_id or 0


def _told(one: Mission) -> str:
    return _("led the mission «%(title)s» (%(year)s)") % {"title": one.title, "year": one.year}


def _result(one: Result) -> str:
    return _("led the mission that gave «%(title)s»") % {"title": one.title}
