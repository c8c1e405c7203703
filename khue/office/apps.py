from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "khue.office"

    def ready(self) -> None:
        """Write the Excel files of the apps below."""
        from khue.core import spreadsheet
        from khue.office import excel

        spreadsheet.written_by(excel.of_list)
