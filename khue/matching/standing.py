"""The place of the bench in the shell, and what the journal says of verdicts taken back."""

from django.utils.translation import gettext_lazy as _

from khue.core import navigation
from khue.core.navigation import Item
from khue.journal import sentences

ROLES = frozenset({"officer", "unit-head"})


def register() -> None:
    """Called once, when the app starts."""
    item = Item("pairs", _("Duplicates"), "matching:pairs", "copy-check", ROLES, 37, navigation.ASKED)
    navigation.register(item)
    knowing = Item("who-knows", _("Who knows"), "matching:who-knows", "user-search", ROLES, 38, navigation.ASKED)
    navigation.register(knowing)
    sentences.register({"match.taken-back": _("%(actor)s took back what was said of the two records")})
