from django.db import migrations, models

from drafts.migrations._online import AddIndexOnline


class Migration(migrations.Migration):
    """Indexes for the housekeeping and the maintainers' lists, which looked through whole tables."""

    atomic = False

    dependencies = [
        ('drafts', '0008_tidied_day'),
    ]

    operations = [
        AddIndexOnline(
            model_name='candidate',
            index=models.Index(condition=models.Q(('is_guest', True)), fields=['kept_until'], name='candidate_guest_kept'),
        ),
        AddIndexOnline(
            model_name='candidate',
            index=models.Index(fields=['-created_at'], name='candidate_created'),
        ),
        AddIndexOnline(
            model_name='interview',
            index=models.Index(condition=models.Q(('deleted_at__isnull', False)), fields=['deleted_at'], name='interview_deleted'),
        ),
        AddIndexOnline(
            model_name='interview',
            index=models.Index(fields=['-ended_at'], name='interview_ended'),
        ),
    ]
