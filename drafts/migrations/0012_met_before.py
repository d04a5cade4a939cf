from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('drafts', '0011_labels'),
    ]

    operations = [
        migrations.AddField(
            model_name='interviewer',
            name='met_before',
            field=models.BooleanField(blank=True, null=True),
        ),
    ]
