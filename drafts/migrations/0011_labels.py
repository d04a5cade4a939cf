import drafts.domain.facts
from django.db import migrations, models


class Migration(migrations.Migration):
    """New labels for choices; the database does not change."""

    dependencies = [
        ('drafts', '0010_follow_ups'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draft',
            name='kind',
            field=models.CharField(choices=[('thank_you', 'Thank-you'), ('to_recruiter', 'Email to the recruiter'), ('to_forward', 'Note to forward'), ('linkedin', 'LinkedIn message'), ('nudge', 'Follow-up'), ('second_nudge', 'Second follow-up'), ('after_rejection', 'Reply to a rejection'), ('offer_thanks', 'Thank-you for the offer'), ('more_time', 'Request for more time'), ('negotiate', 'Questions about the offer'), ('accept', 'Acceptance'), ('decline', 'Letter declining the offer'), ('withdraw', 'Withdrawal'), ('typo', 'Correction')], default=drafts.domain.facts.Kind['THANK_YOU'], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='draftrevision',
            name='reason',
            field=models.CharField(choices=[('composed', 'Written from your notes'), ('edited', 'Your edit'), ('recomposed', 'Rewritten from changed notes'), ('restored', 'Earlier version restored'), ('typed', 'Saved while you were typing'), ('aside', 'Typed in another tab or on another device')], max_length=12),
        ),
        migrations.AlterField(
            model_name='interview',
            name='stage',
            field=models.CharField(blank=True, choices=[('phone_screen', 'Phone screen'), ('technical', 'Technical interview'), ('panel', 'Panel interview'), ('hiring_manager', 'Hiring manager interview'), ('culture', 'Team interview'), ('final', 'Final round')], max_length=20, verbose_name='stage'),
        ),
        migrations.AlterField(
            model_name='interviewer',
            name='reaction',
            field=models.CharField(blank=True, choices=[('work_on', 'I’d like to work on that'), ('good_to_know', 'That’s good to know')], db_default='', default='', max_length=20),
        ),
    ]
