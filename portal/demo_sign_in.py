"""In the demo one click signs in as one of its invented people. A system check refuses the demo in production."""

from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

WHO = {
    "member": "jens-mockup@example.org",
    "company": "carla-moenster@example.org",
    "administrator": "anna-eksempelsen@example.org",
    "facilitator": "dorte-demosen@example.org",
    "editor": "bo-proevesen@example.org",
}


@require_POST
def sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """On to where the person was going, as any sign-in does."""
    if not settings.DEMO:
        raise Http404
    email = WHO.get(request.POST.get("who", ""))
    user = get_user_model().objects.filter(email=email, is_active=True).first() if email else None
    if user is None:
        raise BadRequest("Nobody of that name lives in the demo.")
    login(request, user)
    onward = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(onward if own and onward.startswith("/") else "desk")
