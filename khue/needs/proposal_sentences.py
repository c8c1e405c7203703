"""What the journal says about proposals and order proposals."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "proposal.started": _("%(actor)s began the proposal «%(title)s»"),
    "proposal.worked-on": _("%(actor)s worked on the draft"),
    "proposal.discarded": _("%(actor)s threw the draft «%(title)s» away"),
    "proposal.sent": _("%(actor)s sent the proposal; its number is %(code)s"),
    "proposal.searched": _("%(actor)s looked for duplicates; %(count)s records came near"),
    "proposal.hit-same": _("%(actor)s judged «%(title)s» to be the same"),
    "proposal.hit-related": _("%(actor)s judged «%(title)s» to be related, not the same"),
    "proposal.hit-different": _("%(actor)s judged «%(title)s» not to be the same"),
    "proposal.search-signed": _("%(actor)s signed the duplicate search (C0): %(conclusion)s"),
    "proposal.before-council": _("%(actor)s put it before «%(council)s»"),
    "proposal.recommendation-written": _("%(actor)s wrote the council's recommendation"),
    "proposal.opinion-asked": _("%(actor)s asked %(whom)s for an opinion"),
    "proposal.opinion-given": _("%(actor)s gave the opinion of %(whom)s"),
    "proposal.ordered": _("%(actor)s approved it on the order list %(sign)s"),
    "order-proposal.started": _("%(actor)s began the order proposal of %(unit)s for %(year)s"),
    "order-proposal.chosen": _("%(actor)s chose and ranked %(count)s proposals"),
    "order-proposal.sent": _("%(actor)s sent the order proposal; its number is %(code)s"),
    "order-proposal.withdrawn": _("%(actor)s withdrew the order proposal: %(reason)s"),
}
