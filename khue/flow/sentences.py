"""What the journal says of cases."""

from django.utils.translation import gettext_lazy as _

from khue.journal.sentences import register

register(
    {
        "flow.opened": _("%(actor)s started “%(process)s” at the step “%(step)s”"),
        "flow.entered": _("%(actor)s entered this from a list: opened on %(opened)s, now at the step “%(step)s”"),
        "flow.moved": _("%(actor)s: %(move_label)s (%(from_label)s → %(to_label)s)"),
        "flow.acted": _("%(actor)s: %(move_label)s (still at %(to_label)s)"),
        "flow.due-set": _("%(actor)s changed the due day from %(before)s to %(due)s"),
        "flow.due-given": _("%(actor)s set the due day to %(due)s"),
        "flow.due-dropped": _("%(actor)s took the due day %(before)s away"),
        "flow.party-set": _("%(actor)s put %(after)s in the place of %(before)s as “%(party_label)s”"),
        "flow.party-given": _("%(actor)s entered %(after)s as “%(party_label)s”"),
        "flow.version-changed": _("%(actor)s moved this to the process version of %(after)s, step “%(to_label)s”"),
        "flow.reminded": _("%(actor)s reminded %(whom)s: %(rule)s, due %(due)s"),
        "flow.parts-closed": _("All parts handed to lower units are closed: %(done)s done, %(cancelled)s cancelled"),
    }
)
