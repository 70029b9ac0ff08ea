"""What search keeps: what the index owes the database, which indexes there are, what people saved and searched, and words."""

from .index import Generation, OutboxRow, WriteVersion
from .log import LoggedSearch
from .promotions import Promotion
from .saved import Match, SavedSearch, WrittenRow
from .upkeep import AuditRun, IndexRequest
from .wishes import Wish
from .word_rules import WordRule
from .words import KnownWord, Synonym

__all__ = [
    "AuditRun",
    "Generation",
    "IndexRequest",
    "KnownWord",
    "LoggedSearch",
    "Match",
    "OutboxRow",
    "Promotion",
    "SavedSearch",
    "Synonym",
    "Wish",
    "WordRule",
    "WriteVersion",
    "WrittenRow",
]
