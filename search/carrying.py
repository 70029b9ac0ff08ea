"""Searches that people keep name organisations in their address; when two become one, they name the one that stays."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.http import QueryDict

from partnerships import references
from partnerships.models import Organisation
from search.addresses import address_of, query_from
from search.models import SavedSearch


def register() -> None:
    references.also(Organisation, saved_searches_name)


def saved_searches_name(old: Organisation, new: Organisation) -> None:
    for saved in SavedSearch.objects.filter(address__contains=old.slug):
        query = query_from(QueryDict(saved.address.removeprefix("?")), saved.language)
        named = query.filters.get("organisation", ())
        if old.slug not in named:
            continue
        kept = dict.fromkeys(new.slug if slug == old.slug else slug for slug in named)
        saved.address = address_of(replace(query, filters={**query.filters, "organisation": tuple(kept)}))
        try:
            with transaction.atomic():
                saved.save(update_fields=["address"])
        except IntegrityError:
            saved.delete()
