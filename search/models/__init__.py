"""What search keeps: what the index owes the database, and which indexes there are."""

from .index import Generation, OutboxRow, WriteVersion

__all__ = ["Generation", "OutboxRow", "WriteVersion"]
