"""Addresses of a unit's reports, below `chi-tieu/`."""

from django.urls import path

from khue.indicators.views import counted, report, report_keep, report_list, report_sheets

urlpatterns = [
    path("bao-cao/", report_list.reports, name="reports"),
    path("bao-cao/excel/", report_list.reports_excel, name="reports-excel"),
    path("bao-cao/<int:pk>/", report.report, name="report"),
    path("bao-cao/<int:pk>/luu/", report_keep.report_keep, name="report-keep"),
    path("bao-cao/<int:pk>/excel/", report_sheets.report_excel, name="report-excel"),
    path("bao-cao/<int:pk>/cach-tinh/<str:code>/", counted.counted, name="report-counted"),
]
