"""The list of organisations and what is taken along of it: as many questions to the database at 20 rows as at 200."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import Organisation
from tests.factories import make_organisation, make_person, make_place, make_topic

pytestmark = pytest.mark.django_db


def questions(path, count):
    known = Organisation.objects.count()
    names = (f"Nr. {number:03}" for number in range(known, count))
    Organisation.objects.bulk_create(
        Organisation(slug=f"nr-{name[4:]}", name=name, sort_key=name, kind="company") for name in names
    )
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert Client().get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("form", ["", "csv", "json", "atom"])
def test_the_list_asks_as_often_at_20_as_at_200(form):
    make_organisation("Aa", topics=[make_topic()], places=[make_place()])
    path = f"{reverse('partnerships:organisation_list')}?format={form}"
    Client().get(path)
    few = questions(path, 20)
    assert questions(path, 200) == few <= 16


def test_the_table_is_whole_narrowed_and_carries_no_formula():
    make_organisation("=HYPERLINK(1)", mailbox="a@example.org")
    make_organisation("Foreningen", kind="association")
    make_organisation("Kladden", state="draft", administrator=make_person())
    answer = Client().get(reverse("partnerships:organisation_list"), {"format": "csv", "kind": "company"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["'=HYPERLINK(1)"]
    everything = Client().get(reverse("partnerships:organisation_list"), {"format": "json"}).json()
    assert everything["total"] == len(everything["organisations"]) == 2
