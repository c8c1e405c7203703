from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "khue.files"

    def ready(self) -> None:
        from khue.files import sentences  # noqa: F401 - they register themselves
