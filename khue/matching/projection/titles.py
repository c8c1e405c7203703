"""The titles of an index, read once and kept as numbers beside it, so that comparing many costs no reading."""

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from khue.matching.projection.documents import Row, Words, words
from khue.matching.ranking.compact import Memory, Vocabulary, packed, renumbered, unpacked
from khue.matching.ranking.reading import Read, understand

NUMBERS, WORDS = "titles.u32", "words.txt"


class Reading(NamedTuple):
    """Entries that were read, by whichever process: their words, their titles with a vocabulary of their own."""

    words: list[Words]
    numbers: bytes
    at: list[int]
    vocabulary: list[str]


def reading(rows: Sequence[Row]) -> Reading:
    """Read the texts of entries: the part that takes time."""
    vocabulary, run, at, said = Vocabulary(), array("I"), [], []
    for row in rows:
        title = understand(row.title)
        at.append(len(run))
        run.extend(packed(title, vocabulary))
        said.append(words(row, title))
    return Reading(said, run.tobytes(), at, vocabulary.words)


class Titles:
    """The titles of the index in `folder`, for those who compare. Files only grow, so others may add meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._read = folder, 0
        self.vocabulary = Vocabulary()
        self.memory: Memory = np.zeros(0, dtype=np.uint32)
        self.bare: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self.refresh()

    def refresh(self) -> None:
        """Take up what was added. Raises OSError where the files are not there."""
        with (self._folder / WORDS).open("rb") as file:
            file.seek(self._read)
            added = file.read()
        whole = added[: added.rfind(b"\n") + 1]
        self._read += len(whole)
        for word in whole.decode("utf-8").splitlines():
            self.vocabulary.number(word)
        path = self._folder / NUMBERS
        size = path.stat().st_size // 4
        self.memory = np.memmap(path, dtype=np.uint32, mode="r", shape=(size,)) if size else self.memory
        self.bare = self.vocabulary.bare()

    def read(self, at: int) -> Read:
        """The title that lies at `at`."""
        return unpacked(self.memory, at, self.vocabulary)


class Adding:
    """Adds titles to those of the index in `folder`; one at a time may do so."""

    def __init__(self, folder: Path) -> None:
        for name in (NUMBERS, WORDS):
            (folder / name).touch()
        _mend(folder)
        self._vocabulary = Vocabulary((folder / WORDS).read_text(encoding="utf-8").splitlines())
        self._written = len(self._vocabulary)
        self._numbers, self._words = (folder / NUMBERS).open("ab"), (folder / WORDS).open("ab")
        self._at = self._numbers.tell() // 4

    def add(self, read: Reading) -> list[int]:
        """Where each of the titles lies from now on."""
        numbers = np.array([self._vocabulary.number(word) for word in read.vocabulary], dtype=np.int64)
        titles = np.frombuffer(read.numbers, dtype=np.uint32)
        moved = renumbered(titles, np.array(read.at, dtype=np.int64), numbers) if read.at else titles
        self._numbers.write(moved.tobytes())
        begun, self._at = self._at, self._at + len(moved)
        return [begun + at for at in read.at]

    def close(self) -> None:
        """Write the words too; from here on the titles may be used."""
        new = self._vocabulary.words[self._written :]
        self._words.write("".join(f"{word}\n" for word in new).encode("utf-8"))
        self._words.close()
        self._numbers.close()


def _mend(folder: Path) -> None:
    """Cut off what a process that was stopped wrote by half."""
    words, numbers = folder / WORDS, folder / NUMBERS
    whole = words.read_bytes()
    if whole and not whole.endswith(b"\n"):
        words.write_bytes(whole[: whole.rfind(b"\n") + 1])
    if numbers.stat().st_size % 4:
        with numbers.open("rb+") as file:
            file.truncate(numbers.stat().st_size // 4 * 4)
