"""What is asked of a picture that is uploaded in the editors' screens."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from PIL.Image import DecompressionBombError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm


class PictureField(WagtailImageField):
    def check_image_pixel_size(self, f: File) -> None:
        """Far too many pixels make Pillow give up before they are counted."""
        try:
            super().check_image_pixel_size(f)
        except DecompressionBombError as error:
            message = _("The picture has too many pixels. Make it smaller and try again.")
            raise ValidationError(message, code="file_too_many_pixels") from error


class PictureForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(label=file.label, widget=file.widget, required=file.required)
