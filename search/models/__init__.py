"""What search keeps: what the index owes the database, which indexes there are, what people saved, and words."""

from .index import Generation, OutboxRow, WriteVersion
from .saved import Match, SavedSearch, WrittenRow
from .word_rules import WordRule
from .words import KnownWord, Synonym

__all__ = [
    "Generation",
    "KnownWord",
    "Match",
    "OutboxRow",
    "SavedSearch",
    "Synonym",
    "WordRule",
    "WriteVersion",
    "WrittenRow",
]
