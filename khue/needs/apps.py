from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "khue.needs"

    def ready(self) -> None:
        """Tell the apps below what needs and proposals have to do with files, search, councils, the engine, indicators
        and the journal's sentences."""
        from khue.needs import exchange, measures, need_standing, proposal_standing

        need_standing.register()
        proposal_standing.register()
        exchange.register_all()
        measures.register()
