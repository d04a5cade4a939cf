"""The container's configuration, as far as it can be checked without building the image (`make image` does that)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.environment import Environment

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "afterword"]
NOT_OURS = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}  # read by boto3
# Fixed inside the container: the host's port or folder would be wrong there.
FIXED = {"HOST", "PORT", "VAR_DIR", "STATIC_ROOT", "PG_BIN", "DEBUG", "HTTPS"}


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_may_write_or_do_more_than_it_must(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_compose_passes_on_every_setting_and_no_other(name):
    shared = (
        set() if SERVICES[name]["profiles"] == ["many"] else {"DATABASE_URL", "DATABASE_POOL", "CACHE_URL"}
    )
    assert set(SERVICES[name]["environment"]) - NOT_OURS == set(Environment.model_fields) - FIXED - shared


@pytest.mark.parametrize(
    ("profile", "migrates", "serves"), [("one", "migrate", "web"), ("many", "migrate-shared", "replica")]
)
def test_a_profile_migrates_once_before_it_serves(profile, migrates, serves):
    assert [name for name in OURS if profile in SERVICES[name]["profiles"]] == [migrates, serves]
    assert SERVICES[migrates]["command"] == ["python", "manage.py", "migrate"]
    assert SERVICES[migrates]["restart"] == "no"
    assert SERVICES[serves]["depends_on"][migrates] == {"condition": "service_completed_successfully"}
    assert SERVICES[migrates]["environment"] == SERVICES[serves]["environment"]


def test_what_the_image_copies_gets_past_dockerignore():
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    paths = {path for line in copied for path in line.split()}
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")}
    assert paths == let_in
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("profile", ["one", "many"])
def test_compose_is_read_by_docker_compose(profile):
    for command in (["docker-compose"], ["docker", "compose"]):
        if _answer(*command, "version").returncode == 0:
            file = str(ROOT / "compose.yaml")
            assert _answer(*command, "--file", file, "--profile", profile, "config", "--quiet").stderr == ""
            return
    pytest.skip("docker compose is not installed")


def test_caddyfile_is_read_by_caddy():
    if _answer("caddy", "version").returncode:
        pytest.skip("caddy is not installed")
    file = str(ROOT / "config" / "Caddyfile")
    answer = _answer("caddy", "validate", "--adapter", "caddyfile", "--config", file)
    assert answer.returncode == 0, answer.stderr


def _answer(*command: str) -> subprocess.CompletedProcess[str]:
    if shutil.which(command[0]) is None:
        return subprocess.CompletedProcess(command, 127)
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
