"""Addresses of documents, registers and directives."""

from django.urls import path

from khue.documents import directive_urls
from khue.documents.views import (
    casefiles,
    document,
    drafts,
    graph,
    handling,
    incoming,
    outgoing,
    registers,
    slip_paper,
    trust,
)

app_name = "documents"
_documents = [
    path("", registers.register, name="documents"),
    path("so/<slug:name>/", registers.register, name="register"),
    path("so/<slug:name>/excel/", registers.register_sheet, name="register-excel"),
    path("dang-ky-den/", incoming.register_documents, name="register-incoming"),
    path("dang-ky-di/", outgoing.register_signed, name="register-outgoing"),
    path("so-danh-so/", outgoing.series, name="series"),
    path("chung-thu/", trust.certificates, name="certificates"),
    path("chung-thu/<int:pk>/bo/", trust.distrust, name="certificate-distrust"),
    path("soan/", drafts.compose_document, name="compose"),
    path("<int:pk>/", document.document, name="document"),
    path("<int:pk>/chuyen-buoc/", document.move_document, name="move"),
    path("<int:pk>/sua/", incoming.correct_document, name="correct"),
    path("<int:pk>/xac-nhan/", incoming.confirm_read, name="confirm-read"),
    path("<int:pk>/tep/", incoming.attach_file, name="attach"),
    path("<int:pk>/phieu-giai-quyet/", handling.dispose_document, name="dispose"),
    path("<int:pk>/chuyen/", handling.forward_document, name="forward"),
    path("<int:pk>/nhan/<int:recipient>/", handling.acknowledge_document, name="acknowledge"),
    path("<int:pk>/tiep-nhan/<int:recipient>/", handling.take_document_in, name="take-in"),
    path("<int:pk>/vien-dan/", handling.add_citation, name="cite"),
    path("<int:pk>/vien-dan/<int:proposal>/", handling.decide_link, name="decide-link"),
    path("<int:pk>/lien-quan/", graph.graph, name="graph"),
    path("<int:pk>/soan/", drafts.edit_draft, name="draft"),
    path("<int:pk>/soan/ban/<int:number>/", drafts.version, name="draft-version"),
    path("<int:pk>/word/", drafts.word, name="word"),
    path("<int:pk>/phieu/", slip_paper.slip, name="slip"),
    path("<int:pk>/gop-y/", drafts.add_comment, name="comment"),
    path("<int:pk>/gop-y/<int:thread>/xong/", drafts.resolve_comment, name="resolve"),
    path("<int:pk>/ban-ky/", outgoing.attach_signed_copy, name="attach-signed"),
    path("<int:pk>/ban-ky/go/", outgoing.remove_signed_copy, name="remove-signed"),
    path("<int:pk>/cap-so/", outgoing.give_number, name="number"),
    path("<int:pk>/phat-hanh/", outgoing.issue_document, name="issue"),
    path("<int:pk>/thu-hoi/", outgoing.recall_document, name="recall"),
    path("<int:pk>/cong-van/<slug:paper>/", outgoing.follow_letter, name="follow-letter"),
    path("<int:pk>/ho-so/", casefiles.put_in_file, name="put-in-file"),
    path("ho-so/", casefiles.case_files, name="case-files"),
    path("ho-so/excel/", casefiles.case_files_sheet, name="case-files-excel"),
    path("ho-so/<int:pk>/excel/", casefiles.case_file_sheet, name="case-file-excel"),
    path("ho-so/moi/", casefiles.edit_case_file, name="case-file-new"),
    path("ho-so/<int:pk>/", casefiles.case_file, name="case-file"),
    path("ho-so/<int:pk>/sua/", casefiles.edit_case_file, name="case-file-edit"),
    path("ho-so/<int:pk>/doi/", casefiles.change_file, name="case-file-change"),
    path("ho-so/<int:pk>/xml/", casefiles.export_case_file, name="case-file-xml"),
]
urlpatterns = [*_documents, *directive_urls.urlpatterns]
