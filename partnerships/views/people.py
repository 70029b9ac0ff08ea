from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships.facets import TOPIC
from partnerships.listing import Rule, named_like, narrowed, text_in
from partnerships.models import Membership, Organisation, Post, Profile, SpokenLanguage
from partnerships.models.organisations import of_public
from partnerships.standing import memberships_over_time, places_held_by

LATEST_POSTS = 5


def _now() -> Q:
    return Q(memberships__in=Membership.objects.current().filter(of_public()))


RULES = (
    Rule(
        "kind", gettext_lazy("Belongs to"), "memberships__organisation__kind", lambda: Organisation.Kind.choices, _now
    ),
    TOPIC,
    Rule("language", gettext_lazy("Language"), "languages__code", lambda: SpokenLanguage.Code.choices),
)


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Only those who agreed to be shown; not even oneself otherwise."""
    current = Membership.objects.current().filter(of_public()).select_related("organisation")
    rows = Profile.objects.consenting().prefetch_related("topics", Prefetch("memberships", current, to_attr="current"))
    if text := text_in(request.GET):
        rows = rows.filter(named_like(text))
    return render(request, "partnerships/person_list.html", {"listing": narrowed(rows, RULES, request.GET)})


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Profile.objects.visible_to(request.user), slug=slug)
    memberships = memberships_over_time(found, request.user)
    own = found.user_id is not None and found.user_id == request.user.pk
    reachable = Profile.objects.may_be_written_to().consenting().filter(pk=found.pk)
    posts = Post.objects.public().filter(author=found).select_related("partnership")[:LATEST_POSTS]
    context = {
        "person": found,
        "consent": found.consents.as_contact().first(),
        "topics": list(found.topics.all()),
        "memberships": memberships,
        "mailboxes": [row.organisation for row in memberships if row.is_now and row.organisation.mailbox],
        "seats": places_held_by(found, request.user),
        "posts": list(posts),
        "languages": list(found.languages.all()),
        "findable": found.consents.findable().exists(),
        "may_be_written_to": not own and reachable.exists(),
        "own": own,
    }
    return render(request, "partnerships/person.html", context)
