"""What search keeps: what the index owes the database, which indexes there are, and what editors say about words."""

from .index import Generation, OutboxRow, WriteVersion
from .words import WordRule

__all__ = ["Generation", "OutboxRow", "WordRule", "WriteVersion"]
