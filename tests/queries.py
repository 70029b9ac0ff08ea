"""What a page asks of the database, as for the first page that somebody opens."""

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.waiting_figure import count_anew


def queries_of(client, path, parameters=None):
    """The SQL of each; what a process puts together once is there already, what is kept for a person is not."""
    client.get(path, parameters)
    if settings.SESSION_COOKIE_NAME in client.cookies:
        count_anew(int(client.session[SESSION_KEY]))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path, parameters).status_code == 200, path
    return [query["sql"] for query in captured]


def tell_the_planner():
    """PostgreSQL looks at new rows only some time after their commit, which a test's rows never see: it would plan for none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
