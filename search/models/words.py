"""Words that stand for each other by the editors' will, and the words that public texts are made of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Synonym(models.Model):
    """Who searches for `word` also finds `others`; where it goes both ways, each of them finds all."""

    class Lang(models.TextChoices):
        BOTH = "", _("Both languages")
        DANISH = "da", _("Danish")
        ENGLISH = "en", _("English")

    word = models.CharField(
        _("word"), max_length=80, help_text=_("A word, or a few that belong together, in its plainest form.")
    )
    others = models.CharField(
        _("also search for"), max_length=400, help_text=_("With commas between. For example: varme, opvarmning.")
    )
    both_ways = models.BooleanField(
        _("both ways"),
        default=True,
        help_text=_("Each of the words finds all the others. Without it, only the first finds the others."),
    )
    lang = models.CharField(_("language"), max_length=2, choices=Lang.choices, default=Lang.BOTH, blank=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["word", "lang"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [
            models.UniqueConstraint(
                fields=["word", "lang"],
                name="one_row_of_synonyms_a_word",
                violation_error_message=_("There is a row for this word already. Add to it."),
            )
        ]

    def __str__(self) -> str:
        return self.word

    @property
    def listed(self) -> list[str]:
        """The other words, one by one."""
        return [word for part in self.others.split(",") if (word := " ".join(part.split()))]


class KnownWord(models.Model):
    """A word in its folded spelling, and how many public things that answer in this language have it.

    Typing is helped by these alone, so that no word can betray what is not public. `version` says when it last changed,
    so that a process reads only what is new to it.
    """

    lang = models.CharField(max_length=2)
    word = models.CharField(max_length=30)
    spelling = models.CharField(max_length=30)
    documents = models.PositiveIntegerField()
    version = models.PositiveBigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lang", "word"], name="a_known_word_once_a_language")]

    def __str__(self) -> str:
        return self.word
