"""What search keeps: what the index owes the database, which indexes there are, what people saved, what editors say of words."""

from .index import Generation, OutboxRow, WriteVersion
from .saved import Match, SavedSearch, WrittenRow
from .word_rules import WordRule

__all__ = ["Generation", "Match", "OutboxRow", "SavedSearch", "WordRule", "WriteVersion", "WrittenRow"]
