"""What a document was made from, where an app that documents do not know made it: a composed report."""

from collections.abc import Callable

from khue.accounts.models import User
from khue.core.river import RiverItem

Origin = Callable[[str, User], RiverItem | None]
"""The dossier of the document and who looks -> what it was made from, if that is theirs to see."""
_origins: list[Origin] = []


def register(origin: Origin) -> None:
    """Named when the app starts that knows both."""
    _origins.append(origin)


def origins_of(dossier: str, user: User) -> list[RiverItem]:
    """Everything that the document was made from."""
    return [found for origin in _origins if (found := origin(dossier, user)) is not None]
