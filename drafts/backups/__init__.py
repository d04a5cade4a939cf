"""Backs up everything stored to one file, and restores it: `manage.py backup` and `manage.py restore`.

The file is a tar.gz: `manifest.json` first, then the uploads, the database, and the secret key if that is kept in a
file.
"""

from drafts.backups.checking import Checked, checked
from drafts.backups.errors import BackupError, RestoredInPart
from drafts.backups.replacing import Restored, replace
from drafts.backups.writing import stream_backup, write_backup

__all__ = [
    "BackupError",
    "Checked",
    "Restored",
    "RestoredInPart",
    "checked",
    "replace",
    "stream_backup",
    "write_backup",
]
