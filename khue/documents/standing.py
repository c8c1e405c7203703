"""What the documents app registers with the apps below it at start-up."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from khue.accounts import veils
from khue.accounts.models import User
from khue.accounts.roles import all_roles
from khue.core import navigation, search
from khue.core.navigation import Item
from khue.core.search import Hit, SearchSource
from khue.documents import guards  # noqa: F401 - registers itself
from khue.documents.actions.reading import file_read
from khue.documents.models import CaseFile, Document
from khue.documents.rules.filing import files_visible_to
from khue.documents.rules.registering import REGISTER
from khue.documents.rules.searching import matching
from khue.documents.rules.trust import KEEP
from khue.documents.rules.veil import held, hidden
from khue.documents.rules.visibility import visible_to
from khue.documents.sentences import SENTENCES
from khue.files import reading as files_reading
from khue.files import rules as files_rules
from khue.journal import sentences


def register() -> None:
    """Called once, when the app starts."""
    files_rules.register("document", visible_to, restricted=visible_to)
    files_reading.when_read("document", file_read)
    sentences.register(SENTENCES)
    veils.register(veils.Veil(held, hidden))
    search.register(SearchSource("documents", _("Documents"), find_documents, 10, document_rows))
    search.register(SearchSource("case-files", _("Case files"), find_case_files, 30, case_file_rows, wordwise=True))
    keepers = frozenset(role.name for role in all_roles().values() if role.allows(KEEP))
    registrars = frozenset(role.name for role in all_roles().values() if any(map(role.allows, REGISTER)))
    navigation.register(
        Item(
            "arrivals",
            _("Register incoming"),
            "documents:register-incoming",
            "file-plus",
            registrars,
            group=navigation.DESK,
        )
    )
    navigation.register(
        Item(
            "certificates",
            _("Trusted issuers"),
            "documents:certificates",
            "certificate",
            keepers,
            75,
            navigation.RUNNING,
        )
    )
    navigation.register(
        Item(
            "documents",
            _("Documents"),
            "documents:documents",
            "files",
            order=15,
            key="v",
        )
    )


def document_rows(query: str) -> QuerySet[Document]:
    """Documents by any variant of the sign or words of the abstract, whoever may see them."""
    return matching(Document.objects.all(), query)


def case_file_rows(query: str) -> QuerySet[CaseFile]:
    """Files by words of the title or the number, whoever may see them."""
    return CaseFile.objects.filter(search.every_word(query))


def find_documents(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Documents that the person may see, by any variant of the sign or words of the abstract: one query."""
    if not isinstance(user, User):
        return []
    rows = matching(visible_to(user), query).only("sign", "subject", "issuer_name", "issued_on").order_by("-id")
    return [_hit(one) for one in rows[:limit]]


def _hit(document: Document) -> Hit:
    day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    title = " · ".join(part for part in (document.sign, document.subject) if part) or str(_("Document not read yet"))
    detail = " · ".join(part for part in (document.issuer_name, day) if part)
    return Hit(title, detail, document.get_absolute_url(), "file-text")


def find_case_files(user: AbstractBaseUser, query: str, limit: int) -> list[Hit]:
    """Files of the person's units whose title or number holds every word, the newest first."""
    if not isinstance(user, User):
        return []
    found = files_visible_to(user).filter(search.every_word(query)).select_related("unit").order_by("-year", "notation")
    return [
        Hit(str(each), f"{each.unit.name} · {each.year}", reverse("documents:case-file", args=[each.pk]), "folder")
        for each in found[:limit]
    ]
