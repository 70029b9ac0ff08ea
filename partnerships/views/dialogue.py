from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.forms import PostForm
from partnerships.handover.gone import answering_for
from partnerships.models import Organisation, Partnership, Post, Profile
from partnerships.permissions import may_change_post, may_enter_room, may_post, may_remove_post
from partnerships.services import dialogue as services
from partnerships.visibility import administered_by, organisations_of

from .refusals import told_in, told_on_the_next_page
from .signed_in import named


def _post_seen_by(request: HttpRequest, slug: str, pk: int) -> Post:
    rows = Post.objects.visible_to(request.user).select_related("partnership", "author", "keeper", "organisation")
    return get_object_or_404(rows, partnership__slug=slug, pk=pk)


@require_safe
def post(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Inside a partnership whoever acts is named; in public only who agreed to be."""
    found = _post_seen_by(request, slug, pk)
    inside = may_enter_room(request.user, found.partnership)
    context = {
        "post": found,
        "partnership": found.partnership,
        "inside": inside,
        "has_page": found.author.consents.as_contact().exists(),
        "keeper": _keeper_shown(found, inside=inside),
        "mailbox": _mailbox_meanwhile(found),
        "may_change": may_change_post(request.user, found),
        "may_remove": may_remove_post(request.user, found),
        "history": list(found.history.all()) if inside else [],
    }
    return render(request, "partnerships/room/post.html", context)


def _keeper_shown(post: Post, *, inside: bool) -> Profile | None:
    """Named as the author is."""
    shown = post.keeper and (inside or post.keeper.consents.as_contact().exists())
    return post.keeper if shown else None


def _mailbox_meanwhile(post: Post) -> str:
    """Its organisation's, while nobody of those who look after it is shown and answers."""
    organisation = post.organisation_shown
    if organisation is None or not organisation.mailbox:
        return ""
    people = {post.author_id, post.keeper_id} - {None}
    return "" if answering_for(organisation, people) else organisation.mailbox


@named
def post_write(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = get_object_or_404(Partnership, slug=slug)
    if not may_post(request.user, partnership):
        raise Http404
    form = PostForm(
        request.POST or None,
        organisations=_organisations_here(request.profile, partnership),
        for_administrators=_administers(request, partnership),
    )
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            written = services.publish_post(partnership=partnership, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your post is shared."))
            return redirect(written)
    return render(request, "partnerships/room/post_form.html", {"form": form, "partnership": partnership})


def _organisations_here(profile: Profile, partnership: Partnership) -> list[Organisation]:
    """Those one belongs to and that now take part: whom one may write for."""
    now = partnership.participations.current().filter(organisation__in=organisations_of(profile.user))
    return [participation.organisation for participation in now.select_related("organisation")]


def _administers(request: HttpRequest, partnership: Partnership) -> bool:
    return administered_by(request.user).filter(partnership=partnership).exists()


@named
def post_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _post_seen_by(request, slug, pk)
    if not may_change_post(request.user, found):
        raise Http404
    initial = {"title": found.title, "body": found.body, "audience": found.audience}
    administers = _administers(request, found.partnership)
    form = PostForm(request.POST or None, initial=initial, for_administrators=administers)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.change_post(post=found, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your post is changed."))
            return redirect(found)
    context = {"form": form, "post": found, "partnership": found.partnership}
    return render(request, "partnerships/room/post_form.html", context)


@named
def post_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = _post_seen_by(request, slug, pk)
    if not may_remove_post(request.user, found):
        raise Http404
    if request.method == "POST":
        with told_on_the_next_page(request):
            services.remove_post(post=found, actor=request.user)
            messages.success(request, _("The post is taken down."))
        return redirect("partnerships:room", found.partnership.slug)
    return render(request, "partnerships/room/post_remove.html", {"post": found, "partnership": found.partnership})


@named
def post_open(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The switch “for everyone too”, both ways."""
    found = _post_seen_by(request, slug, pk)
    if not may_change_post(request.user, found):
        raise Http404
    if request.method == "POST":
        with told_on_the_next_page(request):
            if request.POST.get("act") == "close":
                services.close_post(post=found, actor=request.user)
                messages.success(request, _("Now only members may read it."))
            else:
                services.open_post(post=found, actor=request.user)
                messages.success(request, _("Now everyone may read it."))
        return redirect(found)
    is_public = found.audience == Post.Audience.PUBLIC
    context = {"post": found, "partnership": found.partnership, "is_public": is_public}
    return render(request, "partnerships/room/post_open.html", context)
