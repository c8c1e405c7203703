"""The page of issuers whose digital signatures are trusted here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from khue.accounts.asking import person
from khue.core.answering import Problem, refusal_told
from khue.core.toasts import say
from khue.documents.actions import trust as actions
from khue.documents.models import TrustedCertificate
from khue.documents.rules.trust import may_keep_trust, trusted
from khue.journal.timeline import timeline


@require_http_methods(["GET", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """Who is trusted, since when and until when; administrators of the highest unit add one."""
    user, problem = person(request), Problem()
    if request.method == "POST":
        file = request.FILES.get("file")
        with problem:
            made = actions.trust(file.read(actions.LARGEST + 1) if file else b"", by=user)
            said = ngettext("%(n)d issuer is trusted from now on.", "%(n)d issuers are trusted from now on.", len(made))
            say(request, said % {"n": len(made)})
            return redirect("documents:certificates")
    facts = {
        "trusted": trusted(),
        "refusal": may_keep_trust(user),
        "problem": problem,
        "entries": timeline(actions.DOSSIER, limit=50),
    }
    return render(request, "documents/certificates.html", facts, status=422 if problem else 200)


@require_POST
def distrust(request: HttpRequest, pk: int) -> HttpResponse:
    """No longer trust one, with a reason."""
    found = get_object_or_404(TrustedCertificate, pk=pk)
    with refusal_told(request):
        actions.distrust(found, by=person(request), reason=request.POST.get("reason", ""))
        say(request, _("%(name)s is no longer trusted.") % {"name": found.subject})
    return redirect("documents:certificates")
