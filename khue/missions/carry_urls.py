"""Addresses of missions that are carried out, and of those of the past."""

from django.urls import path

from khue.missions.views.carry import assets, book, book_parts, mission, mission_board, papers, report, settlement

urlpatterns = [
    path("", mission.missions, name="missions"),
    path("tong-quan/", mission_board.board, name="board"),
    path("tong-quan/kinh-phi/", mission_board.board_years, name="board-years"),
    path("cua-don-vi/", mission_board.own, name="own"),
    path("tai-san/", assets.assets, name="assets"),
    path("<int:number>/thanh-ly/", settlement.settlement, name="settlement"),
    path("<int:number>/thanh-ly/tai-san/", settlement.asset_keep, name="asset-keep"),
    path("<int:number>/thanh-ly/kiem-ke/", settlement.assets_count, name="assets-count"),
    path("<int:number>/thanh-ly/xu-ly/", settlement.assets_decide, name="assets-decide"),
    path("<int:number>/thanh-ly/ket-thuc/", settlement.settle, name="settle"),
    path("<int:number>/", mission.mission, name="mission"),
    path("<int:number>/so-sach/", book_parts.ledger, name="ledger"),
    path("<int:number>/noi-dung/", book_parts.contents, name="contents"),
    path("<int:number>/dien-bien/", book_parts.happened, name="happened"),
    path("<int:number>/viec/<slug:do>/", book.act, name="act"),
    path("<int:number>/giay-to/<slug:name>/", papers.paper, name="paper"),
    path("<int:number>/bao-cao/<int:which>/", report.report, name="report"),
    path("<int:number>/bao-cao/<int:which>/luu/", report.report_save, name="report-save"),
    path("<int:number>/bao-cao/<int:which>/tra-loi/", report.report_answer, name="report-answer"),
]
