from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "khue.councils"

    def ready(self) -> None:
        """Tell the apps below what councils have to do with files, search and the journal's sentences."""
        from khue.councils import guards, standing  # noqa: F401 - guards register themselves

        standing.register()
