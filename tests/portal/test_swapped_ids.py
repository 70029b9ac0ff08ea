"""Every number that a form offers, swapped for one of somebody else's: the answer is that of a number nobody has."""

import re

import pytest
from django.apps import apps
from django.db import transaction

from .forms import forms_of
from .test_view_permissions import EXPECTED, ROLES, address
from .visiting import client_of

pytestmark = pytest.mark.django_db
NOBODYS = "987654321"
HAVE_FORMS = [
    row
    for row, (get, post) in EXPECTED.items()
    if row[0].startswith(("partnerships:", "search:")) or ":" not in row[0]
    if "200" in get and post and set(post.split()) - {"405", "404", "400"}
]


def who_are_let_in(row):
    """Those who have something to choose among; else the last that is named, who sees most."""
    let_in = [role for role, wanted in zip(ROLES, EXPECTED[row][0].split(), strict=True) if wanted == "200"]
    have = [role for role in ("applicant_administrator", "administrator") if role in let_in]
    return have or [role for role in let_in if role != "visitor"][-1:]


def of_others(offered):
    """For each kind of thing one that is there, and that the form does not offer."""
    for model in apps.get_app_config("partnerships").get_models():
        if model._meta.pk.get_internal_type().endswith("AutoField"):
            keys = map(str, model.objects.order_by("-pk").values_list("pk", flat=True)[:20])
            if key := next((key for key in keys if key not in offered), None):
                yield key


def told(client, path, sent):
    """What came of it, without the number itself, and whether anything was written."""
    with transaction.atomic():
        response = client.post(path, sent)
        transaction.set_rollback(True)
    body = re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode(errors="replace"))
    return response.status_code, response.get("Location", ""), re.sub(r"\d+", "#", body)


@pytest.mark.parametrize("row", HAVE_FORMS, ids=" ".join)
def test_a_number_of_somebody_elses_is_answered_like_one_that_nobody_has(world, row):
    path = address(world, row)
    for client in [client_of(world, role) for role in who_are_let_in(row)]:
        for form in forms_of(client.get(path)):
            for name, values in form.numbers.items():
                nobodys = told(client, form.action or path, {**form.sent, name: NOBODYS})
                for key in set(of_others(values)):
                    assert told(client, form.action or path, {**form.sent, name: key}) == nobodys, (path, name, key)


def test_forms_with_numbers_are_among_them(world):
    """So that the test above has something to swap."""
    page = client_of(world, "applicant_administrator").get(address(world, ("partnerships:apply", "partnership")))
    found = {name for form in forms_of(page) for name in form.numbers}
    assert {"organisation", "tier"} <= found
