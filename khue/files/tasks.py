"""Jobs on files."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from khue.files import holding
from khue.files.models import Version
from khue.files.reading import read_version


@app.task(name="files.extract_text", retry=RetryStrategy(max_attempts=3, exponential_wait=5))
def extract_text(version_id: int) -> None:
    """Read the text of a version; a version that is gone or already read is left alone."""
    version = Version.objects.select_related("file").filter(pk=version_id, text_state=Version.Text.WAITING).first()
    if version:
        read_version(version)


@app.task(name="files.clear", retry=RetryStrategy(max_attempts=8, exponential_wait=5))
def clear(hashes: list[str]) -> None:
    """Remove content of files that were disposed of, unless another has the same."""
    for sha256 in hashes:
        holding.clear(sha256)
