"""Addresses of selecting: calls, selections, applications."""

from django.urls import path

from khue.missions.views.select import (
    application,
    application_acts,
    call,
    reviewing,
    section,
    select_papers,
    selection,
    selection_acts,
)

urlpatterns = [
    path("tuyen-chon/", call.calls, name="calls"),
    path("tuyen-chon/thong-bao/moi/", call.new_call, name="call-new"),
    path("tuyen-chon/thong-bao/<int:pk>/", call.call, name="call"),
    path("tuyen-chon/thong-bao/<int:pk>/sua/", call.edit_call, name="call-edit"),
    path("tuyen-chon/thong-bao/<int:pk>/lam/", call.act, name="call-act"),
    path("tuyen-chon/thong-bao/<int:pk>/thong-bao.docx", select_papers.notice, name="call-notice"),
    path("tuyen-chon/giao-truc-tiep/<int:pk>/", call.invite, name="invite-directly"),
    path("tuyen-chon/viec/", selection.selections, name="selections"),
    path("tuyen-chon/viec/<int:pk>/", selection.selection, name="selection"),
    path("tuyen-chon/viec/<int:pk>/lam/", selection_acts.act, name="selection-act"),
    path("tuyen-chon/viec/<int:pk>/tham-dinh/", selection_acts.appraisal, name="selection-appraisal"),
    path("tuyen-chon/viec/<int:pk>/giai-trinh/", reviewing.explanation, name="selection-explanation"),
    path("tuyen-chon/viec/<int:pk>/giay/<slug:name>.docx", select_papers.of_selection, name="selection-paper"),
    path("tuyen-chon/ho-so/", application.applications, name="applications"),
    path("tuyen-chon/ho-so/moi/<int:pk>/", application_acts.begin, name="application-begin"),
    path("tuyen-chon/ho-so/<int:pk>/", application.application, name="application"),
    path("tuyen-chon/ho-so/<int:pk>/lam/", application_acts.act, name="application-act"),
    path("tuyen-chon/ho-so/<int:pk>/tep/", application_acts.attach_file, name="application-attach"),
    path("tuyen-chon/ho-so/<int:pk>/dieu-kien/", application_acts.judge_eligibility, name="application-judge"),
    path("tuyen-chon/ho-so/<int:pk>/khao-sat/", reviewing.reviews, name="application-reviews"),
    path("tuyen-chon/ho-so/<int:pk>/muc/<slug:name>/", section.section, name="application-section"),
    path("tuyen-chon/ho-so/<int:pk>/muc/<slug:name>/luu/", section.save, name="application-save"),
    path("tuyen-chon/ho-so/<int:pk>/giay/<slug:name>.docx", select_papers.of_application, name="application-paper"),
]
