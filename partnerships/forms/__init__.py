from .admission import AcceptForm, ApplyForm, RefuseForm
from .admission_rules import Questions, RuleForm
from .deciding import AnswerForm, AskForm, RefuseApplicationForm, VetoForm, VoteForm
from .dialogue import PostForm
from .memberships import JoinForm, LetInForm
from .organisations import FormerNames, OrganisationForm, RegisterForm
from .people import ProfileForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "ApplyForm",
    "AskForm",
    "FormerNames",
    "JoinForm",
    "LetInForm",
    "OrganisationForm",
    "PostForm",
    "ProfileForm",
    "Questions",
    "RefuseApplicationForm",
    "RefuseForm",
    "RegisterForm",
    "RuleForm",
    "VetoForm",
    "VoteForm",
]
