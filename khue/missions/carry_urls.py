"""Addresses of missions that are carried out, and of those of the past."""

from django.urls import path

from khue.missions.views import book, mission, mission_board, papers, report

urlpatterns = [
    path("", mission.missions, name="missions"),
    path("tong-quan/", mission_board.board, name="board"),
    path("cua-don-vi/", mission_board.own, name="own"),
    path("<int:number>/", mission.mission, name="mission"),
    path("<int:number>/viec/<slug:do>/", book.act, name="act"),
    path("<int:number>/giay-to/<slug:name>/", papers.paper, name="paper"),
    path("<int:number>/bao-cao/<int:which>/", report.report, name="report"),
    path("<int:number>/bao-cao/<int:which>/luu/", report.report_save, name="report-save"),
    path("<int:number>/bao-cao/<int:which>/tra-loi/", report.report_answer, name="report-answer"),
]
