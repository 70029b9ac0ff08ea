from .admission import Application, Decision
from .admission_rules import AdmissionQuestion, AdmissionRule
from .agreements import Partnership
from .application_parts import Answer, ApplicationDraft, ApplicationFile, Inquiry
from .audience import Audience
from .consents import Consent
from .dialogue import Post
from .direct_messages import Block, DirectMessage
from .document_text import DocumentPage, DocumentReading
from .follows import Follow, NewsAbout, NewsItem, Sweep
from .guidance import ComplaintGuidance
from .history import HistoryEntry
from .invitations import Invitation
from .languages import SpokenLanguage
from .lifecycle import StateStep
from .mail import DeadAddress, OutgoingMail
from .media import Document, Image, Rendition
from .meetings import CalendarAddress, Meeting, MeetingAnswer, MeetingDecision
from .notices import Notification
from .offers import Seek, Tier
from .organisation_pages import DomainProof, OldAddress, PageDraft
from .organisations import FormerName, Organisation
from .people import Membership, Profile
from .proposals import Proposal
from .reports import Report
from .rhythms import Rhythm
from .room_documents import DocumentVersion, RoomDocument, VersionPage
from .standing import Participation, Seat
from .statutes import Statutes
from .vocabulary import Goal, Place, PlanEdition, Sector, Topic
from .votes import Vote, VoteCast

__all__ = [
    "AdmissionQuestion",
    "AdmissionRule",
    "Answer",
    "Application",
    "ApplicationDraft",
    "ApplicationFile",
    "Audience",
    "Block",
    "CalendarAddress",
    "ComplaintGuidance",
    "Consent",
    "DeadAddress",
    "Decision",
    "DirectMessage",
    "Document",
    "DocumentPage",
    "DocumentReading",
    "DocumentVersion",
    "DomainProof",
    "Follow",
    "FormerName",
    "Goal",
    "HistoryEntry",
    "Image",
    "Inquiry",
    "Invitation",
    "Meeting",
    "MeetingAnswer",
    "MeetingDecision",
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
    "Proposal",
    "Rendition",
    "Report",
    "Rhythm",
    "RoomDocument",
    "Seat",
    "Sector",
    "Seek",
    "SpokenLanguage",
    "StateStep",
    "Statutes",
    "Sweep",
    "Tier",
    "Topic",
    "VersionPage",
    "Vote",
    "VoteCast",
]
