"""Where words are looked for with blanks in their place, the same is asked as with the words themselves."""

import pytest

from khue.core import search
from khue.core.described import filled, in_words


@pytest.mark.parametrize("query", ["nuoi luon", "50% a_b \\ c", "mot"])
def test_sources_ask_the_same_of_blanks_as_of_words(query: str) -> None:
    wordwise = [source for source in search.sources() if source.wordwise]
    assert {"needs", "directives", "councils"} <= {source.name for source in wordwise}
    for source in wordwise:
        assert source.among
        said, values = in_words(source.among(search.blanks(query)))
        assert (said, filled(values, search.given(query))) == in_words(source.among(query)), source.name
