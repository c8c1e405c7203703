"""A mission under way with its host, plan and investigator, in the hall of the councils' tests."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile

from khue.accounts.models import User
from khue.core.clock import at, now, today
from khue.councils.actions import (
    Wanted,
    add_seats,
    appoint,
    cast,
    close,
    conclude,
    open_session,
    record_attendance,
    schedule,
    seat_everybody,
    send_documents,
)
from khue.councils.models import Council
from khue.councils.tests.hall import Hall, account, expert, later, of
from khue.directory.models import Person, Unit
from khue.missions.actions.accept.acceptance_file import attach_part
from khue.missions.actions.accept.accepting import act
from khue.missions.actions.accept.review import record_measuring
from khue.missions.models import Acceptance, Mission, Plan, PlanPerson, PlanProduct
from khue.missions.rules.accept.dossier import dossier_rows
from khue.missions.rules.accept.sitting import council_subject

ROLES = ("chair", "vice-chair", "secretary", "reviewer", "reviewer", "member", "member", "member", "member")


@dataclass
class Scene:
    """A mission whose time is over."""

    hall: Hall
    mission: Mission
    investigator: Person

    @property
    def products(self) -> list[PlanProduct]:
        assert self.mission.plan is not None
        return list(self.mission.plan.products.all())


def scene(hall: Hall) -> Scene:
    """Two products were promised; the contract has ended. The officer works in the department itself."""
    hall.officer = account("Phạm Văn Sở", "officer", hall.department)
    investigator = expert("Nguyễn Chủ Nhiệm", hall.applicant)
    plan = Plan.objects.create(
        type="technology-topic", name="Nuôi lươn không bùn", months=24, stand=Plan.Stand.CONTRACT, locked_at=now()
    )
    PlanPerson.objects.create(plan=plan, person=investigator, role="investigator", unit=hall.applicant)
    PlanProduct.objects.create(plan=plan, number=1, kind="II", name="Quy trình nuôi", quantity=1)
    PlanProduct.objects.create(plan=plan, number=2, kind="III", name="Lươn giống", quantity=Decimal(10_000))
    mission = Mission.objects.create(
        title=plan.name, type=plan.type, host=hall.applicant, investigator=investigator, plan=plan, year=2022,
        starts_on=date(2022, 4, 1), ends_on=date(2024, 4, 1), state=Mission.State.RUNNING, budget_state=900_000_000,
    )  # fmt: skip
    return Scene(hall, mission, investigator)


def attach_parts(acceptance: Acceptance, *, by: User, without: str = "") -> None:
    """Every paper that belongs to the file, except `without`; what is there already stays."""
    for row in dossier_rows(acceptance):
        if row.missing and row.name != without:
            attach_part(acceptance, ContentFile(row.label.encode(), f"{row.name}.txt"), part=row.name, by=by)


def measured(council: Council, *, by: User) -> None:
    """The three members who were named last have measured what can be measured."""
    subject = council.subjects.get()
    members = [seat.person for seat in council.seats.select_related("person").order_by("-pk")[:3]]
    acceptance = Acceptance.objects.get(pk=int(subject.dossier.partition(":")[2]))
    record_measuring(acceptance, members=members, measured_on=today(), findings="Đạt mức đã đặt hàng.", by=by)


def sit(council: Council, hall: Hall, answers: dict[str, object]) -> Council:
    """Nine members are appointed, meet and cast the same ballot; the council concludes."""
    unit = Unit.objects.get(name="Viện Cơ điện")
    people = [*hall.experts, expert("Mai Thị Lan", unit), expert("Trịnh Văn Minh", unit)]
    with at(date(2024, 5, 20)):
        wanted = [Wanted(person, role) for person, role in zip(people, ROLES, strict=True)]
        assert not add_seats(council, wanted, by=hall.officer)[1]
        seat_everybody(council, by=hall.officer)
        appoint(council, decision_sign="15/QĐ-SKHCN", decided_on=date(2024, 5, 20), by=hall.officer)
        schedule(council, meets_at=later(28), venue="Phòng họp 1", by=hall.officer)
        send_documents(council, by=hall.officer)
    with at(date(2024, 6, 3)):
        measured(council, by=hall.officer)
        seats = list(council.seats.all())
        record_attendance(council, dict.fromkeys(seats, "present"), by=hall.officer)
        open_session(council, by=hall.officer)
        for seat in seats:
            for subject in council.subjects.all():
                cast(seat, subject, answers, by=of(seat.person))
        close(council, by=hall.officer)
        conclude(council, conclusion="Đồng ý nghiệm thu.", by=hall.officer)
    council.refresh_from_db()
    return council


def confirmed(acceptance: Acceptance) -> Acceptance:
    """The chair has looked at the completed file, and signs in to say that it is as the council asked."""
    subject = council_subject(acceptance)
    assert subject is not None
    return act(acceptance, "confirm", by=of(subject.council.seats.get(role="chair").person))
