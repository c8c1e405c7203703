"""`khue places`: loads the provinces and communes of the country and the old places of the city."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from khue.core.actors import IMPORTER
from khue.directory.actions.places import load_places


class Command(BaseCommand):
    help = "Nạp tỉnh, thành phố, xã, phường cả nước và các đơn vị hành chính cũ của địa phương (chạy lại không đổi gì)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--city", default=settings.CITY, help="mã tỉnh, thành phố (mặc định: %(default)s)")

    def handle(self, *_args: Any, **options: Any) -> None:
        loaded = load_places(city=options["city"], by=IMPORTER)
        self.stdout.write(
            f"Có {loaded.places} đơn vị hành chính và {loaded.successions} liên kết cũ → mới; {loaded.new} dòng mới."
        )
