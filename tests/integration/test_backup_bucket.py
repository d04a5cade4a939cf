"""Backups when uploads are in a bucket: they are left out, with a message."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests.integration.test_backup import back_up, restore, var  # noqa: F401 - a fixture
from tests.integration.test_bucket import PLACE, bucket, keys, server  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_backup_leaves_the_bucket_out_and_a_restore_leaves_it_alone(tmp_path, bucket, capsys):  # noqa: F811
    default_storage.save("a/b", ContentFile(b"x"))
    made = back_up(tmp_path)
    assert "The uploads are in the bucket of UPLOADS_URL, and not in this file." in capsys.readouterr().err
    restore(made)
    assert keys(bucket) == [f"{PLACE}/a/b"]


def test_a_backup_with_files_is_not_restored_beside_a_bucket(tmp_path, bucket, settings):  # noqa: F811
    settings.UPLOADS_IN_BUCKET = False
    with_files = back_up(tmp_path)
    settings.UPLOADS_IN_BUCKET = True
    words = "This backup holds 1 uploaded files?, and UPLOADS_URL"
    with pytest.raises(CommandError, match=words) as caught:
        call_command("restore", str(with_files), yes=True)
    assert caught.value.returncode == 2
