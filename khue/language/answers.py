"""Who answers in a report what others asked: such words are no pleas, though they tell of troubles."""

from collections.abc import Iterable

from khue.language import petition_words as say
from khue.language.petition import Petition
from khue.language.speech import Speakers
from khue.language.structure import Page
from khue.language.voice import Voice

_OFFICE = 2.0
"""The rank from which an office of the state answers people and firms."""


class Answers:
    """Follows who asks and who answers, in one document."""

    def __init__(self, page: Page, speakers: Speakers) -> None:
        self._page, self._speakers = page, speakers
        self._questioned = self._by_crowd = False
        self.on = False
        """Whoever speaks answers what others asked."""

    def asked(self, petitions: Iterable[Petition]) -> None:
        """Take in what was asked up to here."""
        self._by_crowd = any(_by_crowd(one) for one in petitions)

    def asks(self, petition: Petition) -> None:
        """Take in what is asked now."""
        self._by_crowd = self._by_crowd or _by_crowd(petition)

    def given(self, start: int, end: int, voice: Voice | None) -> bool:
        """True for a question, and where what others asked is answered here or was before by the same speaker."""
        low = self._page.low
        if say.QUESTION.search(low, start, end):
            self._questioned = True
            return True
        self.on = self.on or bool(say.ANSWERS.search(low, start, end) or say.RESPONDS.match(low, start, end))
        return self.on or self.due_from(voice)

    def due_from(self, voice: Voice | None) -> bool:
        """True of an office of the state above which nobody is heard, where people or firms have asked."""
        if voice is None or voice.rank < _OFFICE or voice.rank + 1 <= self._speakers.highest:
            return False
        name = voice.name.lower()
        if not say.OFFICE.search(name) or say.LOWLY.search(name):
            return False
        return self._questioned or self._by_crowd


def _by_crowd(petition: Petition) -> bool:
    return any(say.CROWD.search(who.lower()) for who in petition.voiced_by)
