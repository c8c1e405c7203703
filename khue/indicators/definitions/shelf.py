"""The files of programmes: `processes/programmes/<programme>/<day from which it applies>.toml`."""

from pathlib import Path

from khue.flow.shelf.dated import File, dated_files


def files(shelf: Path) -> list[File]:
    """Every version of every programme, by day, so that older ones are taken in first. Raises ValueError for a file
    whose name is no day."""
    return sorted(dated_files(shelf, "programmes"), key=lambda file: (file.version, file.of))
