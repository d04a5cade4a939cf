"""The WSGI application, called like a server does."""

import io
import json

import pytest

from config.wsgi import application, without_charset
from tests.integration.test_settings import start

# Modules that few pages need, for which the first page after a start should not wait.
HEAVY = {
    "cryptography",
    "drafts.guard",
    "drafts.invite",
    "fido2",
    "harper",
    "holidays.countries.germany",
    "icalendar",
    "spacy",
}


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["zlib", "base64", "utf-16", "no-such"])
def test_an_invalid_charset_does_not_fail(charset):
    told = []
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/interviews/new/",
        "QUERY_STRING": "then=letter",
        "CONTENT_TYPE": f"application/x-www-form-urlencoded; charset={charset}",
        "CONTENT_LENGTH": "3",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(b"a=b"),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
    }
    application(environ, lambda status, headers, *_: told.append(status))
    assert told[0].startswith("403")


def test_what_else_is_said_of_the_body_stays():
    assert (
        without_charset("multipart/form-data; charset=zlib; boundary=x") == "multipart/form-data; boundary=x"
    )
    assert without_charset("") == ""


def test_rarely_needed_modules_are_loaded_after_the_start(tmp_path):
    process = start(
        tmp_path,
        f"""
import json, sys
from config import engines, serving, wsgi, worker
at_start = {HEAVY!r} & set(sys.modules)
engines.load()
print(json.dumps([sorted(at_start), sorted({HEAVY!r} - set(sys.modules))]))
""",
    )
    assert process.returncode == 0, process.stderr
    assert json.loads(process.stdout) == [[], ["holidays.countries.germany"]]
