"""`khue serve`: the web server."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from khue.config.serving import serve


class Command(BaseCommand):
    """Serves the site; stateless, so any number of them may run."""

    help = "Chạy máy chủ web."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address, and how many processes."""
        parser.add_argument("--host", default=os.environ.get("KHUE_HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=int(os.environ.get("KHUE_PORT", "8000")))
        parser.add_argument("--workers", type=int, default=int(os.environ.get("KHUE_WORKERS", "2")))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Serve until stopped."""
        self.stdout.write(f"Khuê: http://{options['host']}:{options['port']}")
        serve(options["host"], options["port"], options["workers"])
