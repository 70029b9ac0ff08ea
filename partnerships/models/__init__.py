from .admission import Application, Decision
from .agreements import Partnership, Seek, Tier
from .consents import Consent
from .dialogue import Post
from .document_text import DocumentPage, DocumentReading
from .follows import Follow, NewsAbout, NewsItem, Sweep
from .history import HistoryEntry
from .invitations import Invitation
from .languages import SpokenLanguage
from .mail import DeadAddress, OutgoingMail
from .media import Document, Image, Rendition
from .notices import Notification
from .organisation_pages import DomainProof, OldAddress, PageDraft
from .organisations import FormerName, Organisation
from .people import Membership, Profile
from .rhythms import Rhythm
from .standing import Participation, Seat
from .vocabulary import Goal, Place, PlanEdition, Sector, Topic

__all__ = [
    "Application",
    "Consent",
    "DeadAddress",
    "Decision",
    "Document",
    "DocumentPage",
    "DocumentReading",
    "DomainProof",
    "Follow",
    "FormerName",
    "Goal",
    "HistoryEntry",
    "Image",
    "Invitation",
    "Membership",
    "NewsAbout",
    "NewsItem",
    "Notification",
    "OldAddress",
    "Organisation",
    "OutgoingMail",
    "PageDraft",
    "Participation",
    "Partnership",
    "Place",
    "PlanEdition",
    "Post",
    "Profile",
    "Rendition",
    "Rhythm",
    "Seat",
    "Sector",
    "Seek",
    "SpokenLanguage",
    "Sweep",
    "Tier",
    "Topic",
]
