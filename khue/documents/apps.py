from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "khue.documents"

    def ready(self) -> None:
        """Tell the apps below what documents have to do with files, search and the journal's sentences."""
        from khue.documents import directive_standing, exchange, sources, standing

        standing.register()
        directive_standing.register()
        exchange.register_all()
        sources.register()
