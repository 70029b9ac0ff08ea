"""Who may read what belongs to a partnership's room: each post, document and meeting says it of itself."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.visibility import administered_by, joined_by

from .agreements import Partnership


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members only")
    ADMINISTRATORS = "administrators", _("Administrators only")


class HasReaders:
    """For rows of a room: who may read them, as a page says it. Of a partnership that is not public nothing is."""

    audience: str
    partnership: Partnership

    @property
    def is_for_everyone(self) -> bool:
        return self.audience == Audience.PUBLIC and self.partnership.visibility == Partnership.Visibility.PUBLIC

    @property
    def audience_shown(self) -> str:
        hidden = self.audience == Audience.PUBLIC and not self.is_for_everyone
        return str(Audience.MEMBERS.label if hidden else Audience(self.audience).label)


class InARoom(models.QuerySet):
    """Rows with a `partnership`, an `audience`, and a time in `removed` once they are taken down."""

    def standing(self) -> Self:
        """Not taken down."""
        return self.filter(removed=None)

    def public(self) -> Self:
        """Those for everyone, in partnerships that show everyone what is in them."""
        return self.standing().filter(_for_everyone())

    def visible_to(self, user: models.Model) -> Self:
        """Public ones for all; members' for those who now take part; administrators' for those who now hold that seat."""
        if not user.pk:
            return self.public()
        for_members = (Audience.PUBLIC, Audience.MEMBERS)
        return self.standing().filter(
            _for_everyone()
            | models.Q(audience__in=for_members, partnership__in=joined_by(user))
            | models.Q(audience=Audience.ADMINISTRATORS, partnership__in=administered_by(user))
        )


def _for_everyone() -> models.Q:
    public = {"partnership__visibility": Partnership.Visibility.PUBLIC, "partnership__state__in": Partnership.LIVED}
    return models.Q(audience=Audience.PUBLIC, **public)
