"""`khue worker`: runs the jobs; any number of workers on any number of machines share them."""

import asyncio
import contextlib
import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from khue.config.database import DatabaseUnavailable, start_database

PAUSE = 1
"""Seconds before a worker that lost its database looks for it again."""


class Command(BaseCommand):
    help = "Chạy các việc nền: gửi thư, nhắc hạn, đọc văn bản. Chạy bao nhiêu bản trên bao nhiêu máy cũng được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="số việc chạy cùng lúc (mặc định: %(default)s)")
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *_args: Any, **options: Any) -> None:
        once = options["once"]
        while not asyncio.run(_work(options["concurrency"], once=once)):
            self.stderr.write(_("The database is away; trying again in %(count)d seconds.") % {"count": PAUSE})
            time.sleep(PAUSE)
            with contextlib.suppress(DatabaseUnavailable):
                start_database(settings.VAR)


async def _work(concurrency: int, *, once: bool) -> bool:
    """Runs jobs. True when all is done or we were told to stop; False when the database was lost meanwhile.

    Procrastinate's own command ends in both cases and does not say which it was.
    """
    told = False
    # Each connection that was idle when the database went away is found broken one after the other, and each makes the
    # worker wait longer before it looks at the next.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    with app.replace_connector(connector) as ours:
        try:
            async with ours.open_async():
                work = ours.run_worker_async(
                    concurrency=concurrency, wait=not once, delete_jobs="successful", install_signal_handlers=False
                )
                task = asyncio.create_task(work)

                def stop() -> None:
                    nonlocal told
                    told = True
                    task.cancel()

                for number in (signal.SIGINT, signal.SIGTERM):
                    asyncio.get_running_loop().add_signal_handler(number, stop)
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        except ConnectorException:
            if once:
                raise
            return told
    return told or once
