from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "khue.core"

    def ready(self) -> None:
        """Read the glossary with the other checks at start-up."""
        from khue.core import checks  # noqa: F401 -- registers itself
