"""A conflict keeps needs from a person at once and no longer than it stands, in search and beside the index."""

import pytest

from khue.accounts.models import User
from khue.councils.models import Conflict
from khue.directory.models import Person
from khue.matching.looking import look_up
from khue.matching.search import explore
from khue.needs.actions import intake
from khue.needs.models import Need
from khue.needs.rules.needs import kept_from, visible_to
from khue.needs.rules.set_aside import find
from khue.needs.tests.city import PHONES, SALT, City, sent


@pytest.fixture
def officer(city: City) -> User:
    """Somebody of the department who sees all that was sent, and is a person of the directory."""
    city.officer.person = Person.objects.create(full_name="Cao Văn Nam")
    city.officer.save()
    return city.officer


def bar(user: User, need: Need) -> Conflict:
    assert user.person is not None
    return Conflict.objects.create(person=user.person, dossier=need.dossier, ground="family", source="told")


def free(user: User, conflict: Conflict) -> None:
    conflict.state, conflict.reason, conflict.decided_by = Conflict.State.DISMISSED, "Không phải.", user
    conflict.save()


def seen(user: User, words: str) -> tuple[set[int], int, dict[object, int]]:
    """What search shows: the needs, how many it tells of, and what it counts."""
    found = explore(user, words, kinds=["need"])
    groups = look_up(user, words, 10).groups
    assert sum(group.total for group in groups if group.source.kind == "need") == found.total
    return {match.pk for match in found.matches}, found.total, dict(found.counts.get("kind", []))


def test_search_forgets_and_tells_of_a_need_with_the_conflict(city: City, officer: User) -> None:
    first, second = sent(city.ward), sent(city.other, SALT + " Ở đây cũng vậy.")
    both = ({first.pk, second.pk}, 2, {"need": 2})
    assert (kept_from(officer), seen(officer, "nhiem man")) == (set(), both)
    one = bar(officer, first)
    assert (kept_from(officer), seen(officer, "nhiem man")) == ({first.pk}, ({second.pk}, 1, {"need": 1}))
    other = bar(officer, second)
    assert (kept_from(officer), seen(officer, "nhiem man")) == ({first.pk, second.pk}, (set(), 0, {}))
    free(officer, one)
    assert (kept_from(officer), seen(officer, "nhiem man")) == ({second.pk}, ({first.pk}, 1, {"need": 1}))
    Conflict.objects.filter(pk=other.pk).update(dossier=first.dossier, ground="staff")
    assert (kept_from(officer), seen(officer, "nhiem man")) == ({first.pk}, ({second.pk}, 1, {"need": 1}))
    other.delete()
    assert (kept_from(officer), seen(officer, "nhiem man")) == (set(), both)
    assert kept_from(city.head) == set()


def test_what_somebody_wrote_stays_with_the_author_whatever_stands_against(city: City) -> None:
    need, other = sent(city.ward), sent(city.other)
    city.officer.person = Person.objects.create(full_name="Cao Văn Nam")
    city.officer.save()
    for one in (need, other):
        bar(city.officer, one)
    assert kept_from(city.officer) == {need.pk, other.pk}
    Need.objects.filter(pk=need.pk).update(author=city.officer)
    assert kept_from(city.officer) == {other.pk}
    assert set(visible_to(city.officer)) == {need}


def test_what_was_taken_back_is_found_by_its_words_and_not_by_who_is_in_conflict(city: City, officer: User) -> None:
    first, second = sent(city.ward), sent(city.other, PHONES)
    for need, author in ((first, city.ward), (second, city.other)):
        intake.withdraw(need, "Đã tự làm được.", by=author)

    def found(words: str) -> list[str]:
        return [hit.url for hit in find(officer, words, 5)]

    mine, theirs = first.get_absolute_url(), second.get_absolute_url()
    assert (found("nhiem man"), found("cao tuoi"), found("khong co"), found("man")) == ([mine], [theirs], [], [mine])
    assert (found("n_iem man"), found("nh% man")) == ([], []), "words are looked for as they are"
    one = bar(officer, first)
    assert (found("nhiem man"), found("cao tuoi"), found("man")) == ([], [theirs], [])
    free(officer, one)
    assert found("nhiem man") == [mine]
    assert [hit.url for hit in find(city.ward, "nhiem man", 5)] == [mine]
    assert [hit.url for hit in find(city.other, "nhiem man", 5)] == []
