import pytest

from search import indexing
from search.engines import current_engine


@pytest.fixture
def index(db, settings, tmp_path):
    """An index of its own, empty and live; `index()` brings it up to date, as a commit would."""
    settings.INDEX_DIR = tmp_path / "index"
    current_engine.cache_clear()
    indexing.rebuild()
    yield indexing.catch_up
    current_engine.cache_clear()
