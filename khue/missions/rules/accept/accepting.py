"""Who does what at the acceptance of a mission, and how late a file is."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from khue.accounts.models import User
from khue.accounts.scope import for_department, units_where
from khue.core.actors import Actor
from khue.core.calendar import add_months, add_working_days
from khue.core.clock import today
from khue.core.refusals import Refusal
from khue.flow.models import Case, ProcessVersion
from khue.flow.shelf.law import cite
from khue.flow.shelf.telling import told_value
from khue.missions.models import Acceptance, Mission, Result, UseReport
from khue.missions.rules.accept.days import day_in_order
from khue.missions.rules.accept.dossier import parts_missing
from khue.missions.rules.accept.review import CONCLUDES, DECIDES, entered_by_hand
from khue.missions.rules.visibility import HANDLE, inside_of


def months_late(due_on: date, handed_in_on: date) -> int:
    """By how many months, counted as begun, something came after its day; 0 in time.

    One day late is in the first month; six months and a day late is in the seventh, which is "more than six months".
    """
    late = 0
    while handed_in_on > add_months(due_on, late):
        late += 1
    return late


def acceptance_version(mission: Mission) -> ProcessVersion:
    """The rules of acceptance of the generation under which the mission was begun: a mission that was approved before
    new rules came finishes under the old ones (Law 93/2025/QH15, article 73)."""
    begun = mission.case.process_version.version if mission.case else mission.starts_on or date(mission.year, 1, 1)
    versions = ProcessVersion.objects.filter(process="mission-accept").order_by("-version")
    found = versions.filter(version__lte=begun).first() or versions.last()
    assert found is not None  # noqa: S101 - the shelf check holds at least one
    return found


def may_open(mission: Mission) -> Refusal | None:
    """One attempt at a time; nothing after it was accepted."""
    if mission.acceptances.filter(case__closed_at=None).exists():
        return Refusal("acceptance.open", _("The acceptance of this mission is under way already."))
    if mission.rating in (Mission.Rating.PASSED, Mission.Rating.EXCELLENT):
        return Refusal("acceptance.done", _("This mission was accepted already."))
    if mission.state == Mission.State.TERMINATED:
        return Refusal("acceptance.terminated", _("This mission was terminated; nothing of it is accepted."))
    if mission.host is None:
        return Refusal(
            "acceptance.no-host", _("The mission has no lead organisation in the directory. Enter it first.")
        )
    return None


def may_file(acceptance: Acceptance) -> Refusal | None:
    """The self-evaluation is whole, and every paper that belongs to the file is there."""
    return not_written(acceptance) or parts_missing(acceptance)


def not_written(acceptance: Acceptance) -> Refusal | None:
    """What the self-evaluation still lacks: a product that is not judged or not delivered at all, a rating, a text."""
    open_ones = acceptance.products.filter(self_rating="").count()
    if open_ones:
        sentence = _("Say of each product what was delivered: %(count)s of them are still open.")
        return Refusal("acceptance.products-open", sentence % {"count": open_ones})
    nothing = acceptance.products.filter(quantity=0).exclude(self_rating=Mission.Rating.FAILED)
    if product := nothing.select_related("product").order_by("product__number").first():
        sentence = _("“%(product)s”: write how much was delivered. Of which nothing was delivered is not passed.")
        return Refusal("acceptance.nothing-delivered", sentence % {"product": product.product.name})
    if not acceptance.self_rating or not acceptance.self_evaluation.strip():
        return Refusal("acceptance.no-self-evaluation", _("Write the self-evaluation and its rating first."))
    return None


def may_write(by: Actor, acceptance: Acceptance) -> Refusal | None:
    """The lead organisation writes its file until it is handed in, and when a supplement is asked for."""
    if _case(acceptance).step not in ("file-due", "supplementing"):
        return Refusal("acceptance.handed-in", _("The file was handed in; ask the department to send it back."))
    if not isinstance(by, User) or acceptance.mission.host_id in _units(by):
        return None
    return Refusal("acceptance.not-host", _("Only the lead organisation writes this file."))


def may_complete(by: Actor, acceptance: Acceptance) -> Refusal | None:
    """The lead organisation meets the council's remarks while the file is completed."""
    if _case(acceptance).step != "completing":
        return Refusal("acceptance.not-completing", _("Remarks of the council are met while the file is completed."))
    if not isinstance(by, User) or acceptance.mission.host_id in _units(by):
        return None
    return Refusal("acceptance.not-host", _("Only the lead organisation writes this file."))


def may_evaluate(by: Actor, acceptance: Acceptance) -> Refusal | None:
    """The department evaluates the output of what was accepted."""
    if _case(acceptance).step != "accepted":
        return Refusal("acceptance.not-accepted", _("The effect is evaluated after the results were recognised."))
    if not evaluates_output(acceptance):
        return Refusal("acceptance.no-evaluation", _("Under the rules of this mission the output is not evaluated."))
    if not isinstance(by, User) or for_department(by, HANDLE):
        return None
    return Refusal("acceptance.not-department", _("This is for the department."))


def evaluates_output(acceptance: Acceptance) -> bool:
    """Whether the version asks what came of a mission after its end."""
    rule = _case(acceptance).definition.provisions.get("output-evaluation")
    return rule is not None and bool(rule.value)


def output_due_on(acceptance: Acceptance, recognised_on: date) -> date | None:
    """When the output is to be evaluated; None where nobody asks for it."""
    if not evaluates_output(acceptance):
        return None
    return add_months(recognised_on, _case(acceptance).definition.number("output-evaluation-after"))


def days_told(acceptance: Acceptance) -> list[tuple[str, str, str]]:
    """What the rules give days for besides the steps: what it is, until when or within which time, by which rule."""
    known, found = _case(acceptance).definition.provisions, []
    published, certificate = known.get("accept-published-within"), known.get("certificate-within")
    if published is not None and acceptance.valid_on is not None and isinstance(published.value, int):
        last = add_working_days(acceptance.valid_on, published.value)
        found.append((_("Basic information published until"), f"{last:%d/%m/%Y}", cite(published.basis)))
    if certificate is not None and _case(acceptance).step == "registering":
        found.append((str(certificate.label), told_value(certificate), cite(certificate.basis)))
    return found


def may_act(acceptance: Acceptance, move: str, data: Mapping[str, Any]) -> Refusal | None:
    """What the facts must say before a move, whoever makes it."""
    if move == "fail-late":
        return _may_fail_late(acceptance)
    if move in (DECIDES, *CONCLUDES) and (lack := entered_by_hand(acceptance, move, data)):
        return lack
    if move == "register":
        number = str(data.get("registration_number", "")).strip()
        return _may_register(acceptance, number) or day_in_order(acceptance, move, data)
    return day_in_order(acceptance, move, data)


def _may_fail_late(acceptance: Acceptance) -> Refusal | None:
    months = _case(acceptance).definition.number("accept-late")
    last = add_months(acceptance.due_on, months)
    if (acceptance.submitted_on or today()) > last:
        return None
    sentence = _("The file was due %(due)s; it fails for lateness only after %(months)s months, from %(day)s on.")
    days = {"due": f"{acceptance.due_on:%d/%m/%Y}", "day": f"{last + timedelta(days=1):%d/%m/%Y}"}
    return Refusal("acceptance.not-that-late", sentence % {**days, "months": months})


def _may_register(acceptance: Acceptance, number: str) -> Refusal | None:
    if not acceptance.mission.results.exists():
        return Refusal("acceptance.no-result", _("Describe at least one result first; the certificate is for results."))
    taken = Result.objects.filter(registration_number=number).exclude(mission=acceptance.mission).first()
    if taken is None:
        return None
    sentence = _("The number %(number)s is already that of “%(title)s”. Look at the certificate again.")
    return Refusal("acceptance.number-taken", sentence % {"number": number, "title": taken.title})


def may_report_use(by: Actor, report: UseReport) -> Refusal | None:
    """The lead organisation, the body that ordered the mission, or the department tell of the use of results."""
    if report.state == UseReport.State.ACCEPTED:
        return Refusal("use-report.accepted", _("The department has taken note of this report; it stays as it is."))
    mission = report.mission
    before = mission.use_reports.filter(due_on__lt=report.due_on).order_by("-due_on").first()
    if before is not None and before.due_on > today():
        sentence = _("The year of this report begins on %(day)s; it is written when there is something to tell.")
        return Refusal("use-report.too-early", sentence % {"day": f"{before.due_on:%d/%m/%Y}"})
    if not isinstance(by, User):
        return None
    if _units(by) & {mission.host_id, mission.orderer_id} or inside_of(by).filter(pk=mission.pk).exists():
        return None
    return Refusal(
        "use-report.not-yours", _("Only those who take part in the mission report on the use of its results.")
    )


def _case(acceptance: Acceptance) -> Case:
    assert acceptance.case is not None  # noqa: S101 - only the transaction that opens it knows it without
    return acceptance.case


def _units(user: User) -> set[int | None]:
    return set(units_where(user, "mission:report"))
