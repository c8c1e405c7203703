"""Addresses of acceptance, results and their use."""

from django.urls import URLPattern, path

from khue.missions.views.accept import (
    acceptance,
    acceptance_file,
    acceptance_list,
    acceptance_moves,
    acceptance_review,
    need_uses,
    ownership,
    results,
    uses,
)
from khue.missions.views.past import spellings

urlpatterns: list[URLPattern] = [
    path("nghiem-thu/", acceptance_list.acceptances, name="acceptances"),
    path("nghiem-thu/<int:number>/", acceptance.acceptance, name="acceptance"),
    path("nghiem-thu/<int:number>/tu-danh-gia/", acceptance_file.acceptance_file, name="acceptance-file"),
    path("nghiem-thu/<int:number>/luu/", acceptance_file.acceptance_save, name="acceptance-save"),
    path("nghiem-thu/<int:number>/chuyen/", acceptance_moves.acceptance_move, name="acceptance-move"),
    path("nghiem-thu/<int:number>/hoi-dong/", acceptance_moves.acceptance_council, name="acceptance-council"),
    path("nghiem-thu/<int:number>/tai-lieu/", acceptance_moves.acceptance_attach, name="acceptance-attach"),
    path("nghiem-thu/<int:number>/tiep-thu/", acceptance_moves.acceptance_completion, name="acceptance-completion"),
    path("nghiem-thu/<int:number>/xac-nhan/", acceptance_moves.acceptance_confirmed, name="acceptance-confirmed"),
    path("nghiem-thu/<int:number>/do-kiem/", acceptance_review.acceptance_review, name="acceptance-review"),
    path("nghiem-thu/<int:number>/hieu-qua/", acceptance_moves.acceptance_effect, name="acceptance-effect"),
    path("nghiem-thu/<int:number>/van-ban/<slug:name>/", acceptance_moves.acceptance_paper, name="acceptance-paper"),
    path("<int:number>/nghiem-thu/", acceptance_moves.acceptance_open, name="acceptance-open"),
    path("<int:number>/ket-qua/them/", results.result_new, name="result-new"),
    path("<int:number>/nhu-cau/<int:need>/", need_uses.need_use, name="need-use"),
    path("ket-qua/", results.results, name="results"),
    path("ket-qua/<int:number>/", results.result, name="result"),
    path("ket-qua/<int:number>/sua/", results.result_edit, name="result-edit"),
    path("gop-cach-ghi/", spellings.spellings, name="spellings"),
    path("gop-cach-ghi/quyet/", spellings.spelling_decide, name="spelling-decide"),
    path("gop-cach-ghi/<int:number>/bo/", spellings.spelling_undo, name="spelling-undo"),
    path("giao-quyen/", ownership.ownerships, name="ownerships"),
    path("giao-quyen/<int:number>/", ownership.ownership, name="ownership"),
    path("giao-quyen/<int:number>/chuyen/", ownership.ownership_move, name="ownership-move"),
    path("giao-quyen/<int:number>/van-ban/<slug:name>/", ownership.ownership_paper, name="ownership-paper"),
    path("<int:number>/giao-quyen/", ownership.ownership_open, name="ownership-open"),
    path("ung-dung/", uses.uses, name="uses"),
    path("ung-dung/nhac/", uses.uses_remind, name="uses-remind"),
    path("ung-dung/<int:number>/", uses.use_report, name="use-report"),
    path("ung-dung/<int:number>/ghi-nhan/", uses.use_accept, name="use-accept"),
    path("ung-dung/<int:number>/word/", uses.use_paper, name="use-paper"),
]
