"""Whether an application may take part (handbook 2.6): one finding for each bar of the version, with its evidence.

What the records do not tell is «unknown», never «clear»: the officer looks it up and judges.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.core.money import dong
from khue.directory.models import Expertise, Person
from khue.flow.shelf.values import Process
from khue.missions.models import Application, Eligibility, Mission, PlanPerson, UseReport
from khue.missions.rules.select.people import namesakes
from khue.missions.rules.select.records import DONE, LEADING, STOPPED, UNFILED, Records, records_of, stopped_on

CLEAR, BARRED, UNKNOWN = Eligibility.Finding.CLEAR, Eligibility.Finding.BARRED, Eligibility.Finding.UNKNOWN
ALSO = ("investigator-degree", "investigator-active")
"""Requirements that are checked like bars."""
LEADS, LEVEL = "bar-leads-already", "city"
JUDGED = (Application.State.SUBMITTED, Application.State.ELIGIBLE, Application.State.EVALUATED)
DEGREES = ("gs", "pgs", "ts", "tskh", "ths", "ks", "cn", "bs", "kts", "dr", "prof", "msc", "phd", "luật sư")


@dataclass(frozen=True, slots=True)
class Found:
    """What one bar comes to."""

    bar: str
    finding: str
    reason: str
    evidence: Sequence[str] = ()


def bars_of(rules: Process) -> list[str]:
    """The names of the bars and requirements that a version has, in its order."""
    return [name for name in rules.provisions if name.startswith("bar-") or name in ALSO]


def findings(application: Application, rules: Process) -> list[Found]:
    """Each bar of the version held against what is on file about the organisation and the investigator."""
    records = records_of(application.lead, application.investigator)
    return [CHECKS.get(bar, _by_hand)(bar, application, records, rules) for bar in bars_of(rules)]


def _by_hand(bar: str, _application: Application, _records: Records, rules: Process) -> Found:
    sentence = _("The system does not know how to check «%(bar)s»; look it up and judge.")
    return Found(bar, UNKNOWN, sentence % {"bar": rules.provisions[bar].label})


def _dossiers(missions: Sequence[Mission]) -> list[str]:
    return [f"mission:{one.pk}" for one in missions]


def _titles(missions: Sequence[Mission]) -> str:
    return "; ".join(f"«{one.title}» ({one.year})" for one in missions[:3]) + ("…" if len(missions) > 3 else "")


def _against(bar: str, missions: Sequence[Mission], sentence: str, clear: str) -> Found:
    if missions:
        return Found(bar, BARRED, sentence % {"missions": _titles(missions)}, _dossiers(missions))
    return Found(bar, CLEAR, clear)


def _unregistered(bar: str, _application: Application, records: Records, _rules: Process) -> Found:
    accepted = [one for one in records.hosted if one.state in DONE and one.rating != Mission.Rating.FAILED]
    here = [one for one in accepted if not one.imported]
    without = [one for one in here if not any(result.registered_on for result in one.results.all())]
    if without:
        sentence = _("No registered result of %(missions)s.")
        return Found(bar, BARRED, sentence % {"missions": _titles(without)}, _dossiers(without))
    old = [one for one in accepted if one.imported and not any(row.registered_on for row in one.results.all())]
    if old:
        sentence = _("Missions of the past whose registration is not on file: %(missions)s. Look them up.")
        return Found(bar, UNKNOWN, sentence % {"missions": _titles(old)}, _dossiers(old))
    told = _("All %(count)s accepted missions on file have registered results.") % {"count": len(accepted)}
    return Found(bar, CLEAR, told if accepted else _("No accepted mission of this organisation is on file."))


def _no_use_report(bar: str, _application: Application, records: Records, _rules: Process) -> Found:
    owing = [
        one for one in records.hosted
        if any(row.state == UseReport.State.DUE and row.due_on < today() for row in one.use_reports.all())
    ]  # fmt: skip
    sentence = _("The report on the use of results is overdue for %(missions)s.")
    return _against(bar, owing, sentence, _("No report on the use of results is overdue."))


def _overdue(missions: Sequence[Mission], days: int) -> list[Mission]:
    last = today() - timedelta(days=days)
    return [
        one for one in missions
        if one.state in UNFILED and one.ends_on is not None and one.ends_on < last
        and not any(row.submitted_on for row in one.acceptances.all())
    ]  # fmt: skip


def _acceptance_overdue(bar: str, _application: Application, records: Records, rules: Process) -> Found:
    days = rules.number(bar)
    late = _overdue(records.hosted, days)
    sentence = _("More than %(days)s days after the end of the contract there is no acceptance file for %%(missions)s.")
    return _against(bar, late, sentence % {"days": days}, _("No acceptance file is overdue."))


def _refund(bar: str, _application: Application, records: Records, _rules: Process) -> Found:
    owing = [(one, sum(row.open for row in one.refunds.all())) for one in records.hosted]
    unpaid = [(one, left) for one, left in owing if left > 0]
    if not unpaid:
        return Found(bar, CLEAR, _("Nothing has to be paid back."))
    sentence = _("%(sum)s still have to be paid back for %(missions)s.")
    missions = [one for one, _left in unpaid]
    told = {"sum": dong(sum(left for _one, left in unpaid)), "missions": _titles(missions)}
    return Found(bar, BARRED, sentence % told, _dossiers(missions))


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)


def _stopped(bar: str, missions: Sequence[Mission], rules: Process) -> Found:
    years = rules.number(bar)
    since = _years_before(today(), years)
    stopped = [one for one in missions if one.state in STOPPED]
    recent = [one for one in stopped if (on := stopped_on(one)) is not None and on > since]
    if recent:
        sentence = _("Stopped within the last %(years)s years: %(missions)s.")
        return Found(bar, BARRED, sentence % {"years": years, "missions": _titles(recent)}, _dossiers(recent))
    undated = [one for one in stopped if stopped_on(one) is None]
    if undated:
        sentence = _("Stopped, on a day that is not on file: %(missions)s. Look it up.")
        return Found(bar, UNKNOWN, sentence % {"missions": _titles(undated)}, _dossiers(undated))
    return Found(bar, CLEAR, _("No mission was stopped within %(years)s years.") % {"years": years})


def _host_stopped(bar: str, _application: Application, records: Records, rules: Process) -> Found:
    return _stopped(bar, records.hosted, rules)


def _namesakes(found: Found, suspects: Sequence[Mission]) -> Found:
    """What is clear for the person may still stand against somebody of the same name: then it is not known."""
    if found.finding != CLEAR or not suspects:
        return found
    sentence = _("On file under the same name, perhaps another person: %(missions)s. Look it up.")
    return Found(found.bar, UNKNOWN, sentence % {"missions": _titles(suspects)}, _dossiers(suspects))


def _leads_already(bar: str, application: Application, records: Records, rules: Process) -> Found:
    if application.investigator is None:
        return _nobody(bar)
    if (found := _leading(records, rules)) is not None:
        return found
    suspects = [one for one in records.perhaps_led if one.state in LEADING and one.level == LEVEL]
    if not suspects and (elsewhere := _put_forward(application, application.investigator)):
        sentence = _(
            "Is put forward as investigator in another application too: %(missions)s. Only one can be assigned."
        )
        return Found(bar, UNKNOWN, sentence % {"missions": "; ".join(f"«{one}»" for one in elsewhere[:3])})
    return _namesakes(Found(bar, CLEAR, _("Leads no other mission of this level on file.")), suspects)


def _leading(records: Records, rules: Process) -> Found | None:
    leading = [one for one in records.led if one.state in LEADING and one.level == LEVEL]
    if len(leading) < rules.number(LEADS):
        return None
    sentence = _("Leads already: %(missions)s.")
    return Found(LEADS, BARRED, sentence % {"missions": _titles(leading)}, _dossiers(leading))


def _put_forward(application: Application, investigator: Person) -> list[str]:
    """Missions for which the same person, or a namesake, is put forward in applications that were opened and are still
    judged."""
    people = [investigator.pk, *(one.pk for one in namesakes(investigator))]
    rows = Application.objects.filter(
        investigator__in=people, state__in=JUDGED, selection__opened_at__isnull=False, selection__case__closed_at=None
    )  # fmt: skip
    return list(rows.exclude(selection=application.selection_id).values_list("plan__name", flat=True).order_by("pk"))


def leads_by_now(application: Application, investigator: Person | None, rules: Process) -> Found | None:
    """What the investigator of the completed outline has come to lead since eligibility was checked, if that bars; not
    what an officer has judged already."""
    if LEADS not in rules.provisions or investigator is None:
        return None
    found = _leading(records_of(application.lead, investigator), rules)
    if found is None:
        return None
    judged = application.eligibility.filter(bar=LEADS, finding=CLEAR, judged_by__isnull=False, reason=found.reason)
    return None if judged.exists() else found


def _nobody(bar: str) -> Found:
    return Found(bar, UNKNOWN, _("The application names no principal investigator."))


def _investigator_overdue(bar: str, application: Application, records: Records, rules: Process) -> Found:
    if application.investigator is None:
        return _nobody(bar)
    allowed = rules.provisions.get("bar-acceptance-overdue")
    days = rules.number("bar-acceptance-overdue") if allowed else 0
    late = _overdue(records.led, days)
    found = _against(
        bar, late, _("The acceptance file of %(missions)s is overdue."), _("No acceptance file is overdue.")
    )
    return _namesakes(found, _overdue(records.perhaps_led, days))


def _investigator_stopped(bar: str, application: Application, records: Records, rules: Process) -> Found:
    if application.investigator is None:
        return _nobody(bar)
    suspects = [one for one in records.perhaps_led if one.state in STOPPED]
    return _namesakes(_stopped(bar, records.led, rules), suspects)


def _degree(bar: str, application: Application, _records: Records, _rules: Process) -> Found:
    person = application.investigator
    if person is None:
        return _nobody(bar)
    written = person.title.lower().replace(".", " ").split()
    if any(word in DEGREES for word in written):
        return Found(bar, CLEAR, _("%(title)s according to the directory.") % {"title": person.title})
    return Found(bar, UNKNOWN, _("No degree of %(person)s is on file: look into the CV.") % {"person": person})


def _active(bar: str, application: Application, records: Records, rules: Process) -> Found:
    person = application.investigator
    if person is None:
        return _nobody(bar)
    since = today().year - rules.number(bar)
    own = [one for one in records.led if one.year >= since]
    parts = PlanPerson.objects.filter(person=person, plan__missions__year__gte=since)
    shown = list(Mission.objects.filter(plan__people__in=parts).distinct()[:5]) or own
    if shown:
        told = _("Took part in %(missions)s.") % {"missions": _titles(shown)}
        return Found(bar, CLEAR, told, _dossiers(shown))
    if (topic := Expertise.objects.filter(person=person).exclude(evidence="").first()) is not None:
        told = _("Declared «%(topic)s» with evidence: %(evidence)s.")
        return Found(bar, CLEAR, told % {"topic": topic.topic, "evidence": topic.evidence}, [f"person:{person.pk}"])
    return Found(bar, UNKNOWN, _("Nothing of the last years is on file: look into the CV."))


CHECKS: Mapping[str, Callable[[str, Application, Records, Process], Found]] = {
    "bar-results-unregistered": _unregistered,
    "bar-use-report-missing": _no_use_report,
    "bar-acceptance-overdue": _acceptance_overdue,
    "bar-refund-unpaid": _refund,
    "bar-host-suspended": _host_stopped,
    LEADS: _leads_already,
    "bar-investigator-overdue": _investigator_overdue,
    "bar-investigator-suspended": _investigator_stopped,
    "investigator-degree": _degree,
    "investigator-active": _active,
}
