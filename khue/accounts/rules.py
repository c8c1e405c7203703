"""What an account may act for on a day, and what it may do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from khue.accounts.models import Delegation, Invitation, ListDefault, ListView, Membership, User
from khue.accounts.models.list_views import NAME_LENGTH, QUERY_LENGTH
from khue.accounts.part import Part
from khue.accounts.roles import all_roles
from khue.core import permissions
from khue.core.actors import Actor, SystemActor
from khue.core.clock import now, today
from khue.core.refusals import Refusal
from khue.directory.models import Unit, valid_on
from khue.language.text import fold

MOST_VIEWS = 20


def acting_in(user: User, on: date | None = None) -> list[Part]:
    """The parts `user` has on `on` (today), own ones first: one query, kept on the user object for the request."""
    day = on or today()
    if not user.is_active or user.pk is None:
        return []
    if day not in user.parts_by_day:
        user.parts_by_day[day] = _in_order(_rows(user, day))
    return user.parts_by_day[day]


PARTS = """
    SELECT part.id, part.unit_id, unit.name, unit.path, part.role, unit.kind, ''
    FROM accounts_membership part JOIN directory_unit unit ON unit.id = part.unit_id
    WHERE part.user_id = %(user)s AND part.valid_from <= %(day)s AND (part.valid_to IS NULL OR part.valid_to >= %(day)s)
    UNION
    SELECT part.id, part.unit_id, unit.name, unit.path, part.role, unit.kind, absent.full_name
    FROM accounts_delegation leave JOIN accounts_membership part ON part.id = leave.from_membership_id
        JOIN accounts_user absent ON absent.id = part.user_id JOIN directory_unit unit ON unit.id = part.unit_id
    WHERE leave.to_user_id = %(user)s AND leave.ended_at IS NULL AND leave.valid_from <= %(day)s
        AND leave.valid_to >= %(day)s AND part.valid_from <= %(day)s
        AND (part.valid_to IS NULL OR part.valid_to >= %(day)s) AND absent.is_active
"""
"""Own parts, and those of people on leave. Asked for every page, and always the same: putting it together out of
querysets took longer than all else that a page asks about its reader."""
COLUMNS = [field.attname for field in User._meta.concrete_fields]
WITH_PARTS = f"""
    SELECT {", ".join(f"account.{name}" for name in COLUMNS)}, parts.*
    FROM accounts_user account LEFT JOIN ({PARTS}) parts ON TRUE WHERE account.id = %(user)s
"""  # noqa: S608 - of constants


def _rows(user: User, day: date) -> list[Sequence[Any]]:
    with connection.cursor() as cursor:
        cursor.execute(PARTS, {"user": user.pk, "day": day})
        found: list[Sequence[Any]] = cursor.fetchall()
        return found


def _in_order(rows: Iterable[Sequence[Any]]) -> list[Part]:
    return [Part(*row) for row in sorted(rows, key=lambda row: (bool(row[-1]), row[0]))]


def with_parts(number: Any) -> User | None:
    """The account of that number and the parts it has today, as each request begins: one query."""
    day = today()
    with connection.cursor() as cursor:
        cursor.execute(WITH_PARTS, {"user": number, "day": day})
        rows = cursor.fetchall()
    if not rows:
        return None
    user = User.from_db(connection.alias, COLUMNS, rows[0])
    parts = [row[len(COLUMNS) :] for row in rows]
    user.parts_by_day[day] = _in_order(part for part in parts if part[0] is not None)
    return user


def has_role(user: User, role: str, unit: Unit | int | None = None) -> bool:
    """Whether `user` has `role` today: in any unit, or reaching `unit` (a tree role reaches units below its own)."""
    return any(part.role == role and _reaches(part, unit) for part in acting_in(user))


def unit_ids(user: User, role: str | None = None) -> set[int]:
    """The units `user` acts in today, in any role or in `role`; units below are not listed (see `Units.within`)."""
    return {part.unit_id for part in acting_in(user) if role in (None, part.role)}


def may(actor: Actor, permission: str, unit: Unit | int | None = None) -> bool:
    """Whether `actor` is an account with `permission` through any of its parts, reaching `unit` if given: without a
    query where the unit itself is."""
    if not isinstance(actor, User):
        return False
    allowing = [part for part in acting_in(actor) if part.allows(permission)]
    found = next((part for part in allowing if _reaches(part, unit)), None)  # own parts come first
    if found is not None:
        actor.stood_in_for = found.delegated_by
    return found is not None


def _reaches(part: Part, unit: Unit | int | None) -> bool:
    if unit is None:
        return True
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    if part.unit_id == unit_id or part.reaches("city"):
        return True
    if part.described is None or part.described.reach == "unit":
        return False
    if isinstance(unit, Unit) and unit.path:
        return f"/{part.unit_id}/" in unit.path
    return Unit.objects.filter(pk=unit_id).within([part.unit_id]).exists()


def holders(permission: str, unit: Unit | None = None) -> QuerySet[User]:
    """Active people who have `permission` today through a part of their own, reaching `unit` if given."""
    reaching = Q(pk__in=[])
    above = [int(number) for number in unit.path.strip("/").split("/")] if unit is not None else []
    for role in [role for role in all_roles().values() if role.allows(permission)]:
        near = {"unit": above[-1:], "tree": above}.get(role.reach)
        reaching |= Q(role=role.name) & (Q() if unit is None or near is None else Q(unit__in=near))
    parts = Membership.objects.filter(reaching, valid_on(today()))
    return User.objects.filter(pk__in=parts.values("user"), is_active=True)


def may_manage(by: Actor, unit: Unit) -> Refusal | None:
    """Whether `by` keeps the accounts of `unit`."""
    return None if permissions.may(by, "user:manage", unit.pk) else _no_manager()


def may_add_user(by: Actor, email: str) -> Refusal | None:
    """One account an address; only those who keep accounts somewhere add one."""
    if not permissions.may(by, "user:manage"):
        return _no_manager()
    if User.objects.filter(email__iexact=email).exists():
        return _already_there(email)
    return None


def _already_there(email: str) -> Refusal:
    sentence = _("There already is an account with the address %(email)s: open it and give it a role instead.")
    return Refusal("user.already-there", sentence % {"email": email})


def may_add_users(by: Actor, emails: Sequence[str]) -> Refusal | None:
    """As `may_add_user`, for many addresses at once; none may stand there twice."""
    if not permissions.may(by, "user:manage"):
        return _no_manager()
    wanted = [email.lower() for email in emails]
    there = set(User.objects.filter(email__in=wanted).values_list("email", flat=True))  # kept in lower case
    twice_here = [email for email, count in Counter(wanted).items() if count > 1]
    for email in [*there, *twice_here]:
        return _already_there(email)
    return None


def may_manage_user(by: Actor, user: User) -> Refusal | None:
    """An administrator of every unit in which the account acts or will act, also in somebody's stead: who could sign in
    for it in one of them could in all. What acts nowhere any more is reached through any unit that it was in, and what
    has no part yet through any."""
    if isinstance(by, SystemActor):
        return None
    if acting := _units_to_come(user):
        return None if all(permissions.may(by, "user:manage", unit) for unit in acting) else _no_manager()
    before: list[int | None] = [*user.memberships.values_list("unit_id", flat=True).distinct()]
    return None if any(permissions.may(by, "user:manage", unit) for unit in before or [None]) else _no_manager()


def _units_to_come(user: User) -> set[int]:
    """Those of the parts that the account has today or later, its own and lent ones."""
    lent = user.received_delegations.filter(ended_at=None, valid_to__gte=today())
    own = user.memberships.filter(Q(valid_to=None) | Q(valid_to__gte=today()))
    return {*own.values_list("unit_id", flat=True), *lent.values_list("from_membership__unit_id", flat=True)}


def may_change_profile(by: Actor, user: User) -> Refusal | None:
    """One's own, or as administrator of the account."""
    return None if by.actor_id == user.pk else may_manage_user(by, user)


def may_deactivate(by: Actor, user: User) -> Refusal | None:
    """Nobody shuts oneself out."""
    if by.actor_id == user.pk:
        return Refusal("user.oneself", _("You cannot deactivate your own account; ask another administrator."))
    return may_manage_user(by, user)


def may_forget_second_factor(by: Actor, user: User) -> Refusal | None:
    """Of another's account that has one; one's own is changed where one set it up."""
    if by.actor_id == user.pk:
        return Refusal("user.own-factor", _("Your own second factor is changed under “My account”."))
    if not Authenticator.objects.filter(user=user).exists():
        return Refusal("user.no-factor", _("This account has no second factor."))
    return may_manage_user(by, user)


def may_give_role(
    by: Actor, user: User, *, unit: Unit, role: str, valid_from: date, valid_to: date | None = None
) -> Refusal | None:
    """As `may_offer_role`, and the account must not have the role there already."""
    if refusal := may_offer_role(by, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to):
        return refusal
    same = Membership.objects.filter(user=user, unit=unit, role=role).exclude(valid_to__lt=valid_from)
    if same.filter(Q(valid_from__lte=valid_to) if valid_to else Q()).exists():
        return twice(user)
    return None


def may_offer_role(
    by: Actor, *, unit: Unit, role: str, valid_from: date, valid_to: date | None = None
) -> Refusal | None:
    """By an administrator of the unit; roles that reach the whole city only by one at the top of the tree."""
    if refusal := may_manage(by, unit):
        return refusal
    if role not in all_roles():
        return Refusal("role.unknown", _("There is no role “%(role)s”.") % {"role": role})
    if all_roles()[role].reach == "city" and not _at_the_top(by):
        sentence = _("The role “%(role)s” reaches the whole city; an administrator of the highest unit gives it.")
        return Refusal("role.too-far", sentence % {"role": all_roles()[role].label})
    if (unit.valid_to is not None and (valid_to or valid_from) > unit.valid_to) or valid_from < unit.valid_from:
        return Refusal("membership.unit-not-there", _("%(unit)s does not exist on all of these days.") % {"unit": unit})
    if valid_to is not None and valid_to < valid_from:
        return Refusal("membership.wrong-days", _("The last day is before the first."))
    return None


def twice(user: User | str) -> Refusal:
    """That somebody has a role there already on these days."""
    return Refusal("membership.twice", _("%(user)s already has this role there on these days.") % {"user": user})


def may_end_membership(by: Actor, membership: Membership, *, last_day: date) -> Refusal | None:
    """By an administrator of the unit; not before it began, and not one's own last administration."""
    if refusal := may_manage(by, membership.unit):
        return refusal
    if (membership.valid_to is not None and membership.valid_to <= last_day) or last_day < membership.valid_from:
        sentence = _("This role began on %(on)s; give a last day from then on that is before its present end.")
        return Refusal("membership.wrong-end", sentence % {"on": f"{membership.valid_from:%d/%m/%Y}"})
    if by.actor_id == membership.user_id and membership.role == "administrator":
        return Refusal(
            "user.oneself", _("You cannot take the administration from yourself; ask another administrator.")
        )
    return None


def colleagues(user: User) -> QuerySet[User]:
    """Who is near enough to stand in for `user`: active people of the same units, of those below and just above."""
    own = Membership.objects.as_of(today()).filter(user=user)
    below = Unit.objects.within(own.values_list("unit_id", flat=True)).values("pk")
    near = Q(unit__in=below) | Q(unit__in=own.values("unit__parent"))
    theirs = Membership.objects.as_of(today()).filter(near)
    return User.objects.filter(is_active=True, pk__in=theirs.values("user")).exclude(pk=user.pk).order_by("full_name")


def may_delegate(
    by: Actor, membership: Membership, *, to_user: User, valid_from: date, valid_to: date
) -> Refusal | None:
    """One's own part, or as administrator of its unit; to somebody else who is active; within the part's days."""
    if by.actor_id != membership.user_id and may_manage(by, membership.unit):
        return Refusal(
            "delegation.not-yours", _("Only the person on leave, or an administrator of the unit, may delegate.")
        )
    if to_user.pk == membership.user_id or not to_user.is_active:
        return Refusal("delegation.to-whom", _("Choose another person whose account is active."))
    if valid_to < valid_from or valid_to < today():
        return Refusal("delegation.wrong-days", _("The last day must not be before the first, nor before today."))
    if valid_from < membership.valid_from or (membership.valid_to is not None and membership.valid_to < valid_to):
        return Refusal("delegation.outside", _("The leave must lie within the days of the role itself."))
    overlapping = membership.delegations.filter(ended_at=None, valid_from__lte=valid_to, valid_to__gte=valid_from)
    if overlapping.exists():
        return Refusal("delegation.twice", _("On some of these days somebody already stands in: call that back first."))
    return None


def may_recall(by: Actor, delegation: Delegation) -> Refusal | None:
    """The person on leave, the one who stands in, or an administrator of the unit; once."""
    part = delegation.from_membership
    if by.actor_id not in (part.user_id, delegation.to_user_id) and may_manage(by, part.unit):
        return Refusal(
            "delegation.not-yours", _("Only the two persons, or an administrator of the unit, may call it back.")
        )
    if delegation.ended_at is not None or delegation.valid_to < today():
        return Refusal("delegation.over", _("This delegation is already over."))
    return None


def may_accept(invitation: Invitation) -> Refusal | None:
    """An invitation works once, until its end, for an active account."""
    if invitation.used_at is None and invitation.expires_at > now() and invitation.user.is_active:
        return None
    return no_invitation()


def no_invitation() -> Refusal:
    """The same sentence for a wrong, used or expired link, so that nobody can probe for links."""
    return Refusal(
        "invitation.over", _("This link was used already or has run out. Ask your administrator for a new one.")
    )


def visible_to(user: User) -> QuerySet[User]:
    """The accounts that `user` may see in the administration: of the units kept or audited, and those without any."""
    watching = [part for part in acting_in(user) if part.allows("user:see")]
    keeping = [part for part in acting_in(user) if part.allows("user:manage")]
    if watching or any(part.reaches("city") for part in keeping):
        return User.objects.all()
    if not keeping:
        return User.objects.filter(pk=user.pk)
    units = Unit.objects.within(part.unit_id for part in keeping).values("pk")
    return User.objects.filter(Q(memberships__unit__in=units) | Q(memberships=None)).distinct()


def views_seen_by(user: User, page: str = "") -> QuerySet[ListView]:
    """The kept views that `user` may use, own ones first; `is_default` tells the one that the list opens in."""
    seen = ListView.objects.filter(Q(user=user) | Q(shared=True))
    mine = ListDefault.objects.filter(view=OuterRef("pk"), user=user)
    seen = seen.filter(page=page) if page else seen
    own = ExpressionWrapper(Q(user=user), BooleanField())
    return seen.annotate(is_default=Exists(mine), is_own=own).order_by("-is_own", "folded", "pk")


def views_of_list(user: User, page: str) -> list[ListView]:
    """The same of one list; every list asks."""
    asked = {"user": user.pk, "page": page}
    return list(ListView.objects.raw(VIEWS, asked))


VIEWS = """
    SELECT seen.*, seen.user_id = %(user)s AS is_own,
        EXISTS (
            SELECT 1 FROM accounts_listdefault opens WHERE opens.view_id = seen.id AND opens.user_id = %(user)s
        ) AS is_default
    FROM accounts_listview seen WHERE seen.page = %(page)s AND (seen.user_id = %(user)s OR seen.shared)
    ORDER BY seen.user_id = %(user)s DESC, seen.folded, seen.id
"""


def may_use_view(by: User, view: ListView) -> Refusal | None:
    """One's own, or one that is shared."""
    if view.user_id == by.pk or view.shared:
        return None
    return Refusal("view.not-yours", _("This view belongs to somebody else."))


def may_change_view(by: User, view: ListView) -> Refusal | None:
    """Only whoever kept it."""
    if view.user_id == by.pk:
        return None
    return Refusal("view.not-yours", _("Only the person who keeps this view may change it. Keep one of your own."))


def may_share_views(by: User) -> Refusal | None:
    """Those who watch over the work or keep the system show views to everybody."""
    if permissions.may(by, "view:share"):
        return None
    return Refusal("view.not-to-share", _("Only monitors and administrators share views with everybody."))


def may_name_view(by: User, page: str, name: str, apart_from: ListView | None = None) -> Refusal | None:
    """A name that says something, fits, and that no other own view of the list bears, accents apart."""
    if not fold(name):
        return Refusal("view.no-name", _("Give the view a name, such as “Overdue in my unit”."))
    if len(name) > NAME_LENGTH:
        return Refusal("view.long-name", _("The name may have %(most)s characters at most.") % {"most": NAME_LENGTH})
    others = ListView.objects.filter(user=by, page=page, folded=fold(name))
    if others.exclude(pk=apart_from.pk if apart_from else 0).exists():
        return Refusal("view.same-name", _("You already have a view “%(name)s” of this list.") % {"name": name})
    return None


def may_keep_view(by: User, page: str, name: str, query: str) -> Refusal | None:
    """A named set of filters; not more of them than a person can find again."""
    if not query:
        return Refusal("view.no-filters", _("Choose filters or an order first, then keep the view."))
    if len(query) > QUERY_LENGTH:
        return Refusal("view.too-long", _("These filters are too long to be kept; take some words away."))
    if ListView.objects.filter(user=by, page=page).count() >= MOST_VIEWS:
        sentence = _("You keep %(most)s views of this list already; remove one first.")
        return Refusal("view.too-many", sentence % {"most": MOST_VIEWS})
    return may_name_view(by, page, name)


def _at_the_top(by: Actor) -> bool:
    if not isinstance(by, User):
        return True
    parts = [part for part in acting_in(by) if part.allows("user:manage")]
    return any(part.unit_path.count("/") == 2 for part in parts)  # "/7/": nothing above it


def _no_manager() -> Refusal:
    return Refusal("user.no-manager", _("Only an administrator of the unit, or of one above it, may do this."))
