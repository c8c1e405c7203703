"""Views of lists that people keep: a name for filters and an order, of one list."""

from django.db import models
from django.db.models import Q

from khue.accounts.models.users import User
from khue.core.clock import now
from khue.language.text import fold, nfc

NAME_LENGTH, QUERY_LENGTH = 60, 1000


class ListView(models.Model):
    """A view of a list, kept by `user`, used by everybody once it is shared."""

    user = models.ForeignKey(User, models.CASCADE, related_name="list_views")
    page = models.CharField(max_length=100)
    """The list, as `core.pages.list_name` calls it."""
    name = models.CharField(max_length=NAME_LENGTH)
    folded = models.CharField(max_length=NAME_LENGTH, editable=False)
    query = models.CharField(max_length=QUERY_LENGTH)
    """What follows `?` in the address: filters that the list knows, and the order."""
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["folded", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "page", "folded"], name="list_view_name_once"),
            models.CheckConstraint(condition=~Q(folded="") & ~Q(query=""), name="list_view_says_something"),
        ]
        indexes = [models.Index(fields=["page"], condition=Q(shared=True), name="list_view_shared")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name = nfc(self.name)
        self.folded = fold(self.name)[:NAME_LENGTH]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class ListDefault(models.Model):
    """The view in which somebody wants a list to open: an own one or a shared one."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    page = models.CharField(max_length=100)
    view = models.ForeignKey(ListView, models.CASCADE, related_name="defaults")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="list_default_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.page}"
