"""Keeping views of lists: name, rename, share, open a list in one, remove."""

from django.db import transaction

from khue.accounts import rules
from khue.accounts.actions.memberships import dossier
from khue.accounts.models import ListDefault, ListView, User
from khue.core.refusals import require
from khue.journal.actions import record


@transaction.atomic
def keep_view(page: str, *, name: str, query: str, by: User, default: bool = False, shared: bool = False) -> ListView:
    """Keep `query` of the list under a name; raises `Refused`: `view.*`."""
    User.objects.select_for_update().get(pk=by.pk)
    name = " ".join(name.split())
    require(rules.may_keep_view(by, page, name, query))
    view = ListView.objects.create(user=by, page=page, name=name, query=query)
    if shared:
        share_view(view, True, by=by)
    if default:
        open_in(view, by=by)
    return view


@transaction.atomic
def rename_view(view: ListView, name: str, *, by: User) -> None:
    """Give an own view another name; raises `Refused`: `view.*`."""
    User.objects.select_for_update().get(pk=by.pk)
    name = " ".join(name.split())
    require(rules.may_change_view(by, view) or rules.may_name_view(by, view.page, name, apart_from=view))
    view.name = name
    view.save(update_fields=["name", "folded"])


@transaction.atomic
def share_view(view: ListView, shared: bool, *, by: User) -> None:
    """Show an own view to everybody, or to oneself again; then it is no other's default any more."""
    require(rules.may_change_view(by, view) or (rules.may_share_views(by) if shared else None))
    if view.shared == shared:
        return
    view.shared = shared
    view.save(update_fields=["shared"])
    if not shared:
        view.defaults.exclude(user=by).delete()
    record(dossier(by), "user.view-shared" if shared else "user.view-unshared", by=by, name=view.name)


@transaction.atomic
def open_in(view: ListView, *, by: User) -> None:
    """Open the list in this view from now on; raises `Refused` for one that `by` does not see."""
    require(rules.may_use_view(by, view))
    ListDefault.objects.update_or_create(user=by, page=view.page, defaults={"view": view})


def open_plain(view: ListView, *, by: User) -> None:
    """Open the list without this view again."""
    view.defaults.filter(user=by).delete()


@transaction.atomic
def remove_view(view: ListView, *, by: User) -> None:
    """Take an own view away; raises `Refused`."""
    require(rules.may_change_view(by, view))
    if view.shared:
        share_view(view, False, by=by)
    view.delete()
