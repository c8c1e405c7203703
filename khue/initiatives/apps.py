from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    name = "khue.initiatives"

    def ready(self) -> None:
        """Tell the apps below what initiatives have to do with files, search, the engine, figures and the journal."""
        from khue.initiatives import exchange, measures, standing

        standing.register()
        measures.register()
        exchange.register_all()
