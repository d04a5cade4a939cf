"""Fields as HTML: our functions write the same as Django's templates, and the group connects its parts."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from pytest_django.asserts import assertHTMLEqual

from drafts.domain import countries
from drafts.domain.facts import Role
from drafts.forms import ConversationForm, FirstPersonForm, InterviewForm, SettingsForm
from drafts.forms.fields import CountrySelect
from drafts.forms.rendering import WRITERS

HOSTILE = '"><script>alert(1)</script>&amp;'


class EveryWidget(forms.Form):
    text = forms.CharField(label=HOSTILE, help_text=HOSTILE, widget=forms.TextInput(attrs={"title": HOSTILE}))
    area = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "hidden": True, "readonly": False}))
    number = forms.IntegerField()
    day = forms.DateField()
    hour = forms.TimeField()
    moment = forms.DateTimeField()
    email = forms.EmailField()
    url = forms.URLField(assume_scheme="https")
    secret = forms.CharField(widget=forms.PasswordInput)
    hidden = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField()
    choice = forms.ChoiceField(choices=[("", "None"), (HOSTILE, HOSTILE), ("Group", [("1", "One")])])
    radio = forms.ChoiceField(choices=[("a", HOSTILE), ("b", "B")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        choices=[("0", HOSTILE), ("1", "B")], widget=forms.CheckboxSelectMultiple
    )


VALUES = {
    "text": HOSTILE,
    "area": f"\n{HOSTILE}",
    "number": 12,
    "hidden": HOSTILE,
    "sure": True,
    "choice": HOSTILE,
    "radio": "b",
    "days": ["0", "1"],
}
FORMS = {
    "empty": EveryWidget,
    "initial": lambda: EveryWidget(initial=VALUES),
    "bound": lambda: EveryWidget(VALUES),
    "interview": lambda: InterviewForm(initial={"company": HOSTILE, "country": "DE", "stage": "panel"}),
    "interview refused": lambda: InterviewForm({"stage": "XX"}),
    "first person": lambda: FirstPersonForm({"first-full_name": "", "first-email": HOSTILE}),
    "conversation": lambda: ConversationForm(initial={"reaction": "useful", "relates": True}, role=Role.PEER),
    "settings": lambda: SettingsForm({"usual_tone": "none of ours"}),
}


def widgets(form: forms.Form) -> list[str]:
    """Each field's widget, and its parts if it has several."""
    return [
        html
        for field in form
        for html in (str(field), *map(str, field.subwidgets), *(one.tag() for one in field.subwidgets))
    ]


@pytest.mark.parametrize("make", FORMS.values(), ids=FORMS)
def test_widgets_are_written_as_by_djangos_templates(make):
    ours, theirs = make(), make()
    theirs.renderer = DjangoTemplates()
    for one, other in zip(widgets(ours), widgets(theirs), strict=True):
        assertHTMLEqual(one, other)


@pytest.mark.parametrize("code", ["", None, "DE", "AX", "US-CA", "XX", HOSTILE])
def test_the_countries_are_a_select_like_any(code):
    names = {**({code: code} if code == "US-CA" else {}), **countries.names()}
    plain = forms.Select(choices=[("", "Not specified"), *names.items()])
    html = CountrySelect().render("country", code, {"id": "id_country", "title": HOSTILE})
    theirs = plain.render("country", code, {"id": "id_country", "title": HOSTILE}, DjangoTemplates())
    # The first option is chosen if none is marked.
    assertHTMLEqual(html, theirs.replace('value="" selected', 'value=""'))


def test_every_template_that_is_replaced_is_one_of_djangos():
    for name in WRITERS:
        assert DjangoTemplates().get_template(name)


@pytest.mark.parametrize("make", [EveryWidget, lambda: EveryWidget(VALUES)], ids=["empty", "bound"])
def test_nothing_in_a_group_is_markup_of_the_users(make):
    assert [field.name for field in make() if "<script" in field.as_field_group()] == []


def test_a_group_ties_label_help_and_errors_to_the_field():
    form = EveryWidget({"text": ""})
    form.fields["text"].label, form.fields["text"].help_text = "Company", "Its name."
    assertHTMLEqual(
        form["text"].as_field_group(),
        """
        <div id="div_id_text" class="mb-3">
          <label for="id_text" class="form-label">Company<span class="asteriskField">*</span></label>
          <div id="id_text_helptext" class="form-text">Its name.</div>
          <input type="text" name="text" title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"
                 class="form-control is-invalid" required aria-invalid="true"
                 aria-describedby="id_text_helptext id_text_error" id="id_text">
          <div id="id_text_error" class="invalid-feedback d-block"><p>This field is required.</p></div>
        </div>
        """,
    )


def test_a_group_of_boxes_is_a_fieldset_with_a_legend():
    form = EveryWidget({"days": ["7"]})
    form.fields["days"].choices = [("0", "Monday")]
    html = form["days"].as_field_group()
    assertHTMLEqual(
        html,
        """
        <div id="div_id_days" class="mb-3">
          <fieldset id="id_days" tabindex="-1" aria-describedby="id_days_error">
            <legend class="form-label fs-6">Days<span class="asteriskField">*</span></legend>
            <div>
              <div class="form-check">
                <input type="checkbox" class="form-check-input is-invalid" name="days" value="0" id="id_days_0"
                       aria-invalid="true">
                <label for="id_days_0" class="form-check-label">Monday</label>
              </div>
              <div id="id_days_error" class="invalid-feedback d-block">
                <p>Select a valid choice. 7 is not one of the available choices.</p>
              </div>
            </div>
          </fieldset>
        </div>
        """,
    )


def test_a_box_of_its_own_has_its_label_after_it():
    assertHTMLEqual(
        EveryWidget()["sure"].as_field_group(),
        """
        <div class="mb-3"><div id="div_id_sure" class="form-check">
          <input type="checkbox" name="sure" class="form-check-input" required id="id_sure">
          <label for="id_sure" class="form-check-label">Sure<span class="asteriskField">*</span></label>
        </div></div>
        """,
    )


def test_an_address_that_looks_mistyped_is_asked_about_and_kept_as_typed():
    form = FirstPersonForm(initial={"full_name": "Ana", "email": "<b>@gmial.com"})
    assert "Did you mean" not in form["email"].as_field_group()
    form = FirstPersonForm(initial={"full_name": "Ana", "email": "a&b@gmial.com"})
    html = form["email"].as_field_group()
    assert "Did you mean a&amp;b@gmail.com?" in html
    assert 'value="a&amp;b@gmial.com"' in html
    form = EveryWidget(initial={"email": "ana@gmial.com", "text": "ana@gmial.com"})
    assert "Did you mean ana@gmail.com?" in form["email"].as_field_group()
    assert "Did you mean" not in form["text"].as_field_group()
