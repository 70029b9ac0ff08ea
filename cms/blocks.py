"""The few blocks an editor builds a page's body from. Each says what it is for, and shows what it looks like."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "cms/blocks/text.html"
        preview_value = "<p>Halmen blev kogt mør med damp fra kraftværket.</p>"


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins a new part of the page.")
        template = "cms/blocks/heading.html"
        preview_value = "Sådan begyndte det"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture with a caption. Say what it shows, or that it is decorative.")
        template = "cms/blocks/picture.html"
        preview_template = "cms/blocks/picture_preview.html"


class FigureValueBlock(blocks.StructBlock):
    """One published figure. Where sources differ they stand side by side; they are never averaged."""

    value = blocks.CharBlock(label=_("Value"), max_length=60)
    unit = blocks.CharBlock(label=_("Unit"), required=False, max_length=40)
    year = blocks.CharBlock(label=_("Year or period"), required=False, max_length=40)
    method = blocks.CharBlock(label=_("Method"), required=False, max_length=160)
    source = blocks.CharBlock(
        label=_("Source"),
        required=False,
        max_length=160,
        help_text=_("Empty: the page says that the source is missing."),
    )


class FigureBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What the figure is about"), max_length=160)
    values = blocks.ListBlock(FigureValueBlock(), label=_("Published values"), min_num=1)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)
    checked = blocks.DateBlock(label=_("Checked on"), required=False)

    class Meta:
        icon = "order"
        label = _("Figure")
        description = _("A number with unit, year, method and source. Differing sources stand side by side.")
        template = "cms/blocks/figure.html"
        preview_template = "cms/blocks/figure_preview.html"
        preview_value = {
            "label": "Gips om året",
            "values": [
                {"value": "80.000", "unit": "ton", "year": "", "method": "", "source": "iisd.org"},
                {"value": "150.000", "unit": "ton", "year": "2010", "method": "", "source": "symbiosis.dk"},
            ],
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=600)
    speaker = blocks.CharBlock(label=_("Who said it"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's own words, with who said them.")
        template = "cms/blocks/quote.html"
        preview_value = {"text": "Vand skal bruges mere end én gang.", "speaker": "Vandnetværket (eksempel)"}


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    about = blocks.CharBlock(label=_("What it contains"), required=False, max_length=250)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        description = _("A card with the document's type and size.")
        template = "cms/blocks/document.html"
        preview_template = "cms/blocks/document_preview.html"


class LinkBlock(blocks.StructBlock):
    """Leads to a page here or an address elsewhere: exactly one of them."""

    text = blocks.CharBlock(label=_("Link text"), max_length=120)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = ValidationError(_("Choose a page or write an address, one of them."))
            raise blocks.StructBlockValidationError(block_errors={"url": message})
        return cleaned

    class Meta:
        icon = "link"
        label = _("Link")
        description = _("A link on a line of its own, to a page here or an address elsewhere.")
        template = "cms/blocks/link.html"
        preview_value = {"text": "Læs mere hos kilden", "page": None, "url": "https://www.symbiosis.dk/"}


class BodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    picture = PictureBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    document = DocumentBlock()
    link = LinkBlock()
