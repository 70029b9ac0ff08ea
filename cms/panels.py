"""The parts of an edit form that every page type has."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import SlugInput

from partnerships.slugs import SPELLED

# Suggested from the title while it is typed, spelled as all other addresses are.
SPELLINGS = [(chr(letter), spelling) for letter, spelling in SPELLED.items()]

PROMOTE = [
    MultiFieldPanel(
        [
            FieldPanel("slug", widget=SlugInput(formatters=SPELLINGS)),
            FieldPanel("seo_title"),
            FieldPanel("search_description"),
        ],
        heading=_("For search engines"),
    ),
    MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("For site menus")),
]
