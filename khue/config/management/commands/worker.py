"""`khue worker`: runs the jobs; any number of workers on any number of machines share them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Chạy các việc nền: gửi thư, nhắc hạn, đọc văn bản. Chạy bao nhiêu bản trên bao nhiêu máy cũng được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="số việc chạy cùng lúc (mặc định: %(default)s)")
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command(
            "procrastinate",
            "worker",
            concurrency=options["concurrency"],
            wait=not options["once"],
            delete_jobs="successful",
        )
