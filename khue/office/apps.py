from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "khue.office"

    def ready(self) -> None:
        """Write the Excel files of the apps below, and tell the journal what it says of sheets."""
        from django.utils.translation import gettext_lazy as _

        from khue.core import spreadsheet
        from khue.journal import sentences
        from khue.office import excel

        spreadsheet.written_by(excel.of_list)
        sentences.register(
            {
                "sheet.entered": _(
                    "%(actor)s entered the sheet “%(name)s”: %(new)s new rows, %(changed)s changed, %(same)s as before."
                )
            }
        )
