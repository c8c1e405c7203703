"""What stands at the head and the foot of a paper of a mission: the sign and the day of the act that it tells of, what
it is about, whom it goes to. What is not known yet stays a gap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khue.missions.models import Acceptance, Adjustment, Contract, Inspection, Mission, Ownership, ProgressReport
from khue.missions.rules.accept.ownership import case_of as owned_by_case
from khue.missions.rules.accept.ownership import last_asked
from khue.missions.rules.carry.carrying import case_of, department_of


@dataclass(frozen=True, slots=True)
class Head:
    """`signed` is number and sign as they were given; `addressees` are those of a letter."""

    signed: str = ""
    issued_on: date | None = None
    subject: str = ""
    addressees: Sequence[str] = ()
    recipients: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class About:
    """The rows that a paper of a mission tells of."""

    mission: Mission
    report: ProgressReport | None = None
    inspection: Inspection | None = None
    change: Adjustment | None = None

    @property
    def host(self) -> str:
        """The lead organisation."""
        return self.mission.host.name if self.mission.host else self.mission.host_name

    @property
    def contract(self) -> Contract | None:
        """Its contract, once it is signed."""
        return Contract.objects.filter(mission=self.mission).first()


def head_of(name: str, about: About) -> Head:
    """The head of a paper of carrying out; an empty one where nothing is known."""
    made = HEADS.get(name)
    return made(about) if made else Head()


def _day(moment: datetime | None) -> date | None:
    return localtime(moment).date() if moment else None


def _sent(about: About) -> Head:
    return Head(issued_on=_day(about.report.submitted_at) if about.report else None)


def _volume(about: About) -> Head:
    return Head(issued_on=about.report.volume_confirmed_on if about.report else None)


def _money(about: About) -> Head:
    return Head(issued_on=about.report.money_confirmed_on if about.report else None)


def _signed(about: About) -> Head:
    return Head(issued_on=about.contract.signed_on if about.contract else None)


def _registered(about: About) -> Head:
    return Head(issued_on=about.contract.running_registered_on if about.contract else None)


def _liquidated(about: About) -> Head:
    return Head(issued_on=about.contract.liquidated_on if about.contract else None)


def _announced(about: About) -> Head:
    row = about.inspection
    return Head(issued_on=row.announced_on if row else None, addressees=[about.host])


def _held(about: About) -> Head:
    return Head(issued_on=about.inspection.held_on if about.inspection else None)


def _asked(about: About) -> Head:
    day = about.change.asked_on if about.change else None
    return Head(issued_on=day, addressees=[department_of(about.mission).name])


def _answered(about: About) -> Head:
    return Head(issued_on=about.change.decided_on if about.change else None, addressees=[about.host])


def _changed(about: About) -> Head:
    subject = _("On changing the mission “%(title)s”") % {"title": about.mission.title}
    row = about.change
    if row is None:
        return Head(subject=subject, recipients=[about.host])
    return Head(row.decision_sign, row.decided_on, subject, recipients=[about.host])


def _terminated(about: About) -> Head:
    subject = _("On terminating the mission “%(title)s”") % {"title": about.mission.title}
    ending = case_of(about.mission).records.filter(move="terminate").order_by("-pk").first()
    told: Mapping[str, str] = ending.data if ending else {}
    day = told.get("decided_on")
    decided = date.fromisoformat(day) if day else None
    return Head(told.get("decision_sign", ""), decided, subject, recipients=[about.host])


def _counted(about: About) -> Head:
    return Head(issued_on=max((row.counted_on for row in about.mission.assets.all() if row.counted_on), default=None))


def _decided(about: About) -> Head:
    subject = _("On the assets of the mission “%(title)s”") % {"title": about.mission.title}
    rows = about.mission.assets.exclude(decision_sign="").select_related("receiver").order_by("decided_on")
    last = rows.last()
    receivers = [row.receiver.name for row in rows if row.receiver is not None]
    sign, day = (last.decision_sign, last.decided_on) if last else ("", None)
    return Head(sign, day, subject, recipients=list(dict.fromkeys([about.host, *receivers])))


def _owned(about: About) -> Head:
    """The lead organisation owns the results by law from the day on which they were recognised."""
    last = about.mission.acceptances.exclude(recognised_on=None).order_by("attempt").last()
    return Head(issued_on=last.recognised_on if last else None)


HEADS: Mapping[str, Callable[[About], Head]] = {
    "contract": _signed, "running-registration": _registered, "progress-report": _sent, "spending-report": _sent,
    "finished-products": _sent, "applied-products": _sent, "volume-confirmation": _volume,
    "money-confirmation": _money, "inspection-notice": _announced, "inspection-minutes": _held,
    "adjustment-request": _asked, "adjustment-answer": _answered, "adjustment": _changed, "termination": _terminated,
    "asset-inventory": _counted, "asset-decision": _decided, "settlement-report": _liquidated,
    "liquidation": _liquidated, "ownership": _owned,
}  # fmt: skip


ACTS = {"request": ("request", "propose"), "appraisal": ("appraise",)}
"""Moves of the assignment of a right whose day a form bears."""


def head_of_ownership(name: str, ownership: Ownership) -> Head:
    """The head of a paper that assigns the right to results."""
    mission, applicant = ownership.mission, ownership.applicant
    host, about = mission.host.name if mission.host else mission.host_name, {"title": mission.title}
    if name == "decision":
        subject = _("On assigning the right to the results of the mission “%(title)s”") % about
        to = dict.fromkeys([*([applicant.name] if applicant else []), host])
        return Head(ownership.decision_sign, ownership.decided_on, subject, recipients=list(to))
    if name == "offer":
        asked = last_asked(ownership)
        subject = _("On receiving the right to the results of the mission “%(title)s”") % about
        return Head(issued_on=_day(asked.since) if asked else None, subject=subject, recipients=[host])
    made = owned_by_case(ownership).records.filter(move__in=ACTS.get(name, ())).order_by("pk").last()
    return Head(issued_on=_day(made.at) if made else None)


def head_of_acceptance(name: str, acceptance: Acceptance, *, department: str) -> Head:
    """The head of a paper of an acceptance; `department` is who is asked for it."""
    mission = acceptance.mission
    host = mission.host.name if mission.host else mission.host_name
    orderer = [mission.orderer.name] if mission.orderer else []
    if name == "request":
        return Head(issued_on=acceptance.submitted_on, addressees=[department])
    if name == "conclusion-letter":
        return Head(addressees=[host])
    if name == "publication":
        return Head(subject=_("Making public that a mission is being accepted"), recipients=[host, *orderer])
    if name == "recognition":
        subject = _("On recognising the results of the mission “%(title)s”") % {"title": mission.title}
        sign, day = acceptance.recognition_sign, acceptance.recognised_on
        return Head(sign, day, subject, recipients=[host, *orderer])
    first = mission.results.exclude(registered_on=None).order_by("pk").first()
    reported = mission.use_reports.exclude(submitted_at=None).order_by("submitted_at").last()
    days = {
        "registration": first.registered_on if first else None,
        "use-report": _day(reported.submitted_at) if reported else None,
        "self-evaluation": acceptance.submitted_on, "member-shares": acceptance.submitted_on,
        "file-check": acceptance.valid_on, "completion": acceptance.completed_on,
        "output-evaluation": acceptance.effect_on,
    }  # fmt: skip
    return Head(issued_on=days.get(name))
