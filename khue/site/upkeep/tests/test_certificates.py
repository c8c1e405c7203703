"""The doctor looks at the certificates of trusted issuers."""

import pytest

from khue.documents.actions.trust import trust
from khue.documents.tests.city import Office, office, person
from khue.documents.tests.test_trust import made
from khue.site.upkeep.doctor.installation import certificates


@pytest.fixture
def here(db: None) -> Office:
    return office()


def test_the_doctor_warns_before_a_certificate_ends(here: Office) -> None:
    keeper = person("Quản Trị", "administrator", here.sokhcn.parent)
    assert [each.level for each in certificates()] == ["minor"]
    trust(made("CA Dài"), by=keeper)
    assert [each.level for each in certificates()] == ["good"]
    trust(made("CA Ngắn", days=430), by=keeper)
    (found,) = certificates()
    assert found.level == "minor"
    assert "CA Ngắn" in found.sentence
