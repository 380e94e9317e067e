"""Who had the work on an incident is kept; of work that is under way it is known from its last change on."""

from typing import Any

from django.db import migrations, models


def fill(apps: Any, _editor: Any) -> None:
    """Say of work that is under way who has it."""
    rows = apps.get_model("incidents", "Handling").objects.filter(state__in=("new", "open"), assigned_to__isnull=False)
    assigned = apps.get_model("incidents", "Assigned")
    assigned.objects.bulk_create(
        assigned(body=row.body, incident=row.incident, person=row.assigned_to, opened=row.changed)
        for row in rows.iterator()
    )


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0004_what_was_recorded'),
    ]

    operations = [
        migrations.CreateModel(
            name='Assigned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.IntegerField()),
                ('opened', models.BigIntegerField()),
                ('closed', models.BigIntegerField(null=True)),
                ('incident', models.BigIntegerField()),
                ('person', models.IntegerField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed', None)), fields=['body', 'incident'], name='assigned_now'), models.Index(fields=['body', 'opened'], name='assigned_by_entry')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
