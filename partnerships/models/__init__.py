from .admission import Application, Decision
from .agreements import Partnership, Seek, Tier
from .dialogue import Post
from .document_text import DocumentPage, DocumentReading
from .history import HistoryEntry
from .media import Document, Image, Rendition
from .notices import Notification
from .organisations import FormerName, Organisation
from .people import Consent, Membership, Profile
from .standing import Participation, Seat
from .vocabulary import Goal, Place, PlanEdition, Sector, Topic

__all__ = [
    "Application",
    "Consent",
    "Decision",
    "Document",
    "DocumentPage",
    "DocumentReading",
    "FormerName",
    "Goal",
    "HistoryEntry",
    "Image",
    "Membership",
    "Notification",
    "Organisation",
    "Participation",
    "Partnership",
    "Place",
    "PlanEdition",
    "Post",
    "Profile",
    "Rendition",
    "Seat",
    "Sector",
    "Seek",
    "Tier",
    "Topic",
]
