from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    name = "khue.councils"

    def ready(self) -> None:
        """Tell the apps below what councils have to do with files, search and the journal's sentences."""
        from khue.councils import guards, knowing, standing  # noqa: F401 - guards register themselves
        from khue.councils.actions.terms import terms_of
        from khue.matching import experts
        from khue.notices import calendar

        experts.register(knowing.sat_over)
        standing.register()
        calendar.register(terms_of)
