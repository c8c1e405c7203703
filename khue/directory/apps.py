from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "khue.directory"

    def ready(self) -> None:
        """Name the directory's place, what the search finds in it, and what the journal says of it."""
        from django.utils.translation import gettext_lazy as _

        from khue.core import exchange as sheets
        from khue.core import navigation
        from khue.core import search as everything
        from khue.directory import hits, sentences
        from khue.directory.exchange import UNITS

        sentences.register()
        sheets.register(UNITS)
        units = navigation.Item(
            "directory",
            _("Directory"),
            "directory:units",
            "address-book",
            order=60,
            group=navigation.REGISTERS,
            key="d",
        )
        navigation.register(units)
        everything.register(everything.SearchSource("units", _("Units"), hits.units, 60))
        everything.register(everything.SearchSource("people", _("People"), hits.people, 61))
        everything.register(everything.SearchSource("places", _("Administrative places"), hits.places, 62))
