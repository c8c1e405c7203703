"""What the documents app registers with the apps below it at start-up."""

from khue.documents import guards  # noqa: F401 - registers itself
from khue.documents.actions.reading import file_read
from khue.documents.rules.visibility import visible_to
from khue.files import reading as files_reading
from khue.files import rules as files_rules


def register() -> None:
    """Called once, when the app starts."""
    files_rules.register("document", visible_to, restricted=visible_to)
    files_reading.when_read("document", file_read)
