"""The interface's texts and their translations (`make messages`): extracted from Python, templates, and the phrasebook
into locale/*/LC_MESSAGES/django.po, which are compiled where the product is installed.

Letters are in English, so sentences that end up in letters are not extracted.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE, PHRASEBOOK = ROOT / "locale", ROOT / "drafts" / "phrasebook"
CONTEXT = "context"
# By function, what its first arguments are. Templates are turned into calls of the same functions.
_ONE, _TWO = ("text",), ("singular", "plural")
KEYWORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "Message"), _ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _TWO),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (CONTEXT, *_ONE)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (CONTEXT, *_TWO)),
}
# Keys of the phrasebook's tables whose texts are read by users; all others are lists of words, or parts of letters.
REVIEW = ("title", "why", "message")
KIND = ("label", "title", "text", "what")
PROMPT = ("label", "hint")
_ONLY_PLACEHOLDER = re.compile(r"\{\w+\}")

Found = tuple[str, int, Any, list[str], str | None]  # file, line, message or messages, comments, context


def messages() -> Iterator[Found]:
    """Every text of the interface, with where it is."""
    yield from _of_python()
    yield from _of_templates()
    yield from _of_phrasebook()
    yield from _of_countries()


def _of_python() -> Iterator[Found]:
    for folder in ("config", "drafts"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path != Path(__file__).resolve():
                yield from _of_source(path, path.read_bytes())


def _of_templates() -> Iterator[Found]:
    from django.conf import settings  # Compiling needs neither this nor a database.
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    for path in sorted((ROOT / "templates").rglob("*.*")):
        # In parentheses, because the indentation of a template is not Python's.
        source = f"({templatize(path.read_text(encoding='utf-8'))})"
        yield from _of_source(path, source.encode())


def _of_source(path: Path, source: bytes) -> Iterator[Found]:
    for line, function, found, comments in extract_python(
        io.BytesIO(source), dict.fromkeys(KEYWORDS), ["Translators:"], {"encoding": "utf-8"}
    ):
        places = KEYWORDS[str(function)]
        texts: list[Any] = list(found) if isinstance(found, tuple) else [found]
        context = texts.pop(0) if places[0] == CONTEXT else None
        count = len(places) - (places[0] == CONTEXT)
        if all(texts[:count]):
            yield (
                _named(path),
                line,
                tuple(texts[:count]) if count > 1 else texts[0],
                [*(comments or ())],
                context,
            )


def _of_phrasebook() -> Iterator[Found]:
    for path, key, text in phrasebook_texts():
        if text and not _ONLY_PLACEHOLDER.fullmatch(text):
            place = path.read_text(encoding="utf-8").find(text.splitlines()[0].replace('"', '\\"'))
            line = path.read_text(encoding="utf-8").count("\n", 0, max(place, 0)) + 1
            yield _named(path), line, text, [key], None


def phrasebook_texts() -> Iterator[tuple[Path, str, str]]:
    """The texts of the phrasebook that users read, each with its file and its key."""
    from drafts.domain.files import read_toml

    for name, texts in (
        ("review.toml", _review_texts),
        ("sending.toml", _all_texts),
        ("reasons.toml", _all_texts),
        ("guard.toml", lambda tables: _all_texts({"says": tables["says"]})),
        ("corrections.toml", _correction_texts),
        ("sources.toml", lambda tables: ((key, table["name"]) for key, table in tables.items())),
        *((f"kinds/{path.name}", _kind_texts) for path in sorted((PHRASEBOOK / "kinds").glob("*.toml"))),
    ):
        path = PHRASEBOOK / name
        for key, text in texts(read_toml(path)):
            yield path, key, text


def _all_texts(tables: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, table in tables.items():
        yield from ((f"{name}.{key}", text) for key, text in table.items())


def _review_texts(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for rule, table in rules.items():
        yield from ((f"{rule}.{key}", table[key]) for key in REVIEW if key in table)
        yield from _cited(rule, table["source"])
        for case, texts in table.items():
            if isinstance(texts, dict):
                keys = texts if case == "wording" else ("message",)
                yield from ((f"{rule}.{case}.{key}", texts[key]) for key in keys)


def _correction_texts(tables: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((f"{rule}.says", table["says"]) for rule, table in tables.items() if "says" in table)


def _kind_texts(kind: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((key, kind[key]) for key in KIND if key in kind)
    yield from _cited("kind", kind["source"])
    for prompt in kind.get("prompts", ()):
        yield from ((f"{prompt['key']}.{key}", prompt[key]) for key in PROMPT if key in prompt)


def _cited(key: str, source: str) -> Iterator[tuple[str, str]]:
    from drafts.domain.sources import parts

    yield from ((f"{key}.source", says) for _entry, says in parts(source))


def _of_countries() -> Iterator[Found]:
    from drafts.domain import countries

    for code, name in countries.names().items():
        yield _named(countries.COUNTRIES), 1, name, [f"Country {code}"], None


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# ---------------------------------------------------------------- catalogs


def template() -> Catalog:
    """All texts, without translations."""
    catalog = Catalog(project="Afterword", version="", copyright_holder="", msgid_bugs_address="")
    for file, line, message, comments, context in messages():
        catalog.add(message, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def paths() -> list[Path]:
    """The catalogs of all languages."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3] if path.name == "django.po" else None)


def write(catalog: Catalog, path: Path) -> None:
    """Without line numbers and sorted by text, so that moving a text changes nothing."""
    with path.open("wb") as file:
        write_po(file, catalog, width=120, include_lineno=False, sort_output=True)


def update() -> None:
    """Adds new texts to every catalog. Translations of texts that are gone stay at its end, for texts like them."""
    current = template()
    for path in paths():
        catalog = read(path)
        catalog.update(current, no_fuzzy_matching=True, update_creation_date=False)
        write(catalog, path)


def compile_all() -> None:
    """Compiles each catalog that is newer than what was compiled of it."""
    for path in paths():
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        # Renamed when complete, because another process may read it at any time.
        unfinished = compiled.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as file:
            write_mo(file, read(path))
        unfinished.replace(compiled)


if __name__ == "__main__":
    compile_all() if sys.argv[1:] == ["compile"] else update()
