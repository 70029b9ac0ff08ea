from .admission import AcceptForm, ApplyForm, RefuseForm
from .dialogue import PostForm
from .memberships import JoinForm, LetInForm
from .organisations import FormerNames, OrganisationForm, RegisterForm
from .people import ProfileForm

__all__ = [
    "AcceptForm",
    "ApplyForm",
    "FormerNames",
    "JoinForm",
    "LetInForm",
    "OrganisationForm",
    "PostForm",
    "ProfileForm",
    "RefuseForm",
    "RegisterForm",
]
