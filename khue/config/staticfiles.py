"""Where styles, scripts and fonts come from: our apps, and the few files of installed npm packages that pages use."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

PACKAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "tabler": ("@tabler/core/dist", ("css/tabler.min.css",)),
    "htmx": ("htmx.org/dist", ("htmx.min.js",)),
    "vega": ("vega/build", ("vega.min.js",)),
    "vega-lite": ("vega-lite/build", ("vega-lite.min.js",)),
    "vega-embed": ("vega-embed/build", ("vega-embed.min.js",)),
    "be-vietnam-pro": ("@fontsource/be-vietnam-pro", ("[4567]00.css", "files/*-[4567]00-normal.*")),
}
"""Prefix under `static/` -> folder in `node_modules`, and the files wanted of it."""


class NodeModules(BaseFinder):
    """Finds the files of `PACKAGES`, and nothing else of the thousands that lie beside them."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self._storages = {prefix: self._storage(prefix, folder) for prefix, (folder, _wanted) in PACKAGES.items()}

    @staticmethod
    def _storage(prefix: str, folder: str) -> FileSystemStorage:
        storage = FileSystemStorage(location=settings.NODE_MODULES / folder)
        storage.prefix = prefix  # type: ignore[attr-defined]  # how collectstatic is told
        return storage

    def check(self, **_kwargs: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """The file behind `static/<path>`; an empty list where there is none, which Django asks for."""
        prefix, _slash, name = path.partition("/")
        folder, wanted = PACKAGES.get(prefix, ("", ()))
        file = Path(settings.NODE_MODULES) / folder / name
        if ".." in name or not any(fnmatchcase(name, pattern) for pattern in wanted) or not file.is_file():
            return []
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:  # noqa: ARG002
        """Every file wanted, with the storage that holds it."""
        for prefix, (_folder, wanted) in PACKAGES.items():
            storage = self._storages[prefix]
            root = Path(storage.location)
            for pattern in wanted:
                for file in sorted(root.glob(pattern)):
                    yield str(file.relative_to(root)), storage


class Hashed(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the library is untyped
    """Names with a fingerprint, so that browsers keep the files for ever; compressed once."""

    # url() and @import of style sheets, imports of our modules; the source maps that vendors name are not shipped.
    patterns = (
        ("*.css", CompressedManifestStaticFilesStorage.patterns[0][1][:2]),
        ("*/js/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
