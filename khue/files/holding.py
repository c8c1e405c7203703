"""Content is kept once for all files that have it: it comes with the first of them and goes with the last."""

from django.db import connection, transaction

from khue.files import store
from khue.files.models import Version

LOCK = "SELECT {}(hashtextextended(%s, 0))"
TOGETHER, ALONE = LOCK.format("pg_advisory_xact_lock_shared"), LOCK.format("pg_advisory_xact_lock")


def keep(data: bytes) -> str:
    """Store content for a version that the same transaction writes, and give its SHA-256: nobody clears it away before
    that transaction ends, and from then on the version holds it."""
    sha256 = store.sha256_of(data)
    _lock(sha256, TOGETHER)
    return store.keep(data)


@transaction.atomic
def clear(sha256: str) -> bool:
    """Remove content that no file has any more, and tell whether it went. A file that was only taken off its dossier
    still has its content; one that was disposed of has not."""
    _lock(sha256, ALONE)
    if Version.objects.filter(sha256=sha256, file__disposed_at=None).exists():
        return False
    store.forget(sha256)
    return True


def _lock(sha256: str, how: str) -> None:
    """Until the transaction ends; by the folder of the content, so that an import of many files needs few locks."""
    with connection.cursor() as cursor:
        cursor.execute(how, [f"files:{sha256[:2]}"])
