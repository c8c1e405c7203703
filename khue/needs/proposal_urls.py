"""Addresses of proposals, below `de-xuat/`."""

from django.urls import path

from khue.needs.views import order_proposals as orders
from khue.needs.views import (
    proposal,
    proposal_council,
    proposal_list,
    proposal_moves,
    proposal_search,
    proposal_writing,
)

urlpatterns = [
    path("", proposal_list.proposals, name="proposals"),
    path("excel/", proposal_list.proposals_excel, name="proposals-excel"),
    path("moi/", proposal_writing.proposal_new, name="proposal-new"),
    path("hoi-dong/", proposal_council.council_new, name="proposal-council"),
    path("<int:pk>/", proposal.proposal, name="proposal"),
    path("<int:pk>/soan/", proposal_writing.proposal_edit, name="proposal-edit"),
    path("<int:pk>/luu/", proposal_writing.proposal_keep, name="proposal-keep"),
    path("<int:pk>/bo/", proposal_writing.proposal_discard, name="proposal-discard"),
    path("<int:pk>/chuyen-buoc/", proposal_moves.proposal_move, name="proposal-move"),
    path("<int:pk>/kien-nghi/", proposal_council.recommendation, name="proposal-recommendation"),
    path("<int:pk>/hoi-y-kien/", proposal_moves.opinion_ask, name="proposal-ask"),
    path("<int:pk>/y-kien/<int:number>/", proposal_moves.opinion_give, name="proposal-opinion"),
    path("<int:pk>/tep/", proposal_moves.proposal_attach, name="proposal-attach"),
    path("<int:pk>/giay-to/<slug:name>/", proposal.proposal_paper, name="proposal-paper"),
    path("<int:pk>/tra-cuu/", proposal_search.search_new, name="proposal-search-new"),
    path("<int:pk>/tra-cuu/<int:number>/", proposal_search.search, name="proposal-search"),
    path("<int:pk>/tra-cuu/<int:number>/nhan-dinh/", proposal_search.search_judge, name="proposal-judge"),
    path("<int:pk>/tra-cuu/<int:number>/ky/", proposal_search.search_sign, name="proposal-sign"),
    path("dat-hang/", orders.order_proposals, name="order-proposals"),
    path("dat-hang/moi/", orders.order_new, name="order-proposal-new"),
    path("dat-hang/<int:pk>/", orders.order_proposal, name="order-proposal"),
    path("dat-hang/<int:pk>/soan/", orders.order_edit, name="order-proposal-edit"),
    path("dat-hang/<int:pk>/luu/", orders.order_keep, name="order-proposal-keep"),
    path("dat-hang/<int:pk>/rut/", orders.order_withdraw, name="order-proposal-withdraw"),
    path("dat-hang/<int:pk>/word/<slug:name>/", orders.order_word, name="order-proposal-word"),
    path("dat-hang/<int:pk>/excel/", orders.order_excel, name="order-proposal-excel"),
]
