from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "khue.core"

    def ready(self) -> None:
        """Read the glossary with the other checks at start-up; know the lookup `of_array`."""
        from khue.core import arrays, checks  # noqa: F401 -- they register themselves
