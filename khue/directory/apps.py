from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "khue.directory"

    def ready(self) -> None:
        """Name the directory's place, and what the journal says of it."""
        from django.utils.translation import gettext_lazy as _

        from khue.core import exchange as sheets
        from khue.core import navigation
        from khue.directory import sentences
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
