from .admission import AcceptForm, ApplyForm, RefuseForm
from .admission_rules import Questions, RuleForm
from .deciding import AnswerForm, AskForm, RefuseApplicationForm, VetoForm, VoteForm
from .dialogue import PostForm
from .memberships import JoinForm, LetInForm, RoleForm
from .organisation_proofs import ClaimForm, ProofForm
from .organisations import FormerNames, LogoForm, OrganisationForm, RegisterForm, TakeDownForm
from .people import ProfileForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "ApplyForm",
    "AskForm",
    "ClaimForm",
    "FormerNames",
    "JoinForm",
    "LetInForm",
    "LogoForm",
    "OrganisationForm",
    "PostForm",
    "ProfileForm",
    "ProofForm",
    "Questions",
    "RefuseApplicationForm",
    "RefuseForm",
    "RegisterForm",
    "RoleForm",
    "RuleForm",
    "TakeDownForm",
    "VetoForm",
    "VoteForm",
]
