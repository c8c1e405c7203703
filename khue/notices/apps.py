from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "khue.notices"

    def ready(self) -> None:
        """Hang the bell into the bar above, and the preferences under one's name; hear of delegations."""
        from django.utils.translation import gettext_lazy as _

        from khue.core.navigation import HEADER, ME, Item, register
        from khue.journal import listening
        from khue.notices.rules import unread
        from khue.notices.stand_ins import tell

        listening.register(tell)

        register(
            Item(
                "notices",
                _("Notices"),
                "notices:list",
                "bell",
                group=HEADER,
                count=unread,
            )
        )
        register(
            Item("notice-preferences", _("Notices and calendar"), "notices:preferences", "bell-cog", group=ME, order=20)
        )
