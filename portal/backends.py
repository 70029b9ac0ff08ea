"""Who signs in, and what they were permitted: read in one query, for it is asked on every page of somebody signed in."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import Model, Value


class Backend(AuthenticationBackend):
    """Django's own reads a person's permissions and those of their groups one after the other."""

    def get_all_permissions(self, user_obj: Model, obj: Any = None) -> set[str]:
        if user_obj.is_active and not user_obj.is_superuser and not hasattr(user_obj, "_perm_cache"):
            _read_both(user_obj)
        return super().get_all_permissions(user_obj, obj)


def _read_both(user: Model) -> None:
    """Into where Django keeps them for as long as this object of the user lives: one request."""
    if user.is_anonymous or hasattr(user, "_user_perm_cache") or hasattr(user, "_group_perm_cache"):
        return
    kept: dict[str, set[str]] = {"_user_perm_cache": set(), "_group_perm_cache": set()}
    own, groups = (
        Permission.objects.filter(**{path: user}).order_by().annotate(kept=Value(name))
        for name, path in zip(kept, ("user", "group__user"), strict=True)
    )
    names = ("kept", "content_type__app_label", "codename")
    for name, label, codename in own.values_list(*names).union(groups.values_list(*names)):
        kept[name].add(f"{label}.{codename}")
    for name, permissions in kept.items():
        setattr(user, name, permissions)
