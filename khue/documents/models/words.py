"""The closed lists of words that documents are described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way a document goes."""

    IN = "in", _("Incoming")
    OUT = "out", _("Outgoing")
    INTERNAL = "internal", _("Internal")


class Family(models.TextChoices):
    """Which rules a document is made under (handbook of the field: state, Party, legal normative, press)."""

    STATE = "state", _("State administrative document")
    PARTY = "party", _("Party document")
    NORMATIVE = "normative", _("Legal normative document")
    PRESS = "press", _("Press report")


class Urgency(models.IntegerChoices):
    """Urgency marks of Decree 30/2020/NĐ-CP, appendix I, box 10b."""

    NORMAL = 0, _("Normal")
    URGENT = 1, _("Urgent")
    VERY_URGENT = 2, _("Extremely urgent")
    FLASH = 3, _("Flash")


class Secrecy(models.IntegerChoices):
    """Secrecy marks of Decree 30/2020/NĐ-CP, appendix I, box 10a."""

    NONE = 0, _("Not secret")
    SECRET = 1, _("Secret")
    TOP_SECRET = 2, _("Highly secret")
    ABSOLUTE = 3, _("Top secret")


class Reading(models.TextChoices):
    """How far the machine has come with the text of a document."""

    NONE = "none", _("Nothing to read")
    WAITING = "waiting", _("Being read")
    DONE = "done", _("Read")
    FAILED = "failed", _("Could not be read")


class OnBehalf(models.TextChoices):
    """In what right somebody signs (Decree 30/2020/NĐ-CP art. 13): TM., KT., TL., TUQ., Q."""

    COLLECTIVE = "collective", _("On behalf of a collective")
    DEPUTY = "deputy", _("Deputy, for the head")
    ORDER = "order", _("By order of the head")
    AUTHORISED = "authorised", _("By authorisation of the head")
    ACTING = "acting", _("Acting head")
