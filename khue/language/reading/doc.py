"""Word documents of before 2007 (.doc): LibreOffice turns them into .docx, which is then read."""

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from khue.language.reading import docx
from khue.language.reading.draft import Progress
from khue.language.reading.refusals import refusal
from khue.language.source import SourceText

_SECONDS = 180


def available() -> bool:
    """Whether LibreOffice is installed."""
    return _program() is not None


def read(data: bytes, name: str, progress: Progress) -> SourceText:
    program = _program()
    if program is None:
        raise refusal("libreoffice-missing", name)
    with tempfile.TemporaryDirectory(prefix="khue-doc-") as folder:
        converted = _convert(program, data, Path(folder), name)
    return replace(docx.read(converted, name, progress), format="doc")


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _convert(program: str, data: bytes, folder: Path, name: str) -> bytes:
    source, result = folder / "source.doc", folder / "source.docx"
    source.write_bytes(data)
    # A profile of its own: two conversions at once, or one beside an open LibreOffice, would refuse to start.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--norestore", "--nolockcheck"]
    command += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(source)]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError as error:
        raise refusal("libreoffice-failed", name) from error
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired as error:
        # LibreOffice starts a child that outlives it: the whole group must end.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise refusal("libreoffice-failed", name) from error
    if not result.exists():
        raise refusal("libreoffice-failed", name)
    return result.read_bytes()
