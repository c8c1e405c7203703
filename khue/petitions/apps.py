from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "khue.petitions"

    def ready(self) -> None:
        """Tell the apps below what petitions have to do with documents, search, the engine, figures and the journal."""
        from khue.petitions import measures, standing

        standing.register()
        measures.register()
