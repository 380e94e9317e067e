from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('figures', '0007_published_by_which_decision'),
    ]

    operations = [
        migrations.CreateModel(
            name='Printed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.IntegerField()),
                ('opened', models.BigIntegerField()),
                ('closed', models.BigIntegerField(null=True)),
                ('measure', models.TextField()),
                ('title', models.TextField()),
                ('document', models.TextField()),
                ('published_on', models.DateField()),
                ('as_at', models.DateField()),
                ('record_number', models.BigIntegerField()),
                ('told', models.JSONField()),
                ('rule', models.JSONField(null=True)),
                ('paper', models.TextField()),
                ('place', models.IntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['body', 'measure'], name='printed_by_measure')],
            },
        ),
    ]
