"""Uploads in a bucket on an S3-compatible server: storing, reading and deleting."""

import errno

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from moto.server import ThreadedMotoServer

from config.bucket import Bucket
from config.environment import Environment
from drafts import services
from drafts.models import Candidate, WorkSample
from tests.factories import CandidateFactory, InterviewFactory, NotedInterviewerFactory
from tests.integration.test_account_data import bring_in, download
from tests.integration.test_files import PDF, PNG, edit, post

PLACE = "of/ours"


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """An empty bucket for uploads."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    url = f"s3://letters/{PLACE}?endpoint={server}&region=eu-central-1"
    options = Environment(UPLOADS_URL=url).UPLOADS_URL
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "config.bucket.Bucket", "OPTIONS": options},
    }
    settings.UPLOADS_IN_BUCKET = True
    bucket = boto3.resource("s3", endpoint_url=server, region_name="eu-central-1").Bucket("letters")
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield bucket
    bucket.objects.delete()
    bucket.delete()


@pytest.fixture
def person(candidate):
    return NotedInterviewerFactory(interview=InterviewFactory(candidate=candidate))


def keys(bucket):
    return sorted(entry.key for entry in bucket.objects.all())


def upload(client, person, content=PDF, name="case study.pdf"):
    post(client, person, SimpleUploadedFile(name, content))
    return WorkSample.objects.get(file_name=name)


def address(sample):
    return reverse("file_download", args=[sample.interviewer.interview_id, sample.interviewer_id, sample.id])


def test_an_upload_goes_into_the_bucket_and_comes_out_to_its_owner_alone(
    signed_in, client, person, bucket, candidate
):
    sample = upload(signed_in, person)
    assert keys(bucket) == [f"{PLACE}/{candidate.pk}/{sample.id}"]
    answer = signed_in.get(address(sample))
    assert (answer.content, answer["Content-Disposition"]) == (PDF, 'attachment; filename="case study.pdf"')
    client.force_login(CandidateFactory())
    assert client.get(address(sample)).status_code == 404
    # No page and no letter leads to the bucket.
    draft = person.drafts.get()
    for page in (edit(person), draft.get_absolute_url(), reverse("draft_copy", args=[draft.pk])):
        assert "letters/of/ours" not in signed_in.get(page).content.decode()
    with pytest.raises(NotImplementedError):
        _ = sample.file.url


def test_an_object_is_readable_by_its_bucket_owner_alone(signed_in, person, bucket):
    upload(signed_in, person)
    (entry,) = bucket.objects.all()
    owner = entry.Acl().owner["ID"]
    assert [(one["Grantee"].get("ID"), one["Permission"]) for one in entry.Acl().grants] == [
        (owner, "FULL_CONTROL")
    ]


def test_it_is_sent_with_the_letter(signed_in, person, bucket):
    upload(signed_in, person)
    content = signed_in.get(reverse("draft_eml", args=[person.drafts.get().pk])).content
    assert b"case study.pdf" in content


def test_a_file_taken_out_is_gone_from_the_bucket(
    signed_in, person, bucket, django_capture_on_commit_callbacks
):
    gone, kept = upload(signed_in, person), upload(signed_in, person, PNG, "shot.png")
    with django_capture_on_commit_callbacks(execute=True):
        signed_in.post(edit(person), {"mentioned": "streaming", "remove_file": str(gone.id)})
    assert keys(bucket) == [f"{PLACE}/{kept.file.name}"]


def test_everything_deleted_for_good_is_gone_from_the_bucket(
    signed_in, person, candidate, bucket, django_capture_on_commit_callbacks
):
    upload(signed_in, person)
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_candidate(candidate)
    assert (keys(bucket), Candidate.objects.count()) == ([], 0)


def test_each_file_is_tried_when_one_cannot_be_removed(
    signed_in, person, candidate, bucket, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    first, _second = upload(signed_in, person), upload(signed_in, person, PNG, "shot.png")
    remove = Bucket.delete

    def fail(self, name):
        if name == first.file.name:
            raise OSError(errno.EIO, "away")
        remove(self, name)

    monkeypatch.setattr(Bucket, "delete", fail)
    with pytest.raises(OSError, match="away"), django_capture_on_commit_callbacks(execute=True):
        services.delete_candidate(candidate)
    assert keys(bucket) == [f"{PLACE}/{first.file.name}"]
    assert f"The file {first.file.name} could not be removed" in caplog.text


def test_the_quota_counts_it_and_leaves_nothing_of_what_is_too_much(signed_in, person, settings, bucket):
    settings.QUOTA_MB = 1
    post(signed_in, person, SimpleUploadedFile("large.pdf", PDF + b"%" * 1024 * 1024))
    assert (keys(bucket), WorkSample.objects.count()) == ([], 0)


def test_an_account_is_downloaded_and_imported_with_its_files(
    signed_in, person, candidate, bucket, django_capture_on_commit_callbacks
):
    upload(signed_in, person)
    archive = download(signed_in)
    (name,) = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(name) == PDF
    with django_capture_on_commit_callbacks(execute=True):
        services.purge_interview(person.interview)
    assert keys(bucket) == []
    assert bring_in(signed_in, archive).status_code == 200
    sample = WorkSample.objects.get()
    assert keys(bucket) == [f"{PLACE}/{sample.file.name}"]
    assert services.content_of(sample) == PDF


def test_a_file_missing_in_the_bucket_is_not_found(signed_in, person, bucket):
    sample = upload(signed_in, person)
    bucket.objects.delete()
    assert services.content_of(sample) is None
    assert signed_in.get(address(sample)).status_code == 404
    with pytest.raises(FileNotFoundError):
        default_storage.size(sample.file.name)
    assert not default_storage.exists(sample.file.name)


def test_an_unreachable_bucket_is_reported_and_no_input_is_lost(signed_in, person, settings, bucket):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "config.bucket.Bucket",
            "OPTIONS": {"bucket_name": "letters", "endpoint_url": "http://127.0.0.1:1"},
        },
    }
    signed_in.raise_request_exception = False
    answer = post(signed_in, person, SimpleUploadedFile("case study.pdf", PDF))
    assert answer.status_code == 503
    assert "the move to streaming" in answer.content.decode()


@pytest.mark.usefixtures("bucket")
def test_bucket_errors_are_reported_like_disk_errors_without_names():
    storage = Bucket(
        bucket_name="another", endpoint_url=default_storage.endpoint_url, region_name="eu-central-1"
    )
    with pytest.raises(OSError, match="NoSuchBucket") as caught:
        storage.save("a/b", ContentFile(b"x"))
    assert (caught.value.errno, "another" in str(caught.value)) == (errno.EIO, False)
