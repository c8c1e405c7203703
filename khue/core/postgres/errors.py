"""The one error of the embedded server."""


class PostgresUnavailable(Exception):
    """The embedded server cannot be used. `sentence` says what is wrong and what to do, in Vietnamese."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
