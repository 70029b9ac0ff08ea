"""Pages whose contact is gone: a story is never without somebody, or the mailbox, to ask."""

from django.db.models import Exists, F, Max, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from cms import selectors
from cms.models import PersonLink, SharedPage
from partnerships.handover.kinds import Item, register
from partnerships.handover.own_kinds import marked, taken_over
from partnerships.models import Membership, Profile

Role = PersonLink.Role
BEHIND_IT = (Role.AUTHOR, Role.PROPOSER)


class Stories:
    """Its contact; where it has none, who wrote or proposed it. Whoever still belongs to an organisation that the page names
    stays its contact for that one."""

    name, history, label = "story", "", gettext_lazy("Page")

    def rows(self, user: Model) -> QuerySet[PersonLink]:
        pages = SharedPage.objects.visible_to(user).order_by().values("pk")
        has_contact = PersonLink.objects.filter(page=OuterRef("page"), role=Role.CONTACT)
        asked = Q(role=Role.CONTACT) | (Q(role__in=BEHIND_IT) & ~Q(Exists(has_contact)))
        links = PersonLink.objects.filter(asked, page__in=pages, page__organisation_links__isnull=False)
        found = marked(links, F("page__organisation_links__organisation"), F("person"))
        here = Membership.objects.current().filter(profile=OuterRef("person"))
        elsewhere = here.filter(organisation__page_links__page=OuterRef("page"))
        away_there = here.filter(organisation=OuterRef("from_organisation"))
        return found.filter(~Exists(elsewhere) | Exists(away_there)).select_related("page__locale").order_by("pk")

    def item(self, row: PersonLink) -> Item:
        page = row.page
        return Item(
            self,
            row,
            page.title,
            row.get_role_display(),
            lambda: selectors.address(page, page.locale.language_code),
            alike=(page.translation_key, row.person_id, row.role),
        )

    def give(self, row: PersonLink, successor: Profile, actor: Model) -> None:
        """Also on the page's translations. Whoever wrote it stays its author."""
        alike = PersonLink.objects.filter(person=row.person_id, role=row.role)
        for link in alike.filter(page__translation_key=row.page.translation_key).select_related("page"):
            has = PersonLink.objects.filter(page=link.page_id, person=successor, role=Role.CONTACT).exists()
            if row.role == Role.CONTACT and not has:
                taken_over(link, "person", successor)
            elif row.role == Role.CONTACT:
                link.delete()
            elif not has:
                _add_contact(link.page, successor)
            _in_versions(link, successor)


def _add_contact(page: SharedPage, successor: Profile) -> None:
    last = page.person_links.aggregate(last=Max("sort_order"))["last"] or 0
    PersonLink.objects.create(page_id=page.pk, person=successor, role=Role.CONTACT, sort_order=last + 1)


def _in_versions(link: PersonLink, successor: Profile) -> None:
    """The latest version, and those that wait for their time: published again, they must not bring back who is gone."""
    to_come = Q(pk=link.page.latest_revision_id) | ~Q(approved_go_live_at=None)
    for revision in Revision.objects.page_revisions().filter(to_come, object_id=str(link.page_id)):
        kept = [one for one in revision.content.get("person_links", []) if not _is_contact(one, link, successor)]
        contact = {"pk": None, "sort_order": len(kept), "page": link.page_id}
        revision.content["person_links"] = [*kept, {**contact, "person": successor.pk, "role": Role.CONTACT.value}]
        revision.save(update_fields=["content"])


def _is_contact(one: dict, link: PersonLink, successor: Profile) -> bool:
    is_contact = one.get("role") == Role.CONTACT
    return is_contact and one.get("person") in ((link.person_id, successor.pk))


def add() -> None:
    """Called once, when the app is ready."""
    register(Stories())
