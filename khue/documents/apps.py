from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "khue.documents"

    def ready(self) -> None:
        """Tell the apps below what documents have to do with files, search and the journal's sentences."""
        from khue.documents import directive_sentences, standing  # noqa: F401 - the sentences register themselves
        from khue.documents.actions import directive_columns  # noqa: F401 - likewise

        standing.register()
