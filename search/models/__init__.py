"""What search keeps: what the index owes the database, which indexes there are, and what people saved."""

from .index import Generation, OutboxRow, WriteVersion
from .saved import Match, SavedSearch, WrittenRow

__all__ = ["Generation", "Match", "OutboxRow", "SavedSearch", "WriteVersion", "WrittenRow"]
