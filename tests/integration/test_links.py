"""URLs built without Django's reverse are the same as with it, in code and in templates."""

import uuid

import pytest
from django.template import Context, engines
from django.urls import NoReverseMatch, reverse, set_script_prefix
from heroicons.templatetags.heroicons import heroicon_outline

from drafts.web.links import link

IDS = [uuid.UUID("6f0c1a0e-3f0e-4a44-9b1a-57a3f3ad1a01"), uuid.UUID("0d9dbe0d-6a5f-4f57-8e55-2f6a8f1b7c02")]
NAMES = [("home", 0), ("interview_detail", 1), ("conversation_edit", 2)]


@pytest.fixture(params=["/", "/letters/"])
def prefix(request):
    """The script prefix under which the product is served."""
    set_script_prefix(request.param)
    yield
    set_script_prefix("/")


@pytest.mark.usefixtures("prefix")
@pytest.mark.parametrize(("name", "count"), NAMES)
def test_a_link_is_what_reverse_makes(name, count):
    assert link(name, *IDS[:count]) == reverse(name, args=IDS[:count])


@pytest.mark.usefixtures("prefix")
@pytest.mark.parametrize("kind", ["nudge", "typo"])
def test_a_link_may_end_with_a_kind(kind):
    assert link("follow_up_edit", *IDS, kind=kind) == reverse("follow_up_edit", args=[*IDS, kind])


@pytest.mark.parametrize(("name", "count"), [("no_such_page", 0), ("interview_detail", 0), ("home", 1)])
def test_no_link_where_reverse_makes_none(name, count):
    with pytest.raises(NoReverseMatch):
        link(name, *IDS[:count])


@pytest.mark.usefixtures("prefix")
@pytest.mark.parametrize(
    ("tag", "name", "args"),
    [
        ("{% url 'home' %}", "home", []),
        ("{% url 'conversation_edit' one.0 one.1 %}", "conversation_edit", IDS),
        ("{% url 'route_create' one.0 one.1 'linkedin' %}", "route_create", [*IDS, "linkedin"]),
        ("{% url 'interview_detail' interview_id=one.0 %}", "interview_detail", IDS[:1]),
        ("{% url name %}", "settings", []),
        ("{% url 'home' as it %}{{ it }}", "home", []),
    ],
)
def test_templates_have_the_same_addresses(tag, name, args):
    template = engines["django"].engine.from_string(tag)
    assert template.render(Context({"one": IDS, "name": name})) == reverse(name, args=args)


def test_a_template_without_its_id_fails():
    with pytest.raises(NoReverseMatch):
        engines["django"].engine.from_string("{% url 'interview_detail' '' %}").render(Context())


def test_an_icon_is_that_of_the_package_each_time():
    engine = engines["django"].engine
    drawn = [engine.from_string('{% icon "clock" 18 %}').render(Context()) for _ in range(2)]
    assert drawn == [heroicon_outline("clock", size=18, aria_hidden="true")] * 2
