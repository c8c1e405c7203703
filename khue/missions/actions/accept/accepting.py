"""Acceptance of a mission: the file, its check, the council's rating, completion, registration, recognition."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from khue.core.actors import CALENDAR, Actor
from khue.core.calendar import add_months
from khue.core.clock import today
from khue.core.refusals import Refusal, Refused, require
from khue.councils.actions import SubjectSpec
from khue.councils.actions import form as form_council
from khue.councils.models import Council
from khue.directory.models import Unit
from khue.directory.search import department
from khue.flow.actions import move, open_case, set_due, set_party
from khue.flow.models import Case
from khue.flow.rules import may_move, parties_of
from khue.journal.actions import record
from khue.matching.actions import changed, changed_many
from khue.missions.actions.accept.ownership import own_by_law
from khue.missions.actions.accept.using import owe_use_reports
from khue.missions.actions.standing import refreshed
from khue.missions.actions.telling import tell_of_outcome
from khue.missions.models import Acceptance, Mission, PlanProduct, ProductCheck, ProductProgress, ProgressReport
from khue.missions.rules.accept.accepting import (
    acceptance_version,
    may_act,
    may_file,
    may_open,
    may_write,
    output_due_on,
)
from khue.missions.rules.accept.confirming import confirmer, confirming_seat
from khue.missions.rules.carry.reports import SENT

PROCESS = "mission-accept"


@transaction.atomic
def open_acceptance(mission: Mission, *, by: Actor) -> Acceptance:
    """Wait for the acceptance file of a mission whose time is over, or that is done early.

    The file is due so many days after the end (`accept-file`) under the rules that the mission was begun under.
    Raises Refused: `acceptance.open`, `acceptance.done`, `acceptance.terminated`, `acceptance.no-host`.
    """
    mission = Mission.objects.select_for_update(of=("self",)).select_related("host", "case").get(pk=mission.pk)
    require(may_open(mission))
    assert mission.host is not None  # noqa: S101 - may_open
    version = acceptance_version(mission)
    ended = min(mission.ends_on or today(), today())
    acceptance = Acceptance.objects.create(
        mission=mission,
        attempt=mission.acceptances.count() + 1,
        due_on=ended + timedelta(days=version.definition.number("accept-file")),
    )
    if mission.plan is not None:
        last = mission.reports.filter(state__in=SENT).order_by("-number").first()
        ProductCheck.objects.bulk_create(
            ProductCheck(acceptance=acceptance, product=product, **_reported(last, product.number))
            for product in mission.plan.products.all()
        )
    acceptance.case = open_case(
        PROCESS,
        title=mission.title,
        url=acceptance.get_absolute_url(),
        dossier=f"acceptance:{acceptance.pk}",
        parties={"department": _department_of(mission), "host": mission.host},
        by=by,
        on=version.version,
        due_on=acceptance.due_on,
    )
    acceptance.save(update_fields=["case"])
    if mission.case is not None and mission.case.step in ("running", "ended"):
        move(mission.case, "start-acceptance", by=by)
    _stand(mission, Mission.State.ACCEPTING)
    record(f"mission:{mission.pk}", "mission.acceptance-opened", by=by, due=f"{acceptance.due_on:%d/%m/%Y}")
    return acceptance


def _reported(report: ProgressReport | None, number: int) -> dict[str, Any]:
    """What the last progress report said of a product: the file of acceptance begins with it."""
    row = ProductProgress.objects.filter(report=report, product__number=number).first() if report else None
    return {"quantity": row.quantity, "proof": row.proof} if row else {}


def _department_of(mission: Mission) -> Unit:
    """The department of the mission's own case, else the one that the site serves."""
    party = parties_of(mission.case).get("department") if mission.case else None
    return party.unit if party is not None and party.unit is not None else department()


@transaction.atomic
def write_self_evaluation(
    acceptance: Acceptance, *, by: Actor, rating: str, text: str, spent: int | None = None
) -> Acceptance:
    """The lead organisation judges its own work; `spent` is the state money used, in đồng."""
    acceptance = _locked(acceptance)
    require(may_write(by, acceptance))
    acceptance.self_rating, acceptance.self_evaluation, acceptance.spent = rating, text.strip(), spent
    acceptance.save(update_fields=["self_rating", "self_evaluation", "spent"])
    return acceptance


@transaction.atomic
def write_product(
    acceptance: Acceptance, product: PlanProduct, *, by: Actor, quantity: Decimal, rating: str, quality: str = "",
    proof: str = "",
) -> ProductCheck:  # fmt: skip
    """What was delivered of one promised product, and what shows it."""
    acceptance = _locked(acceptance)
    require(may_write(by, acceptance))
    if quantity < 0:
        raise Refused(Refusal("acceptance.quantity", _("A quantity is not below 0.")))
    facts = {"quantity": quantity, "self_rating": rating, "quality": quality.strip(), "proof": proof.strip()}
    check, _new = ProductCheck.objects.update_or_create(acceptance=acceptance, product=product, defaults=facts)
    return check


@transaction.atomic
def file(acceptance: Acceptance, *, by: Actor) -> Acceptance:
    """Hand the file in, or its supplement. Raises Refused: `acceptance.products-open`,
    `acceptance.no-self-evaluation`, `acceptance.parts-missing`, or what the process says."""
    acceptance = _locked(acceptance)
    require(may_file(acceptance))
    move(_case(acceptance), "supplement" if _case(acceptance).step == "supplementing" else "file", by=by)
    if acceptance.submitted_on is None:
        acceptance.submitted_on = today()
        acceptance.save(update_fields=["submitted_on"])
        set_due(_case(acceptance), None, by=by, reason=_("the file was handed in"))
        if acceptance.mission.case is not None:
            refreshed(acceptance.mission)
    return acceptance


@transaction.atomic
def act(
    acceptance: Acceptance, name: str, *, by: Actor, comment: str = "", data: Mapping[str, Any] | None = None
) -> Acceptance:
    """Make a move of the process, and write down what follows from it. Raises Refused with the process's sentence."""
    acceptance = _locked(acceptance)
    require(may_move(by, _case(acceptance), name) or may_act(acceptance, name, data or {}))
    if name == "hand-in":
        _ask_confirmer(acceptance, by)
    case = move(_case(acceptance), name, by=by, comment=comment, data=data)
    follows = FOLLOWS.get(name)
    if follows is not None:
        follows(acceptance, case.records.order_by("-pk")[0].data, by)
    if acceptance.mission.case is not None:
        refreshed(acceptance.mission)
    return acceptance


@transaction.atomic
def set_up_council(acceptance: Acceptance, *, title: str, by: Actor) -> Council:
    """Begin the council that rates this file, under the rules of its case."""
    acceptance = _locked(acceptance)
    if _case(acceptance).step != "council-forming":
        raise Refused(
            Refusal("acceptance.not-checked", _("Check the file first; the council is formed for a valid one."))
        )
    host = parties_of(_case(acceptance))["department"].unit
    assert host is not None  # noqa: S101 - the process asks for a unit
    subject = SubjectSpec(
        f"acceptance:{acceptance.pk}", acceptance.mission.title, acceptance.get_absolute_url(), acceptance.mission.type
    )
    version = _case(acceptance).process_version
    return form_council("accept", version=version, title=title, host=host, subjects=[subject], by=by)


@transaction.atomic
def council_appointed(acceptance: Acceptance, council: Council, *, by: Actor) -> Acceptance:
    """Take the decision on the council over from the council itself; nobody types it twice."""
    if council.decided_on is None:
        raise Refused(Refusal("acceptance.council-open", _("The council has no decision yet. Appoint it on its page.")))
    data = {"decision_sign": council.decision_sign, "decided_on": council.decided_on}
    return act(acceptance, "set-up-council", by=by, data=data)


def concluded(council: Council, *, by: Actor) -> None:
    """The council has rated: the case and the mission go on with its result (registered with the councils)."""
    for subject in council.subjects.filter(dossier__startswith="acceptance:"):
        acceptance = _locked(Acceptance(pk=int(subject.dossier.partition(":")[2])))
        if _case(acceptance).step == "council-forming":
            council_appointed(acceptance, council, by=by)
        rating = subject.rating or Mission.Rating.FAILED
        if rating == Mission.Rating.FAILED:
            act(acceptance, "fail", by=by, comment=council.conclusion or _("The council does not accept it."))
        else:
            act(acceptance, "pass", by=by, data={"rating": rating, "concluded_on": today()})


def fail_far_too_late(on: date | None = None) -> int:
    """Close what is later than the rules allow (`accept-late` months): not accepted. Returns how many."""
    day = on or today()
    waiting = Acceptance.objects.filter(case__closed_at=None, submitted_on=None, due_on__lt=day)
    failed = 0
    for acceptance in waiting.select_related("case__process_version", "mission"):
        limit = _case(acceptance).definition.number("accept-late")
        if day > add_months(acceptance.due_on, limit):
            sentence = _("No acceptance file within %(months)s months after its day.") % {"months": limit}
            act(acceptance, "fail-late", by=CALENDAR, comment=sentence)
            failed += 1
    return failed


def _locked(acceptance: Acceptance) -> Acceptance:
    rows = Acceptance.objects.select_for_update(of=("self",)).select_related("mission__host", "case__process_version")
    return rows.get(pk=acceptance.pk)


def _case(acceptance: Acceptance) -> Case:
    assert acceptance.case is not None  # noqa: S101 - only the transaction that opens it knows it without
    return acceptance.case


def _carry_on(mission: Mission, name: str, *, by: Actor, comment: str = "") -> None:
    """Move the mission's own case, which waits for the acceptance."""
    if mission.case is not None and mission.case.step == "accepting":
        move(mission.case, name, by=by, comment=comment)


def _stand(mission: Mission, state: str, **facts: Any) -> None:
    Mission.objects.filter(pk=mission.pk).update(state=state, **facts)
    if mission.case is not None:
        refreshed(mission)
    changed("mission", mission.pk)


def _valid(acceptance: Acceptance, _data: Mapping[str, Any], _by: Actor) -> None:
    acceptance.valid_on = today()
    acceptance.save(update_fields=["valid_on"])


def _passed(acceptance: Acceptance, data: Mapping[str, Any], by: Actor) -> None:
    acceptance.rating, acceptance.concluded_on = data["rating"], date.fromisoformat(data["concluded_on"])
    acceptance.save(update_fields=["rating", "concluded_on"])
    _carry_on(acceptance.mission, "pass", by=by)
    _stand(acceptance.mission, Mission.State.ACCEPTING, rating=acceptance.rating)


def _failed(acceptance: Acceptance, _data: Mapping[str, Any], by: Actor) -> None:
    acceptance.rating, acceptance.concluded_on = Mission.Rating.FAILED, today()
    acceptance.save(update_fields=["rating", "concluded_on"])
    _carry_on(acceptance.mission, "fail", by=by, comment=_("The acceptance failed; see its page."))
    _stand(acceptance.mission, Mission.State.FAILED, rating=Mission.Rating.FAILED)
    _tell(acceptance, by)


def _ask_confirmer(acceptance: Acceptance, by: Actor) -> None:
    """Who of the council confirms next; the department enters what was signed where nobody of it signs in."""
    parties = parties_of(_case(acceptance))
    now_asked, before = confirmer(acceptance) or parties["department"].unit, parties.get("confirmer")
    assert now_asked is not None  # noqa: S101 - the process asks for a unit
    if before is None or now_asked not in (before.user, before.unit):
        set_party(_case(acceptance), "confirmer", now_asked, by=by, reason=_("the council concluded"))


def _completed(acceptance: Acceptance, _data: Mapping[str, Any], _by: Actor) -> None:
    acceptance.completed_on = today()
    acceptance.save(update_fields=["completed_on"])


def _confirmed(acceptance: Acceptance, _data: Mapping[str, Any], _by: Actor) -> None:
    seat = confirming_seat(acceptance)
    assert seat is not None  # noqa: S101 - the guard of the move
    acceptance.confirmed_on, acceptance.confirmed_by = today(), str(seat.person)
    acceptance.save(update_fields=["confirmed_on", "confirmed_by"])


def _unconfirmed(acceptance: Acceptance, _data: Mapping[str, Any], _by: Actor) -> None:
    acceptance.confirmed_on, acceptance.confirmed_by = None, ""
    acceptance.save(update_fields=["confirmed_on", "confirmed_by"])


def _registered(acceptance: Acceptance, data: Mapping[str, Any], _by: Actor) -> None:
    open_ones = acceptance.mission.results.filter(registration_number="").order_by("pk")
    for number, result in enumerate(open_ones, 1):
        tail = f"-{number}" if len(open_ones) > 1 else ""
        result.registration_number = f"{data['registration_number']}{tail}"
        result.registered_on = date.fromisoformat(data["registered_on"])
        result.save()


def _recognised(acceptance: Acceptance, data: Mapping[str, Any], by: Actor) -> None:
    acceptance.recognition_sign, acceptance.recognised_on = (
        data["decision_sign"],
        date.fromisoformat(data["decided_on"]),
    )
    acceptance.effect_due_on = output_due_on(acceptance, acceptance.recognised_on)
    acceptance.save(update_fields=["recognition_sign", "recognised_on", "effect_due_on"])
    _stand(acceptance.mission, Mission.State.ACCEPTED, accepted_on=acceptance.concluded_on or acceptance.recognised_on)
    owe_use_reports(acceptance, by=by)
    own_by_law(acceptance.mission, by=by)
    changed_many("result", list(acceptance.mission.results.values_list("pk", flat=True)))
    _tell(acceptance, by)


def _tell(acceptance: Acceptance, by: Actor) -> None:
    """Those whose needs are behind it hear what came of it."""
    tell_of_outcome(Mission.objects.select_related("order").get(pk=acceptance.mission_id), by=by)


FOLLOWS = {
    "accept-file": _valid,
    "pass": _passed,
    "fail": _failed,
    "fail-late": _failed,
    "hand-in": _completed,
    "confirm": _confirmed,
    "send-back": _unconfirmed,
    "register": _registered,
    "recognise": _recognised,
}
