from .base import OrganisationLink, PersonLink, SharedPage
from .document_links import DocumentLink
from .home import HomePage
from .ideas import SolutionIdeaPage
from .plans import PlanSectionPage, PoliticalStep
from .sections import CaseIndexPage, IdeaIndexPage, PlanIndexPage, SectionIndexPage, UpdateIndexPage
from .site import Municipality
from .standard import StandardPage
from .stories import CaseStoryPage, EvidenceLink, StatusStep
from .updates import UpdatePage

__all__ = [
    "CaseIndexPage",
    "CaseStoryPage",
    "DocumentLink",
    "EvidenceLink",
    "HomePage",
    "IdeaIndexPage",
    "Municipality",
    "OrganisationLink",
    "PersonLink",
    "PlanIndexPage",
    "PlanSectionPage",
    "PoliticalStep",
    "SectionIndexPage",
    "SharedPage",
    "SolutionIdeaPage",
    "StandardPage",
    "StatusStep",
    "UpdateIndexPage",
    "UpdatePage",
]
