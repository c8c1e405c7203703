"""The zip inside .docx, .odt and the like, opened only after its directory has been found harmless."""

import io
import zipfile
import zlib

from khue.language.reading.kind import Kind
from khue.language.reading.refusals import MEGABYTE, refusal
from khue.language.reading.xml import PROLOG, declares_type

MAX_ENTRIES = 10_000
MAX_TOTAL = 600 * MEGABYTE
MAX_RATIO = 150
"""Text of one letter repeated compresses 1000-fold, real office XML 10- to 40-fold."""
SMALL = 10 * MEGABYTE
"""Below this unpacked size a high ratio does no harm: short empty parts compress very well."""


class Archive:
    """A zip read wholly in memory. Every fault of it is raised as Unreadable with the file's name."""

    def __init__(self, data: bytes, name: str, kind: Kind) -> None:
        self.name, self.kind = name, kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile raises whatever the damaged bytes lead to
            raise refusal("damaged", name, label=kind.label) from error
        self._refuse_bombs()

    def _refuse_bombs(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_TOTAL:
            raise refusal("zip-bomb", self.name, label=self.kind.label)
        for entry in entries:
            if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
                raise refusal("zip-bomb", self.name, label=self.kind.label)
            if entry.flag_bits & 1:
                raise refusal("encrypted", self.name, label=self.kind.label)

    def refuse_entities(self) -> None:
        """Raises Unreadable where an XML part declares a document type, whoever is going to parse it."""
        for name in self.names:
            if name.lower().endswith((".xml", ".rels")) and declares_type(self._start(name)):
                raise refusal("xml-entities", self.name, label=self.kind.label)

    def _start(self, part: str) -> bytes:
        return self.read(part, PROLOG) or b""

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, part: str, most: int = MAX_TOTAL) -> bytes | None:
        """The first `most` bytes of one part, None where the archive has none of that name."""
        try:
            with self._zip.open(part) as stream:
                return stream.read(most)
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as e:
            raise refusal("damaged", self.name, label=self.kind.label) from e
