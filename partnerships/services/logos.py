"""An organisation's logo: what is uploaded is read as a picture and written anew, so that nothing else comes along with it."""

import io

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from PIL import Image as Pictures
from PIL import ImageOps, UnidentifiedImageError
from wagtail.models import Collection

from partnerships import permissions
from partnerships.models import HistoryEntry, Image, Organisation

from .history import record
from .refusals import Invalid, NotAllowed
from .typed import line

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
LARGEST = (1200, 1200)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
SHOWN_AS = "max-160x160|format-png"
Verb = HistoryEntry.Verb


@transaction.atomic
def change_logo(*, organisation: Organisation, actor: models.Model, file: UploadedFile, alt: str = "") -> Organisation:
    """Its administrators and editors. The size in which the page shows it is made after the commit."""
    organisation = _mine(organisation, actor)
    content = redrawn(file)
    alt = line(alt, field="logo_alt", longest=160)
    old = organisation.logo
    image = Image(title=f"Logo: {organisation.name}"[:255], collection=_shelf(), uploaded_by_user=actor)
    image.file.save(f"logo-{organisation.slug}.png", ContentFile(content), save=False)
    image.file_size, (image.width, image.height) = len(content), _size(content)
    image.save()
    organisation.logo, organisation.logo_alt = image, alt
    organisation.save(update_fields=["logo", "logo_alt", "updated"])
    _put_away(old)
    record(Verb.ORGANISATION_CHANGED, actor, organisation=organisation, note="logo")
    transaction.on_commit(lambda: image.get_renditions(SHOWN_AS), robust=True)
    return organisation


@transaction.atomic
def describe_logo(*, organisation: Organisation, actor: models.Model, alt: str) -> Organisation:
    organisation = _mine(organisation, actor)
    organisation.logo_alt = line(alt, field="logo_alt", longest=160)
    organisation.save(update_fields=["logo_alt", "updated"])
    record(Verb.ORGANISATION_CHANGED, actor, organisation=organisation, note="logo_alt")
    return organisation


@transaction.atomic
def remove_logo(*, organisation: Organisation, actor: models.Model) -> Organisation:
    organisation = _mine(organisation, actor)
    old, organisation.logo, organisation.logo_alt = organisation.logo, None, ""
    organisation.save(update_fields=["logo", "logo_alt", "updated"])
    _put_away(old)
    record(Verb.ORGANISATION_CHANGED, actor, organisation=organisation, note="logo")
    return organisation


def _mine(organisation: Organisation, actor: models.Model) -> Organisation:
    if not permissions.may_edit_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators and editors may change it."))
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def redrawn(file: UploadedFile) -> bytes:
    """A PNG of the picture alone: no name, no place, nothing behind its end. Its size is asked before it is unpacked."""
    if file.size > MOST_BYTES:
        raise Invalid(_("The file is larger than 2 MB. Make it smaller and try again."), field="logo")
    try:
        picture = Pictures.open(file, formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Invalid(_("The picture has too many pixels. Make it smaller and try again."), field="logo")
        picture = ImageOps.exif_transpose(picture).convert("RGBA")
    except (UnidentifiedImageError, Pictures.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise Invalid(_("The file is not a picture. Choose a PNG, JPEG, WebP or GIF."), field="logo") from error
    picture.thumbnail(LARGEST)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _size(content: bytes) -> tuple[int, int]:
    return Pictures.open(io.BytesIO(content)).size


def _shelf() -> Collection:
    """Where editors find them among the pictures."""
    root = Collection.get_first_root_node()
    return root.get_children().filter(name="Logoer").first() or root.add_child(name="Logoer")


def _put_away(old: Image | None) -> None:
    """One that was uploaded here and is shown nowhere else goes; an editor's own picture stays."""
    if old is None or old.collection.name != "Logoer" or Organisation.objects.filter(logo=old).exists():
        return
    old.delete()
