"""Work samples that are files: uploading, privacy, downloading, and deletion with what they belong to."""

import email
import email.policy

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from drafts import services
from drafts.domain.facts import MAX_FILES_BYTES
from drafts.exchange.files import check_file
from drafts.models import Draft, Interviewer, WorkSample
from tests.factories import CandidateFactory, InterviewFactory, NotedInterviewerFactory

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def person(candidate):
    return NotedInterviewerFactory(interview=InterviewFactory(candidate=candidate), full_name="Priya Nair")


def edit(person):
    return reverse("conversation_edit", args=[person.interview_id, person.id])


def post(client, person, *files, **data):
    notes = {"mentioned": "the move to streaming", "upload": "1"}
    return client.post(edit(person), notes | data | {"files": list(files)})


def pdf(name="case study.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "text/html")


def stored(tmp_path):
    return sorted(path for path in tmp_path.rglob("*") if path.is_file())


def test_a_file_is_stored_with_the_notes(signed_in, person, tmp_path):
    answer = post(signed_in, person, pdf())
    assert answer.url == edit(person) + "#files"
    sample = WorkSample.objects.get()
    assert (sample.file_name, sample.content_type, sample.size, sample.url) == (
        "case study.pdf",
        "application/pdf",
        len(PDF),
        "",
    )
    (path,) = stored(tmp_path)
    assert path.name == str(sample.id)
    assert Interviewer.objects.get().mentioned == "the move to streaming"
    page = signed_in.get(edit(person)).content.decode()
    assert "case study.pdf" in page


def test_uploads_lie_outside_of_what_is_served():
    assert settings.MEDIA_URL in ("", "/")
    assert not str(settings.MEDIA_ROOT).startswith(str(settings.STATIC_ROOT))


def test_a_file_is_in_the_letter_and_in_the_mail(signed_in, person):
    post(signed_in, person, pdf())
    draft = Draft.objects.get()
    assert "case study.pdf" in draft.body
    page = signed_in.get(draft.get_absolute_url())
    assert "attachment" not in {note.finding.rule for note in page.context["checked"].notes}
    content = signed_in.get(reverse("draft_eml", args=[draft.id])).content
    read = email.message_from_bytes(content, policy=email.policy.default)
    (part,) = read.iter_attachments()
    assert (part.get_filename(), part.get_content_type(), part.get_content()) == (
        "case study.pdf",
        "application/pdf",
        PDF,
    )
    departure = signed_in.get(reverse("draft_copy", args=[draft.id])).context["departure"]
    assert (departure.first.channel, departure.files) == ("eml", ("case study.pdf",))


def test_only_its_owner_has_it_and_as_a_download(signed_in, client, person):
    post(signed_in, person, pdf())
    sample = WorkSample.objects.get()
    address = reverse("file_download", args=[person.interview_id, person.id, sample.id])
    answer = signed_in.get(address)
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="case study.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.force_login(CandidateFactory())
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 404


def test_a_missing_file_is_not_found(signed_in, person, tmp_path):
    post(signed_in, person, pdf())
    stored(tmp_path)[0].unlink()
    address = reverse("file_download", args=[person.interview_id, person.id, WorkSample.objects.get().id])
    assert signed_in.get(address).status_code == 404


def test_taking_it_out_takes_it_out_of_the_letter_and_the_disk(
    signed_in, person, tmp_path, django_capture_on_commit_callbacks
):
    post(signed_in, person, pdf(), SimpleUploadedFile("shot.png", PNG))
    gone = WorkSample.objects.get(file_name="case study.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in.post(edit(person), {"mentioned": "streaming", "remove_file": str(gone.id)})
    assert answer.url == edit(person) + "#files"
    assert [sample.file_name for sample in WorkSample.objects.all()] == ["shot.png"]
    assert len(stored(tmp_path)) == 1
    assert "case study" not in Draft.objects.get().body


def test_files_stay_when_links_change(signed_in, person):
    post(signed_in, person, pdf())
    sample = WorkSample.objects.get().pk
    links = {
        "work_samples-TOTAL_FORMS": "1",
        "work_samples-0-label": "Talk",
        "work_samples-0-url": "https://example.com/talk",
    }
    post(signed_in, person, **links)
    assert WorkSample.objects.filter(pk=sample).exists()
    assert WorkSample.objects.count() == 2
    rows = signed_in.get(edit(person)).context["samples"].initial
    assert [row["url"] for row in rows] == ["https://example.com/talk"]


def test_a_file_sent_twice_is_stored_once(signed_in, person, tmp_path):
    for _time in range(2):
        post(signed_in, person, pdf())
    assert len(stored(tmp_path)) == WorkSample.objects.count() == 1


@pytest.mark.parametrize("of", ["person", "interview"])
def test_files_go_with_whom_they_belong_to(
    signed_in, person, tmp_path, of, django_capture_on_commit_callbacks
):
    post(signed_in, person, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        if of == "interview":
            services.purge_interview(person.interview)
        else:
            rows = [{"id": person.id, "full_name": person.full_name, "DELETE": True}]
            services.save_panel(person.interview, rows, None)
    assert stored(tmp_path) == []


def refused(answer):
    assert answer.status_code == 422
    assert not WorkSample.objects.exists()
    # The input is still there.
    assert "the move to streaming" in answer.content.decode()
    return answer.content.decode()


def test_a_sixth_file_is_refused(signed_in, person):
    page = refused(post(signed_in, person, *[pdf(f"{number}.pdf") for number in range(6)]))
    assert "at most 5 files" in page


def test_more_than_ten_megabytes_are_refused(signed_in, person, tmp_path):
    half = PDF + b"0" * (MAX_FILES_BYTES // 2)
    page = refused(post(signed_in, person, pdf("a.pdf", half), pdf("b.pdf", half)))
    assert "b.pdf is too large" in page
    assert stored(tmp_path) == []
    assert post(signed_in, person, pdf("a.pdf", half)).status_code == 302
    again = post(signed_in, person, pdf("c.pdf", half))
    assert "more than 10 MB in all" in again.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tool.exe", b"MZ\x90\x00" + b"\0" * 60),
        ("tool.pdf", b"MZ\x90\x00" + b"\0" * 60),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("empty.pdf", b""),
    ],
)
def test_files_that_mail_programs_block_are_rejected(signed_in, person, name, content):
    page = refused(post(signed_in, person, SimpleUploadedFile(name, content, "application/pdf")))
    assert name in page


def test_all_or_none_of_several_files(signed_in, person):
    page = refused(post(signed_in, person, pdf(), SimpleUploadedFile("tool.exe", b"MZ" + b"\0" * 99)))
    assert "tool.exe" in page


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\r\nb.pdf", "…/‮fdp.exe.pdf", "x" * 300 + ".pdf", ".pdf"]
)
def test_a_file_name_is_made_safe_in_archives(signed_in, person, tmp_path, name):
    post(signed_in, person, pdf(name))
    sample = WorkSample.objects.get()
    assert "/" not in sample.file_name
    assert sample.file_name.isprintable()
    assert sample.file_name.endswith(".pdf")
    assert len(sample.file_name) <= 100
    assert all(path.is_relative_to(tmp_path) for path in stored(tmp_path))
    content = signed_in.get(reverse("draft_eml", args=[Draft.objects.get().id])).content
    read = email.message_from_bytes(content, policy=email.policy.default)
    assert next(read.iter_attachments()).get_filename() == sample.file_name


def test_no_file_stays_behind_when_storing_fails(person, tmp_path, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError

    monkeypatch.setattr("drafts.services.files.recompose_untouched", fail)
    with pytest.raises(RuntimeError):
        services.add_files(person, [(check_file("a.pdf", PDF), PDF)])
    assert not WorkSample.objects.exists()
    assert stored(tmp_path) == []


@pytest.mark.parametrize("button", ["preview", "add_sample"])
def test_files_that_are_not_kept_are_asked_for_again(signed_in, person, button):
    answer = signed_in.post(edit(person), {"mentioned": "the move", button: "1", "files": [pdf()]})
    assert "Choose your files again" in answer.content.decode()
    assert not WorkSample.objects.exists()


def test_a_second_tab_with_a_file_is_told_about_both(signed_in, person):
    services.save_conversation(
        person, {name: getattr(person, name) for name in services.NOTE_FIELDS}, [], None
    )
    answer = post(signed_in, person, pdf(), version="1")
    assert answer.status_code == 409
    assert "Choose your files again" in answer.content.decode()
    assert not WorkSample.objects.exists()


def test_files_beside_notes_that_cannot_be_saved_are_asked_for_again(signed_in, person):
    answer = post(signed_in, person, pdf(), mentioned="x" * 1001)
    assert answer.status_code == 422
    assert "Choose your files again" in answer.content.decode()


def test_a_letter_whose_file_is_gone_says_so(signed_in, person, tmp_path):
    post(signed_in, person, pdf())
    stored(tmp_path)[0].unlink()
    answer = signed_in.get(reverse("draft_eml", args=[Draft.objects.get().id]))
    assert answer.status_code == 409
    assert "The file case study.pdf is missing." in answer.content.decode()


def test_taking_out_what_is_gone_stays_on_the_page(signed_in, person):
    answer = signed_in.post(edit(person), {"mentioned": "x", "remove_file": "gone"})
    assert answer.url == edit(person) + "#files"
