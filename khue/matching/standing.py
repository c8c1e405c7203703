"""The place of the bench in the shell, and what the journal says of verdicts taken back."""

from typing import cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from khue.accounts.models import User
from khue.core import navigation
from khue.core.navigation import Item
from khue.journal import sentences
from khue.matching.rules import may_sweep

ROLES = frozenset({"officer", "unit-head"})


def judges(user: AbstractBaseUser) -> bool:
    """Whether the person compares all records: people of the department do."""
    return may_sweep(cast("User", user)) is None


def register() -> None:
    """Called once, when the app starts."""
    item = Item("pairs", _("Duplicates"), "matching:pairs", "copy-check", ROLES, 37, navigation.ASKED, open_to=judges)
    navigation.register(item)
    knowing = Item("who-knows", _("Who knows"), "matching:who-knows", "user-search", ROLES, 38, navigation.ASKED)
    navigation.register(knowing)
    sentences.register({"match.taken-back": _("%(actor)s took back what was said of the two records")})
