"""Who works in the editors' screens: four groups, and what each may do. The migration and `found_site` both read it."""

EDITORS = "Redaktører"
MODERATORS = "Moderatorer"
ADMINISTRATORS = "Webstedsadministratorer"
FACILITATORS = "Facilitatorer"
APPROVAL = "Moderatorernes godkendelse"
TREE = "Alle sider"

PAGE_PERMISSIONS = {
    EDITORS: ["add_page", "change_page", "publish_page"],
    MODERATORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    ADMINISTRATORS: ["add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"],
}
VOCABULARY = ["topic", "sector", "place", "planedition", "goal"]
TAKE_PART = ["organisation", "profile", "partnership", "tier", "participation", "seat"]
FILES = ["image", "document"]
SEARCH = ["wordrule", "synonym", "promotion", "wish"]


def _all(acts: list[str], models: list[str]) -> list[str]:
    return [f"partnerships.{act}_{model}" for act in acts for model in models]


_EDIT = [
    "wagtailadmin.access_admin",
    *_all(["add", "change", "view"], [*VOCABULARY, *TAKE_PART]),
    *_all(["add", "change", "choose"], FILES),
    "wagtail_localize.submit_translation",
    *(f"search.{act}_{model}" for act in ("add", "change", "delete", "view") for model in SEARCH),
    *("search.view_loggedsearch", "search.view_generation", "search.change_outboxrow", "search.add_indexrequest"),
]
MODEL_PERMISSIONS = {
    EDITORS: _EDIT,
    MODERATORS: [*_EDIT, *_all(["delete"], FILES)],
    ADMINISTRATORS: [
        *_EDIT,
        *_all(["delete"], [*FILES, *VOCABULARY]),
        "portal.add_user",
        "portal.change_user",
        "portal.view_user",
        "auth.view_group",
        "cms.change_municipality",
        "partnerships.change_complaintguidance",
        "partnerships.change_outgoingmail",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ],
    FACILITATORS: ["partnerships.facilitate"],
}
