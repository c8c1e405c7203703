"""What the journal says of accounts."""

from django.utils.translation import gettext_lazy as _

from khue.journal import sentences


def register() -> None:
    """Tell the journal the sentences for the verbs of this app."""
    sentences.register(
        {
            "user.added": _("%(actor)s opened the account of %(name)s."),
            "user.invited": _("%(actor)s made a sign-in link."),
            "user.joined": _("%(actor)s chose a password."),
            "user.changed": _("%(actor)s corrected the name."),
            "user.role-given": _("%(actor)s gave the role “%(label)s” in %(unit)s from %(on)s."),
            "user.role-ended": _("%(actor)s ended the role “%(label)s” in %(unit)s; last day %(on)s."),
            "user.delegated": _("%(actor)s let %(to)s stand in, %(unit)s, from %(since)s until %(until)s."),
            "user.stands-in": _("Stands in for %(instead_of)s, %(unit)s, from %(since)s until %(until)s."),
            "user.recalled": _("%(actor)s called back the delegation to %(to)s on %(on)s."),
            "user.no-longer-stands-in": _("No longer stands in for %(instead_of)s from %(on)s."),
            "user.deactivated": _("%(actor)s deactivated the account."),
            "user.second-factor-forgotten": _("%(actor)s took the second factor off the account."),
            "user.view-shared": _("%(actor)s shared the view “%(name)s” of a list with everybody."),
            "user.view-unshared": _("%(actor)s no longer shares the view “%(name)s” of a list."),
            "user.reactivated": _("%(actor)s activated the account again."),
        }
    )
