"""Signed in, and known by a name among partners."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import Profile

View = Callable[..., HttpResponse]


def profile_of(request: HttpRequest) -> Profile | None:
    return getattr(request.user, "profile", None)


def named(view: View) -> View:
    """Whoever acts among partners has a profile; one who signed in without a name is asked for it first."""

    @login_required
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        request.profile = profile_of(request)
        if request.profile is not None:
            return view(request, *args, **kwargs)
        messages.info(request, _("Tell us your name first. Then you continue where you were."))
        return redirect_to_login(request.get_full_path(), reverse("profile"))

    return checked
