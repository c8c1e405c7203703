"""What acceptance, results and their use register with the apps below."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.accounts.roles import all_roles
from khue.core import navigation
from khue.core.navigation import RESULTS, Item
from khue.core.refusals import Refusal
from khue.councils import owners
from khue.councils.owners import Involved, Owner, Product
from khue.files import rules as files_rules
from khue.flow import demands
from khue.journal import sentences
from khue.matching import sources
from khue.matching.sources import Record, Source
from khue.missions import accept_guards  # noqa: F401 - registers itself
from khue.missions.actions.accept import accepting
from khue.missions.models import Acceptance, NeedUse, Result
from khue.missions.rules.accept.acceptances import acceptances_visible_to
from khue.missions.rules.accept.accepting import months_late
from khue.missions.rules.accept.days import day_in_order
from khue.missions.rules.accept.need_uses import GIVEN, may_have_come_of, may_say, missions_for
from khue.missions.rules.accept.results import found_by as results_found_by
from khue.missions.rules.accept.results import results_visible_to
from khue.missions.rules.accept.review import DECIDES, unready
from khue.missions.rules.accept.words import DEPARTMENT_PAPERS, HOST_PAPERS, mission_words
from khue.missions.rules.river import stations_after
from khue.missions.rules.visibility import HANDLE, SEE, may_keep, visible_to
from khue.needs import outcomes
from khue.needs.models import Need
from khue.needs.outcomes import Outcome

ACCEPTANCE_STEPS = ("file-due", "supplementing", "council-forming", "completing", "confirming", "accepted")
OWNERSHIP_STEPS = ("asked", "offering", "checking", "supplementing", "appraising", "deciding", "assigned", "kept")
PAPERS = (*HOST_PAPERS, *DEPARTMENT_PAPERS)
ONLY_LATER = ("member-shares",)
"""Papers that not every version has."""


SENTENCES = {
    "mission.acceptance-opened": _("%(actor)s opened the acceptance; the file is due %(due)s"),
    "mission.result": _("%(actor)s described the result “%(title)s”"),
    "mission.use-owed": _("%(actor)s recognised the results; reports on their use are due for %(years)s years"),
    "mission.use-reported": _("%(actor)s reported on the use of the results in %(year)s"),
    "mission.use-accepted": _("%(actor)s took note of the report on use in %(year)s"),
    "acceptance.completion": _("%(actor)s wrote how %(count)s remarks of the council were met"),
    "acceptance.part-excused": _("%(actor)s said why the file has no “%(part)s”: %(reason)s"),
    "acceptance.part-asked-again": _("%(actor)s took back why the file has no “%(part)s”"),
    "mission.need-use": _("%(actor)s said for %(need)s: %(stand)s"),
    "mission.ownership-asked": _("%(actor)s asked %(unit)s whether it wants the right to the results"),
    "mission.ownership-assigned": _("%(actor)s assigned: %(right)s to %(unit)s by %(sign)s of %(day)s"),
    "mission.owned-by-law": _("%(unit)s owns the results (%(rule)s)"),
    "spelling.same": _("%(actor)s put the missions of %(names)s to %(target)s"),
    "spelling.different": _("%(actor)s kept apart: %(names)s"),
    "spelling.undone": _("%(actor)s took the decision on %(names)s back"),
    "acceptance.evaluated": _("%(actor)s evaluated the output"),
    "acceptance.measured": _("%(actor)s recorded what %(names)s measured on %(on)s"),
    "acceptance.nothing-to-measure": _("%(actor)s confirmed that there is nothing to measure: %(reason)s"),
    "acceptance.opinion-asked": _("%(actor)s asked %(who)s for an independent opinion by %(due)s"),
    "acceptance.opinion-given": _("%(actor)s entered the independent opinion of %(who)s"),
    "acceptance.opinion-gone-without": _(
        "%(actor)s confirmed that the council sits without the opinion of %(who)s: %(reason)s"
    ),
}


def register() -> None:
    """Called once, when the app starts."""
    owners.register(
        "accept",
        Owner(
            involved=involved, files=files, facts=facts, products=products, months_late=late, related=related,
            unready=unready, misdated=misdated, concluded=accepting.concluded, words=words,
        ),
    )  # fmt: skip
    demands.register(
        accepting.PROCESS, "provision:accept-file", "provision:accept-late", "provision:use-report-every",
        "provision:use-report-years", "provision:accept-confirmed-by", "sheet:products",
        *(f"step:{name}" for name in ACCEPTANCE_STEPS),
        *(f"paper:{name}" for name in PAPERS if name not in ONLY_LATER),
    )  # fmt: skip
    demands.register("result-ownership", *(f"step:{name}" for name in OWNERSHIP_STEPS), "form:request")
    files_rules.register("acceptance", acceptances_visible_to, restricted=acceptances_visible_to)
    _places()
    outcomes.register(outcome)
    sources.register(
        Source(
            "result",
            _("Results of missions"),
            records,
            results_found_by,
            icon="bulb",
            order=20,
            grew_out_of=missions_of,
        )
    )
    sentences.register(SENTENCES)


def _places() -> None:
    """Where acceptances, results and their use are found."""
    within = frozenset(role.name for role in all_roles().values() if role.allows(SEE))
    seeing = frozenset(role.name for role in all_roles().values() if role.allows("result:see")) | within
    handling = frozenset(role.name for role in all_roles().values() if role.allows(HANDLE))
    for item in (
        Item("acceptances", _("Acceptances"), "missions:acceptances", "certificate", within, 46, RESULTS, "a"),
        Item("results", _("Results of missions"), "missions:results", "bulb", seeing, 47, RESULTS, "r"),
        Item("ownerships", _("Rights to results"), "missions:ownerships", "license", within, 48, RESULTS),
        Item("uses", _("Reports on use"), "missions:uses", "plant", within, 48, RESULTS),
        Item(
            "spellings",
            _("Put spellings together"),
            "missions:spellings",
            "arrows-join",
            handling,
            order=49,
            group=navigation.REGISTERS,
            open_to=lambda user: may_keep(cast("User", user)) is None,
        ),
    ):
        navigation.register(item)


def outcome(need: Need, user: User) -> Outcome:
    """What came of a need: its missions with their results, and the question whether they are in use."""
    if not may_have_come_of(need):
        return Outcome()
    said = {row.mission_id: row for row in NeedUse.objects.filter(need=need).select_related("by")}
    rows = visible_to(user).filter(pk__in=missions_for(need).values("pk")).select_related("host").order_by("pk")
    missions = [
        {
            "mission": one, "given": one.state in GIVEN, "said": said.get(one.pk),
            "results": list(results_visible_to(user).filter(mission=one)) if one.state in GIVEN else [],
            "may_say": may_say(user, need, one) is None,
        }
        for one in rows
    ]  # fmt: skip
    context = {"need": need, "missions": missions, "stands": NeedUse.Stand.choices}
    return Outcome(stations_after(need, user), "missions/accept/_need_outcome.html", context)


def _of(dossier: str) -> Acceptance:
    rows = Acceptance.objects.select_related("mission__plan", "mission__host", "mission__investigator")
    return rows.get(pk=int(dossier.partition(":")[2]))


def involved(dossier: str) -> Involved:
    """Everybody in the plan, the investigator, the lead organisation and its partners."""
    mission = _of(dossier).mission
    people = [(mission.investigator_id, "investigator")] if mission.investigator_id else []
    names = [] if mission.investigator_id else [mission.investigator_name]
    units = [mission.host_id] if mission.host_id else []
    if mission.plan is not None:
        others = mission.plan.people.exclude(role="investigator")
        people += others.exclude(person=None).values_list("person_id", "role")
        names += others.filter(person=None).values_list("name", flat=True)
        units += [partner.unit_id for partner in mission.plan.partners.all()]
    return Involved(people=people, units=units, names=[name for name in names if name])


def files(dossier: str) -> Sequence[str]:
    """The file of the acceptance and the mission's book."""
    return [dossier, f"mission:{_of(dossier).mission_id}"]


def related(dossier: str) -> Sequence[str]:
    """Who may not judge the acceptance sees nothing of the mission either."""
    return [f"mission:{_of(dossier).mission_id}"]


def words(dossier: str) -> Mapping[str, Any]:
    """What the council's papers say of the mission."""
    told = mission_words(_of(dossier).mission)
    led = told["investigator"]
    lead = {"lead": told["host"]["name"], "investigator": f"{led['degree']} {led['name']}".strip()}
    return {**told, "subject": lead}


def facts(dossier: str) -> Sequence[tuple[str, str]]:
    """What the members' page says first."""
    acceptance = _of(dossier)
    mission = acceptance.mission
    return [
        (str(_("Lead organisation")), str(mission.host or mission.host_name)),
        (str(_("Principal investigator")), str(mission.investigator or mission.investigator_name)),
        (str(_("Self-evaluation")), acceptance.get_self_rating_display()),
    ]


def products(dossier: str) -> Sequence[Product]:
    """The promised products with what the lead organisation says it delivered."""
    checks = _of(dossier).products.select_related("product").order_by("product__number")
    return [
        Product(f"p{one.product_id}", one.product.name, Decimal(one.product.quantity), Decimal(one.quantity))
        for one in checks
    ]


def misdated(dossier: str, day: date) -> Refusal | None:
    """Why a council on the acceptance cannot have been decided on that day."""
    return day_in_order(_of(dossier), DECIDES, {"decided_on": day})


def late(dossier: str) -> int:
    """By how many months, counted as begun, the file came late."""
    acceptance = _of(dossier)
    return months_late(acceptance.due_on, acceptance.submitted_on) if acceptance.submitted_on else 0


def missions_of(pks: Collection[int]) -> Iterator[tuple[int, tuple[str, int]]]:
    """The missions that results come from."""
    rows = Result.objects.filter(pk__in=pks).values_list("pk", "mission")
    return ((result, ("mission", mission)) for result, mission in rows)


def records(pks: Collection[int] | None) -> Iterable[Record]:
    """Results as search and the duplicate check see them."""
    rows = Result.objects.select_related("mission__host")
    for one in (rows if pks is None else rows.filter(pk__in=pks)).iterator(1000):
        host = str(one.mission.host or one.mission.host_name)
        yield Record(
            pk=one.pk,
            title=one.title,
            url=one.get_absolute_url(),
            summary=f"{one.description} {one.usable_where} {one.mission.title}".strip(),
            host=host,
            year=one.mission.accepted_on.year if one.mission.accepted_on else one.mission.year,
            detail=" · ".join(filter(None, (_ready(one), one.usable_where[:80], host))),
            sign=one.registration_number,
        )


def _ready(one: Result) -> str:
    """How far it is, as the line below a hit tells it."""
    return str(_("ready %(level)s/9") % {"level": one.readiness}) if one.readiness else str(_("Result"))
