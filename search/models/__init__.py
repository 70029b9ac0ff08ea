"""What search keeps: what the index owes the database, which indexes there are, and words."""

from .index import Generation, OutboxRow, WriteVersion
from .words import KnownWord, Synonym

__all__ = ["Generation", "KnownWord", "OutboxRow", "Synonym", "WriteVersion"]
