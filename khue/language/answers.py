"""Who answers in a report what others asked: such words are no pleas, though they tell of troubles."""

from collections.abc import Sequence

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
        self._questioned = False
        self.on = False
        """Whoever speaks answers what others asked."""

    def given(self, start: int, end: int, voice: Voice | None, found: Sequence[Petition]) -> bool:
        """True for a question, and where what others asked is answered here or was before by the same speaker."""
        low = self._page.low
        if say.QUESTION.search(low, start, end):
            self._questioned = True
            return True
        self.on = self.on or bool(say.ANSWERS.search(low, start, end) or say.RESPONDS.match(low, start, end))
        return self.on or self.due_from(voice, found)

    def due_from(self, voice: Voice | None, found: Sequence[Petition]) -> bool:
        """True of an office of the state above which nobody is heard, where people or firms have asked."""
        if voice is None or voice.rank < _OFFICE or voice.rank + 1 <= self._speakers.highest:
            return False
        name = voice.name.lower()
        if not say.OFFICE.search(name) or say.LOWLY.search(name):
            return False
        return self._questioned or any(say.CROWD.search(who.lower()) for one in found for who in one.voiced_by)
