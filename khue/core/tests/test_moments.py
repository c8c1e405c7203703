"""What is asked in one moment is asked once, and never remembered beyond it."""

from khue.core.moments import moment, once


def test_an_answer_is_kept_for_the_moment_alone() -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(len(asked))
        return len(asked)

    assert [once("key", ask), once("key", ask)] == [1, 2]
    with moment():
        assert [once("key", ask), once("key", ask), once("other", ask)] == [3, 3, 4]
        with moment():
            assert once("key", ask) == 5
    assert once("key", ask) == 6
