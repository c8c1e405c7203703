"""Accounts, and what they may act for."""

from khue.accounts.models.list_views import ListDefault, ListView
from khue.accounts.models.parts import Delegation, Invitation, Membership
from khue.accounts.models.users import User, Users

__all__ = ["Delegation", "Invitation", "ListDefault", "ListView", "Membership", "User", "Users"]
