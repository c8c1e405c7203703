from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "khue.office"

    def ready(self) -> None:
        """Tell the journal what it says of sheets."""
        from django.utils.translation import gettext_lazy as _

        from khue.journal import sentences

        sentences.register(
            {
                "sheet.entered": _(
                    "%(actor)s entered the sheet “%(name)s”: %(new)s new rows, %(changed)s changed, %(same)s as before."
                )
            }
        )
