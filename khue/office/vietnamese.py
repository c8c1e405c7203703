"""Papers are Vietnamese, whatever language the one who asks for them reads."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import override


@contextmanager
def in_vietnamese() -> Iterator[None]:
    """Titles, labels and names of things within are in the language of papers: a block, or `@in_vietnamese()` over what
    answers with a paper or writes one."""
    with override("vi"):
        yield
