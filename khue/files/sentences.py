"""What the journal says of files."""

from django.utils.translation import gettext_lazy as _

from khue.journal.sentences import register

register(
    {
        "files.attached": _("%(actor)s attached the file “%(title)s”"),
        "files.version-added": _("%(actor)s added version %(number)s of the file “%(title)s”"),
        "files.removed": _("%(actor)s removed the file “%(title)s”"),
        "files.disposed": _("%(actor)s destroyed the content of the file “%(title)s”; its hash is kept"),
    }
)
