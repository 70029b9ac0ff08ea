from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site")
class Municipality(BaseSiteSetting):
    """Whose site this is. Filled by `make new` or the demo, changed by a site administrator."""

    name = models.CharField(_("name of the municipality"), max_length=120, default="Samspil")
    address = models.TextField(_("postal address"), blank=True)
    mailbox = models.EmailField(_("contact mailbox"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    accessibility_url = models.URLField(
        _("accessibility statement"), blank=True, help_text=_("Its address in the state's WAS tool. /was leads there.")
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("address"), FieldPanel("mailbox"), FieldPanel("phone")], heading=_("Contact")),
        FieldPanel("accessibility_url"),
    ]

    class Meta:
        verbose_name = _("municipality")

    @classmethod
    def here(cls) -> Self:
        """The one site's municipality, without asking for the site first; an unfounded site has an unsaved one."""
        return cls.objects.filter(site__is_default_site=True).first() or cls()
