import pytest

from khue.indicators.models import Category


@pytest.mark.django_db
def test_there():
    assert Category.objects.get().pk == 1
