"""Requests of somebody in the small town, of which nothing stays."""

from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client

FORM = "application/x-www-form-urlencoded"


def client_of(world, role):
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(get_user_model().objects.get(pk=world.users[role].pk))
    return client


def ask(client, method, path, body="nothing=said"):
    """One request; a body is sent as it stands."""
    with transaction.atomic():
        response = client.get(path) if method == "get" else client.post(path, body, content_type=FORM)
        transaction.set_rollback(True)
    return response
