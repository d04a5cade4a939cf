"""What each process of a server does, and that no process keeps state that another needs."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from config import database

ROOT = Path(settings.BASE_DIR)
# Written once at a process's start: the thread that may call the proofreader, and lazily imported views.
SET_AT_START = {"drafts/domain/proofread.py: _executors", "drafts/web/later.py: _loaders"}
MUTABLE = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)


# ---------------------------------------------------------------- the pool of connections


@pytest.fixture
def stored_settings(monkeypatch):
    told = {"OPTIONS": {"connect_timeout": 10}, "CONN_MAX_AGE": 60}
    monkeypatch.setitem(connections.settings, "default", told)
    return told


def test_a_serving_process_has_a_connection_for_each_thread_and_one_more(stored_settings, settings):
    settings.DATABASE_POOL = True
    database.use_pool(4)
    assert stored_settings["CONN_MAX_AGE"] == 0
    assert stored_settings["OPTIONS"]["pool"]["max_size"] == 5
    assert stored_settings["OPTIONS"]["pool"]["min_size"] == 1


def test_without_the_setting_connections_are_kept(stored_settings, settings):
    settings.DATABASE_POOL = False
    database.use_pool(4)
    assert stored_settings == {"OPTIONS": {"connect_timeout": 10}, "CONN_MAX_AGE": 60}


# ---------------------------------------------------------------- state of a process


def written_later(path):
    """Names in a module that are lists, sets or dicts, or declared global, and that a function modifies."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    held = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, MUTABLE)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    writes = {
        "append",
        "add",
        "update",
        "setdefault",
        "pop",
        "clear",
        "extend",
        "insert",
        "remove",
        "discard",
    }
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        own = {
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        own |= {argument.arg for argument in ast.walk(function) if isinstance(argument, ast.arg)}
        for node in ast.walk(function):
            match node:
                case ast.Global(names=names):
                    yield from names
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if attr in writes:
                    if name in held - own:
                        yield name
                case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()) if (
                    name in held - own
                ):
                    yield name


def test_no_module_keeps_what_requests_write():
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for folder in ("drafts", "config")
        for path in ROOT.joinpath(folder).rglob("*.py")
        for name in written_later(path)
    }
    assert found == SET_AT_START


def test_module_level_state_is_detected(tmp_path):
    path = tmp_path / "module.py"
    path.write_text(
        "seen = {}\nkept: list[int] = []\nfine = {}\ncount = 0\n"
        "def note(one):\n    seen[one] = 1\n    kept.append(one)\n    fine = {}\n    fine[1] = 2\n"
        "def more():\n    global count\n    count += 1\n"
    )
    assert set(written_later(path)) == {"seen", "kept", "count"}
