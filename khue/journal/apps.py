from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "khue.journal"
