"""Constant parts of templates are rendered once, with the same result."""

from __future__ import annotations

import datetime as dt

import pytest
from django.conf import settings
from django.template import Context, Engine
from django.template.base import NodeList, TextNode
from django.template.defaulttags import IfNode, WithNode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

NAMES = {
    "part.html": "{{ name }}{{ one }}{% translate 'Part' as word %}{{ word }}",
    "striped.html": "{% cycle 'odd' 'even' %}",
    "outer.html": "<b>{% block inner %}{% translate 'Outer' %}{% endblock %}</b>",
}
CONSTANT = [
    "{% translate 'It’s <here> & 50% done' %}",
    "{% translate \"Tom & 'Jerry'\" %}",
    "a{% load i18n %}b{# never seen #}c",
    "{% static 'icon.svg' %}",
    "{% icon 'check-circle' 20 %}",
    "{% blocktranslate %}Nothing <b>in</b> it, 100%.{% endblocktranslate %}",
    "{% page_language %}{% in_english %}",
]
VARYING = [
    "{% translate name %}",
    "{% translate 'Word' as word %}[{{ word }}]",
    "{% translate 'word'|upper %}",
    "{% blocktranslate %}Dear {{ name }}, {{ missing }}!{% endblocktranslate %}",
    "{% blocktranslate with name=html|upper %}Dear {{ name }}, {{ html }}!{% endblocktranslate %}{{ name }}",
    "{% blocktranslate with a=name trimmed %}\n  Dear\n  {{ a }}\n{% endblocktranslate %}",
    "{% blocktranslate count n=one %}{{ n }} note{% plural %}{{ n }} notes{% endblocktranslate %}",
    "{% blocktranslate count n=two with who=name %}{{ n }} of {{ who }}{% plural %}{{ n }} for {{ who }}"
    "{% endblocktranslate %}",
    "{% if one %}{% translate 'Yes' %}!{% elif two %}{% translate 'No' %}{% else %}{% translate 'So' %}{% endif %}",
    "{% for each in many %}{% translate 'each' %} {{ each }}{% empty %}{% translate 'none' %}{% endfor %}",
    "{% with inner=name %}{% translate 'in' %} {{ inner }}{% endwith %}",
    "{% extends 'outer.html' %}{% block inner %}{{ block.super }} {% translate 'Inner' %}{% endblock %}",
    "{% include 'outer.html' %}{% icon icon 20 %}",
    "{{ html }}{{ safe }}{{ html|safe }}{{ nothing }}{{ missing }}{{ two }}{{ day }}{{ lazy }}",
    "{% include 'part.html' %}{{ word }}{% include 'part.html' with name=html only %}{{ name }}",
    "{% include 'part.html' with name=two|add:1 %}{{ name }}{% include 'part.html' only %}",
    "{% for each in many %}{% include 'striped.html' %}{% include 'part.html' with name=each only %}{% endfor %}",
    "{% include part %}{% include 'part.html'|lower %}",
    "{{ thing.word }}{{ thing.shout }}{{ thing.kind }}{{ thing.missing }}{{ thing.missing.more }}{{ missing.more }}",
    "{{ thing.rewrite }}{{ thing.ask }}{% if thing.quiet %}q{% endif %}{{ thing.Inner.word }}",
    "{{ thing.table.items }}{{ thing.table.word }}",
    "{{ thing.table.keys|length }}{{ many.1 }}{{ many.7 }}{{ shout }}{{ Thing.word }}{{ thing.absent }}",
    "{% if thing.missing %}a{% elif missing %}b{% elif not thing.word %}c{% else %}d{% endif %}",
    "{% if thing.word == 'word' and missing %}a{% elif thing.word in html or one < two %}b{% endif %}",
    "{% if missing < one %}a{% endif %}{% if thing.broken %}b{% endif %}{% if many.1|add:one > two %}c{% endif %}",
    "{% for each in thing.each %}{{ forloop.counter }}{{ forloop.parentloop.x }}{{ each.word }}{% endfor %}",
    "{% with w=thing.shout|lower %}{{ w|default:thing.word }}{{ nothing|default:thing.word }}{% endwith %}",
    "{% autoescape off %}{{ html }}{{ thing.html }}{% endautoescape %}{{ thing.html }}",
]


class Absent(Exception):
    silent_variable_failure = True


class Thing:
    word = "word"
    html = "<Thing>"
    table = {"items": "of the table", "word": "key"}

    class Inner:
        word = "inner"

    def shout(self):
        return "WORD"

    @property
    def kind(self):
        return gettext_lazy("<Kind>")

    @property
    def absent(self):
        raise Absent

    def broken(self):
        raise Absent

    def ask(self, question):
        return question

    def rewrite(self):
        pytest.fail("called")

    rewrite.alters_data = True

    def quiet(self):
        pytest.fail("called")

    quiet.do_not_call_in_templates = True

    def each(self):
        return [{"word": "first"}, Thing()]


CONTEXT = {
    "thing": Thing(),
    "Thing": Thing,
    "shout": lambda: "shouted",
    "name": "Ana",
    "html": "<Ana>",
    "safe": SafeString("<br>"),
    "lazy": gettext_lazy("<Now>"),
    "nothing": None,
    "day": dt.date(2026, 11, 29),
    "one": 1,
    "two": 2,
    "many": [1, 2],
    "icon": "check",
    "part": "part.html",
}


def loaded(source, loader):
    inner = ("django.template.loaders.locmem.Loader", {**NAMES, "main.html": source})
    libraries = {
        "i18n": "django.templatetags.i18n",
        "static": "django.templatetags.static",
        "quick": "drafts.templatetags.quick",
    }
    builtins = list(libraries.values())
    engine = Engine(
        loaders=[(loader, [inner])], libraries=libraries, builtins=builtins, string_if_invalid="<%s?>"
    )
    return engine.get_template("main.html")


def folded(source):
    return loaded(source, "config.templates.Loader")


def plain(source):
    return loaded(source, "django.template.loaders.cached.Loader")


@pytest.mark.parametrize("source", [*CONSTANT, *VARYING])
@pytest.mark.parametrize("autoescape", [True, False])
def test_a_folded_template_says_the_same(source, autoescape):
    said = [one.render(Context(CONTEXT, autoescape=autoescape)) for one in (folded(source), plain(source))]
    assert said[0] == said[1]


@pytest.mark.parametrize("source", CONSTANT)
def test_constant_parts_become_one_text(source):
    assert [type(node) for node in folded(f"<{source}>").nodelist] == [TextNode]


def test_words_within_are_written_out_too():
    (outer,) = folded("{% with a=name %}{% if a %}{% translate 'Yes' %}!{% endif %}{% endwith %}").nodelist
    assert isinstance(outer, WithNode)
    (inner,) = outer.nodelist
    assert isinstance(inner, IfNode)
    ((_condition, words),) = inner.conditions_nodelists
    assert [node.s for node in words] == ["Yes!"]


LANGUAGES = ["de", "es", "fr"]
# Texts of the interface and of Django, so that there are translations of them.
TRANSLATED = [
    "{% translate 'Settings' %}",
    "{% translate 'Settings' as word %}[{{ word }}]",
    "{% blocktranslate with name=html %}Letter to {{ name }}{% endblocktranslate %}",
    "{% blocktranslate count words=zero %}{{ words }} word{% plural %}{{ words }} words{% endblocktranslate %}",
    "{% blocktranslate count words=one %}{{ words }} word{% plural %}{{ words }} words{% endblocktranslate %}",
    "{% for words in many %}{% blocktranslate count words=words %}{{ words }} word{% plural %}{{ words }} words"
    "{% endblocktranslate %}{% endfor %}",
    "{% blocktranslate count counter=one with a=name trimmed %}\n {{ counter }} result\n{% plural %}\n {{ counter }}"
    " results\n{% endblocktranslate %}",
    "{{ day|date:'DATE_FORMAT' }}",
    "{{ nothing|default:_('Settings') }}",
]


@pytest.mark.parametrize("source", TRANSLATED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folded_template_says_the_same_in_other_languages(source, language):
    with override(language):
        said = [one.render(Context(CONTEXT | {"zero": 0})) for one in (folded(source), plain(source))]
    assert said[0] == said[1]


def test_each_language_has_its_own_constant_parts():
    engine = folded("{% translate 'Settings' %}").engine
    found = []
    for language in ("en", *LANGUAGES, "en"):
        with override(language):
            [node] = engine.get_template("main.html").nodelist
            assert type(node) is TextNode
            found.append(node.s)
    assert found[0] == found[4] == "Settings"
    assert len(set(found)) == 4


def test_pages_are_loaded_so():
    ((loader, _inner),) = settings.TEMPLATES[0]["OPTIONS"]["loaders"]
    assert loader == "config.templates.Loader"


def test_two_threads_may_render_an_included_template_first(monkeypatch):
    template, original = folded("{% include 'part.html' %}"), NodeList.get_nodes_by_type

    def as_another_thread_renders(nodes, kinds):
        monkeypatch.setattr(NodeList, "get_nodes_by_type", original)
        template.render(Context(CONTEXT))
        return original(nodes, kinds)

    monkeypatch.setattr(NodeList, "get_nodes_by_type", as_another_thread_renders)
    assert template.render(Context(CONTEXT)) == "Ana1Part"


def test_dates_are_written_with_our_filter():
    """Django's `date` writes "1 décembre"."""
    for path in (settings.BASE_DIR / "templates").rglob("*.*"):
        assert '|date:"' not in path.read_text(encoding="utf-8"), path
