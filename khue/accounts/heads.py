"""Who heads a unit and signs for it: who holds such a post in the directory, else who acts as its head here."""

from datetime import date
from typing import NamedTuple

from khue.accounts.models import Membership
from khue.core.clock import today
from khue.directory.models import Post, Unit, valid_on

POSTS = ("Giám đốc", "Tổng giám đốc", "Viện trưởng", "Hiệu trưởng", "Chủ tịch", "Trưởng")
"""How the posts of those begin who head an organisation."""


class Head(NamedTuple):
    """Empty where nobody is known; the post is the directory's alone."""

    name: str = ""
    post: str = ""


def head_of(unit: Unit, on: date | None = None) -> Head:
    """Who headed `unit` on that day (today)."""
    day = on or today()
    posts = Post.objects.filter(valid_on(day), unit=unit).select_related("person")
    post = next((one for one in posts if one.position.startswith(POSTS)), None)
    if post is not None:
        return Head(str(post.person), post.position)
    part = Membership.objects.filter(valid_on(day), unit=unit, role="unit-head").select_related("user").first()
    return Head(part.user.full_name) if part else Head()
