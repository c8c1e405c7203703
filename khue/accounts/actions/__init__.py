"""Every write about accounts."""

from khue.accounts.actions.accounts import (
    NewRole,
    NewUser,
    accept_invitation,
    add_user,
    add_users,
    change_profile,
    deactivate,
    forget_second_factor,
    invite,
    reactivate,
)
from khue.accounts.actions.delegations import delegate, recall
from khue.accounts.actions.memberships import change_role, close_memberships, end_membership, give_role

__all__ = [
    "NewRole",
    "NewUser",
    "accept_invitation",
    "add_user",
    "add_users",
    "change_profile",
    "change_role",
    "close_memberships",
    "deactivate",
    "delegate",
    "end_membership",
    "forget_second_factor",
    "give_role",
    "invite",
    "reactivate",
    "recall",
]
