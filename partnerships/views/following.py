"""What one follows, and why; following a thing and stopping again; stopping mails by the address in them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from partnerships.following import followed_by, may_be_followed
from partnerships.forms.following import FollowForm, MailsForm
from partnerships.models import Follow
from partnerships.models.follows import THINGS
from partnerships.news.naming import shown
from partnerships.services import bounces
from partnerships.services import follows as services
from partnerships.stopping import Stop, stop_in

from .refusals import told_in
from .signed_in import named

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


@READ_AND_SEND
@named
def following(request: HttpRequest) -> HttpResponse:
    followed = followed_by(request.user)
    form = MailsForm(request.POST or None, profile=request.profile, follows=[one.follow for one in followed])
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            _save(request, form)
            messages.success(request, _("Your choices are saved."))
            return redirect("following")
    rows = [(one, form[form.name_of(one.follow)]) for one in followed]
    context = {"form": form, "rows": rows, "mail_bounced": request.profile.mail_bounced}
    return render(request, "partnerships/following/following.html", context)


def _save(request: HttpRequest, form: MailsForm) -> None:
    data = form.cleaned_data
    services.choose_mails(actor=request.user, rhythm=data["rhythm"], language=data["language"])
    for one, rhythm in form.changed_rhythms():
        services.choose_rhythm(follow=one, actor=request.user, rhythm=rhythm)


@READ_AND_SEND
@named
def follow(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """The thing's own page has the button; this page is where one who was not signed in comes back to."""
    if what not in THINGS:
        raise Http404
    thing = get_object_or_404(may_be_followed(what, request.user), pk=pk)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.follow(actor=request.user, thing=thing, rhythm=form.cleaned_data["rhythm"])
            messages.success(request, _("You follow “%(name)s”.") % {"name": shown(thing).title})
            return HttpResponseRedirect(shown(thing).url)
    already = Follow.objects.of(request.user).filter(**{what: pk}).first()
    return render(
        request, "partnerships/following/follow.html", {"form": form, "thing": shown(thing), "follow": already}
    )


@require_POST
@named
def stop_following(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Follow.objects.of(request.user), pk=pk)
    services.stop_following(follow=one, actor=request.user)
    messages.success(request, _("You do not follow it any more."))
    back = request.POST.get("next", "")
    own = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back) if own else redirect("following")


@require_POST
@named
def address_works(request: HttpRequest) -> HttpResponse:
    bounces.lift(address=request.user.email, actor=request.user)
    messages.success(request, _("Mails are sent to you again."))
    return redirect("following")


@csrf_exempt
@never_cache
@READ_AND_SEND
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """One press, without sign-in: by a person on the page that the mail leads to, or by their mail program (RFC 8058).

    The signed address is the permission, so no other token is asked for; looking at the page changes nothing.
    """
    stop = stop_in(token)
    if stop is None:
        raise Http404
    user, key = stop
    if request.method == "POST":
        services.stop_mail(user=user, follow=key)
    context = {"name": _name_of(stop), "all": key is None, "stopped": request.method == "POST"}
    return render(request, "partnerships/following/stop_mails.html", context)


def _name_of(stop: Stop) -> str:
    """Nothing where the thing is followed no more, or its follower may not see it any more."""
    user, key = stop
    follow = Follow.objects.filter(user_id=user, pk=key).select_related("user").first() if key else None
    known = {one.follow.pk: one.thing for one in followed_by(follow.user)} if follow else {}
    thing = known.get(key)
    return thing.title if thing else ""
