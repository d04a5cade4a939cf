"""Storage of uploads in a bucket of S3 or a compatible server. Only imported if UPLOADS_URL is set."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from typing import Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


def _with_os_errors(name: str) -> Callable[..., Any]:
    """Wraps S3Storage's method of this name, so that an unreachable bucket raises OSError like a disk, which pages
    handle."""

    def method(self: Bucket, *args: Any, **kwargs: Any) -> Any:
        try:
            answer = getattr(S3Storage, name)(self, *args, **kwargs)
            if name == "_open":
                _ = answer.file  # downloads it now, so that a failure is raised here
            return answer
        except (BotoCoreError, ClientError) as error:
            # Only the code, because the rest of the message contains names of objects.
            code = error.response["Error"]["Code"] if isinstance(error, ClientError) else type(error).__name__
            raise OSError(errno.EIO, f"{os.strerror(errno.EIO)} ({code})") from None

    return method


class Bucket(S3Storage):
    """A private bucket. The server reads files for their owner's downloads and letters; they have no public URL."""

    def __init__(self, **options: Any) -> None:
        config = Config(
            connect_timeout=5,
            read_timeout=20,
            retries={"mode": "standard"},
            signature_version="s3v4",
            # Compatible servers always support this form of URL, but not newer checksums.
            s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        transfer = TransferConfig(use_threads=False)
        # Names are generated and unique, so there is no need for a request that checks whether one is taken.
        super().__init__(
            client_config=config, transfer_config=transfer, file_overwrite=True, default_acl=None, **options
        )

    _open, _save, delete = _with_os_errors("_open"), _with_os_errors("_save"), _with_os_errors("delete")
    exists, size = _with_os_errors("exists"), _with_os_errors("size")

    def url(self, *args: Any, **kwargs: Any) -> str:
        raise NotImplementedError("Uploads have no address of their own")
