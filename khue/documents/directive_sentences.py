"""What the journal says of directives beside what it says of their cases."""

from django.utils.translation import gettext_lazy as _

from khue.journal.sentences import register

register(
    {
        "document.directives-found": _("%(actor)s found %(count)s directives in the text"),
        "document.directives-assigned": _("%(actor)s assigned %(count)s directives to %(units)s units"),
        "directive.share": _("%(actor)s reported the share of %(unit)s, %(percent)s%%: %(text)s"),
        "directive.reminded": _("%(actor)s reminded %(unit)s %(comment)s"),
        "directive.support-handed-over": _("%(actor)s put %(new)s in the place of %(old)s as a supporting unit"),
    }
)
