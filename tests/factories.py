"""Rows for tests, in the words of the domain, written straight to the database; services have tests of their own."""

import hashlib
from datetime import date, timedelta
from itertools import count

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile

from partnerships import clock
from partnerships.models import (
    Application,
    ApplicationFile,
    Consent,
    Decision,
    DocumentVersion,
    Goal,
    Invitation,
    Meeting,
    MeetingAnswer,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Place,
    PlanEdition,
    Post,
    Profile,
    RoomDocument,
    Seat,
    Seek,
    Tier,
    Topic,
    VersionPage,
)
from partnerships.models.invitations import hash_of

numbers = count(1)
LONG_AGO = date(2020, 1, 1)


def yesterday() -> date:
    return clock.today() - timedelta(days=1)


def make_user(**fields):
    return get_user_model().objects.create_user(fields.pop("email", f"user{next(numbers)}@example.org"), **fields)


def make_person(name="Carla Mønster", *, consents=False, user=True, topics=(), **fields):
    """A person who signs in, unless `user=False`; shown in public only with `consents=True`, or "contact search"."""
    account = make_user() if user is True else user or None
    person = Profile.objects.create(user=account, slug=f"person-{next(numbers)}", name=name, **fields)
    person.topics.set(topics)
    if consents:
        for purpose in ("contact", "search", "write") if consents is True else consents.split():
            Consent.objects.create(profile=person, purpose=purpose, text_version="test", given=clock.now())
    return person


def make_facilitator(name="Fanny Fælles"):
    person = make_person(name)
    person.user.user_permissions.add(Permission.objects.get(codename="facilitate"))
    return person


def make_editor(name="Erik Redaktør"):
    """A municipal editor, who may change organisations and partnerships."""
    person = make_person(name)
    codenames = ["change_organisation", "change_partnership", "change_topic"]
    person.user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def make_topic(name="Vand"):
    return Topic.objects.create(slug=f"topic-{next(numbers)}", name_da=name)


def make_place(name="Asnæs"):
    return Place.objects.create(slug=f"place-{next(numbers)}", name_da=name)


def make_goal(title="Dele ressourcer", *, edition=None, **fields):
    edition = edition or PlanEdition.objects.create(slug=f"plan-{next(numbers)}", name_da="Plan", period_start=2013)
    return Goal.objects.create(edition=edition, slug=f"goal-{next(numbers)}", title_da=title, **fields)


def make_organisation(name="Fjordbryg ApS", *, administrator=None, topics=(), places=(), **fields):
    fields.setdefault("kind", Organisation.Kind.COMPANY)
    organisation = Organisation.objects.create(slug=f"organisation-{next(numbers)}", name=name, **fields)
    organisation.topics.set(topics)
    organisation.places.set(places)
    if administrator:
        make_membership(administrator, organisation, role="administrator")
    return organisation


def make_membership(person, organisation, *, role="member", status="active", since=LONG_AGO, **fields):
    since = None if status == "requested" else since
    return Membership.objects.create(
        profile=person, organisation=organisation, role=role, status=status, since=since, **fields
    )


def make_partnership(name="Vandnetværket", *, administrator=None, members=(), seeks="", topics=(), **fields):
    """With one tier of full members, whom `members` (organisations) belong to."""
    fields.setdefault("kind", Partnership.Kind.NETWORK)
    fields.setdefault("purpose", "Vi deler vand.")
    fields.setdefault("responsible", None)
    fields["responsible"] = fields["responsible"] or make_organisation("Kalundborg Kommune", kind="authority")
    partnership = Partnership.objects.create(slug=f"partnership-{next(numbers)}", name=name, **fields)
    partnership.topics.set(topics)
    tier = Tier.objects.create(partnership=partnership, kind=Tier.Kind.FULL, name_da="Fuldgyldigt medlem")
    for organisation in members:
        make_participation(organisation, partnership, tier=tier)
    if administrator:
        make_seat(administrator, partnership)
    if seeks:
        Seek.objects.create(partnership=partnership, whom_da=seeks)
    return partnership


def make_tier(partnership, name="Associeret", *, kind="associate", **fields):
    return Tier.objects.create(
        partnership=partnership, kind=kind, name_da=name, order=partnership.tiers.count(), **fields
    )


def make_participation(organisation, partnership, *, tier=None, since=LONG_AGO, until=None):
    return Participation.objects.create(
        partnership=partnership,
        **({"profile": organisation} if isinstance(organisation, Profile) else {"organisation": organisation}),
        tier=tier or partnership.tiers.first(),
        since=since,
        until=until,
    )


def make_seat(person, partnership, *, role="administrator", since=LONG_AGO, **fields):
    return Seat.objects.create(partnership=partnership, profile=person, role=role, since=since, **fields)


def make_application(partnership, organisation, applicant, **fields):
    fields.setdefault("tier", partnership.tiers.first())
    fields.setdefault("message", "Vi vil gerne være med.")
    fields.setdefault("message_html", "<p>Vi vil gerne være med.</p>")
    fields.setdefault("promised", clock.today() + timedelta(days=14))
    return Application.objects.create(partnership=partnership, organisation=organisation, applicant=applicant, **fields)


def make_file(application, *, question=None, name="maalinger.csv", content=b"dag;grader"):
    kept = ApplicationFile(application=application, question=question, name=name, added_by=application.applicant)
    kept.size = len(content)
    kept.file.save("documents/applications/test.csv", ContentFile(content), save=False)
    kept.save()
    return kept


def make_decision(application, decided_by, *, outcome="accepted", reason="", **fields):
    Application.objects.filter(pk=application.pk).update(state=outcome)
    return Decision.objects.create(
        application=application, decided_by=decided_by, outcome=outcome, reason=reason, **fields
    )


def make_invitation(to, email="nina@example.org", *, role="member", token="", **fields):
    """A colleague's into an organisation, or a member's into a partnership."""
    kind = {"kind": "colleague", "organisation": to, "role": role}
    if isinstance(to, Partnership):
        kind = {"kind": "member", "partnership": to, "tier": to.tiers.first()}
    fields.setdefault("expires", clock.now() + timedelta(days=30))
    return Invitation.objects.create(**kind, email=email, token_hash=hash_of(token or str(next(numbers))), **fields)


def make_post(partnership, author, *, audience="public", title="Vi har målt en måned", **fields):
    fields.setdefault("body", "35 °C hver dag")
    fields.setdefault("body_html", "<p>35 °C hver dag</p>")
    return Post.objects.create(partnership=partnership, author=author, audience=audience, title=title, **fields)


def make_room_document(partnership, author, *, audience="members", title="Måleplan", pages=(), data=b"Maal", **fields):
    """One version of plain text, as if looked through."""
    document = RoomDocument.objects.create(
        partnership=partnership, author=author, audience=audience, title=title, **fields
    )
    add_version(document, author, pages=pages, data=data)
    return document


def add_version(document, author, *, number=1, pages=(), data=b"Maal", kind="txt", **fields):
    version = DocumentVersion(document=document, number=number, author=author, kind=kind, size=len(data), **fields)
    version.name, version.digest = f"plan.{kind}", hashlib.sha256(data).hexdigest()
    version.file.save("plan", ContentFile(data), save=False)
    version.save()
    for place, text in enumerate(pages, 1):
        VersionPage.objects.create(version=version, number=place, text=text)
    document.current = version
    document.save()
    return version


def make_meeting(partnership, author, *, audience="members", title="Medlemsmøde", in_days=14, asks=(), **fields):
    """One hour long. `asks` are people with a row of their own; otherwise all members are asked."""
    fields.setdefault("begins", clock.now() + timedelta(days=in_days))
    fields.setdefault("ends", fields["begins"] + timedelta(hours=1))
    fields.setdefault("asked", "chosen" if asks else "members")
    meeting = Meeting.objects.create(partnership=partnership, author=author, audience=audience, title=title, **fields)
    for person in asks:
        MeetingAnswer.objects.create(meeting=meeting, profile=person)
    return meeting
