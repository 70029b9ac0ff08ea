"""The last letter to somebody who has left everything."""

from django.urls import reverse

from partnerships.notifications import Letter, send_to


def left_everything(address: str, language: str) -> None:
    letter = Letter("left_everything", {}, lambda: reverse("wagtail_serve", args=[""]), language=language, open=True)
    send_to(address, letter)
