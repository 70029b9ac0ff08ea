"""How what pages say of an organisation or a person is carried to another one: the links, and the kept versions.

A page's versions keep their links as JSON. A version that still named the old one could never be published again.
"""

from django.db.models import Model, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.models import Revision

from cms.models import OrganisationLink, PersonLink, SharedPage
from partnerships import references
from partnerships.references import Leaving, Reference


def register() -> None:
    references.register(OrganisationLink, "organisation", carry=with_versions)
    references.register(PersonLink, "person", carry=with_versions, leaving=Leaving.TASK)


def with_versions(reference: Reference, old: Model, new: Model) -> None:
    relation = reference.model._meta.get_field("page").remote_field.related_name
    references.all_at_once(reference, old, new)
    for revision in _versions_to_come(relation, reference.field, old):
        for link in revision.content[relation]:
            if link[reference.field] == old.pk:
                link[reference.field] = new.pk
        revision.save(update_fields=["content"])


def _versions_to_come(relation: str, field: str, old: Model) -> list[Revision]:
    """The latest of each page, also where only a draft names the old one, and those that wait for their time. The
    database looks for the number in their text first, so that versions which name others are not fetched."""
    latest = SharedPage.objects.exclude(latest_revision=None).values("latest_revision")
    known = Revision.objects.page_revisions().filter(pk__in=latest)
    waiting = Revision.objects.page_revisions().exclude(approved_go_live_at=None)
    return [
        revision
        for revision in _naming((known | waiting).distinct(), field, old).iterator(chunk_size=200)
        if any(link.get(field) == old.pk for link in revision.content.get(relation, []))
    ]


def _naming(revisions: QuerySet[Revision], field: str, old: Model) -> QuerySet[Revision]:
    """Both databases write JSON with a space after the colon; 12 finds 123 too, which is sorted out afterwards."""
    said = Cast("content", TextField())
    return revisions.alias(said=said).filter(said__contains=f'"{field}": {old.pk}')
