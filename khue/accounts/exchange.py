"""People in and out as a sheet: one row for each role in a unit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khue.accounts import actions
from khue.accounts.actions import NewRole, NewUser
from khue.accounts.models import Membership, User
from khue.accounts.roles import all_roles, label
from khue.accounts.rules import may_offer_role, twice, visible_to
from khue.core import permissions
from khue.core.actors import Actor
from khue.core.cells import choice, day, short, text
from khue.core.clock import today
from khue.core.exchange import (
    Change,
    Effect,
    Exchange,
    Field,
    Outcome,
    Row,
    WrongCell,
    attempt,
    judge,
    label_of,
    labels_of,
    together,
)
from khue.core.refusals import Refusal, Refused, require
from khue.directory.cells import UnitsInCells, unit_cell
from khue.directory.models import Unit


def _address(cell: Any) -> str:
    address = text(cell).lower()
    try:
        validate_email(address)
    except ValidationError as invalid:
        raise ValueError(_("“%(cell)s” is not an e-mail address.") % {"cell": text(cell)}) from invalid
    return address


def _roles() -> list[tuple[str, str]]:
    return [pair for each in all_roles().values() for pair in ((each.name, each.label_vi), (each.name, each.label_en))]


FIELDS = [
    Field("full_name", [gettext_lazy("Full name")], short(120), required=True, meaning=gettext_lazy(
        "As the person writes it."
    ), example="Nguyễn Thị Hoa"),
    Field("email", [gettext_lazy("E-mail")], _address, required=True, meaning=gettext_lazy(
        "With it the person signs in; one account for each address."
    ), example="hoa.nguyen@vidu.gov.vn"),
    Field("unit", [gettext_lazy("Unit")], short(320), meaning=gettext_lazy(
        "Where the person has the role, by name or code."
    ), example="Sở Khoa học và Công nghệ"),
    Field("role", [gettext_lazy("Role")], choice(_roles), meaning=gettext_lazy(
        "One of the roles of this site. A person with several roles has a row for each."
    ), example="Văn thư"),
    Field("valid_from", [gettext_lazy("From")], day, meaning=gettext_lazy(
        "The first day of the role; today when left empty."
    ), example=date(2026, 1, 5), kind="date"),
    Field("valid_to", [gettext_lazy("To")], day, meaning=gettext_lazy(
        "The last day, when there is one."
    ), kind="date"),
]  # fmt: skip


def may(by: Actor) -> Refusal | None:
    """Those who keep accounts somewhere."""
    if permissions.may(by, "user:manage"):
        return None
    return Refusal("user.no-manager", _("Only administrators bring in, or take out, the list of people."))


def enter(rows: Sequence[Row], by: Actor) -> Iterator[Outcome]:
    """Add the accounts that are missing and give the roles that are missing; nothing is taken away silently."""
    run = _Run(rows, by)
    yield from run.all(rows).values()


class _Run:
    """What one import knows while it goes through its rows."""

    def __init__(self, rows: Sequence[Row], by: Actor) -> None:
        self.by = by
        self.users = {user.email: user for user in User.objects.filter(email__in={row.values["email"] for row in rows})}
        self.units = UnitsInCells((row.values["unit"] or "", self._first(row)) for row in rows)
        self.held: dict[tuple[int, int, str], list[Membership]] = {}
        for each in Membership.objects.filter(user__in=list(self.users.values())).select_related("unit"):
            self.held.setdefault((each.user_id, each.unit_id, each.role), []).append(each)
        self.newcomers: dict[str, NewUser] = {}
        self._offers: dict[tuple[int, str, date, date | None], Refusal | None] = {}

    def all(self, rows: Sequence[Row]) -> dict[int, Outcome]:
        """Accounts that are there are changed one by one; those that are missing are added in one write."""
        found: dict[int, Outcome] = {}
        rows_of: dict[str, list[Row]] = {}
        for row in rows:
            if row.values["email"] in self.users:
                found[row.number] = attempt(row, self.row)
                continue
            found[row.number] = judge(row, self._look)
            if isinstance(found[row.number], Change):
                rows_of.setdefault(row.values["email"], []).append(row)
        for problem in together([of_one[0] for of_one in rows_of.values()], self._add):
            refused = next(of_one for of_one in rows_of.values() if of_one[0].number == problem.row)
            found |= {row.number: attempt(row, self.row) for row in refused}
        return found

    def _add(self, rows: Sequence[Row]) -> None:
        for user in actions.add_users([self.newcomers[row.values["email"]] for row in rows], by=self.by):
            self.users[user.email] = user

    def _look(self, row: Row) -> Change:
        """Make an account ready to be added, or add a role to one that is."""
        email, name, unit = row.values["email"], row.values["full_name"], self._unit(row)
        there = self.newcomers.get(email)
        new = there or NewUser(email, name)
        changed = [] if new.full_name == name else ["full_name"]
        if unit is not None:
            changed += self._take(new, NewRole(unit, row.values["role"], self._first(row), row.values["valid_to"]))
        new.full_name, self.newcomers[email] = name, new
        effect: Effect = "new" if there is None else "changed" if changed else "same"
        return Change(row.number, effect, f"{name} ({email})", "" if there is None else labels_of(FIELDS, changed))

    def _take(self, new: NewUser, role: NewRole) -> list[str]:
        offer = (role.unit.pk, role.role, role.valid_from, role.valid_to)
        if offer not in self._offers:
            self._offers[offer] = may_offer_role(
                self.by, unit=role.unit, role=role.role, valid_from=role.valid_from, valid_to=role.valid_to
            )
        require(self._offers[offer])
        same = next((one for one in new.roles if one.overlaps(role)), None)
        if same is None:
            new.roles.append(role)
            return ["unit", "role"]
        if same.valid_from != role.valid_from:
            raise Refused(twice(new.full_name))
        if role.valid_to is None or same.valid_to == role.valid_to:
            return []
        same.valid_to = role.valid_to
        return ["valid_to"]

    def _first(self, row: Row) -> date:
        first: date = row.values["valid_from"] or today()
        return first

    def row(self, row: Row) -> Change:
        """Enter one person, and one role of that person."""
        unit = self._unit(row)
        user = self.users.get(row.values["email"])
        changed = []
        if new := user is None:
            user = actions.add_user(email=row.values["email"], full_name=row.values["full_name"], by=self.by)
        elif user.full_name != row.values["full_name"]:
            user = actions.change_profile(user, by=self.by, full_name=row.values["full_name"])
            changed.append("full_name")
        if unit is not None:
            changed += self._role(row, user, unit)
        self.users[user.email] = user
        effect: Effect = "new" if new else "changed" if changed else "same"
        details = "" if new else labels_of(FIELDS, changed)
        return Change(row.number, effect, f"{user.full_name} ({user.email})", details)

    def _unit(self, row: Row) -> Unit | None:
        if bool(row.values["unit"]) != bool(row.values["role"]):
            missing = "role" if row.values["unit"] else "unit"
            raise WrongCell(label_of(FIELDS, missing), _("Unit and role go together: fill in both, or neither."))
        if not row.values["unit"]:
            return None
        return self.units.find(row.values["unit"], self._first(row), column=label_of(FIELDS, "unit"))

    def _role(self, row: Row, user: User, unit: Unit) -> list[str]:
        role, first, last = row.values["role"], self._first(row), row.values["valid_to"]
        same = [one for one in self.held.get((user.pk, unit.pk, role), []) if _covers(one, row.values["valid_from"])]
        if not same:
            given = actions.give_role(user, unit=unit, role=role, valid_from=first, valid_to=last, by=self.by)
            self.held.setdefault((user.pk, unit.pk, role), []).append(given)
            return ["unit", "role"]
        if last is None or same[0].valid_to == last:
            return []
        actions.end_membership(same[0], last_day=last, by=self.by)
        return ["valid_to"]


def _covers(held: Membership, first: date | None) -> bool:
    """Whether a role that somebody has is the one of a row: it began that day, or lasts when no day is given."""
    return held.valid_from == first if first else held.valid_to is None or held.valid_to >= today()


def export(by: Actor) -> Iterator[Mapping[str, Any]]:
    """The active accounts that `by` may see, a row for each role they have or will have."""
    users = visible_to(by) if isinstance(by, User) else User.objects.all()
    parts = Membership.objects.filter(user__in=users.filter(is_active=True)).exclude(valid_to__lt=today())
    with_part = set()
    for each in parts.select_related("user", "unit").order_by("user__full_name", "user__email", "valid_from", "pk"):
        with_part.add(each.user_id)
        yield {
            "full_name": each.user.full_name, "email": each.user.email, "unit": unit_cell(each.unit),
            "role": label(each.role), "valid_from": each.valid_from, "valid_to": each.valid_to,
        }  # fmt: skip
    for user in users.filter(is_active=True).exclude(pk__in=with_part).order_by("full_name", "email"):
        yield {"full_name": user.full_name, "email": user.email}


PEOPLE = Exchange(
    name="people",
    label=gettext_lazy("People and roles"),
    purpose=gettext_lazy("Accounts by e-mail address, with their roles in units."),
    fields=FIELDS,
    enter=enter,
    export=export,
    may=may,
    url_name="accounts:users",
    notes=[
        gettext_lazy("Nobody is written to: send the invitations from the list of users when you are ready."),
        gettext_lazy("An account or role that is missing from the sheet stays; end it on the person's page."),
    ],
    order=20,
)
