"""Each block says what it is for and shows what it looks like."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cms.blocks import BodyBlock
from cms.editors import EDITORS
from cms.models import CaseStoryPage
from tests.factories import make_person

BLOCKS = BodyBlock().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_icon_description_and_preview(name):
    block = BLOCKS[name]
    assert block.meta.icon not in ("", "placeholder")
    assert str(block.meta.description)
    assert block.is_previewable


@pytest.mark.django_db
@pytest.mark.parametrize("name", BLOCKS)
def test_the_preview_looks_as_the_page_will(name):
    editor = make_person("Erik Redaktør").user
    editor.groups.add(Group.objects.get(name=EDITORS))
    client = Client()
    client.force_login(editor)
    block = CaseStoryPage._meta.get_field("body").stream_block.child_blocks[name]
    answer = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "portal/samspil.css" in html
    assert html.count("<main") == 1
    assert len(html.split("<main")[1]) > 90
