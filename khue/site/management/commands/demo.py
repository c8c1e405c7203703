"""`khue demo`: the demo city, and with `--serve` everything a newcomer needs to look at it."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from khue.site.demo.content import city
from khue.site.demo.load import MONTHS, is_loaded, load_city, load_parts, sample_document
from khue.site.demo.parts import judge_address, missing
from khue.site.demo.rebuilding import clear
from khue.site.demo.town import PASSWORD


class Command(BaseCommand):
    """Loads the demo city once; a second call brings in what is missing and leaves the rest as it is."""

    help = "Nạp thành phố mẫu (chạy lại không đổi gì); --serve: mở luôn trang web."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--serve", action="store_true", help="chạy máy chủ web và việc nền sau khi nạp")
        parser.add_argument("--rebuild", action="store_true", help="bỏ thành phố mẫu đang có, dựng lại từ đầu")
        parser.add_argument("--months", type=int, default=MONTHS, help="số tháng đã qua (mặc định: %(default)s)")
        parser.add_argument("--port", default=os.environ.get("KHUE_PORT", "8000"))

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["rebuild"]:
            clear()
        call_command("migrate", verbosity=0)
        if is_loaded():
            self.stdout.write("Thành phố mẫu đã có sẵn.")
        else:
            load_city(months=options["months"], say=self.stdout.write)
        if not options["serve"] and not self._finished():
            return
        sample = self._sample()
        if options["serve"]:
            self._welcome(sample, options["port"])
            self._serve(options["port"])

    def _finished(self) -> bool:
        """Bring in the parts that are missing; False when somebody stops it, and the next start goes on."""
        try:
            load_parts(say=self.stdout.write)
        except KeyboardInterrupt:
            return False
        return True

    def _sample(self) -> Path:
        paper = sample_document()
        folder = Path(settings.VAR) / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "van-ban-mau.docx"
        path.write_bytes(paper.data)
        return path

    def _welcome(self, sample: Path, port: str) -> None:
        self.stdout.write(f"\nTài khoản dùng thử (mật khẩu chung: {PASSWORD})")
        for entry in city()["person"]:
            if "shown" in entry:
                mark = "→" if entry.get("main") else " "
                self.stdout.write(f" {mark} {entry['login'] + '@khue.example':28} {entry['shown']}")
        judge = "Chủ tịch hội đồng (ủy viên: chuyengia2 đến 7): khai xung đột, bỏ phiếu, khi đã dựng xong tuyển chọn"
        self.stdout.write(f"   {judge_address(1):28} {judge}")
        self.stdout.write(
            f"\nMở http://127.0.0.1:{port}, đăng nhập tài khoản có dấu →, bấm «Đăng ký văn bản đến», thả tệp\n"
            f"{sample}, bấm «Đăng ký»,\nrồi «Tìm nhiệm vụ» để xem các nhiệm vụ mà hệ thống đọc được. Dừng: Ctrl-C.\n"
        )

    def _serve(self, port: str) -> None:
        """The web server runs in this process, which has everything loaded already; what else there is runs beside."""
        os.environ |= {"KHUE_DEMO": "1", "KHUE_PORT": port}
        beside = [_beside("worker", stdout=subprocess.DEVNULL)]
        if missing():
            self.stdout.write("Trong lúc bạn xem, thành phố mẫu được dựng tiếp; còn gì thì bàn làm việc báo.\n")
            beside.append(_beside("demo"))
        connection.close()
        try:
            call_command("serve", port=int(port))
        except KeyboardInterrupt:
            self.stdout.write("Đã dừng.")
        finally:
            for process in beside:
                process.terminate()
            for process in beside:
                process.wait(timeout=30)


def _beside(command: str, *, stdout: int | None = None) -> "subprocess.Popen[bytes]":
    """Another process of ours, which lets the server go first."""
    return subprocess.Popen(["nice", "-n", "10", sys.executable, "-m", "khue", command], stdout=stdout)
