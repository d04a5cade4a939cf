"""The style sheet: parts by meaning in the source, one file in the browser."""

import json
import re
from io import StringIO

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import File
from django.core.management import call_command

from config.static import STYLES, OurStaticFilesStorage, with_parts

SOURCE = settings.BASE_DIR / "static" / STYLES
PARTS = sorted((settings.BASE_DIR / "static" / "css" / "parts").glob("*.css"))


def test_every_part_is_imported_once():
    imported = re.findall(r'@import url\("parts/([^"]+)"\);', SOURCE.read_text())
    assert sorted(imported) == [part.name for part in PARTS]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_a_part_says_what_it_is_and_is_found_where_the_source_imports_it(part):
    assert part.read_text().startswith("/* ")
    assert finders.find(f"css/parts/{part.name}")


def test_browsers_get_the_parts_in_order_as_one_file(tmp_path):
    storage = OurStaticFilesStorage(location=tmp_path, base_url="/static/")
    with SOURCE.open("rb") as source:
        storage.save(STYLES, File(source))
    served = (tmp_path / STYLES).read_text()
    assert "@import" not in served
    assert "/*" not in served
    assert served.index(":root{") < served.index(".paper{") < served.index("@media print")
    assert with_parts(SOURCE.read_text()).count("\n") == SOURCE.read_text().count("\n") - len(PARTS) + sum(
        part.read_text().count("\n") for part in PARTS
    )


def collect(folder, monkeypatch, parts):
    """What is served after collectstatic of our own files, with these styles in the place of the parts."""
    monkeypatch.setattr("config.static.with_parts", lambda text: parts)
    call_command("collectstatic", interactive=False, stdout=StringIO())
    name = json.loads((folder / "staticfiles.json").read_text())["paths"][STYLES]
    assert (folder / STYLES).read_text() == (folder / name).read_text()
    return (folder / name).read_text()


@pytest.mark.slow
def test_collected_again_a_changed_part_is_served(tmp_path, settings, monkeypatch):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.static.OurStaticFilesStorage"},
    }
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    assert collect(tmp_path, monkeypatch, ".before { color: red; }") == ".before{color:red}"
    assert collect(tmp_path, monkeypatch, ".after { color: red; }") == ".after{color:red}"
    assert not (tmp_path / "css" / "parts" / "tokens.css").exists()


def test_the_styleguide_is_there_with_debug_alone(client, db, settings):
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    page = client.get("/styleguide/")
    assert page.status_code == 200
    shown = set(re.findall(r'<h2 id="([^"]+)">', page.content.decode()))
    # Those of the rest are seen on the pages: the public ones, and what changes with the window and on paper.
    assert {part.stem for part in PARTS} - shown == {"public", "screens", "print"}
    assert client.post("/styleguide/").status_code == 405
