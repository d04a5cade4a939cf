
import drafts.domain.facts
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0012_met_before'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='draft',
            name='draft_kind_known',
        ),
        migrations.AddField(
            model_name='interviewer',
            name='is_outside',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AlterField(
            model_name='draft',
            name='kind',
            field=models.CharField(choices=[('thank_you', 'Thank-you'), ('to_recruiter', 'Email to the recruiter'), ('to_forward', 'Note to forward'), ('linkedin', 'LinkedIn message'), ('nudge', 'Follow-up'), ('second_nudge', 'Second follow-up'), ('after_rejection', 'Reply to a rejection'), ('offer_thanks', 'Thank-you for the offer'), ('more_time', 'Request for more time'), ('negotiate', 'Questions about the offer'), ('accept', 'Acceptance'), ('decline', 'Letter declining the offer'), ('withdraw', 'Withdrawal'), ('typo', 'Correction'), ('referral_thanks', 'Thanks for a referral'), ('introduction_thanks', 'Thanks for an introduction'), ('talk_thanks', 'Thanks for an informational interview')], default=drafts.domain.facts.Kind['THANK_YOU'], max_length=20, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['thank_you', 'to_recruiter', 'to_forward', 'linkedin', 'nudge', 'second_nudge', 'after_rejection', 'offer_thanks', 'more_time', 'negotiate', 'accept', 'decline', 'withdraw', 'typo', 'referral_thanks', 'introduction_thanks', 'talk_thanks'])), name='draft_kind_known'),
        ),
    ]
