from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "khue.site"

    def ready(self) -> None:
        """Name the shell's own places."""
        from django.utils.translation import gettext_lazy as _

        from khue.core import navigation
        from khue.core.navigation import Item

        navigation.register(Item("desk", _("My desk"), "site:desk", "layout-list", order=0, key="b"))
        navigation.register(
            Item("guide", _("Guide"), "site:guide", "book", order=90, group=navigation.RUNNING, key="h")
        )
