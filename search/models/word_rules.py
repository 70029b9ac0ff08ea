"""What editors say about single Danish words, where the dictionary gets them wrong or does not know them."""

from secrets import randbelow

from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LETTERS = r"[a-zæøåéèüáóôêñç]"
LARGEST_MARK = 2**40


def new_mark() -> int:
    """Random, so that the sum over all rules changes with every change, whichever process and clock made it."""
    return randbelow(LARGEST_MARK)


class WordRule(models.Model):
    """One word and how search is to take it."""

    class Kind(models.TextChoices):
        WHOLE = "whole", _("stays whole")
        PARTS = "parts", _("has these parts")
        ELEMENT = "element", _("is a part of other words")

    word = models.CharField(
        _("word"),
        max_length=50,
        unique=True,
        validators=[MinLengthValidator(3), RegexValidator(rf"(?i)^{LETTERS}+$", _("One word, letters only."))],
        help_text=_("In its basic form: vindmøllelaug."),
    )
    kind = models.CharField(
        _("rule"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.WHOLE,
        help_text=_(
            "A word that stays whole is not found by what stands inside it. A part of other words is one that the "
            "dictionary does not know well: laug makes vindmøllelaug and laugsmøde fall into their parts."
        ),
    )
    parts = models.CharField(
        _("parts"),
        max_length=80,
        blank=True,
        validators=[
            RegexValidator(rf"(?i)^{LETTERS}+( {LETTERS}+)+$", _("At least two words with a space between them."))
        ],
        help_text=_("In their basic form, with spaces: vindmølle laug. Letters that only link them are left out."),
    )
    opens = models.CharField(
        _("before another word"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(rf"(?i)^{LETTERS}+$", _("One word, letters only."))],
        help_text=_(
            "Only for a part of other words, where it changes by more than an s: barn stands as børne in børnehave."
        ),
    )
    mark = models.BigIntegerField(default=new_mark, editable=False)

    class Meta:
        ordering = ["word"]
        verbose_name = _("rule for a word")
        verbose_name_plural = _("rules for words")

    def __str__(self) -> str:
        return self.word
