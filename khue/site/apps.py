from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "khue.site"

    def ready(self) -> None:
        """Name the shell's own places."""
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from khue.accounts.roles import all_roles
        from khue.core import exchange, navigation, search
        from khue.core.navigation import Item
        from khue.core.search import SearchSource
        from khue.site import measures, report_sending, report_words
        from khue.site.desk import how_many
        from khue.site.guide import in_glossary, in_guide

        navigation.register(Item("desk", _("My desk"), "site:desk", "layout-list", order=0, key="b", count=how_many))
        navigation.register(
            Item("guide", _("Guide"), "site:guide", "book", order=90, group=navigation.RUNNING, key="h")
        )
        bringing = {"unit:edit", "user:manage", "document:register", "document:extract", "directive:assign"}
        roles = frozenset(role.name for role in all_roles().values() if role.may & bringing)
        navigation.register(
            Item("imports", _("Bring in lists"), "site:imports", "table-import", roles, 80, navigation.RUNNING)
        )
        exchange.show_at(lambda kind, number: reverse("site:import", args=[kind, number]))
        search.register(SearchSource("guide", _("Guide"), in_guide, order=90))
        search.register(SearchSource("glossary", _("Glossary"), in_glossary, order=91))
        measures.register()
        report_words.register()
        report_sending.register()
