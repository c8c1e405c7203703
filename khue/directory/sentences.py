"""What the journal says of units, people and places."""

from django.utils.translation import gettext_lazy as _

from khue.journal import sentences


def register() -> None:
    """Tell the journal the sentences for the verbs of this app."""
    sentences.register(
        {
            "unit.added": _("%(actor)s entered %(name)s, from %(valid_from)s."),
            "unit.changed": _("%(actor)s changed the details of the unit."),
            "unit.renamed": _("%(actor)s renamed the unit from “%(was)s” to “%(name)s” from %(on)s."),
            "unit.also-called": _("%(actor)s noted that it is also called “%(name)s”."),
            "unit.not-called": _("%(actor)s took back that it is also called “%(name)s”."),
            "unit.ended": _("%(actor)s ended the unit from %(on)s."),
            "person.added": _("%(actor)s entered %(name)s."),
            "person.changed": _("%(actor)s corrected the details of the person."),
            "person.took-post": _("%(position)s, %(unit)s, from %(on)s (entered by %(actor)s)."),
            "person.left-post": _("No longer %(position)s, %(unit)s; last day %(on)s (entered by %(actor)s)."),
            "person.declared": _("%(actor)s declared the expertise “%(topic)s”."),
            "person.withdrew": _("%(actor)s withdrew the expertise “%(topic)s”."),
            "places.loaded": _("%(actor)s loaded %(new)s rows of places."),
        }
    )
