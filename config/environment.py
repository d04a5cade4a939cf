"""Reads and validates every setting from the environment or from a file `.env` next to manage.py.

Invalid values end the program with status 2 and one line per problem on standard error. `python -m config.environment
NAME` prints one setting, for the scripts behind `make`.
"""

from __future__ import annotations

import errno
import io
import ipaddress
import os
import re
import sys
from collections.abc import Callable, Mapping
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn
from urllib.parse import parse_qsl, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic import ValidationError as Faults

from config import model_address
from config.secret_key import read_or_create

BASE_DIR = Path(__file__).resolve().parent.parent
NAME = r"(\.|\*\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound to
KEY_LENGTH, KEY_VARIETY = 50, 5  # characters, different characters: what Django's deployment check requires


def _is_host(text: str) -> bool:
    """Whether the text is a host name, an IPv4 address, or an IPv6 address in brackets."""
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
        return ":" in text and _is_address(text)
    return bool(re.fullmatch(NAME, text))


def _is_address(text: str) -> bool:
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def _is_origin(text: str) -> bool:
    """Whether the text is a scheme and a host, perhaps with a port, and nothing else."""
    match = re.fullmatch(r"https?://(\[[0-9a-fA-F:.]+\]|[^\s:/?#@\[\]]+)(:\d{1,5})?", text)
    return match is not None and _is_host(match[1]) and int((match[2] or ":1")[1:]) in range(1, 65536)


def _host(text: str) -> str:
    if not (_is_address(text) or _is_host(text)):
        raise ValueError("is not an address of this machine")
    return text


def _names(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name != "*" and not _is_host(name):
            raise ValueError(f"has {name!r}, which is not the name of a host (no https://, no port, no path)")
    return names


def _origins(text: str) -> list[str]:
    origins = [origin.strip() for origin in text.split(",") if origin.strip()]
    for origin in origins:
        if not _is_origin(origin):
            raise ValueError(f"has {origin!r}, which is not https:// and the name of a host, without a path")
    return origins


def _site(text: str) -> str:
    text = text.rstrip("/")
    if not _is_origin(text) or "*" in text:
        raise ValueError("is not https:// (or http://) and the name of a host, without a path")
    return text


def _url(text: str, schemes: tuple[str, ...], read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """The Django settings for a URL. Raises ValueError without quoting the URL, which may contain a password."""
    if not re.match(r"[a-z+]+://", text) or text.split("://")[0] not in schemes:
        raise ValueError(f"does not begin with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    try:
        port = urlsplit(text).port
        config = read(text)
    except (ValueError, KeyError, ImproperlyConfigured):
        raise ValueError(
            "is not a URL: look at its port, and write / ? # @ in a password as %2F %3F %23 %40"
        ) from None
    if port == 0:
        raise ValueError("has the port 0")
    return config


def _database(text: str) -> dict[str, Any]:
    if text.startswith("sqlite://") and ":memory:" in text:
        raise ValueError("is in memory, where every process would have its own and nothing would be kept")
    config = _url(text, ("sqlite", "postgresql", "postgres"), environ.Env.db_url_config)
    if config["NAME"] in ("", ":memory:"):
        raise ValueError("does not name a database")
    return config


def _cache(text: str) -> dict[str, Any]:
    # Valkey speaks Redis's protocol.
    text = re.sub(r"^valkey(s?)://", r"redi\1s://", text)
    config = _url(text, ("redis", "rediss"), environ.Env.cache_url_config)
    if not urlsplit(text).hostname:
        raise ValueError("does not name a host")
    return config


def _uploads(text: str) -> dict[str, str]:
    """Options of django-storages for s3://bucket, optionally with a folder, and with ?endpoint= and region=."""
    url = urlsplit(text)
    if url.scheme != "s3" or not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", url.netloc):
        raise ValueError(
            "is not s3:// and the name of a bucket (keys: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)"
        )
    asked = dict(parse_qsl(url.query, keep_blank_values=True))
    if not _is_origin(asked.get("endpoint", "https://a.example")) or not re.fullmatch(
        r"[a-z0-9-]+", asked.get("region", "a")
    ):
        raise ValueError("has an endpoint or a region that is none")
    if unknown := asked.keys() - {"endpoint", "region"}:
        raise ValueError(f"asks for {min(unknown)}, and can ask for endpoint and region alone")
    names = {"endpoint": "endpoint_url", "region": "region_name"}
    options = {names[name]: value for name, value in asked.items()}
    return {"bucket_name": url.netloc, "location": url.path.strip("/"), **options}


def _token(text: str) -> str:
    if not re.fullmatch(r"[\w.~+/=-]{20,}", text, re.ASCII):
        raise ValueError("is easily guessed: it needs 20 letters and digits at least")
    return text


def _mail(text: str) -> dict[str, Any]:
    config = _url(
        text,
        ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "dummymail"),
        environ.Env.email_url_config,
    )
    if text.startswith("smtp") and not config["EMAIL_HOST"]:
        raise ValueError("does not name a host")
    return config


def _sender(text: str) -> str:
    try:
        validate_email(parseaddr(text)[1])
    except ValidationError:
        raise ValueError("has no mail address") from None
    return text


def _key(text: str) -> str:
    if len(text) < KEY_LENGTH or len(set(text)) < KEY_VARIETY:
        raise ValueError(
            f"is easily guessed: it needs {KEY_LENGTH} characters, {KEY_VARIETY} different ones at least"
        )
    return text


def _path(text: str) -> str:
    if not re.fullmatch(r"[\w-]+(/[\w-]+)*", text.strip("/"), re.ASCII):
        raise ValueError("is not a path of letters, digits, - and _")
    return text.strip("/")


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise ValueError("is not a folder")
    return path


class Environment(BaseModel):
    """All settings. Error messages quote a setting's first example, or else its default."""

    model_config = ConfigDict(frozen=True, validate_default=True)

    HOST: Annotated[str, AfterValidator(_host)] = "127.0.0.1"
    PORT: Annotated[int, Field(ge=1, le=65535)] = 8000
    WORKERS: Annotated[int, Field(ge=1, le=100)] = 2
    ALLOWED_HOSTS: Annotated[list[str], BeforeValidator(_names)] = Field(
        ["localhost", "127.0.0.1", "[::1]"], validate_default=False, examples=["localhost,127.0.0.1,[::1]"]
    )
    CSRF_TRUSTED_ORIGINS: Annotated[list[str], BeforeValidator(_origins)] = Field(
        [], validate_default=False, examples=["https://afterword.example"]
    )
    SITE_URL: Annotated[str, AfterValidator(_site)] | None = Field(
        None, examples=["https://afterword.example"]
    )
    HTTPS: bool = False
    HSTS_SUBDOMAINS: bool = False
    TRUSTED_PROXIES: Annotated[int, Field(ge=0, le=20)] = 0

    VAR_DIR: Path = BASE_DIR / "var"
    STATIC_ROOT: Path | None = Field(None, examples=["/var/lib/afterword/static"])
    DATABASE_URL: Annotated[dict[str, Any], BeforeValidator(_database)] | None = Field(
        None, examples=["postgresql://user:password@host:5432/name"]
    )
    DATABASE_POOL: bool = True
    CACHE_URL: Annotated[dict[str, Any], BeforeValidator(_cache)] | None = Field(
        None, examples=["redis://host:6379/0"]
    )
    UPLOADS_URL: Annotated[dict[str, str], BeforeValidator(_uploads)] | None = Field(
        None, examples=["s3://bucket?endpoint=https://storage.example&region=eu-central-1"]
    )
    EMAIL_URL: Annotated[dict[str, Any], BeforeValidator(_mail)] | None = Field(
        None, examples=["smtp+tls://user:password@host:587"]
    )
    MAIL_FROM: Annotated[str, AfterValidator(_sender)] = "Afterword <afterword@localhost>"
    SECRET_KEY: Annotated[str, AfterValidator(_key)] | None = Field(
        None, examples=["$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')"]
    )
    MODEL_URL: Annotated[str, AfterValidator(model_address.model_url)] | None = Field(
        None, examples=["http://localhost:11434/v1"]
    )
    MODEL_NAME: Annotated[str, AfterValidator(model_address.model_name)] | None = Field(
        None, examples=["llama3.1"]
    )
    MODEL_KEY: Annotated[str, AfterValidator(model_address.model_key)] | None = Field(
        None, examples=["sk-..."]
    )
    MODEL_KIND: Annotated[Literal["openai", "anthropic"], BeforeValidator(str.lower)] = "openai"
    PG_BIN: Annotated[Path, AfterValidator(_folder)] | None = Field(
        None, examples=["/usr/lib/postgresql/17/bin"]
    )

    GUEST_DAYS: Annotated[int, Field(ge=1, le=3650)] = 90
    SIGNUP_OPEN: bool = True
    # At most what an imported account file may contain (drafts/exchange/account).
    QUOTA_INTERVIEWS: Annotated[int, Field(ge=1, le=2000)] = 1000
    QUOTA_MB: Annotated[int, Field(ge=1, le=1000)] = 200
    GUEST_QUOTA_INTERVIEWS: Annotated[int, Field(ge=1, le=2000)] = 100
    GUEST_QUOTA_MB: Annotated[int, Field(ge=1, le=1000)] = 50
    ADMIN_ENABLED: bool = False
    ADMIN_PATH: Annotated[str, AfterValidator(_path)] = "admin"
    LOG_LEVEL: Annotated[
        Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(str.upper)
    ] = "INFO"
    LOG_FORMAT: Literal["text", "json"] = "text"
    METRICS_TOKEN: Annotated[str, AfterValidator(_token)] | None = Field(
        None, examples=["$(python3 -c 'import secrets; print(secrets.token_urlsafe())')"]
    )
    DEBUG: bool = False

    @property
    def address(self) -> str:
        """The address and port on which the server listens, in the form used by gunicorn and URLs."""
        host = f"[{self.HOST}]" if ":" in self.HOST else self.HOST
        return f"{host}:{self.PORT}"

    @property
    def static_root(self) -> Path:
        return self.STATIC_ROOT or self.VAR_DIR / "static"

    @property
    def secret_keys(self) -> list[str]:
        """SECRET_KEY, or else a key that is created on first use and kept. Exits if the stored key is invalid.

        Older keys follow it: an interrupted restore leaves the key that it was replacing.
        """
        if self.SECRET_KEY:
            return [self.SECRET_KEY]
        path = self.VAR_DIR / "secret_key"
        try:
            return [_key(key) for key in read_or_create(path).split("\n")]
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            stop(
                f"SECRET_KEY is not set, and the one in {path} cannot be used: {why}. {_example('SECRET_KEY')}"
            )

    @property
    def allowed_hosts(self) -> list[str]:
        """ALLOWED_HOSTS, plus the hosts of HOST and SITE_URL."""
        given = [self.SITE_URL.split("://")[1]] if self.SITE_URL else []
        if "HOST" in self.model_fields_set:
            # If it listens on all addresses, the container's health check still uses the local one.
            given.append("127.0.0.1" if self.HOST in EVERYWHERE else self.address)
        names = [re.sub(r":\d+$", "", name) for name in given]
        return [*dict.fromkeys(self.ALLOWED_HOSTS + names)]

    @property
    def site(self) -> str:
        """The start of links in emails. Without SITE_URL it is this machine, for people who run it for themselves."""
        if self.SITE_URL:
            return self.SITE_URL
        return f"http://localhost:{self.PORT}" if self.HOST in EVERYWHERE else f"http://{self.address}"


SECRET = {
    "SECRET_KEY",
    "DATABASE_URL",
    "CACHE_URL",
    "EMAIL_URL",
    "UPLOADS_URL",
    "METRICS_TOKEN",
    "MODEL_URL",
    "MODEL_KEY",
}  # never shown
WORDS = {
    "bool_parsing": "is neither on nor off",
    "int_parsing": "is not a whole number",
    "int_parsing_size": "is too large",
    "greater_than_equal": "is below {ge}",
    "less_than_equal": "is above {le}",
    "literal_error": "is not {expected}",
    "value_error": "{error}",
}


def read(given: Mapping[str, str]) -> Environment:
    """The settings in `given`; empty ones count as missing. Exits if one is invalid."""
    given = {name: given[name].strip() for name in Environment.model_fields if given.get(name, "").strip()}
    try:
        environment = Environment.model_validate(given)
    except Faults as faults:
        stop(*(_line(fault, given) for fault in faults.errors()))
    if fault := _missing(environment):
        stop(fault)
    try:
        environment.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(environment.VAR_DIR, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        stop(
            f"VAR_DIR={environment.VAR_DIR} cannot be used: {error.strerror}. Example: VAR_DIR={BASE_DIR / 'var'}"
        )
    return environment


def _missing(environment: Environment) -> str | None:
    """A message about a setting that others require but that is missing, or None."""
    database = environment.DATABASE_URL
    if not environment.SECRET_KEY and database and not database["ENGINE"].endswith("sqlite3"):
        return f"SECRET_KEY is not set, and machines that share a database server need one. {_example('SECRET_KEY')}"
    serves_others = environment.HTTPS or environment.HOST in EVERYWHERE
    if environment.EMAIL_URL and not environment.SITE_URL and serves_others:
        return f"SITE_URL is not set, and the links in mails need it. {_example('SITE_URL')}"
    if environment.UPLOADS_URL and not (find_spec("storages") and find_spec("boto3")):
        return (
            "UPLOADS_URL needs packages that are not installed. "
            "Example: .venv/bin/python -m pip install --require-hashes -r requirements/s3.txt"
        )
    return model_address.missing(environment.MODEL_URL, environment.MODEL_NAME)


def _line(fault: Any, given: Mapping[str, str]) -> str:
    name = fault["loc"][0]
    words = WORDS.get(fault["type"], fault["msg"]).format(**fault.get("ctx", {}))
    shown = name if name in SECRET else f"{name}={' '.join(given[name].split())[:100]}"
    return f"{shown} {words}. {_example(name)}"


def _example(name: str) -> str:
    field = Environment.model_fields[name]
    example = field.examples[0] if field.examples else field.default
    return f"Example: {name}={'off' if example is False else 'on' if example is True else example}"


def stop(*faults: str) -> NoReturn:
    """Exits with one line per problem."""
    print(*faults, sep="\n", file=sys.stderr)
    sys.exit(2)


def _read_file() -> None:
    """Adds the file's settings to the environment, whose own values take precedence."""
    path = Path(os.environ.get("ENV_FILE") or BASE_DIR / ".env")
    try:
        if "ENV_FILE" in os.environ or path.exists():
            environ.Env.read_env(io.StringIO(path.read_text(encoding="utf-8")))
    except OSError as error:
        stop(f"ENV_FILE={path} cannot be read: {error.strerror}. Example: ENV_FILE={BASE_DIR / '.env'}")
    except UnicodeDecodeError:
        stop(f"ENV_FILE={path} is not text in UTF-8. Example: ENV_FILE={BASE_DIR / '.env'}")


_read_file()
environment = read(os.environ)

if __name__ == "__main__":
    print(getattr(environment, sys.argv[1]))
