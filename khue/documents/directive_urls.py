"""Addresses of extraction, directives, the board and reports, below `van-ban/`."""

from django.urls import path

from khue.documents.views import (
    board,
    directive,
    directive_list,
    directive_moves,
    directive_report,
    extraction,
    outcome,
    proposal_edit,
    unknown_units,
)

urlpatterns = [
    path("<int:pk>/chi-dao/", extraction.extraction, name="extraction"),
    path("<int:pk>/chi-dao/bang/", extraction.extraction_panel, name="extraction-panel"),
    path("<int:pk>/chi-dao/giao/", extraction.assign_all, name="assign"),
    path("<int:pk>/chi-dao/giao/<int:number>/", extraction.assigning, name="assigning"),
    path("<int:pk>/chi-dao/tom-tat/", extraction.assign_summary, name="assign-summary"),
    path("<int:pk>/chi-dao/<slug:verb>/", extraction.extraction_act, name="extraction-act"),
    path("<int:pk>/chi-dao/<int:proposal_pk>/sua/", proposal_edit.proposal_edit, name="proposal-edit"),
    path("<int:pk>/chi-dao/<int:proposal_pk>/don-vi/", unknown_units.proposal_choose, name="proposal-choose"),
    path("<int:pk>/chi-dao/<int:proposal_pk>/don-vi-la/", unknown_units.unknown_unit, name="unknown-unit"),
    path("<int:pk>/chi-dao/<int:proposal_pk>/don-vi-moi/", unknown_units.unknown_unit_new, name="unknown-unit-new"),
    path("<int:pk>/chi-dao/<int:proposal_pk>/<slug:verb>/", extraction.proposal_act, name="proposal-act"),
    path("<int:pk>/ket-qua/", outcome.outcome, name="outcome"),
    path("nhiem-vu/", directive_list.directives, name="directives"),
    path("nhiem-vu/excel/", directive_list.directives_excel, name="directives-excel"),
    path("nhiem-vu/chon/", directive_list.directives_bulk, name="directives-bulk"),
    path("nhiem-vu/toan-canh/", board.board, name="board"),
    path("nhiem-vu/toan-canh/excel/", board.board_excel, name="board-excel"),
    path("nhiem-vu/don-doc/", board.remind_late, name="remind-late"),
    path("nhiem-vu/bao-cao/", directive_report.directive_report_page, name="report-directives"),
    path("nhiem-vu/bao-cao/word/", directive_report.directive_report_word, name="report-directives-word"),
    path("nhiem-vu/bao-cao/excel/", directive_report.directive_report_excel, name="report-directives-excel"),
    path("nhiem-vu/<int:pk>/", directive.directive, name="directive"),
    path("nhiem-vu/<int:pk>/bao-cao/", directive_moves.directive_report, name="directive-report"),
    path("nhiem-vu/<int:pk>/phan-viec/", directive_moves.directive_share, name="directive-share"),
    path("nhiem-vu/<int:pk>/gia-han/", directive_moves.directive_extension, name="directive-extension"),
    path("nhiem-vu/<int:pk>/giao-xuong/", directive_moves.directive_pass_down, name="directive-pass-down"),
    path("nhiem-vu/<int:pk>/chuyen-buoc/", directive_moves.directive_move, name="directive-move"),
    path("nhiem-vu/<int:pk>/nhac/", directive_moves.directive_remind, name="directive-remind"),
]
