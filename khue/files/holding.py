"""Content is kept once for all files that have it: it comes with the first of them and goes with the last."""

from django.db import transaction

from khue.core.locks import hold, share
from khue.files import store
from khue.files.models import Version


def keep(data: bytes) -> str:
    """Store content for a version that the same transaction writes, and give its SHA-256: nobody clears it away before
    that transaction ends, and from then on the version holds it."""
    sha256 = store.sha256_of(data)
    share(_folder(sha256))
    return store.keep(data)


@transaction.atomic
def clear(sha256: str) -> bool:
    """Remove content that no file has any more, and tell whether it went. A file that was only taken off its dossier
    still has its content; one that was disposed of has not."""
    hold(_folder(sha256))
    if Version.objects.filter(sha256=sha256, file__disposed_at=None).exists():
        return False
    store.forget(sha256)
    return True


def _folder(sha256: str) -> str:
    """What is locked: the folder of the content, so that an import of many files needs few locks."""
    return f"files:{sha256[:2]}"
